"""A text in, its lines out, each a paragraph if it was one; and back. Knows nothing of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.read.types import Marked
from index.types import Removed, RemovedKind

# Old wire text and mail break lines at a column. Such a line is full: the next word would not have fitted.
_WIDTHS = range(50, 101)  # columns
_MIN_BROKEN = 4  # sentences broken at a line end
_MIN_FULL = 0.6  # of the line ends inside paragraphs; the others end a paragraph or stand in a heading
_OUTLIERS = 25  # one line in so many may be longer than the width: an address cannot be broken
_NEW_ITEM = re.compile(r"\s|[-*•·▪>|]|\d+[.)]\s|[A-Z]{2,}:")
_SENTENCE_END = re.compile(r"[.!?…:。！？][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"\w-$")


class Line(NamedTuple):
    """A line that is not blank: without blanks around it, whether a blank line stands before it, what it is."""

    text: str
    apart: bool
    kind: RemovedKind | None


def lines_of(text: str, marked: Sequence[Marked]) -> list[Line]:
    """The lines of a text, with what the format knows each to be; paragraphs broken at a column are whole again."""
    if not marked:
        text = unbroken(text)
    lines: list[Line] = []
    spans = iter(marked)
    span = next(spans, None)
    start, blank = 0, False
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            while span and span.end <= start:
                span = next(spans, None)
            lines.append(Line(bare, blank, span.kind if span and span.start < start + len(line) else None))
        blank = not bare
        start += len(line) + 1
    return lines


def unbroken(text: str) -> str:
    """The same with the lines of each paragraph joined, if the text was clearly broken at a column; else unchanged."""
    lines = text.split("\n")
    if len(lines) <= _MIN_BROKEN:
        return text
    lengths = sorted(map(len, lines))
    width = lengths[-1 - len(lines) // _OUTLIERS]
    if width not in _WIDTHS:
        return text
    inside = [at for at, (line, below) in enumerate(pairwise(lines)) if line.strip() and below.strip()]
    full = {at for at in inside if len(lines[at]) + 1 + len(lines[at + 1].split(None, 1)[0]) > width}
    broken = sum(not _SENTENCE_END.search(lines[at].rstrip()) and _goes_on(lines[at + 1]) for at in full)
    if broken < max(_MIN_BROKEN, len(full) / 2) or len(full) < _MIN_FULL * len(inside):
        return text
    joined = [lines[0]]
    for at, line in enumerate(lines[1:]):
        if at in full and not _NEW_ITEM.match(line):
            gap = "" if _HYPHENATED.search(joined[-1]) else " "
            joined[-1] = joined[-1].rstrip() + gap + line
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(line: str) -> bool:
    """Whether a line can be the middle of a sentence; in a list or a table each begins with a capital or a number."""
    return not (line[0].isupper() or line[0].isdigit())


def without(lines: Sequence[Line]) -> tuple[str, tuple[Removed, ...]]:
    """The text without the lines that have a kind, and those lines with the offset before which each stood."""
    parts: list[str] = []
    removed: list[Removed] = []
    waiting: list[tuple[RemovedKind, str]] = []
    length, blank = 0, False
    for text, apart, kind in lines:
        blank = blank or apart
        if kind:
            waiting.append((kind, text))
            continue
        gap = ("\n\n" if blank else "\n") if parts else ""
        length += len(gap)
        if waiting:
            removed.extend(Removed(was, taken, length) for was, taken in waiting)
            waiting = []
        parts += (gap, text)
        length += len(text)
        blank = False
    removed.extend(Removed(was, taken, length) for was, taken in waiting)
    return "".join(parts), tuple(removed)


def whole(text: str, removed: Iterable[Removed]) -> str:
    """The text with what was taken out of it, each as a line where it stood."""
    parts: list[str] = []
    start = 0
    for line in removed:
        parts.append(text[start : line.at])
        parts.append(f"\n{line.text}" if line.at == len(text) else f"{line.text}\n")
        start = line.at
    parts.append(text[start:])
    return "".join(parts)
