"""A saved page in, the one article on it out. Pages without an article are refused, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from index.read.types import Fields, Hints, Marked, Unreadable
from index.read.web.charset import page_text
from index.read.web.markup import element_count, most_inside_one, parse
from index.read.web.page import describe
from index.read.web.prose import article_text, whole_text
from index.read.web.shells import reason
from index.read.web.stated import state

MAX_SAVED_BYTES = 100_000_000
MAX_BYTES = 10_000_000
"""Without the pictures that a page was saved with. The longest of 2,300 pages of the web has 3 MB."""
MAX_ELEMENTS = 30_000
"""What reading costs grows with. The largest of 2,319 pages of the web has 10,105."""
_MANY = 8_000
"""Side by side: trafilatura's time grows with the square of them. The most of 1,320 pages of the web are 3,711."""

_EMBEDDED = re.compile(rb"data:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*;base64,[\w+/=%\s]{100,}", re.ASCII)


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields]:
    """The one article of a page.

    Raises:
        Unreadable: Too large, in an encoding that cannot be told, or no article.
    """
    data = stream.read(MAX_SAVED_BYTES + 1)
    yield read_page(data, hints)


def read_page(data: bytes, hints: Hints) -> Fields:
    """The one article of a page.

    Raises:
        Unreadable: Too large, in an encoding that cannot be told, or no article.
    """
    if b";base64," in data and len(data) <= MAX_SAVED_BYTES:
        data = _EMBEDDED.sub(b"data:,", data)
    if len(data) > MAX_BYTES:
        raise Unreadable(f"more than {MAX_BYTES // 1_000_000} MB of HTML: no page with one article is that large")
    root = parse(page_text(data, hints.media_type))
    if (count := element_count(root)) > MAX_ELEMENTS:
        raise Unreadable(f"{count:,} elements in the page, more than {MAX_ELEMENTS:,}: no article is made of so many")
    if count > _MANY and (most := most_inside_one(root)) > _MANY:
        raise Unreadable(f"{most:,} elements side by side in the page, more than {_MANY:,}: no article is made so")
    stated = state(root)
    page = describe(stated, hints.url)
    if hints.options.keep_all:
        text, marked = whole_text(root), tuple[Marked, ...]()
    else:
        text, marked = article_text(stated)
    if not text.strip():
        raise Unreadable("no text in the page")
    if why := reason(stated, page, text):
        raise Unreadable(why)
    if "\ufffd" in text and b"\xef\xbf\xbd" not in data:  # it is ours, for a byte that is no letter
        at = text.index("\ufffd")
        raise Unreadable(f"wrongly encoded: “{text[max(at - 20, 0) : at + 20]}” in the article; save it as UTF-8")
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
        given_by=page.given_by,
    )
