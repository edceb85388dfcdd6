"""Dates with a month or a year in them: "Dec. 12, 2025", "12-13 December", "in July", "the late 1990s", "2025-12-22".

A place in a text in, the date that begins or stands there out. What the text leaves open, the day it was written and
its verbs settle; without that day it stays open.
"""

from __future__ import annotations

import re
from datetime import date

from index.dates import spans
from index.dates.spans import Span
from index.dates.tense import Leaning, leaning
from index.dates.words import MONTHS
from index.types import Mention

_ENGLISH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)(?![\w-])\.?"
)
_IS_ENGLISH = re.compile(_ENGLISH)
_TO = r"(?:\s*[-–—]\s*|\s+(?:to|and|through|until)\s+)"
_NTH = r"(?:st|nd|rd|th)?"
_NUMBER_ENDS = r"(?!\d|[,.:]\d|\s?%|-[a-z])"
_YEAR_ENDS = r"(?![\w%]|[,.:/-]\d)"

_MONTH_FIRST = re.compile(
    rf"(?P<month>{_ENGLISH})(?:\s+(?P<day>\d{{1,2}}){_NTH}{_NUMBER_ENDS}"
    rf"(?:{_TO}(?:(?P<month2>{_ENGLISH})\s+)?(?P<day2>\d{{1,2}}){_NTH}{_NUMBER_ENDS})?)?"
    rf"(?:,?\s+(?:of\s+)?(?P<year>[12]\d{{3}}){_YEAR_ENDS})?"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:{_TO}(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.)?)?\s+(?:of\s+|de\s+)?"
    rf"(?P<month>[^\W\d_]{{3,12}})(?![\w-])\.?(?:,?\s+(?:del?\s+)?(?P<year>[12]\d{{3}}){_YEAR_ENDS})?"
)
_NUMERIC = re.compile(r"(?P<year>[12]\d{3})([-./])(?P<month>\d\d)\2(?P<day>\d\d)(?![\d-])")
_EAST_ASIAN = re.compile(
    r"(?P<year>\d{4})\s?[년年](?:\s?(?P<month>\d{1,2})\s?[월月](?:\s?(?P<day>\d{1,2})\s?[일日])?)?(?!\s?[전前後후間간])"
)
_YEAR = re.compile(
    r"(?P<year>(?:1[6-9]|20)\d\d)(?P<decade>s)?(?![\w%°$€£]|[,.:]\d|[-–/]\d|-[a-z]|\s?"
    r"(?:%|UTC|GMT|hours|hrs|local time|[ap]\.?m\b|[A-Z]{1,2}ST\b|k?m\b|kg\b|feet|met(?:er|re)s|miles|people|others))"
)
_BEFORE_YEAR = re.compile(
    r"(?:(?:the\s+)?(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]"
    r"|(?:the\s+)?(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)\s(?P<unit>quarter|half)\sof\s|Q(?P<q>[1-4])[,\s]+(?:of\s)?"
    r"|(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all)\s(?:of\s)?"
    r"|(?P<sure>\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]uring|[Bb]efore|[Aa]fter|[Bb]etween|the\syear|back\sin)\s"
    r"|\b(?:[Ff]rom|[Bb]etween)\s\d{4}\s(?:to|and)\s|\bin\s\d{4}(?:,|\sand|,\sand|\sor)\s)"
    r"|(?P<count>\b(?:[Ff]rom|[Bb]y|of|for)\s)|(?P<name>\b[Tt]he\s))$"
)
_DECADE_BEFORE = re.compile(r"\b(?:the\s+)?(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s])?$")
_AFTER_COUNT = re.compile(
    r"[.,;:)\]!?]|\s(?:and|or|to|as|was|were|is|the|he|she|it|they|when|by|in|at|for|with|has|had|until)\b|$"
)
_AFTER_NAME = re.compile(r"\s[A-Za-z]")
_BEFORE_MONTH = re.compile(
    r"\b(?:(?P<how>[Ll]ast|[Nn]ext|[Tt]his)\s|(?:(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|of)\s)?(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]"
    r"|(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Ff]rom|(?:end|beginning|start|middle|month)\sof)\s)$"
)
_NAMESAKES = frozenset({"may", "june", "april", "august", "jan"})
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]")
_EVENT = re.compile(r"(?:,?\s+\d{4})?\s+(?:terror|attack|massacre|hijack)")
_PARTS = ("early", "mid", "late")
_NTHS = ("first", "second", "third", "fourth")
_LOOK_BACK = 32
_LONG_AGO = 270  # days; "Jan. 3" written in December without a verb is the one to come


def from_month(text: str, at: int, written: date | None) -> Mention | None:
    """What begins with an English month: "Dec. 12 to 13", "December 2025", and "July" after "in" or "last"."""
    found = _MONTH_FIRST.match(text, at)
    if not found:
        return None
    if found["day"]:
        return _days(text, found, written)
    month, start = _number(found["month"]), at
    before = _BEFORE_MONTH.search(text, max(0, at - _LOOK_BACK), at)
    part, how = (before["part"], before["how"]) if before else (None, None)
    if before and (part or how):
        start = before.start("part" if part else "how")
    if found["year"]:
        span = spans.month(int(found["year"]), month)
    elif written and before and not _is_name(text, found):
        span = _named_month(month, how.lower(), written) if how else _near_month(text, found, month, written)
    else:
        return None
    return Mention(start, found.end(), *(spans.third(span, _PARTS.index(part.lower())) if part else span))


def from_number(text: str, at: int, written: date | None) -> Mention | None:
    """What begins with a number: "2025-12-22", "12 December", "22 décembre 2025", "2025년 12월", a year, a decade."""
    for pattern in (_NUMERIC, _EAST_ASIAN):
        if found := pattern.match(text, at):
            span = _numeric(*(int(part) if part else None for part in found.group("year", "month", "day")))
            return Mention(at, found.end(), *span) if span else None
    found = _DAY_FIRST.match(text, at)
    if found and (month := MONTHS.get(found["month"].lower())):
        known = found["month"][0].isupper() and _IS_ENGLISH.fullmatch(found["month"])
        if month and (known or found["year"]):
            return _days(text, found, written)
    found = _YEAR.match(text, at)
    return _year(text, found) if found else None


def from_weekday(text: str, end: int, weekday: int, written: date | None) -> Mention | None:
    """The date after a weekday: "Monday, Dec. 22". Its day settles the year."""
    found = _MONTH_FIRST.match(text, end) or _DAY_FIRST.match(text, end)
    if not found or not found["day"] or found["month"].rstrip(".").lower() not in MONTHS:
        return None
    return _days(text, found, written, weekday=weekday)


def _days(text: str, found: re.Match[str], written: date | None, *, weekday: int | None = None) -> Mention | None:
    groups = found.groupdict()
    month, day = _number(found["month"]), int(found["day"])
    if groups["year"]:
        first = _date(int(found["year"]), month, day)
        if first and groups.get("month2") and _number(found["month2"]) < month:
            first = _date(first.year - 1, month, day)  # "Dec. 30 to Jan. 2, 2026"
    elif written and not _EVENT.match(text, found.end()):
        first = _near_day(text, found, written, weekday)
    else:
        return None
    if not first or (weekday is not None and first.weekday() != weekday and not groups["year"]):
        return None
    last: date | None = first
    if groups["day2"]:
        month2 = _number(groups["month2"]) if groups.get("month2") else month
        last = _date(first.year + (month2 < month), month2, int(groups["day2"]))
    return Mention(found.start(), found.end(), first, last) if last and first <= last else None


def _near_day(text: str, found: re.Match[str], written: date, weekday: int | None) -> date | None:
    """The day of this name that is meant: the latest one, or the next one where the sentence looks ahead."""
    month, number = _number(found["month"]), int(found["day"])
    near = [day for year in (-1, 0, 1) if (day := _date(written.year + year, month, number))]
    if weekday is not None:
        near = [day for day in near if day.weekday() == weekday]
    past = max((day for day in near if day <= written), default=None)
    coming = min((day for day in near if day >= written), default=None)
    if not past or not coming or past == coming:
        return past or coming
    look = leaning(text, found.start(), found.end())
    since, ahead = (written - past).days, (coming - written).days
    if look is Leaning.AHEAD:  # "said he would come on March 3", told in April
        return past if ahead > _LONG_AGO else coming
    return coming if look is Leaning.UNTOLD and since > _LONG_AGO else past


def _near_month(text: str, found: re.Match[str], month: int, written: date) -> Span:
    """This month's year by the verb; the month at hand is itself."""
    if month == written.month:
        return spans.month(written.year, month)
    ahead = leaning(text, found.start(), found.end()) is Leaning.AHEAD
    return spans.month(written.year + (month < written.month if ahead else -(month > written.month)), month)


def _named_month(month: int, how: str, written: date) -> Span:
    """The month in "last July", "next July", "this July"."""
    shift = {"last": -(month >= written.month), "next": int(month <= written.month), "this": 0}[how]
    return spans.month(written.year + shift, month)


def _year(text: str, found: re.Match[str]) -> Mention | None:
    """A year or decade, if the words before it say that it is one and not a number of something."""
    year, at = int(found["year"]), found.start()
    look_back = max(0, at - _LOOK_BACK)
    if found["decade"]:
        before = _DECADE_BEFORE.search(text, look_back, at)
        if year % 10 or not before:
            return None
        part = before["part"]
        span = spans.third(spans.decade(year), _PARTS.index(part.lower())) if part else spans.decade(year)
        return Mention(before.start("part") if part else at, found.end(), *span)
    before = _BEFORE_YEAR.search(text, look_back, at)
    if not before:
        return None
    if before["count"] or before["name"]:
        after = _AFTER_NAME if before["name"] else _AFTER_COUNT
        if (before["name"] or year % 50 == 0) and (year % 50 == 0 or not after.match(text, found.end())):
            return None
    span, start = _part_of_year(year, before), at
    if any(before[kind] for kind in ("part", "nth", "q", "season")):
        start = before.start()
    return Mention(start, found.end(), *span)


def _part_of_year(year: int, before: re.Match[str]) -> Span:
    if before["part"]:
        return spans.third(spans.year(year), _PARTS.index(before["part"].lower()))
    if before["nth"] or before["q"]:
        nth = int(before["q"]) - 1 if before["q"] else _NTHS.index(before["nth"].lower())
        length = 6 if before["unit"] == "half" else 3
        return spans.months(year, nth * length + 1, nth * length + length) if nth * length < 12 else spans.year(year)
    if before["season"]:
        first = {"spring": 3, "summer": 6}.get(before["season"].lower(), 9)
        return spans.months(year, first, first + 2)
    return spans.year(year)


def _numeric(year: int | None, month: int | None, day: int | None) -> Span | None:
    if not year or not 1600 <= year <= 2100:
        return None
    if day and month:
        found = _date(year, month, day)
        return spans.day(found) if found else None
    if month:
        return spans.month(year, month) if month <= 12 else None
    return spans.year(year)


def _is_name(text: str, found: re.Match[str]) -> bool:
    return found["month"].lower() in _NAMESAKES and bool(_NAME_AFTER.match(text, found.end()))


def _number(month: str) -> int:
    return MONTHS[month.rstrip(".").lower()]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
