"""Paths in, Articles out; and for everything that gives none, a Skipped that says why. Knows nothing about archives.

walk finds the files; opening tells what each is and takes the containers apart; parsing makes articles, in this process
or in several.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from index.errors import UsageError
from index.read.opening import units
from index.read.parsing import Unit, articles
from index.read.registry import BY_SUFFIX
from index.read.types import Options, Skipped
from index.read.walk import walk
from index.read.workers import few, in_order, processors
from index.types import Article

__all__ = ["FORMATS", "Options", "Skipped", "read"]

FORMATS = tuple(BY_SUFFIX)
"""The suffixes of what can be read. Most files are told by their content, whatever their suffix."""


def read(paths: Sequence[Path], options: Options | None = None) -> Iterator[Article | Skipped]:
    """Every article in these files and folders, and in the files inside them.

    Folders are read recursively, in the order of their paths, hidden files and folders left out. Files of records and
    containers are read piece by piece. Every file gives at least one Article or Skipped; several processes give the
    same in the same order as one.

    Raises:
        UsageError: A path does not exist; raised here, before anything is read.
    """
    for path in paths:
        try:
            path.stat()
        except OSError as error:
            message = f"{path} cannot be read ({error.strerror}): name a file or folder of articles that exists"
            raise UsageError(message) from None
    return _read(paths, options or Options())


def _read(paths: Sequence[Path], options: Options) -> Iterator[Article | Skipped]:
    found = _units(paths, options)
    workers = options.workers or processors()
    if not options.workers:
        yield from chain.from_iterable(map(articles, few(found)))
    if workers == 1:
        yield from chain.from_iterable(map(articles, found))
    else:
        yield from in_order(found, workers)


def _units(paths: Sequence[Path], options: Options) -> Iterator[Unit]:
    for path in paths:
        for file in walk(path):
            if isinstance(file, Skipped):
                yield file
            else:
                yield from units(file, options)
