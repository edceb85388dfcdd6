"""How much is unpacked at most from a file of files, and the stream that keeps to it. Knows no container.

A zip bomb of some kilobytes unpacks to petabytes, whatever its headers claim: what counts is what comes out.
"""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Callable
from lzma import LZMAError
from typing import BinaryIO
from zipfile import BadZipFile

from index.read.types import Unreadable

HEAD_BYTES = 65_536  # what is looked at to tell a format; a reader may rewind within it
WHOLE_BYTES = 200_000_000  # of a file that is read into memory whole: parsing takes some ten times as much
SPOOLED_BYTES = 2_000_000_000  # of a member that must lie on disk to be read, such as a zip in a zip
FREE_BYTES = 100_000_000  # unpacked whatever the ratio: less than a second's work
RATIO = 100  # unpacked bytes for each byte of the file on disk; text makes 3 to 30, a zip bomb 1,000 and more
MEMBERS = 1_000_000  # in all, of one file on disk
DEPTH = 6  # a.zip in b.tar in c.gz are three; what contains itself has no end


class BombError(Unreadable):
    """The file on disk, not only the member at hand, is given up."""


class Budget:
    """What may still be unpacked from one file on disk.

    Args:
        size: Of the file on disk, in bytes.
    """

    def __init__(self, size: int) -> None:
        self._bytes = FREE_BYTES + RATIO * size
        self._members = MEMBERS

    def spend_bytes(self, count: int) -> None:
        """Count what was unpacked.

        Raises:
            BombError: It was too much.
        """
        self._bytes -= count
        if self._bytes < 0:
            raise BombError(
                f"given up, it may be a zip bomb: it unpacks to more than {RATIO} times its size; "
                "what came before that is read; unpack the rest by hand"
            )

    def spend_member(self) -> None:
        """Count a member.

        Raises:
            BombError: There are too many.
        """
        self._members -= 1
        if self._members < 0:
            raise BombError(f"refused: it holds more than {MEMBERS:,} files; unpack it by hand")


class _Counted(io.RawIOBase):
    """A member's bytes, counted; what is wrong with the packing is an Unreadable. The first ones can be read again."""

    def __init__(self, source: BinaryIO, budget: Budget) -> None:
        # Readers of one block at a time: read() would lose what stands before a break.
        self._read_some: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._budget = budget
        self._kept = bytearray()
        self._problem: Unreadable | None = None
        self._unpacked = 0
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        target = offset + (self._position if whence == io.SEEK_CUR else 0)
        kept = self._unpacked == len(self._kept) and 0 <= target <= self._unpacked
        if whence == io.SEEK_END or not (kept or target == self._position):
            raise io.UnsupportedOperation("a packed file is read from begin to end")
        self._position = target
        return target

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the whole buffer but at the end: who peeks into the buffer sees all that there is."""
        again = self._kept[self._position : self._position + len(buffer)]
        filled = len(again)
        buffer[:filled] = again
        try:
            while filled < len(buffer) and (data := self._read(len(buffer) - filled)):
                buffer[filled : filled + len(data)] = data
                filled += len(data)
        except Unreadable as problem:
            if not filled:
                raise
            self._problem = problem  # what came before it is read first
        self._position += filled
        return filled

    def _read(self, size: int) -> bytes:
        if self._problem:
            raise self._problem
        try:
            data = self._read_some(size)
        except EOFError:
            raise Unreadable("truncated: its end is missing") from None
        except (zlib.error, LZMAError, BadZipFile, tarfile.TarError) as error:
            raise Unreadable(f"damaged: {error}") from None
        except OSError as error:
            if error.errno is not None:  # it is the disk
                raise
            raise Unreadable(f"damaged: {error}") from None  # gzip and bz2 have no error of their own
        self._budget.spend_bytes(len(data))
        if self._unpacked < 2 * HEAD_BYTES:  # the buffer above reads as much ahead
            self._kept += data
        self._unpacked += len(data)
        return data


def bounded(source: BinaryIO, budget: Budget) -> io.BufferedReader:
    """A stream of what is unpacked from `source`; it can be rewound while no more than HEAD_BYTES were read."""
    return io.BufferedReader(_Counted(source, budget), HEAD_BYTES)
