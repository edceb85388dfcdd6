"""Dates with a month in them: "Dec. 12, 2025", "12-13 December", "in July", "June of this year", "2025-12-22".

A place in a text in, the date that begins or stands there out. What the text leaves open, the day it was written and
its verbs settle; without that day it stays open.
"""

from __future__ import annotations

import re
from datetime import date

from index.dates import spans
from index.dates.spans import Span
from index.dates.tense import Leaning, leaning, two_words_before
from index.dates.words import ENGLISH_MONTHS, MONTHS
from index.dates.years import from_year
from index.types import Mention

_ENGLISH = (
    rf"(?:(?:{'|'.join(ENGLISH_MONTHS)})(?![\w-])"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?![\w-])\.?)"
)
_IS_ENGLISH = re.compile(_ENGLISH)
_TO = r"(?:\s*[-–—]\s*|\s+(?:to|and|through|until)\s+)"
_NTH = r"(?:st|nd|rd|th)?"
_NUMBER_ENDS = r"(?!\d|[,.:]\d|\s?%|-[a-z])"
_YEAR_ENDS = r"(?![\w%]|[,.:/-]\d)"

_MONTH_FIRST = re.compile(
    rf"(?P<month>{_ENGLISH})(?:\s+(?P<day>\d{{1,2}}){_NTH}{_NUMBER_ENDS}"
    rf"(?:{_TO}(?:(?P<month2>{_ENGLISH})\s+)?(?P<day2>\d{{1,2}}){_NTH}{_NUMBER_ENDS})?)?"
    rf"(?:(?:\s?,)?\s+(?:of\s+)?(?:(?P<year>[12]\d{{3}}){_YEAR_ENDS}|(?P<shift>last|this|next)\syear\b))?"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:{_TO}(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.)?)?\s+(?:of\s+|de\s+)?"
    r"(?P<month>[^\W\d_]{3,12})(?![\w-])\.?"
    rf"(?:(?:\s?,)?\s+(?:del?\s+)?(?P<year>[12]\d{{3}}){_YEAR_ENDS})?"
)
BEHIND_DAY = (
    r"(?=\.?(?:\s*[-–—]|\s+(?:(?:to|and|through|until)\s"
    r"|(?:of\s+|de\s+)?(?:[A-Z]|[^\W\d_]{3,12}\.?(?:\s?,)?\s+(?:del?\s+)?[12]\d{3}))))"
)
"""What must follow a bare number that `from_day` makes a date of: a second day, an English month, or any and a year."""
_NUMERIC = re.compile(r"(?P<year>[12]\d{3})([-./])(?P<month>\d\d)\2(?P<day>\d\d)(?![\d-])")
_EAST_ASIAN = re.compile(
    r"(?P<year>\d{4})\s?[년年](?:\s?(?P<month>\d{1,2})\s?[월月](?:\s?(?P<day>\d{1,2})\s?[일日])?)?(?!\s?[전前後후間간])"
)
_BEFORE_MONTH = re.compile(
    r"\b(?:(?P<how>[Ll]ast|[Nn]ext|[Tt]his(?: past)?)\s|(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]"
    r"|(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Ff]rom|[Oo]f|[Ff]or|[Tt]hrough|[Tt]hroughout)\s)$"
)
_NAMESAKES = frozenset({"may", "june", "april", "august", "jan"})
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]")
# "The Oct. 7 attack" is of a year that everybody knows; "Aug. 2 – Detroit" is a line of a list of the coming year or of
# the past one.
_EVENT = re.compile(r"\s+(?:terror|attack|massacre|hijack)")
_LISTED = re.compile(r"\s*(?:[-–—]|:|\|)")
_PARTS = ("early", "mid", "late")
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_LOOK_BACK = 32
_MONTHS_AGO = 8  # "voters in November" written in October
_MARK = 3  # characters, such as "• "
_A_YEAR = 366  # days
_LONG_AGO = 270  # days; "Jan. 3" written in December without a verb is the one to come


def from_month(text: str, at: int, written: date | None) -> Mention | None:
    """What begins with an English month: "Dec. 12 to 13", "December 2025", and "July" after "in" or "last"."""
    found = _MONTH_FIRST.match(text, at)
    if not found:
        return None
    if found["day"]:
        return _days(text, found, written)
    month, start = _number(found["month"]), at
    before = _BEFORE_MONTH.search(text, two_words_before(text, at), at)
    part, how = (before["part"], before["how"]) if before else (None, None)
    if before and (part or how):
        start = before.start("part" if part else "how")
    span: Span | None
    if year := _stated_year(found, written):
        span = spans.month(year, month)
    elif written and before and not _is_name(text, found):
        span = _named_month(month, how.lower(), written) if how else _near_month(text, found, month, written)
    else:
        span = None
    if span and part:
        span = spans.third(span, _PARTS.index(part.lower()))
    return Mention(start, found.end(), *span) if span else None


def from_day(text: str, at: int, written: date | None) -> Mention | None:
    """What begins with a day: "12 December", "12-13 Dec. 2025", and with its year in other languages too."""
    found = _DAY_FIRST.match(text, at)
    if not found or found["month"].lower() not in MONTHS:
        return None
    known = found["month"][0].isupper() and _IS_ENGLISH.fullmatch(found["month"])
    return _days(text, found, written) if known or found["year"] else None


def from_year_first(text: str, at: int) -> Mention | None:
    """What begins with a year: "2025-12-22", "2025년 12월", or a year alone."""
    for pattern in (_NUMERIC, _EAST_ASIAN):
        if found := pattern.match(text, at):
            span = _numeric(*(int(part) if part else None for part in found.group("year", "month", "day")))
            return Mention(at, found.end(), *span) if span else None
    return from_year(text, at)


def from_weekday(text: str, end: int, weekday: int, written: date | None) -> Mention | None:
    """The date after a weekday: "Monday, Dec. 22". Its day settles the year."""
    found = _MONTH_FIRST.match(text, end) or _DAY_FIRST.match(text, end)
    if not found or not found["day"] or found["month"].rstrip(".").lower() not in MONTHS:
        return None
    return _days(text, found, written, weekday=weekday)


def _days(text: str, found: re.Match[str], written: date | None, *, weekday: int | None = None) -> Mention | None:
    groups = found.groupdict()
    month, day = _number(found["month"]), int(found["day"])
    if year := _stated_year(found, written):
        first = _date(year, month, day)
        if first and groups.get("month2") and _number(found["month2"]) < month:
            first = _date(first.year - 1, month, day)  # "Dec. 30 to Jan. 2, 2026"
    elif written and not _EVENT.match(text, found.end()) and not _is_listed(text, found):
        first = _near_day(text, found, written, weekday)
    else:
        return None
    if not first or (weekday is not None and first.weekday() != weekday and not year):
        return None
    last: date | None = first
    if groups["day2"]:
        month2 = _number(groups["month2"]) if groups.get("month2") else month
        last = _date(first.year + (month2 < month), month2, int(groups["day2"]))
    return Mention(found.start(), found.end(), first, last) if last and first <= last else None


def _stated_year(found: re.Match[str], written: date | None) -> int | None:
    """The year in "December 2025", or in "June of last year"."""
    groups = found.groupdict()
    if groups["year"]:
        return int(groups["year"])
    return written.year + _SHIFTS[groups["shift"]] if written and groups.get("shift") else None


def _near_day(text: str, found: re.Match[str], written: date, weekday: int | None) -> date | None:
    """The day of this name that is meant: the latest one, or the next one where the sentence looks ahead."""
    month, number = _number(found["month"]), int(found["day"])
    near = [day for year in (-1, 0, 1) if (day := _date(written.year + year, month, number))]
    if weekday is not None:
        near = [day for day in near if day.weekday() == weekday]
    past = max((day for day in near if day <= written), default=None)
    coming = min((day for day in near if day >= written), default=None)
    if not past or not coming or past == coming:  # the 29th of February; or the weekday has settled it
        day = past or coming
        return day if day and abs((day - written).days) <= _A_YEAR else None
    look = leaning(text, found.start(), found.end())
    if look is Leaning.AHEAD:  # "said he would come on March 3", told in April
        return past if (coming - written).days > _LONG_AGO else coming
    if (written - past).days <= _LONG_AGO:
        return past
    if look is Leaning.UNTOLD:
        return coming
    return past if past.year == written.year else None  # of last year it would have been printed with its year


def _near_month(text: str, found: re.Match[str], month: int, written: date) -> Span | None:
    """This month's year by the verb, by what is nearer without one; the month at hand is itself."""
    ahead, since = (month - written.month) % 12, (written.month - month) % 12
    look = leaning(text, found.start(), found.end()) if ahead else Leaning.BACK
    if look is Leaning.BACK and since > _MONTHS_AGO and month > written.month:
        return None
    coming = look is Leaning.AHEAD or (look is Leaning.UNTOLD and since > _MONTHS_AGO)
    return spans.month(written.year, written.month + (ahead if coming else -since))


def _named_month(month: int, how: str, written: date) -> Span:
    """The month in "last July", "this past July", "next July", "this July"."""
    if how in {"last", "this past"}:
        return spans.month(written.year - (month >= written.month), month)
    return spans.month(written.year + (how == "next" and month <= written.month), month)


def _numeric(year: int | None, month: int | None, day: int | None) -> Span | None:
    if not year or not 1600 <= year <= 2100:
        return None
    if day and month:
        found = _date(year, month, day)
        return spans.day(found) if found else None
    if month:
        return spans.month(year, month) if month <= 12 else None
    return spans.year(year)


def _is_listed(text: str, found: re.Match[str]) -> bool:
    start = found.start()
    begins_line = start <= _MARK or "\n" in text[start - _MARK : start]
    return begins_line and bool(_LISTED.match(text, found.end()))


def _is_name(text: str, found: re.Match[str]) -> bool:
    return found["month"].lower() in _NAMESAKES and bool(_NAME_AFTER.match(text, found.end()))


def _number(month: str) -> int:
    return MONTHS[month.rstrip(".").lower()]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
