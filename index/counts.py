"""An archive's tables in, how many articles it has of what out: outlets, languages, months. Reads no article's text."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from index.rows import condition_of
from index.types import Filter

# Seconds rounded down, also before 1970: SQLite's dates count milliseconds and would round the end of a month up.
_WHOLE_SECOND = "CAST(a.published_at AS INTEGER) - (a.published_at < CAST(a.published_at AS INTEGER))"


@dataclass(frozen=True, slots=True)
class Stats:
    """What an archive holds.

    Attributes:
        sources: (outlet as written, articles), those with most first, ties by name.
        first: When the earliest article was published.
        last: When the latest one was.
    """

    articles: int
    passages: int
    sources: tuple[tuple[str, int], ...]
    first: datetime | None
    last: datetime | None
    undated: int
    encoder: str
    generation: int


@dataclass(frozen=True, slots=True)
class Months:
    """How many articles were published in each month.

    Attributes:
        counts: (first day of the month, articles), in order, only months that have any. Months are UTC's, as the bounds
            of a Filter are: what a month counts is what a filter of its days lets pass.
        undated: Articles without a date.
    """

    counts: tuple[tuple[date, int], ...] = ()
    undated: int = 0


def months(connection: sqlite3.Connection, where: Filter) -> Months:
    """The months of the articles that a filter lets pass; its phrases, which are of passages, do not count."""
    condition, values = condition_of(where)
    month = f"strftime('%Y-%m-01', {_WHOLE_SECOND}, 'unixepoch')"
    query = f"SELECT {month} AS month, count(*) FROM articles a WHERE 1 {condition} GROUP BY month ORDER BY month"
    rows = connection.execute(query, values).fetchall()
    counts = tuple((date.fromisoformat(month), articles) for month, articles in rows if month is not None)
    return Months(counts, sum(articles for month, articles in rows if month is None))


def sources(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """(Outlet as written, articles), those with most first, ties by name; "" is that of articles without one."""
    query = "SELECT source, count(*) FROM articles GROUP BY source ORDER BY count(*) DESC, source"
    return tuple(connection.execute(query).fetchall())


def languages(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Language as ISO 639-1 → articles, by code; articles whose language cannot be told are left out."""
    query = "SELECT language, count(*) FROM articles WHERE language <> '' GROUP BY language ORDER BY language"
    return dict(connection.execute(query).fetchall())


def passages(connection: sqlite3.Connection) -> int:
    """How many passages there are."""
    count: int = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    return count


def stats(connection: sqlite3.Connection, encoder: str, generation: int) -> Stats:
    """All that an archive holds, with whose vectors they are and how often it was changed."""
    articles, dated = connection.execute("SELECT count(*), count(published_at) FROM articles").fetchone()
    earliest = "SELECT published FROM articles WHERE published_at IS NOT NULL ORDER BY published_at, id LIMIT 1"
    latest = "SELECT published FROM articles WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT 1"
    first, last = (
        datetime.fromisoformat(row[0]) if (row := connection.execute(query).fetchone()) else None
        for query in (earliest, latest)
    )
    undated = articles - dated
    return Stats(articles, passages(connection), sources(connection), first, last, undated, encoder, generation)
