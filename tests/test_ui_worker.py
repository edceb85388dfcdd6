"""One thread owns the pipeline, whichever thread reads the answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Sequence
from datetime import date
from typing import Any

import pytest
from ui_fakes import ScriptedPipeline, an_answer, told

from index.errors import ArchiveMissing
from index.types import EVERYTHING, Filter
from rag.leaving import go_on
from rag.types import Answered, Drafted, Event, Turn
from ui.threads.worker import Busy, Waiting, Worker, working


class Watched(ScriptedPipeline):
    """Notes the thread of everything that happens to it, and how many of its answers were left early."""

    def __init__(self) -> None:
        super().__init__({"q": told(an_answer("q"), "draft")})
        self.threads = {threading.get_ident()}
        self.left_early = 0

    def stream(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: Sequence[Turn] = (),
        where: Filter = EVERYTHING,
    ) -> Generator[Event]:
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


class Slow(ScriptedPipeline):
    """Writes a word every 20 ms for a minute, unless somebody stops it or lets it end."""

    def __init__(self) -> None:
        super().__init__()
        self.end = threading.Event()
        self.stopped = threading.Event()
        self.step = 0

    def stream(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: Sequence[Turn] = (),
        where: Filter = EVERYTHING,
    ) -> Generator[Event]:
        self.asked.append((question, tuple(history), as_of))
        try:
            for self.step in range(3000):
                if self.end.wait(0.02):
                    break
                yield Drafted("word " * self.step)
            yield Answered(an_answer(question))
        except GeneratorExit:
            self.stopped.set()
            raise


Stream = Generator[Event | Waiting]


def begun(worker: Worker[Any], question: str) -> Stream:
    """A stream whose question stands in the line; its first event is read."""
    stream = worker.stream(question, (), None)
    next(stream)
    return stream


def events(worker: Worker[Any], question: str) -> list[Event]:
    """All events of an answer."""
    return [event for event in worker.stream(question, (), None) if not isinstance(event, Waiting)]


def test_the_pipeline_lives_in_one_thread_that_is_not_the_readers() -> None:
    with working(Watched) as worker:
        watched = worker._pipeline
        assert isinstance(watched, Watched)
        read: list[list[Event]] = []
        readers = [threading.Thread(target=lambda: read.append(events(worker, "q"))) for _ in range(3)]
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


def test_who_waits_is_told_the_place_in_line_and_moves_up_when_others_leave() -> None:
    slow = Slow()
    with working(lambda: slow) as worker:
        first, second = begun(worker, "first"), begun(worker, "second")
        third = worker.stream("third", (), None)

        assert next(third) == Waiting(2)
        second.close()
        assert next(event for event in third if event != Waiting(2)) == Waiting(1)
        first.close()
        assert isinstance(next(event for event in third if event != Waiting(1)), Drafted | Waiting)
        slow.end.set()
        assert isinstance(list(third)[-1], Answered)
    assert [question for question, _, _ in slow.asked] == ["first", "third"]


def test_who_leaves_stops_the_answer_within_its_next_step() -> None:
    slow = Slow()
    with working(lambda: slow) as worker:
        stream = begun(worker, "q")
        stream.close()
        step = slow.step
        assert slow.stopped.wait(10)
        assert slow.step <= step + 1


def test_who_leaves_stops_what_has_no_next_step() -> None:
    class Deep(Slow):
        """Between two events it looks by itself whether anybody waits."""

        def stream(
            self,
            question: str,
            *,
            as_of: date | None = None,
            history: Sequence[Turn] = (),
            where: Filter = EVERYTHING,
        ) -> Generator[Event]:
            self.asked.append((question, tuple(history), as_of))
            if question == "q":
                yield Drafted("word")
                try:
                    while not self.end.wait(0.01):
                        go_on()
                finally:
                    self.stopped.set()
            yield Answered(an_answer(question))

    deep = Deep()
    with working(lambda: deep) as worker:
        begun(worker, "q").close()
        assert deep.stopped.wait(10) and not deep.end.is_set()
        assert events(worker, "next") == [Answered(an_answer("next"))]


def test_a_reader_hears_something_even_when_nothing_happens() -> None:
    """Between two beats a page can find out that nobody reads any more."""

    class Silent(Slow):
        def stream(
            self,
            question: str,
            *,
            as_of: date | None = None,
            history: Sequence[Turn] = (),
            where: Filter = EVERYTHING,
        ) -> Generator[Event]:
            self.end.wait(10)
            yield Answered(an_answer(question))

    silent = Silent()
    with working(lambda: silent) as worker:
        stream = worker.stream("q", (), None)
        assert [next(stream), next(stream)] == [Waiting(0), Waiting(0)]
        silent.end.set()
        assert isinstance(list(stream)[-1], Answered)


def test_a_line_that_is_full_takes_nobody_in_until_one_leaves() -> None:
    slow = Slow()
    with working(lambda: slow, longest_line=1) as worker:
        first, second = begun(worker, "first"), begun(worker, "second")
        with pytest.raises(Busy, match="2 questions before yours"):
            begun(worker, "third")
        second.close()
        third = begun(worker, "third")
        slow.end.set()
        assert isinstance(list(third)[-1], Answered) and isinstance(list(first)[-1], Answered)
    assert [question for question, _, _ in slow.asked] == ["first", "third"]


def test_who_reads_slowly_keeps_nobody_waiting() -> None:
    with working(lambda: ScriptedPipeline({"q": told(an_answer("q"), "draft")}), longest_line=0) as worker:
        slowly = worker.stream("q", (), None)
        while isinstance(next(slowly), Waiting):
            pass
        deadline = time.monotonic() + 5
        while worker._line and time.monotonic() < deadline:
            time.sleep(0.01)
        assert events(worker, "q") == list(told(an_answer("q"), "draft"))
        assert [event for event in slowly if not isinstance(event, Waiting)] == list(told(an_answer("q"), "draft"))[1:]


def test_closing_ends_the_answer_being_made_and_begins_no_other() -> None:
    slow = Slow()
    with working(lambda: slow) as worker:
        _first, second = begun(worker, "first"), begun(worker, "second")
        step = slow.step
    assert slow.step <= step + 1
    assert slow.stopped.is_set() and slow.closed
    assert [question for question, _, _ in slow.asked] == ["first"]
    assert [event for event in second if isinstance(event, Answered)] == []


def test_anything_else_is_done_in_the_pipelines_thread_after_what_was_asked_before() -> None:
    slow = Slow()
    with working(lambda: slow) as worker:
        steps = worker.stream("q", (), None)
        next(steps)
        asker = threading.Thread(target=lambda: done.append(worker.do(lambda p: (p.step, threading.get_ident()))))
        done: list[tuple[int, int]] = []
        asker.start()
        asker.join(0.1)
        assert done == []

        slow.end.set()
        asker.join(5)
        ((step, thread),) = done
        assert step == slow.step
        assert thread != threading.get_ident()
        steps.close()


def test_what_goes_wrong_there_is_told_to_whoever_asked() -> None:
    def locked(_: ScriptedPipeline) -> None:
        raise ArchiveMissing("gone")

    with working(ScriptedPipeline) as worker, pytest.raises(ArchiveMissing, match="gone"):
        worker.do(locked)
