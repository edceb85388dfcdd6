"""Ids or a Filter in, articles and passages out: several at once, each kind by one query. Ranks nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from index.rows import ARTICLE_COLUMNS, article_of, condition_of
from index.types import Article, Filter, Passage


def articles(connection: sqlite3.Connection, article_ids: Sequence[str]) -> dict[str, Article]:
    """Id → article, in the order asked for; unknown ids are left out."""
    query = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    found = {row[0]: article_of(row) for row in connection.execute(query, (json.dumps(article_ids),))}
    return {article_id: found[article_id] for article_id in article_ids if article_id in found}


def newest(connection: sqlite3.Connection, where: Filter, k: int) -> tuple[list[Article], int]:
    """The k newest articles that a filter lets pass, undated ones last, ties by id; and how many pass.

    The filter's phrases, which are of passages, do not count.
    """
    condition, values = condition_of(where)
    passing = f"FROM articles a WHERE 1 {condition}"
    count = connection.execute(f"SELECT count(*) {passing}", values).fetchone()[0]
    order = "ORDER BY a.published_at IS NULL, a.published_at DESC, a.id LIMIT ?"
    rows = connection.execute(f"SELECT {ARTICLE_COLUMNS} {passing} {order}", [*values, k])
    return [article_of(row) for row in rows], count


def passages_of(connection: sqlite3.Connection, article_ids: Sequence[str]) -> dict[str, tuple[Passage, ...]]:
    """Id → all passages of the article, in order; in the order asked for, unknown ids left out."""
    # The text comes with an article's first passage and is cut here: SQLite would count its characters from the
    # beginning for each of them, 17 ms for ten articles with interviews among them.
    query = (
        'SELECT a.id, p.ordinal, p.start, p."end", CASE p.ordinal WHEN 0 THEN a.text END '
        "FROM articles a JOIN passages p ON p.article = a.number "
        "WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id, p.ordinal"
    )
    rows = connection.execute(query, (json.dumps(article_ids),)).fetchall()
    found: dict[str, tuple[Passage, ...]] = {}
    for article_id, own in groupby(rows, key=itemgetter(0)):
        places = list(own)
        text = places[0][-1]
        found[article_id] = tuple(Passage(article_id, n, start, end, text[start:end]) for _, n, start, end, _ in places)
    return {article_id: found[article_id] for article_id in article_ids if article_id in found}


def passages(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Passage]:
    """A passage's own number → the passage, of those that are there."""
    query = (
        'SELECT p.id, a.id, p.ordinal, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start) '
        "FROM passages p JOIN articles a ON a.number = p.article WHERE p.id IN (SELECT value FROM json_each(?))"
    )
    return {row[0]: Passage(*row[1:]) for row in connection.execute(query, (json.dumps(numbers),))}
