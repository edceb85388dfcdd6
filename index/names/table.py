"""Texts in, an archive's counts of names out and back: written in the articles' transaction, read by key alone.

What a text adds follows from the text (index/names/mine.py), so it is taken away by mining it again: no list of each
article's names is kept. Whoever changes what is mined raises SCHEMA_VERSION.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from index.names.mine import mine

_UPSERTS = {
    "names": "(folded, spelling, articles) VALUES (?, ?, ?) ON CONFLICT (folded, spelling)",
    "short_names": "(word, folded, articles) VALUES (?, ?, ?) ON CONFLICT (word, folded)",
    "name_words": "(word, spelling, articles, backwards) VALUES (?, ?, ?, ?) ON CONFLICT (word, spelling)",
    "small_words": "(word, articles) VALUES (?, ?) ON CONFLICT (word)",
}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name or a word as most articles write it, and in how many articles it stands, however written."""

    text: str
    articles: int


def add(connection: sqlite3.Connection, texts: Iterable[tuple[str, str]]) -> None:
    """Count the names of (text, language)s that come."""
    _change(connection, texts, 1)


def drop(connection: sqlite3.Connection, texts: Iterable[tuple[str, str]]) -> None:
    """Take the names of (text, language)s that go out of the counts."""
    _change(connection, texts, -1)
    for table in _UPSERTS:
        connection.execute(f"DELETE FROM {table} WHERE articles = 0")


def _change(connection: sqlite3.Connection, texts: Iterable[tuple[str, str]], step: int) -> None:
    counts = {table: Counter[tuple[str, ...]]() for table in _UPSERTS}
    for text, language in texts:
        found = mine(text, language)
        counts["names"].update(found.names.items())
        counts["short_names"].update(found.shorts)
        counts["name_words"].update(found.words.items())
        counts["small_words"].update((word,) for word in found.small)
    for table, upsert in _UPSERTS.items():
        rows = sorted((*key, step * count) for key, count in counts[table].items())  # neighbours share pages
        if table == "name_words":
            rows = [(*row, str(row[0])[::-1]) for row in rows]
        connection.executemany(
            f"INSERT INTO {table} {upsert} DO UPDATE SET articles = articles + excluded.articles", rows
        )


def holds(connection: sqlite3.Connection, text: str, language: str) -> bool:
    """Whether all that a text adds to the counts is in them."""
    found = mine(text, language)
    kept = names(connection, found.names), name_words(connection, found.words), small_words(connection, found.small)
    return [len(own) for own in kept] == [len(found.names), len(found.words), len(found.small)]


def names(connection: sqlite3.Connection, folded: Iterable[str]) -> dict[str, Spelled]:
    """Folded name → how it is written, of those that the archive has."""
    return _spelled(connection, "SELECT folded, spelling, articles FROM names WHERE folded", folded)


def name_words(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, Spelled]:
    """Folded word → how it is written, of those that stand within names."""
    return _spelled(connection, "SELECT word, spelling, articles FROM name_words WHERE word", words)


def small_words(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
    """Folded word → in how many articles it stands in small letters, of those that do."""
    return dict(_rows(connection, "SELECT word, articles FROM small_words WHERE word", words))


def fuller(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """Folded word → the (folded name, articles) that it may stand for, most articles first, ties by name."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for word, name, articles in _rows(connection, "SELECT word, folded, articles FROM short_names WHERE word", words):
        found[word].append((name, articles))
    return {word: sorted(own, key=lambda each: (-each[1], each[0])) for word, own in found.items()}


def alike(connection: sqlite3.Connection, word: str, edits: int) -> tuple[list[str], list[str]]:
    """Words that may be meant by a misspelt one: (within names, in small letters).

    They begin or end like it, and are about as long. With mistakes at both ends nothing is found.
    """
    letters = 2 + edits  # longer words have more to go by, and there are more of them
    begin, end = word[:letters], word[::-1][:letters]
    size = (len(word) - edits, len(word) + edits)
    within = (
        "SELECT word FROM name_words WHERE word >= ?1 AND word < ?2 AND length(word) BETWEEN ?5 AND ?6 UNION "
        "SELECT word FROM name_words WHERE backwards >= ?3 AND backwards < ?4 AND length(word) BETWEEN ?5 AND ?6"
    )
    bounds = (begin, _after(begin), end, _after(end), *size)
    small = "SELECT word FROM small_words WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?"
    return (
        [row[0] for row in connection.execute(within, bounds)],
        [row[0] for row in connection.execute(small, (begin, _after(begin), *size))],
    )


def _after(beginning: str) -> str:
    return beginning + "\U0010ffff"


def _spelled(connection: sqlite3.Connection, query: str, keys: Iterable[str]) -> dict[str, Spelled]:
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, spelling, articles in _rows(connection, query, keys):
        found[key].append((spelling, articles))
    return {
        key: Spelled(min(own, key=lambda each: (-each[1], each[0]))[0], sum(articles for _, articles in own))
        for key, own in found.items()
    }


def _rows(connection: sqlite3.Connection, query: str, keys: Iterable[str]) -> Sequence[Any]:
    asked = json.dumps(list(dict.fromkeys(keys)))
    return connection.execute(f"{query} IN (SELECT value FROM json_each(?))", (asked,)).fetchall()
