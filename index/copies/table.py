"""An archive's articles in, groups of copies out: the tables, written in the transaction that writes the articles.

The tables (index/schema.sql): sketches and keys find pairs that may be alike, likenesses keep those that are, copies
says where each article stands. What each article adds follows from the texts alone, whatever the order they come in.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import chain
from typing import Any

from index.address import canonical_url
from index.copies.likeness import BANDS_SHARED, Sketch, Wording, keys, promising, shares, sketch, wording
from index.copies.roles import Member, Shares, credit_lines, outlet, places
from index.rows import condition_of
from index.types import EVERYTHING, Copy, CopyGroup, Filter

MOST_COMPARED = 500
"""Articles compared with a new one, those that share most keys first. Only where more texts than this are nearly the
same may it matter in which order they came; without an end, each would cost more than the one before."""

TABLES = ("keys", "new_keys")
SETTLED_EVERY = 4_096
"""Articles whose keys wait in a small table before they are spread over the large one: there each of them is on another
page, and with 20,000 articles in batches of 64 2,750 MB would be written instead of 910."""

CREDITING = ("credit", "header", "copyright", "contact")
"""Removed lines that may name an agency."""


def leave(connection: sqlite3.Connection, number: int) -> list[int]:
    """Forget an article, before its row goes. Returns those that resembled it: their groups must be `arrange`d."""
    query = (
        "SELECT s.phrases, s.hashes, a.url FROM sketches s JOIN articles a ON a.number = s.article WHERE article = ?"
    )
    if (row := connection.execute(query, (number,)).fetchone()) is None:
        return []
    given = [(key, number) for key in _keys(Sketch(*row[:2]), _page(row[2]))]
    for table in TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE key = ? AND article = ?", given)
    left = [row[0] for row in connection.execute("SELECT other FROM likenesses WHERE article = ?", (number,))]
    pairs = [pair for other in left for pair in ((number, other), (other, number))]
    connection.executemany("DELETE FROM likenesses WHERE article = ? AND other = ?", pairs)
    return left


def join(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[int]:
    """Find what new articles resemble, each other included. Returns all concerned: their groups must be `arrange`d."""
    texts = _Texts(connection)
    sketches = {number: sketch(words) for number in numbers if (words := texts.wording(number)) is not None}
    given = {number: _keys(own, texts.page(number)) for number, own in sketches.items()}
    found: list[tuple[int, int, float]] = []
    for number, others in _candidates(connection, given).items():
        for other in _likely(connection, sketches, number, others):
            if both := texts.shares(number, other):
                found += [(number, other, both[0]), (other, number, both[1])]
    connection.executemany(
        "INSERT INTO sketches (article, phrases, hashes) VALUES (?, ?, ?)",
        [(number, own.phrases, own.hashes) for number, own in sketches.items()],
    )
    rows = sorted((key, number) for number, own in given.items() for key in own)  # neighbours share pages of the file
    connection.executemany("INSERT INTO new_keys (key, article) VALUES (?, ?)", rows)
    if numbers and numbers[-1] // SETTLED_EVERY > (numbers[0] - 1) // SETTLED_EVERY:
        connection.execute("INSERT INTO keys (key, article) SELECT key, article FROM new_keys")
        connection.execute("DELETE FROM new_keys")
    connection.executemany("INSERT INTO likenesses (article, other, share) VALUES (?, ?, ?)", found)
    return [number for number, _, _ in found]


def arrange(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Group anew the articles named and all that they are connected with; only after the articles are written."""
    done: set[int] = set()
    for number in sorted(set(numbers)):
        if number in done:
            continue
        connected, likenesses = _connected(connection, number)
        done.update(connected)
        connection.executemany("DELETE FROM copies WHERE article = ?", [(each,) for each in connected])
        members = [_member(connection, each) for each in connected] if len(connected) > 1 else []
        connection.executemany(
            "INSERT INTO copies (article, origin, newer) VALUES (?, ?, ?)",
            [(place.number, place.origin, place.newer) for place in places(members, likenesses)],
        )


def groups_of(
    connection: sqlite3.Connection, article_ids: Sequence[str], where: Filter = EVERYTHING
) -> dict[str, CopyGroup]:
    """Article id → its group, of articles that have one, as far as the filter lets it be seen."""
    marks = ",".join("?" * len(article_ids))
    query = f"SELECT DISTINCT c.origin FROM copies c JOIN articles a ON a.number = c.article WHERE a.id IN ({marks})"
    found: dict[str, CopyGroup] = {}
    for (origin,) in connection.execute(query, article_ids).fetchall():
        group = _group(connection, origin, where)
        found |= {member.article_id: group for member in group.members}
    return {article_id: found[article_id] for article_id in article_ids if article_id in found}


def origins(connection: sqlite3.Connection) -> list[int]:
    """The number of every group's origin, by its id."""
    query = (
        "SELECT a.number FROM copies c JOIN articles a ON a.number = c.article WHERE c.article = c.origin ORDER BY a.id"
    )
    return [row[0] for row in connection.execute(query)]


def group_at(connection: sqlite3.Connection, origin: int) -> CopyGroup:
    """The whole group of an origin."""
    return _group(connection, origin, EVERYTHING)


def counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many groups there are, and how many articles beside their origins."""
    groups, articles = connection.execute("SELECT count(DISTINCT origin), count(*) FROM copies").fetchone()
    return groups, articles - groups


class _Texts:
    """Articles by number, each read and taken apart once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._read: dict[int, tuple[Wording | None, str | None]] = {}

    def wording(self, number: int) -> Wording | None:
        return self._article(number)[0]

    def page(self, number: int) -> str | None:
        return self._article(number)[1]

    def shares(self, number: int, other: int) -> tuple[float, float] | None:
        (one, page), (two, other_page) = self._article(number), self._article(other)
        return shares(one, two, same_page=page is not None and page == other_page) if one and two else None

    def _article(self, number: int) -> tuple[Wording | None, str | None]:
        if number not in self._read:
            query = "SELECT text, url FROM articles WHERE number = ?"
            text, url = self._connection.execute(query, (number,)).fetchone()
            self._read[number] = wording(text), _page(url)
        return self._read[number]


def _page(url: str | None) -> str | None:
    return canonical_url(url) if url else None


def _keys(own: Sketch, page: str | None) -> list[int]:
    """What an article is found by. A page's key is negative: it alone makes two articles worth comparing."""
    at = [-1 - (int.from_bytes(blake2b(page.encode(), digest_size=8).digest(), "big") >> 1)] if page else []
    return list(dict.fromkeys([*keys(own), *at]))


def _candidates(connection: sqlite3.Connection, given: Mapping[int, Sequence[int]]) -> dict[int, dict[int, bool]]:
    """Each article that keys were given → those worth comparing: of its page (True), or with BANDS_SHARED of its keys.

    Of two in `given` the later one has the earlier one. All keys are looked up at once, in order: alone, each article's
    would be found all over the file.
    """
    wanted = json.dumps(sorted({key for own in given.values() for key in own}))
    query = " UNION ALL ".join(
        f"SELECT key, article FROM {table} WHERE key IN (SELECT value FROM json_each(?1))" for table in TABLES
    )
    holders: dict[int, list[int]] = {}
    for key, article in connection.execute(query, (wanted,)):
        holders.setdefault(key, []).append(article)
    found: dict[int, dict[int, bool]] = {}
    for number, own in given.items():
        shared = Counter(chain.from_iterable(holders[key] for key in own if key in holders))
        at_page = set(holders.get(own[-1], ())) if own[-1] < 0 else set[int]()
        alike = [article for article, count in shared.items() if count >= BANDS_SHARED or article in at_page]
        alike.sort(key=lambda article: (article not in at_page, -shared[article], article))
        if alike:
            found[number] = {article: article in at_page for article in alike[:MOST_COMPARED]}
        for key in own:
            holders.setdefault(key, []).append(number)
    return found


def _likely(
    connection: sqlite3.Connection, sketches: Mapping[int, Sketch], number: int, others: Mapping[int, bool]
) -> list[int]:
    """Of articles worth comparing those that may be copies as far as their sketches tell, or are of one page."""
    query = "SELECT article, phrases, hashes FROM sketches WHERE article IN (SELECT value FROM json_each(?))"
    asked = json.dumps([other for other in others if other not in sketches])
    known = {article: Sketch(*row) for article, *row in connection.execute(query, (asked,))}
    likely = promising(sketches[number], [known.get(other) or sketches[other] for other in others])
    return [other for (other, same_page), alike in zip(others.items(), likely, strict=True) if same_page or alike]


def _connected(connection: sqlite3.Connection, number: int) -> tuple[list[int], Shares]:
    reached, found = [number], dict[tuple[int, int], float]()
    known = {number}
    for each in reached:  # grows while it is read
        for other, share in connection.execute("SELECT other, share FROM likenesses WHERE article = ?", (each,)):
            found[each, other] = share
            if other not in known:
                known.add(other)
                reached.append(other)
    return reached, found


def _member(connection: sqlite3.Connection, number: int) -> Member:
    query = "SELECT id, source, url, published_at, text, authors, removed FROM articles WHERE number = ?"
    article_id, source, url, moment, text, authors, removed = connection.execute(query, (number,)).fetchone()
    beside = [*json.loads(authors), *(line for kind, line, _ in json.loads(removed) if kind in CREDITING)]
    return Member(number, article_id, outlet(source, url), _page(url), moment, credit_lines(text, beside))


def _group(connection: sqlite3.Connection, origin: int, where: Filter) -> CopyGroup:
    condition, values = condition_of(where)
    query = (
        "SELECT a.id, a.title, a.source, a.url, a.published, c.article = c.origin, "
        "EXISTS (SELECT 1 FROM copies o WHERE o.newer = c.article AND o.origin = c.origin), n.id, "
        "max(own.share, whole.share) FROM copies c JOIN articles a ON a.number = c.article "
        "LEFT JOIN likenesses own ON own.article = c.article AND own.other = c.origin "
        "LEFT JOIN likenesses whole ON whole.article = c.origin AND whole.other = c.article "
        "LEFT JOIN articles n ON n.number = c.newer "
        f"WHERE c.origin = ? {condition} ORDER BY c.article <> c.origin, a.published_at IS NULL, a.published_at, a.id"
    )
    rows = connection.execute(query, (origin, *values)).fetchall()
    seen = {row[0] for row in rows}
    return CopyGroup(tuple(_copy(row, seen) for row in rows))


def _copy(row: Sequence[Any], seen: set[str]) -> Copy:
    article_id, title, source, url, published, is_origin, is_newer, newer, alike = row
    return Copy(
        article_id=article_id,
        title=title,
        outlet=outlet(source, url),
        published=datetime.fromisoformat(published) if published else None,
        role="origin" if is_origin else "version" if is_newer else "copy",
        alike=1.0 if is_origin else alike,
        superseded_by=newer if newer in seen else None,
    )
