"""Something that belongs to one thread in, work for it from any thread out. Knows nothing about what it is.

A SQLite connection may be used by the thread that opened it only; a page's readers come from many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

R = TypeVar("R")


class Closable(Protocol):
    """What is opened, used and closed in one thread."""

    def close(self) -> None:
        """Let go of everything."""


T = TypeVar("T", bound=Closable)


class Owner(Generic[T]):
    """A thread and what belongs to it."""

    def __init__(self, thing: T, thread: ThreadPoolExecutor) -> None:
        self._thing = thing
        self._thread = thread

    def do(self, job: Callable[[T], R]) -> R:
        """Let the thread do something with what it owns, in the order of asking; gives what comes of it."""
        return self._thread.submit(job, self._thing).result()


@contextmanager
def owning(open_thing: Callable[[], T], name: str) -> Iterator[Owner[T]]:
    """A thread of this name that opens something, and closes it at the end."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix=name) as thread:
        thing = thread.submit(open_thing).result()
        try:
            yield Owner(thing, thread)
        finally:
            thread.submit(thing.close).result()
