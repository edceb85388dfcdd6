"""What is looked at, in a real browser: filters, chips, an address that can be sent, a search, the timeline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from page_stage import ARTICLES, MARKS, QUESTION, TODAY, Stage, ask, open_filters, opened
from playwright.sync_api import expect

from index.types import EVERYTHING
from ui.looking.view import View, view_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS


def middle(page: Page, bar: int) -> tuple[float, float]:
    box = page.locator(".slot").nth(bar).locator(".ground").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).click()
    page.get_by_role("option", name=option).click()
    page.get_by_role("button", name=f"Remove: {option}").wait_for()
    page.get_by_label(label).blur()  # it unfolds where the focus comes to it


def removal(page: Page, label: str) -> None:
    page.get_by_role("button", name=f"Remove: {label}").click()


def in_address(page: Page) -> View:
    outlets = [each.source for each in ARTICLES if each.source]
    view, faults = view_of(urlsplit(page.url).query, outlets, ["de", "en"])
    assert faults == ()
    return view


def test_what_is_chosen_reaches_the_question_and_the_address_and_another_reader(
    page: Page, stage: Stage, browser: Browser
) -> None:
    open_filters(page)
    page.mouse.move(*middle(page, 3))
    page.mouse.down()
    page.mouse.move(*middle(page, 1), steps=2)
    page.mouse.up()
    page.locator("#chips li").nth(0).wait_for()
    choose(page, "Outlets", "Harbour Post")
    choose(page, "Languages", "English")
    page.fill("#as-of input", "2026-03-20")
    page.get_by_role("button", name="Remove: As of 20 March 2026").wait_for()
    ask(page, QUESTION)
    page.wait_for_selector(".answer")

    chosen = View(QUESTION, date(2026, 1, 1), date(2026, 3, 31), date(2026, 3, 20), ("Harbour Post",), ("en",))
    assert stage.filters == [chosen.where]
    assert stage.asked[0][2] == date(2026, 3, 20)
    assert in_address(page) == chosen
    labels = page.locator("#chips .chip").all_text_contents()

    with opened(browser, page.url) as other:
        expect(other.locator("#question textarea")).to_have_value(QUESTION)
        expect(other.locator("#chips .chip")).to_have_text(labels)
        assert other.locator(".exchange").count() == 0
        assert in_address(other) == chosen
        other.press("#question textarea", "Enter")
        other.wait_for_selector(".answer")
        assert stage.filters == [chosen.where, chosen.where]
        removal(other, "Harbour Post")
        expect(other.locator("#chips .chip")).to_have_count(3)
    assert page.locator("#chips .chip").count() == 4


def test_a_chip_that_is_removed_counts_no_more(page: Page, stage: Stage) -> None:
    open_filters(page)
    page.fill("[name=since]", "2026-03-01")
    page.get_by_role("button", name="Remove: Published").wait_for()
    page.fill("[name=until]", "2026-03-15")
    expect(page.locator("#chips .chip")).to_have_text(["Published 1–15 March 2026×"])
    choose(page, "Outlets", "The Ledger")
    choose(page, "Outlets", "Harbour Post")
    expect(page.locator("#chips .chip")).to_have_count(3)
    removal(page, "The Ledger")
    expect(page.locator("#chips .chip")).to_have_count(2)
    removal(page, "Published")
    expect(page.locator("#chips .chip")).to_have_text(["Harbour Post×"])
    assert page.input_value("[name=since]") == ""
    ask(page, QUESTION)
    page.wait_for_selector(".answer")

    choose(page, "Languages", "German")
    expect(page.locator("#chips .chip")).to_have_count(2)
    page.get_by_role("button", name="Show everything").click()
    expect(page.locator("#chips .chip")).to_have_count(0)
    ask(page, "And then?")
    page.wait_for_selector(".exchange:nth-child(2) .answer")
    assert in_address(page) == View("And then?")
    page.click(".exchange:nth-child(1) [data-act=retry]")  # as it was asked
    page.wait_for_selector(".exchange:nth-child(3) .answer")
    post = View(outlets=("Harbour Post",)).where
    assert stage.filters == [post, EVERYTHING, post]


def test_what_is_wrong_in_an_address_is_told_and_the_rest_holds(browser: Browser, address: str, stage: Stage) -> None:
    stage.reset()
    sent = [
        ("since", "soon"),
        ("outlet", "<i>Nobody</i>"),
        ("outlet", "the ledger"),
        ("colour", "red"),
        ("q", QUESTION),
    ]
    with opened(browser, f"{address}?{urlencode(sent)}") as page:
        expect(page.locator(".faults p")).to_have_text(
            [
                "“colour” is nothing that can be chosen here, so it is left out.",
                "“since=soon” is no day such as 2026-03-14, so it is left out.",
                "No outlet of this archive is called “<i>Nobody</i>”.",
            ]
        )
        expect(page.locator("#chips .chip")).to_have_text(["The Ledger×"])
        page.press("#question textarea", "Enter")
        page.wait_for_selector(".answer")
        assert stage.filters == [View(outlets=("The Ledger",)).where]


def test_a_search_shows_passages_their_articles_and_their_days(page: Page, stage: Stage) -> None:
    open_filters(page)
    choose(page, "Outlets", "Harbour Post")
    page.fill("#question textarea", "bridge")
    page.get_by_role("button", name="Search").click()
    page.locator(".exchange .tools").wait_for()

    assert page.inner_text(".exchange .label") == "2 passages in 2 articles"
    assert page.locator(".refusal li a").all_inner_texts() == ["Harbour bridge to reopen in May", "Schnee"]
    assert page.locator(".source-card h3").count() == 2
    assert stage.asked == []
    assert stage.filters == [View(outlets=("Harbour Post",)).where]
    assert page.locator("[data-act=copy], [data-act=right]").count() == 0

    page.click(".story summary")
    days = page.locator(".timeline time").evaluate_all("all => all.map(each => each.dateTime)")
    assert days == ["2025-12-02", "2026-03-14"]
    page.click(".refusal li:nth-child(2) a")
    page.locator("#reader-title", has_text="Schnee").wait_for()
    page.keyboard.press("Escape")

    page.fill("#question textarea", "bridge")
    page.get_by_role("button", name="Search").dblclick()
    page.wait_for_selector(".exchange:nth-child(2) .tools")
    ask(page, QUESTION)
    page.wait_for_selector(".exchange:nth-child(3) .answer")
    assert stage.asked == [(QUESTION, (), TODAY)]  # a search is nothing that a question could refer to


def test_the_timeline_is_gone_through_with_arrows_and_opens_the_reader(page: Page) -> None:
    ask(page, QUESTION)
    page.wait_for_selector(".answer")
    page.click(".story summary")
    entries = page.locator(".timeline button")
    names = entries.all_inner_texts()
    assert len(names) > 1
    assert [name for name in names if "Harbour bridge to reopen in May" in name]
    entries.first.focus()
    page.keyboard.press("ArrowDown")
    expect(entries.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(entries.first).to_be_focused()
    title = "Harbour bridge to reopen in May"
    entries.filter(has_text=title).first.focus()
    page.keyboard.press("Enter")
    page.locator("#reader-title", has_text=title).wait_for()
    assert page.locator("#reader mark").count() == 2
    page.keyboard.press("Escape")
    expect(entries.filter(has_text=title).first).to_be_focused()
