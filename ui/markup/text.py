"""Text and addresses in, escaped HTML out: what every other module here is made of. Knows nothing about answers."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ui.words import clean, headline, when

if TYPE_CHECKING:
    from index.types import Article


def text(words: str) -> str:
    """Words as HTML, on one line, without what could reorder what stands around them."""
    return escape(clean(re.sub(r"\s+", " ", words)))


def link(url: str | None) -> str | None:
    """The address if it is a plain web address, else None: an article may carry `javascript:` or worse."""
    if url is None or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def titled(article: Article) -> str:
    """What an article is called, linked to where it was published if that is a web address."""
    address = link(article.url)
    title = escape(headline(article))
    if address is None:
        return title
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{title}</a>'


def byline(article: Article) -> str:
    """Outlet and day of an article."""
    outlet = f'<bdi class="outlet">{text(article.source)}</bdi>' if article.source else ""
    return f'<span class="byline">{outlet}<span class="day">{escape(when(article))}</span></span>'


def source_id(turn: int, n: int) -> str:
    """The id on the page of a piece of evidence, which its marks point to."""
    return f"source-{turn}-{n}"
