"""Records in, a file of one JSON object a line out, and back: what is said to be kept is on the disk.

A crash in the middle of a line costs that line and no other. Several threads may write. Knows nothing about what is in
a record but the name of one field, by which it tells its own files from a stranger's.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from threading import Lock

from index.errors import NotKept, UsageError

_PRIVATE = 0o600
"""What somebody asked is nobody else's business."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, counted from 1, and whether it has an end: what lacks it was being written in a crash."""

    number: int
    text: str
    is_whole: bool


class Journal:
    """A file to add records to.

    Args:
        path: The file; made, with its folder, if there is none.
        field: What every record has.

    Raises:
        UsageError: It cannot be written, or holds something else.
    """

    def __init__(self, path: Path, *, field: str) -> None:
        self.path = path
        self._writing = Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(_PRIVATE)
            if not path.is_file():
                raise OSError(errno.EINVAL, "it is no file")
            self._open().close()
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}. Name another file.") from error
        if not any(_has(line, field) for line in self.lines()) and any(self.lines()):
            raise UsageError(f"{path} holds something else and stays as it is. Name another file, or a new one.")

    def append(self, record: Mapping[str, object]) -> None:
        """Add a record; when this returns, it is kept.

        Raises:
            NotKept: It could not be written whole, such as on a full disk.
        """
        line = json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"
        # A lone surrogate has no UTF-8; its backslash form is its JSON escape.
        data = line.encode("utf-8", "backslashreplace")
        try:
            with self._writing, self._open() as file:
                data = b"\n" + data if _is_torn(file) else data
                if file.write(data) < len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
        except OSError as error:
            raise NotKept(f"{self.path}: {error.strerror}; this is not kept. Make room, or mend the file.") from error

    def lines(self) -> Iterator[Line]:
        """Every line that says something, in order; none where somebody took the file away."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                if raw.strip():
                    yield Line(number, raw.decode("utf-8", "replace"), raw.endswith(b"\n"))

    def _open(self) -> FileIO:
        """Without a buffer: what is written is written at once, at the end, wherever others have brought that."""
        return self.path.open("a+b", buffering=0)


def _is_torn(file: FileIO) -> bool:
    """Whether the last line was not written to its end."""
    if file.seek(0, os.SEEK_END) == 0:
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _has(line: Line, field: str) -> bool:
    """Whether a line is a record of ours, or was to become one."""
    try:
        record = json.loads(line.text)
    except (ValueError, RecursionError):
        return not line.is_whole and line.text.startswith("{")
    return isinstance(record, dict) and field in record
