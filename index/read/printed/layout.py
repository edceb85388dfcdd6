"""The lines of printed pages in, each with its place; paragraphs in reading order out. Knows no file format.

Places are in points from the bottom left corner of the page, as it is looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.read.printed.hyphens import Words


@dataclass(frozen=True, slots=True)
class Line:
    """What stands between two line ends.

    `size` is the height of its letters; `cut` says that a word goes on behind a hyphen; it may have several cells.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    cut: bool = False
    cells: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines, joined; how large their letters are beside those of most of the text, and the page, from 0."""

    text: str
    scale: float
    page: int


@dataclass(frozen=True, slots=True)
class _Column:
    lines: Sequence[Line]
    left: float
    right: float
    leading: float


_GUTTER_LINES = 3  # that stand side by side, before they are columns
_PROSE = 15  # characters in a line of a column; the cells of a table have fewer
_SAME_SIZE = 1.12
_EDGE_LINES = 3  # of a page, in which headers and footers stand
_SAME_PLACE = 0.02  # of the height of a page
_SHARE = 0.4  # of the pages: left and right ones may have headers of their own
_BULLET = re.compile(r"[•·▪■◦‣●–—*-]\s|\(?\d{1,2}[.)]\s")
_STOP = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|p\.)\s*)?#(?:\s*(?:of|/|von|de|di)\s*#)?\W*", re.IGNORECASE
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of all pages in reading order; one that goes on in the next column or on the next page is one."""
    words = Words(line.text for page in pages for line in page)
    body = _body_size(pages)
    found: list[Paragraph] = []
    before: tuple[_Column, Line] | None = None
    for number, page in enumerate(pages):
        for column in _columns(page):
            for line in column.lines:
                if before is not None and _goes_on(*before, column, line, body):
                    last = found[-1]
                    found[-1] = replace(last, text=_joined(last.text, before[1], line, words))
                else:
                    found.append(Paragraph(line.text, line.size / body, number))
                before = column, line
    return found


def without_running(pages: Sequence[Sequence[Line]], height: float) -> tuple[list[list[Line]], list[str]]:
    """The pages without headers, footers and page numbers; and each header or footer that has words, once."""
    edges = [{line: _key(line) for line in _edge(page)} for page in pages]
    places: dict[str, list[float]] = {}
    for edge in edges:
        for line, key in edge.items():
            places.setdefault(key, []).append(line.bottom)
    enough = max(2, _SHARE * len(pages))
    running = {
        key for key, where in places.items() if len(where) >= enough and max(where) - min(where) <= _SAME_PLACE * height
    }
    kept, said = [], dict[str, str]()
    for page, edge in zip(pages, edges, strict=True):
        outer = {*sorted(edge, key=lambda line: line.bottom)[:1], *sorted(edge, key=lambda line: line.bottom)[-1:]}
        out = {line for line, key in edge.items() if key in running or (line in outer and _PAGE_NUMBER.fullmatch(key))}
        for line in out:
            if any(map(str.isalpha, line.text)) and not _PAGE_NUMBER.fullmatch(edge[line]):
                said.setdefault(edge[line], line.text)
        kept.append([line for line in page if line not in out])
    return (kept, list(said.values())) if any(kept) else ([list(page) for page in pages], [])


def _key(line: Line) -> str:
    """What is the same of a header on every page."""
    return re.sub(r"\d+", "#", line.text.casefold())


def _edge(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return list(dict.fromkeys([*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]]))


def _columns(lines: Sequence[Line]) -> list[_Column]:
    """The columns of a page, one after the other as they are read."""
    gutter = _gutter(lines)
    if gutter is None:
        rows = _rows(lines)
        return [_column(rows)] if rows else []
    found: list[_Column] = []
    for band, across in _bands(lines, gutter):
        left = [line for line in band if line.right <= gutter]
        right = [line for line in band if line.left >= gutter]
        if _side_by_side(left, right):
            found += [*_columns(left), *_columns(right)]
        elif band:
            found.append(_column(_rows(band)))
        if across is not None:
            if found and len(found[-1].lines) and all(line.left < gutter < line.right for line in found[-1].lines):
                found[-1] = _column([*found[-1].lines, across])
            else:
                found.append(_column([across]))
    return found


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where most lines stand side by side; None if the page has one column."""
    if len(lines) < 2 * _GUTTER_LINES:
        return None
    best, place = 0, None
    for x in sorted({round(line.left) - 1 for line in lines}):
        sides = 0
        for band, _ in _bands(lines, x):
            left = [line for line in band if line.right <= x]
            right = [line for line in band if line.left >= x]
            if _side_by_side(left, right):
                sides += min(len(left), len(right))
        if sides > best:
            best, place = sides, float(x)
    return place


def _bands(lines: Sequence[Line], x: float) -> Iterable[tuple[list[Line], Line | None]]:
    """What stands between the lines that cross x, from the top, each with the line under it."""
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if line.left < x < line.right:
            yield band, line
            band = []
        else:
            band.append(line)
    yield band, None


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether these are columns of prose: tables are read by rows."""
    if min(len(left), len(right)) < _GUTTER_LINES:
        return False
    lengths = [[len(line.text) for line in side] for side in (left, right)]
    if max(median(side) for side in lengths) < _PROSE or any(
        sum(n >= _PROSE for n in side) < _GUTTER_LINES for side in lengths
    ):
        return False
    top = min(max(line.bottom for line in side) for side in (left, right))
    return top > max(min(line.bottom for line in side) for side in (left, right))


def _rows(lines: Sequence[Line]) -> list[Line]:
    """The lines from the top; those that stand in one row are one."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.bottom, line.left)):
        last = rows[-1] if rows else None
        if last and last.bottom - line.bottom < 0.4 * max(last.size, line.size) and line.left >= last.left:
            rows[-1] = Line(
                text=f"{last.text} {line.text}",
                left=last.left,
                right=max(last.right, line.right),
                bottom=last.bottom,
                size=max(last.size, line.size),
                cut=line.cut,
                cells=last.cells + line.cells,
            )
        else:
            rows.append(line)
    return rows


def _column(lines: Sequence[Line]) -> _Column:
    steps = [above.bottom - below.bottom for above, below in pairwise(lines) if above.bottom > below.bottom]
    leading = median(steps) if steps else 1.3 * lines[0].size
    return _Column(lines, min(line.left for line in lines), max(line.right for line in lines), leading)


def _goes_on(before: _Column, line: Line, column: _Column, following: Line, body: float) -> bool:
    """Whether a paragraph that has this line goes on with the following one, here or at the head of another column."""
    table = line.cells > 1 and following.cells > 1
    if not 1 / _SAME_SIZE < following.size / line.size < _SAME_SIZE or _BULLET.match(following.text) or table:
        return False
    if line.cut:
        return True
    indent = 0.7 * line.size
    starts = following.left > column.left + indent
    if before is not column:
        full = not _has_room(before, line, following)
        return not starts and not _STOP.search(line.text) and (full or following.text[:1].islower())
    step = line.bottom - following.bottom
    if line.size > _SAME_SIZE * body:  # a headline ends its lines where it likes
        return 0 <= step <= 1.3 * line.size
    began = starts and line.left <= column.left + indent
    return 0 <= step <= 1.35 * column.leading and not began and not _has_room(column, line, following)


def _has_room(column: _Column, line: Line, following: Line) -> bool:
    """Whether the next word would have fitted in the line: then it was ended on purpose, unless a sentence goes on."""
    if following.text[:1].islower() and not _STOP.search(line.text):
        return False
    word = following.text.partition(" ")[0]
    width = (following.right - following.left) / max(len(following.text), 1)
    return column.right - line.right > (len(word) + 1.5) * width


def _joined(text: str, line: Line, following: Line, words: Words) -> str:
    if line.cut or text.endswith(("-", "\u00ad")):
        return words.mended(text, following.text)
    gap = "" if _CJK.match(text[-1:]) and _CJK.match(following.text) else " "
    return f"{text}{gap}{following.text}"


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most of the text is set in."""
    sizes = Counter[float]()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
