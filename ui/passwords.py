"""Names and passwords in, lines that keep only salted hashes out; and whether a password is the one of a name.

A line is `name:scrypt:N:r:p:salt:hash`, the last two as base64. Knows nothing about pages.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import scrypt
from hmac import compare_digest
from pathlib import Path

from index.errors import UsageError

LONGEST_NAME = 64
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 256

_COST = (2**15, 8, 3)
"""32 MB and a quarter of a second on a slow core: one of the settings OWASP recommends."""

_MOST_MEMORY = 256 * 2**20
_BYTES = 32
_NAME = re.compile(rf"[^\s:]{{1,{LONGEST_NAME}}}")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a password."""

    cost: tuple[int, int, int]
    salt: bytes
    hash: bytes

    def fits(self, password: str) -> bool:
        return compare_digest(_hash(password, self.salt, self.cost), self.hash)


class Passwords:
    """Names and what is kept of their passwords."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._kept = dict(map(_parsed, lines))
        self._nobody = _Kept(_COST, secrets.token_bytes(16), bytes(_BYTES))

    def fits(self, name: str, password: str) -> bool:
        """Whether this is the password of this name; takes as long where nobody has the name."""
        if len(name) > LONGEST_NAME or len(password) > LONGEST_PASSWORD:
            return False
        return self._kept.get(name, self._nobody).fits(password)


def passwords_in(path: Path) -> Passwords:
    """The names in a file, one a line; empty lines and those that begin with # say nothing.

    Raises:
        UsageError: It cannot be read, a line is none, or nobody is in it.
    """
    try:
        written = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}): it should hold lines of --new-user") from None
    lines = [line for line in written if line and not line.startswith("#")]
    if not lines:
        raise UsageError(f"nobody is named in {path}: add a line with onrecord serve --new-user NAME")
    return Passwords(lines)


def line_of(name: str, password: str) -> str:
    """The line to keep for a name.

    Raises:
        UsageError: The name or the password will not do.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name: up to {LONGEST_NAME} characters, no spaces and no colons")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(
            f"a password of {len(password)} characters will not do: take {SHORTEST_PASSWORD} to {LONGEST_PASSWORD}"
        )
    salt = secrets.token_bytes(16)
    return ":".join((name, "scrypt", *map(str, _COST), *map(_written, (salt, _hash(password, salt, _COST)))))


def _parsed(line: str) -> tuple[str, _Kept]:
    try:
        name, kind, n, r, p, salt, hashed = line.split(":")
        kept = _Kept((int(n), int(r), int(p)), b64decode(salt, validate=True), b64decode(hashed, validate=True))
        if kind != "scrypt" or not _NAME.fullmatch(name) or len(kept.hash) != _BYTES:
            raise ValueError(kind)
        _hash("", kept.salt, kept.cost)
    except ValueError:
        # The line itself may be a plain password: it is not repeated.
        raise UsageError("a line of names and passwords is none: make it with onrecord serve --new-user NAME") from None
    return name, kept


def _hash(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=_BYTES)


def _written(raw: bytes) -> str:
    return b64encode(raw).decode()
