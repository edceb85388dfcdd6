"""A .tar file in, its members out, read once from begin to end. Knows no formats and no compression."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, Self, cast

from index.read.types import Hints, Member, Refused, Unreadable

_NAME_BYTES = 1_000_000  # of a long name or other words about a member, which tarfile reads into memory whole
_ABOUT = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)


def members(stream: BinaryIO, hints: Hints) -> Iterator[Member | Refused]:
    """Every file in a .tar file."""
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
            while (info := archive.next()) is not None:
                if not info.isdir():
                    yield _open(archive, info)
                # Or every header would stay in memory.
                archive.members.clear()  # type: ignore[attr-defined]
    except (tarfile.TarError, ValueError, OverflowError) as error:
        raise Unreadable(f"truncated or damaged: {error}") from None


class _Header(tarfile.TarInfo):
    """A header that must be right: tarfile takes a broken one for the end of the archive, and says nothing."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except (tarfile.TruncatedHeaderError, tarfile.InvalidHeaderError) as error:  # type: ignore[attr-defined]
            raise Unreadable(f"truncated or damaged: {error}") from None
        if header.type in _ABOUT and header.size > _NAME_BYTES:
            raise Unreadable("refused: a name in it is longer than 1 MB")
        return header


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member | Refused:
    if info.issym() or info.islnk():
        return Refused(info.name, "a link inside a tar file")
    content = archive.extractfile(info) if info.isfile() else None
    if content is None:
        return Refused(info.name, "not a regular file")
    return Member(cast(BinaryIO, content), info.name)
