"""Search for people: what is typed and chosen, what is shown and in which order, and why nothing was found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from io import StringIO
from typing import Any

import pytest
from ui_fakes import BILL, BRIDGE, FERRY, ScriptedArchive, ScriptedPipeline, an_answer, told

from index.types import Filter
from rag.types import Retrieved
from ui import dates
from ui.cli import run
from ui.commands import searching
from ui.commands.opening import Choice

WORDS = "the bridge will reopen"
TODAY = date(2026, 3, 25)
TONIGHT = datetime.combine(TODAY, time.max)


class Newsroom(ScriptedPipeline):
    """Three articles, the bill dated, whatever is looked for."""

    bill = replace(BILL, published=datetime(2026, 3, 20))

    @property
    def archive(self) -> ScriptedArchive:
        return ScriptedArchive((BRIDGE, self.bill, FERRY))


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    answered = told(an_answer(WORDS))
    phrase = told(replace(an_answer(WORDS), hits=()))
    pipeline = Newsroom({WORDS: answered, f"{WORDS} source:ledger": answered, '"no comment" port': phrase})
    monkeypatch.setattr(searching, "open_pipeline", lambda choice: pipeline)
    monkeypatch.setattr(dates, "today", lambda: TODAY)
    return pipeline


Search = Callable[..., tuple[int, str]]


@pytest.fixture
def search(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> Search:
    def searched(*arguments: str) -> tuple[int, str]:
        code = run(["search", *arguments])
        return code, capsys.readouterr().out

    return searched


def record(found: tuple[int, str]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def test_the_best_passage_comes_first(search: Search, newsroom: Newsroom) -> None:
    code, out = search(WORDS, "-k", "2")

    assert code == 0
    assert [line for line in out.splitlines() if line[:1].isdigit()] == [
        "1. Harbour Post · Harbour bridge to reopen in May · 14 March 2026",
        "2. The Ledger · Bridge bill climbs · 20 March 2026",
    ]
    assert newsroom.asked == [(WORDS, (), TODAY)]
    assert newsroom.filters == [Filter()]


def test_sorted_by_date_the_newest_comes_first_and_undated_ones_last(search: Search) -> None:
    hits = record(search(WORDS, "--sort", "date", "--json"))["hits"]

    assert [(hit["article"], hit["rank"]) for hit in hits] == [("bill", 1), ("bridge", 2), ("ferry", 3)]


def test_json_tells_what_was_understood(search: Search) -> None:
    found = record(search(WORDS, "--json"))

    assert (found["question"], found["query"], found["articles"]) == (WORDS, WORDS, [])
    assert found["plan"]["as_of"] == "2026-03-25"
    assert found["seconds"]["retrieve"] == 0.4


def test_json_tells_where_a_passage_matches(search: Search, newsroom: Newsroom) -> None:
    def matches() -> list[str]:
        hit = record(search(WORDS, "--json"))["hits"][0]
        return [hit["text"][start:end] for start, end in hit["highlights"]]

    assert matches() == ["bridge", "will", "reopen", "the", "the"]

    first, *_ = told(answer := an_answer(WORDS))
    assert isinstance(first, Retrieved)
    query = replace(answer.query, phrases=("will reopen",))
    newsroom.script = {WORDS: (replace(first, query=query),)}
    assert matches() == ["bridge", "will reopen", "the", "the"]


def test_options_narrow(search: Search, newsroom: Newsroom) -> None:
    options = (
        "--since",
        "2026",
        "--until",
        "2026-03",
        "--source",
        "ledger",
        "--source",
        "the harbour",
        "--article",
        "bill",
    )

    assert [hit["article"] for hit in record(search(WORDS, *options, "--json"))["hits"]] == ["bill"]
    assert newsroom.filters == [
        Filter(
            datetime(2026, 1, 1),
            datetime.combine(date(2026, 3, 31), time.max),
            ("The Ledger", "Harbour Post"),
            ("bill",),
        )
    ]


def test_a_phrase_must_stand_in_what_is_found(search: Search, newsroom: Newsroom) -> None:
    code, out = search('"no comment" port')

    assert code == 3
    assert newsroom.filters == [Filter(phrases=("no comment",))]
    assert out == (
        "Nothing found for the bridge will reopen, with “no comment”. Even alone: no passage has “no comment”.\n"
    )


def test_without_words_the_newest_articles_that_pass_are_listed(search: Search, newsroom: Newsroom) -> None:
    assert search("--since", "2026-03-14") == (
        0,
        "The Ledger · Bridge bill climbs · 20 March 2026\n    bill\n"
        "Harbour Post · Harbour bridge to reopen in May · 14 March 2026\n    bridge\n"
        "Untitled (ferry) · undated\n    ferry\n",
    )
    assert newsroom.asked == []

    found = record(search("source:ledger after:2025", "--json"))
    assert found["hits"] == []
    assert [each["article"] for each in found["articles"]] == ["bill"]
    assert found["plan"]["where"] == {
        "since": "2026-01-01T00:00:00",
        "until": TONIGHT.isoformat(),
        "sources": ["The Ledger"],
        "articles": [],
        "phrases": [],
        "dated": False,
        "languages": [],
    }


def test_how_many_more_pass_is_told(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "--since", "2026-03-14", "-k", "1"]) == 0

    out, err = capsys.readouterr()
    assert out.count("\n") == 2
    assert err == "the newest 1 of 3 articles; -k shows more\n"


def test_what_kept_nothing_is_told(search: Search) -> None:
    code, out = search("--since", "2026-03-22", "--source", "ledger")

    assert code == 3
    assert out == "No article is published 22–25 March 2026, in The Ledger.\n"

    assert search("--until", "2026-03-13", "--article", "bill")[1] == (
        "No article is published until 13 March 2026, from the article bill.\n"
    )

    code, out = search("--until", "2026-03-13", "--source", "ledger", "--json")
    assert (code, json.loads(out)["articles"]) == (3, [])


def test_search_explains_each_hit(search: Search) -> None:
    lines = search(WORDS, "--since", "2020", "--explain", "--fast")[1].splitlines()

    assert lines[:4] == [
        "filters: published since 1 January 2020",
        "as of: 25 March 2026",
        "left out: rerank",
        "seconds: retrieve 400 ms",
    ]
    assert "    reranked 1.00" in lines


def test_words_come_from_stdin(search: Search, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{WORDS}\n"))

    assert search("-")[0] == 0
    assert newsroom.asked == [(WORDS, (), TODAY)]


def test_search_needs_no_language_model(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[Choice] = []

    def opened(choice: Choice) -> Newsroom:
        chosen.append(choice)
        return newsroom

    monkeypatch.setattr(searching, "open_pipeline", opened)
    run(["search", WORDS, "--fast"])

    assert [(each.model, sorted(each.without)) for each in chosen] == [("none", ["rerank"])]
