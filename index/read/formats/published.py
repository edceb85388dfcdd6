"""All that a page states in, when its article came out. Knows where pages put dates, not how dates are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from index.dates.written import moment
from index.read.dating import from_line
from index.read.formats.linked import is_article, words
from index.read.formats.markup import Element, text_of
from index.read.formats.stated import Stated, Told, is_elsewhere
from index.read.types import Dating

_METAS = """
    article:published_time og:article:published_time og:published_time og:pubdate article:published published_time
    datepublished date_published publish_date publish-date publishdate published-date published_at published_date
    publication_date publication-date publicationdate pubdate pub_date parsely-pub-date sailthru.date
    cxenseparse:recs:publishtime cxenseparse:publishtime article.published article_date_original
    originalpublicationdate displaydate ptime bt:pubdate shareaholic:article_published_time rnews:datepublished
    dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date citation_publication_date
    citation_online_date citation_date date created article.created creation_date
""".split()
_DATED = (
    "descendant::*[self::time or contains(@class,'date') or contains(@class,'Date') or contains(@class,'time')"
    " or contains(@class,'publish') or contains(@class,'posted') or contains(@class,'byline')"
    " or contains(@class,'meta')"
    " or contains(@id,'date') or contains(@class,'Time')][position() <= 40]"
)
_HEADER = frozenset(["article", "main", "body"])
_EMPTY_YEARS = frozenset([1970, 1900])  # what systems write where they have no date
_LONGEST = 160


def dating(stated: Stated) -> Dating | None:
    """When the article came out, None if the page does not say so.

    What was told in more detail about the same day counts: a time beside the date alone.
    """
    found = [each for told in (_for_machines(stated), _in_page(stated)) for each in told]
    if not found:
        return None
    first = found[0]
    if first.moment.time() == time():
        for other in found[1:]:
            if other.moment.date() == first.moment.date() and other.moment.time() != time() and other.sure == "stated":
                return other
    return first


def _for_machines(stated: Stated) -> Iterator[Dating]:
    told: list[Told] = [(words(stated.linked("datePublished")), "JSON-LD")]
    if not stated.article:
        told += [(words(thing.get("datePublished")), "JSON-LD") for thing in stated.things if not is_article(thing)]
    told += stated.meta(*_METAS)
    told += stated.item("datePublished")
    for value, source in told:
        when = moment(int(value) if value.isdecimal() and len(value) > 8 else value)
        if when and when.year not in _EMPTY_YEARS:
            yield Dating(when, source)


def _in_page(stated: Stated) -> Iterator[Dating]:
    """The dates that stand at the headline: those with a label first."""
    found = [each for element in _dated(stated) if (each := _read(element))]
    yield from (each for each in found if each.sure == "stated")
    yield from (each for each in found if each.sure == "inferred")


def _dated(stated: Stated) -> Iterator[Element]:
    for heading in stated.headings[:2]:
        for around in heading.iterancestors():
            near = [each for each in around.xpath(_DATED) if not is_elsewhere(each)]
            if near or around.tag in _HEADER:
                yield from near
                return


def _read(element: Element) -> Dating | None:
    about = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
    if element.tag == "time" and (when := moment(element.get("datetime"))):
        changed = "updat" in about or "modif" in about
        return Dating(when, "time element", "inferred") if not changed else None
    text = text_of(element)
    return from_line(text) if 5 < len(text) <= _LONGEST else None
