"""Names and values as a file gives them in, Fields out. Knows no file format."""

from __future__ import annotations

import ast
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from index.address import canonical_url
from index.dates.written import moment
from index.read.decode import clean, one_line
from index.read.language import language_code
from index.read.types import Dating, Fields, Unreadable

# What others call our fields, the best name first; compared without case, "_", "-" and blanks. No summary is a text,
# and no date of a change, a visit or a download is one of publication.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "articleid", "guid", "uuid"),
    "title": ("title", "headline", "articletitle", "newstitle"),
    "text": ("text", "body", "content", "articlebody", "fulltext", "articletext", "maintext", "bodytext", "contenttext",
             "bodyhtml", "contenthtml", "article", "story"),
    "source": ("source", "outlet", "publisher", "site", "sourcename", "sitename", "publication", "newspaper"),
    "authors": ("authors", "author", "byline", "by", "creator", "writer", "reporter", "journalist"),
    "published": ("published", "publishedat", "publishdate", "date", "datepublished", "publicationdate", "pubdate",
                  "publisheddate", "publishedon", "publishedtime", "datepublish", "webpublicationdate", "releasedate"),
    "url": ("url", "canonicalurl", "link", "weburl", "permalink", "articleurl"),
    "language": ("language", "lang", "inlanguage", "languagecode"),
    "section": ("section", "category", "desk", "articlesection", "sectionname", "newsdesk", "categories", "rubric"),
}  # fmt: skip
_FOLD = str.maketrans("", "", "_- ")
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
_KINDS |= {str: "text", bytes: "bytes", type(None): "null"}

_WEB = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s*,(?!\s*(?:Jr|Sr|I{2,3}|IV)\b)\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
_YEAR_OR_MONTH = re.compile(r"(1[6-9]\d\d|20\d\d)(?:-(0[1-9]|1[0-2]))?")
_SECONDS = re.compile(r"\d{9,13}")
# Tags that only an HTML text has: a quotation of some in a news article would be news.
_HTML = re.compile(
    r"</(?:p|div|li|h[1-6]|figure|section|article|blockquote|a|em|strong|span)\s*>|<(?:br|p)\b[^<>]*>", re.IGNORECASE
)
_BY = re.compile(r"(?i:by)\s+|(?i:von|par|por|door|av|af)\s+(?=[^\W\d_a-z]\S+\s+[^\W\d_a-z])")
_SHOWN_NAMES = 20
_FIRST_VERSIONS = ("", "0", "1")
_LONGEST_LIST = 2000  # characters of a list of authors that is written into one cell


def from_mapping(given: Mapping[str, object], *, text: str | None = None, record: int | None = None) -> Fields:
    """Fields from names and values, such as a front matter.

    Args:
        given: Our names or common other ones; unknown names are ignored, null and blank values count as missing.
        text: The article's text if it stands elsewhere; None takes it from `given`.
        record: The number of this record in its file.

    Raises:
        Unreadable: No text, or a value that is no text where text is expected.
    """
    return _fields(_known(given), text, record)


class Columns:
    """Reads the records of one file, each by its names and values; the user's names go before those we know.

    A record is identified by what it says: its id, else its canonical URL.
    """

    def __init__(self, columns: Sequence[tuple[str, str]]) -> None:
        self._wanted = tuple(columns)
        self._unseen = dict.fromkeys(self._wanted)
        self._names: dict[str, None] = {}

    def fields(self, given: Mapping[str, object], record: int | None) -> Fields:
        """See `from_mapping`; the text may be HTML."""
        found = _known(given)
        for wanted in self._wanted:
            there, value = _at(given, wanted[1])
            if there:
                self._unseen.pop(wanted, None)
            if not _is_blank(value):
                found[wanted[0]] = value
        if self._unseen:
            self._names.update(dict.fromkeys(given))
        return _fields(found, plain_text(_string("text", found["text"])) if "text" in found else None, record)

    def close(self) -> None:
        """Says which of the user's names no record had.

        Raises:
            Unreadable: Some were in none.
        """
        for ours, theirs in self._unseen if self._names else ():
            names = ", ".join(list(self._names)[:_SHOWN_NAMES])
            raise Unreadable(f"no record has “{theirs}”, which --map gives as the {ours}; there are: {names}")


@lru_cache(maxsize=64)
def known_columns(names: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(our field, the names here that may give it, the best one first) for each of our fields that has any."""
    folded = [(name, name.translate(_FOLD).lower()) for name in names]
    found = (
        (ours, tuple(name for best in theirs for name, key in folded if key == best)) for ours, theirs in _NAMES.items()
    )
    return tuple((ours, here) for ours, here in found if here)


def split_names(line: str) -> tuple[str, ...]:
    """The people in "By A, B and C", in order, each once."""
    line = one_line(line)
    by = _BY.match(line)
    names = _BETWEEN_NAMES.split(line[by.end() :] if by else line)
    return tuple(dict.fromkeys(name for name in names if name))


def dating(value: object, source: str) -> Dating | None:
    """When an article came out by a value that is its date: a moment, or a month or year that is given alone."""
    if isinstance(value, str):
        value = value.strip()
        if alone := _YEAR_OR_MONTH.fullmatch(value):
            return _span(int(alone[1]), int(alone[2] or 0), source)
        if _SECONDS.fullmatch(value):  # since 1970, in a table that knows no numbers
            value = int(value)
    found = moment(value)
    return Dating(found, source) if found else None


def web_address(url: str) -> str | None:
    """The URL as given, None if it is no http or https address: nothing else may become a link."""
    url = clean(url).strip()
    return url if _WEB.fullmatch(url) and canonical_url(url) else None


def plain_text(text: str, media_type: str = "") -> str:
    """The text of a piece of HTML or XML, if that is what it was sent as or has the tags of; else the same."""
    if "nitf" in media_type or "<body.content" in text:
        from index.read.formats.newsml import nitf_text

        return nitf_text(text)
    if "html" in media_type or ("<" in text and _HTML.search(text)):
        from index.read.web.markup import fragment_text

        return fragment_text(text)
    return text


def versioned(name: str, version: str) -> str:
    """The id of one version of an article that is sent again under the same name; the first has the name alone."""
    name = (canonical_url(name) if web_address(name) else None) or name
    return name if version in _FIRST_VERSIONS else f"{name}:{version}"


def kind(value: object) -> str:
    """What a value is, for a message."""
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def _fields(found: Mapping[str, object], text: str | None, record: int | None) -> Fields:
    """Fields by our names."""
    if text is None:
        if "text" not in found:
            raise Unreadable("no text field")
        text = _string("text", found["text"])
    text = clean(text)
    if not text or text.isspace():
        raise Unreadable("the text is empty")
    return Fields(
        text=text,
        title=one_line(_string("title", found.get("title"))),
        source=one_line(_named("source", found.get("source"))),
        authors=_authors(found.get("authors")),
        dating=dating(found.get("published"), "its own field"),
        url=web_address(_string("url", found.get("url"))),
        id=_id(found.get("id")),
        language=language_code(_first(found.get("language"))),
        section=one_line(_first(found.get("section"))),
        record=record,
    )


def _known(given: Mapping[str, object]) -> dict[str, object]:
    """Our names for what is given: the best name that has a value, else one that has none."""
    found: dict[str, object] = {}
    for ours, names in known_columns(tuple(given)):
        found[ours] = next((given[name] for name in names if not _is_blank(given[name])), given[names[-1]])
    return found


def _at(given: Mapping[str, object], name: str) -> tuple[bool, object]:
    """Whether this name is given, and its value; "meta.title" also is the title in the object that is called meta."""
    if name in given:
        return True, given[name]
    outer, _, inner = name.partition(".")
    within = given.get(outer)
    return _at(within, inner) if inner and isinstance(within, dict) else (False, None)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def _string(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"{name} is {kind(value)} where text is expected")
    return value


def _named(name: str, value: object) -> str:
    """A text, or the name in an object such as `{"id": "bbc", "name": "BBC"}`, which news interfaces give."""
    return _string(name, value["name"] if isinstance(value, dict) and "name" in value else value)


def _first(value: object) -> str:
    """What is said first, if it is text: language and section are worth less than an article."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = _list_in(value)
    if not isinstance(value, list):
        return split_names(_named("authors", value))
    names = (one_line(_named("authors", item)) for item in value)
    return tuple(dict.fromkeys(name for name in names if name))


def _list_in(cell: str) -> object:
    """The list that "['Jane Doe', 'John Roe']" is, as tables write one down in JSON or Python; else the text."""
    if not cell.startswith("[") or len(cell) > _LONGEST_LIST:
        return cell
    try:
        return ast.literal_eval(cell)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return cell


def _span(year: int, month: int, source: str) -> Dating:
    last = datetime(year, month or 12, monthrange(year, month or 12)[1], 23, 59, 59)
    return Dating(datetime(year, month or 1, 1), source, until=last)


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
