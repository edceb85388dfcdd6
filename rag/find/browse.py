"""Articles and a Filter in, the newest that pass out; and which of a filter's conditions keeps nothing."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.rows import seconds
from index.types import Article, Filter


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest articles that pass a filter, undated ones last, ties by id; `passing` counts all that pass."""

    articles: tuple[Article, ...]
    passing: int


def newest(articles: Iterable[Article], where: Filter, k: int) -> Newest:
    """The k newest articles that a filter lets pass; its phrases, which are of passages, do not count.

    Args:
        articles: All of an archive, in any order; read one by one.
        where: What they must pass.
        k: How many at the most.
    """
    passing = 0

    def all_passing() -> Iterator[Article]:
        nonlocal passing
        for article in articles:
            if passes(article, where):
                passing += 1
                yield article

    first = heapq.nsmallest(k, all_passing(), key=by_age)
    return Newest(tuple(first), passing)


def by_age(article: Article) -> tuple[bool, float, str]:
    """What puts the newest article first and undated ones last, ties by id."""
    return article.published is None, -seconds(article.published) if article.published else 0.0, article.id


def passes(article: Article, where: Filter) -> bool:
    """Whether a filter lets an article pass, as the archive's own lists do it."""
    if article.published:
        moment = seconds(article.published)
        if where.since and moment < seconds(where.since):
            return False
        if where.until and moment > seconds(where.until):
            return False
    sources = {source.casefold() for source in where.sources}
    return (not sources or article.source.casefold() in sources) and (
        not where.articles or article.id in where.articles
    )


def conditions(where: Filter) -> tuple[Filter, ...]:
    """Each condition of a filter alone, as a filter: days, outlets, articles, every phrase."""
    alone = (
        Filter(since=where.since, until=where.until),
        Filter(sources=where.sources),
        Filter(articles=where.articles),
        *(Filter(phrases=(phrase,)) for phrase in where.phrases),
    )
    return tuple(each for each in alone if each != Filter())
