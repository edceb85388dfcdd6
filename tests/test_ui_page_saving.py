"""What is kept of a conversation, in a real browser: copies, files, the browser's memory, what is said of answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import HashEncoder
from made_bundles import MADE, bundle_of
from page_stage import MARKS, QUESTION, Stage, ask, begin_anew, opened
from playwright.sync_api import expect
from ui_fakes import BILL, BRIDGE, FERRY, an_answer

from index.archive import Archive
from rag.bundle import parse, written
from ui.cli import run
from ui.commands import verifying
from ui.keeping import export
from ui.keeping.clipboard import footnoted, markdown, plain
from ui.keeping.feedback import Verdict
from ui.keeping.history import Conversation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = MARKS


@pytest.fixture
def page(tab: Page, stage: Stage) -> Page:
    """Where one question was answered."""
    stage.reset()
    begin_anew(tab)
    ask(tab, QUESTION)
    tab.wait_for_selector(".answer")
    return tab


def thanks(page: Page, turn: int) -> str:
    note = page.locator(f".exchange[data-turn='{turn}'] .thanks")
    expect(note).not_to_be_empty()
    return str(note.inner_text())


def download(page: Page, name: str, folder: Path) -> Path:
    page.locator(".saving summary", has_text="Save").click()
    with page.expect_download() as found:
        page.get_by_role("button", name=name).click()
    expect(page.locator(".saving .thanks")).to_have_text(f"Saved as {found.value.suggested_filename}.")
    path = folder / str(found.value.suggested_filename)
    found.value.save_as(path)
    return path


def test_an_answer_is_copied_in_three_forms(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = an_answer(QUESTION)
    for name, form in (("Text", plain), ("Text with footnotes", footnoted), ("Markdown", markdown)):
        page.click(".exchange .menu summary:text-is('Copy')")
        page.get_by_role("button", name=name, exact=True).click()
        assert thanks(page, 1) == "Copied."
        assert page.evaluate("navigator.clipboard.readText()") == form(answer)
        assert page.locator(".menu[open]").count() == 0
    page.context.clear_permissions()


def test_what_a_reader_says_of_answers_is_kept_with_what_was_asked_before(page: Page, stage: Stage) -> None:
    page.get_by_role("button", name="Right", exact=True).click()
    assert thanks(page, 1) == "Noted."
    ask(page, "Who asked for it?")
    page.wait_for_selector(".exchange:nth-child(2) .answer")
    second = page.locator(".exchange").nth(1)
    second.locator("summary", has_text="Wrong").click()
    second.get_by_label("This is wrong because").fill("It was <b>another</b> bridge.\nSee page 2.")
    second.get_by_label("The right answer").fill("The council")
    second.get_by_role("button", name="Send").click()
    assert thanks(page, 2) == "Noted."

    ask(page, "Who is the mayor?")
    page.wait_for_selector(".exchange:nth-child(3) .refusal")
    third = page.locator(".exchange").nth(2)
    third.locator("summary", has_text="Wrong").click()
    assert third.get_by_role("radio").count() == 0  # that the archive does not say it was said already
    third.get_by_label("The right answer").fill("Ada Holm")
    third.get_by_label("The right answer").press("Enter")
    assert thanks(page, 3) == "Noted."

    (session, *_), *_ = stage.judged
    wrong = Verdict("wrong", "It was <b>another</b> bridge.\nSee page 2.", "The council")
    assert stage.judged == [
        (session, QUESTION, Verdict("right"), ()),
        (session, "Who asked for it?", wrong, (QUESTION,)),
        (session, "Who is the mayor?", Verdict("wrong", "", "Ada Holm"), (QUESTION, "Who asked for it?")),
    ]
    assert session


def test_that_the_archive_does_not_say_it_is_one_way_of_being_wrong(page: Page, stage: Stage) -> None:
    page.locator(".exchange summary", has_text="Wrong").click()
    page.get_by_label("The archive does not say it").check()
    page.get_by_role("button", name="Send").click()
    assert thanks(page, 1) == "Noted."
    assert [verdict for _, _, verdict, _ in stage.judged] == [Verdict("unanswerable")]


def test_a_conversation_is_saved_as_a_file_that_is_verified_against_the_archive(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_anew(page)
    ask(page, "verbatim")
    page.wait_for_selector(".answer")
    ask(page, "Who is the mayor?")
    page.wait_for_selector(".exchange:nth-child(2) .refusal")
    bundle_file = download(page, "As an evidence bundle (JSON)", tmp_path)
    page_file = download(page, "As a page (HTML)", tmp_path)
    assert bundle_file.name.endswith("-verbatim.json")
    bundle = parse(bundle_file.read_text("utf-8"))
    assert [(each.question, each.refused) for each in bundle.exchanges] == [
        ("verbatim", False),
        ("Who is the mayor?", True),
    ]
    assert export.opened(page_file).exchanges == bundle.exchanges

    monkeypatch.setattr(verifying, "open_archive", lambda folder, _: Archive.open(folder, HashEncoder()))
    archive = tmp_path / "archive"
    articles = [replace(each, content_hash=f"hash of {each.id}") for each in (BRIDGE, BILL, FERRY)]
    with Archive.open(archive, HashEncoder(), create=True) as made:
        made.update(articles)
    for file in (bundle_file, page_file):
        assert run(["verify", str(file), "--archive", str(archive)]) == 0
    with Archive.open(archive, HashEncoder()) as changed:
        text = BRIDGE.text.replace("4 May", "9 June")
        changed.update([replace(BRIDGE, text=text, content_hash="another")])
    for file in (bundle_file, page_file):
        capsys.readouterr()
        assert run(["verify", str(file), "--archive", str(archive)]) == 1
        assert capsys.readouterr().err.startswith("3 citations: 1 hold, 1 moved, 1 changed; words of 3 sentences: ")


def test_nothing_is_saved_of_nothing(page: Page) -> None:
    begin_anew(page)
    page.locator(".saving summary", has_text="Save").click()
    page.get_by_role("button", name="As a page").click()
    expect(page.locator(".saving .thanks")).to_have_text("Nothing was answered yet, so there is nothing to save.")


def test_the_browser_remembers_once_it_is_told_to(browser: Browser, address: str, stage: Stage) -> None:
    stage.reset()
    with opened(browser, address) as page:
        ask(page, QUESTION)
        page.wait_for_selector(".answer")
        assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]

        page.locator(".saving summary", has_text="Save").click()
        page.get_by_label("Keep conversations in this browser").check()
        page.wait_for_function("localStorage.getItem('onrecord.conversations')")
        ask(page, "Who is the mayor?")
        page.wait_for_selector(".refusal")
        page.wait_for_function("localStorage.getItem('onrecord.conversations').includes('the mayor')")
        page.get_by_role("button", name="New conversation").click()
        page.wait_for_selector(".welcome")
        ask(page, "What else?")
        page.wait_for_selector(".answer")
        page.wait_for_function("JSON.parse(localStorage.getItem('onrecord.conversations')).length === 2")

        stage.articles["bridge"] = replace(BRIDGE, text="Another text.", content_hash="another")
        page.reload()
        page.locator(".saving summary", has_text="Earlier").click()
        earlier = page.locator(".earlier [data-act=reopen]")
        expect(earlier).to_have_count(2)
        assert earlier.first.inner_text().startswith("What else?")  # the latest
        earlier.filter(has_text=QUESTION).click()
        page.wait_for_selector(".exchange:nth-child(2) .refusal")
        assert page.inner_text(".exchange:nth-child(1) .said").startswith("It reopens on 4 May")
        assert page.locator(".noted").first.inner_text() == (
            "The archive has changed since: 1 article of this is another now, or gone."
        )
        ask(page, "And now?")  # goes on with it
        page.wait_for_selector(".exchange:nth-child(3) .answer")
        assert [turn.question for turn in stage.asked[-1][1]] == [QUESTION, "Who is the mayor?"]

        page.locator(".saving summary", has_text="Save").click()
        page.get_by_label("Keep conversations in this browser").uncheck()
        page.keyboard.press("Escape")
        page.locator(".saving summary", has_text="Earlier").click()
        page.get_by_role("button", name="Forget those kept in this browser").click()
        assert page.evaluate("localStorage.length") == 0
        page.locator(".saving summary", has_text="Earlier").click()
        expect(page.locator(".earlier .hint")).to_have_text("Nothing is kept yet.")


def test_what_is_kept_on_the_machine_is_listed_once_a_page_is_opened_and_reopened(
    page: Page, browser: Browser, address: str, stage: Stage
) -> None:
    assert [(bool(session), answer.question) for session, answer in stage.remembered] == [(True, QUESTION)]
    two = bundle_of(an_answer("What did <i>Lind</i> say?"), an_answer("And the mayor?", ()))
    stage.kept += [Conversation("a", MADE, two), Conversation("b", MADE, bundle_of(an_answer("What else?")))]
    with opened(browser, address) as other:
        other.locator(".saving summary", has_text="Earlier").click()
        listed = other.locator(".earlier [data-act=reopen]")
        expect(listed).to_have_text(
            ["What else? 7 May 2031, 1 question", "What did <i>Lind</i> say? 7 May 2031, 2 questions"]
        )
        listed.nth(1).click()
        other.wait_for_selector(".exchange:nth-child(2) .refusal")
        assert other.inner_text(".exchange:nth-child(1) h2") == "What did <i>Lind</i> say?"
        assert other.locator(".noted").count() == 0
        other.locator(".exchange:nth-child(1) .mark").first.click()
        other.wait_for_selector("#reader-focus")


def test_a_memory_that_is_broken_is_told(page: Page) -> None:
    bundle = written(bundle_of(an_answer(QUESTION))).replace("It reopens", "It “reopens”, unquoted", 1)[:-200]
    page.evaluate(
        "file => localStorage.setItem('onrecord.conversations',"
        "JSON.stringify([{id: 'x', title: 'Broken', made: '2031-05-07', file}]))",
        bundle,
    )
    page.reload()
    page.wait_for_selector("#question textarea")
    page.locator(".saving summary", has_text="Earlier").click()
    page.locator(".earlier [data-act=reopen]").click()
    page.wait_for_selector(".trouble")
    page.evaluate("localStorage.clear()")
