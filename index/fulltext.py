"""Passages of an archive in, those that hold words or phrases out: the FTS5 table `words` and all that is asked of it.

FTS5 with outside content keeps the index alone: the texts stay where they are, in the articles (index/schema.sql).
"""

from __future__ import annotations

import sqlite3

from index.rows import condition_of
from index.types import Filter
from index.words import match_expression, phrase_expression

TITLE_WEIGHT = 1.0  # of a match in the headline against one in the passage; 0.25-2 tried (docs/LOG.md)
ABOUT_WEIGHT = 1.0
"""Of a match in outlet, authors and section. With the date of publication in words, less was found: a question's "2019"
is as often the year of what happened (docs/LOG.md)."""

_COLUMNS = "title, text, about"
_PASSAGES = "words JOIN passages p ON p.id = words.rowid JOIN articles a ON a.number = p.article"


def add(connection: sqlite3.Connection, after: int) -> None:
    """Take up the passages whose ids are above a number."""
    query = f"INSERT INTO words (rowid, {_COLUMNS}) SELECT id, {_COLUMNS} FROM passage_words WHERE id > ?"
    connection.execute(query, (after,))


def drop(connection: sqlite3.Connection, article: int) -> None:
    """Forget an article's passages, before they go: FTS5 must be told the very words that it took up."""
    query = (
        f"INSERT INTO words (words, rowid, {_COLUMNS}) "
        f"SELECT 'delete', id, {_COLUMNS} FROM passage_words WHERE article = ?"
    )
    connection.execute(query, (article,))


def matching(connection: sqlite3.Connection, text: str, k: int, where: Filter) -> list[tuple[int, float]]:
    """The ids of the k passages that best match the words of a text, with BM25 (higher is better), best first.

    With phrases in the filter every passage that holds them is a match, and those that hold more of the words are
    better ones.
    """
    any_word, phrases = match_expression(text), phrase_expression(where.phrases)
    expression = f"({phrases}) AND ({any_word or phrases} OR {phrases})" if phrases else any_word
    if not expression or k <= 0:
        return []
    condition, values = condition_of(where)
    query = (
        f"SELECT words.rowid, -bm25(words, {TITLE_WEIGHT}, 1.0, {ABOUT_WEIGHT}) AS score FROM {_PASSAGES} "
        f"WHERE words MATCH ? {condition} ORDER BY score DESC, a.id, p.ordinal LIMIT ?"
    )
    return connection.execute(query, (expression, *values, k)).fetchall()


def allowed(connection: sqlite3.Connection, where: Filter) -> list[int] | None:
    """The ids of the passages that a filter lets pass; None: all."""
    condition, values = condition_of(where)
    if phrases := phrase_expression(where.phrases):
        query = f"SELECT p.id FROM {_PASSAGES} WHERE words MATCH ? {condition}"
        values = [phrases, *values]
    elif condition:
        query = f"SELECT p.id FROM passages p JOIN articles a ON a.number = p.article WHERE 1 {condition}"
    else:
        return None
    return [row[0] for row in connection.execute(query, values)]


def knows(connection: sqlite3.Connection, word: str) -> bool:
    """Whether any passage or headline has a word, as full text compares words."""
    query = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
    return connection.execute(query, (phrase_expression([word]) or '""',)).fetchone() is not None
