"""A text file in, Fields out: the headline and the header lines that newsrooms put above an article. Knows no markup.

Nothing is taken out of the text: headline and header lines stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from index.dates.written import moment
from index.read.decode import text_of
from index.read.fields import split_names, web_address
from index.read.types import Dating, Fields, Hints

_HEADER_LINES = 10
_LONGEST = 150  # characters of a headline or header line; longer is a paragraph

_LABELLED = re.compile(r"(published|date|updated|source|outlet|url)\s*:\s*(\S.*)", re.IGNORECASE)
# A name is two to five capitalised words, particles aside: "By Friday" and "By the end of 2025" are none.
_WORD = r"[^\W\d_a-z][\w.’'-]*"
_PARTICLES = r"(?:(?:al|bin|da|de|del|della|der|di|du|el|la|le|van|von)\s+)*"
_NAME = rf"{_WORD}(?:\s+{_PARTICLES}{_WORD}){{1,4}}"
_BYLINE = re.compile(rf"(?:[Bb]y|BY)\s+({_NAME}(?:(?:\s*,\s*|\s+and\s+|\s+AND\s+|\s*,\s*and\s+|\s*&\s*){_NAME})*)")
_CAPTION = re.compile(r"/\s*Courtesy of\b|\bPhotos?\b")
_STATEMENT_END = re.compile(r"[.…。．:;,][\"'”’»)\]]*$")


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields]:
    """The one article of a .txt file."""
    yield describe(text_of(stream).strip())


def describe(text: str) -> Fields:
    """The article that a clean, trimmed text is, with what its first lines say about it."""
    headers: dict[str, str] = {}
    headline: str | None = None
    lines = [" ".join(line.split()) for line in text.split("\n", _HEADER_LINES)]
    for line in filter(None, lines[:_HEADER_LINES]):
        header = _header(line)
        if header:
            headers.setdefault(*header)
        elif headline is None:
            headline = line
    return Fields(
        text=text,
        title=headline if headline and "\n" in text and _is_headline(headline) else "",
        source=headers.get("source", ""),
        authors=split_names(headers.get("by", "")),
        dating=_dating(headers),
        url=headers.get("url"),
    )


def _header(line: str) -> tuple[str, str] | None:
    """What a header line is about, and what it says; None for any other line."""
    labelled = _LABELLED.fullmatch(line)
    label, value = (labelled[1].lower(), labelled[2]) if labelled else ("", line)
    if label in {"", "url", "source"} and web_address(value):
        return "url", value
    if len(line) > _LONGEST:
        return None
    if byline := _BYLINE.fullmatch(line):
        return "by", byline[1]
    if label == "url" or not labelled:
        return None
    return ("source" if label == "outlet" else label), value


def _dating(headers: dict[str, str]) -> Dating | None:
    """The first of these that is a date: what was updated was published before."""
    for label in ("published", "date", "updated"):
        if found := moment(headers.get(label)):
            return Dating(found, f"the line “{label.capitalize()}: {headers[label]}”")
    return None


def _is_headline(line: str) -> bool:
    return len(line) <= _LONGEST and not _CAPTION.search(line) and not _STATEMENT_END.search(line)
