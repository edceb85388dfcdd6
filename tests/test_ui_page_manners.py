"""The page for whoever has no mouse, no eyes for it, a phone, or the night: keys, names, widths, contrast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest
from page_stage import MARKS, QUESTION, Stage, ask, open_filters, opened, width_needed
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS

PHONE = 360


def tab_to(page: Page, selector: str, *, most: int = 40) -> None:
    """Press Tab until an element has the focus, as one without a mouse would."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{most} times Tab do not lead to {selector}")


def test_everything_is_done_with_keys_alone(browser: Browser, address: str, stage: Stage) -> None:
    stage.reset()
    with opened(browser, address) as page:
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("/")
        expect(page.locator("#question textarea")).to_be_focused()
        page.keyboard.type(QUESTION + " 1/2")
        page.keyboard.press("Enter")
        page.wait_for_selector(".answer")
        assert stage.asked[0][0] == QUESTION + " 1/2"

        page.evaluate("document.querySelector('#conversation').focus(); document.activeElement.blur()")
        page.locator(".exchange h2").click()  # from here on in the order of the page
        tab_to(page, ".said .mark")
        quote = page.locator("#quote")
        expect(quote).to_contain_text("The bridge will reopen on 4 May, the port authority said.")
        assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "quote"
        page.keyboard.press("Escape")
        expect(quote).to_be_hidden()

        page.keyboard.press("Enter")
        page.locator("#reader-title", has_text="Harbour bridge to reopen in May").wait_for()
        expect(page.locator("#reader-title")).to_be_focused()
        page.keyboard.press("ArrowRight")
        page.locator("#reader-title", has_text="Bridge bill climbs").wait_for()
        page.keyboard.press("ArrowLeft")
        page.locator("#reader-title", has_text="Harbour bridge to reopen in May").wait_for()
        page.keyboard.press("Escape")
        page.locator("#reader-title").wait_for(state="detached")
        expect(page.locator(".said .mark").first).to_be_focused()

        tab_to(page, ".menu summary")
        page.keyboard.press("Enter")
        tab_to(page, "[data-act=copy]")
        tab_to(page, "[data-act=edit]")
        page.keyboard.press("Enter")
        expect(page.locator("#question textarea")).to_have_value(QUESTION + " 1/2")
        expect(page.locator("#question textarea")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("/")
        expect(page.locator("#question textarea")).to_be_focused()
        expect(page.locator("#question textarea")).to_have_value(QUESTION + " 1/2")


def test_the_page_tells_its_parts_to_who_listens(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        open_filters(page)
        ask(page, QUESTION)
        page.wait_for_selector(".answer")
        heard = page.locator("body").aria_snapshot()
        for words in (
            'heading "onrecord" [level=1]',
            'tab "Ask" [selected]',
            'group "This conversation"',
            'button "New conversation"',
            'log "Conversation"',
            f'heading "{QUESTION}" [level=2]',
            'group "Answer 1"',
            'button "Ask again"',
            'textbox "Question',
            'button "Search"',
            'link "Harbour bridge to reopen in May"',
            'link "Where it was published"',
            'textbox "As of"',
            'slider "',
        ):
            assert words in heard, heard
        assert page.locator("html").get_attribute("lang") == "en"
        unnamed = page.evaluate(
            "[...document.querySelectorAll('button, input, textarea, select, a[href], summary')].filter(each =>"
            "each.checkVisibility() && !(each.innerText || each.ariaLabel || each.labels?.length || each.title))"
            ".map(each => each.outerHTML.slice(0, 200))"
        )
        assert unnamed == []


def contrasts(page: Page, selectors: Sequence[str]) -> dict[str, Any]:
    """WCAG's contrast between the ink and the paper of elements."""
    found: dict[str, Any] = page.evaluate(
        """selectors => Object.fromEntries(selectors.map((selector) => {
          const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const element = document.querySelector(selector);
          if (!element) return [selector, 0];
          let under = element;
          while ((rgb(getComputedStyle(under).backgroundColor)[3] ?? 1) === 0) under = under.parentElement;
          const [a, b] = [getComputedStyle(element).color, getComputedStyle(under).backgroundColor].map(rgb).map(light);
          return [selector, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
        }))""",
        list(selectors),
    )
    return found


WRITTEN = (
    ".masthead h1", ".masthead h1 span", ".masthead p", "#tabs button.selected", ".exchange h2", ".said", ".mark",
    ".fine", ".tools button", ".tools summary", ".source-card .n", ".byline .outlet", ".byline", ".opener", ".out",
    ".used", "blockquote", "mark", ".why summary", "#filters > button", ".as-of", ".as-of input", ".chip", "#look",
    "#question textarea", "#question button", ".refusal .notsaid", ".refusal li a", ".trouble", ".story summary",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_all_by_day_and_night(browser: Browser, address: str, stage: Stage, scheme: str) -> None:
    stage.reset()
    with opened(browser, address, width=PHONE, scheme=scheme) as page:
        seen = {"welcome": width_needed(page)}
        open_filters(page)
        page.fill("#as-of input", "2026-03-20")
        page.locator("#chips .chip").wait_for()
        seen["filters"] = width_needed(page)
        ask(page, "locked")
        page.wait_for_selector(".trouble")
        ask(page, "Who is the mayor?")
        page.wait_for_selector(".refusal")
        ask(page, QUESTION)
        page.wait_for_selector(".answer")
        seen["answer"] = width_needed(page)
        assert {part: ratio for part, ratio in contrasts(page, WRITTEN).items() if ratio < 4.5} == {}
        for summary in ("Copy", "Wrong", "Save", "Earlier"):
            page.locator("summary:visible", has_text=summary).last.click()
            seen[summary] = width_needed(page)
            outside = page.evaluate(
                "[...document.querySelectorAll('.menu[open] > :not(summary)')]"
                ".map(each => each.getBoundingClientRect())"
                f".filter(({{left, right}}) => left < 0 || right > {PHONE}).length"
            )
            assert (summary, outside) == (summary, 0)
            page.locator("summary:visible", has_text=summary).last.click()
        page.click(".story summary")
        seen["timeline"] = width_needed(page)
        page.locator(".said .mark").first.click()
        page.wait_for_selector("#reader-focus")
        seen["reader"] = width_needed(page)
        assert {view: width for view, width in seen.items() if width > PHONE} == {}

        ink, paper = page.evaluate(
            "[['.said', 'color'], ['.source-card', 'backgroundColor']].map(([part, style]) =>"
            "getComputedStyle(document.querySelector(part))[style].match(/\\d+/g).slice(0, 3)"
            ".reduce((sum, each) => sum + Number(each), 0))"
        )
        assert (ink < 200 and paper > 700) if scheme == "light" else (ink > 600 and paper < 150)


def test_two_readers_do_not_meet_and_a_long_conversation_has_an_end(
    browser: Browser, address: str, stage: Stage
) -> None:
    stage.reset()
    with opened(browser, address) as one, opened(browser, address) as other:
        for flag in stage.steps[:1]:
            flag.set()
        ask(one, "slowly")
        one.wait_for_selector(".source-card")
        for n in range(1, 42):
            ask(other, f"Question {n}")
            other.locator(".exchange h2", has_text=f"Question {n}").last.wait_for()
            expect(other.locator(".exchange:last-child .tools")).to_be_visible()
        assert other.locator(".exchange").count() == 40
        assert other.locator(".exchange h2").first.inner_text() == "Question 2"
        assert other.locator(".sources > details").count() == 40
        assert len(stage.asked[-1][1]) == 39
        assert one.locator(".exchange h2").all_inner_texts() == ["slowly"]
        assert stage.asked[0][1] == ()
        for flag in stage.steps:
            flag.set()
        one.wait_for_selector(".answer")
        assert one.locator(".exchange").count() == 1
