"""Fields and a place in, an Article out: what all formats share, from tidying to the dates that a text speaks of."""

from __future__ import annotations

import dataclasses
import hashlib
import json

from index.dates.mentions import mentions
from index.read.tidy import tidy
from index.read.types import Fields, File, Hints
from index.types import Article


def make_article(fields: Fields, file: File, hints: Hints, *, format: str) -> Article:
    """The article, called what it calls itself, else by where it lies.

    Args:
        fields: As a format gives them.
        file: Where they were read.
        hints: With what the format was told.
        format: Its name.

    Raises:
        Unreadable: Nothing of the text is reporting.
    """
    number = "" if fields.record is None else f"#{fields.record}"
    fields, removed = tidy(fields, hints)
    dating = fields.dating
    anchor = dating.moment.date() if dating and dating.until is None else None
    article = Article(
        id=fields.id or file.name + number,
        title=fields.title,
        text=fields.text,
        source=fields.source,
        authors=fields.authors,
        published=dating.moment if dating else None,
        url=fields.url,
        origin=file.origin + number,
        content_hash="",
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
    return dataclasses.replace(article, content_hash=_content_hash(article))


def _given_by(fields: Fields) -> tuple[tuple[str, str], ...]:
    told = dict(fields.given_by)
    known = (name for name in ("title", "source", "authors", "url", "language", "section") if getattr(fields, name))
    return tuple((name, told.get(name, "its own field")) for name in known)


def _content_hash(article: Article) -> str:
    """sha256 of what the article says; JSON keeps the values apart."""
    said = (
        *(article.title, article.text, article.source, article.authors, article.url, article.language, article.section),
        *(article.published, article.published_sure, article.published_until),
        *((each.kind, each.text, each.at) for each in article.removed),
    )
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()
