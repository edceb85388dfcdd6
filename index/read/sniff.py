"""How a file begins and what it is called in, the name of its format or container out; by content before suffix.

Knows no reader: names are those of `index.read.registry`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.read.decode import marked_encoding
from index.read.registry import BY_SUFFIX
from index.read.types import Hints, Unreadable
from index.read.unsupported import refusal

_PROBE_BYTES = 8192

_PACKED: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("pdf", lambda head: b"%PDF-" in head[:1024]),
    ("zip", lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06"))),
    ("gzip", lambda head: head.startswith(b"\x1f\x8b\x08")),
    ("bzip2", lambda head: head.startswith(b"BZh") and head[4:10] in {b"1AY&SY", b"\x17rE8P\x90"}),
    ("xz", lambda head: head.startswith(b"\xfd7zXZ\0")),
    ("tar", lambda head: head[257:262] == b"ustar"),
    ("parquet", lambda head: head.startswith(b"PAR1")),
    ("warc", lambda head: head.startswith((b"WARC/", b"filedesc://"))),
)

_SIGNED = frozenset([*(name for name, _ in _PACKED), "docx", "mail", "mbox", "mhtml"])

_MEDIA_TYPES: Mapping[str, str] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "application/json": "json",
    "application/ld+json": "json",
    "application/x-ndjson": "jsonl",
    "application/pdf": "pdf",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "message/rfc822": "mail",
}

_ROOTS: Mapping[str, str] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "newsitem": "newsml",
    "packageitem": "newsml",
    "newsmessage": "newsml",
    "newsml": "newsml",
    "nitf": "newsml",
    "html": "html",
}
_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)",
    re.DOTALL | re.IGNORECASE,
)
_PARTS = "head body title meta link script style main article section header div table p h1 h2 center font span".split()
_PAGE = re.compile(r"<(?:!doctype\s+html|html(?=[\s>]))", re.IGNORECASE)
_LATE_PAGE = re.compile(rf"(?:[^\n]*\n){{1,5}}?\s*{_PAGE.pattern}", re.IGNORECASE)  # some tools write lines above it

_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?:[^\n]*\n){0,200}?[\w-]+[ \t]*:(?:[^\n]*\n)+?(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)"
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:\{\s*[\"}]|\[|\]))")
_MBOX = re.compile(r"From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ \d\d:\d\d.*\r?\n[A-Za-z-]+:")
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_OF_MAIL = re.compile(r"^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To|DKIM-Signature):", re.I | re.M)
_FROM = re.compile(r"^(?:From|Subject|Date):", re.IGNORECASE | re.MULTILINE)
_SAVED_PAGE = re.compile(r"^Snapshot-Content-Location:|^From:.*<?Saved by", re.IGNORECASE | re.MULTILINE)
_COLUMNS = frozenset(
    "title headline text body content article description summary author authors byline date published published_at "
    "publishedat pubdate publish_date url link source outlet publisher section category id language".split()
)


def sniff(head: bytes, hints: Hints) -> str:
    """The name of the format or container.

    Args:
        head: The first bytes; 64 kB tell lines of JSON from one object in most cases, 8 kB all the rest.
        hints: With the name and the media type.

    Raises:
        Unreadable: It is empty, or nothing that is read.
    """
    if not head:
        raise Unreadable("empty")
    suffix = suffix_of(hints.name)
    if packed := next((name for name, tells in _PACKED if tells(head)), None):
        return _zip(head, suffix) if packed == "zip" else packed
    text = _text(head)
    page = text is not None and _html(text, suffix)
    if not page and (reason := refusal(head, hints.name, suffix)):
        raise Unreadable(reason)
    if page:
        return "html"
    if text is not None and (told := _by_text(text, suffix)):
        return told
    media_type = hints.media_type.split(";")[0].strip().lower()
    by_name = _MEDIA_TYPES.get(media_type) or BY_SUFFIX.get(suffix)
    if text is None:
        if by_name is None:
            raise Unreadable(f"binary, and nothing that is read; {suffix or 'no suffix'} says no more")
        return by_name
    if by_name in _SIGNED or (by_name == "html" and "<" not in text):
        return "text"  # a text under a wrong name: what its name promises begins otherwise
    return by_name or "text"


def suffix_of(name: str) -> str:
    """In lower case; an address has the suffix of its path."""
    try:
        path = urlsplit(name).path if name.startswith(("http://", "https://")) else name
    except ValueError:  # "https://[half an IPv6 address"
        path = ""
    return PurePosixPath(path).suffix.lower()


def _zip(head: bytes, suffix: str) -> str:
    if reason := refusal(head, "", suffix):
        raise Unreadable(reason)
    return "docx" if suffix in {".docx", ".docm"} or b"word/document.xml" in head else "zip"


def _text(head: bytes) -> str | None:
    """The beginning as far as it can be read without knowing the encoding: ASCII is right; None if it is binary."""
    encoding = marked_encoding(head)
    if encoding is None and b"\0" in head[:_PROBE_BYTES]:
        return None
    return head.decode(encoding or "latin-1", "ignore").removeprefix("\ufeff")


def _html(text: str, suffix: str) -> bool:
    """A web page, whatever it is called: it begins with a tag."""
    start = text[:_PROBE_BYTES]
    if _JSON.match(start) or suffix in {".jsonl", ".csv", ".tsv", ".eml", ".mbox", ".mht", ".mhtml"}:
        return False
    root = _root(start)
    if root == "html" or (root is None and _PAGE.match(start.lstrip())):
        return True
    if suffix in {".md", ".markdown", ".xml"}:  # Markdown may begin with a tag
        return root in {"head", "body"}
    return root in _PARTS and "</" in start  # an article may begin with "<Table 1>"


def _root(text: str) -> str | None:
    """The name of the first element, without its prefix; None if the text does not begin with one."""
    found = _ROOT.match(text)
    return found[1].lower() if found else None


def _by_text(text: str, suffix: str) -> str | None:
    """What a text says of itself."""
    start = text[:_PROBE_BYTES]
    if told := _xml(start, suffix):
        return told
    if _JSON.match(start) and suffix not in {".md", ".markdown", ".csv", ".tsv"}:
        lines = suffix in {".jsonl", ".ndjson"} and not text.lstrip().startswith("[")
        return "jsonl" if lines or _is_lines(text) else "json"
    if _MBOX.match(start):
        return "mbox"
    return _mail(start, suffix) or (_by_lines(start) if BY_SUFFIX.get(suffix, "text") == "text" else None)


def _xml(text: str, suffix: str) -> str | None:
    root = _root(text)
    if root and root in _ROOTS:
        return _ROOTS[root]
    if root and (text.lstrip().startswith("<?xml") or suffix == ".xml") and BY_SUFFIX.get(suffix) != "html":
        raise Unreadable(f"XML of a kind that is not read (<{root}>): readable are RSS, Atom, NewsML-G2 and NITF")
    return None


def _by_lines(text: str) -> str | None:
    """What is called a text, or by no name that is known, and is something better."""
    if _FRONT_MATTER.match(text):
        return "markdown"
    if _LATE_PAGE.match(text):
        return "html"
    return "csv" if _is_table(text) else None


def _is_lines(text: str) -> bool:
    """Several objects, one a line. A first line longer than the text at hand cannot be told from one object."""
    first, _, rest = text.lstrip().partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _mail(text: str, suffix: str) -> str | None:
    """An article may begin with "From: ..." and "Date: ..." too: only a mail program writes the other headers."""
    block = _HEADERS.match(text)
    if (
        not block
        or not _FROM.search(block[0])
        or not (_OF_MAIL.search(block[0]) or suffix in {".eml", ".mht", ".mhtml"})
    ):
        return None
    is_page = suffix in {".mht", ".mhtml"} or _SAVED_PAGE.search(block[0])
    return "mhtml" if is_page and "multipart/related" in block[0].lower() else "mail"


def _is_table(text: str) -> bool:
    """A line of column names, at least two of which articles have, and a second line of as many cells."""
    lines = text.split("\n", 2)
    if len(lines) < 2:
        return False
    delimiter = max(",;\t|", key=lines[0].count)
    try:
        names = [name.strip().lower() for name in next(csv.reader(lines[:1], delimiter=delimiter), [])]
    except csv.Error:  # a carriage return within the line
        return False
    return (
        len(_COLUMNS & set(names)) > 1
        and all(re.fullmatch(r"\w[\w .-]{0,40}", n) for n in names)
        and delimiter in lines[1]
    )
