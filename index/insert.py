"""Articles with their passages and vectors in, rows of an archive's tables out. The transaction is the caller's."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import cast

from index import fulltext
from index.rows import ARTICLE_COLUMNS, row_of
from index.types import Article, Matrix, Passage


def articles(connection: sqlite3.Connection, new: Sequence[Article]) -> dict[str, int]:
    """Write articles that are not there. Returns id → number of the row."""
    placeholders = ",".join("?" * (len(ARTICLE_COLUMNS.split(",")) + 1))
    query = f"INSERT INTO articles ({ARTICLE_COLUMNS}, published_at) VALUES ({placeholders})"
    return {article.id: cast(int, connection.execute(query, row_of(article)).lastrowid) for article in new}


def passages(connection: sqlite3.Connection, numbers: dict[str, int], new: Sequence[Passage], vectors: Matrix) -> None:
    """Write the passages of articles by their rows' numbers, each with its vector, and take up their words."""
    before = connection.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0]
    connection.executemany(
        'INSERT INTO passages (article, ordinal, start, "end", vector) VALUES (?,?,?,?,?)',
        [
            (numbers[p.article_id], p.ordinal, p.start, p.end, v.astype("<f4").tobytes())
            for p, v in zip(new, vectors, strict=True)
        ],
    )
    fulltext.add(connection, before)
