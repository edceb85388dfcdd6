"""Fields as a format gives them in, Fields with the reporting alone out, and what was taken out. Knows no format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.read.tidy.about import complete, headers
from index.read.tidy.judge import judged
from index.read.tidy.lines import Line, lines_of, without
from index.read.types import Fields, Hints, Unreadable
from index.types import Removed, RemovedKind

__all__ = ["tidy"]

_KEPT_ALONE: tuple[RemovedKind, ...] = ("caption", "headline")
"""What makes an article if nothing else is there: a picture with its caption, or a flash."""


def tidy(fields: Fields, hints: Hints) -> tuple[Fields, tuple[Removed, ...]]:
    """The same article without captions, notices and the like, and with what they say about it.

    Raises:
        Unreadable: Nothing of the text is reporting.
    """
    lines = judged(lines_of(fields.text, fields.marked))
    found = headers(lines, fields.title, fields.authors)
    for at, (kind, _) in found.items():
        lines[at] = lines[at]._replace(kind=kind)
    lines = list(lines) if hints.options.keep_all else _with_reporting(lines, titled=bool(fields.title))
    said = [says for at in sorted(found) for says in found[at][1]]
    fields = complete(fields, said, lines, hints.name)
    if hints.options.keep_all:
        lines = [line._replace(kind=None) for line in lines]
    text, removed = without(lines)
    return replace(fields, text=text, marked=()), removed


def _with_reporting(lines: Sequence[Line], *, titled: bool) -> list[Line]:
    """The lines, of which one is reporting at least; under a stated title a header line will do."""
    if all(line.kind for line in lines):
        kept = (*_KEPT_ALONE, "header") if titled else _KEPT_ALONE
        lines = [line._replace(kind=None) if line.kind in kept else line for line in lines]
    if all(line.kind for line in lines):
        raise Unreadable(f"no reporting, only what stands around an article, such as {lines[0].text[:60]!r}")
    return list(lines)
