"""The reader's script in a real browser, on a page of its own: marks, find, keys, focus, a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ui_fakes import BILL, BRIDGE, EVIDENCE, FERRY

from index.types import Copy
from ui.looking.difference import difference
from ui.looking.opened import Opened, Place, Span, Version
from ui.markup.reader import reader
from ui.words import clean

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.page,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: apt-get install chromium, then run again"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of the browser's driver, when it is closed
]

FILES = Path(__file__).parent.parent / "ui" / "page"
TALK = """
<style>{css} #room {{ display: flex }} #room > * {{ flex: 1 1 0; min-width: 0 }}</style>
<body style="margin: 0"><div class="gradio-container"><div id="room">
  <div id="talk"><input id="question">
    <button id="opener" data-article="long" data-at="5-9">[1]</button><p style="height: 3000px">Talk</p></div>
  <div id="evidence"><div id="sources"><p style="height: 2000px">Sources</p></div>
    <div id="pane"></div></div></div></div>
<script>{script}</script>
<script>
  wanted = [];
  reader = onrecord.reader({{pane: document.querySelector("#pane"), open: (wish) => wanted.push(wish)}});
</script>
"""
LINES = [f"Line {n} of the “Harbour Post” says it’s {'raining' if n % 10 == 3 else 'dry'}." for n in range(60)]
TEXT = "\n\n".join([*LINES, "A last <b>line</b> & \u202eno\x00 more — 4 MAY 😀 4 may."])
LONG = replace(BRIDGE, id="long", text=TEXT, language="en")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


QUOTED = (span("raining.\n\nLine 4"), span("Line 40 of"), span("4 MAY"))
OLDER = Version(
    Copy("older", "", "Post", None, "copy", 1.0, "long"), difference("A", "B"), difference("It is 4.", "It is 5.")
)
SHOWN = reader(Opened(LONG, QUOTED, QUOTED[1:2], earlier=(OLDER,)), Place(2, 1, EVIDENCE))


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
    """One tab for all tests: each sets its own page, which asks for nothing and breaks nothing."""
    context = browser.new_context(reduced_motion="reduce", offline=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("request", lambda request: faults.append(request.url))
    tab.set_viewport_size({"width": 1200, "height": 800})
    load(tab)
    yield tab
    assert faults == []


def load(page: Page, before: str = "") -> None:
    css = "".join((FILES / "css" / name).read_text("utf-8") for name in ("room.css", "reader.css"))
    script = before + (FILES / "js" / "reader.js").read_text("utf-8")
    page.goto("about:blank")  # another window: what listens to the last one does no more
    page.set_content(TALK.format(css=css, script=script))


def show(page: Page, html: str = SHOWN) -> None:
    page.evaluate("html => reader.show(html)", html)


def shown(page: Page, selector: str) -> bool:
    """Whether an element is within what the sheet shows of itself."""
    return bool(
        page.evaluate(
            "selector => { const box = document.querySelector(selector).getBoundingClientRect();"
            "const sheet = document.querySelector('dialog').getBoundingClientRect();"
            "return box.top >= sheet.top && box.bottom <= sheet.bottom }",
            selector,
        )
    )


def painted(page: Page, name: str = "reader-here") -> Any:
    return page.evaluate("name => [...CSS.highlights.get(name)].map(String)", name)


def count(page: Page) -> str:
    return str(page.inner_text("output"))


def test_an_article_opens_at_its_words_and_says_so(page: Page) -> None:
    page.focus("#opener")
    show(page)

    assert page.evaluate("document.querySelector('.reader-text').textContent") == clean(TEXT)
    assert page.locator("mark").all_inner_texts() == ["raining.", "Line 4", "Line 40 of", "4 MAY"]
    assert page.inner_text("#reader-focus") == "Line 40 of"
    assert shown(page, "#reader-focus") and not shown(page, "h2")
    assert page.evaluate("document.activeElement.id") == "reader-title"
    assert page.inner_text("[role=status]") == "Source 2 of 3. 3 passages marked."
    assert page.locator("dialog").get_attribute("aria-labelledby") == "reader-title"
    heard = page.locator("dialog").aria_snapshot()
    for words in ("quoted: Line 40 of end of quote", 'button "Next source"', 'searchbox "Find in this article"'):
        assert words in heard
    assert page.evaluate("document.querySelector('dialog').matches(':modal')") is False

    show(page, reader(Opened(BILL)))
    assert page.evaluate("document.querySelector('dialog').scrollTop") == 0


def test_it_stands_where_the_sources_are_and_gives_them_back_as_they_were(page: Page) -> None:
    sources = page.locator("#sources")
    before = sources.bounding_box()
    sources.evaluate("each => { each.scrollTop = 300 }")
    show(page)
    sheet = page.locator("dialog").bounding_box()
    assert before and sheet
    assert [sheet[side] for side in ("x", "y")] == [before[side] for side in ("x", "y")]
    assert not sources.is_visible()

    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="hidden")
    assert sources.bounding_box() == before
    assert sources.evaluate("each => each.scrollTop") == 300


def test_words_are_found_in_any_case_across_lines_and_marks(page: Page) -> None:
    show(page)
    page.fill("#reader-find", "RAINING")
    assert (count(page), painted(page)) == ("1 of 6", ["raining"])
    assert painted(page, "reader-found") == ["raining"] * 6

    page.press("#reader-find", "Shift+Enter")
    assert count(page) == "6 of 6"
    page.press("#reader-find", "Enter")
    page.press("#reader-find", "Enter")
    assert count(page) == "2 of 6"
    paragraph = "[...CSS.highlights.get('reader-here')][0].startContainer.textContent"
    assert page.evaluate(paragraph).startswith("Line 13 ")

    for typed, found in (
        ("raining. line 4 OF", ["raining.\n\nLine 4 of"]),  # over a mark's end and two paragraphs
        ('"harbour post" says it\'s dry', ["“Harbour Post” says it’s dry"]),
        ("4 may", ["4 MAY"]),
        ("more — 4 May 😀", ["more — 4 MAY 😀"]),
        ("<b>line</b> & no", ["<b>line</b> & no"]),
    ):
        page.fill("#reader-find", typed)
        assert painted(page) == found
    page.fill("#reader-find", ".*")
    assert (count(page), painted(page)) == ("not found", [])


def test_what_is_found_is_scrolled_to(page: Page) -> None:
    show(page)
    page.fill("#reader-find", "4 may.")
    box = page.evaluate("[...CSS.highlights.get('reader-here')][0].getBoundingClientRect().toJSON()")
    assert 0 < box["top"] < 800
    assert not shown(page, "#reader-focus")


def test_escape_clears_what_was_looked_for_and_then_closes(page: Page) -> None:
    page.focus("#opener")
    show(page)
    page.fill("#reader-find", "dry")
    page.press("#reader-find", "Escape")
    assert (page.input_value("#reader-find"), count(page), painted(page, "reader-found")) == ("", "", [])

    page.press("#reader-find", "Escape")
    page.wait_for_selector("dialog", state="hidden")
    page.wait_for_function("document.activeElement.id === 'opener'")


def test_a_browser_that_can_not_paint_ranges_marks_the_paragraph(page: Page) -> None:
    load(page, before="delete window.Highlight;")
    show(page)
    page.fill("#reader-find", "raining")
    page.press("#reader-find", "Enter")
    assert count(page) == "2 of 6"
    assert page.locator("p.found").all_inner_texts() == [LINES[13]]
    page.fill("#reader-find", "")
    assert page.locator("p.found").count() == 0


def wishes(page: Page) -> Any:
    return page.evaluate("wanted.splice(0)")


def wish(n: int) -> dict[str, object]:
    source = EVIDENCE[n - 1]
    return {"turn": 2, "article": source.article.id, "at": f"{source.start}-{source.end}", "n": str(n)}


def test_arrows_lead_from_source_to_source_unless_one_types(page: Page) -> None:
    show(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert wishes(page) == [wish(3), wish(1)]
    for field in ("#question", "#reader-find"):
        page.focus(field)
        page.keyboard.press("ArrowRight")
    page.focus("h2")
    page.keyboard.press("Alt+ArrowRight")
    assert wishes(page) == []

    page.click("[data-act=here]")
    assert wishes(page) == [wish(2)]
    page.click("details.version summary")
    page.click("details.version .opener")
    assert wishes(page) == [{"turn": 2, "article": "older", "at": "", "n": "2"}]

    show(page, reader(Opened(FERRY), Place(2, 2, EVIDENCE)))
    page.keyboard.press("ArrowRight")
    assert wishes(page) == []
    page.evaluate("reader.close()")
    page.keyboard.press("ArrowLeft")
    assert wishes(page) == []


def test_the_focus_returns_to_the_twin_of_what_is_gone(page: Page) -> None:
    page.focus("#opener")
    show(page)
    page.evaluate("document.getElementById('opener').outerHTML = '<button id=twin data-article=long data-at=5-9>'")
    page.click("[data-act=close]")
    page.wait_for_function("document.activeElement.id === 'twin'")
    assert page.locator("dialog *").filter(has_text="Line 1").count() == 0


def test_on_a_phone_it_is_a_sheet_over_the_page_that_keeps_the_focus(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.focus("#opener")
    show(page)
    box = page.evaluate("document.querySelector('dialog').getBoundingClientRect().toJSON()")
    assert (box["left"], box["top"], box["width"], box["height"]) == (0, 0, 360, 740)
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= 360
    assert shown(page, "#reader-focus")
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    sizes = page.evaluate(
        "[...document.querySelectorAll('.reader-bar :is(button, input, a)')].map(e => e.offsetHeight)"
    )
    assert min(sizes) >= 44
    for _ in range(20):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('#talk')")

    page.set_viewport_size({"width": 900, "height": 360})  # turned
    page.wait_for_function("!document.querySelector('dialog').matches(':modal')")
    assert page.is_visible("h2")
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_function("document.querySelector('dialog').matches(':modal')")

    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.id === 'opener'")


def test_a_part_of_the_page_shows_the_same_article_twice(page: Page) -> None:
    """As Gradio has it: a value that is set, and told of where it is another than before."""
    page.evaluate(
        "() => { told = () => 0; triggered = []; const props = new Proxy({value: ''}, {set: (own, name, value) => {"
        "const isNew = own[name] !== value; own[name] = value; if (isNew) told(); return true }});"
        "part = props; const element = document.querySelector('#pane').appendChild(document.createElement('p'));"
        "const trigger = (...all) => triggered.push(all);"
        "onrecord.pane({element, props, trigger, watch: (_, then) => { told = then }}) }"
    )
    sheets = page.locator("dialog[open]")
    for _ in range(2):
        page.evaluate("html => { part.value = html }", SHOWN)
        assert sheets.count() == 1
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Escape")
        assert sheets.count() == 0
    assert page.evaluate("triggered") == [["select", wish(3)]] * 2


def contrasts(page: Page, selectors: Sequence[str]) -> dict[str, float]:
    """WCAG's contrast between the ink and the paper of elements."""
    script = """selectors => Object.fromEntries(selectors.map((selector) => {
      const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
      const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const element = document.querySelector(selector);
      let under = element;
      while ((rgb(getComputedStyle(under).backgroundColor)[3] ?? 1) === 0) under = under.parentElement;
      const [a, b] = [getComputedStyle(element).color, getComputedStyle(under).backgroundColor].map(rgb).map(light);
      return [selector, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
    }))"""
    found: dict[str, float] = page.evaluate(script, list(selectors))
    return found


@pytest.mark.parametrize("theme", ["", "dark"])
def test_everything_can_be_read_by_day_and_by_night(page: Page, theme: str) -> None:
    superseded = replace(Opened(LONG, QUOTED, earlier=(OLDER,)), later=(OLDER,))
    page.evaluate("theme => document.body.className = theme", theme)
    show(page, reader(superseded, Place(2, 1, EVIDENCE)))
    parts = ("h2", ".reader-text p", "mark", "ins", "del", "summary", ".superseded", ".superseded .opener", ".day",
             ".version .opener", "[data-act=next]", ".original", "output", "#reader-find")  # fmt: skip
    assert {part: ratio for part, ratio in contrasts(page, parts).items() if ratio < 4.5} == {}
