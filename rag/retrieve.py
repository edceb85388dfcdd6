"""A Query in, fused Hits out: nearest vectors and full text, joined by rank. Knows nothing about how either is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.types import Filter, Hit
from rag.types import Query

LIST_DEPTH = 50
"""How deep each list is read before fusion."""

RRF_K = 60
"""Cormack, Clarke and Büttcher, "Reciprocal rank fusion", SIGIR 2009: damps the first ranks of a single list."""


class Searchable(Protocol):
    """What retrieval asks of an archive."""

    def nearest(self, text: str, k: int, where: Filter) -> list[Hit]:
        """The k passages nearest in meaning, best first."""

    def matching(self, text: str, k: int, where: Filter) -> list[Hit]:
        """The k passages that best match the words, best first."""


def retrieve(archive: Searchable, query: Query, k: int) -> list[Hit]:
    """The k passages that both lists together rank highest.

    Args:
        archive: Where to look.
        query: What for; its filter holds for both lists.
        k: How many hits at the most.

    Returns:
        Hits of stage "fused", best first; the score is between 0 and 1, 1 for the first of every list.
    """
    depth = max(LIST_DEPTH, k)
    lists = [
        archive.nearest(query.text, depth, query.where),
        archive.matching(query.text, depth, query.where),
    ]
    return fuse(lists)[:k]


def fuse(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Reciprocal rank fusion: a passage's score is the sum over lists of 1 / (RRF_K + rank), scaled to at most 1.

    Args:
        lists: Ranked lists; a passage may stand in several, once in each.

    Returns:
        Every passage once, best first, ties by article and ordinal.
    """
    scores: dict[tuple[str, int], float] = {}
    passages = {(hit.passage.article_id, hit.passage.ordinal): hit.passage for hits in lists for hit in hits}
    for hits in lists:
        for hit in hits:
            key = (hit.passage.article_id, hit.passage.ordinal)
            scores[key] = scores.get(key, 0.0) + (RRF_K + 1) / (RRF_K + hit.rank) / len(lists)
    order = sorted(scores, key=lambda key: (-scores[key], key))
    return [Hit(passages[key], scores[key], rank, "fused") for rank, key in enumerate(order, start=1)]
