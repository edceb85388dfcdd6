"""A PDF in, Fields out: its text in reading order, lines joined to paragraphs. Knows no paths.

The file says when it was made, not when the article came out: that date is not used. A page that is only a picture is
named in a Fault; a file of such pages needs text recognition first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from index.read.decode import clean, one_line
from index.read.fields import split_names, web_address
from index.read.printed.layout import Line, Paragraph, paragraphs, without_running
from index.read.types import Fault, Fields, Hints, Marked, Unreadable

_END = b"%%EOF"
_END_BYTES = 4096  # what may follow the end mark; readers look for it in the last 1024
_HYPHEN = "\ufffe"  # what PDFium writes for a hyphen and the line end behind it
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": None}
)
_UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08]")
_MOST_UNKNOWN = 0.1  # of the letters: more, and the fonts do not say what they show
_GAP = 1.2  # sizes between two letters: more is no word space, but a gutter or the next cell
_PICTURE = 0.6  # of a page: a scan fills it
_TITLE = 1.3  # times the size of the text

_ADDRESS = re.compile(r"https?://\S+[^\s…./?]", re.IGNORECASE)
# What browsers print at the top: when it was printed, which is not when it was published.
_PRINTED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d\d\b")
_NO_AUTHOR = re.compile(r"user|administrator|admin|owner|author|anonymous|unknown|root|.*[@\d(].*", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:microsoft word|microsoft powerpoint|print)\b.*|untitled|.*\.(?:docx?|rtf|odt|indd|qxd|pdf|html?|tex)",
    re.IGNORECASE,
)


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The one article of a .pdf file, and a Fault for each page that is a picture."""
    pages, height, pictures, about = _opened(stream.read())
    letters = [sign for page in pages for line in page for sign in line.text if not sign.isspace()]
    if not letters:
        raise Unreadable("no text: scanned pages need text recognition (OCR) first")
    if sum(1 for sign in letters if _UNKNOWN.match(sign)) > _MOST_UNKNOWN * len(letters):
        raise Unreadable("its fonts do not say which letters they show: it needs text recognition (OCR) first")
    kept, running = without_running(pages, height)
    found = [each for each in paragraphs(kept) if each.text.strip()]
    running = [line for line in running if not _PRINTED.search(line) and not _ADDRESS.fullmatch(line)]
    text, marked = _with_headers([clean(each.text).strip() for each in found], running)
    title, given_by = _title(found, about.get("Title", ""))
    author = one_line(about.get("Author", ""))
    yield Fields(
        text=text,
        marked=marked,
        title=title,
        authors=() if _NO_AUTHOR.fullmatch(author) else split_names(author),
        url=_address(pages),
        given_by=(("title", given_by), ("authors", "PDF properties"), ("url", "the foot of the pages")),
    )
    for number in pictures:
        yield Fault(f"page {number} is a picture: if it is scanned, it needs text recognition (OCR) first", number)


def _opened(data: bytes) -> tuple[list[list[Line]], float, list[int], dict[str, str]]:
    """The lines of each page and of what is turned on it, how high pages are, which are pictures, and the properties.

    Raises:
        Unreadable: Empty, encrypted, cut off or damaged.
    """
    import pypdfium2

    if not data.strip():
        raise Unreadable("only white space" if data else "empty")
    if _END not in data[-_END_BYTES:]:
        raise Unreadable("cut off: it does not end as a PDF does")
    try:
        with pypdfium2.PdfDocument(data) as document:
            lines: list[list[Line]] = []
            pictures, height = [], 1.0
            for number, page in enumerate(document, start=1):
                height = max(height, page.get_height())
                found = _lines(page)
                lines += found
                if not found and _is_picture(page):
                    pictures.append(number)
                page.close()
            return lines, height, pictures, document.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        reason = one_line(str(error))
        if "assword" in reason:
            raise Unreadable("encrypted: save it without a password") from None
        raise Unreadable(f"damaged: {reason}") from None


def _lines(page: Any) -> list[list[Line]]:
    """The lines of a page in the order of the file, parted at columns and cells; turned ones apart, the most first."""
    shown = _Shown(page)
    found: dict[int, list[Line]] = {}
    for match in re.finditer(rf"[^\r\n{_HYPHEN}]*[^\s{_HYPHEN}]", shown.text):
        cut = shown.text[match.end() : match.end() + 1] == _HYPHEN
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        quarters = shown.quarters(start)
        pieces = shown.pieces(start, match.end(), quarters)
        for first, last in pieces:
            left, bottom, _, top = shown.box(first, quarters)
            _, lowest, right, highest = shown.box(last - 1, quarters)
            bottom, top = min(bottom, lowest), max(top, highest)
            words = shown.text[first:last].translate(_LIGATURES)
            broken = cut and last == match.end()
            line = Line(words, min(left, right), max(left, right), bottom, top - bottom, cut=broken)
            if words and top > bottom:
                found.setdefault(quarters, []).append(line)
    return sorted(found.values(), key=len, reverse=True)


class _Shown:
    """The text of a page, and where each of its letters stands as its reader sees it, who turns the page if need be."""

    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = page.get_textpage()
        self.text: str = self._page.get_text_range()
        count = self._page.count_chars()
        if len(self.text) != count:  # a sign beyond the first 65536 counts twice here and once there
            self.text = "".join(chr(raw.FPDFText_GetUnicode(self._page, at)) for at in range(count))

    def quarters(self, at: int) -> int:
        """By how many quarters, with the clock, a letter is turned."""
        angle: float = self._raw.FPDFText_GetCharAngle(self._page, at)
        return round(angle / (math.pi / 2)) % 4

    def box(self, at: int, quarters: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a letter, turned back by so many quarters."""
        left, bottom, right, top = self._page.get_charbox(at, loose=True)
        match quarters:
            case 1:
                return -top, left, -bottom, right
            case 2:
                return -right, -top, -left, -bottom
            case 3:
                return bottom, -right, top, -left
        return left, bottom, right, top

    def pieces(self, start: int, end: int, quarters: int) -> list[tuple[int, int]]:
        """Where the parts of a line begin and end that are wide apart."""
        pieces: list[tuple[int, int]] = []
        first = start
        for space in re.finditer(r"(?<=\S)\s+(?=\S)", self.text[start:end]):
            before, after = start + space.start() - 1, start + space.end()
            left, right = self.box(before, quarters), self.box(after, quarters)
            if right[0] - left[2] > _GAP * (left[3] - left[1]):
                pieces.append((first, before + 1))
                first = after
        return [*pieces, (first, end)]


def _is_picture(page: Any) -> bool:
    """Whether one picture fills most of the page."""
    from pypdfium2 import raw

    area = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) >= _PICTURE * area:
            return True
    return False


def _with_headers(texts: Sequence[str], running: Sequence[str]) -> tuple[str, tuple[Marked, ...]]:
    """The text with what stood at the head or foot of its pages once, at the top and marked as such."""
    text, marked = "", []
    for line in map(one_line, running):
        marked.append(Marked(len(text), len(text) + len(line), "header"))
        text += f"{line}\n\n"
    return text + "\n\n".join(texts), tuple(marked)


def _title(found: Sequence[Paragraph], property_title: str) -> tuple[str, str]:
    """The title and what gave it: the property if the text has it too, else the largest type on the first page."""
    stated = one_line(property_title)
    stated = "" if _NO_TITLE.fullmatch(stated) else stated
    if stated and stated.casefold() in one_line(" ".join(each.text for each in found[:20])).casefold():
        return stated, "PDF properties"
    first = [each for each in found if each.page == found[0].page]
    largest = max(first, key=lambda each: each.scale)
    if largest.scale >= _TITLE and 10 <= len(largest.text) <= 200:
        return one_line(largest.text), "the largest type"
    return stated, "PDF properties"


def _address(pages: Sequence[Sequence[Line]]) -> str | None:
    """The address that a browser prints at the head or foot of every page."""
    said = ({found for line in page if (found := _ADDRESS.match(line.text)) is not None} for page in pages)
    every = [{found[0] for found in each} for each in said]
    common = set.intersection(*every) if every else set()
    return web_address(common.pop()) if len(common) == 1 else None
