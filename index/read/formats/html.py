"""A saved page in, the one article on it out. Pages without an article are refused, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.read.fields import canonical_url
from index.read.formats.charset import page_text
from index.read.formats.markup import parse
from index.read.formats.page import describe
from index.read.formats.prose import article_text, whole_text
from index.read.formats.stated import state
from index.read.types import Fields, Hints, Unreadable

MAX_BYTES = 20_000_000


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields]:
    """The one article of a page.

    Raises:
        Unreadable: Too large, in an encoding that cannot be told, or no article.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable(f"more than {MAX_BYTES // 1_000_000} MB of HTML: no page with one article is that large")
    yield read_text(page_text(data, hints.media_type), hints)


def read_text(html: str, hints: Hints) -> Fields:
    """The one article of a page that is decoded already."""
    root = parse(html)
    stated = state(root)
    page = describe(stated, hints.url)
    text, marked = (whole_text(root), ()) if hints.options.keep_all else article_text(stated)
    if not text.strip():
        raise Unreadable("no text in the page")
    return Fields(
        text=text,
        title=page.title,
        source=page.source,
        authors=page.authors,
        dating=page.dating,
        url=page.url,
        language=page.language,
        section=page.section,
        marked=marked,
        id=canonical_url(page.url) if page.url else None,
        given_by=page.given_by,
    )
