"""Articles, passages, vectors and full text in one SQLite file: the one truth of an archive on one machine.

Every change is one transaction that also raises the generation number; a crash leaves what was committed.
Knows nothing about how texts become vectors.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import cast

import numpy as np

from index.check import problems
from index.dense import DenseIndex, Ids
from index.errors import ArchiveDamaged, ArchiveLocked, ArchiveMissing, StaleArchive
from index.rows import ARTICLE_COLUMNS, article_of, condition_of, row_of
from index.types import Article, Filter, Hit, Matrix, Passage, Stage
from index.words import match_expression

DATABASE = "archive.db"
SCHEMA_VERSION = 1
TITLE_WEIGHT = 0.5  # of a match in the headline against one in the passage; 0-2 tried (docs/LOG.md)
_LOCK_TIMEOUT_SECONDS = 10.0


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
    """

    def __init__(self, folder: Path, encoder_id: str, *, create: bool = False) -> None:
        self._path = folder / DATABASE
        if not self._path.exists() and not create:
            raise ArchiveMissing(f"{folder} holds no archive. Make one: onrecord index PATH... --archive {folder}")
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            self._path, timeout=_LOCK_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
        )
        with self._reading():
            self._prepare(encoder_id)
        self._dense: DenseIndex | None = None

    def _prepare(self, encoder_id: str) -> None:
        connection = self._connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what is reported as indexed survives a power cut
        connection.execute("PRAGMA foreign_keys = ON")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            schema = files("index").joinpath("schema.sql").read_text("utf-8")
            facts = [("schema", SCHEMA_VERSION), ("encoder", encoder_id), ("generation", 0)]
            connection.executescript(f"BEGIN IMMEDIATE; {schema}")
            connection.executemany("INSERT INTO meta VALUES (?, ?)", [(k, str(v)) for k, v in facts])
            connection.execute("COMMIT")
        if (version := self._meta("schema")) != str(SCHEMA_VERSION):
            raise ArchiveDamaged(
                f"{self._path} has layout {version}, this onrecord reads {SCHEMA_VERSION}. "
                "Index the articles again into a new folder."
            )
        if (made_with := self._meta("encoder")) != encoder_id:
            name = made_with.split("@")[0]
            raise StaleArchive(
                f"{self._path.parent} was built with {made_with}, but {encoder_id} was asked for. "
                f"Ask with --encoder {name}, or index the articles again into another folder."
            )

    @property
    def generation(self) -> int:
        """How often this archive was changed; derived files carry the number they were made from."""
        with self._reading():
            return int(self._meta("generation"))

    @property
    def encoder_id(self) -> str:
        """Whose vectors these are."""
        with self._reading():
            return self._meta("encoder")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def add(self, articles: Sequence[Article], passages: Sequence[Passage], vectors: Matrix, /) -> None:
        """Add or replace whole articles with their passages and vectors (row i belongs to passage i), atomically."""
        assert len(passages) == len(vectors), f"{len(passages)} passages, but {len(vectors)} vectors"
        with self._writing() as connection:
            self._delete([article.id for article in articles])
            numbers: dict[str, int] = {}
            for article in articles:
                row = connection.execute(
                    f"INSERT INTO articles ({ARTICLE_COLUMNS}, published_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
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

    def remove(self, article_ids: Sequence[str], /) -> None:
        """Remove articles with all that was derived from them, atomically; unknown ids are ignored."""
        with self._writing():
            self._delete(article_ids)

    def _delete(self, article_ids: Sequence[str]) -> None:
        connection = self._connection
        for article_id in article_ids:
            found = connection.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
            if found:
                # FTS5 with outside content must be told the very words it indexed, before they go.
                connection.execute(
                    "INSERT INTO words (words, rowid, title, text) "
                    "SELECT 'delete', id, title, text FROM passage_words WHERE article = ?",
                    found,
                )
                connection.execute("DELETE FROM articles WHERE number = ?", found)

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
        return self._hits(self._dense.search(vector, k, allowed), "dense")

    def matching(self, words: str, k: int, where: Filter, /) -> list[Hit]:
        """The k passages that best match the words by BM25, best first, ties by article and ordinal."""
        expression = match_expression(words)
        if not expression:
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
        with self._reading():
            if self._dense is None:
                self._dense = DenseIndex(self._path.parent, dim)
            self._dense.refresh(self.generation, self._passage_ids, self._vectors, save=save)

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

    def _meta(self, key: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise ArchiveDamaged(f"{self._path} does not say its {key}. Index the articles again into a new folder.")
        return cast(str, row[0])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, one thread at a time, with SQLite's errors in our words."""
        with self._lock:
            try:
                yield self._connection
            except sqlite3.OperationalError as error:
                if "locked" in str(error):
                    raise ArchiveLocked(
                        f"{self._path} is being written by another process. Wait for it to finish, then try again."
                    ) from error
                raise ArchiveDamaged(
                    f"{self._path} cannot be used: {error}. Check the disk: onrecord doctor"
                ) from error
            except sqlite3.DatabaseError as error:
                raise ArchiveDamaged(
                    f"{self._path} is damaged or no archive: {error}. Index the articles again into a new folder."
                ) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that raises the generation number, or leaves no trace."""
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
