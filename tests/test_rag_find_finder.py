from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from fakes import HashEncoder, OverlapReranker, make_article

from index.archive import Archive
from rag.clock import Stopwatch
from rag.find.finder import Finder, Found
from rag.types import Part, Period, Query

OLD = make_article("old", "The ferry hit the breakwater. Nobody was hurt on the ferry.", published=datetime(2030, 1, 5))
NEW = make_article("new", "A ferry hit a breakwater. Two were hurt.", published=datetime(2031, 5, 4))
BRIDGE = make_article("bridge", "The Norvik bridge will close for repairs.", published=datetime(2031, 5, 4))
LONG = make_article(
    "long",
    "\n\n".join(
        f"The council of Ostrey met for the {n} time. " + "It spoke of money and of roads. " * 6 for n in range(6)
    ),
    published=datetime(2031, 5, 4),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEncoder(), create=True) as opened:
        opened.update([OLD, NEW, BRIDGE, LONG])
        yield opened


def find(archive: Archive, query: Query, *without: Part, candidates: int = 20) -> Found:
    return Finder(archive, OverlapReranker(), frozenset(without)).find(query, candidates, Stopwatch())


def order(found: Found) -> list[str]:
    return list(dict.fromkeys(hit.passage.article_id for hit in found.hits))


def test_stages_follow_each_other(archive: Archive) -> None:
    found = find(archive, Query("ferry breakwater hurt", "ferry breakwater hurt"))

    assert set(order(found)[:2]) == {"old", "new"}
    assert set(found.articles) == {hit.passage.article_id for hit in found.hits}
    assert [name for name, _ in found.hits[0].why] == ["dense", "words", "fused", "reranked"]
    assert {hit.stage for hit in found.hits} == {"reranked"}


def test_without_reranking_the_fused_order_stands(archive: Archive) -> None:
    query = Query("ferry breakwater hurt", "ferry breakwater hurt")
    clock = Stopwatch()

    found = Finder(archive, OverlapReranker(), frozenset({"rerank"})).find(query, 20, clock)

    assert {hit.stage for hit in found.hits} == {"fused"}
    assert list(clock.seconds()) == ["total", "retrieve"]


def test_the_period_decides_between_two_that_answer(archive: Archive) -> None:
    query = Query("ferry breakwater hurt", "ferry breakwater hurt", date(2031, 5, 6))
    week = Period("this week", date(2031, 4, 29), date(2031, 5, 6), 0.9)
    long_ago = Period("in January 2030", date(2030, 1, 1), date(2030, 1, 31), 0.9)

    assert order(find(archive, replace(query, period=week)))[0] == "new"
    assert order(find(archive, replace(query, period=long_ago)))[0] == "old"


def test_each_part_of_a_question_has_its_best_among_the_first(archive: Archive) -> None:
    whole = Query("ferry and bridge", "the council of Ostrey spoke of a ferry that hit a breakwater")
    parts = (Query("ferry", "the ferry that hit the breakwater"), Query("bridge", "the Norvik bridge close repairs"))

    found = find(archive, replace(whole, parts=parts))

    assert order(find(archive, whole))[-1] == "bridge"
    assert order(found)[0] == "bridge"  # the surest of the three lists begins
    assert order(found).index("new") <= 2
    assert [hit.rank for hit in found.hits] == list(range(1, len(found.hits) + 1))


def test_copies_take_one_place_across_the_parts_of_a_question(tmp_path: Path) -> None:
    story = " ".join(f"Witness {n} told the court what {n} others had seen of it on day {n}." for n in range(40))
    copies = [
        make_article("one", f"The ferry hit the breakwater. {story}", source="one", published=datetime(2031, 5, 4)),
        make_article("two", f"{story} Some of its crew were hurt.", source="two", published=datetime(2031, 5, 4)),
    ]
    parts = (Query("ferry", "the ferry hit the breakwater"), Query("crew", "some of its crew were hurt"))
    with Archive.open(tmp_path / "copies", HashEncoder(), create=True) as opened:
        opened.update(copies)

        found = find(opened, Query("ferry and crew", "ferry breakwater and crew hurt", parts=parts))

        apart = [order(find(opened, part))[0] for part in parts]

    assert apart == ["one", "two"]
    assert len(order(found)) == 1


def test_neighbours_are_joined_unless_that_is_left_out(archive: Archive) -> None:
    query = Query("council Ostrey money roads", "council Ostrey money roads")

    joined, apart = find(archive, query), find(archive, query, "joining", "diversity")

    longest = [max(len(hit.passage.text) for hit in found.hits) for found in (joined, apart)]
    assert longest[0] > 1.5 * longest[1]
    for hit in joined.hits:
        assert LONG.text[hit.passage.start : hit.passage.end] == hit.passage.text or hit.passage.article_id != "long"


def test_time_of_all_parts_adds_up(archive: Archive) -> None:
    clock = Stopwatch()
    query = Query("ferry", "ferry", parts=(Query("ferry", "ferry"), Query("bridge", "bridge")))

    Finder(archive, OverlapReranker()).find(query, 6, clock)

    seconds = clock.seconds()
    assert list(seconds) == ["total", "retrieve", "rerank"]
    assert seconds["retrieve"] + seconds["rerank"] <= seconds["total"]
