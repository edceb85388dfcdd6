"""A Query in, fused Hits out: nearest vectors and full text joined by rank, copies as one.

Knows nothing about how either list is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from index.types import CopyGroup, Filter, Hit
from rag.collapse import collapse
from rag.types import Query

LIST_DEPTH = 50
"""How deep each list is read before fusion."""

DEEPEST = 800
"""How deep they are read at the most where copies of few articles fill them."""

RRF_K = 60
"""Cormack, Clarke and Büttcher, "Reciprocal rank fusion", SIGIR 2009: damps the first ranks of a single list."""


class Searchable(Protocol):
    """What retrieval asks of an archive."""

    def nearest(self, text: str, k: int, where: Filter) -> list[Hit]:
        """The k passages nearest in meaning, best first."""

    def matching(self, text: str, k: int, where: Filter) -> list[Hit]:
        """The k passages that best match the words, best first."""

    def groups_of(self, article_ids: Sequence[str], where: Filter) -> Mapping[str, CopyGroup]:
        """Article id → its group of copies, of articles that have one."""


def retrieve(archive: Searchable, query: Query, k: int) -> list[Hit]:
    """The k passages that both lists together rank highest, of one article where several are copies of each other.

    Args:
        archive: Where to look.
        query: What for; its filter holds for both lists.
        k: How many hits at the most.

    Returns:
        Hits of stage "fused", best first; the score is between 0 and 1, 1 for the first of every list.
    """
    depth = max(LIST_DEPTH, k)
    while True:
        lists = [
            archive.nearest(query.text, depth, query.where),
            archive.matching(query.text, depth, query.where),
        ]
        hits = fuse(lists)
        found = list(dict.fromkeys(hit.passage.article_id for hit in hits))
        kept = collapse(hits, archive.groups_of(found, query.where))[:k]
        if len(kept) == k or depth >= DEEPEST or all(len(ranked) < depth for ranked in lists):
            return kept
        depth *= 4


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
