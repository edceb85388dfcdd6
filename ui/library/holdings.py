"""An archive in, what its library tells of it out: how much of what it holds, and the articles somebody looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.errors import UsageError
from index.types import EVERYTHING
from rag.plan.operators import read_operators

if TYPE_CHECKING:
    from index.archive import Archive
    from index.counts import Months, Stats
    from index.types import Article

LISTED = 50
"""Articles shown at once; who looks for another one types more."""

PASSAGES = 500
"""Of those that match some words, how many are looked at for their articles."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much an archive holds: in all, by outlet as most articles write it, by month."""

    stats: Stats
    outlets: Mapping[str, int]
    months: Months


@dataclass(frozen=True, slots=True)
class Listing:
    """Some articles of an archive.

    Attributes:
        typed: What was looked for; "" for the newest.
        articles: Those found, the newest or the best first, LISTED at most.
        total: How many there are; None: more than were looked at.
        is_new: Whether they are those that have just been added.
        trouble: Why nothing could be looked for, in one line.
    """

    typed: str
    articles: tuple[Article, ...]
    total: int | None
    is_new: bool = False
    trouble: str = ""


def holdings(archive: Archive) -> Holdings:
    """What is in an archive, without reading its articles."""
    return Holdings(archive.stats(), archive.outlets(), archive.months())


def listing(archive: Archive, typed: str = "") -> Listing:
    """The articles that somebody means.

    Args:
        archive: Where to look.
        typed: Words, with operators such as source:herald or after:2025 or without; operators alone list the newest;
            an id, an address or a file's name finds what goes by it; nothing lists the newest of all.
    """
    typed = " ".join(typed.split())
    if typed and (ids := archive.named(typed)):
        return replace(_listed(archive, ids), typed=typed)
    try:
        wish = read_operators(typed, archive.outlets(), EVERYTHING)
    except UsageError as error:
        return Listing(typed, (), 0, trouble=str(error))
    if not wish.text:
        articles, total = archive.newest(wish.where, LISTED)
        return Listing(typed, tuple(articles), total)
    hits = archive.matching(wish.text, PASSAGES, wish.where)
    found = list(dict.fromkeys(hit.passage.article_id for hit in hits))
    total_known = len(found) if len(hits) < PASSAGES else None
    return Listing(typed, tuple(archive.articles_by_id(found[:LISTED]).values()), total_known)


def added(archive: Archive, article_ids: Sequence[str]) -> Listing:
    """The articles that have just been added."""
    return replace(_listed(archive, article_ids), is_new=True)


def _listed(archive: Archive, article_ids: Sequence[str]) -> Listing:
    return Listing("", tuple(archive.articles_by_id(article_ids[:LISTED]).values()), len(article_ids))
