"""60 hostile articles in a real browser: in everything that is made of them, and in the page that shows them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder
from hostile_markup import hostile
from page_stage import MARKS, PATIENCE, chromium, free_port, width_needed
from ui_fakes import SECONDS, an_answer, cite, evidence_of, told

from index.archive import Archive
from index.types import Article
from rag.types import Answer, Drafted, Event, Retrieved, Sentence
from ui import markup
from ui.conversation import Exchange
from ui.keeping import export
from ui.library.holdings import Listing, holdings
from ui.looking.opened import Bookmark, open_at
from ui.looking.story import story_of
from ui.looking.view import View, chips
from ui.markup import library as shelves
from ui.markup.view import kept
from ui.page import Desk, Librarian, build, bundled, serving
from ui.threads.owner import Owner, owning
from ui.threads.worker import Waiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS

FOREIGN = (
    "script:not([type='application/json']), iframe, object, embed, base, meta, link, form[action], [formaction], "
    "style, math, video, template, marquee, svg a, img, .trap, #trap, [onerror], [onload], [onclick], [onfocus], "
    "[ontoggle], [onmouseover], [href^='java' i], [href^='data' i]"
)
"""What no article may put on a page."""


def answered(articles: list[Article]) -> Answer:
    """An answer that quotes all of them."""
    evidence = tuple(evidence_of(n, each) for n, each in enumerate(articles, 1))
    said = tuple(Sentence(each.text, (cite(each, each.text),), "quoted") for each in evidence)
    return an_answer(" ".join(each.title for each in articles[:50])[:2_000], said, evidence)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner[Archive]]:
    folder = tmp_path_factory.mktemp("hostile")
    with Archive.open(folder, HashEncoder(), create=True) as archive:
        assert archive.update(hostile()).added == 60
    with owning(lambda: Archive.open(folder, HashEncoder()), "shelf") as shelf:
        yield shelf


@pytest.fixture(scope="module")
def articles(shelf: Owner[Archive]) -> list[Article]:
    """As the archive gives them back."""
    return shelf.do(lambda archive: [archive.article(f"t{n}") for n in range(60)])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_nothing_that_is_made_of_articles_holds_markup_of_theirs(
    browser: Browser, shelf: Owner[Archive], articles: list[Article]
) -> None:
    """In a page without any policy, so that whatever got through would run."""
    answer = answered(articles)
    exchange = Exchange(answer.question, answer.evidence, answer=answer, query=answer.query, hits=answer.hits)
    drafted = Exchange(answer.question, answer.evidence, draft=" ".join(each.text for each in articles))
    bookmarks = [Bookmark(each.id, ((0, 9),), ((0, 9),)) for each in articles]
    opened = shelf.do(lambda archive: [open_at(archive, each) for each in bookmarks])
    view = View(question=answer.question, outlets=tuple(each.source for each in articles))
    parts = [
        markup.conversation((exchange, drafted), [each.title for each in articles]),
        markup.sources((exchange, drafted)),
        *map(markup.reader, opened),
        markup.timeline(story_of(answer, {each.id: each for each in articles}), 1),
        kept(chips(view), [each.title for each in articles]),
        shelves.listing(Listing(answer.question, tuple(articles), 60)),
        shelves.holdings(shelf.do(holdings)),
        markup.masthead(articles[0].title),
        export.page(bundled([answer])).replace("Content-Security-Policy", "off"),
    ]
    context = browser.new_context(viewport={"width": 1200, "height": 800}, java_script_enabled=True)
    page, faults = context.new_page(), list[str]()
    asked = list[str]()
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    for part in parts:
        page.set_content(part, wait_until="commit")
        found = page.evaluate(
            "foreign => [...document.body.querySelectorAll(foreign)].map(each => each.outerHTML.slice(0, 99))", FOREIGN
        )
        assert found == [], part[:99]
        page.evaluate("for (const each of document.querySelectorAll('a, button, mark, li')) each.dispatchEvent("
                      "new MouseEvent('mouseover', { bubbles: true }))")  # fmt: skip
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert (faults, asked) == ([], [])
    context.close()


def test_the_page_shows_them_and_stays_whole(browser: Browser, shelf: Owner[Archive], articles: list[Article]) -> None:
    def events(question: str, *_: object) -> Generator[Event | Waiting]:
        answer = answered(articles)
        yield Retrieved(answer.query, answer.hits, answer.evidence, SECONDS)
        yield Drafted(" ".join(each.text for each in articles))
        yield from told(answer)

    desk = Desk(
        events,
        open_article=lambda bookmark: shelf.do(lambda archive: open_at(archive, bookmark)),
        months=lambda where: shelf.do(lambda archive: archive.months(where)),
        outlets=lambda: shelf.do(lambda archive: archive.outlets()),
        articles=lambda ids: shelf.do(lambda archive: archive.articles_by_id(ids)),
        about=lambda: articles[0].title,
        examples=lambda: [each.title for each in articles[:9]],
        library=Librarian(shelf, lambda: iter(())),
    )
    with ExitStack() as stack:
        address = stack.enter_context(serving(build(desk), host="127.0.0.1", port=free_port()))
        context = browser.new_context(viewport={"width": 1200, "height": 800})
        stack.callback(context.close)
        context.set_default_timeout(PATIENCE)
        page, faults = context.new_page(), list[str]()
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: None if _is_own(request.url, address) else faults.append(request.url))
        page.goto(address)
        page.fill("#question textarea", "evil")
        page.press("#question textarea", "Enter")
        page.wait_for_selector(".answer")
        assert page.locator(".source-card").count() == 60
        _is_whole(page)
        for n in (1, 14, 41, 58):
            page.locator(f"#source-1-{n} .opener").click()
            page.locator("#reader-title").wait_for()
            _is_whole(page)
            page.keyboard.press("Escape")
        page.click("#filters > button")
        page.get_by_label("Outlets").click()
        page.get_by_role("option").first.wait_for()
        _is_whole(page)
        page.get_by_role("option").nth(3).click()
        page.locator("#chips button").first.wait_for()
        page.get_by_role("tab", name="Library").click()
        page.wait_for_selector(".listing li")
        _is_whole(page)
        page.set_viewport_size({"width": 360, "height": 800})
        _is_whole(page)
        page.get_by_role("tab", name="Ask").click()
        _is_whole(page)
        assert faults == []


def _is_own(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))


def _is_whole(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator(".trap, #trap").count() == 0
    assert width_needed(page) <= page.evaluate("innerWidth")
    shown = page.evaluate(
        "[...document.querySelectorAll('#tabs, #question, .masthead')].map(each => each.clientHeight)"
    )
    assert all(shown) or page.locator("#question").is_hidden()
