"""What passes between the readers and `index.read`: a Source to read, the Fields found in it, a Fault or a Skipped.

A format is one function, `Format`: the bytes of one file in, the fields of each article out. It knows nothing about
paths or other formats; `index.read` finds the files, tells the format and makes Articles of what it found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from index.injection.signs import Sign
from index.types import Certainty, RemovedKind

FIELDS = ("id", "title", "text", "source", "authors", "published", "url", "language", "section")
"""What an article is made of, by the names that `--map` and front matters use."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read.

    Attributes:
        columns: (our field, what the files call it), such as ("title", "headline"); goes before the names we know.
        keep_all: Leave captions, notices and the like in the text.
        file_time: Date an article that says nothing by its file's time of change.
        workers: How many processes parse; 0 leaves the choice to the reader.
    """

    columns: tuple[tuple[str, str], ...] = ()
    keep_all: bool = False
    file_time: bool = False
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record that gave no article, and why. The origin is written as in `Article.origin`."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A place in an article that is meant for a language model. The article is read all the same, and whole.

    Attributes:
        origin: As in `Article.origin`.
        field: The field it stands in, one of FIELDS; its offsets count characters of it (authors: joined by ", ").
        sign: Where, and why.
    """

    origin: str
    field: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class File:
    """A file to read.

    Attributes:
        path: Where its bytes are.
        name: Its path inside the folder that was named, "/" between the parts; its file name if it was named itself.
        origin: The absolute path, so that two folders of one name are told apart.
    """

    path: Path
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a piece of a file begins: the numbers, from 1, of its first line and its first record in the file."""

    line: int
    record: int


@dataclass(frozen=True, slots=True)
class Hints:
    """What a format is told beside the bytes.

    Attributes:
        name: What the file is called, "/" between the parts.
        url: The address it was fetched from, where a container or a header says so.
        media_type: What it was sent as, such as "text/html; charset=euc-kr"; "" if that is not known.
        options: How to read.
        piece: Which piece of a file the bytes are; None if they are all of it.
    """

    name: str = ""
    url: str | None = None
    media_type: str = ""
    options: Options = Options()
    piece: Piece | None = None


@dataclass(frozen=True, slots=True)
class Dating:
    """When an article came out: the moment, what says so, how sure that is, and the end of a range of days."""

    moment: datetime
    source: str
    sure: Certainty = "stated"
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """`text[start:end]` of some Fields is known by its markup to be no reporting, such as a figcaption."""

    start: int
    end: int
    kind: RemovedKind


@dataclass(frozen=True, slots=True)
class Fields:
    """One article as far as its file tells. Every string is clean (`index.read.decode.clean`); the text is not blank.

    Attributes:
        text: Whole, nothing taken out; paragraphs apart by a line end or a blank line.
        marked: What the format knows to be no reporting: in order, not overlapping, whole lines of the text.
        url: Becomes the article's id where nothing better is known.
        id: What the article calls itself, None if it is known only by its URL or by where it lies.
        language: ISO 639-1, lower case.
        record: Its number in a file of many, from 1.
        given_by: (field, what gave it), such as ("title", "OpenGraph"), for fields that did not simply stand in the
            file under their own name.
    """

    text: str
    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    dating: Dating | None = None
    url: str | None = None
    language: str = ""
    section: str = ""
    marked: tuple[Marked, ...] = ()
    id: str | None = None
    record: int | None = None
    given_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one record of a file gave no article; the records after it are read all the same."""

    reason: str
    record: int


class Unreadable(Exception):
    """Why a whole file, or the record at hand, gives no article. Never leaves `index.read`: it becomes a Skipped."""


Format = Callable[[BinaryIO, Hints], Iterator[Fields | Fault]]
"""Reads one file, a stream of bytes that can be rewound; raises Unreadable if (the rest of) it gives nothing."""

Cutter = Callable[[BinaryIO, Hints, int], Iterator[tuple[bytes, Hints]] | None]
"""Cuts a file of records in pieces of about so many bytes, which its format reads apart from each other, each with the
hints that it needs; None if it cannot be cut."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another one.

    Attributes:
        stream: Its bytes, to be read before the next member is asked for; can be rewound.
        name: What the container calls it, such as "2024/05/a.html"; cannot be trusted as a path. "" for a compressed
            file's content, which is the file itself.
        url: See Hints.
        media_type: See Hints.
    """

    stream: BinaryIO
    name: str
    url: str | None = None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not opened, and why; the name "" stands for the container itself."""

    name: str
    reason: str


Container = Callable[[BinaryIO, Hints], Iterator[Member | Refused]]
"""Opens a file of files, one member at a time; raises Unreadable if (the rest of) it cannot be opened."""
