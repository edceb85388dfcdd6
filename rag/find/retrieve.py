"""A Query in, fused Hits out: nearest vectors and full text joined by rank, copies as one.

Knows nothing about how either list is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Protocol

from index.types import CopyGroup, Filter, Hit
from rag.bounds import bounded, first_moment, last_moment
from rag.find.collapse import collapse
from rag.find.fuse import Key, fuse, interleave, key_of, ranked
from rag.find.prior import ASKED_FOR
from rag.types import Part, Period, Query

LIST_DEPTH = 50
"""How deep each list is read before fusion."""

RESERVED = 1 / 3
"""Of the places, times how sure the question is, is for what it asks for beside its words: a day or an outlet is a
weaker sign than the words themselves."""

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
    wishes = _wishes(query)
    reserved = int(k * RESERVED * max((sureness for _, sureness in wishes), default=0.0))
    while True:
        lists = _lists(archive, query, depth, query.where, without)
        asked = [_lists(archive, query, depth, where, without) for where, _ in wishes]
        hits = fuse([_continued(one, [each[n] for each in asked]) for n, one in enumerate(lists)])
        single = without_copies(archive, hits, query.where)
        if len(single) >= k or depth >= DEEPEST or all(len(each) < depth for each in lists):
            return _chosen(single, [{key_of(hit) for one in each for hit in one} for each in asked], k, reserved)
        depth *= 4


def without_copies(archive: Searchable, hits: Sequence[Hit], where: Filter) -> list[Hit]:
    """The hits with one article for each group of copies, as far as a filter lets copies be seen."""
    return collapse(hits, archive.groups_of(list(dict.fromkeys(hit.passage.article_id for hit in hits)), where))


def _chosen(hits: Sequence[Hit], asked: Sequence[Set[Key]], k: int, reserved: int) -> list[Hit]:
    """The first k, but some of the places for what is asked for, however low it stands."""
    first, others = hits[: k - reserved], hits[k - reserved :]
    wanted = sorted(others, key=lambda hit: -sum(key_of(hit) in each for each in asked))  # stable: then as fused
    return ranked(sorted([*first, *wanted[:reserved]], key=lambda hit: hit.rank))


def _continued(hits: Sequence[Hit], more: Sequence[Sequence[Hit]]) -> list[Hit]:
    """A list with what narrower ones found below it, where it would stand had the list been read to its end."""
    keys = {key_of(hit) for hit in hits}
    below = [hit for hit in interleave(more) if key_of(hit) not in keys]
    return ranked([*hits, *below])


def _lists(archive: Searchable, query: Query, depth: int, where: Filter, without: Set[Part]) -> list[list[Hit]]:
    lists = []
    if "dense" not in without:
        lists.append(archive.nearest(query.text, depth, where))
    if "words" not in without:
        lists.append(archive.matching(query.text, depth, where))
    return lists


def _wishes(query: Query) -> list[tuple[Filter, float]]:
    """What the question asks for, as narrower filters, and how sure that is."""
    wishes = []
    if query.period and (query.period.first or query.period.last != query.as_of):
        wishes.append((_within(query.where, query.period), query.period.sureness))
    if outlets := _allowed(query.outlets, query.where):
        wishes.append((replace(query.where, sources=outlets), ASKED_FOR))
    if query.phrases:
        wishes.append((replace(query.where, phrases=(*query.where.phrases, *query.phrases)), ASKED_FOR))
    return wishes


def _allowed(outlets: Sequence[str], where: Filter) -> tuple[str, ...]:
    """Those of the outlets asked for that the filter lets be seen."""
    allowed = {source.casefold() for source in where.sources}
    return tuple(outlet for outlet in outlets if not allowed or outlet.casefold() in allowed)


def _within(where: Filter, period: Period) -> Filter:
    """The filter with the period's bounds, where they are narrower; undated articles are of no period."""
    return bounded(
        replace(where, dated=True),
        since=first_moment(period.first) if period.first else None,
        until=last_moment(period.last) if period.last else None,
    )
