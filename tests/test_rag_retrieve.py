from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Copy, CopyGroup, Filter, Hit, Passage, Stage
from rag.retrieve import LIST_DEPTH, RRF_K, fuse, retrieve
from rag.types import Query

Key = tuple[str, int]


def ranked(*keys: Key, stage: Stage = "dense") -> list[Hit]:
    return [Hit(Passage(a, n, 0, 1, "x"), -float(rank), rank, stage) for rank, (a, n) in enumerate(keys, start=1)]


def keys(hits: Sequence[Hit]) -> list[Key]:
    return [(hit.passage.article_id, hit.passage.ordinal) for hit in hits]


LISTS = st.lists(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), unique=True, max_size=8).map(lambda ks: ranked(*ks)),
    max_size=4,
)


def test_fusion_by_hand() -> None:
    fused = fuse([ranked(("a", 0), ("b", 0), ("c", 0)), ranked(("c", 0), ("a", 0))])

    assert RRF_K == 60
    assert keys(fused) == [("a", 0), ("c", 0), ("b", 0)]
    assert [hit.score for hit in fused] == pytest.approx(
        [61 / 2 * (1 / 61 + 1 / 62), 61 / 2 * (1 / 63 + 1 / 61), 61 / 2 / 62]
    )
    assert [hit.rank for hit in fused] == [1, 2, 3]
    assert {hit.stage for hit in fused} == {"fused"}


def test_the_first_of_every_list_scores_one() -> None:
    assert [hit.score for hit in fuse([ranked(("a", 0)), ranked(("a", 0))])] == [1.0]


def test_nothing_in_nothing_out() -> None:
    assert fuse([]) == []
    assert fuse([[], []]) == []


def test_ties_go_by_article_and_ordinal() -> None:
    fused = fuse([ranked(("b", 0)), ranked(("a", 2)), ranked(("a", 1))])

    assert keys(fused) == [("a", 1), ("a", 2), ("b", 0)]


@given(LISTS)
def test_every_passage_once_in_a_total_order(lists: list[list[Hit]]) -> None:
    fused = fuse(lists)

    assert sorted(keys(fused)) == sorted({key for hits in lists for key in keys(hits)})
    assert [hit.rank for hit in fused] == list(range(1, len(fused) + 1))
    assert [(-hit.score, *key) for hit, key in zip(fused, keys(fused), strict=True)] == sorted(
        (-hit.score, *key) for hit, key in zip(fused, keys(fused), strict=True)
    )
    assert all(0 < hit.score <= 1 + 1e-12 for hit in fused)


@given(LISTS)
def test_a_passage_ranked_better_in_every_list_never_ends_lower(lists: list[list[Hit]]) -> None:
    order = keys(fuse(lists))
    ranks = [{key: hit.rank for key, hit in zip(keys(hits), hits, strict=True)} for hits in lists]
    for above in order:
        for below in order:
            if all(below not in rank or (above in rank and rank[above] < rank[below]) for rank in ranks):
                assert above == below or order.index(above) < order.index(below)


@dataclass
class Lists:
    """An archive that gives two fixed lists and remembers what it was asked."""

    dense: list[Hit]
    words: list[Hit]
    groups: Mapping[str, CopyGroup] = field(default_factory=dict)
    asked: list[tuple[str, int, Filter]] = field(default_factory=list)

    def nearest(self, text: str, k: int, where: Filter) -> list[Hit]:
        self.asked.append((text, k, where))
        return self.dense[:k]

    def matching(self, text: str, k: int, where: Filter) -> list[Hit]:
        self.asked.append((text, k, where))
        return self.words[:k]

    def groups_of(self, article_ids: Sequence[str], where: Filter) -> Mapping[str, CopyGroup]:
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
