"""Files that a browser sends piece by piece in, a folder that holds them out: bounded, complete, and nowhere else.

They lie in a hidden folder until all of them have arrived whole; one that nobody sends to any more is removed. Knows
nothing about articles.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path, PurePosixPath
from threading import RLock
from time import time

from index.errors import OnRecordError
from ui.library.filenames import placed
from ui.words import counted, one_line, size

PIECE_BYTES = 4_000_000
"""Of a file, at most, in one request."""

SPARE_BYTES = 1_000_000_000
"""Stays free on the disk: the archive itself grows too."""

SILENCE_SECONDS = 120.0
"""After so long without a piece nobody is sending any more."""

_ARRIVING = ".arriving-"


class Refused(OnRecordError):
    """What was sent is not taken, and nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken at once: files, and bytes of one file and of all of them."""

    files: int = 5_000
    file_bytes: int = 500_000_000
    total_bytes: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that is going to be sent, as the browser says: its path in what was dropped, its length in bytes."""

    path: str
    length: int


@dataclass(slots=True)
class _Upload:
    """Files that are arriving: where, the bytes that each will have, and those that are there."""

    folder: Path
    paths: list[PurePosixPath]
    sizes: list[int]
    arrived: list[int]
    heard: float


class Uploads:
    """The folder where uploads lie, a folder in it for each.

    Args:
        folder: Made when it is needed.
        bounds: How much is taken at once.
        clock: Tells the time in seconds, as the file system does.
    """

    def __init__(self, folder: Path, bounds: Bounds | None = None, clock: Callable[[], float] = time) -> None:
        self.folder = folder.resolve()  # as reading names it
        self.bounds = bounds or Bounds()
        self._clock = clock
        self._arriving: dict[str, _Upload] = {}
        self._lock = RLock()  # pieces arrive by many threads
        self._sweep()

    def begin(self, files: Sequence[Announced]) -> str:
        """Make room for files that are going to be sent. Returns the key to send them with.

        Raises:
            Refused: They are none, too many or too large, or somebody else is sending.
        """
        with self._lock:
            self._sweep()
            if self._arriving:
                raise Refused("Somebody else is sending files at the moment. Try again in a minute.")
            self._check(files)
            key, folder = secrets.token_urlsafe(16), self.folder / f"{_ARRIVING}{secrets.token_hex(8)}"
            try:
                folder.mkdir(parents=True)
            except OSError as error:
                raise Refused(f"{folder} cannot be made ({error.strerror}): nothing can be uploaded.") from None
            paths, sizes = placed(each.path for each in files), [each.length for each in files]
            self._arriving[key] = _Upload(folder, paths, sizes, [0] * len(sizes), self._clock())
            return key

    def keep(self, key: str, number: int, start: int, data: bytes) -> None:
        """Keep a piece of a file.

        Args:
            key: From `begin`.
            number: Which of the files, from 0.
            start: Where in the file the piece begins, in bytes; pieces come in order.
            data: The piece, at most PIECE_BYTES.

        Raises:
            Refused: It is not what was announced, or cannot be written.
        """
        with self._lock:
            upload = self._upload(key)
            if not 0 <= number < len(upload.sizes):
                raise self._given_up(key, "More files arrive than were announced.")
            name = one_line(str(upload.paths[number]))
            if start != upload.arrived[number] or len(data) > min(PIECE_BYTES, upload.sizes[number] - start):
                raise self._given_up(key, f"{name} is not what was announced: did it change meanwhile?")
            try:
                _append(upload.folder / upload.paths[number], data, first=not start)
                os.utime(upload.folder)
            except OSError as error:
                raise self._given_up(key, f"{name} cannot be kept ({error.strerror}).") from None
            upload.arrived[number] += len(data)
            upload.heard = self._clock()

    def finish(self, key: str) -> Path:
        """The folder with all the files, which have to be whole.

        Raises:
            Refused: They are not.
        """
        with self._lock:
            upload = self._upload(key)
            short = sum(had < length for had, length in zip(upload.arrived, upload.sizes, strict=True))
            if short:
                raise self._given_up(key, f"{short:,} of {counted(len(upload.sizes), 'file')} did not arrive whole.")
            try:
                for path, length in zip(upload.paths, upload.sizes, strict=True):
                    if not length:
                        _append(upload.folder / path, b"", first=True)
                place = self._new_place()
                upload.folder.rename(place)
            except OSError as error:
                raise self._given_up(key, f"The files cannot be kept ({error.strerror}).") from None
            del self._arriving[key]
            return place

    def drop(self, key: str) -> None:
        """Remove what has arrived with this key, if anything."""
        with self._lock:
            if upload := self._arriving.pop(key, None):
                shutil.rmtree(upload.folder, ignore_errors=True)

    def close(self) -> None:
        """Remove all that has not arrived whole: nobody can send any more."""
        with self._lock:
            for key in list(self._arriving):
                self.drop(key)

    def file_of(self, origin: str) -> Path | None:
        """The uploaded file that an article with this origin was read from; None if it was not uploaded."""
        prefix = f"{self.folder.as_posix()}/"
        if not origin.startswith(prefix):
            return None
        return self.folder / re.split("[!#]", origin[len(prefix) :], maxsplit=1)[0]  # neither stands in a file's name

    def place_of(self, origin: str) -> Path | None:
        """The upload that an article with this origin came with; None if it was not uploaded."""
        file = self.file_of(origin)
        return None if file is None else self.folder / file.relative_to(self.folder).parts[0]

    def keep_only(self, place: Path, origins: Iterable[str]) -> None:
        """Remove all files of an upload but those that articles with these origins were read from."""
        needed = {self.file_of(origin) for origin in origins}
        for root, _, names in os.walk(place, topdown=False):
            here = Path(root)
            for name in names:
                if here / name not in needed:
                    (here / name).unlink(missing_ok=True)
            if not any(here.iterdir()):
                here.rmdir()

    def _upload(self, key: str) -> _Upload:
        self._sweep()
        if upload := self._arriving.get(key):
            return upload
        raise Refused("These files were given up, nothing arrived for a while. Send them again.")

    def _given_up(self, key: str, why: str) -> Refused:
        self.drop(key)
        return Refused(f"{why} Nothing was kept; send the files again.")

    def _check(self, files: Sequence[Announced]) -> None:
        bounds, total = self.bounds, sum(each.length for each in files)
        if not files:
            raise Refused("There are no files in it.")
        if len(files) > bounds.files:
            raise Refused(
                f"{counted(len(files), 'file')} are too many: {bounds.files:,} are taken at once. "
                "Send them in parts, as one zip file, or use onrecord index."
            )
        if large := [each for each in files if each.length > bounds.file_bytes]:
            name, length = one_line(large[0].path), size(large[0].length)
            raise Refused(
                f"{name} is too large ({length}): {size(bounds.file_bytes)} are taken. "
                "Send it in parts, or use onrecord index."
            )
        if total > bounds.total_bytes:
            raise Refused(
                f"{size(total)} are too much: {size(bounds.total_bytes)} are taken at once. "
                "Send them in parts, or use onrecord index."
            )
        free = shutil.disk_usage(next(each for each in (self.folder, *self.folder.parents) if each.exists())).free
        if total + SPARE_BYTES > free:
            raise Refused(f"The archive's disk is too full for {size(total)}: {size(free)} are free.")

    def _new_place(self) -> Path:
        name = datetime.fromtimestamp(self._clock()).strftime("%Y-%m-%d-%H%M%S")
        names = (name if number == 1 else f"{name}-{number}" for number in count(1))
        return next(place for each in names if not (place := self.folder / each).exists())

    def _sweep(self) -> None:
        """Remove what nobody sends to any more, also what a server that is gone has left."""
        now = self._clock()
        with self._lock:
            for key in [key for key, each in self._arriving.items() if each.heard + SILENCE_SECONDS < now]:
                self.drop(key)
            ours = {each.folder for each in self._arriving.values()}
            for folder in self.folder.glob(f"{_ARRIVING}*"):
                if folder not in ours and folder.stat().st_mtime + SILENCE_SECONDS < now:
                    shutil.rmtree(folder, ignore_errors=True)


def _append(path: Path, data: bytes, *, first: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb" if first else "ab") as file:
        file.write(data)
