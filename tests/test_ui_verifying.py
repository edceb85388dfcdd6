"""`onrecord verify`: a bundle or an exported page beside an archive."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import HashEncoder
from made_bundles import bundle_of
from ui_fakes import BILL, BRIDGE, E_BILL, E_BRIDGE, EVIDENCE, FERRY, an_answer, cite

from index.archive import Archive
from index.types import Article
from rag.bundle import Bundle, written
from rag.types import Sentence
from ui.cli import run
from ui.commands import verifying
from ui.keeping.export import page


@pytest.fixture(autouse=True)
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "open_archive", lambda folder, encoder: Archive.open(folder, HashEncoder()))


CITED = (
    cite(E_BRIDGE, "The bridge will reopen on 4 May, the port authority said."),
    cite(E_BRIDGE, "Repairs to the cables cost 12.4 million crowns."),
    cite(E_BILL, BILL.text),
)
SENTENCES = (
    Sentence(CITED[0].quote, CITED[:1], "quoted"),
    Sentence("12.4 million crowns.", CITED[1:2], "supported"),
    Sentence(BILL.text, CITED[2:], "quoted"),
)


def hashed(article: Article) -> Article:
    """The fakes all have the same hash; an archive's articles have not."""
    return replace(article, content_hash=f"sha256 of {article.id}", origin=f"/news/{article.id}.txt")


def bundle() -> Bundle:
    evidence = tuple(replace(each, article=hashed(each.article)) for each in EVIDENCE)
    return bundle_of(replace(an_answer("When does it reopen?", SENTENCES), evidence=evidence))


def archive_of(folder: Path, *articles: Article) -> str:
    with Archive.open(folder, HashEncoder(), create=True) as archive:
        archive.update(articles)
    return str(folder)


def test_what_still_stands_is_told_and_exits_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = archive_of(tmp_path / "archive", hashed(BRIDGE), hashed(BILL), hashed(FERRY))
    (tmp_path / "bundle.json").write_text(written(bundle()), "utf-8")
    (tmp_path / "page.html").write_text(page(bundle()), "utf-8")

    assert run(["verify", str(tmp_path / "bundle.json"), "--archive", archive]) == 0
    told = capsys.readouterr()
    assert run(["verify", str(tmp_path / "page.html"), "--archive", archive]) == 0
    assert capsys.readouterr() == told

    assert told.err == "3 citations: 3 hold; words of 3 sentences: 3 hold\n"
    assert told.out.splitlines()[1] == (
        "holds\t1\tHarbour Post · Harbour bridge to reopen in May · 14 March 2026\t"
        "“The bridge will reopen on 4 May, the port authority said.”\t"
    )


def test_what_does_not_stand_is_told_and_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = BRIDGE.text.replace("Work began", "The work began").replace("12.4", "14.2")
    archive = archive_of(tmp_path / "archive", replace(hashed(BRIDGE), text=text, content_hash="new"))
    (tmp_path / "bundle.json").write_text(written(bundle()), "utf-8")

    assert run(["verify", str(tmp_path / "bundle.json"), "--archive", archive]) == 1

    told = capsys.readouterr()
    rows = [line.split("\t") for line in told.out.splitlines()[1:4]]
    assert [(row[0], row[4]) for row in rows] == [
        ("moved", "the same words stand at 27 now, not at 23"),
        ("changed", ""),
        ("gone", ""),
    ]
    assert told.err == "3 citations: 1 moved, 1 changed, 1 gone; words of 3 sentences: 2 hold, 1 unknown\n"
    assert told.out.splitlines()[6] == (
        "words unknown\t1\t12.4 million crowns.\tthe archive has not all that it quotes"
    )


def test_altered_words_of_an_answer_are_told_and_exit_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = archive_of(tmp_path / "archive", hashed(BRIDGE), hashed(BILL))
    record = json.loads(written(bundle()))
    record["exchanges"][0]["sentences"][1]["text"] = "124 million crowns."
    (tmp_path / "bundle.json").write_text(json.dumps(record), "utf-8")
    why = "its words are not what is quoted: the number 124000000 is not in [1]"

    assert run(["verify", str(tmp_path / "bundle.json"), "--archive", archive]) == 1
    told = capsys.readouterr()
    assert told.err == "3 citations: 3 hold; words of 3 sentences: 2 hold, 1 differ\n"
    assert f"words differ\t1\t124 million crowns.\t{why}\n" in told.out

    assert run(["verify", str(tmp_path / "bundle.json"), "--archive", archive, "--json"]) == 1
    checked = json.loads(capsys.readouterr().out)
    assert not checked["stands"]
    assert {each["verdict"] for each in checked["citations"]} == {"holds"}
    assert [each["words"] for each in checked["sentences"]] == ["hold", "differ", "hold"]
    assert checked["sentences"][1] == {
        "exchange": 1,
        "question": "When does it reopen?",
        "text": "124 million crowns.",
        "support": "supported",
        "words": "differ",
        "why": why,
    }


def test_an_altered_page_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = archive_of(tmp_path / "archive", hashed(BRIDGE), hashed(BILL))
    (tmp_path / "page.html").write_text(page(bundle()).replace("12.4 million", "124 million", 1), "utf-8")

    assert run(["verify", str(tmp_path / "page.html"), "--archive", archive]) == 1
    assert "page.html: the page shows something else than the bundle in it holds" in capsys.readouterr().err


def test_whose_words_they_are_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = archive_of(tmp_path / "archive", replace(hashed(BRIDGE), source="The Echo"), hashed(BILL))
    (tmp_path / "bundle.json").write_text(written(bundle()), "utf-8")

    assert run(["verify", str(tmp_path / "bundle.json"), "--archive", archive]) == 1
    assert "the archive has otherwise: outlet\n" in capsys.readouterr().out


def test_moved_words_stand_and_other_programs_are_told_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"Update. {BRIDGE.text}"
    archive = archive_of(tmp_path / "archive", replace(hashed(BRIDGE), text=text, content_hash="new"), hashed(BILL))
    (tmp_path / "bundle.json").write_text(written(bundle()), "utf-8")

    assert run(["verify", str(tmp_path / "bundle.json"), "--archive", archive, "--json"]) == 0

    record = json.loads(capsys.readouterr().out)
    assert (record["made"], record["stands"]) == ("2031-05-07T09:30:00+00:00", True)
    assert record["citations"][0] == {
        "exchange": 1,
        "question": "When does it reopen?",
        "verdict": "moved",
        "article": "bridge",
        "title": "Harbour bridge to reopen in May",
        "source": "Harbour Post",
        "published": "2026-03-14",
        "start": 23,
        "end": 80,
        "quote": "The bridge will reopen on 4 May, the port authority said.",
        "found": "bridge",
        "found_at": 31,
        "same_text": False,
        "differs": [],
    }
    assert [each["verdict"] for each in record["citations"]] == ["moved", "moved", "holds"]


def test_where_nothing_is_cited_nothing_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = archive_of(tmp_path / "archive", hashed(BRIDGE))
    (tmp_path / "bundle.json").write_text(written(bundle_of(an_answer("Who?", ()))), "utf-8")

    assert run(["verify", str(tmp_path / "bundle.json"), "--archive", archive]) == 0
    assert capsys.readouterr().err == "0 citations; words of 0 sentences\n"


def test_what_is_no_bundle_is_a_failure_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("Call the port on Monday.", "utf-8")

    assert run(["verify", str(tmp_path / "notes.txt"), "--archive", str(tmp_path)]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"onrecord: {tmp_path}/notes.txt: not JSON: Expecting value at line 1, column 1\n"


def test_a_quotation_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Loud \x1b[2J words\tand more."
    article = replace(hashed(BRIDGE), text=text, title="A\x1b[1m title")
    piece = replace(EVIDENCE[0], article=article, start=0, end=len(text), text=text)
    answer = an_answer("When?", (Sentence(text, (cite(piece, text),), "quoted"),), (piece,))
    archive = archive_of(tmp_path / "archive", article)
    (tmp_path / "bundle.json").write_text(written(bundle_of(answer)), "utf-8")

    assert run(["verify", str(tmp_path / "bundle.json"), "--archive", archive]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert out.splitlines()[1].count("\t") == 4
