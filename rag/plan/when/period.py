"""A question and the day it is asked on in, the time that it asks about out. Knows nothing about articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from rag.plan.when.claims import Claim, Kind, days_from
from rag.plan.when.dated import dates_asked
from rag.plan.when.events import event_asked
from rag.plan.when.lately import is_moving, lately_asked, newest_asked
from rag.types import Period

ASKED_LATELY = timedelta(days=7)
"""News is asked about in the week after it."""

UNSAID_SURENESS = 0.5
"""Without a word of time the day of asking is all there is: a habit of readers, not a wish."""

NOW_SURENESS = 0.8
"""How things stand is in the last report of them, which is mostly, not always, of these days."""

NEWEST_SURENESS = 0.5
"""The newest report may be of any day: what counts is that it is the newest."""

SURENESS: Mapping[Kind, float] = {
    "days": 0.9,  # what happened on a day is reported on it and the day after
    "month": 0.9,  # wide enough to hold the report as well as the event
    "year": 0.8,  # as sure, but of December's events some are told in January
    "name": 0.7,  # "the 2019 marathon" is told in 2019, and spoken of before and after
    "vague": 0.7,  # nobody counts the days of "recently"
    "event": 0.7,  # the day is the archive's word, not the question's
    "open": 0.4,  # "before March" is told in March as well; one end says little
}
"""How likely an article that answers is of the time that is named."""

LONG_AGO = timedelta(days=3653)
LONG_AGO_SURENESS = 0.2
"""Ten years before the day of asking a year is the background of the news more often than its day: "born in 1997"."""

SAYS_NOW_AFTER = timedelta(days=62)
"""What somebody thinks of a day so far back is asked in the present tense, and told lately: "What does she say was
done in 2016?" """

APART = timedelta(days=550)
"""Dates farther apart than this are not of one report: the later one is, for it can speak of the earlier."""

NEWS_YEARS = range(1605, 5000)
"""From the first newspaper on; a day of asking before it, or long after today, is a slip: nothing is told from it."""

_COMPARED = re.compile(
    r"\b(?:which|who|what)\b[^.?!]{0,40}?\b(?:came|happened|was|died|opened|won|arrived|took place)\s"
    r"(?:first|last|earlier|later|sooner)\b.*\bor\b|\b(?:before or after|earlier or later)\b",
    re.IGNORECASE,
)
# Possessive: a thousand dashes or apostrophes would else be cut into words in all possible ways.
_SAYS_NOW = re.compile(
    r"^(?!.*\bdid\b)\W*+(?:\w[\w’'-]*+\W++){0,6}?(?:does|do|thinks?|says?|believes?)\b", re.IGNORECASE | re.DOTALL
)
# A time is named that was not understood, or an event whose day nobody knows: then these days are not meant.
_OTHER_TIME = re.compile(
    r"\bthe (?:week|month|year) (?:before|after)\b"
    r"|\b(?:on|at|before|since|until|over) (?:christmas|easter|thanksgiving|new year['’]s|hallowe['’]?en)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|since|until)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow (?:many|much)\b|\b(?:death )?toll\b|\btotal\b|\bnumber of\b", re.IGNORECASE)


def period_asked(text: str, as_of: date | None, day_of: Callable[[str], date | None]) -> Period | None:
    """When what answers a question was published, as far as its words and its day say.

    Args:
        text: The question, standing alone.
        as_of: The day it is asked on; None: "last week" says nothing, "in March 2020" does.
        day_of: Gives the day of an event ("the summit"), None if the archive does not tell.

    Returns:
        The period; None where neither words nor day say anything, where times are compared, and where a time is named
        that cannot be told.
    """
    if _COMPARED.search(text):
        return None
    newest = newest_asked(text)
    claims: list[Claim] = []
    if not as_of or as_of.year in NEWS_YEARS:
        claims = dates_asked(text, as_of) or (lately_asked(text, as_of) if as_of else [])
    unknown: list[str] = []
    if not claims and not newest and (event := event_asked(text, as_of, _noting(day_of, unknown))):
        claims = [event]
    moving = is_moving(text)
    if claims:
        return _period(text, _weightiest(claims, as_of), as_of, newest=newest is not None or moving)
    lately = days_from(as_of, -ASKED_LATELY.days) if as_of else None
    if newest:
        words, recent = newest
        sureness = NOW_SURENESS if recent else NEWEST_SURENESS
        return Period(words, lately if recent else None, as_of, sureness, newest=True)
    if not moving and (_OTHER_TIME.search(text) or (unknown and _BEFORE.search(text))):
        return None
    return Period("", lately, as_of, UNSAID_SURENESS, newest=moving) if as_of or moving else None


def _noting(day_of: Callable[[str], date | None], unknown: list[str]) -> Callable[[str], date | None]:
    """The same, adding to a list the events whose day it does not know."""

    def noted(event: str) -> date | None:
        day = day_of(event)
        if day is None:
            unknown.append(event)
        return day

    return noted


def _weightiest(claims: Sequence[Claim], as_of: date | None) -> Sequence[Claim]:
    """Those claims that date what is asked: no open end beside a time that has both, nothing long before the rest."""
    closed = [claim for claim in claims if claim.kind != "open"] or claims
    last = max(claim.last or as_of or date.max for claim in closed)
    return [claim for claim in closed if (claim.last or last) >= last - _least(APART, last)]


def _least(length: timedelta, day: date) -> timedelta:
    return min(length, day - date.min)


def _period(text: str, claims: Sequence[Claim], as_of: date | None, *, newest: bool) -> Period:
    """One period around the claims, as sure as the least sure of them."""
    firsts = [claim.first for claim in claims if claim.first]
    lasts = [claim.last for claim in claims if claim.last]
    first = min(firsts) if len(firsts) == len(claims) else None
    last = max(lasts) if len(lasts) == len(claims) else None
    sureness = min(SURENESS[claim.kind] for claim in claims)
    gone = as_of - last if as_of and last else timedelta()
    vague = any(claim.kind in {"year", "name", "open"} for claim in claims)
    if (vague and gone > LONG_AGO) or (gone > SAYS_NOW_AFTER and _SAYS_NOW.search(text)):
        sureness = min(sureness, LONG_AGO_SURENESS)
    words = text[claims[0].start : claims[-1].end]
    # "How many had died by Friday?": of what is told of a growing number the last word counts.
    grows = bool(_COUNTED.search(text)) and any(claim.kind == "open" for claim in claims)
    return Period(words, first, last, sureness, newest=newest or grows)
