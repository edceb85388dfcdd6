"""A path in, the files to read out, in order. Knows no formats.

Every file that lies in a folder is a File or a Skipped, but for hidden ones. Links to folders are not followed: what
they lead to inside the folder is read where it lies, so no loop is possible.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from index.read.types import File, Skipped


def walk(path: Path) -> Iterator[File | Skipped]:
    """The file itself, or every file under a folder in the order of their paths; hidden files and folders left out."""
    root = path.resolve()
    waiting = [path]
    while waiting:
        here = waiting.pop()
        try:
            if here.is_dir() and (here == path or not here.is_symlink()):
                inside = (entry for entry in here.iterdir() if not entry.name.startswith("."))
                waiting.extend(sorted(inside, key=lambda entry: entry.name, reverse=True))
                continue
            obstacle = _obstacle(here, root)
        except OSError as error:
            obstacle = f"unreadable: {error.strerror}"
        within = here.relative_to(path)  # "." for the file that was named itself
        if obstacle:
            yield Skipped(_printable(root / within), obstacle)
        else:
            yield File(here, here.name if here == path else within.as_posix(), (root / within).as_posix())


def _obstacle(path: Path, root: Path) -> str | None:
    """Why this is no file to read; None if it is one."""
    if _printable(path) != path.as_posix():
        return "its name is not valid UTF-8: rename it"
    if path.is_symlink():
        try:
            target = path.resolve()
        except RuntimeError:  # what Python before 3.13 says about links in a circle
            return "a link that leads nowhere"
        if not target.is_relative_to(root):
            return f"a link that leads out of the folder, to {_printable(target)}"
        if target.is_dir():
            return "a link to a folder that is read where it lies"
        if not target.exists():
            return "a link that leads nowhere"
    return None if path.is_file() else "not a regular file"


def _printable(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
