"""The library in a real browser: files are sent, read, found and taken out again; and nothing of it unless allowed."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event as Flag
from types import SimpleNamespace
from typing import TYPE_CHECKING

import gradio as gr
import pytest
from fakes import TRUSTING, HaltingEncoder, HashEncoder, OverlapReader, OverlapReranker, make_article
from playwright.sync_api import expect

from index.archive import Archive
from index.read import Options
from rag.pipeline import Pipeline
from ui import markup
from ui.doctor import Finding
from ui.library.additions import Additions
from ui.library.uploads import Bounds, Uploads
from ui.page import serving
from ui.page.library import Librarian, library, taking
from ui.page.parts import html
from ui.threads.owner import owning
from ui.threads.worker import Worker, working

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.page,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: apt-get install chromium, then run again"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of the browser's driver, when it is closed
]

PATIENCE = 30_000  # milliseconds
EVIL = "<img src=x onerror='window.hacked=1'></li><script>window.hacked=1</script>"
FINDINGS = (Finding("python", "good", "3.11"), Finding("archive", "wrong", EVIL, "onrecord index FOLDER"))


@dataclass
class Served:
    """A library at an address, and what stands behind it."""

    address: str
    folder: Path
    encoder: HaltingEncoder
    worker: Worker[Pipeline]
    changes: list[str]

    def ask(self, question: str) -> str:
        answer = self.worker.do(lambda pipeline: pipeline.answer(question))
        return " ".join(sentence.text for sentence in answer.sentences)

    def uploaded(self) -> list[str]:
        """Every file under the uploads, without the name of its upload."""
        uploads = self.folder / "uploads"
        return sorted("/".join(p.relative_to(uploads).parts[1:]) for p in uploads.rglob("*") if p.is_file())


@contextmanager
def served(folder: Path, *, allowed: bool) -> Iterator[Served]:
    encoder, changes = HaltingEncoder(), list[str]()

    def opened() -> Pipeline:
        archive = Archive.open(folder, encoder, create=True)
        archive.update([make_article("evil", EVIL, title=EVIL, source="Post", url="javascript:window.hacked=1")])
        return Pipeline(archive, OverlapReranker(), OverlapReader(), None, calibration=TRUSTING)

    with ExitStack() as stack:
        worker = stack.enter_context(working(opened))
        shelf = stack.enter_context(owning(lambda: Archive.open(folder, HashEncoder()), "shelf"))
        additions = None
        if allowed:
            uploads = Uploads(folder / "uploads", Bounds(files=40, file_bytes=5_000, total_bytes=50_000))
            additions = Additions(
                worker, uploads, on_change=lambda: changes.append("changed"), options=Options(workers=1)
            )
            stack.callback(additions.close)
        librarian = Librarian(shelf, lambda: iter(FINDINGS), additions)
        with gr.Blocks(title="onrecord", fill_width=True, analytics_enabled=False) as page:
            html(markup.masthead(""), name="masthead")
            with gr.Tabs(elem_id="tabs"):
                gr.Tab("Ask")
                with gr.Tab("Library") as tab:
                    library(librarian, tab)
        page.queue(max_size=None, default_concurrency_limit=None, api_open=False)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        address = stack.enter_context(serving(page, host="127.0.0.1", port=port))
        yield Served(address, folder, encoder, worker, changes)


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
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("archive"), allowed=True) as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def page(browser: Browser, newsroom: Served) -> Iterator[Page]:
    """One page for all tests: it takes seconds to load."""
    with opened_in(browser, newsroom.address) as page:
        yield page


@contextmanager
def opened_in(browser: Browser, address: str, width: int = 1200) -> Iterator[Page]:
    """The library in a page of its own, in which no script broke in."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("tab", name="Library").click()
    page.wait_for_selector(".listing li")
    yield page
    assert page.evaluate("window.hacked") is None
    context.close()


def choose(page: Page, files: dict[str, bytes]) -> None:
    with page.expect_file_chooser() as chooser:
        page.click("[data-act=files]")
    chooser.value.set_files([{"name": name, "mimeType": "", "buffer": data} for name, data in files.items()])


DROP = """files => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name));
    document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
}"""


def test_files_are_sent_read_found_and_taken_out_again(page: Page, newsroom: Served) -> None:
    expect(page.locator(".holdings .lead")).to_contain_text("1 article,")

    choose(page, {"lantern ferry.txt": b"The lantern ferry runs until midnight.", "broken.pdf": b"%PDF-1.7 broken"})
    expect(page.locator("#addition-title")).to_have_text("What was read")
    assert page.inner_text(".told") == "2 files were sent."
    assert page.inner_text(".addition [role=status]").split("\n") == [
        "1 added, 0 updated, 0 unchanged, 1 skipped; 1 new passage",
        "1 article read (1 text); 1 undated",
    ]
    assert page.inner_text(".addition details li").startswith("broken.pdf: ")
    expect(page.locator(".holdings .lead")).to_contain_text("2 articles,")
    assert page.inner_text(".listing .hint") == "1 article added just now"
    assert newsroom.uploaded() == ["lantern ferry.txt"]
    assert newsroom.changes == ["changed"]
    assert newsroom.ask("Does the lantern ferry run?") == "The lantern ferry runs until midnight."

    page.fill("#library-find", "lantern")
    page.press("#library-find", "Enter")
    expect(page.locator(".listing .hint")).to_have_text("1 article for “lantern”")

    summary = page.locator(".removal summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.click("[data-act=keep]")
    expect(summary).to_be_focused()
    assert page.locator(".removal[open]").count() == 0
    summary.press("Enter")
    page.click("[data-act=remove]")
    expect(page.locator(".notice")).to_contain_text("Taken out of the archive: “")
    expect(page.locator(".holdings .lead")).to_contain_text("1 article,")
    assert page.inner_text(".listing .hint") == "No article was found for “lantern”. Try fewer words."
    assert newsroom.uploaded() == []
    assert newsroom.worker.do(lambda pipeline: pipeline.archive.check()) == []


def test_reading_goes_on_for_all_to_see_and_can_be_stopped(page: Page, browser: Browser, newsroom: Served) -> None:
    encoder = newsroom.encoder
    encoder.stops_at, encoder.is_there, encoder.may_go_on = encoder.calls + 2, Flag(), Flag()
    page.evaluate(DROP, {f"{n:02}.txt": f"Pier {n} reopened." for n in range(40)} | {".DS_Store": "x"})
    expect(page.locator(".addition > p").first).to_have_text("Read 31 of 40 files; indexed 16 articles, 16 passages")

    with opened_in(browser, newsroom.address) as other:
        expect(other.locator(".addition > p").first).to_contain_text("Read 31 of 40 files")
        choose(other, {"a.txt": b"Snow fell."})
        expect(other.locator(".told")).to_contain_text("The archive is being changed at the moment (31 of 40 files")

        other.click("[data-act=stop]")
        expect(page.locator(".addition")).to_contain_text("Stopping after the articles at hand")
        encoder.may_go_on.set()
        expect(page.locator(".addition .trouble")).to_contain_text("Stopped before the end. What was indexed before is")
        expect(other.locator("#addition-title")).to_have_text("What was read")
    assert page.inner_text(".listing .hint") == "32 articles added just now"
    assert len(newsroom.uploaded()) == 32


def test_what_is_too_much_or_cancelled_is_not_kept(page: Page, newsroom: Served) -> None:
    before = newsroom.uploaded()
    choose(page, {"<b>large</b>.zip": bytes(5_001)})
    expect(page.locator(".told")).to_contain_text("<b>large</b>.zip is too large (5 kB): 5 kB are taken.")

    held: list[Route] = []

    def hold(route: Route) -> None:
        if "multipart" in route.request.headers["content-type"]:
            held.append(route)
        else:
            route.continue_()

    page.route("**/component_server/", hold)
    choose(page, {"a.txt": b"Snow fell."})
    page.wait_for_selector(".sending progress")
    for _ in range(200):
        if held:
            break
        page.wait_for_timeout(20)
    page.click("[data-act=cancel]")
    held[0].continue_()
    expect(page.locator(".told")).to_have_text("Cancelled. Nothing was kept.")
    assert newsroom.uploaded() == before
    assert not list((newsroom.folder / "uploads").glob(".*"))
    page.unroute("**/component_server/")


def test_a_page_that_may_not_change_anything_only_shows(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path, allowed=False) as reading_room, opened_in(browser, reading_room.address, 360) as page:
        assert "onrecord serve --allow-upload" in page.inner_text("#library-intake")
        assert page.locator(".drop, input[type=file], .removal").count() == 0
        assert page.inner_text(".listing h3") == EVIL
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

        page.click("[data-act=examine]")
        expect(page.locator(".findings li.wrong")).to_contain_text(f"{EVIL}To mend it: onrecord index FOLDER")
        assert page.locator("#library-found, #library-findings").locator("script, img").count() == 0
        assert not (tmp_path / "uploads").exists()


@pytest.mark.parametrize("sent", [None, 3, ["a"], [["a"]], [["a", "x"]], [["a", -1]], [["a", float("inf")]], {"a": 1}])
def test_what_is_no_list_of_files_is_refused(tmp_path: Path, sent: object) -> None:
    begin, keep, _ = taking(Additions(None, Uploads(tmp_path)))  # type: ignore[arg-type]

    assert "Load it again" in begin(sent)["trouble"]
    assert "Load it again" in keep(sent)["trouble"]
    assert (
        "Load it again"
        in keep(SimpleNamespace(data={"key": "k", "number": "x", "start": "0"}, files=[("", b"")]))["trouble"]
    )
    assert list(tmp_path.iterdir()) == []
