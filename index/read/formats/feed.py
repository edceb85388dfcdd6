"""A feed in, Fields of each entry out: RSS, RDF and Atom, parsed by feedparser. Knows no paths and opens no connection.

A feed that is broken or cut off gives the entries that are whole, and then says that it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import feedparser

from index.read.decode import clean, one_line
from index.read.fields import dating, split_names, web_address
from index.read.language import language_code
from index.read.types import Dating, Fault, Fields, Hints, Unreadable
from index.read.web.markup import fragment_text
from index.read.xmltext import xml_text

_ENTRY = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)\b(?![^<>]*/>)")
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|RDF|channel)\s*>(?:\s|<!--.*?-->)*\Z", re.IGNORECASE | re.DOTALL)
_TEXT_TYPES = ("text/plain", "text")


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of a feed, in its order."""
    text = xml_text(stream.read(), hints.media_type)
    # A string could be taken for an address to fetch; bytes in a stream are only ever read.
    try:
        feed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": hints.url or ""},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except ValueError:  # its reader for broken XML stumbles over broken attributes
        raise Unreadable("broken XML: no feed can be read from it") from None
    entries = list(feed.entries)
    if not entries:
        raise Unreadable(_broken(feed, text) or ("a feed without entries" if feed.version else "no feed"))
    half = _is_half(text)
    for record, entry in enumerate(entries[: -1 if half else None], start=1):
        try:
            yield _fields(entry, feed, record)
        except Unreadable as problem:
            yield Fault(str(problem), record)
    if half:
        yield Fault("cut off: the feed ends within this entry", len(entries))
    elif trouble := _broken(feed, text):
        raise Unreadable(f"{trouble}; {len(entries)} entries were found, others may be lost")


def _fields(entry: Any, feed: Any, record: int) -> Fields:
    text = _text(entry)
    title = _plain(entry.get("title_detail"))
    if not text or text == title:
        raise Unreadable("no text, only a title" if title else "no text")
    url = web_address(str(entry.get("link") or ""))
    origin = entry.get("source") or {}
    names = [author.get("name", "") for author in entry.get("authors") or ()]
    language = str(entry.get("language") or feed.feed.get("language") or "")
    sections = [tag.get("label") or tag.get("term") for tag in entry.get("tags") or ()]
    return Fields(
        text=text,
        title=title,
        source=_plain(origin.get("title_detail"))
        or one_line(origin.get("title") or "")
        or _plain(feed.feed.get("title_detail")),
        authors=_people(names),
        dating=_dating(entry, feed.version),
        url=url,
        id=None if url else entry.get("id"),
        language=language_code(language),
        section=next((one_line(section) for section in sections if section and section.strip()), ""),
        record=record,
        given_by=(("source", "feed"), ("language", "feed")),
    )


def _text(entry: Any) -> str:
    """The whole content if it is there, else the summary."""
    contents = [_plain(content, lines=True) for content in entry.get("content") or ()]
    return max(contents, key=len, default="") or _plain(entry.get("summary_detail"), lines=True)


def _plain(detail: Any, *, lines: bool = False) -> str:
    """The words of a title or a text, which may be HTML."""
    if not detail or not detail.get("value"):
        return ""
    value = str(detail["value"])
    text = value if detail.get("type") in _TEXT_TYPES and "<" not in value else fragment_text(value)
    return clean(text).strip() if lines else one_line(text)


def _dating(entry: Any, version: str) -> Dating | None:
    """When it was published; for RSS, feedparser calls dc:date "updated", and it is the only date there."""
    if found := dating(str(entry.get("published") or ""), "feed"):
        return found
    if "updated" not in entry.keys():  # noqa: SIM118  # asked in another way, feedparser answers with "published"
        return None
    changed = dating(str(entry["updated"]), "feed")
    if changed is None or version.startswith("rss"):
        return changed
    return Dating(changed.moment, "feed: updated", "inferred", changed.until)


def _people(names: Iterable[str]) -> tuple[str, ...]:
    people = (person for name in names if name and "@" not in name for person in split_names(name))
    return tuple(dict.fromkeys(people))


def _is_half(text: str) -> bool:
    """Whether the text ends within an entry."""
    closing = [entry[1] for entry in _ENTRY.finditer(text)]
    return closing[-1:] == [""] and not _END.search(text)


def _broken(feed: Any, text: str) -> str:
    """What is wrong with the XML, "" if nothing is; feedparser reads on, but may have lost something."""
    if not _END.search(text):
        return "cut off: the feed has no end"
    problem = feed.get("bozo_exception")
    if not feed.bozo or not hasattr(problem, "getLineNumber"):  # the others are about encodings and headers
        return ""
    return f"broken XML, line {problem.getLineNumber()}: {problem.getMessage()}"
