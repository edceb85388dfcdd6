"""Paths in, Articles out; and for everything that gives none, a Skipped that says why. Knows nothing about archives.

walk finds the files; opening tells what each is and takes the containers apart; parsing makes articles, in this process
or in several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from index.errors import UsageError
from index.read.opening import units
from index.read.parsing import Unit, articles
from index.read.registry import BY_SUFFIX
from index.read.types import File, Options, Skipped
from index.read.walk import walk
from index.read.workers import few, in_order, processors
from index.types import Article

__all__ = ["FORMATS", "Options", "Skipped", "read", "size_of"]

FORMATS = tuple(BY_SUFFIX)
"""The suffixes of what can be read. Most files are told by their content, whatever their suffix."""


def read(
    paths: Sequence[Path], options: Options | None = None, on_bytes: Callable[[int], None] | None = None
) -> Iterator[Article | Skipped]:
    """Every article in these files and folders, and in the files inside them.

    Folders are read recursively, in the order of their paths, hidden files and folders left out. Files of records and
    containers are read piece by piece. Every file gives at least one Article or Skipped; several processes give the
    same in the same order as one.

    Args:
        paths: Files and folders.
        options: How to read.
        on_bytes: Told from time to time how many bytes have been read, out of `size_of(paths)`.

    Raises:
        UsageError: A path does not exist; raised here, before anything is read.
    """
    for path in paths:
        try:
            path.stat()
        except OSError as error:
            message = f"{path} cannot be read ({error.strerror}): name a file or folder of articles that exists"
            raise UsageError(message) from None
    return _read(paths, options or Options(), on_bytes or (lambda _: None))


def size_of(paths: Sequence[Path]) -> int:
    """How many bytes there are to read, packed as they lie on the disk."""
    return sum(_size(file) for path in paths for file in walk(path) if isinstance(file, File))


def _size(file: File) -> int:
    try:
        return file.path.stat().st_size
    except OSError:  # gone meanwhile: reading it says so
        return 0


def _read(paths: Sequence[Path], options: Options, on_bytes: Callable[[int], None]) -> Iterator[Article | Skipped]:
    found = _units(paths, options, on_bytes)
    workers = options.workers or processors()
    if not options.workers:
        yield from chain.from_iterable(map(articles, few(found)))
    if workers == 1:
        yield from chain.from_iterable(map(articles, found))
    else:
        yield from in_order(found, workers)


def _units(paths: Sequence[Path], options: Options, on_bytes: Callable[[int], None]) -> Iterator[Unit]:
    behind = 0
    for path in paths:
        for file in walk(path):
            if isinstance(file, Skipped):
                yield file
                continue
            yield from units(file, options, partial(_told_from, behind, on_bytes))
            behind += _size(file)
            on_bytes(behind)


def _told_from(behind: int, on_bytes: Callable[[int], None], reached: int) -> None:
    on_bytes(behind + reached)
