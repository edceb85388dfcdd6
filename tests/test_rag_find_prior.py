from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes import make_article
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Hit, Mention, Passage, Stage
from rag.find.prior import FADE_BEFORE_DAYS, LEAST_SHARE, POINTS, favour, unmet
from rag.types import Period, Query

DAY = date(2031, 5, 6)
WEEK = Period("this week", DAY - timedelta(days=7), DAY, 0.9)


def article(key: str, age: int | None, source: str = "") -> Article:
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    return make_article(key, "x", source=source, published=None if age is None else noon - timedelta(days=age))


def shelf(*articles: Article) -> dict[str, Article]:
    return {each.id: each for each in articles}


def hits(*scores: tuple[str, float], stage: Stage = "reranked") -> list[Hit]:
    order = sorted(scores, key=lambda pair: -pair[1])
    return [Hit(Passage(key, 0, 0, 1, "x"), score, n, stage) for n, (key, score) in enumerate(order, start=1)]


def order(found: list[Hit]) -> list[str]:
    return [hit.passage.article_id for hit in found]


def asking(period: Period | None = None, *, outlets: tuple[str, ...] = (), phrases: tuple[str, ...] = ()) -> Query:
    return Query("?", "?", DAY, phrases=phrases, period=period, outlets=outlets)


CASES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.integers(-99, 99).map(lambda tenths: tenths / 10), st.none() | st.integers(0, 4000)),
    max_size=6,
)


@given(CASES, st.booleans(), st.floats(0, 0.99))
def test_all_hits_stay_in_a_total_order_and_the_first_keeps_its_score(
    case: dict[str, tuple[float, int | None]], newest: bool, sureness: float
) -> None:
    given_hits = hits(*((key, score) for key, (score, _) in case.items()))
    articles = shelf(*(article(key, age) for key, (_, age) in case.items()))

    found = favour(given_hits, articles, asking(Period("lately", None, DAY, sureness, newest=newest)))

    assert sorted(order(found)) == sorted(order(given_hits))
    assert [hit.rank for hit in found] == list(range(1, len(found) + 1))
    assert [(-hit.score, key) for hit, key in zip(found, order(found), strict=True)] == sorted(
        (-hit.score, key) for hit, key in zip(found, order(found), strict=True)
    )
    assert all(hit.score == case[hit.passage.article_id][0] for hit in found[:1])


@given(CASES)
def test_a_question_that_asks_for_nothing_leaves_all_as_it_is(case: dict[str, tuple[float, int | None]]) -> None:
    given_hits = hits(*((key, score) for key, (score, _) in case.items()))

    found = favour(given_hits, shelf(*(article(key, age) for key, (_, age) in case.items())), asking())

    assert {hit.passage.article_id: hit.score for hit in found} == {h.passage.article_id: h.score for h in given_hits}


def test_by_hand() -> None:
    articles = shelf(article("old", 7 + 20), article("new", 3))

    found = favour(hits(("old", 2.0), ("new", 0.0)), articles, asking(WEEK))

    faded = math.exp(-20 / FADE_BEFORE_DAYS)
    typical = (1 + faded) / 2 + LEAST_SHARE
    loss = POINTS["reranked"] * (math.log1p(9 * faded / typical) - math.log1p(9 / typical))
    assert order(found) == ["new", "old"]
    assert [hit.score for hit in found] == pytest.approx([0.0, 2.0 + loss])
    assert [hit.why for hit in found] == [(("time", 0.0),), (("time", pytest.approx(loss)),)]


def test_the_surer_the_sooner_the_newer_article_wins() -> None:
    given_hits = hits(("old", 4.0), ("new", 0.5), ("other", 0.0))
    articles = shelf(article("old", 300), article("new", 1), article("other", None))

    def first(sureness: float) -> str:
        return order(favour(given_hits, articles, asking(Period("", WEEK.first, DAY, sureness))))[0]

    assert (first(0.1), first(0.9)) == ("old", "new")


@pytest.mark.parametrize("ages", [(400, 900, 3000), (0, 3, 7)])
def test_where_all_fit_alike_or_none_does_nothing_moves(ages: tuple[int, ...]) -> None:
    articles = shelf(*(article(f"a{n}", age) for n, age in enumerate(ages)))
    given_hits = hits(*((f"a{n}", float(n)) for n in range(len(ages))))

    found = favour(given_hits, articles, asking(WEEK))

    assert order(found) == ["a2", "a1", "a0"]
    assert [hit.score for hit in found] == pytest.approx([2.0, 1.0, 0.0])


def test_an_undated_article_stands_between_those_that_fit_and_those_that_do_not() -> None:
    articles = shelf(article("far", 900), article("near", 2), article("undated", None))

    found = favour(hits(("far", 0.0), ("near", 0.0), ("undated", 0.0)), articles, asking(WEEK))

    assert order(found) == ["near", "undated", "far"]


def test_only_undated_articles_stay_as_they_are() -> None:
    articles = shelf(article("a", None), article("b", None))

    assert [h.score for h in favour(hits(("a", 2.0), ("b", 1.0)), articles, asking(WEEK))] == [2.0, 1.0]


def test_a_passage_that_speaks_of_the_period_fits_it_too() -> None:
    speaks = make_article("speaks", "On 2 May it rained.", published=datetime(2031, 9, 1))
    speaks = replace(speaks, mentions=(Mention(0, 1, date(2031, 5, 2), date(2031, 5, 2)),))
    articles = shelf(speaks, make_article("silent", "It rained.", published=datetime(2031, 9, 1)), article("in", 4))

    found = favour(hits(("speaks", 0.0), ("silent", 3.0), ("in", -9.0)), articles, asking(WEEK))

    assert order(found) == ["speaks", "silent", "in"]


def test_in_a_period_that_is_open_a_day_that_is_spoken_of_says_nothing() -> None:
    speaks = make_article("speaks", "In 2016 it rained.", published=datetime(2031, 5, 4))
    speaks = replace(speaks, mentions=(Mention(0, 1, date(2016, 1, 1), date(2016, 12, 31)),))
    articles = shelf(speaks, article("then", 900))

    before = Period("before last year", None, DAY - timedelta(days=400), 0.4)

    assert order(favour(hits(("speaks", 1.0), ("then", 0.0)), articles, asking(before))) == ["then", "speaks"]


def test_the_newest_report_of_the_same_supersedes_however_old() -> None:
    articles = shelf(article("first", 500), article("second", 480), article("third", 470), article("another", 1))
    given_hits = hits(("first", 6.0), ("second", 5.0), ("third", 4.5), ("another", -8.0))

    found = favour(given_hits, articles, asking(Period("so far", None, DAY, 0.9, newest=True)))

    assert order(found)[0] == "third"
    assert order(found)[-1] == "another"  # newer, but about something else


def test_the_newest_within_a_time_is_not_superseded_by_what_came_after() -> None:
    articles = shelf(article("early", 60), article("in", 50), article("after", 1))
    given_hits = hits(("early", 6.0), ("after", 6.0), ("in", 5.0))
    by_then = Period("by then", None, DAY - timedelta(days=40), 0.9, newest=True)

    assert order(favour(given_hits, articles, asking(by_then))) == ["in", "early", "after"]


def test_reports_follow_what_they_report() -> None:
    articles = shelf(article("before", 20), article("after", 1), article("in", 7))
    then = Period("on that day", DAY - timedelta(days=10), DAY - timedelta(days=7), 0.9)

    found = favour(hits(("before", 0.0), ("after", 0.0), ("in", 0.0)), articles, asking(then))

    assert order(found) == ["in", "after", "before"]


def test_the_outlet_that_was_asked_comes_first_under_any_case_and_as_a_copy() -> None:
    articles = shelf(article("other", 1, "Post"), article("own", 1, "THE HERALD"), article("copy", 1, "Echo"))
    given_hits = [
        *hits(("other", 4.0), ("own", 1.0)),
        Hit(Passage("copy", 0, 0, 1, "x"), 0.5, 3, "reranked", also_in=("The Herald",)),
    ]

    found = favour(given_hits, articles, asking(outlets=("The Herald",)))

    assert order(found) == ["own", "copy", "other"]


def test_a_passage_with_the_phrase_comes_first() -> None:
    articles = shelf(article("a", 1), article("b", 1))
    given_hits = [
        Hit(Passage("a", 0, 0, 9, "way, no, no"), 3.0, 1, "reranked"),
        Hit(Passage("b", 0, 0, 9, "he said: No Way!"), 1.0, 2, "reranked"),
    ]

    assert order(favour(given_hits, articles, asking(phrases=("no way",)))) == ["b", "a"]


def test_points_are_of_the_size_of_the_stage() -> None:
    articles = shelf(article("old", 300), article("new", 1))

    fused = favour(hits(("old", 0.55), ("new", 0.5), stage="fused"), articles, asking(WEEK))
    reranked = favour(hits(("old", 5.5), ("new", 5.0)), articles, asking(WEEK))

    lost = [dict(found[-1].why)["time"] for found in (fused, reranked)]
    assert lost[0] / lost[1] == pytest.approx(POINTS["fused"] / POINTS["reranked"])


def test_nothing_in_nothing_out() -> None:
    assert favour([], {}, asking(WEEK, outlets=("Post",), phrases=("x",))) == []


def test_what_none_of_the_hits_has_is_unmet() -> None:
    articles = shelf(article("old", 300, "Post"), article("older", 400, "Echo"))
    found = hits(("old", 1.0), ("older", 0.0))

    assert unmet(found, articles, asking(WEEK, outlets=("Herald",), phrases=("no way",))) == (
        "time",
        "outlets",
        "phrases",
    )
    assert unmet(found, articles, asking(WEEK, outlets=("post",), phrases=("X",))) == ("time",)
    assert unmet(found, articles, asking(replace(WEEK, newest=True))) == ("time",)


def test_nothing_is_unmet_where_one_hit_fits_or_may_or_no_time_was_named() -> None:
    articles = shelf(article("old", 300), article("new", 1), article("undated", None))

    assert unmet(hits(("old", 1.0), ("new", 0.0)), articles, asking(WEEK)) == ()
    assert unmet(hits(("undated", 1.0)), articles, asking(WEEK)) == ()
    assert unmet(hits(("old", 1.0)), articles, asking(replace(WEEK, words=""))) == ()
    assert unmet(hits(("old", 1.0)), articles, asking()) == ()
