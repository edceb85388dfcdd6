"""Paths as strangers write them in, paths that are safe to make out: relative, short, apart from each other.

Makes nothing itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import count
from pathlib import PurePosixPath

NAME_BYTES = 200
"""Of one part of a path; most file systems take 255."""

PARTS = 10
"""Folders, with the file's name, that are kept of a path: the last ones."""

SUFFIX_CHARACTERS = 12
"""Longer ones are no suffix."""

# What some system does not allow or nobody sees, and what means something in an `Article.origin`: "!" and "#".
_UNSAFE = re.compile(r'[<>:"|?*!#\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)  # on Windows, wherever they lie


def placed(paths: Iterable[str]) -> list[PurePosixPath]:
    """A safe path for each, in order; no two the same, and none a folder of another, on any file system."""
    files: set[str] = set()
    folders: set[str] = set()
    found = []
    for given in paths:
        path = safe(given)
        if any(_key(parent) in files for parent in path.parents):
            path = PurePosixPath(path.name)
        path = next(each for each in _numbered(path) if _key(each) not in files | folders)
        files.add(_key(path))
        folders.update(map(_key, path.parents))
        found.append(path)
    return found


def safe(given: str) -> PurePosixPath:
    """A path as given, as far as it can be made anywhere: never upwards, never absolute, never hidden."""
    parts = [_name(part) for part in re.split(r"[/\\]", given) if part.strip(". ")]
    return PurePosixPath(*parts[-PARTS:] or ["unnamed"])


def _name(part: str) -> str:
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", part)).rstrip(". ")
    if name.startswith((".", " ")) or _DEVICE.match(name):
        name = f"_{name}"
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > SUFFIX_CHARACTERS:
        stem, dot, suffix = name, "", ""
    room = NAME_BYTES - len(f"{dot}{suffix}".encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + suffix


def _numbered(path: PurePosixPath) -> Iterable[PurePosixPath]:
    """a.txt, a (2).txt, a (3).txt, ..."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def _key(path: PurePosixPath) -> str:
    """The same for paths that some file system takes for the same."""
    return unicodedata.normalize("NFKC", str(path)).casefold()
