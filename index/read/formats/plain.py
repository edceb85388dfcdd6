"""A text file in, Fields out: its text. What its lines say of the article is for `tidy` to find, as in every format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.read.decode import text_of
from index.read.types import Fields, Hints


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields]:
    """The one article of a .txt file."""
    yield Fields(text_of(stream).strip("\n"))
