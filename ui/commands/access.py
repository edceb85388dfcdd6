"""What a command line says of who may reach a page in, an Access out; and the line that lets a name in."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path

from index.errors import UsageError
from ui.access import Access
from ui.commands.opening import ANSWERED
from ui.passwords import Passwords, line_of, passwords_in
from ui.render import Terminal


def access_of(
    *, names: tuple[str, ...], root_path: str, proxy: str, auth: str | None, auth_file: Path | None
) -> Access:
    """Who may reach a page.

    Raises:
        UsageError: These do not go together, or a file of passwords is none.
    """
    if auth is not None and auth_file is not None:
        raise UsageError("--auth and --auth-file do not go together: add a line for the name to the file")
    root = root_path.rstrip("/")
    if root and not root.startswith("/"):
        raise UsageError(f"--root-path {root_path} is no path: it begins with a /, as in /archive")
    passwords = passwords_in(auth_file) if auth_file else None
    if auth is not None:
        passwords = Passwords([_asked_for(auth)])
    return Access(names, root, proxy, passwords)


def new_user(name: str) -> int:
    """Print the line that lets a name in. Returns the exit code."""
    Terminal().line(_asked_for(name))
    return ANSWERED


def _asked_for(name: str) -> str:
    """The line of a name whose password is typed twice: it stands in no list of processes and in no history."""
    if not sys.stdin.isatty():
        raise UsageError("a password is typed at a terminal, and this is none: use --auth-file")
    password = getpass(f"Password of {name}: ")
    if getpass("Once more: ") != password:
        raise UsageError("these were two different passwords: try again")
    return line_of(name, password)
