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
from rag.find.fuse import fuse, interleave, ranked
from rag.types import Part, Period, Query

LIST_DEPTH = 50
"""How deep each list is read before fusion."""

RESERVED = 3
"""One place in so many is for what the question asks for beside its words: a day or an outlet is a weaker sign than the
words themselves."""

DEEPEST = 800
"""How deep they are read at the most where copies of few articles fill them."""


Key = tuple[str, int]


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
    phrase. They have a share of the places, so that what is asked for is among the candidates however much else
    resembles it, and cannot take the places of all else.

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
        lists = _lists(archive, query, depth, query.where, without)
        asked = [_lists(archive, query, depth, where, without) for where in _asked_for(query)]
        hits = fuse([_continued(one, [each[n] for each in asked]) for n, one in enumerate(lists)])
        found = list(dict.fromkeys(hit.passage.article_id for hit in hits))
        single = collapse(hits, archive.groups_of(found, query.where))
        if len(single) >= k or depth >= DEEPEST or all(len(ranked) < depth for ranked in lists):
            return _chosen(single, [{_key(hit) for one in each for hit in one} for each in asked], k)
        depth *= 4


def _chosen(hits: Sequence[Hit], asked: Sequence[Set[Key]], k: int) -> list[Hit]:
    """The first k, but a share of the places for what is asked for, however low it stands."""
    kept_free = k // RESERVED if asked else 0
    first, others = hits[: k - kept_free], hits[k - kept_free :]
    wanted = sorted(others, key=lambda hit: -sum(_key(hit) in each for each in asked))  # stable: then as fused
    return ranked(sorted([*first, *wanted[:kept_free]], key=lambda hit: hit.rank))


def _continued(hits: Sequence[Hit], more: Sequence[Sequence[Hit]]) -> list[Hit]:
    """A list with what narrower ones found below it, where it would stand had the list been read to its end."""
    keys = {_key(hit) for hit in hits}
    below = [hit for hit in interleave(more) if _key(hit) not in keys]
    return ranked([*hits, *below])


def _key(hit: Hit) -> Key:
    return hit.passage.article_id, hit.passage.ordinal


def _lists(archive: Searchable, query: Query, depth: int, where: Filter, without: Set[Part]) -> list[list[Hit]]:
    lists = []
    if "dense" not in without:
        lists.append(archive.nearest(query.text, depth, where))
    if "words" not in without:
        lists.append(archive.matching(query.text, depth, where))
    return lists


def _asked_for(query: Query) -> list[Filter]:
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
    """The filter with the period's bounds, where they are narrower; undated articles are of no period."""
    since = datetime.combine(period.first, time.min) if period.first else None
    until = datetime.combine(period.last, time.max) if period.last else None
    return replace(
        where,
        dated=True,
        since=max(filter(None, (where.since, since)), default=None),
        until=min(filter(None, (where.until, until)), default=None),
    )
