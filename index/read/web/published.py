"""All that a page states in, when its article came out. Knows where pages put dates, not how dates are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import time
from itertools import chain

from index.dates.written import moment
from index.read.dating import from_line
from index.read.types import Dating
from index.read.web.headline import Line, Nearby
from index.read.web.linked import is_article, words
from index.read.web.markup import Element, text_of
from index.read.web.stated import Stated, Told, near_headline

_METAS = """
    article:published_time og:article:published_time og:published_time og:pubdate article:published published_time
    datepublished date_published publish_date publish-date publishdate published-date published_at published_date
    publication_date publication-date publicationdate pubdate pub_date parsely-pub-date sailthru.date
    cxenseparse:recs:publishtime cxenseparse:publishtime article.published article_date_original
    originalpublicationdate displaydate pdate ptime bt:pubdate shareaholic:article_published_time rnews:datepublished
    dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date citation_publication_date
    citation_online_date citation_date date created article.created creation_date
""".split()
_DATED = re.compile("date|time|publish|posted|byline|meta", re.IGNORECASE)
_EMPTY_YEARS = frozenset([1970, 1900])  # what systems write where they have no date
_FAR_FUTURE = 2100  # a misreading, such as of a number
_SECONDS = re.compile(r"1\d{8,9}|1\d{12}")  # since 1970: from 1973 to 2033
_LONGEST = 160
_DAY_FIRST = frozenset("de fr es it pt nl da sv nb nn no fi pl cs sk uk ru ro bg el tr id vi ca gl hr sl et lv".split())
_ENGLISH_DAY_FIRST = {
    **dict.fromkeys(("gb", "uk", "ie", "au", "nz", "in", "za", "sg", "hk", "ng", "ke"), True),
    "us": False,
}


def dating(stated: Stated, near: Nearby) -> Dating | None:
    """When the article came out, None if the page does not say so.

    Of two that name the same day the one with a time counts.

    Args:
        stated: By the page.
        near: What stands at its headline.
    """
    told = chain(_for_machines(stated), _in_page(stated, near))
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
        when = moment(int(value) if _SECONDS.fullmatch(value) else value)
        if when and when.year not in _EMPTY_YEARS and when.year < _FAR_FUTURE:
            yield Dating(when, source)


def _day_first(stated: Stated) -> bool | None:
    """Whether 03/04/2025 is in April where the page says it is from; English without a country says nothing."""
    language, _, country = (stated.root.get("lang") or "").strip().lower().replace("_", "-").partition("-")
    if language == "en":
        return _ENGLISH_DAY_FIRST.get(country)
    return True if language in _DAY_FIRST else None


def _in_page(stated: Stated, near: Nearby) -> Iterator[Dating]:
    """The dates that stand at the headline, those with a label first; then those that a class or an element tells."""
    day_first = _day_first(stated)
    yield from _labelled_first(_in_lines(near.below, day_first=day_first))
    elements = [*stated.root.iter("time"), *(each for each in stated.named if _DATED.search(each.get("class")))]
    for headline in (near.headline, None):
        close = near_headline(stated, elements, headline)
        yield from _labelled_first([each for element in close if (each := _read(element, day_first=day_first))])
    yield from _labelled_first(_in_lines(near.above, day_first=day_first))


def _labelled_first(found: list[Dating]) -> Iterator[Dating]:
    yield from (each for each in found if each.sure == "stated")
    yield from (each for each in found if each.sure == "inferred")


def _in_lines(lines: Iterable[Line], *, day_first: bool | None) -> list[Dating]:
    found: list[Dating] = []
    for line in lines:
        dated = (from_line(text, day_first=day_first) for text in _readings(line) if 5 < len(text) <= _LONGEST)
        first = next((each for each in dated if each), None)
        times = (_read(each, day_first=day_first) for _, each in line if each.tag == "time")
        timed = next((each for each in times if each), None)
        if first and (not timed or first.sure == "stated" or first.moment.date() != timed.moment.date()):
            found.append(first)
        if timed:
            found.append(timed)
    return found


def _readings(line: Line) -> Iterator[str]:
    """The whole line, then its pieces, with what stands before them first: that may say of what the date is."""
    yield " ".join(text for text, _ in line)
    before = ""
    for text, element in line:
        yield f"{before} {text}".strip()
        if not before.endswith((":", "：")) and not (element.tag == "a" and element.getparent().tag == "li"):
            yield text
        before = text


def _read(element: Element, *, day_first: bool | None) -> Dating | None:
    about = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
    if element.tag == "time" and (when := moment(element.get("datetime"), day_first=day_first)):
        changed = ("updat" in about or "modif" in about) and "publish" not in about
        return Dating(when, "time element", "inferred") if not changed else None
    text = text_of(element)
    return from_line(text, day_first=day_first) if 5 < len(text) <= _LONGEST else None
