"""Paths in, Articles out; and for everything that gives none, a Skipped that says why. Knows nothing about archives.

A format is one module with one function (`index.read.types.Format`) and one line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from index.errors import UsageError
from index.read.formats import markdown, plain, records
from index.read.article import make_article
from index.read.types import Fault, File, Format, Hints, Options, Skipped, Unreadable
from index.read.walk import walk
from index.types import Article

__all__ = ["FORMATS", "Options", "Skipped", "read"]

FORMATS: Mapping[str, Format] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".json": records.read_json,
    ".jsonl": records.read_lines,
    ".ndjson": records.read_lines,
}
"""Which function reads a file, by its suffix in lower case."""


def read(paths: Sequence[Path], options: Options | None = None) -> Iterator[Article | Skipped]:
    """Every article in these files and folders.

    Folders are read recursively, in the order of their paths, hidden files and folders left out. One file is open at a
    time, and of a file of lines one line. Every file gives at least one Article or Skipped.

    Raises:
        UsageError: A path does not exist; raised here, before anything is read.
    """
    for path in paths:
        try:
            path.stat()
        except OSError as error:
            message = f"{path} cannot be read ({error.strerror}): name a file or folder of articles that exists"
            raise UsageError(message) from None
    return (found for path in paths for file in walk(path) for found in _read_file(file, options or Options()))


def _read_file(file: File | Skipped, options: Options) -> Iterator[Article | Skipped]:
    if isinstance(file, Skipped):
        yield file
        return
    suffix = file.path.suffix.lower()
    if suffix not in FORMATS:
        yield Skipped(file.origin, f"{suffix or 'no suffix'} is not supported; supported: {', '.join(FORMATS)}")
        return
    hints = Hints(file.name, options=options)
    try:
        with file.path.open("rb") as stream:
            for found in FORMATS[suffix](stream, hints):
                if isinstance(found, Fault):
                    yield Skipped(f"{file.origin}#{found.record}", found.reason)
                else:
                    yield make_article(found, file, hints, format=suffix.lstrip("."))
    except Unreadable as problem:
        yield Skipped(file.origin, str(problem))
    except OSError as error:
        yield Skipped(file.origin, f"unreadable: {error.strerror}")
