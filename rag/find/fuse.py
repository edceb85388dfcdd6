"""Ranked lists in, one ranked list out. Knows nothing about how the lists were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from index.types import Hit

RRF_K = 60
"""Cormack, Clarke and Büttcher, "Reciprocal rank fusion", SIGIR 2009: damps the first ranks of a single list."""


Key = tuple[str, int]
"""What tells passages apart: article and ordinal."""


def fuse(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Reciprocal rank fusion: a passage's score is the sum over lists of 1 / (RRF_K + rank), scaled to at most 1.

    Args:
        lists: Ranked lists; a passage may stand in several, once in each.

    Returns:
        Every passage once, best first, ties by article and ordinal; 1 is the first of every list.
    """
    scores: dict[Key, float] = {}
    best: dict[Key, dict[str, float]] = {}
    passages = {key_of(hit): hit.passage for hits in lists for hit in hits}
    for hits in lists:
        for hit in hits:
            key = key_of(hit)
            scores[key] = scores.get(key, 0.0) + (RRF_K + 1) / (RRF_K + hit.rank) / len(lists)
            ranks = best.setdefault(key, {})
            ranks[hit.stage] = min(hit.rank, ranks.get(hit.stage, hit.rank))
    order = sorted(scores, key=lambda key: (-scores[key], key))
    return [
        Hit(passages[key], scores[key], rank, "fused", why=(*sorted(best[key].items()), ("fused", scores[key])))
        for rank, key in enumerate(order, start=1)
    ]


def interleave(lists: Sequence[Sequence[Hit]], *, least: float = -inf) -> list[Hit]:
    """The best of each list in turn, then the second best of each; a passage that stands in several, where it is first.

    Scores of different questions are not of one measure: each hit keeps the score that it has in its own list.

    Args:
        lists: Ranked lists, of one stage.
        least: What scores less has no turn, and comes after all that has.

    Returns:
        Every passage once, ranked anew.
    """
    turns = [hits[place] for place in range(max(map(len, lists), default=0)) for hits in lists if place < len(hits)]
    order: dict[Key, Hit] = {}
    for hit in sorted(turns, key=lambda hit: hit.score < least):  # stable
        order.setdefault(key_of(hit), hit)
    return ranked(list(order.values()))


def key_of(hit: Hit) -> Key:
    """The passage of a hit, by article and ordinal; keys in order settle ties."""
    return hit.passage.article_id, hit.passage.ordinal


def ranked(hits: Sequence[Hit]) -> list[Hit]:
    """The hits with their places in this order as ranks."""
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits, start=1)]
