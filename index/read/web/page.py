"""All that a page states in, what its article is called, who wrote it, where, when and for whom out.

Field by field the most trusted statement counts: what machines are told (JSON-LD, OpenGraph, meta tags, microdata),
then what stands in the page. Nothing is guessed: no author, outlet or date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from index.read.decode import one_line
from index.read.fields import web_address
from index.read.language import language_code
from index.read.types import Dating
from index.read.web.bylines import by_line, is_office, leading, people
from index.read.web.headline import Nearby, nearby
from index.read.web.linked import follow, words
from index.read.web.outlets import called, host_names, printed
from index.read.web.published import dating
from index.read.web.stated import Stated, Told, near_headline, pieces_of
from index.read.web.titles import title_of

_AUTHORS = """
    author authors article:author og:article:author byl byline parsely-author sailthru.author dc.creator dcterms.creator
    citation_author citation_authors article.author cxenseparse:author article_author bt:author rbauthors creator
    shareaholic:article_author_name
""".split()
_SECTIONS = "article:section og:article:section parsely-section section article.section sailthru.section".split()
_ADDRESSES = "og:url parsely-link twitter:url dc.identifier".split()
_BYLINE = re.compile("byline|author", re.IGNORECASE)
# Stricter than for machines' names: a byline's element may hold anything.
_PART = r"(?:[^\W\d_a-z][\w.’'-]*)"
_NAME = re.compile(
    rf"{_PART}(?:\s+(?:{_PART}|al|bin|da|de|del|della|der|di|du|el|la|le|ter|ten|van|von|y|zu)){{0,4}}\s+{_PART}"
)
_INITIALS = re.compile(r"\b[A-Z]{2,}\b")  # "CNN Business"
_HANGUL = re.compile("[가-힣]{2,4}")
_MOST_BYLINES = 12
_BYLINE_LINES = 12  # below a headline


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its article.

    Attributes:
        title, source, authors, dating, url, language, section: As in Fields.
        given_by: As in Fields.
    """

    title: str
    source: str
    authors: tuple[str, ...]
    dating: Dating | None
    url: str | None
    language: str
    section: str
    given_by: tuple[tuple[str, str], ...]


def describe(stated: Stated, address: str | None = None) -> Page:
    """What the page says of its article.

    Args:
        stated: By the page.
        address: Where it was fetched from, if that is known.
    """
    url = _first(_addresses(stated, address))
    hosts = host_names(url[0])
    told = list(called(stated))
    outlets = [text for text, _ in told] + hosts
    title = title_of(stated, outlets)
    source = _first(told or printed(stated, title[0], hosts))
    near = nearby(stated.root, title[0], stated.headings)
    authors, authors_by = _authors(stated, near, outlets)
    section = _first(_sections(stated))
    language = _first((language_code(text), by) for text, by in _languages(stated))
    given = {"title": title[1], "source": source[1], "authors": authors_by, "url": url[1]}
    given |= {"section": section[1], "language": language[1]}
    return Page(
        title=title[0],
        source=source[0],
        authors=authors,
        dating=dating(stated, near),
        url=url[0] or None,
        language=language[0],
        section=section[0],
        given_by=tuple((name, by) for name, by in given.items() if by),
    )


def _first(told: Iterable[Told]) -> Told:
    return next(((text, by) for value, by in told if (text := one_line(value))), ("", ""))


def _addresses(stated: Stated, address: str | None) -> Iterator[Told]:
    base = address or ""
    told: list[Told] = [(href, "canonical link") for href in stated.links.get("canonical", ())]
    told += stated.meta("og:url")
    told += [(value, "JSON-LD") for key in ("url", "mainEntityOfPage") if (value := _address_in(stated.linked(key)))]
    told += stated.meta(*_ADDRESSES[1:])
    found: list[Told] = []
    for href, by in told:
        if url := _absolute(base, href):
            found.append((url, by))
            # Some systems state their front page as the address of every page.
            if urlsplit(url).path.strip("/") or urlsplit(url).query:
                yield url, by
    if address and web_address(address):
        yield address, "the address it was fetched from"
    yield from found


def _address_in(value: object) -> str:
    return str(value.get("@id", "")) if isinstance(value, dict) else words(value)


def _absolute(base: str, href: str) -> str | None:
    try:
        return web_address(urljoin(base, href.strip()))
    except ValueError:
        return None


def _languages(stated: Stated) -> Iterator[Told]:
    yield words(stated.linked("inLanguage")), "JSON-LD"
    yield stated.root.get("lang") or stated.root.get("{http://www.w3.org/XML/1998/namespace}lang") or "", "html tag"
    yield from stated.meta("og:locale", "content-language", "language", "dc.language")


def _sections(stated: Stated) -> Iterator[Told]:
    yield words(stated.linked("articleSection")), "JSON-LD"
    yield from stated.meta(*_SECTIONS)
    yield from stated.item("articleSection")


def _authors(stated: Stated, near: Nearby, outlets: list[str]) -> tuple[tuple[str, ...], str]:
    """Who machines are told of, else who stands at the headline, also if these are the same and more."""
    shown = _shown(stated, near, outlets)
    for given, by in _author_lists(stated):
        if names := people(given, outlets=outlets):
            if set(names) < set(shown):
                break
            return names, by
    return shown, "byline" if shown else ""


def _author_lists(stated: Stated) -> Iterator[tuple[list[str], str]]:
    for key in ("author", "creator"):
        value = stated.linked(key)
        yield (
            [words(follow(each, stated.things)) for each in (value if isinstance(value, list) else [value])],
            "JSON-LD",
        )
    yield [name for each in stated.items.get("author", ()) for name in leading(pieces_of(each))], "microdata"
    for name in _AUTHORS:
        values = [text for text, _ in stated.meta(name)]
        yield [_turned(text) if name.startswith(("citation", "dc")) else text for text in values], "meta tag"


def _turned(name: str) -> str:
    """Jane Doe for "Doe, Jane", as libraries write it; "Jane Doe, Tom Roe" are two people."""
    family, _, given = name.partition(",")
    sizes = len(family.split()), len(given.split())
    return (
        f"{given.strip()} {family.strip()}"
        if "," not in given and 1 in sizes and sum(sizes) <= 4 and all(sizes)
        else name
    )


def _shown(stated: Stated, near: Nearby, outlets: list[str]) -> tuple[str, ...]:
    """The names that stand in the first byline at the headline."""
    for line in (*near.below[:_BYLINE_LINES], *near.above[:1]):
        if names := _names(by_line([text for text, _ in line]), outlets):
            return names
    told = [each for each in stated.named if _BYLINE.search(each.get("class"))]
    for headline in dict.fromkeys((near.headline, None)):
        close = near_headline(stated, stated.authored, headline)[:_MOST_BYLINES]
        if names := _names([pieces_of(each) for each in close], outlets):
            return names
        for element in near_headline(stated, told, headline)[:_MOST_BYLINES]:
            if names := _names(leading(pieces_of(element)), outlets):
                return names
    return ()


def _names(given: Iterable[str], outlets: list[str]) -> tuple[str, ...]:
    """The people; a byline's words may be anything, so that what might be a role or an office is left out."""
    return tuple(
        name
        for name in people(given, outlets=outlets)
        if _HANGUL.fullmatch(name)
        or (_NAME.fullmatch(name) and not is_office(name) and (name.isupper() or not _INITIALS.search(name)))
    )
