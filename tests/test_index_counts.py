"""How many articles an archive has of what: the same as by reading them all. And what a filter lets each search see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from fakes import HashEncoder, make_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.counts import Months, Stats
from index.dates import spans
from index.rows import seconds
from index.types import EVERYTHING, Article, Filter
from rag.bounds import first_moment, last_moment

EAST = timezone(timedelta(hours=9, minutes=30))
TEXT = "The harbour closed."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEncoder(), create=True) as archive:
        yield archive


def articles_at(*moments: datetime | None) -> list[Article]:
    return [make_article(f"a{n:02}", TEXT, published=moment) for n, moment in enumerate(moments)]


def written_in(*languages: str) -> list[Article]:
    return [replace(make_article(f"{code}{n}", TEXT), language=code) for n, code in enumerate(languages)]


def test_months_are_those_of_utc_in_order_and_undated_articles_are_told_apart(archive: Archive) -> None:
    archive.update(
        articles_at(
            datetime(2031, 5, 31, 23, 59, 59, 999_999),
            datetime(2031, 6, 1, 4, tzinfo=EAST),  # 18:30 on 31 May
            datetime(2031, 6, 1),
            None,
            datetime(1969, 12, 31, 23, 59, 59, 999_999),
            datetime(4, 2, 29),
        )
    )

    assert archive.months() == Months(
        ((date(4, 2, 1), 1), (date(1969, 12, 1), 1), (date(2031, 5, 1), 2), (date(2031, 6, 1), 1)), undated=1
    )
    assert archive.months(Filter(since=datetime(2031, 6, 1))) == Months(((date(2031, 6, 1), 1),), undated=1)
    assert archive.months(Filter(articles=("a03",))) == Months((), undated=1)
    assert archive.months(Filter(sources=("nobody",))) == Months()


ANY_MOMENT: st.SearchStrategy[datetime] = st.builds(
    lambda moment, zone: moment.replace(tzinfo=zone),
    st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)),
    st.sampled_from([None, UTC, EAST]),
)
NEAR_THE_END_OF_A_MONTH: st.SearchStrategy[datetime] = st.builds(
    lambda year, month, off: datetime(year, month, 1) + timedelta(microseconds=off),
    st.integers(1900, 2100),
    st.integers(1, 12),
    st.integers(-3, 3),
)
MOMENTS = ANY_MOMENT | NEAR_THE_END_OF_A_MONTH
SOME = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.lists(MOMENTS | st.none(), max_size=8))
@SOME
def test_a_month_counts_what_a_filter_of_its_days_lets_pass(fresh: Callable[[], Path], moments: list[datetime]) -> None:
    with Archive.open(fresh(), HashEncoder(), create=True) as archive:
        archive.update(articles_at(*moments))
        found = archive.months()

        assert sum(articles for _, articles in found.counts) + found.undated == len(moments)
        for month, articles in found.counts:
            first, last = spans.month(month.year, month.month)
            where = Filter(first_moment(first), last_moment(last), dated=True)
            assert (archive.newest(where, 1)[1], archive.months(where)) == (articles, Months(((month, articles),)))


@given(st.lists(st.tuples(MOMENTS | st.none(), st.sampled_from(["", "Echo", "echo", "Écho"])), max_size=8))
@SOME
def test_what_an_archive_holds_is_what_reading_it_tells(
    fresh: Callable[[], Path], given: list[tuple[datetime | None, str]]
) -> None:
    with Archive.open(fresh(), HashEncoder(), create=True) as archive:
        archive.update(
            make_article(f"a{n}", TEXT * 9, source=source, published=at) for n, (at, source) in enumerate(given)
        )
        read = list(archive.articles())
        dated = sorted((each.published for each in read if each.published), key=seconds)
        sources = Counter(each.source for each in read)

        assert archive.stats() == Stats(
            len(given),
            sum(map(len, archive.passages_of([each.id for each in read]).values())),
            tuple(sorted(sources.items(), key=lambda item: (-item[1], item[0]))),
            dated[0] if dated else None,
            dated[-1] if dated else None,
            len(given) - len(dated),
            "hash-encoder@1",
            1 if given else 0,
        )


def test_languages_are_counted_by_code(archive: Archive) -> None:
    archive.update(written_in("en", "de", "", "en"))

    assert list(archive.languages().items()) == [("de", 1), ("en", 2)]


def seen(archive: Archive, where: Filter) -> Sequence[list[str]]:
    """The articles that each way to search finds."""
    searches = (archive.nearest(TEXT, 99, where), archive.matching(TEXT, 99, where))
    newest, passing = archive.newest(where, 99)
    assert passing == len(newest) == archive.months(where).undated
    return [*(sorted({hit.passage.article_id for hit in hits}) for hits in searches), sorted(a.id for a in newest)]


CODES = st.sampled_from(["en", "de", "", "' OR 1=1 --"])


@given(st.lists(CODES, max_size=6), st.lists(CODES, max_size=3, unique=True))
@SOME
def test_every_search_sees_only_the_languages_that_a_filter_lets_pass(
    fresh: Callable[[], Path], codes: list[str], asked: list[str]
) -> None:
    with Archive.open(fresh(), HashEncoder(), create=True) as archive:
        archive.update(written_in(*codes))
        wanted = sorted(f"{code}{n}" for n, code in enumerate(codes) if not asked or code in asked)
        phrase = Filter(phrases=("harbour closed",), languages=tuple(asked))

        assert seen(archive, Filter(languages=tuple(asked))) == [wanted] * 3
        assert seen(archive, phrase) == [wanted] * 3


def test_copies_in_another_language_are_not_seen(archive: Archive) -> None:
    text = " ".join(f"Crew {n} reached the harbour at pier {n * 7} with {n * 3} sailors." for n in range(40))
    archive.update(replace(make_article(name, text, source=name), language=name) for name in ("en", "de"))

    assert [each.article_id for each in archive.groups_of(["en"], EVERYTHING)["en"].members] == ["de", "en"]
    assert [each.article_id for each in archive.groups_of(["en"], Filter(languages=("en",)))["en"].members] == ["en"]
