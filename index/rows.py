"""Articles and Filters in, SQLite values and conditions out, and back. Knows nothing about searching."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from index.types import Article, Filter, Mention, Removed

ARTICLE_COLUMNS = (
    "id, title, text, source, authors, published, url, origin, content_hash, language, section, "
    "published_from, published_sure, published_until, given_by, format, removed, mentions"
)
"""The columns of `row_of` (which adds published_at) and `article_of`, in order."""


def row_of(article: Article) -> tuple[object, ...]:
    """An article as the values of ARTICLE_COLUMNS and published_at."""
    published = article.published
    return (
        article.id,
        article.title,
        article.text,
        article.source,
        json.dumps(article.authors, ensure_ascii=False),
        published.isoformat() if published else None,
        article.url,
        article.origin,
        article.content_hash,
        article.language,
        article.section,
        article.published_from,
        article.published_sure,
        article.published_until.isoformat() if article.published_until else None,
        json.dumps(article.given_by),
        article.format,
        json.dumps([(each.kind, each.text, each.at) for each in article.removed], ensure_ascii=False),
        json.dumps([(each.start, each.end, str(each.first), str(each.last)) for each in article.mentions]),
        seconds(published) if published else None,
    )


def article_of(row: Sequence[Any]) -> Article:
    """ARTICLE_COLUMNS as an article."""
    article_id, title, text, source, authors, published, url, origin, content_hash, *details = row
    language, section, published_from, published_sure, published_until, given_by, format, removed, mentions = details
    return Article(
        id=article_id,
        title=title,
        text=text,
        source=source,
        authors=tuple(json.loads(authors)),
        published=datetime.fromisoformat(published) if published else None,
        url=url,
        origin=origin,
        content_hash=content_hash,
        language=language,
        section=section,
        published_from=published_from,
        published_sure=published_sure,
        published_until=datetime.fromisoformat(published_until) if published_until else None,
        given_by=tuple((name, source) for name, source in json.loads(given_by)),
        format=format,
        removed=tuple(Removed(*each) for each in json.loads(removed)),
        mentions=tuple(
            Mention(start, end, date.fromisoformat(first), date.fromisoformat(last))
            for start, end, first, last in json.loads(mentions)
        ),
    )


def seconds(moment: datetime) -> float:
    """Seconds since 1970 UTC; a moment without a zone is taken as UTC, since no better is known."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def condition_of(where: Filter) -> tuple[str, list[object]]:
    """A filter as SQL over `articles a`: ("AND ...", values), or ("", []) when it lets everything pass."""
    terms: list[str] = []
    values: list[object] = []
    for bound, sign in ((where.since, ">="), (where.until, "<=")):
        if bound is not None:
            terms.append(f"AND (a.published_at IS NULL OR a.published_at {sign} ?)")
            values.append(seconds(bound))
    if where.dated:
        terms.append("AND a.published_at IS NOT NULL")
    if where.sources:  # casefold is Python's, lent to SQLite by the store: SQLite's own lower() knows ASCII only
        terms.append(f"AND casefold(a.source) IN ({','.join('?' * len(where.sources))})")
        values += [source.casefold() for source in where.sources]
    if where.languages:
        terms.append(f"AND a.language IN ({','.join('?' * len(where.languages))})")
        values += where.languages
    if where.articles:
        terms.append(f"AND a.id IN ({','.join('?' * len(where.articles))})")
        values += where.articles
    return " ".join(terms), values
