"""An archive's SQLite connection in, what is wrong with it out. Mends nothing."""

from __future__ import annotations

import sqlite3

import numpy as np

from index.names import table as names

_COUNTS = {
    "{n} passages belong to no article": (
        "SELECT count(*) FROM passages p WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.number = p.article)"
    ),
    "{n} passages reach outside their article": (
        "SELECT count(*) FROM passages p JOIN articles a ON a.number = p.article "
        'WHERE p.start < 0 OR p.start >= p."end" OR p."end" > length(a.text)'
    ),
    "{n} articles have passages missing in between": (
        "SELECT count(*) FROM (SELECT 1 FROM passages GROUP BY article HAVING max(ordinal) + 1 <> count(*))"
    ),
    "{n} keys of copies belong to no article": (
        "SELECT count(*) FROM (SELECT article FROM keys UNION ALL SELECT article FROM new_keys) k "
        "WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.number = k.article)"
    ),
    "{n} names are in no article, or in more than there are": (
        "SELECT count(*) FROM (SELECT articles FROM names UNION ALL SELECT articles FROM short_names "
        "UNION ALL SELECT articles FROM name_words UNION ALL SELECT articles FROM small_words) "
        "WHERE articles < 1 OR articles > (SELECT count(*) FROM articles)"
    ),
    "{n} surnames stand for names that are not there": (
        "SELECT count(*) FROM short_names s WHERE NOT EXISTS (SELECT 1 FROM names n WHERE n.folded = s.folded)"
    ),
    "{n} likenesses are not mutual, or of no article": (
        "SELECT count(*) FROM likenesses l "
        "WHERE NOT EXISTS (SELECT 1 FROM likenesses o WHERE o.article = l.other AND o.other = l.article) "
        "OR NOT EXISTS (SELECT 1 FROM articles a WHERE a.number = l.article)"
    ),
    "{n} copies do not resemble their origin, or it is no origin": (
        "SELECT count(*) FROM copies c WHERE c.article <> c.origin "
        "AND NOT EXISTS (SELECT 1 FROM likenesses l WHERE l.article = c.article AND l.other = c.origin) "
        "OR NOT EXISTS (SELECT 1 FROM copies o WHERE o.article = c.origin AND o.origin = c.origin)"
    ),
    "{n} groups of copies have one member": (
        "SELECT count(*) FROM (SELECT 1 FROM copies GROUP BY origin HAVING count(*) = 1)"
    ),
    "{n} newer versions are of another group": (
        "SELECT count(*) FROM copies c WHERE c.newer IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM copies n WHERE n.article = c.newer AND n.origin = c.origin)"
    ),
}
_UNIT_TOLERANCE = 1e-3
_MINED_AGAIN = 200  # articles at most, spread over all: some milliseconds each


def problems(connection: sqlite3.Connection) -> list[str]:
    """Everything found wrong, one sentence each; empty when all is sound."""
    found = [f"SQLite: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    for sentence, query in _COUNTS.items():
        if count := connection.execute(query).fetchone()[0]:
            found.append(sentence.format(n=count))
    return [
        *found,
        *_unsplit(connection),
        *_unnamed(connection),
        *_bad_vectors(connection),
        *_bad_full_text(connection),
    ]


def _unsplit(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT text FROM articles a WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.article = a.number)"
    count = sum(bool(text.strip()) for (text,) in connection.execute(query))  # SQLite's trim knows the space only
    return [f"{count} articles have text but no passage"] if count else []


def _unnamed(connection: sqlite3.Connection) -> list[str]:
    step = 1 + connection.execute("SELECT count(*) FROM articles").fetchone()[0] // _MINED_AGAIN
    rows = connection.execute("SELECT text, language FROM articles WHERE number % ? = 0", (step,)).fetchall()
    count = sum(not names.holds(connection, text, language) for text, language in rows)
    return [f"{count} of {len(rows)} articles speak of names that were not counted"] if count else []


def _bad_vectors(connection: sqlite3.Connection) -> list[str]:
    sizes: set[int] = set()
    bad = 0
    for (blob,) in connection.execute("SELECT vector FROM passages"):
        sizes.add(len(blob))
        length = float(np.linalg.norm(np.frombuffer(blob[: len(blob) // 4 * 4], dtype="<f4")))
        bad += not abs(length - 1.0) <= _UNIT_TOLERANCE  # "not <=" catches NaN too
    found = [f"{bad} vectors are not of length 1"] if bad else []
    if len(sizes) > 1:
        found.append(f"vectors differ in size: {sorted(sizes)} bytes")
    return found


def _bad_full_text(connection: sqlite3.Connection) -> list[str]:
    try:  # rank 1: compare with the passages' text too, not only the index with itself
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError:  # locked or read-only: says nothing about the index
        raise
    except sqlite3.DatabaseError as error:
        return [f"the full-text index does not match the passages ({error})"]
    return []
