"""A compressed file in, the one file in it out, without a name of its own: .gz, .bz2, .xz. Knows no tar."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Iterator
from typing import BinaryIO, cast

from index.read.types import Hints, Member


def read_gzip(stream: BinaryIO, hints: Hints) -> Iterator[Member]:
    """What a .gz file holds; several gzip members are one file, as in .warc.gz."""
    with gzip.GzipFile(fileobj=stream) as unpacked:
        yield Member(cast(BinaryIO, unpacked), "")


def read_bzip2(stream: BinaryIO, hints: Hints) -> Iterator[Member]:
    """What a .bz2 file holds."""
    with bz2.BZ2File(stream) as unpacked:
        yield Member(cast(BinaryIO, unpacked), "")


def read_xz(stream: BinaryIO, hints: Hints) -> Iterator[Member]:
    """What an .xz file holds."""
    with lzma.LZMAFile(stream) as unpacked:
        yield Member(cast(BinaryIO, unpacked), "")
