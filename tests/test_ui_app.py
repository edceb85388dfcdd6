"""The page in a real browser: what is shown when, that nothing hostile runs, and that nothing leaves this machine."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date
from threading import Event as Flag
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from ui_fakes import EVIDENCE, SECONDS, an_answer, an_article, cite, evidence_of, told

from index.errors import ArchiveLocked, UsageError
from rag.types import Answered, Drafted, Event, Period, Query, Retrieved, Sentence, Turn
from ui.app import build, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.page,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: apt-get install chromium, then run again"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of the browser's driver, when it is closed
]

QUESTION = "When does the bridge reopen?"
TODAY = date(2026, 3, 25)
PATIENCE = 30_000  # milliseconds


class Stage:
    """Answers as scripted; each step of "slowly" waits until it is let on."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...], date | None]] = []
        self.steps = [Flag(), Flag(), Flag()]
        self.left = Flag()

    def events(self, question: str, history: Sequence[Turn], as_of: date | None) -> Generator[Event]:
        self.asked.append((question, tuple(history), as_of))
        if question == "locked":
            raise ArchiveLocked("another process <b>writes</b>: wait a moment")
        if question == "slowly":
            yield from self._slowly()
        elif question == "evil":
            yield from evil_events()
        elif question == "lately":
            query = Query(question, EVIL[0], TODAY, period=Period("lately", date(2026, 3, 1), TODAY, 0.5))
            yield from told(replace(an_answer(question), query=query))
        else:
            yield from told(an_answer(question, *([()] if "mayor" in question else [])), "It reopens [1].")

    def _slowly(self) -> Generator[Event]:
        query = Query("slowly", "slowly")
        steps: tuple[Event, ...] = (
            Retrieved(query, (), EVIDENCE, SECONDS),
            Drafted("It reopens on 4"),
            Answered(an_answer("slowly")),
        )
        try:
            for flag, step in zip(self.steps, steps, strict=True):
                assert flag.wait(30)
                yield step
        except GeneratorExit:
            self.left.set()
            raise


EVIL = [
    "<script>window.hacked=1</script>",
    "<img src=x onerror='window.hacked=1'>",
    '"><svg onload="window.hacked=1">',
    "</div></section></article><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "${window.hacked=1} {{window.hacked=1}} `${window.hacked=1}`",
    "<details open ontoggle='window.hacked=1'>",
    "<a href='javascript:window.hacked=1' id=trap>x</a>",
    "<style>*{display:none!important}</style>",
    "$$\\href{javascript:window.hacked=1}{x}$$ [x](javascript:window.hacked=1)",
    "\u202eright to left\u2066",
    "w" * 3000,
]


def evil_events() -> Iterator[Event]:
    evidence = tuple(
        evidence_of(n, an_article(text, text, text, text, url=f"javascript:window.hacked={n}"))
        for n, text in enumerate(EVIL, 1)
    )
    yield Retrieved(Query("evil", "evil"), (), evidence, SECONDS)
    yield Drafted(" ".join(EVIL))
    said = tuple(Sentence(each.text, (cite(each, each.text),), "quoted") for each in evidence)
    yield Answered(an_answer("evil", said, evidence))


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
def stage() -> Stage:
    return Stage()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(stage: Stage) -> Iterator[str]:
    page = build(stage.events, about="3 articles <b>from</b> 2 outlets", waiting=1, clock=lambda: TODAY)
    with serving(page, host="127.0.0.1", port=free_port()) as address:
        yield address


Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, address: str, stage: Stage) -> Iterator[Open]:
    """Opens the page, and afterwards asserts that it asked nobody but this machine and that no script broke in."""
    stage.asked.clear()
    stage.steps, stage.left = [Flag(), Flag(), Flag()], Flag()
    requests: list[str] = []
    dialogs: list[str] = []
    contexts = []

    def open_it(width: int = 1200, *, color_scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=color_scheme)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.goto(address)
        page.wait_for_selector("#question textarea")
        return page

    yield open_it
    for context in contexts:
        context.close()
    for flag in stage.steps:
        flag.set()
    assert {urlsplit(url).hostname for url in requests if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert dialogs == []


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def test_evidence_comes_first_then_a_draft_then_the_checked_answer(open_page: Open, stage: Stage) -> None:
    page = open_page()
    ask(page, "slowly")
    page.wait_for_selector(".working")
    assert page.input_value("#question textarea") == ""
    assert page.query_selector(".source-card") is None

    stage.steps[0].set()
    page.wait_for_selector("#source-1-3")
    assert page.query_selector(".draft") is None
    assert "Reading 3 quotes" in page.inner_text(".working")

    stage.steps[1].set()
    page.wait_for_selector(".draft")
    assert page.inner_text(".draft").split("\n")[0] == "Draft, being checked"
    assert page.query_selector(".answer") is None

    stage.steps[2].set()
    page.wait_for_selector(".answer")
    assert page.query_selector(".draft") is None
    assert page.inner_text(".said").startswith("It reopens on 4 May after repairs for 12.4 million crowns.")
    assert "2.9 s in all" in page.inner_text(".fine")
    assert page.locator("mark").count() == 3


def test_a_mark_leads_to_its_source_and_shows_the_quote(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    mark = page.locator(".mark").nth(1)
    assert mark.get_attribute("title") == "“Councillor Mara Lind called the rise “hard to explain”.”"

    mark.click()
    assert page.evaluate("document.querySelector(':target').id") == "source-1-2"
    assert page.locator("#source-1-1 h3 a").get_attribute("href") == "https://harbourpost.example/bridge"
    assert page.locator("#source-1-1 h3 a").get_attribute("rel") == "noopener noreferrer"
    assert page.locator("#source-1-3 a").count() == 0  # its address is javascript:

    ask(page, "Who is the mayor?")
    page.wait_for_selector(".refusal")
    assert page.evaluate("document.querySelector(':target').id") == "source-1-2"
    assert not page.locator("#source-1-2").is_visible()
    mark.click()
    page.locator("#source-1-2").wait_for(state="visible")


def test_a_refusal_says_so_and_shows_what_is_near(open_page: Open) -> None:
    page = open_page()
    ask(page, "Who is the mayor?")
    page.wait_for_selector(".refusal")
    assert page.inner_text(".notsaid") == "The archive does not say."
    assert page.locator(".refusal li").count() == 3
    assert page.locator(".answer").count() == 0


def test_follow_ups_carry_the_conversation_and_the_date(open_page: Open, stage: Stage) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    page.fill("#as-of input", "2026-03-20")
    page.press("#as-of input", "Tab")
    ask(page, "And who is the mayor?")
    page.wait_for_selector(".refusal")

    (_, first, no_date), (follow_up, history, as_of) = stage.asked
    assert (first, no_date, follow_up, as_of) == ((), TODAY, "And who is the mayor?", date(2026, 3, 20))
    assert [turn.question for turn in history] == [QUESTION]
    assert history[0].answer.startswith("It reopens on 4 May")
    assert page.locator("summary:visible").inner_text() == QUESTION
    assert page.locator(".exchange").count() == 2


def test_what_was_made_of_a_question_stands_below_it(open_page: Open) -> None:
    page = open_page()
    ask(page, "lately")
    page.wait_for_selector(".answer")
    assert page.inner_text(".understood") == f"Searched for {EVIL[0]}, 1–25 March 2026"

    ask(page, QUESTION)
    page.wait_for_selector(".exchange:nth-child(2) .answer")
    assert page.locator(".understood").count() == 1


def test_trouble_is_told_and_the_next_question_is_answered(open_page: Open) -> None:
    page = open_page()
    ask(page, "locked")
    page.wait_for_selector(".trouble")
    assert page.inner_text(".trouble") == "another process <b>writes</b>: wait a moment"

    ask(page, QUESTION)
    page.wait_for_selector(".answer")


def test_what_is_no_date_is_shown_to_be_none(open_page: Open) -> None:
    page = open_page()
    page.fill("#as-of input", "yesterday")
    page.wait_for_selector("#as-of input.invalid")
    struck = "getComputedStyle(document.querySelector('#as-of input')).textDecorationLine"
    assert page.evaluate(struck) == "line-through"


def test_stop_ends_an_answer(open_page: Open, stage: Stage) -> None:
    page = open_page()
    ask(page, "slowly")
    stage.steps[0].set()
    page.wait_for_selector(".source-card")
    with page.expect_request("**/run/predict*"):
        page.click("#question button")
    page.wait_for_timeout(1_000)  # for the request to be taken up: an answer stops at its next step
    stage.steps[1].set()
    page.wait_for_selector(".trouble")
    assert page.inner_text(".trouble") == "Stopped."
    assert stage.left.wait(10)

    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    assert page.locator(".exchange").count() == 2


def test_a_full_page_says_so_and_loses_no_question(open_page: Open, stage: Stage) -> None:
    first, second, third = open_page(), open_page(), open_page()
    ask(first, "slowly")
    first.wait_for_selector(".working")
    ask(second, QUESTION)
    second.locator("#question .progress-text", has_text="queue: 1/1").wait_for()
    ask(third, "Is there room?")
    third.wait_for_selector(".toast-body")
    assert "currently busy. Please try again." in third.inner_text(".toast-body")
    assert third.input_value("#question textarea") == "Is there room?"

    for flag in stage.steps:
        flag.set()
    second.wait_for_selector(".answer")


def test_hostile_articles_are_only_text(open_page: Open) -> None:
    page = open_page()
    ask(page, "evil")
    page.wait_for_selector(".answer")
    assert page.locator(".source-card").count() == len(EVIL)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#conversation, #sources").locator("script, iframe, svg, img, style, #trap").count() == 0
    assert page.locator(".source-card a").count() == 0
    assert page.locator("#source-1-1 h3").inner_text() == EVIL[0]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "<b>from</b>" in page.inner_text(".masthead")

    # Were something let through one day, the policy would still keep handlers from running.
    page.evaluate("document.querySelector('#sources').insertAdjacentHTML('beforeend', '<img src=x onerror=hacked=2>')")
    page.wait_for_timeout(1_000)
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone_by_day_and_night(scheme: str, open_page: Open) -> None:
    page = open_page(360, color_scheme=scheme)
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    def luminance(selector: str, style: str) -> int:
        script = f"getComputedStyle(document.querySelector('{selector}')).{style}"
        return sum(int(part) for part in page.evaluate(script).strip("rgb()").split(",")[:3])

    ink, paper = luminance(".said", "color"), luminance(".source-card", "backgroundColor")
    assert (ink < 200 and paper > 700) if scheme == "light" else (ink > 600 and paper < 150)


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setenv("no_proxy", "intranet.example")
    with serving(build(Stage().events), host="127.0.0.1", port=free_port()):
        assert os.environ["no_proxy"] == "intranet.example,127.0.0.1,localhost"


def test_a_taken_port_is_wrong_usage(address: str) -> None:
    taken = urlsplit(address).port
    assert taken is not None
    again = serving(build(Stage().events), host="127.0.0.1", port=taken)
    with pytest.raises(UsageError, match=f"cannot listen on 127.0.0.1:{taken}: choose another --port"), again:
        pytest.fail("served")
