"""One thread owns the pipeline, whichever thread reads the answers."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from datetime import date

import pytest
from ui_fakes import ScriptedPipeline, an_answer, told

from index.errors import ArchiveMissing
from rag.types import Answered, Event, Turn
from ui.worker import working


class Watched(ScriptedPipeline):
    """Notes the thread of everything that happens to it, and how many of its answers were left early."""

    def __init__(self) -> None:
        super().__init__({"q": told(an_answer("q"), "draft")})
        self.threads = {threading.get_ident()}
        self.left_early = 0

    def stream(self, question: str, *, as_of: date | None = None, history: Sequence[Turn] = ()) -> Generator[Event]:
        try:
            for event in super().stream(question, as_of=as_of, history=history):
                self.threads.add(threading.get_ident())
                yield event
        except GeneratorExit:
            self.left_early += 1
            raise

    def close(self) -> None:
        self.threads.add(threading.get_ident())
        super().close()


def test_the_pipeline_lives_in_one_thread_that_is_not_the_readers() -> None:
    with working(Watched) as worker:
        watched = worker._pipeline
        assert isinstance(watched, Watched)
        read: list[list[Event]] = []
        readers = [threading.Thread(target=lambda: read.append(list(worker.stream("q", (), None)))) for _ in range(3)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()

    assert read == [list(told(an_answer("q"), "draft"))] * 3
    assert len(watched.threads) == 1 and threading.get_ident() not in watched.threads
    assert watched.closed


def test_a_reader_who_leaves_stops_the_answer_and_the_next_is_answered() -> None:
    with working(Watched) as worker:
        watched = worker._pipeline
        assert isinstance(watched, Watched)
        stream = worker.stream("q", (), date(2026, 3, 1))
        next(stream)
        stream.close()
        assert isinstance(list(worker.stream("q", (), None))[-1], Answered)
    assert watched.asked == [("q", (), date(2026, 3, 1)), ("q", (), None)]


def test_what_the_pipeline_raises_is_raised_to_the_reader() -> None:
    pipeline = ScriptedPipeline({"q": ArchiveMissing("gone")})
    with working(lambda: pipeline) as worker:
        for _ in range(2):
            with pytest.raises(ArchiveMissing, match="gone"):
                list(worker.stream("q", (), None))


def test_a_pipeline_that_cannot_be_opened_is_told_at_once() -> None:
    def missing() -> ScriptedPipeline:
        raise ArchiveMissing("nothing there")

    with pytest.raises(ArchiveMissing), working(missing):
        pytest.fail("opened")
