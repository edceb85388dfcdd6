"""Whether anybody still waits for what is being worked out: told by who asked, looked at by what takes long.

A flag that another thread sets is seen between two layers of a network, where a generator that yields to be closed
would be heard only after all of them. It belongs to one piece of work: whoever leaves late ends nobody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Left(Exception):
    """Nobody waits any more: the work was let go of where it stood."""


def _somebody_waits() -> bool:
    return False


_has_left: ContextVar[Callable[[], bool]] = ContextVar("has_left", default=_somebody_waits)


@contextmanager
def until(has_left: Callable[[], bool]) -> Iterator[None]:
    """Work that nobody needs once `has_left` says so: it then ends at its next `go_on`, and quietly."""
    before = _has_left.set(has_left)
    try:
        yield
    except Left:
        pass
    finally:
        _has_left.reset(before)


def go_on() -> None:
    """Called every few hundredths of a second by what takes long.

    Raises:
        Left: Nobody waits for it.
    """
    if _has_left.get()():
        raise Left
