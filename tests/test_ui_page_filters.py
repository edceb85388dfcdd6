"""Histogram, chips and timeline with their scripts in a real browser, on a page of their own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.counts import Months
from index.dates import spans
from ui.looking.story import Moment, Point, Story
from ui.looking.view import View
from ui.looking.view import chips as chips_of
from ui.markup.chips import chips
from ui.markup.histogram import histogram
from ui.markup.timeline import timeline

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.page,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: apt-get install chromium, then run again"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of the browser's driver, when it is closed
]

FILES = Path(__file__).parent.parent / "ui" / "page"
CSS = "".join((FILES / "css" / f"{name}.css").read_text("utf-8") for name in ("room", "filters", "timeline"))
JS = "".join((FILES / "js" / f"{name}.js").read_text("utf-8") for name in ("histogram", "chips", "timeline"))

MONTHS = Months(tuple((spans.month(2025, n + 1)[0], 2 + n) for n in range(10)))
VIEW = View("", date(2025, 1, 1), date(2025, 3, 31), None, ("L’Écho & Cie",), ("de",))


def moment(n: int) -> Moment:
    day = date(2025, 1 + n // 4, 1 + 3 * (n % 4))
    words = f"Words of what was told as number {n}"
    return Moment(day, day, Point("article" if n % 3 else "event", words, "Echo", f"a{n}", ((n, n + 5),), n, n == 9))


STORY = Story(
    tuple(moment(n) for n in range(24)), (Point("article", "Nobody knows when", "Echo", "b", (), None, cited=False),)
)
PAGE = f"""
<style>* {{ box-sizing: border-box }} body {{ margin: 0 }} {CSS}</style>
<div class="gradio-container" style="padding: 16px">
  <div id="chips">{chips(chips_of(VIEW))}</div>
  <div id="dates" style="max-width: 600px">{histogram(MONTHS)}</div>
  <div id="story">{timeline(STORY, 2)}</div>
</div>
<script>{JS}</script>
<script>
  told = [];
  on = (id) => ({{ element: document.getElementById(id), trigger: (name, data) => told.push([name, data]) }});
  onrecord.chips(on("chips"));
  onrecord.histogram(on("dates"));
  onrecord.timeline(on("story"));
</script>
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The page anew, which asks for nothing and breaks nothing."""
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("request", lambda request: faults.append(request.url))
    tab.set_viewport_size({"width": 1200, "height": 900})
    tab.set_content(PAGE)
    yield tab
    assert faults == []


def told(page: Page) -> list[Any]:
    """What Python was told since the last look."""
    found: list[Any] = page.evaluate("told.splice(0)")
    return found


def middle(page: Page, bar: int) -> tuple[float, float]:
    box = page.locator(".slot").nth(bar).locator(".ground").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def chosen(page: Page) -> list[int]:
    found: list[int] = page.evaluate(
        "[...document.querySelectorAll('.slot')].flatMap((slot, n) => slot.matches('.chosen') ? [n] : [])"
    )
    return found


def days(since: str, until: str) -> list[Any]:
    return ["change", {"since": since, "until": until}]


def test_a_drag_over_the_bars_chooses_their_days_either_way_and_beyond_the_plot(page: Page) -> None:
    page.mouse.move(*middle(page, 6))
    page.mouse.down()
    page.mouse.move(*middle(page, 3), steps=3)
    assert (chosen(page), told(page)) == ([3, 4, 5, 6], [])
    assert page.inner_text(".picked") == "1 April 2025 – 31 July 2025"
    page.mouse.move(1, 5)
    page.mouse.up()

    assert told(page) == [days("2025-01-01", "2025-07-31")]
    assert page.get_attribute(".range", "aria-valuetext") == "1 January 2025 – 31 July 2025"
    page.mouse.click(*middle(page, 9))
    assert told(page) == [days("2025-10-01", "2025-10-31")]
    assert chosen(page) == [9]


def test_days_are_chosen_with_keys_and_told_once(page: Page) -> None:
    page.focus(".range")
    for key in ("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    assert chosen(page) == [6, 7, 8, 9]
    page.wait_for_function("told.length")
    page.keyboard.press("Home")
    page.wait_for_function("told.length > 1")
    page.keyboard.press("Escape")

    assert told(page) == [days("2025-07-01", "2025-10-31"), days("2025-01-01", "2025-04-30"), days("", "")]
    assert (chosen(page), page.get_attribute(".range", "aria-valuetext")) == ([], "any day")
    page.keyboard.press("Escape")
    assert told(page) == []


def test_the_keyboard_stays_where_it_was_when_python_draws_anew(page: Page) -> None:
    page.focus(".range")
    page.keyboard.press("End")
    page.wait_for_function("told.length")
    anew = json.dumps(histogram(MONTHS, date(2025, 10, 1), date(2025, 10, 31)))
    page.evaluate(f"document.getElementById('dates').innerHTML = {anew}")

    page.wait_for_function("document.activeElement.matches('.range')", timeout=2_000)
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_function("told.length > 1")
    assert told(page)[1:] == [days("2025-09-01", "2025-10-31")]


def test_a_finger_chooses_across_and_scrolls_along(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 500})
    fingers = page.context.new_cdp_session(page)

    def drag(start: tuple[float, float], end: tuple[float, float]) -> None:
        points = [tuple(a + (b - a) * n / 8 for a, b in zip(start, end, strict=True)) for n in range(9)]
        for n, (x, y) in enumerate(points):
            kind = "touchMove" if n else "touchStart"
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    drag(middle(page, 2), middle(page, 5))
    assert told(page) == [days("2025-03-01", "2025-06-30")]
    page.touchscreen.tap(*middle(page, 7))
    assert told(page) == [days("2025-08-01", "2025-08-31")]
    x, y = middle(page, 3)
    drag((x, y), (x, y - 150))
    page.wait_for_function("scrollY > 0")
    assert (told(page), chosen(page)) == ([], [7])


def test_the_fields_take_days_that_are_in_order(page: Page) -> None:
    page.fill("[name=since]", "2025-02-03")
    page.fill("[name=until]", "2025-01-01")
    assert (
        page.evaluate("document.querySelector('[name=until]').validationMessage") == "The first day is after the last."
    )
    page.fill("[name=until]", "2025-02-04")

    assert told(page) == [days("2025-02-03", ""), days("2025-02-03", "2025-02-04")]


def test_a_chip_says_what_it_removes(page: Page) -> None:
    for name in ("Remove: January – March 2025", "Remove: L’Écho & Cie", "Show everything"):
        page.get_by_role("button", name=name.replace("January", "Published January")).click()

    assert told(page) == [
        ["change", {"kind": "days", "value": ""}],
        ["change", {"kind": "outlet", "value": "L’Écho & Cie"}],
        ["change", {"kind": "all", "value": ""}],
    ]


def test_an_entry_of_the_timeline_opens_its_source_and_the_keys_go_on_in_time(page: Page) -> None:
    page.locator("[data-article=a8]").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("[data-article=a9] .who").is_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Nobody knows when").click()

    assert told(page) == [
        ["select", {"turn": 2, "article": "a10", "at": "10-15", "n": "10"}],
        ["select", {"turn": 2, "article": "b", "at": "", "n": ""}],
    ]


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".timeline .told .card")].map((card) => card.getBoundingClientRect());
  const beside = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1;
  const apart = (a, b) => beside(a, b) || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  return [boxes.length, boxes.filter((a, n) => boxes.slice(0, n).some((b) => !apart(a, b))).length];
}"""


@pytest.mark.parametrize("width", [1200, 700, 360])
def test_it_fits_and_no_label_lies_on_another(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    cards, hidden = page.evaluate(OVERLAPS)

    assert cards > 4
    assert hidden == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    tops = page.evaluate("[...document.querySelectorAll('ol button')].map((each) => each.getBoundingClientRect().top)")
    if width == 360:  # a list, one below the other
        assert tops == sorted(set(tops))
    else:  # a dot can be pointed at, whatever is above it
        page.locator("[data-article=a9]").dispatch_event("click")
        assert told(page)[0][1]["article"] == "a9"
