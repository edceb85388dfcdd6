"""Pictures of the page for README.md, taken of the demonstration newsroom: `make shots`. Not a test."""

from __future__ import annotations

import sys
from io import BytesIO
from itertools import islice
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from page_stage import ask, chromium, open_filters, opened, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "img"
DEMO = ROOT / "eval" / "demo"
QUESTIONS_ASKED = 20
"""Of the demonstration's set: more would be the same picture later."""

MOST_BYTES = 150_000
PATIENCE = 600_000  # milliseconds: a set is run

QUESTION = "Why was the Tollgate Bridge closed?"
FOLLOW_UP = "Which firm was hired to mend the Tollgate Bridge?"


def main() -> None:
    """Index, serve, look, write."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        archive, questions = Path(folder) / "archive", Path(folder) / "newsroom.jsonl"
        words = ("index", str(DEMO / "articles"), "--archive", str(archive))
        run([sys.executable, "-c", "from ui.cli import main; main()", *words], check=True, cwd=ROOT)
        with (DEMO / "questions.jsonl").open(encoding="utf-8") as lines:
            questions.write_text("".join(islice(lines, QUESTIONS_ASKED)), "utf-8")
        options = ("--model", "none", "--allow-upload", "--questions", str(questions))
        with running(archive, *options) as (address, _), chromium() as browser:
            _laptop(browser, address)
            _others(browser, address)


def _laptop(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.set_default_timeout(PATIENCE)
        page.get_by_role("tab", name="Evaluation").click()
        page.get_by_role("button", name="Run").first.click()
        page.get_by_role("tab", name="Library").click()
        page.locator(".listing li").first.wait_for()
        _keep(page, "library")

        page.get_by_role("tab", name="Ask").click()
        _ask(page, QUESTION)
        _ask(page, FOLLOW_UP)
        _keep(page, "ask")
        page.locator(".exchange:last-child .said .mark").first.click()
        page.wait_for_selector("#reader-focus")
        _keep(page, "reader")
        page.keyboard.press("Escape")
        page.click(".story summary")
        _keep(page, "timeline")

        page.get_by_role("button", name="New conversation").click()
        page.wait_for_selector(".welcome")
        open_filters(page)
        page.fill("[name=since]", "2024-09-10")
        page.locator("#chips .chip").first.wait_for()
        page.fill("[name=until]", "2024-10-31")
        page.get_by_role("button", name="Remove: Published 10 September").wait_for()
        page.get_by_label("Outlets").click()
        page.get_by_role("option").first.click()
        page.locator("#chips .chip").nth(1).wait_for()
        page.keyboard.press("Escape")
        page.locator(".masthead").click()
        _keep(page, "filters")

        page.get_by_role("tab", name="Evaluation").click()
        page.locator(".asked [data-number]").first.wait_for()
        _keep(page, "evaluation")


def _others(browser: Browser, address: str) -> None:
    """By night, and on a phone."""
    with opened(browser, address, scheme="dark") as page:
        _ask(page, QUESTION)
        page.locator(".said .mark").first.click()
        page.wait_for_selector("#reader-focus")
        _keep(page, "dark")
    with opened(browser, address, width=390) as page:
        _ask(page, QUESTION)
        _keep(page, "phone")


def _ask(page: Page, question: str) -> None:
    before = page.locator(".exchange .tools").count()
    ask(page, question)
    page.locator(".exchange .tools").nth(before).wait_for()


def _keep(page: Page, name: str) -> None:
    """What the window shows, in as few colours as a page of paper and ink needs."""
    from PIL import Image

    page.wait_for_timeout(2_500)  # what moves has come to rest
    path = IMAGES / f"{name}.png"
    with Image.open(BytesIO(page.screenshot())) as image:
        image.convert("RGB").quantize(128).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB\n")
    assert path.stat().st_size < MOST_BYTES, f"{path} is too large"


if __name__ == "__main__":
    main()
