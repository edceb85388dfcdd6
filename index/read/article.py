"""Fields and a place in, an Article out: what all formats share, from tidying to the dates that a text speaks of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from index.address import canonical_url
from index.dates.mentions import mentions
from index.read.tidy import tidy
from index.read.types import Dating, Fields, File, Hints, Unreadable
from index.types import Article, Removed

LONGEST = 2_000_000
"""Characters, some 300,000 words: a long book. What is longer is many articles in one file, or none."""

_JSON = json.JSONEncoder(ensure_ascii=False, default=str)
_TOLD = ("title", "source", "authors", "url", "language", "section")


def make_article(fields: Fields, file: File, hints: Hints, *, format: str, changed: Dating | None = None) -> Article:
    """The article, called what it calls itself, else by its address, else by where it lies.

    Args:
        fields: As a format gives them.
        file: Where they were read.
        hints: With what the format was told.
        format: Its name.
        changed: What dates the article if nothing else does.

    Raises:
        Unreadable: Nothing of the text is reporting, or it is longer than any article.
    """
    _refuse_overlong(fields.text)
    number = "" if fields.record is None else f"#{fields.record}"
    fields, removed = tidy(fields, hints)
    dating = fields.dating or changed
    anchor = dating.moment.date() if dating and dating.until is None else None
    return Article(
        id=fields.id or (canonical_url(fields.url) if fields.url else None) or file.name + number,
        title=fields.title,
        text=fields.text,
        source=fields.source,
        authors=fields.authors,
        published=dating.moment if dating else None,
        url=fields.url,
        origin=file.origin + number,
        content_hash=_content_hash(fields, dating, removed),
        language=fields.language,
        section=fields.section,
        published_from=dating.source if dating else "",
        published_sure=dating.sure if dating else None,
        published_until=dating.until if dating else None,
        given_by=_given_by(fields),
        format=format,
        removed=removed,
        mentions=mentions(fields.text, anchor),
    )


def _refuse_overlong(text: str) -> None:
    if len(text) > LONGEST:
        raise Unreadable(f"the text has {len(text):,} characters: no article has more than {LONGEST:,}; split it")


def _given_by(fields: Fields) -> tuple[tuple[str, str], ...]:
    told = dict(fields.given_by)
    known = (name for name in _TOLD if getattr(fields, name))
    return tuple((name, told.get(name, "its own field")) for name in known)


def _content_hash(fields: Fields, dating: Dating | None, removed: Sequence[Removed]) -> str:
    """sha256 of what the article says; JSON keeps the values apart."""
    said = (
        *(fields.title, fields.text, fields.source, fields.authors, fields.url, fields.language, fields.section),
        *((dating.moment, dating.sure, dating.until) if dating else (None, None, None)),
        *((each.kind, each.text, each.at) for each in removed),
    )
    return hashlib.sha256(_JSON.encode(said).encode()).hexdigest()
