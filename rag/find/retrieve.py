"""A Query in, fused Hits out: nearest vectors and full text joined by rank, copies as one.

Knows nothing about how either list is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, time
from typing import Protocol

from index.types import CopyGroup, Filter, Hit
from rag.find.collapse import collapse
from rag.find.fuse import fuse
from rag.types import Part, Period, Query

LIST_DEPTH = 50
"""How deep each list is read before fusion."""

DEEPEST = 800
"""How deep they are read at the most where copies of few articles fill them."""


class Searchable(Protocol):
    """What retrieval asks of an archive."""

    def nearest(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        """The k passages nearest in meaning, best first."""

    def matching(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        """The k passages that best match the words, best first."""

    def groups_of(self, article_ids: Sequence[str], where: Filter, /) -> Mapping[str, CopyGroup]:
        """Article id → its group of copies, of articles that have one."""


def retrieve(archive: Searchable, query: Query, k: int, *, without: Set[Part] = frozenset()) -> list[Hit]:
    """The k passages that all lists together rank highest, of one article where several are copies of each other.

    Beside the lists over all that may be seen there are lists over what the question asks for: a period, an outlet, a
    phrase. So what it asks for is among the candidates however much else resembles it.

    Args:
        archive: Where to look.
        query: What for; its filter holds for every list.
        k: How many hits at the most.
        without: Lists to leave out.

    Returns:
        Hits of stage "fused", best first; the score is between 0 and 1, 1 for the first of every list.
    """
    depth = max(LIST_DEPTH, k)
    while True:
        lists = [
            hits for where in (query.where, *_focuses(query)) for hits in _lists(archive, query, depth, where, without)
        ]
        hits = fuse(lists)
        found = list(dict.fromkeys(hit.passage.article_id for hit in hits))
        kept = collapse(hits, archive.groups_of(found, query.where))[:k]
        if len(kept) == k or depth >= DEEPEST or all(len(ranked) < depth for ranked in lists):
            return kept
        depth *= 4


def _lists(archive: Searchable, query: Query, depth: int, where: Filter, without: Set[Part]) -> list[list[Hit]]:
    lists = []
    if "dense" not in without:
        lists.append(archive.nearest(query.text, depth, where))
    if "words" not in without:
        lists.append(archive.matching(query.text, depth, where))
    return lists


def _focuses(query: Query) -> list[Filter]:
    """What the question asks for, as narrower filters."""
    focuses = []
    if query.period and query.period.first:
        focuses.append(_within(query.where, query.period))
    if query.outlets:
        focuses.append(replace(query.where, sources=query.outlets))
    if query.phrases:
        focuses.append(replace(query.where, phrases=(*query.where.phrases, *query.phrases)))
    return focuses


def _within(where: Filter, period: Period) -> Filter:
    """The filter with the period's bounds, where they are narrower."""
    since = datetime.combine(period.first, time.min) if period.first else None
    until = datetime.combine(period.last, time.max) if period.last else None
    return replace(
        where,
        since=max(filter(None, (where.since, since)), default=None),
        until=min(filter(None, (where.until, until)), default=None),
    )
