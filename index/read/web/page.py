"""All that a page states in, what its article is called, who wrote it, where, when and for whom out.

Field by field the most trusted statement counts: what machines are told (JSON-LD, OpenGraph, meta tags, microdata),
then what stands in the page. Nothing is guessed: no author, outlet or date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from index.read.fields import web_address
from index.read.language import language_code
from index.read.types import Dating
from index.read.web.bylines import people
from index.read.web.linked import follow, kinds, words
from index.read.web.markup import path, squeeze, text_of
from index.read.web.published import dating
from index.read.web.stated import Stated, Told, near_headline, pieces_of

_AUTHORS = """
    author authors article:author og:article:author byl byline parsely-author sailthru.author dc.creator dcterms.creator
    citation_author citation_authors article.author cxenseparse:author article_author bt:author rbauthors creator
    shareaholic:article_author_name
""".split()
_TITLES = "og:title twitter:title dc.title dcterms.title citation_title parsely-title sailthru.title title".split()
_OUTLETS = "og:site_name application-name dc.publisher dcterms.publisher citation_journal_title publisher".split()
_SECTIONS = "article:section og:article:section parsely-section section article.section sailthru.section".split()
_ADDRESSES = "og:url parsely-link twitter:url dc.identifier".split()
_BYLINE = re.compile("byline|author", re.IGNORECASE)
_LINKED = path("descendant::*[@rel='author']")
# Stricter than for machines' names: a byline's element may hold anything.
_PART = r"(?:[^\W\d_a-z][\w.’'-]*)"
_NAME = re.compile(
    rf"{_PART}(?:\s+(?:{_PART}|al|bin|da|de|del|della|der|di|du|el|la|le|ter|ten|van|von|y|zu)){{0,4}}\s+{_PART}"
)
_LONGEST_OUTLET = 80
_MOST_BYLINES = 12

_MOST_OF_HEADING = 0.5
_SHORTEST = 8  # letters of a heading that confirms a title: "News" confirms nothing
_TAIL = re.compile(r"\s+(?:[|•·»«–—-]|::?|/{1,2})\s+")


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
    source = _first(_sources(stated))
    url = _first(_addresses(stated, address))
    outlets = [text for text, _ in _sources(stated)] + _host_names(url[0])
    title = _title(stated, outlets)
    authors, authors_by = _authors(stated, outlets)
    section = _first(_sections(stated))
    language = _first((language_code(text), by) for text, by in _languages(stated))
    told = {"title": title[1], "source": source[1], "authors": authors_by, "url": url[1]}
    told |= {"section": section[1], "language": language[1]}
    return Page(
        title=title[0],
        source=source[0],
        authors=authors,
        dating=dating(stated),
        url=url[0] or None,
        language=language[0],
        section=section[0],
        given_by=tuple((name, by) for name, by in told.items() if by),
    )


def _first(told: Iterable[Told]) -> Told:
    return next(((text, by) for value, by in told if (text := squeeze(value))), ("", ""))


def _title(stated: Stated, outlets: list[str]) -> Told:
    """The heading of the page that anything else confirms, else what machines are told."""
    told = [
        *((text, "JSON-LD") for key in ("headline", "name") if (text := words(stated.linked(key)))),
        *stated.meta(*_TITLES[:2]),
        *stated.item("headline"),
        *stated.meta(*_TITLES[2:]),
    ]
    told = [(text, by) for value, by in told if (text := _without_tail(squeeze(value), outlets))]
    headings = [text for text in map(text_of, stated.headings) if text]
    if found := next((found for heading in headings if (found := _confirmed(heading, told))), None):
        return found
    tag = _without_tail(stated.title, outlets)
    confirmed = _begun(tag, [*headings, *map(text_of, stated.subheadings)])
    if told:
        return (confirmed, "heading") if _letters(confirmed) == _letters(told[0][0]) != "" else told[0]
    if confirmed:
        return confirmed, "heading"
    return (tag, "title tag") if tag else _first((heading, "heading") for heading in headings[:1])


def _confirmed(heading: str, told: list[Told]) -> Told | None:
    """The heading if machines are told about the same; without a kicker or subtitle that stands in it."""
    letters = _letters(heading)
    for text, by in told:
        if letters == (same := _letters(text)):
            return heading, "heading"
        if len(same) >= _MOST_OF_HEADING * len(letters) and (letters.startswith(same) or letters.endswith(same)):
            return text, by
    return (heading, "heading") if any(_agree(heading, text) for text, _ in told) else None


def _begun(tag: str, headings: list[str]) -> str:
    """The heading that the title of the page begins with, else an <h1> it ends with; "" if there is none."""
    letters = _letters(tag)
    begun = (text for text in headings if len(_letters(text)) >= _SHORTEST and letters.startswith(_letters(text)))
    ended = (text for text in headings if len(_letters(text)) >= _SHORTEST and letters.endswith(_letters(text)))
    return next(begun, "") or next(ended, "")


def _agree(one: str, other: str) -> bool:
    """Whether one is the other, or most of it."""
    first, second = _bag(one), _bag(other)
    if not first or not second:
        return _letters(one) == _letters(other) != ""
    common, sizes = len(first & second), sorted((len(first), len(second)))
    return first == second or (common > 1 and common >= 0.6 * sizes[0] and common >= 0.3 * sizes[1])


def _bag(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _without_tail(title: str, outlets: Iterable[str]) -> str:
    """The title without the outlet's name at its end or begin."""
    names = {_letters(outlet) for outlet in outlets} - {""}
    pieces = _TAIL.split(title)
    cuts = [found.span() for found in _TAIL.finditer(title)]
    if not cuts:
        return title
    if _letters(pieces[-1]) in names:
        return _without_tail(title[: cuts[-1][0]], outlets)
    if _letters(pieces[0]) in names:
        return _without_tail(title[cuts[0][1] :], outlets)
    return title


def _sources(stated: Stated) -> Iterator[Told]:
    """What the outlet is called; addresses and the title of the page are put into its place too."""
    title = _letters(stated.title)
    for name, by in _called(stated):
        if len(name) <= _LONGEST_OUTLET and "://" not in name and _letters(name) not in {"", title}:
            yield name, by


def _called(stated: Stated) -> Iterator[Told]:
    yield from stated.meta("og:site_name")
    yield words(stated.linked("publisher")), "JSON-LD"
    for thing in stated.things:
        if {"WebSite", "NewsMediaOrganization"} & set(kinds(thing)):
            yield words(thing.get("name")), "JSON-LD"
    yield from stated.meta(*_OUTLETS[1:])


def _host_names(url: str) -> list[str]:
    host = urlsplit(url).hostname or ""
    labels = host.removeprefix("www.").split(".")
    return [host.removeprefix("www."), *labels[:-1]] if host else []


def _addresses(stated: Stated, address: str | None) -> Iterator[Told]:
    base = address or ""
    told: list[Told] = [(href, "canonical link") for href in stated.links.get("canonical", ())]
    told += stated.meta("og:url")
    told += [(value, "JSON-LD") for key in ("url", "mainEntityOfPage") if (value := _address_in(stated.linked(key)))]
    told += stated.meta(*_ADDRESSES[1:])
    found = [(url, by) for href, by in told if (url := _absolute(base, href))]
    # Some systems state their front page as the address of every page.
    yield from (each for each in found if urlsplit(each[0]).path.strip("/") or urlsplit(each[0]).query)
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


def _authors(stated: Stated, outlets: list[str]) -> tuple[tuple[str, ...], str]:
    for given, by in _author_lists(stated, outlets):
        if names := people(given, outlets=outlets):
            return names, by
    return (), ""


def _author_lists(stated: Stated, outlets: list[str]) -> Iterator[tuple[list[str], str]]:
    for key in ("author", "creator"):
        value = stated.linked(key)
        yield (
            [words(follow(each, stated.things)) for each in (value if isinstance(value, list) else [value])],
            "JSON-LD",
        )
    yield [pieces_of(each) for each in stated.items.get("author", ())], "microdata"
    for name in _AUTHORS:
        values = [text for text, _ in stated.meta(name)]
        yield [_turned(text) if name.startswith(("citation", "dc")) else text for text in values], "meta tag"
    yield _bylines(stated, outlets), "byline"


def _turned(name: str) -> str:
    """Jane Doe for "Doe, Jane", as libraries write it."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given and len(name.split()) <= 4 else name


def _bylines(stated: Stated, outlets: list[str]) -> list[str]:
    """The names that stand in the first byline at the headline."""
    for told in (_LINKED(stated.root), [each for each in stated.named if _BYLINE.search(each.get("class"))]):
        for element in near_headline(stated, told)[:_MOST_BYLINES]:
            names = [name for name in people([pieces_of(element)], outlets=outlets) if _NAME.fullmatch(name)]
            if names:
                return names
    return []
