"""Names and values as a file gives them in, Fields out. Knows no file format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from index.dates.written import moment
from index.read.decode import clean, one_line
from index.read.types import Dating, Fields, Unreadable

# What others call our fields, the best name first; compared without case, "_", "-" and blanks.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "title": ("title", "headline"),
    "text": ("text", "body", "content"),
    "source": ("source", "outlet", "publisher", "site"),
    "authors": ("authors", "author", "byline"),
    "published": ("published", "publishedat", "publishdate", "date"),
    "url": ("url", "canonicalurl", "link"),
}
_FOLD = str.maketrans("", "", "_- ")
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}

_WEB = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_TRACKING = re.compile(r"utm_|(?:fbclid|gclid)(?:=|$)", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s*,(?!\s*(?:Jr|Sr|I{2,3}|IV)\b)\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")


def from_mapping(given: Mapping[str, object], *, text: str | None = None, record: int | None = None) -> Fields:
    """Fields from names and values, such as a JSON object or a front matter.

    Args:
        given: Our names or common other ones; unknown names are ignored, null and blank values count as missing.
        text: The article's text if it stands elsewhere; None takes it from `given`.
        record: The number of this record in its file.

    Raises:
        Unreadable: No text, or a value that is no text where text is expected.
    """
    found = _known(given)
    if text is None:
        if "text" not in found:
            raise Unreadable("no text field")
        text = _string("text", found["text"])
    text = clean(text)
    if not text.strip():
        raise Unreadable("the text is empty")
    return Fields(
        text=text,
        title=one_line(_string("title", found.get("title"))),
        source=one_line(_named("source", found.get("source"))),
        authors=_authors(found.get("authors")),
        dating=_dating(found.get("published")),
        url=web_address(_string("url", found.get("url"))),
        id=_id(found.get("id")),
        record=record,
    )


def split_names(line: str) -> tuple[str, ...]:
    """The people in "By A, B and C", in order, each once."""
    names = _BETWEEN_NAMES.split(re.sub(r"^by\s+", "", one_line(line), flags=re.IGNORECASE))
    return tuple(dict.fromkeys(name for name in names if name))


def web_address(url: str) -> str | None:
    """The URL as given, None if it is no http or https address: nothing else may become a link."""
    url = clean(url).strip()
    return url if _WEB.fullmatch(url) and canonical_url(url) else None


def canonical_url(url: str) -> str | None:
    """One spelling for all the addresses that lead to the same page.

    Lower-case scheme and host; no fragment, tracking parameters or trailing slash; the other parameters in order.
    None if it cannot be taken apart.
    """
    try:
        scheme, host, path, query, _ = urlsplit(url)
    except ValueError:  # "https://[half an IPv6 address"
        return None
    parameters = sorted(part for part in query.split("&") if part and not _TRACKING.match(part))
    return urlunsplit((scheme.lower(), host.lower(), path.rstrip("/"), "&".join(parameters), ""))


def _known(given: Mapping[str, object]) -> dict[str, object]:
    """Our names for what is given: the best name that has a value, else one that has none."""
    folded: dict[str, object] = {}
    for name, value in given.items():
        key = name.translate(_FOLD).lower()
        if _is_blank(folded.get(key)):
            folded[key] = value
    found: dict[str, object] = {}
    for ours, names in _NAMES.items():
        for name in names:
            if name in folded and _is_blank(found.get(ours)):
                found[ours] = folded[name]
    return found


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _string(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"{name} is {kind(value)} where text is expected")
    return value


def kind(value: object) -> str:
    """What a JSON value is, for a message."""
    return _KINDS.get(type(value), "text" if isinstance(value, str) else "null")


def _named(name: str, value: object) -> str:
    """A text, or the name in an object such as `{"id": "bbc", "name": "BBC"}`, which news interfaces give."""
    return _string(name, value["name"] if isinstance(value, dict) and "name" in value else value)


def _authors(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return split_names(_named("authors", value))
    names = (one_line(_named("authors", item)) for item in value)
    return tuple(dict.fromkeys(name for name in names if name))


def _dating(value: object) -> Dating | None:
    found = moment(value)
    return Dating(found, "its own field") if found else None


def _id(value: object) -> str | None:
    """The id exactly as given; numbers are common ids too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    given = _string("id", value)
    if not given.strip():
        return None
    try:
        given.encode()
    except UnicodeEncodeError:  # half a surrogate pair: an id is kept exactly or not at all
        raise Unreadable("id holds half a character") from None
    return given
