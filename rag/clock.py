"""Stages in, seconds per stage out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Times the stages of one answer from the moment it is made."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside; what a stage does at several times adds up."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - began

    def mark(self, name: str) -> None:
        """Note how long it took from the beginning until now."""
        self._seconds[name] = time.perf_counter() - self._began

    def seconds(self) -> dict[str, float]:
        """`total` until now, then every stage and mark so far, in seconds."""
        return {"total": time.perf_counter() - self._began, **self._seconds}
