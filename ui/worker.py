"""A pipeline that belongs to one thread in, a stream that any thread may read out: one question at a time.

A page reads each step of an answer from another thread of its pool, and a reader may leave in the middle. Databases
and models want neither, so one thread opens the pipeline, asks every question and closes it; it stops writing when its
reader has gone. Knows nothing about pages.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from queue import SimpleQueue
from threading import Event as Flag
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.archive import Stats
    from rag.types import Event, Turn


class Archive(Protocol):
    """What is asked of a pipeline's archive."""

    def stats(self) -> Stats:
        """What it holds."""


class Pipeline(Protocol):
    """What is asked of a pipeline."""

    @property
    def archive(self) -> Archive:
        """Where its articles are."""

    def stream(self, question: str, *, as_of: date | None, history: Sequence[Turn]) -> Iterator[Event]:
        """The events of one answer."""

    def close(self) -> None:
        """Let go of everything."""


class Worker:
    """Asks one pipeline, in one thread, in the order of the questions."""

    def __init__(self, pipeline: Pipeline, thread: ThreadPoolExecutor) -> None:
        self._pipeline = pipeline
        self._thread = thread

    def stream(self, question: str, history: Sequence[Turn], as_of: date | None) -> Generator[Event]:
        """The events of one answer as they come; what the pipeline raises is raised here.

        Closing the stream early makes the pipeline stop at its next event.
        """
        events: SimpleQueue[Event | None] = SimpleQueue()
        left = Flag()

        def answer() -> None:
            try:
                if left.is_set():
                    return
                for event in self._pipeline.stream(question, as_of=as_of, history=history):
                    if left.is_set():
                        return
                    events.put(event)
            finally:
                events.put(None)

        job = self._thread.submit(answer)
        try:
            while (event := events.get()) is not None:
                yield event
            job.result()
        finally:
            left.set()

    def stats(self) -> Stats:
        """What is in the archive."""
        return self._thread.submit(self._pipeline.archive.stats).result()


@contextmanager
def working(open_pipeline: Callable[[], Pipeline]) -> Iterator[Worker]:
    """A worker whose pipeline is opened and closed in its own thread."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="pipeline") as thread:
        pipeline = thread.submit(open_pipeline).result()
        try:
            yield Worker(pipeline, thread)
        finally:
            thread.submit(pipeline.close).result()
