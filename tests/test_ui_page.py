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
from playwright.sync_api import expect
from ui_fakes import EVIDENCE, SECONDS, an_answer, an_article, cite, evidence_of, told

from index.errors import ArchiveLocked, UsageError
from index.types import Filter
from rag.types import Answered, Drafted, Event, Evidence, Period, Query, Retrieved, Sentence, Turn
from ui.opened import Bookmark, Opened, merged
from ui.page import Desk, build, serving
from ui.worker import Waiting

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
        self.filters: list[Filter] = []
        self.steps = [Flag(), Flag(), Flag()]
        self.left = Flag()

    def events(
        self, question: str, history: Sequence[Turn], as_of: date | None, where: Filter
    ) -> Generator[Event | Waiting]:
        self.asked.append((question, tuple(history), as_of))
        self.filters.append(where)
        if question == "locked":
            raise ArchiveLocked("another process <b>writes</b>: wait a moment")
        if question == "slowly":
            yield from self._slowly()
        elif question == "third":
            yield Waiting(2)
            assert self.steps[0].wait(30)
            yield from told(an_answer(question))
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


def evil_evidence() -> tuple[Evidence, ...]:
    return tuple(
        evidence_of(n, an_article(text, text, text, text, url=f"javascript:window.hacked={n}"))
        for n, text in enumerate(EVIL, 1)
    )


def evil_events() -> Iterator[Event]:
    evidence = evil_evidence()
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
    desk = Desk(
        stage.events,
        open_article=open_article,
        about=lambda: "3 articles <b>from</b> 2 outlets",
        examples=lambda: ("What did Mara Lind say?",),
        clock=lambda: TODAY,
    )
    with serving(build(desk), host="127.0.0.1", port=free_port()) as address:
        yield address


def open_article(bookmark: Bookmark) -> Opened:
    """Of the three articles, and of the hostile ones."""
    known = {each.article.id: each.article for each in (*EVIDENCE, *evil_evidence())}
    return Opened(known[bookmark.article_id], merged(bookmark.spans), merged(bookmark.focus))


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


def test_a_mark_shows_its_quote_and_opens_its_article_at_these_words(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    mark = page.locator(".said .mark").nth(1)
    mark.hover()
    page.locator("#quote", has_text="Councillor Mara Lind called the rise “hard to explain”.").wait_for()
    assert page.inner_text("#quote span") == "The Ledger, undated"

    mark.click()
    page.locator("#reader-focus", has_text="Councillor Mara Lind").wait_for()
    assert page.inner_text("#reader-title") == "Bridge bill climbs"
    page.keyboard.press("Escape")
    page.locator("#reader-title").wait_for(state="detached")
    assert mark.evaluate("mark => mark === document.activeElement")


def test_a_card_opens_its_article_and_links_to_the_web_only(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    out = page.locator("#source-1-1 .out")
    assert (out.get_attribute("href"), out.get_attribute("rel")) == (
        "https://harbourpost.example/bridge",
        "noopener noreferrer",
    )
    assert page.locator("#source-1-3 .out").count() == 0  # its address is javascript:

    page.click("#source-1-1 .opener")
    page.wait_for_selector("#reader-focus")
    marked = page.locator("#reader mark").all_inner_texts()
    assert marked == [
        "The bridge will reopen on 4 May, the port authority said.",
        "Repairs to the cables cost 12.4 million crowns.",
    ]


def test_asking_again_and_editing_put_an_answer_in_the_place_of_another(open_page: Open, stage: Stage) -> None:
    page = open_page()
    page.click(".examples button")
    expect(page.locator("#question textarea")).to_have_value("What did Mara Lind say?")
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    ask(page, "Who is the mayor?")
    page.wait_for_selector(".refusal")

    page.click(".exchange:nth-child(1) [data-act=retry]")
    page.locator(".refusal").wait_for(state="detached")
    page.wait_for_selector(".exchange:nth-child(1) .tools")
    assert [question for question, _, _ in stage.asked] == [QUESTION, "Who is the mayor?", QUESTION]

    page.click("[data-act=edit]")
    page.locator(".exchange").wait_for(state="detached")
    expect(page.locator("#question textarea")).to_have_value(QUESTION)


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
    page.click("#filters > button")
    page.fill("#as-of input", "2026-03-20")
    page.get_by_role("button", name="Remove: As of 20 March 2026").wait_for()
    ask(page, "And who is the mayor?")
    page.wait_for_selector(".refusal")

    (_, first, no_date), (follow_up, history, as_of) = stage.asked
    assert (first, no_date, follow_up, as_of) == ((), TODAY, "And who is the mayor?", date(2026, 3, 20))
    assert [turn.question for turn in history] == [QUESTION]
    assert history[0].answer.startswith("It reopens on 4 May")
    assert page.locator(".sources > details > summary:visible").inner_text() == QUESTION
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


def test_who_waits_is_told_the_place_in_line(open_page: Open, stage: Stage) -> None:
    page = open_page()
    ask(page, "third")
    page.locator(".working", has_text="2 questions before yours …").wait_for()
    stage.steps[0].set()
    page.wait_for_selector(".answer")


def test_hostile_articles_are_only_text(open_page: Open) -> None:
    page = open_page()
    ask(page, "evil")
    page.wait_for_selector(".answer")
    assert page.locator(".source-card").count() == len(EVIL)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#conversation, #sources").locator("script, iframe, svg, img, style, #trap").count() == 0
    assert page.locator(".source-card .out").count() == 0
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
    with serving(build(Desk(Stage().events)), host="127.0.0.1", port=free_port()):
        assert os.environ["no_proxy"] == "intranet.example"


def test_a_taken_port_is_wrong_usage(address: str) -> None:
    taken = urlsplit(address).port
    assert taken is not None
    again = serving(build(Desk(Stage().events)), host="127.0.0.1", port=taken)
    with pytest.raises(UsageError, match=f"cannot listen on 127.0.0.1:{taken}: choose another --port"), again:
        pytest.fail("served")
