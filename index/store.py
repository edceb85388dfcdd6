"""Articles, passages, vectors and full text in one SQLite file: the one truth of an archive on one machine.

Every change is one transaction that also raises the generation number; a crash leaves what was committed.
Knows nothing about how texts become vectors.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import numpy as np

from index.check import problems
from index.copies import table as copies
from index.database import fact, in_our_words, open_database
from index.dense import DenseIndex, Ids, dense_file
from index.rows import ARTICLE_COLUMNS, article_of, condition_of, row_of
from index.types import Article, CopyGroup, Filter, Hit, Matrix, Passage, Stage
from index.words import match_expression

DATABASE = "archive.db"
TITLE_WEIGHT = 0.5  # of a match in the headline against one in the passage; 0-2 tried (docs/LOG.md)


class SqliteStore:
    """A Store in a folder: SQLite for everything, FAISS beside it for the nearest vectors.

    Args:
        folder: The archive's folder.
        encoder_id: Whose vectors these are; another one than the archive was made with is refused.
        create: Make the archive if there is none.

    Raises:
        ArchiveMissing: Nothing has been indexed there.
        StaleArchive: The archive was made with another encoder.
        ArchiveDamaged: The file is no archive or cannot be read.
        ArchiveError: The folder cannot be made.
    """

    def __init__(self, folder: Path, encoder_id: str, *, create: bool = False) -> None:
        self._path = folder / DATABASE
        self._connection = open_database(self._path, encoder_id, create=create)
        self._lock = threading.RLock()
        self._dense: DenseIndex | None = None

    @property
    def generation(self) -> int:
        """How often this archive was changed; derived files carry the number they were made from."""
        with self._reading():
            return int(fact(self._connection, self._path, "generation"))

    @property
    def encoder_id(self) -> str:
        """Whose vectors these are."""
        with self._reading():
            return fact(self._connection, self._path, "encoder")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def add(self, articles: Sequence[Article], passages: Sequence[Passage], vectors: Matrix, /) -> None:
        """Add or replace whole articles with their passages and vectors (row i belongs to passage i), atomically."""
        assert len(passages) == len(vectors), f"{len(passages)} passages, but {len(vectors)} vectors"
        with self._writing() as connection:
            left = self._delete([article.id for article in articles])
            numbers: dict[str, int] = {}
            placeholders = ",".join("?" * (len(ARTICLE_COLUMNS.split(",")) + 1))
            for article in articles:
                row = connection.execute(
                    f"INSERT INTO articles ({ARTICLE_COLUMNS}, published_at) VALUES ({placeholders})",
                    row_of(article),
                )
                numbers[article.id] = cast(int, row.lastrowid)
            before = connection.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0]
            connection.executemany(
                'INSERT INTO passages (article, ordinal, start, "end", vector) VALUES (?,?,?,?,?)',
                [
                    (numbers[p.article_id], p.ordinal, p.start, p.end, v.astype("<f4").tobytes())
                    for p, v in zip(passages, vectors, strict=True)
                ],
            )
            connection.execute(
                "INSERT INTO words (rowid, title, text) SELECT id, title, text FROM passage_words WHERE id > ?",
                (before,),
            )
            copies.arrange(connection, [*left, *copies.join(connection, list(numbers.values()))])

    def remove(self, article_ids: Sequence[str], /) -> None:
        """Remove articles with all that was derived from them, atomically; unknown ids are ignored."""
        with self._writing() as connection:
            copies.arrange(connection, self._delete(article_ids))

    def _delete(self, article_ids: Sequence[str]) -> list[int]:
        """Returns the numbers of those that resembled what is gone, and are still there."""
        connection = self._connection
        left: set[int] = set()
        for article_id in article_ids:
            found = connection.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
            if found:
                # FTS5 with outside content must be told the very words it indexed, before they go.
                connection.execute(
                    "INSERT INTO words (words, rowid, title, text) "
                    "SELECT 'delete', id, title, text FROM passage_words WHERE article = ?",
                    found,
                )
                left = (left | set(copies.leave(connection, *found))) - {*found}
                connection.execute("DELETE FROM articles WHERE number = ?", found)
        return sorted(left)

    def article(self, article_id: str, /) -> Article | None:
        """The article with this id, or None."""
        with self._reading() as connection:
            query = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?"
            row = connection.execute(query, (article_id,)).fetchone()
        return article_of(row) if row else None

    def articles(self) -> Iterator[Article]:
        """Every article, ordered by id."""
        after = ""
        while True:  # by pages, so that nothing stays locked while the caller thinks
            query = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id > ? ORDER BY id LIMIT 200"
            with self._reading() as connection:
                rows = connection.execute(query, (after,)).fetchall()
            if not rows:
                return
            yield from map(article_of, rows)
            after = rows[-1][0]

    def known(self) -> dict[str, tuple[str, str]]:
        """Every article's id → (origin, content hash)."""
        with self._reading() as connection:
            rows = connection.execute("SELECT id, origin, content_hash FROM articles ORDER BY id").fetchall()
        return {row[0]: (row[1], row[2]) for row in rows}

    def names(self) -> list[tuple[str, str, str | None]]:
        """Every article's (id, origin, url), ordered by id."""
        with self._reading() as connection:
            return connection.execute("SELECT id, origin, url FROM articles ORDER BY id").fetchall()

    def outlets(self) -> dict[str, int]:
        """Every outlet → how many articles it has; by name."""
        with self._reading() as connection:
            query = "SELECT source, count(*) FROM articles WHERE source <> '' GROUP BY source ORDER BY source"
            return dict(connection.execute(query).fetchall())

    def groups_of(self, article_ids: Sequence[str], where: Filter, /) -> dict[str, CopyGroup]:
        """Article id → its group of copies, of articles that have one, as far as the filter lets it be seen."""
        with self._reading() as connection:
            return copies.groups_of(connection, article_ids, where)

    def groups(self) -> Iterator[CopyGroup]:
        """Every group of copies, ordered by the id of its origin."""
        with self._reading() as connection:
            origins = copies.origins(connection)
        for origin in origins:  # one at a time, so that nothing stays locked while the caller thinks
            with self._reading() as connection:
                group = copies.group_at(connection, origin)
            if group.members:
                yield group

    def copy_counts(self) -> tuple[int, int]:
        """How many groups of copies there are, and how many articles in them beside the origins."""
        with self._reading() as connection:
            return copies.counts(connection)

    def passage_count(self) -> int:
        """How many passages there are."""
        with self._reading() as connection:
            return cast(int, connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def check(self) -> list[str]:
        """Everything found wrong, one sentence each; empty when all is sound."""
        with self._reading() as connection:
            return problems(connection)

    def nearest(self, vector: Matrix, k: int, where: Filter, /) -> list[Hit]:
        """The k passages nearest to a (dim,) unit vector by inner product, best first, ties by article and ordinal."""
        self.refresh_dense(vector.shape[-1], save=False)
        assert self._dense is not None
        condition, values = condition_of(where)
        allowed = None
        if condition:
            query = f"SELECT p.id FROM passages p JOIN articles a ON a.number = p.article WHERE 1 {condition}"
            allowed = self._ids(query, values)
        return self._hits(self._dense.search(vector, k, allowed), "dense")[:k]

    def matching(self, words: str, k: int, where: Filter, /) -> list[Hit]:
        """The k passages that best match the words by BM25, best first, ties by article and ordinal."""
        expression = match_expression(words)
        if not expression or k <= 0:
            return []
        condition, values = condition_of(where)
        query = (
            f"SELECT words.rowid, -bm25(words, {TITLE_WEIGHT}, 1.0) AS score FROM words "
            "JOIN passages p ON p.id = words.rowid JOIN articles a ON a.number = p.article "
            f"WHERE words MATCH ? {condition} ORDER BY score DESC, a.id, p.ordinal LIMIT ?"
        )
        with self._reading() as connection:
            found = connection.execute(query, (expression, *values, k)).fetchall()
        return self._hits(found, "words")

    def refresh_dense(self, dim: int, *, save: bool) -> None:
        """Bring the FAISS index to this generation, from the stored vectors; nothing is encoded again.

        Args:
            dim: Length of a vector.
            save: Write it to the folder too, so that the next process starts at once.
        """
        with self._reading() as connection:
            if self._dense is None:
                self._dense = DenseIndex(self._path.parent, dim)
            connection.execute("BEGIN")  # all of one moment, whatever another process writes meanwhile
            try:
                self._dense.refresh(self._state(), self._passage_ids, self._vectors, save=save)
            finally:
                connection.execute("COMMIT")

    def dense_is_saved(self) -> bool:
        """Whether the folder holds the FAISS index of this generation."""
        with self._reading():
            return dense_file(self._path.parent, self._state()).exists()

    def _state(self) -> str:
        """The generation, and a number that no other archive and no restored copy has at that generation."""
        mark = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return f"{fact(self._connection, self._path, 'generation')}-{mark:08x}"

    def _hits(self, found: Sequence[tuple[int, float]], stage: Stage) -> list[Hit]:
        with self._reading() as connection:
            rows = {
                row[0]: Passage(*row[1:])
                for row in connection.execute(
                    'SELECT p.id, a.id, p.ordinal, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start) '
                    "FROM passages p JOIN articles a ON a.number = p.article "
                    f"WHERE p.id IN ({','.join('?' * len(found))})",
                    [number for number, _ in found],
                )
            }
        scored = [(rows[number], score) for number, score in found if number in rows]
        scored.sort(key=lambda pair: (-pair[1], pair[0].article_id, pair[0].ordinal))
        return [Hit(passage, score, rank, stage) for rank, (passage, score) in enumerate(scored, start=1)]

    def _ids(self, query: str, values: Sequence[object] = ()) -> Ids:
        with self._reading() as connection:
            return np.array([row[0] for row in connection.execute(query, values)], dtype=np.int64)

    def _passage_ids(self) -> Ids:
        return self._ids("SELECT id FROM passages ORDER BY id")

    def _vectors(self, ids: Ids) -> Matrix:
        with self._reading() as connection:
            query = "SELECT vector FROM passages WHERE id = ?"
            rows = [connection.execute(query, (int(number),)).fetchone()[0] for number in ids]
        return np.frombuffer(b"".join(rows), dtype="<f4").reshape(len(rows), -1).astype(np.float32)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, one thread at a time, with SQLite's errors in our words."""
        with self._lock, in_our_words(self._path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that raises the generation number, or leaves no trace."""
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
                connection.execute(f"PRAGMA user_version = {secrets.randbits(31)}")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
                raise
