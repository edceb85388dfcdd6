"""A page saved with its pictures in one file (.mhtml, .mht) in, the article on it out. Knows the wrapping only."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import BinaryIO

from index.read.fields import web_address
from index.read.formats.html import MAX_SAVED_BYTES, read_page
from index.read.types import Fields, Hints, Unreadable

_PAGES = ("text/html", "application/xhtml+xml")


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields]:
    """The one article of a saved page.

    Raises:
        Unreadable: Too large, no page in it, or no article on the page.
    """
    data = stream.read(MAX_SAVED_BYTES + 1)
    if len(data) > MAX_SAVED_BYTES:
        raise Unreadable(f"more than {MAX_SAVED_BYTES // 1_000_000} MB: no saved page is that large")
    whole = BytesParser(policy=policy.compat32).parsebytes(data)
    page = _page(whole)
    if page is None:
        raise Unreadable("no page in it: none of its parts is text/html")
    html = page.get_payload(decode=True)
    if not isinstance(html, bytes) or not html.strip():
        raise Unreadable("the page in it is empty")
    address = _address(page) or _address(whole) or hints.url
    media_type = f"{page.get_content_type()}; charset={page.get_content_charset('')}"
    yield read_page(html, dataclasses.replace(hints, url=address, media_type=media_type))


def _page(whole: Message) -> Message | None:
    """The part that the others belong to: the one that is called the start, else the first page."""
    pages = [part for part in whole.walk() if part.get_content_type() in _PAGES]
    start = whole.get_param("start")
    return next((page for page in pages if start and page.get("Content-ID") == start), pages[0] if pages else None)


def _address(part: Message) -> str | None:
    """Where the page was saved from; line ends in a folded header are no part of it."""
    stated = part.get("Content-Location") or part.get("Snapshot-Content-Location") or ""
    return web_address("".join(str(stated).split()))
