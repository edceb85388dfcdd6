"""The page as axe sees it: no serious and no critical finding in any of its states, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from page_stage import MARKS, QUESTION, Stage, ask, chromium, open_filters, opened, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def states(page: Page) -> Iterator[str]:
    """One after another, each by its name."""
    yield "empty"
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    yield "answer"
    page.locator("#source-1-1 .opener").click()
    page.locator("#reader-title").wait_for()
    yield "reader"
    page.keyboard.press("Escape")
    ask(page, "Who is the mayor?")
    page.wait_for_selector(".refusal")
    open_filters(page)
    yield "refusal and filters"
    page.locator("#saving summary").first.click()
    yield "menu"


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (360, "dark")])
def test_axe_finds_nothing_serious(width: int, scheme: str, browser: Browser) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    axe, stage = Axe(), Stage()
    with served(stage) as address, opened(browser, address, width=width, scheme=scheme) as page:
        page.emulate_media(reduced_motion="reduce")  # colours on their way are judged as they are
        found = [
            (state, each["id"], each["nodes"][0]["target"])
            for state in states(page)
            for each in axe.run(page).response["violations"]
            if each["impact"] in ("serious", "critical")
        ]
    assert found == []
