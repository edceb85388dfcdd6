"""The room in a real browser: what is shown when, what opens, what stops, and that nothing leaves this machine."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from page_stage import (
    EVIL,
    MARKS,
    QUESTION,
    TODAY,
    Stage,
    ask,
    begin_anew,
    free_port,
    open_filters,
    opened,
    width_needed,
)
from playwright.sync_api import expect

from index.errors import UsageError
from ui.page import Desk, build, serving
from ui.page.room import LONGEST_QUESTION

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS


def test_evidence_comes_first_then_a_draft_then_the_checked_answer(page: Page, stage: Stage) -> None:
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


def test_a_mark_shows_its_quote_and_opens_its_article_at_these_words(page: Page) -> None:
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


def test_a_card_opens_its_article_and_links_to_the_web_only(page: Page) -> None:
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
    sheet = page.locator(".reader-sheet").bounding_box()
    assert sheet and sheet["height"] > 600 and sheet["width"] > 380  # all of the column
    marked = page.locator("#reader mark").all_inner_texts()
    assert marked == [
        "The bridge will reopen on 4 May, the port authority said.",
        "Repairs to the cables cost 12.4 million crowns.",
    ]


def test_asking_again_and_editing_lose_nothing_that_was_said(page: Page, stage: Stage) -> None:
    page.click(".examples button")
    expect(page.locator("#question textarea")).to_have_value("What did Mara Lind say?")
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    ask(page, "Who is the mayor?")
    page.wait_for_selector(".refusal")

    page.click(".exchange:nth-child(1) [data-act=retry]")
    page.wait_for_selector(".exchange:nth-child(3) .answer")
    asked = [(question, [turn.question for turn in history]) for question, history, _ in stage.asked]
    assert asked == [(QUESTION, []), ("Who is the mayor?", [QUESTION]), (QUESTION, [])]

    page.click(".exchange:nth-child(2) [data-act=edit]")
    expect(page.locator("#question textarea")).to_have_value("Who is the mayor?")
    assert page.locator(".exchange").count() == 3


def test_what_nobody_foresaw_is_told_and_the_next_question_is_answered(page: Page) -> None:
    ask(page, "unforeseen")
    page.locator(".trouble", has_text="Something went wrong that nobody foresaw").wait_for()
    ask(page, QUESTION)
    page.wait_for_selector(".answer")


def test_a_refusal_says_so_and_shows_what_is_near(page: Page) -> None:
    ask(page, "Who is the mayor?")
    page.wait_for_selector(".refusal")
    assert page.inner_text(".notsaid") == "The archive does not say."
    assert page.locator(".refusal li").count() == 3
    assert page.locator(".answer").count() == 0


def test_follow_ups_carry_the_conversation_and_the_date(page: Page, stage: Stage) -> None:
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    open_filters(page)
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


def test_what_was_made_of_a_question_stands_below_it(page: Page) -> None:
    ask(page, "lately")
    page.wait_for_selector(".answer")
    assert page.inner_text(".understood") == "Searched for What <i>changed</i>?, 1–25 March 2026"

    ask(page, QUESTION)
    page.wait_for_selector(".exchange:nth-child(2) .answer")
    assert page.locator(".understood").count() == 1


def test_trouble_is_told_and_the_next_question_is_answered(page: Page) -> None:
    ask(page, "locked")
    page.wait_for_selector(".trouble")
    assert page.inner_text(".trouble") == "another process <b>writes</b>: wait a moment"

    ask(page, QUESTION)
    page.wait_for_selector(".answer")


def test_stop_ends_an_answer_at_once_however_far_it_is(page: Page, stage: Stage) -> None:
    for reached, sign in ((0, ".working"), (1, ".source-card"), (2, ".draft")):
        stage.reset()
        begin_anew(page)
        for flag in stage.steps[:reached]:
            flag.set()
        ask(page, "slowly")
        page.wait_for_selector(sign)
        page.dblclick("#question button")  # twice is once
        page.wait_for_selector(".trouble")
        assert page.inner_text(".trouble") == "Stopped."
        page.wait_for_timeout(1_000)  # for the request to be taken up: an answer stops at its next step
        stage.steps[reached].set()
        assert stage.left.wait(10)

    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    assert page.locator(".exchange").count() == 2
    assert page.locator(".trouble").count() == 1


def test_what_is_typed_while_an_answer_comes_stays_and_is_asked_next(page: Page, stage: Stage) -> None:
    ask(page, "slowly")
    page.wait_for_selector(".working")
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")  # one at a time
    for flag in stage.steps:
        flag.set()
    page.wait_for_selector(".exchange:nth-child(1) .answer")
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    assert [question for question, _, _ in stage.asked] == ["slowly"]

    page.press("#question textarea", "Enter")
    page.wait_for_selector(".exchange:nth-child(2) .answer")
    expect(page.locator("#question textarea")).to_have_value("")


def test_another_conversation_ends_the_answer_that_is_under_way(page: Page, stage: Stage) -> None:
    ask(page, "slowly")
    page.wait_for_selector(".working")
    with page.expect_request("**/cancel"):
        page.get_by_role("button", name="New conversation").click()
    page.wait_for_selector(".welcome")
    stage.steps[0].set()
    assert stage.left.wait(10)

    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    assert page.locator(".exchange").count() == 1
    assert stage.asked[-1] == (QUESTION, (), TODAY)


def test_who_asks_as_soon_as_the_page_is_there_is_answered(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:  # elsewhere: a conversation of its own
        ask(page, QUESTION)
        page.wait_for_selector(".answer")
        assert page.locator(".exchange").count() == 1

        page.reload()
        page.wait_for_selector("#question textarea")
        expect(page.locator("#question textarea")).to_have_value(QUESTION)
        assert page.locator(".exchange").count() == 0


def test_odd_questions_are_asked_as_they_are_and_nothing_is_not(page: Page, stage: Stage) -> None:
    odd = ["😀" * 60, "מתי ייפתח \u202e הגשר?", "w" * 3_000, "<b>When</b> & *why* `$x$`?"]
    for question in odd:
        ask(page, question)
        page.wait_for_selector(".answer")
        assert width_needed(page) <= 1200
        begin_anew(page)
    assert [question for question, _, _ in stage.asked] == [each[:LONGEST_QUESTION] for each in odd]

    ask(page, odd[-1])
    page.wait_for_selector(".answer")
    assert page.inner_text(".exchange h2") == odd[-1]
    ask(page, "  \n ")
    page.wait_for_timeout(300)  # there is nothing to wait for
    assert page.locator(".exchange").count() == 1


def test_who_waits_is_told_the_place_in_line(page: Page, stage: Stage) -> None:
    ask(page, "third")
    page.locator(".working", has_text="2 questions before yours …").wait_for()
    stage.steps[0].set()
    page.wait_for_selector(".answer")


def test_hostile_articles_are_only_text(page: Page) -> None:
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
    page.evaluate(
        "new Promise(done => { document.addEventListener('securitypolicyviolation', done, {once: true});"
        "document.querySelector('#sources').insertAdjacentHTML('beforeend', '<img src=x onerror=hacked=2>') })"
        ".then(() => {})"
    )
    assert page.evaluate("window.hacked") is None


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
