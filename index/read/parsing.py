"""Units of reading in, Articles out: the part that takes time, and that any process can do. Opens no container."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, TypeVar

from index.read.article import make_article
from index.read.decode import one_line
from index.read.registry import format_cutter, format_reader
from index.read.types import Dating, Fault, Fields, File, Hints, Skipped, Unreadable
from index.types import Article

_PIECE_BYTES = 250_000  # some hundred articles


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found, and what is known of it from there.

    Attributes:
        file: The file, or the member of one.
        hints: What its format is told.
        format: Its name.
        changed: The file's time of change, where that may date an article.
    """

    file: File
    hints: Hints
    format: str
    changed: Dating | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A file, or a piece of one, that is parsed in one go: its bytes; None if they lie at `place.file.path`."""

    place: Place
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file that is read on and on: its parsing is done, the article is still to be made."""

    place: Place
    found: Fields | Fault


Unit = Whole | Record | Skipped

_T = TypeVar("_T")


def skipped(origin: str, reason: object) -> Skipped:
    """What a reader or a container says, on one line whatever it quotes."""
    return Skipped(origin, one_line(str(reason)))


def or_why_not(origin: str, found: Iterator[_T]) -> Iterator[_T | Skipped]:
    """What was found in a file, and what ended it or that there was nothing: at least one."""
    empty = True
    try:
        for each in found:
            empty = False
            yield each
        if empty:
            yield Skipped(origin, "no article in it")
    except Unreadable as problem:
        yield skipped(origin, problem)
    except OSError as error:
        yield Skipped(origin, f"unreadable: {error.strerror or error}")
    except MemoryError:
        yield Skipped(origin, "too large for the memory of this machine")


def records(place: Place, stream: BinaryIO) -> Iterator[Unit]:
    """The units of a file of records, one by one."""
    return (Record(place, found) for found in format_reader(place.format)(stream, place.hints))


def pieces(place: Place, stream: BinaryIO, size: int = _PIECE_BYTES) -> Iterator[Unit] | None:
    """The units of a file of records in pieces that are not parsed yet; None if it cannot be cut."""
    cut = format_cutter(place.format)
    found = cut(stream, place.hints, size) if cut else None
    return (Whole(replace(place, hints=hints), data) for data, hints in found) if found else None


def apart(unit: Unit) -> list[Unit]:
    """The records of a piece of a file; any other unit is one already."""
    if isinstance(unit, Whole) and unit.data is not None and unit.place.hints.piece:
        return list(pieces(unit.place, io.BytesIO(unit.data), size=1) or ())
    return [unit]


def articles(unit: Unit) -> Iterator[Article | Skipped]:
    """What comes of a unit: at least one."""
    match unit:
        case Skipped():
            yield unit
        case Record(place, found):
            yield _made(found, place)
        case Whole(place):
            yield from or_why_not(place.file.origin, _parsed(unit, place))


def _parsed(unit: Whole, place: Place) -> Iterator[Article | Skipped]:
    try:
        with place.file.path.open("rb") if unit.data is None else io.BytesIO(unit.data) as stream:
            for found in format_reader(place.format)(stream, place.hints):
                yield _made(found, place)
    except RecursionError:
        raise Unreadable("nested too deeply") from None


def _made(found: Fields | Fault, place: Place) -> Article | Skipped:
    number = "" if found.record is None else f"#{found.record}"
    if isinstance(found, Fault):
        return skipped(place.file.origin + number, found.reason)
    if found.record is None and found.url is None:
        found = replace(found, url=place.hints.url)
    try:
        return make_article(found, place.file, place.hints, format=place.format, changed=place.changed)
    except Unreadable as problem:
        return skipped(place.file.origin + number, problem)
