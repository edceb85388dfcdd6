"""What passes between the readers and `index.read`: a File to read, the Fields found in it, a Fault or a Skipped.

A format is one function, `Format`: the bytes of one file in, the fields of each article out. It knows nothing about
paths or other formats; `index.read` finds the files, chooses the format and makes Articles of what it found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or record that gave no article, and why. The origin is written as in `Article.origin`."""

    origin: str
    reason: str


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
class Fields:
    """One article as far as its file tells. Every string is clean (`index.read.decode.clean`); the text is not blank.

    Attributes:
        id: What the article calls itself, None if it is known only by where it lies.
        record: Its number in a file of many, from 1.
    """

    text: str
    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    url: str | None = None
    id: str | None = None
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one record of a file gave no article; the records after it are read all the same."""

    reason: str
    record: int


class Unreadable(Exception):
    """Why a whole file, or the record at hand, gives no article. Never leaves `index.read`: it becomes a Skipped."""


Format = Callable[[BinaryIO], Iterator[Fields | Fault]]
"""Reads one file, a stream of bytes that can be rewound; raises Unreadable if (the rest of) it gives nothing."""
