"""The bytes of an XML file in, text that is safe to parse out: no declaration, no entities but XML's own five."""

from __future__ import annotations

import html
import re

from index.read.types import Unreadable
from index.read.web.charset import page_text

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_ENTITY_DECLARED = re.compile(r"<!DOCTYPE\b[^<>\[]*\[[^\]]*<!ENTITY")
_OF_HTML = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w*;")  # from a DTD that is not loaded, or from nowhere


def xml_text(data: bytes, media_type: str = "") -> str:
    """What the bytes say, by their mark, what they were sent as, or their own declaration.

    Raises:
        Unreadable: Empty, binary, wrongly encoded, or with entities of its own: they could stand for other files, or
            for endless text.
    """
    text = page_text(data, media_type).removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable("only white space" if text else "empty")
    return safe_xml(text)


def safe_xml(text: str) -> str:
    """The same of a text; see `xml_text`."""
    if _ENTITY_DECLARED.search(text):
        raise Unreadable("declares XML entities of its own: they may stand for anything and are not read")
    return _OF_HTML.sub(lambda entity: html.unescape(entity[0]), _DECLARATION.sub("", text, count=1))
