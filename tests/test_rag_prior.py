from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Hit, Passage
from rag.recent import DECAY_DAYS, favour_recent

DAY = date(2031, 5, 6)
Published = dict[str, datetime | None]


def hits(*scores: tuple[str, float]) -> list[Hit]:
    order = sorted(scores, key=lambda pair: -pair[1])
    return [Hit(Passage(key, 0, 0, 1, "x"), score, n, "reranked") for n, (key, score) in enumerate(order, start=1)]


def days_before(count: float) -> datetime:
    return datetime(DAY.year, DAY.month, DAY.day, 12) - timedelta(days=count)


def order(found: list[Hit]) -> list[str]:
    return [hit.passage.article_id for hit in found]


CASES = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.floats(-10, 10), st.none() | st.integers(0, 4000)), max_size=6
)


@given(CASES, st.none() | st.just(DAY))
def test_strength_zero_changes_nothing(case: dict[str, tuple[float, int | None]], as_of: date | None) -> None:
    given_hits = hits(*((key, score) for key, (score, _) in case.items()))
    published: Published = {key: None if age is None else days_before(age) for key, (_, age) in case.items()}

    assert favour_recent(given_hits, published, as_of=as_of, strength=0) == given_hits


@given(CASES, st.floats(0.1, 5))
def test_undated_hits_keep_their_score_and_dated_ones_never_lose(
    case: dict[str, tuple[float, int | None]], strength: float
) -> None:
    given_hits = hits(*((key, score) for key, (score, _) in case.items()))
    published: Published = {key: None if age is None else days_before(age) for key, (_, age) in case.items()}

    found = favour_recent(given_hits, published, as_of=DAY, strength=strength)

    assert sorted(order(found)) == sorted(order(given_hits))
    assert [hit.rank for hit in found] == list(range(1, len(found) + 1))
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    for hit in found:
        score, age = case[hit.passage.article_id]
        assert hit.score == score if age is None else hit.score >= score


def test_by_hand() -> None:
    found = favour_recent(
        hits(("old", 2.0), ("new", 0.0)),
        {"old": days_before(20), "new": days_before(0)},
        as_of=DAY,
        strength=3.0,
    )

    assert order(found) == ["new", "old"]
    assert [hit.score for hit in found] == pytest.approx([3.0, 2.0 + 3.0 * math.exp(-20 / DECAY_DAYS)])
    assert {hit.stage for hit in found} == {"reranked"}


def test_the_stronger_the_sooner_the_newer_article_wins() -> None:
    given_hits = hits(("old", 2.0), ("new", 0.5), ("other", 0.0))
    published: Published = {"old": days_before(300), "new": days_before(1), "other": None}

    assert order(favour_recent(given_hits, published, as_of=DAY, strength=0.5))[0] == "old"
    assert order(favour_recent(given_hits, published, as_of=DAY, strength=3.0))[0] == "new"


def test_old_archives_keep_their_order_under_todays_date() -> None:
    given_hits = hits(*((f"a{n}", float(-n)) for n in range(8)))
    published: Published = {f"a{n}": datetime(1900 + 3 * n, 1, 1) for n in range(8)}

    found = favour_recent(given_hits, published, as_of=DAY, strength=3.0)

    assert order(found) == order(given_hits)
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in given_hits])


def test_without_a_day_the_newest_of_the_hits_is_now() -> None:
    given_hits = hits(("older", 1.0), ("newest", 0.0))
    published: Published = {"older": datetime(1950, 1, 1), "newest": datetime(1950, 3, 1), "not a hit": days_before(0)}

    assert order(favour_recent(given_hits, published, as_of=None, strength=3.0)) == ["newest", "older"]
    assert order(favour_recent(given_hits, published, as_of=DAY, strength=3.0)) == ["older", "newest"]


def test_nearness_counts_to_both_sides_and_zones_do_not_disturb() -> None:
    published: Published = {
        "before": datetime(2031, 5, 1, tzinfo=UTC),
        "after": datetime(2031, 5, 11, tzinfo=UTC),
        "far": datetime(2030, 1, 1),
    }
    found = favour_recent(hits(("far", 1.0), ("before", 0.0), ("after", 0.0)), published, as_of=DAY, strength=1.0)

    scores = {hit.passage.article_id: hit.score for hit in found}
    assert scores["before"] == scores["after"]


def test_equal_scores_leave_nothing_to_measure_by_and_ties_go_by_name() -> None:
    published: Published = {"a": days_before(9), "b": days_before(0)}

    assert order(favour_recent(hits(("b", 1.0), ("a", 1.0)), published, as_of=DAY, strength=3.0)) == ["a", "b"]


@pytest.mark.parametrize("given_hits", [[], hits(("a", 1.0))])
def test_one_hit_or_none_stays_as_it_is(given_hits: list[Hit]) -> None:
    assert favour_recent(given_hits, {"a": days_before(0)}, as_of=DAY, strength=3.0) == given_hits
