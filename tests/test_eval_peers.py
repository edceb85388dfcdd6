from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from eval_fakes import Shelf, article, outcome

from eval.measure import measure
from eval.peers.__main__ import main
from eval.peers.compare import Facts, System, comparison_text, peer_system, write_comparison
from eval.peers.exchange import DEPTH, read_lines, write_lines
from eval.types import Machine, Question
from index.errors import ArticleNotFound, OnRecordError

ROOT = Path(__file__).parent.parent
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"

FERRY = article("ferry", "The ferry to Ostrey sails again on Monday. Tickets cost nine crowns.")
QUAY = article("quay", "The old quay was closed on Tuesday. Nobody was hurt.")
MARKET = article("market", "The fish market moves. It opens at six.")
SHELF = Shelf(FERRY, QUAY, MARKET)

WHEN = Question(
    "q-when", "When does the ferry sail?", answers=("Monday",), answerable=True, relevant=("ferry",), kind="fact"
)
COST = Question(
    "q-cost", "What does a ticket cost?", answers=("nine",), answerable=True, relevant=("ferry",), kind="fact"
)
OPEN = Question(
    "q-open", "When does it open?", answers=("six",), answerable=True, relevant=("market",), kind="follow|up"
)
NEVER = Question("q-never", "Who is the mayor?", kind="unanswerable")
ASKED = (WHEN, COST, OPEN, NEVER)

FOUND = """\
{"index_seconds": 12.5}
{"id": "q-cost", "seconds": 0.3, "passages": [["quay", "The old quay"], ["ferry", "Sails"], ["ferry", "Tickets: nine"]]}
{"id": "q-when", "seconds": 0.1, "passages": [["ferry", "sails again on Monday."]]}
{"id": "q-open", "seconds": 0.2, "passages": [["ferry", "Tickets"], ["ferry", "Sails"], ["quay", "Open\u2028at six."]]}
{"id": "q-never", "seconds": 0.9, "passages": []}
"""
"""What a peer wrote, in another order than asked in."""

FACTS = Facts("set.jsonl", 3, 4, "hash@1", Machine(2, "any", bf16=False), datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "peer.jsonl"
    path.write_text(FOUND, encoding="utf-8")
    return path


def ours() -> System:
    return System("onrecord", 4.0, measure([outcome(each, found=[FERRY, MARKET]) for each in ASKED], SHELF))


def test_what_a_peer_found_is_measured_as_ours_is(written: Path) -> None:
    peer = peer_system("Peer", written, ASKED, SHELF)

    figures = peer.scores.overall.figures
    assert figures["hit@1"].value == pytest.approx(1 / 3)  # only WHEN; COST has its article second, OPEN nowhere
    assert figures["hit@3"].value == figures["hit@10"].value == pytest.approx(2 / 3)
    assert figures["mrr@10"].value == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert figures["answer_in_passages@1"].value == pytest.approx(1 / 3)
    assert figures["answer_in_passages@3"].value == 1.0  # the words of OPEN stand in the wrong article: they count
    assert figures["hit@1"].count == figures["answer_in_passages@5"].count == 3
    assert figures["answer_contained"].value is figures["refused_answerable"].value is None
    assert peer.index_seconds == 12.5


def test_articles_count_once_at_the_rank_of_their_best_passage(written: Path) -> None:
    peer = peer_system("Peer", written, ASKED, SHELF)

    assert [case.ranked for case in peer.scores.cases] == [("ferry",), ("quay", "ferry"), ("ferry", "quay"), ()]
    assert [hit.rank for hit in peer.scores.cases[1].outcome.hits] == [1, 2, 3]
    assert [found.article for found in peer.scores.cases[1].outcome.first] == [QUAY, FERRY, FERRY]


def test_seconds_are_those_of_the_peer_in_the_order_of_the_set(written: Path) -> None:
    peer = peer_system("Peer", written, ASKED, SHELF)

    assert [case.outcome.seconds["total"] for case in peer.scores.cases] == [0.1, 0.3, 0.2, 0.9]
    assert peer.scores.overall.seconds["total"].p50 == pytest.approx(0.25)


def test_a_question_left_out_is_an_error_not_a_gap(written: Path) -> None:
    written.write_text("".join(FOUND.splitlines(keepends=True)[:2]), encoding="utf-8")

    with pytest.raises(OnRecordError, match="Peer left out 3 of 4 questions, such as q-when"):
        peer_system("Peer", written, ASKED, SHELF)


def test_an_article_that_nobody_gave_the_peer_is_an_error(written: Path) -> None:
    with pytest.raises(ArticleNotFound, match="quay"):
        peer_system("Peer", written, ASKED, Shelf(FERRY, MARKET))


def test_the_table_has_a_line_for_every_system_in_all_questions_and_in_each_kind(written: Path) -> None:
    text = comparison_text([peer_system("Peer", written, ASKED, SHELF), ours()], FACTS)

    cells = [[cell.strip() for cell in line.split(" | ")] for line in text.splitlines() if line.startswith("|")]
    assert [(row[0], row[1]) for row in cells[2:]] == [
        ("| all (4)", "Peer"),
        ("| all (4)", "onrecord"),
        ("| fact (2)", "Peer"),
        ("| fact (2)", "onrecord"),
        ("| follow\\|up (1)", "Peer"),
        ("| follow\\|up (1)", "onrecord"),
    ]  # nothing is to be found for the unanswerable kind, so it has no line
    column = cells[0].index("hit@1")
    assert [row[column] for row in cells[2:]] == [
        "0.333 (3)",
        "0.667 (3)",
        "0.500 (2)",
        "1.000 (2)",
        "0.000 (1)",
        "0.000 (1)",
    ]
    assert [row[-1] for row in cells[2:]] == ["12.5 s |", "4.0 s |", "– |", "– |", "– |", "– |"]
    assert "# set.jsonl: 4 questions, 3 articles" in text
    assert "No article bears" not in text


def test_a_set_that_is_not_of_these_articles_is_told(written: Path) -> None:
    elsewhere = (*ASKED[:3], Question("q-never", "Where?", answerable=True, relevant=("harbour.txt",)))

    text = comparison_text([peer_system("Peer", written, elsewhere, SHELF)], FACTS)

    assert "count as missed by all: harbour.txt" in text


def test_the_files_say_the_same(written: Path, tmp_path: Path) -> None:
    systems = [peer_system("Peer", written, ASKED, SHELF), ours()]

    markdown, record = write_comparison(tmp_path, systems, FACTS)

    read = json.loads(record.read_text("utf-8"))
    assert markdown.read_text("utf-8") == comparison_text(systems, FACTS)
    assert read["run"]["started"] == "2031-05-06T07:08:09+00:00"
    assert read["systems"]["Peer"]["index_seconds"] == 12.5
    assert read["systems"]["Peer"]["overall"]["measures"]["hit@3"] == {"value": pytest.approx(2 / 3), "count": 3}
    assert list(read["systems"]["onrecord"]["kinds"]) == ["fact", "follow|up", "unanswerable"]


def test_without_the_peers_environment_one_line_says_what_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo, python, out = ROOT / "eval" / "demo", tmp_path / "python", tmp_path / "out"
    words = [demo / "articles", demo / "questions.jsonl", "--python", python, "--out", out]
    monkeypatch.setattr(sys, "argv", ["eval.peers", *map(str, words)])

    with pytest.raises(SystemExit, match=f"UsageError: .*{python} is missing: make peers installs it"):
        main()

    assert not out.exists()


@pytest.mark.models
@pytest.mark.skipif(not PEERS_PYTHON.exists(), reason="the peers are not installed: `make peers` does it")
@pytest.mark.parametrize("program", ["eval.peers.langchain_stock", "eval.peers.llamaindex_stock"])
def test_a_peer_finds_and_names_the_article(program: str, encoder_folder: Path, tmp_path: Path) -> None:
    texts, questions, found = (tmp_path / name for name in ("texts.jsonl", "questions.jsonl", "found.jsonl"))
    write_lines(texts, ({"id": each.id, "text": each.text * 120} for each in SHELF.articles()))  # several slices each
    write_lines(questions, [{"id": "q-1", "question": "Where is fish sold?"}])

    command = [str(PEERS_PYTHON), "-m", program, *map(str, (texts, questions, encoder_folder, found))]
    subprocess.run(command, cwd=ROOT, env={"HF_HUB_OFFLINE": "1"}, check=True, timeout=240)

    head, line = read_lines(found)
    assert head["index_seconds"] > 0
    assert line["id"] == "q-1"
    assert line["passages"][0][0] == "market"
    assert "fish market" in line["passages"][0][1]
    assert {name for name, _ in line["passages"]} == {"ferry", "quay", "market"}
    assert 3 < len(line["passages"]) <= DEPTH
