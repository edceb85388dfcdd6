"""A path and an encoder's id in, an archive's open SQLite connection out. Knows the layout, not what it is used for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import cast

from index.errors import ArchiveDamaged, ArchiveError, ArchiveLocked, ArchiveMissing, StaleArchive

SCHEMA_VERSION = 3
"""Of schema.sql, and of what is mined from the texts (index/names)."""

_NOTE = "note:"
"""What stands before the names of notes, apart from what the archive says of itself."""

_LOCK_TIMEOUT_SECONDS = 10.0
_CACHE_KIB = 65_536  # SQLite's own 2 MiB do not hold the keys by which copies are found: twice the time to write them


def open_database(path: Path, encoder_id: str, *, create: bool) -> sqlite3.Connection:
    """Open the archive in a file, in autocommit mode and for any thread, or make it.

    Raises:
        ArchiveMissing: There is none, and `create` was not asked for.
        StaleArchive: It was made with another encoder.
        ArchiveDamaged: The file is no archive or cannot be read.
        ArchiveError: Its folder cannot be made.
    """
    if not path.exists() and not create:
        raise _missing(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"{path.parent} cannot be made ({error.strerror}). Name another: --archive FOLDER"
        ) from error
    with in_our_words(path):
        connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, path, encoder_id, create=create)
        except BaseException:
            connection.close()
            raise
    return connection


def fact(connection: sqlite3.Connection, path: Path, key: str) -> str:
    """What the archive in this file says of itself: its "schema", "encoder" or "generation"."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise ArchiveDamaged(f"{path} does not say its {key}. Index the articles again into a new folder.")
    return cast(str, row[0])


def note(connection: sqlite3.Connection, name: str) -> str | None:
    """What was kept with the archive under this name, or None."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_NOTE + name,)).fetchone()
    return None if row is None else str(row[0])


def keep_note(connection: sqlite3.Connection, name: str, text: str | None) -> None:
    """Keep a text with the archive, in place of what was kept under this name; None: nothing any more."""
    if text is None:
        connection.execute("DELETE FROM meta WHERE key = ?", (_NOTE + name,))
    else:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NOTE + name, text))


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """SQLite's errors as ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise ArchiveLocked(
                f"{path} is being written by another process. Wait for it to finish, then try again."
            ) from error
        raise ArchiveDamaged(f"{path} cannot be used: {error}. Check the disk: onrecord doctor") from error
    except sqlite3.DatabaseError as error:
        raise ArchiveDamaged(
            f"{path} is damaged or no archive: {error}. Index the articles again into a new folder."
        ) from error


def _prepare(connection: sqlite3.Connection, path: Path, encoder_id: str, *, create: bool) -> None:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master ORDER BY name")]
    if tables and "meta" not in tables:
        raise ArchiveDamaged(f"{path} is no archive: it holds {tables[0]!r}. Index the articles into another folder.")
    if not tables and not create:  # a first run that was killed leaves an empty file
        raise _missing(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # what is reported as indexed survives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.create_function("casefold", 1, str.casefold, deterministic=True)
    if not tables:
        schema = files("index").joinpath("schema.sql").read_text("utf-8")
        facts = [("schema", SCHEMA_VERSION), ("encoder", encoder_id), ("generation", 0)]
        connection.executescript(f"BEGIN IMMEDIATE; {schema}")
        connection.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in facts])
        connection.execute("COMMIT")
    if (version := fact(connection, path, "schema")) != str(SCHEMA_VERSION):
        raise ArchiveDamaged(
            f"{path} has layout {version}, this onrecord reads {SCHEMA_VERSION}. "
            "Index the articles again into a new folder."
        )
    if (made_with := fact(connection, path, "encoder")) != encoder_id:
        name = made_with.split("@")[0]
        raise StaleArchive(
            f"{path.parent} was built with {made_with}, but {encoder_id} was asked for. "
            f"Ask with --encoder {name}, or index the articles again into another folder."
        )


def _missing(path: Path) -> ArchiveMissing:
    folder = path.parent
    return ArchiveMissing(f"{folder} holds no archive. Make one: onrecord index PATH... --archive {folder}")
