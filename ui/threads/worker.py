"""A pipeline that belongs to one thread in, a stream that any thread may read out: one question at a time.

A page reads each step of an answer from another thread of its pool, and a reader may leave in the middle. Databases
and models want neither, so one thread opens the pipeline, asks every question and closes it. Who waits stands in a line
that has an end, and is told the place in it; who leaves costs nothing more. Knows nothing about pages.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from queue import Empty, SimpleQueue
from threading import Event as Flag
from threading import Lock
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from index.errors import OnRecordError
from index.types import EVERYTHING, Filter
from rag.leaving import go_on, until
from ui.words import counted

if TYPE_CHECKING:
    from rag.types import Event, Turn

BEAT_SECONDS = 0.1
"""A reader hears something at least this often, because a page notices only between two things that it is told whether
anybody still reads."""

LONGEST_LINE = 20
"""Readers who may wait for the one being answered; at 3 s an answer the last waits a minute."""


T = TypeVar("T")


class Busy(OnRecordError):
    """More readers wait than can be answered soon."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing new yet. `before` is how many readers are served first; 0: one's own answer is being made."""

    before: int


class Pipeline(Protocol):
    """What is asked of a pipeline."""

    def stream(self, question: str, *, as_of: date | None, history: Sequence[Turn], where: Filter) -> Iterator[Event]:
        """The events of one answer."""

    def close(self) -> None:
        """Let go of everything."""


class _Reader:
    """Whoever asked a question: what there is to read, and whether anybody still does."""

    def __init__(self) -> None:
        self.events: SimpleQueue[Event | None] = SimpleQueue()
        self.left = Flag()


P = TypeVar("P", bound=Pipeline)


class Worker(Generic[P]):
    """Asks one pipeline, in one thread, in the order of the questions.

    Args:
        pipeline: Opened in that thread.
        thread: The thread.
        longest_line: How many readers may wait for the one being answered.
    """

    def __init__(self, pipeline: P, thread: ThreadPoolExecutor, *, longest_line: int = LONGEST_LINE) -> None:
        self._pipeline = pipeline
        self._thread = thread
        self._longest_line = longest_line
        self._line: list[_Reader] = []  # the first is being answered
        self._changing_line = Lock()

    def stream(
        self, question: str, history: Sequence[Turn], as_of: date | None, where: Filter = EVERYTHING
    ) -> Generator[Event | Waiting]:
        """The events of one answer: `in_line` with what the pipeline streams."""
        return self.in_line(lambda pipeline: pipeline.stream(question, as_of=as_of, history=history, where=where))

    def in_line(self, job: Callable[[P], Iterable[Event]]) -> Generator[Event | Waiting]:
        """The events of what a reader asks for as they come, and in between, every BEAT_SECONDS, how many come first.

        Closing the stream while it waits takes the question out of the line; later, the pipeline stops where it next
        looks whether anybody waits: at an event, and between two layers of the language model.

        Raises:
            Busy: The line is full.
            OnRecordError: What the pipeline raises.
        """
        reader = _Reader()
        before = self._join(reader)
        asked = self._thread.submit(self._answer, reader, job)
        try:
            if before:
                yield Waiting(before)
            while (event := self._next(reader)) is not None:
                yield event
            asked.result()
        finally:
            self._leave(reader)

    def do(self, job: Callable[[P], T]) -> T:
        """Let the pipeline's thread do something with it, after what was asked before; gives what comes of it."""
        return self._thread.submit(job, self._pipeline).result()

    def stop(self) -> None:
        """Send every reader away: the answer being made ends, the others do not begin."""
        with self._changing_line:
            for reader in self._line:
                reader.left.set()

    def _answer(self, reader: _Reader, job: Callable[[P], Iterable[Event]]) -> None:
        """Runs in the pipeline's thread, where the answer left in the middle is closed too."""
        try:
            with until(reader.left.is_set):
                go_on()
                for event in job(self._pipeline):
                    go_on()
                    reader.events.put(event)
        finally:
            self._leave(reader)
            reader.events.put(None)

    def _next(self, reader: _Reader) -> Event | Waiting | None:
        try:
            return reader.events.get(timeout=BEAT_SECONDS)
        except Empty:
            with self._changing_line:
                return Waiting(self._line.index(reader) if reader in self._line else 0)

    def _join(self, reader: _Reader) -> int:
        with self._changing_line:
            before = len(self._line)
            if before > self._longest_line:
                raise Busy(f"The line is full: {counted(before, 'question')} before yours. Ask again in a minute.")
            self._line.append(reader)
            return before

    def _leave(self, reader: _Reader) -> None:
        """Also once the answer is whole: then it is the next one's turn, however slowly this one reads."""
        reader.left.set()
        with self._changing_line:
            if reader in self._line:
                self._line.remove(reader)


@contextmanager
def working(open_pipeline: Callable[[], P], *, longest_line: int = LONGEST_LINE) -> Iterator[Worker[P]]:
    """A worker whose pipeline is opened and closed in its own thread."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="pipeline") as thread:
        pipeline = thread.submit(open_pipeline).result()
        worker = Worker(pipeline, thread, longest_line=longest_line)
        try:
            yield worker
        finally:
            worker.stop()
            thread.submit(pipeline.close).result()
