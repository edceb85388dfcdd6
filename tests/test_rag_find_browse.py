"""The newest articles that a filter lets pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from fakes import make_article
from hypothesis import given
from hypothesis import strategies as st

from index.types import EVERYTHING, Filter
from rag.find.browse import by_age, conditions, newest, passes

OLD = make_article("old", "x", source="The Echo", published=datetime(2031, 5, 1))
NEW = make_article("new", "x", source="the echo", published=datetime(2031, 5, 3, tzinfo=UTC))
EAST = make_article("east", "x", published=datetime(2031, 5, 2, 1, tzinfo=timezone(timedelta(hours=9))))
UNDATED = make_article("undated", "x")
ALL = (UNDATED, OLD, NEW, EAST)


def test_the_newest_come_first_and_undated_ones_last() -> None:
    found = newest(ALL, EVERYTHING, 9)

    assert [each.id for each in found.articles] == ["new", "east", "old", "undated"]
    assert newest(ALL, EVERYTHING, 2).articles == found.articles[:2]
    assert newest(ALL, EVERYTHING, 2).passing == 4


def test_a_filter_is_kept_to() -> None:
    def passing(where: Filter) -> list[str]:
        return [each.id for each in ALL if passes(each, where)]

    assert passing(Filter(since=datetime(2031, 5, 2))) == ["undated", "new"]  # in the east it was the day before in UTC
    assert passing(Filter(until=datetime(2031, 5, 2))) == ["undated", "old", "east"]
    assert passing(Filter(sources=("THE ECHO",))) == ["old", "new"]
    assert passing(Filter(articles=("east", "none"))) == ["east"]


def test_each_condition_stands_alone() -> None:
    where = Filter(datetime(2031, 1, 1), None, ("The Echo",), (), ("a b", "c d"))

    assert conditions(where) == (
        Filter(since=datetime(2031, 1, 1)),
        Filter(sources=("The Echo",)),
        Filter(phrases=("a b",)),
        Filter(phrases=("c d",)),
    )
    assert conditions(EVERYTHING) == ()


@given(st.lists(st.none() | st.datetimes(), max_size=8), st.integers(0, 9))
def test_k_are_the_first_of_all(moments: list[datetime | None], k: int) -> None:
    articles = [make_article(str(n), "x", published=moment) for n, moment in enumerate(moments)]

    assert list(newest(reversed(articles), EVERYTHING, k).articles) == sorted(articles, key=by_age)[:k]
