"""Texts and what was typed in, the places that match out, as the full-text index compares words.

FTS5 itself says where: the texts go through a table of their own in memory. Knows nothing about archives.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import islice

from index.words import match_expression, quoted

TOKENS = "porter unicode61 remove_diacritics 2"
"""How schema.sql takes texts apart."""

_UNUSED = range(0xF_0000, 0xF_FFFE)  # a plane for private use: two of these mark the matches, any that no text has

Span = tuple[int, int]


def highlights(typed: str, texts: Sequence[str], phrases: Sequence[str] = ()) -> list[tuple[Span, ...]]:
    """Where the words of what was typed stand in texts, and the phrases as a whole.

    Args:
        typed: Words, in any form.
        texts: Where to look.
        phrases: Words that count only one after the other.

    Returns:
        For each text its spans [start, end), in order, not overlapping.
    """
    expression = " OR ".join(part for part in (match_expression(typed), *quoted(phrases)) if part)
    found: list[tuple[Span, ...]] = [()] * len(texts)
    if not expression:
        return found
    here = set().union(*texts)
    opening, closing_mark = islice((mark for code in _UNUSED if (mark := chr(code)) not in here), 2)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = '{TOKENS}')")
        # FTS5 marks a text up to its first NUL; a space is no part of a word either.
        rows = [(number, text.replace("\0", " ")) for number, text in enumerate(texts)]
        connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
        query = "SELECT rowid, highlight(texts, 0, ?, ?) FROM texts WHERE texts MATCH ?"
        for number, marked in connection.execute(query, (opening, closing_mark, expression)):
            found[number] = _spans(marked, opening, closing_mark)
    return found


def _spans(marked: str, opening: str, closing_mark: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    before, *matches = marked.split(opening)
    at = len(before)
    for match in matches:
        inside, after = match.split(closing_mark)
        spans.append((at, at + len(inside)))
        at += len(inside) + len(after)
    return tuple(spans)
