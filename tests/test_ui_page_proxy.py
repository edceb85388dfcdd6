"""The page where a proxy puts it, in a browser: all of it is there, whether the proxy takes the prefix off or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from fakes import TRUSTING, HashEncoder, OverlapReader, OverlapReranker, make_article
from page_stage import MARKS, QUESTION, Stage, ask, chromium, free_port, open_filters, opened
from playwright.sync_api import expect

from index.archive import Archive
from index.read import Options
from rag.pipeline import Pipeline
from ui.access import Access
from ui.library.additions import Additions
from ui.library.uploads import Bounds, Uploads
from ui.page import Librarian, build, serving
from ui.threads.owner import owning
from ui.threads.worker import working

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS

ROOT = "/desk"
NAMED = """[...performance.getEntriesByType("resource").map(each => each.name),
    ...[...document.querySelectorAll("link")].map(each => each.href)]"""

Asked = list[tuple[str, int]]


@contextmanager
def proxied(behind: int, *, prefix: str) -> Iterator[tuple[str, Asked]]:
    """A proxy that takes a prefix off what is asked for: its address, and each path with the status of its reply.

    It passes on what is said as it comes, and the name the browser asked for.
    """
    asked: Asked = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server = HTTPConnection("127.0.0.1", behind, timeout=60)
            with suppress(ConnectionError, HTTPException):  # either side may leave while the other speaks
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                server.request(self.command, self.path.removeprefix(prefix), body or None, dict(self.headers.items()))
                with server.getresponse() as reply:
                    asked.append((self.path, reply.status))
                    self.send_response_only(reply.status)
                    for name, value in reply.getheaders():
                        if name.casefold() not in ("connection", "transfer-encoding"):
                            self.send_header(name, value)
                    self.end_headers()
                    while piece := reply.read1():
                        self.wfile.write(piece)
            server.close()

        def do_POST(self) -> None:
            self.do_GET()

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        thread = Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{proxy.server_port}", asked
        proxy.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="module")
def port(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where the page listens, with a library that takes files."""
    folder, port = tmp_path_factory.mktemp("archive"), free_port()
    with ExitStack() as stack:
        worker = stack.enter_context(working(lambda: pipeline(folder)))
        worker.do(lambda pipeline: pipeline.archive.update([make_article("pier", "The pier is shut.")]))
        shelf = stack.enter_context(owning(lambda: Archive.open(folder, HashEncoder()), "shelf"))
        bounds = Bounds(files=4, file_bytes=5_000, total_bytes=5_000)
        additions = Additions(
            worker, Uploads(folder / "uploads", bounds), on_change=lambda: None, options=Options(workers=1)
        )
        stack.callback(additions.close)
        page = build(replace(stage.desk, library=Librarian(shelf, lambda: iter(()), additions)))
        stack.enter_context(serving(page, host="127.0.0.1", port=port, access=Access(root_path=ROOT)))
        yield port
        stage.reset()  # lets go of what still waits


def pipeline(folder: Path) -> Pipeline:
    archive = Archive.open(folder, HashEncoder(), create=True)
    return Pipeline(archive, OverlapReranker(), OverlapReader(), None, calibration=TRUSTING)


def an_answer_comes_bit_by_bit(page: Page, stage: Stage) -> None:
    ask(page, "slowly")
    for step, shown in zip(stage.steps, ("#source-1-3", ".draft", ".answer"), strict=True):
        assert page.query_selector(shown) is None
        step.set()
        page.wait_for_selector(shown)


def an_article_opens(page: Page) -> None:
    page.locator(".said .mark").nth(1).click()
    expect(page.locator("#reader-title")).to_have_text("Bridge bill climbs")
    page.keyboard.press("Escape")
    page.locator("#reader-title").wait_for(state="detached")


def an_outlet_is_chosen(page: Page) -> None:
    open_filters(page)
    page.get_by_label("Outlets").click()
    page.get_by_role("option", name="Harbour Post").click()
    page.get_by_role("button", name="Remove: Harbour Post").wait_for()


def a_file_is_sent(page: Page, name: str) -> None:
    page.get_by_role("tab", name="Library").click()
    with page.expect_file_chooser() as chooser:
        page.click("[data-act=files]")
    text = f"The ferry of {name} runs until midnight.".encode()
    chooser.value.set_files([{"name": f"{name}.txt", "mimeType": "", "buffer": text}])
    expect(page.locator(".addition [role=status]")).to_contain_text("1 added, 0 updated, 0 unchanged, 0 skipped")


@pytest.mark.parametrize("prefix", [ROOT, ""], ids=["taken off", "left on"])
def test_all_of_a_page_is_there_below_the_prefix_of_a_proxy(
    browser: Browser, stage: Stage, port: int, prefix: str
) -> None:
    stage.reset()
    entered = f"{ROOT}/?q=When" if prefix else f"{ROOT}?q=When"
    with proxied(port, prefix=prefix) as (address, asked):
        with opened(browser, f"{address}{entered}") as page:
            expect(page.locator("#question textarea")).to_have_value("When")
            an_answer_comes_bit_by_bit(page, stage)
            an_article_opens(page)
            an_outlet_is_chosen(page)
            ask(page, QUESTION)
            expect(page.locator(".answer")).to_have_count(2)
            assert stage.filters[-1].sources == ("Harbour Post",)
            shown = urlsplit(page.url)
            assert (f"{shown.scheme}://{shown.netloc}", shown.path) == (address, f"{ROOT}/")
            assert "Harbour" in shown.query
            a_file_is_sent(page, "taken off" if prefix else "left on")
            named = page.evaluate(NAMED)
        assert len(named) > 10
        assert [url for url in named if not url.startswith((f"{address}{ROOT}/", "data:", "blob:"))] == []
    below = (f"{ROOT}/", f"{ROOT}?")
    assert any(path.startswith(f"{ROOT}/gradio_api/component_server") for path, _ in asked)
    assert [each for each in asked if each[1] >= 400 or not each[0].startswith(below)] == []
