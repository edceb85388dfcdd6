"""A file in, units of reading out: what kind it is, and if it is a file of files, the same for every member of it.

Names inside a container are labels: nothing is ever written or looked for under them. Knows no format by name.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from index.read.bounds import DEPTH, HEAD_BYTES, SPOOLED_BYTES, WHOLE_BYTES, BombError, Budget, bounded
from index.read.fields import web_address
from index.read.parsing import Place, Unit, Whole, or_why_not, pieces, records, skipped
from index.read.registry import BY_SUFFIX, CONTAINERS, FORMATS, Access, container_reader
from index.read.sniff import sniff, suffix_of
from index.read.types import Dating, File, Hints, Member, Options, Refused, Unreadable

_IN_MEMORY_BYTES = 16_000_000  # a small zip in a zip need not touch the disk
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def units(file: File, options: Options, on_bytes: Callable[[int], None]) -> Iterator[Unit]:
    """What is to be parsed of a file, at least one unit; each is to be used before the next is asked for.

    Args:
        file: On disk.
        options: How to read.
        on_bytes: Told up to which byte of the file the units so far reach.
    """
    return or_why_not(file.origin, _units(file, options, on_bytes))


def _units(file: File, options: Options, on_bytes: Callable[[int], None]) -> Iterator[Unit]:
    with cast(io.BufferedReader, file.path.open("rb", buffering=HEAD_BYTES)) as stream:
        state = os.fstat(stream.fileno())
        changed = datetime.fromtimestamp(state.st_mtime, UTC)
        dating = Dating(changed, "file time", "inferred") if options.file_time else None
        opening = _Opening(Budget(state.st_size), dating)
        for unit in opening.units(stream, file, Hints(file.name, options=options), layers=0):
            yield unit
            on_bytes(stream.tell())


class _Opening:
    """The opening of one file on disk, with all that is inside it."""

    def __init__(self, budget: Budget, changed: Dating | None) -> None:
        self._budget = budget
        self._changed = changed

    def units(self, stream: io.BufferedReader, file: File, hints: Hints, *, layers: int) -> Iterator[Unit]:
        """Of a stream inside `layers` containers."""
        name = sniff(stream.peek(HEAD_BYTES)[:HEAD_BYTES], hints)
        if name in CONTAINERS:
            yield from self._inside(name, stream, file, hints, layers)
            return
        place = Place(file, hints, name, None if layers else self._changed)
        access = FORMATS[name].access
        if access == "whole":
            yield Whole(place, _data(stream, name, layers))
            return
        with _reachable(stream, access, layers) as source:
            yield from pieces(place, source) or records(place, source)

    def _inside(self, name: str, stream: io.BufferedReader, file: File, hints: Hints, layers: int) -> Iterator[Unit]:
        if layers >= DEPTH:
            raise Unreadable(f"packed more than {DEPTH} times over: unpack it by hand")
        empty = True
        with _reachable(stream, CONTAINERS[name].access, layers) as source:
            for member in container_reader(name)(source, hints):
                if isinstance(member, Member) and _is_hidden(member):
                    continue
                empty = False
                self._budget.spend_member()
                yield from self._member(member, file, hints, layers)
        if empty:
            raise Unreadable("it holds no files")

    def _member(self, member: Member | Refused, file: File, hints: Hints, layers: int) -> Iterator[Unit]:
        inner = _place(file, member.name)
        if isinstance(member, Refused):
            yield skipped(inner.origin, member.reason)
            return
        name = _label(member.name) or _unpacked_name(hints.name)
        url = web_address(member.url) if member.url else hints.url
        told = Hints(name, url, member.media_type, hints.options)
        try:
            with member.stream:
                yield from self.units(bounded(member.stream, self._budget), inner, told, layers=layers + 1)
        except BombError:
            raise
        except Unreadable as problem:
            yield skipped(inner.origin, problem)


def _data(stream: io.BufferedReader, name: str, layers: int) -> bytes | None:
    """The bytes of a member; None for a file on disk, which whoever parses it reads."""
    if layers:
        data = stream.read(WHOLE_BYTES + 1)
        size = len(data)
    else:
        data, size = None, os.fstat(stream.fileno()).st_size
    if size > WHOLE_BYTES:
        raise Unreadable(
            f"larger than {WHOLE_BYTES // 1_000_000} MB, too large for {name}, which is read whole: "
            "split it, or save it as .jsonl, .csv, .mbox or .warc, which are read piece by piece"
        )
    return data


@contextmanager
def _reachable(stream: io.BufferedReader, access: Access, layers: int) -> Iterator[BinaryIO]:
    """The stream as its reader needs it: what is read here and there must not be packed."""
    if access != "anywhere" or not layers:
        yield stream
        return
    with SpooledTemporaryFile(_IN_MEMORY_BYTES) as spooled:
        while block := stream.read(HEAD_BYTES):
            spooled.write(block)
            if spooled.tell() > SPOOLED_BYTES:
                raise Unreadable(
                    f"larger than {SPOOLED_BYTES // 1_000_000_000} GB inside another file: unpack it first"
                )
        spooled.seek(0)
        yield cast(BinaryIO, spooled)


def _place(file: File, member: str) -> File:
    """Where a member is; what has no name of its own is where its file is."""
    label = f"!{_label(member)}" if member else ""
    return File(file.path, file.name + label, file.origin + label)


def _label(name: str) -> str:
    """A name that can be printed and stored, whatever it holds."""
    printable = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", name)
    return printable.encode("utf-8", "backslashreplace").decode()


def _unpacked_name(name: str) -> str:
    """What a.html.gz holds is a.html."""
    suffix = suffix_of(name)
    return name[: -len(suffix)] if BY_SUFFIX.get(suffix) in CONTAINERS else name


def _is_hidden(member: Member) -> bool:
    """What a walk through folders would leave out, too; the path of an address hides nothing."""
    if member.url is not None:
        return False
    parts = re.split(r"[/\\]", member.name)
    return "__MACOSX" in parts or any(part.startswith(".") and part not in {".", ".."} for part in parts)
