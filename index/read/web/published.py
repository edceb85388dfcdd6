"""All that a page states in, when its article came out. Knows where pages put dates, not how dates are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from itertools import chain

from index.dates.written import moment
from index.read.dating import from_line
from index.read.types import Dating
from index.read.web.linked import is_article, words
from index.read.web.markup import Element, text_of
from index.read.web.stated import Stated, Told, near_headline

_METAS = """
    article:published_time og:article:published_time og:published_time og:pubdate article:published published_time
    datepublished date_published publish_date publish-date publishdate published-date published_at published_date
    publication_date publication-date publicationdate pubdate pub_date parsely-pub-date sailthru.date
    cxenseparse:recs:publishtime cxenseparse:publishtime article.published article_date_original
    originalpublicationdate displaydate ptime bt:pubdate shareaholic:article_published_time rnews:datepublished
    dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date citation_publication_date
    citation_online_date citation_date date created article.created creation_date
""".split()
_DATED = re.compile("date|time|publish|posted|byline|meta", re.IGNORECASE)
_EMPTY_YEARS = frozenset([1970, 1900])  # what systems write where they have no date
_LONGEST = 160


def dating(stated: Stated) -> Dating | None:
    """When the article came out, None if the page does not say so.

    Of two that name the same day the one with a time counts.
    """
    told = chain(_for_machines(stated), _in_page(stated))
    first = next(told, None)
    if first is None or first.moment.time() != time():
        return first
    day = first.moment.date()
    return next((each for each in told if each.moment.date() == day and each.moment.time() != time()), first)


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
    elements = [*stated.root.iter("time"), *(each for each in stated.named if _DATED.search(each.get("class")))]
    found = [each for element in near_headline(stated, elements) if (each := _read(element))]
    yield from (each for each in found if each.sure == "stated")
    yield from (each for each in found if each.sure == "inferred")


def _read(element: Element) -> Dating | None:
    about = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
    if element.tag == "time" and (when := moment(element.get("datetime"))):
        changed = "updat" in about or "modif" in about
        return Dating(when, "time element", "inferred") if not changed else None
    text = text_of(element)
    return from_line(text) if 5 < len(text) <= _LONGEST else None
