"""`onrecord serve` from beginning to end, nothing in the place of anything: real models, a real browser, Ctrl-C."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from page_stage import MARKS, ask, chromium, opened, running
from playwright.sync_api import expect

pytestmark = [*MARKS, pytest.mark.models]

ARTICLES = {
    "bridge.txt": "Harbour bridge to reopen in May\n\nPublished 14 March 2026\n\n"
    "Work on the harbour bridge began in January. The harbour bridge will reopen on 4 May, the port authority said. "
    "Repairs to the cables cost 12.4 million crowns.",
    "ferry.txt": "Ferry runs later\n\nThe lantern ferry will run until midnight from Friday, its owner said.",
    "snow.txt": "Snow on the hills\n\nSnow fell on the hills above the town on Tuesday and closed two schools.",
}


def test_an_empty_archive_is_filled_asked_and_read_and_ctrl_c_ends_it(
    tmp_path: Path, encoder_folder: Path, reranker_folder: Path
) -> None:
    with running(tmp_path / "archive", "--model", "none", "--allow-upload") as (address, program):
        with chromium() as browser, opened(browser, address) as page:
            page.get_by_role("tab", name="Library").click()
            with page.expect_file_chooser() as chooser:
                page.click("[data-act=files]")
            chooser.value.set_files(
                [{"name": name, "mimeType": "", "buffer": text.encode()} for name, text in ARTICLES.items()]
            )
            expect(page.locator("#addition-title")).to_have_text("What was read", timeout=60_000)
            assert "3 added" in page.inner_text(".addition [role=status]")

            page.get_by_role("tab", name="Ask").click()
            ask(page, "When will the harbour bridge reopen?")
            page.locator(".exchange .tools").wait_for(timeout=60_000)
            assert "4 May" in page.inner_text(".answer .said")
            page.locator(".said .mark").first.click()
            expect(page.locator("#reader-focus")).to_contain_text("will reopen on 4 May")
            assert "Harbour bridge to reopen in May" in page.inner_text("#reader-title")

        program.send_signal(signal.SIGINT)
        assert program.wait(5) == 0
    assert (tmp_path / "archive" / "uploads").is_dir()
    assert not (tmp_path / "archive" / "feedback.jsonl").exists()
