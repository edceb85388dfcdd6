from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Hit, Passage, Stage
from rag.find.fuse import RRF_K, fuse, interleave

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


def test_a_hit_tells_its_best_rank_of_each_kind_of_list() -> None:
    first, _ = fuse([ranked(("a", 0)), ranked(("b", 0), ("a", 0), stage="words"), ranked(("b", 0), ("a", 0))])

    assert first.passage.article_id == "a"
    assert first.why == (("dense", 1), ("words", 2), ("fused", first.score))


def test_lists_take_turns_and_a_passage_stands_where_it_is_first() -> None:
    lists = [ranked(("a", 0), ("b", 0), ("c", 0)), ranked(("b", 0), ("d", 0)), []]

    hits = interleave(lists)

    assert keys(hits) == [("a", 0), ("b", 0), ("d", 0), ("c", 0)]
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert [hit.score for hit in hits] == [-1.0, -1.0, -2.0, -3.0]


def test_what_scores_too_little_passes_its_turn_on() -> None:
    lists = [ranked(("a", 0), ("b", 0), ("c", 0)), ranked(("d", 0), ("e", 0))]

    assert keys(interleave(lists, least=-1.5)) == [("a", 0), ("d", 0), ("b", 0), ("e", 0), ("c", 0)]


@given(LISTS)
def test_taking_turns_loses_nothing_and_gives_each_list_its_share(lists: list[list[Hit]]) -> None:
    hits = interleave(lists)

    assert sorted(keys(hits)) == sorted({key for one in lists for key in keys(one)})
    for one in lists:
        for place, key in enumerate(keys(one)):
            assert keys(hits).index(key) < (place + 1) * len(lists)
