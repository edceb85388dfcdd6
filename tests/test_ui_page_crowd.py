"""Twenty readers at once: nobody gets an error, each is told the place in line, and memory has a bound."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING

import pytest
from page_stage import MARKS, QUESTION, ask, chromium, free_port
from playwright.sync_api import expect
from ui_fakes import ScriptedPipeline, an_answer, told

from index.types import EVERYTHING, Filter
from rag.types import Event, Turn
from ui.page import Desk, build, serving
from ui.page.gate.limits import FROM_A_PLACE, QUESTIONS_A_MINUTE, Pace, admitting
from ui.threads.worker import working

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [*MARKS, pytest.mark.soak]

READERS = 20
ROUNDS = 4
GROWTH = 40e6
"""Bytes that three more rounds of twenty answers may take: what is kept of sixty answers is far less."""


class Held(ScriptedPipeline):
    """Answers once it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = Flag()

    def stream(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: Sequence[Turn] = (),
        where: Filter = EVERYTHING,
    ) -> Generator[Event]:
        assert self.go_on.wait(120)
        yield from told(an_answer(question), "It reopens [1].")


def place_of(page: Page) -> int:
    """How many questions come first, as the page says; 0: its own is being answered."""
    said = re.search(r"(\d+) questions? before", page.locator(".exchange").last.inner_text())
    return int(said[1]) if said else 0


def places(readers: Sequence[Page]) -> list[int]:
    """The places in line, whoever came first, once all have one."""
    for _ in range(50):
        found = sorted(place_of(page) for page in readers)
        if found == list(range(len(readers))):
            break
        readers[0].wait_for_timeout(200)
    return found


def resident() -> float:
    """Bytes of this process, which serves the page."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096.0


def test_twenty_ask_at_once_and_each_is_told_the_place_and_answered() -> None:
    held, seen = Held(), []
    with ExitStack() as stack:
        worker = stack.enter_context(working(lambda: held))
        admit = admitting(Pace(QUESTIONS_A_MINUTE, 60), Pace(FROM_A_PLACE, 60))
        desk = Desk(worker.stream, admit=admit)
        address = stack.enter_context(serving(build(desk), host="127.0.0.1", port=free_port()))
        browser = stack.enter_context(chromium())
        readers = [browser.new_page() for _ in range(READERS)]
        for page in readers:
            page.goto(address)
            page.wait_for_selector("#question textarea")
        for n in range(1, ROUNDS + 1):
            held.go_on.clear()
            for page in readers:
                ask(page, QUESTION)
            for page in readers:
                expect(page.locator(".exchange")).to_have_count(n)
                page.locator(".working").wait_for()
            assert places(readers) == list(range(READERS))

            held.go_on.set()
            for page in readers:
                expect(page.locator(".answer")).to_have_count(n, timeout=60_000)
                assert page.locator(".trouble").count() == 0
            seen.append(resident())
    assert seen[-1] - seen[0] < GROWTH, seen
