"""Years and decades: "in 2019", "the 2016 election", "1999–2003", "late 2024", "the second half of 2025", "the 1990s".

A number in a text in, the date out if the words beside it say that it is no number of something: "2,000 people", "at
1900 UTC", "a 2000 km pipeline" are none.
"""

from __future__ import annotations

import re

from index.dates import spans
from index.dates.spans import Span
from index.types import Mention

_FOUR_DIGITS = r"(?:1[6-9]|20)\d\d"
_YEAR = re.compile(
    rf"(?P<year>{_FOUR_DIGITS})(?:(?P<decade>s)|(?P<to>\s?[-–]\s?|\s(?:to|and|through|until|till)\s)(?P<last>{_FOUR_DIGITS}))?"
    r"(?![\w%°$€£]|[,.:]\d|[-–/]\d|-[a-z]|\s?"
    r"(?:%|UTC|GMT|hours|hrs|local time|[ap]\.?m\b|[A-Z]{1,2}ST\b|k?m\b|kg\b|feet|met(?:er|re)s|miles|people|others))"
)
_BEFORE = re.compile(
    r"(?:\b|(?=['’]))(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]"
    r"|(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)\s(?P<unit>quarter|half)\sof\s|Q(?P<quarter>[1-4])[,\s]+(?:of\s)?"
    r"|(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all)\s(?:of\s)?"
    r"|(?P<time>[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]uring|[Bb]efore|[Aa]fter|[Bb]etween|[Tt]hroughout|the\syear"
    r"|in\s\d{4}(?:,|\sand|,\sand|\sor))\s"
    r"|(?P<count>[Ff]rom|[Bb]y|[Oo]f|[Ff]or|[Aa]round|[Rr]oughly|[Aa]bout)\s"
    r"|(?P<owner>(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y|upcoming)|['’]s|(?<=s)['’])\s)$"
)
_BEFORE_DECADE = re.compile(r"\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]$")
_NO_NOUN = re.compile(
    r"[.,;:)\]!?\n]|\s(?:and|or|to|as|was|were|is|the|he|she|it|they|when|by|in|at|for|with|has|had|until)\b|$"
)
_NOUN = re.compile(r"\s[A-Za-z]")
_PARTS = ("early", "mid", "late")
_NTHS = ("first", "second", "third", "fourth")
_FIRST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}  # of the northern half, where most news is written
_LOOK_BACK = 32
_LONGEST_SPAN = 150


def from_year(text: str, at: int) -> Mention | None:
    """The year, years or decade that `text[at:]` begins with."""
    found = _YEAR.match(text, at)
    if not found:
        return None
    if found["decade"]:
        return _decade(text, found)
    year, before = int(found["year"]), _BEFORE.search(text, max(0, at - _LOOK_BACK), at)
    if found["last"] and (until := _until(found, before)):
        return Mention(at, found.end(), spans.year(year)[0], spans.year(until)[1])
    end = found.end("year")
    if not before or not _is_year(year, before, text, end):
        return None
    beside = before["time"] or before["count"] or before["owner"]
    return Mention(at if beside else before.start(), end, *_part(year, before))


def _decade(text: str, found: re.Match[str]) -> Mention | None:
    """The years in "the 1990s", "the early 1990s"."""
    first, at = int(found["year"]), found.start()
    if first % 10 or (first % 100 == 0 and first < 2000):  # "the 1900s" are ten years or a hundred
        return None
    before = _BEFORE_DECADE.search(text, max(0, at - _LOOK_BACK), at)
    span = spans.decade(first)
    if not before:
        return Mention(at, found.end(), *span)
    return Mention(before.start(), found.end(), *spans.third(span, _PARTS.index(before["part"].lower())))


def _until(found: re.Match[str], before: re.Match[str] | None) -> int | None:
    """The last year of "1999–2003", "from 1999 to 2003", "between 1999 and 2003"."""
    year, last, joint = int(found["year"]), int(found["last"]), found["to"].strip()
    if not year < last < year + _LONGEST_SPAN:
        return None
    if joint == "and":
        return last if before and (before["time"] or "").lower() == "between" else None
    return last if joint in "-–" or before else None


def _is_year(year: int, before: re.Match[str], text: str, end: int) -> bool:
    """Whether it is no number of things: "of 1950 people" is rare and "of 2000 people" is not."""
    if before["count"]:
        return year % 50 != 0 or bool(_NO_NOUN.match(text, end))
    if before["owner"]:
        return year % 50 != 0 and bool(_NOUN.match(text, end))
    return True


def _part(year: int, before: re.Match[str]) -> Span:
    if before["part"]:
        return spans.third(spans.year(year), _PARTS.index(before["part"].lower()))
    if before["season"]:
        first = _FIRST_MONTH[before["season"].lower()]
        return spans.months(year, first, first + 2)
    if before["quarter"] or before["unit"] == "quarter":
        nth = int(before["quarter"] or _NTHS.index(before["nth"].lower()) + 1)
        return spans.months(year, 3 * nth - 2, 3 * nth)
    if before["nth"] and before["nth"].lower() in _NTHS[:2]:
        nth = _NTHS.index(before["nth"].lower())
        return spans.months(year, 6 * nth + 1, 6 * nth + 6)
    return spans.year(year)
