from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import pytest

from index.types import Copy, CopyGroup, Filter, Hit, Passage, Stage
from rag.find.prior import ASKED_FOR
from rag.find.retrieve import LIST_DEPTH, RESERVED, retrieve
from rag.types import Part, Period, Query

Key = tuple[str, int]


def ranked(*keys: Key, stage: Stage = "dense") -> list[Hit]:
    return [Hit(Passage(a, n, 0, 1, "x"), -float(rank), rank, stage) for rank, (a, n) in enumerate(keys, start=1)]


def keys(hits: Sequence[Hit]) -> list[Key]:
    return [(hit.passage.article_id, hit.passage.ordinal) for hit in hits]


@dataclass
class Lists:
    """An archive that gives two fixed lists and remembers what it was asked."""

    dense: list[Hit]
    words: list[Hit]
    groups: Mapping[str, CopyGroup] = field(default_factory=dict)
    asked: list[tuple[str, int, Filter]] = field(default_factory=list)

    def nearest(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        self.asked.append((text, k, where))
        return self.dense[:k]

    def matching(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        self.asked.append((text, k, where))
        return self.words[:k]

    def groups_of(self, article_ids: Sequence[str], where: Filter, /) -> Mapping[str, CopyGroup]:
        return {key: self.groups[key] for key in article_ids if key in self.groups}


def test_both_lists_are_asked_for_the_standalone_text_under_one_filter() -> None:
    where = Filter(sources=("The Ledger",))
    archive = Lists(ranked(("a", 0), ("b", 0), ("c", 0)), ranked(("b", 0), ("d", 0), stage="words"))

    hits = retrieve(archive, Query("it?", "the port it?", where=where), 2)

    assert archive.asked == [("the port it?", LIST_DEPTH, where)] * 2
    assert keys(hits) == [("b", 0), ("a", 0)]


def test_as_many_as_are_asked_for_however_many() -> None:
    archive = Lists(ranked(*(("a", n) for n in range(3 * LIST_DEPTH))), [])

    assert len(retrieve(archive, Query("?", "?"), 2 * LIST_DEPTH)) == 2 * LIST_DEPTH


def test_fewer_than_k_are_all_there_is() -> None:
    assert retrieve(Lists([], []), Query("?", "?"), 5) == []
    assert len(retrieve(Lists(ranked(("a", 0)), []), Query("?", "?"), 5)) == 1


def test_copies_are_brought_together_before_the_cut_and_the_lists_read_deeper_where_they_fill_them() -> None:
    names = [f"copy{n:03}" for n in range(LIST_DEPTH + 10)]
    group = CopyGroup(tuple(Copy(name, "", f"Outlet {name}", None, "copy", 1.0) for name in names))
    dense = ranked(*((name, 0) for name in names), ("other", 0), ("third", 0))
    archive = Lists(dense, [], dict.fromkeys(names, group))

    hits = retrieve(archive, Query("?", "?"), 3)

    assert keys(hits) == [("copy000", 0), ("other", 0), ("third", 0)]
    assert [k for _, k, _ in archive.asked] == [LIST_DEPTH] * 2 + [4 * LIST_DEPTH] * 2
    assert len(hits[0].also_in) == LIST_DEPTH + 9
    assert hits[1].also_in == ()


@pytest.mark.parametrize(("without", "left"), [("dense", "words"), ("words", "dense")])
def test_a_list_can_be_left_out(without: Part, left: str) -> None:
    archive = Lists(ranked(("dense", 0)), ranked(("words", 0), stage="words"))

    assert keys(retrieve(archive, Query("?", "?"), 5, without={without})) == [(left, 0)]


@dataclass
class Outlets(Lists):
    """Gives other lists where an outlet is asked for."""

    of_outlet: list[Hit] = field(default_factory=list)

    def nearest(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        return self.of_outlet[:k] if where.sources else self.dense[:k]


@dataclass
class Dated(Lists):
    """Gives other lists where dated articles are asked for."""

    of_time: list[Hit] = field(default_factory=list)

    def nearest(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        return self.of_time[:k] if where.dated else self.dense[:k]


def test_what_is_asked_for_has_a_share_of_the_places_however_low_it_stands() -> None:
    everything = ranked(*(("a", n) for n in range(LIST_DEPTH)))
    archive = Outlets(everything, [], of_outlet=ranked(*(("b", n) for n in range(LIST_DEPTH))))

    hits = retrieve(archive, Query("?", "?", outlets=("b",)), 10)

    assert pytest.approx(0.3) == RESERVED * ASKED_FOR
    assert keys(hits) == [*(("a", n) for n in range(7)), ("b", 0), ("b", 1), ("b", 2)]
    assert [hit.rank for hit in hits] == list(range(1, 11))
    assert len(retrieve(archive, Query("?", "?"), 9)) == 9


def test_places_that_nothing_asked_for_fills_go_to_the_others() -> None:
    archive = Outlets(ranked(*(("a", n) for n in range(LIST_DEPTH))), [], of_outlet=ranked(("a", 3), ("b", 0)))

    hits = retrieve(archive, Query("?", "?", outlets=("b",)), 9)

    assert keys(hits) == [*(("a", n) for n in range(8)), ("b", 0)]


def test_a_time_that_only_ends_has_places_too() -> None:
    archive = Dated(ranked(("a", 0)), [], of_time=ranked(("b", 0)))
    ends = Period("before March", None, date(2031, 3, 1), 0.9)

    found = retrieve(archive, Query("?", "?", date(2031, 9, 1), period=ends), 30)
    now = retrieve(archive, Query("?", "?", date(2031, 3, 1), period=ends), 30)

    assert [keys(found), keys(now)] == [[("a", 0), ("b", 0)], [("a", 0)]]  # what ends today excludes nothing


def test_the_less_sure_the_fewer_places() -> None:
    everything = ranked(*(("a", n) for n in range(LIST_DEPTH)))
    archive = Dated(everything, [], of_time=ranked(*(("b", n) for n in range(LIST_DEPTH))))

    def share(sureness: float) -> int:
        period = Period("", date(2031, 3, 1), date(2031, 3, 8), sureness)
        return [key for key, _ in keys(retrieve(archive, Query("?", "?", period=period), 30))].count("b")

    assert [share(sureness) for sureness in (0.0, 0.5, 0.9)] == [0, 5, 9]


def test_what_is_asked_for_has_lists_of_its_own_within_the_filter() -> None:
    where = Filter(since=datetime(2031, 3, 1), phrases=("a tax",))
    period = Period("in March", date(2031, 2, 20), date(2031, 3, 31), 0.9)
    archive = Lists([], [])

    retrieve(archive, Query("?", "?", None, where, ("no way",), period, ("The Ledger",)), 5)

    end = datetime.combine(date(2031, 3, 31), time.max)
    assert [asked for _, _, asked in archive.asked[::2]] == [
        where,
        Filter(since=datetime(2031, 3, 1), until=end, phrases=("a tax",), dated=True),
        Filter(since=datetime(2031, 3, 1), sources=("The Ledger",), phrases=("a tax",)),
        Filter(since=datetime(2031, 3, 1), phrases=("a tax", "no way")),
    ]
    assert archive.asked[::2] == archive.asked[1::2]


def test_an_outlet_that_a_question_names_does_not_widen_the_filter() -> None:
    where, archive = Filter(sources=("The Ledger", "The Post")), Lists([], [])

    retrieve(archive, Query("?", "?", where=where, outlets=("The Echo", "the post")), 5)
    assert [asked for _, _, asked in archive.asked[::2]] == [where, Filter(sources=("the post",))]
    archive.asked.clear()
    retrieve(archive, Query("?", "?", where=where, outlets=("The Echo",)), 5)
    assert [asked for _, _, asked in archive.asked[::2]] == [where]


def test_a_period_is_compared_with_moments_of_any_zone() -> None:
    where = Filter(since=datetime(2031, 3, 1, tzinfo=UTC))
    archive = Lists([], [])

    retrieve(archive, Query("?", "?", None, where, period=Period("", date(2031, 2, 20), date(2031, 2, 21), 0.9)), 5)

    end = datetime.combine(date(2031, 2, 21), time.max)  # the filter lets nothing pass, and is no mistake of the user
    assert archive.asked[2][2] == Filter(since=where.since, until=end, dated=True)
