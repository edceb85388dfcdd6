"""A .zip file in, its members out, in the order of its directory. Knows no formats."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from index.read.types import Hints, Member, Refused, Unreadable

_DIRECTORY_BYTES = 100_000_000  # about a million members; Python holds ten times as much in memory to read it
_END = struct.Struct("<4s4H2LH")  # the record at the end of the file; its sixth value is the size of the directory
_END_MARK = b"PK\x05\x06"
_COMMENT_BYTES = 65_535


def members(stream: BinaryIO, hints: Hints) -> Iterator[Member | Refused]:
    """Every file in a .zip file."""
    _check_directory(stream)
    try:
        archive = ZipFile(stream)
    except (BadZipFile, ValueError, OverflowError, struct.error, UnicodeDecodeError) as error:
        raise Unreadable(f"damaged: {error}") from None
    except NotImplementedError as error:
        raise Unreadable(f"a zip file of a kind that is not read: {error}") from None
    with archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield _open(archive, info)


def _open(archive: ZipFile, info: ZipInfo) -> Member | Refused:
    if info.flag_bits & 0x1:
        return Refused(info.filename, "encrypted: unpack it with its password")
    if info.external_attr >> 28 == 0xA:  # the file type of Unix: a symbolic link
        return Refused(info.filename, "a link inside a zip file")
    try:
        return Member(cast(BinaryIO, archive.open(info)), info.filename)
    except NotImplementedError:
        return Refused(info.filename, f"compressed in a way that is not read (method {info.compress_type})")
    except (BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error, struct.error) as error:
        return Refused(info.filename, f"damaged: {error}")


def _check_directory(stream: BinaryIO) -> None:
    """Refuse a directory that would fill the memory, and a file without one."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END.size - _COMMENT_BYTES))
    tail = stream.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise Unreadable("truncated: a zip file has its directory at its end, and it is not there")
    directory = _END.unpack_from(tail, at)[5]
    if directory == 0xFFFFFFFF:  # zip64: it may take what there is
        directory = size
    if min(directory, size) > _DIRECTORY_BYTES:
        raise Unreadable("refused: its directory of files is larger than 100 MB; unpack it by hand")
    stream.seek(0)
