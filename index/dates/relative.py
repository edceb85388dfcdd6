"""Dates told from the day of writing: "on Tuesday", "the 21st", "yesterday", "last month", "two weeks ago".

A place in a text in, the date that stands there out. "The previous day" and "three days earlier" are told from some
other day: they give none.
"""

from __future__ import annotations

import re
from datetime import date

from index.dates import spans
from index.dates.calendar import from_weekday
from index.dates.spans import DAY, Span
from index.dates.tense import Leaning, leaning, two_words_before
from index.dates.words import WEEKDAYS
from index.types import Mention

_LOOK_BACK = 32
_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty"""
_COUNTS = {word: number for number, word in enumerate(_NUMBERS.split(), start=1)} | {"a": 1, "an": 1}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"

_WEEKDAYS = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_WEEKDAY = re.compile(
    rf"(?P<weekday>{_WEEKDAYS})(?![\w-]|\s?(?:to|through|[-–—])\s?{_WEEKDAYS}\b|\sthe\s(?:13th|Thirteenth)|\s[Ss]chool)"
    r"(?:\s(?:morning|afternoon|evening|night)\b)?"
)
_ITS_DATE = re.compile(r"\.?(?:,\s*|\s+|\s*\()(?:the\s+)?(?=[\dJFMASOND])")
_BEFORE_WEEKDAY = re.compile(
    r"\b(?:(?P<how>(?:[Ll]ast|[Nn]ext|[Tt]his(?:\s(?:past|coming))?|[Pp]ast|[Cc]oming))"
    r"|(?P<preposition>[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Ee]arly|[Ll]ate|[Bb]efore|[Aa]fter|[Tt]hrough|of|[Aa]nd|[Bb]ut)"
    rf"|(?P<habit>(?:[Ee]very|[Ee]ach|a|any|the|first|second|third|fourth|other|[A-Z][\w'’]+)|{_WEEKDAYS}\s(?:to|through)))\s$"
)
_ON = re.compile(r"\b[Oo]n $")
_TITLE_AFTER = re.compile(
    r"\s(?:Times|Mail|Mirror|Telegraph|Express|Herald|Post|People|Independent|Sun|World|Star|Age|Night|Mass|Agreement)\b"
)
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]")

_RELATIVE_DAY = re.compile(r"(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight)(?!\w)")
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_NOWADAYS = re.compile(r"\b(?:until|even|still|(?<![Aa]s )of|for|to|and)\s$")
_UNIT = re.compile(
    rf"(?P<how>[Ll]ast|[Nn]ext|[Tt]his(?: past)?|[Pp]ast)\s(?:{_COUNT}\s)?"
    r"(?P<unit>night|morning|afternoon|evening|day|week|weekend|month|year)(?P<many>s?)(?![\w-])"
)
_ROLLING = re.compile(r"\b(?:over|in|during|for|within|of)\sthe\s$", re.IGNORECASE)
_PART = re.compile(r"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]|(?P<side>[Ee]arlier|[Ll]ater)\s)$")
_PARTS = ("early", "mid", "late")
_WEEKEND = re.compile(r"(?<=\bthe\s)weekend\b(?!\s(?:of|before|after))")
_AGO = re.compile(rf"\b{_COUNT}\s(?P<unit>day|week|month|year)s?\s$")
_NTH = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)(?P<local>\s\([Ll]ocal [Tt]ime\))?(?:\sof\s(?P<how>this|last|next)\smonth)?"
    r"(?=[.,;:)?!”\"']|$|\n|\s\(|\s(?:and|at|in|that|to|for|by|with|after|before|when|as|he|she|it|they|while|during|from|is|was|will)\b)"
)
_BEFORE_NTH = re.compile(r"\b(?:(?P<sure>[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|to|of|[Bb]etween)\s)?the\s$")


def from_weekday_name(text: str, at: int, written: date | None) -> Mention | None:
    """A weekday: the latest one, or the next one where the sentence looks ahead; "Monday, Dec. 22" by its date."""
    found = _WEEKDAY.match(text, at)
    if not found or found["weekday"].lower() not in WEEKDAYS:
        return None
    weekday = WEEKDAYS[found["weekday"].lower()]
    if gap := _ITS_DATE.match(text, found.end()):
        dated = from_weekday(text, gap.end(), weekday, written)
        if dated:
            closes = "(" in gap[0] and text.startswith(")", dated.end)
            return Mention(_on(text, at), dated.end + closes, dated.first, dated.last)
    before = _BEFORE_WEEKDAY.search(text, two_words_before(text, at), at)
    how, preposition = (before["how"], before["preposition"]) if before else (None, None)
    led = how or preposition
    if not written or (before and not led) or len(found["weekday"]) < 6 or _TITLE_AFTER.match(text, found.end()):
        return None
    if not led and _NAME_AFTER.match(text, found.end()):
        return None
    start = before.start("how") if before and how else at
    day = _weekday_near(weekday, (how or "").lower(), written)
    if not day:
        look = leaning(text, start, found.end())
        ahead = look is Leaning.AHEAD or (look is Leaning.UNTOLD and (preposition or "").lower() in {"until", "by"})
        day = _coming(weekday, written) if ahead or (how and look is Leaning.UNTOLD) else _latest(weekday, written)
    return Mention(start if how else _on(text, at), found.end(), day, day)


def from_word(text: str, at: int, written: date | None) -> Mention | None:
    """What has no name: "yesterday", "last night", "next month", "the past three days", "the weekend", "a week ago"."""
    if not written:
        return None
    if found := _RELATIVE_DAY.match(text, at):
        return _relative_day(text, found, written)
    if found := _UNIT.match(text, at):
        return _unit(text, found, written)
    if found := _WEEKEND.match(text, at):
        saturday, sunday = spans.weekend(written)
        if saturday > written and leaning(text, at, found.end()) is not Leaning.AHEAD:
            saturday, sunday = saturday - 7 * DAY, sunday - 7 * DAY
        return Mention(at - len("the "), found.end(), saturday, sunday)
    if text.startswith("ago", at) and (found := _AGO.search(text, max(0, at - _LOOK_BACK), at)):
        span = _ago(_count(found["count"]), found["unit"], written)
        return Mention(found.start(), at + len("ago"), *span) if span else None
    return None


def from_ordinal(text: str, at: int, written: date | None) -> Mention | None:
    """The day in "the 21st": the latest one, or the next one where the sentence looks ahead."""
    found = _NTH.match(text, at)
    before = _BEFORE_NTH.search(text, max(0, at - _LOOK_BACK), at) if found else None
    if not written or not found or not before or not (before["sure"] or found["local"] or found["how"]):
        return None
    start = at - len("the ")
    shift = {"this": 0, "last": -1, "next": 1}.get(found["how"] or "")
    if shift is not None:
        days = [_nth(written, shift, int(found["day"]))]
    elif leaning(text, start, found.end()) is Leaning.AHEAD:
        days = [day for ahead in (0, 1, 2) if (day := _nth(written, ahead, int(found["day"]))) and day >= written]
    else:
        days = [day for back in (0, -1, -2) if (day := _nth(written, back, int(found["day"]))) and day <= written]
    return Mention(_on(text, start), found.end(), days[0], days[0]) if days and days[0] else None


def _on(text: str, at: int) -> int:
    """Where "on Tuesday" or "on the 21st" begins: the "on" makes a date of it."""
    return at - len("on ") if _ON.search(text, max(0, at - len("on ")), at) else at


def _weekday_near(weekday: int, how: str, written: date) -> date | None:
    """What "last" and "next" settle; None leaves it to the verb."""
    match how:
        case "last" | "past" | "this past":
            return _latest(weekday, written - DAY)
        case "next" | "coming" | "this coming":
            return _coming(weekday, written + DAY)
    return None


def _latest(weekday: int, until: date) -> date:
    return until - (until.weekday() - weekday) % 7 * DAY


def _coming(weekday: int, since: date) -> date:
    return since + (weekday - since.weekday()) % 7 * DAY


def _relative_day(text: str, found: re.Match[str], written: date) -> Mention | None:
    word = found["word"].lower()
    if word == "today" and (
        _NOWADAYS.search(text, max(0, found.start() - 8), found.start()) or _possessive(text, found)
    ):
        return None
    day = written + _DAYS[word] * DAY
    return Mention(found.start(), found.end(), day, day)


def _possessive(text: str, found: re.Match[str]) -> bool:
    """Whether it is "today's world", which is no day."""
    return text[found.end() : found.end() + 2] in {"'s", "’s"}


def _unit(text: str, found: re.Match[str], written: date) -> Mention | None:
    how, unit, start = found["how"].lower(), found["unit"], found.start()
    look_back = max(0, start - _LOOK_BACK)
    lower = text[max(0, start - 4) : start].lower()
    if found["count"] or how == "past" or lower == "the ":
        named = how == "past" or (found["count"] and (how == "next" or lower == "the "))  # "will last three weeks"
        rolling = how != "this" and (named or _ROLLING.search(text, look_back, start))
        if not rolling or text.startswith(" of", found.end()):
            return None
        span = _run(_count(found["count"] or "one"), unit, written, ahead=how == "next")
        return Mention(start, found.end(), *span) if span else None
    if found["many"]:
        return None
    span = _named(how, unit, written, text, found)
    part = _PART.search(text, look_back, start)
    if span and part:
        start = part.start()
        span = _part_of(span, part, written)
    return Mention(start, found.end(), *span) if span else None


def _named(how: str, unit: str, written: date, text: str, found: re.Match[str]) -> Span | None:
    """The time in "last week", "this year", "next weekend", by the calendar."""
    shift = {"last": -1, "this past": -1, "this": 0, "next": 1}[how]
    match unit:
        case "week":
            return spans.week(written + 7 * shift * DAY)
        case "month":
            return spans.month(written.year, written.month + shift)
        case "year":
            return spans.year(written.year + shift)
        case "weekend":
            return _weekend(shift, written, text, found)
        case "night" | "morning" | "afternoon" | "evening":
            return None if shift == 1 else spans.day(written + shift * DAY)
    return None


def _weekend(shift: int, written: date, text: str, found: re.Match[str]) -> Span:
    saturday, _ = spans.weekend(written)
    if shift == -1 or (shift == 0 and saturday > written and leaning(text, found.start(), found.end()) is Leaning.BACK):
        saturday -= 7 * DAY
    elif shift == 1:
        saturday += 7 * DAY
    return saturday, saturday + DAY


def _part_of(span: Span, part: re.Match[str], written: date) -> Span | None:
    """A third in "early next month"; until today in "earlier this year", from today in "later this year"."""
    if part["part"]:
        return spans.third(span, _PARTS.index(part["part"].lower()))
    if not span[0] <= written <= span[1]:
        return None
    return (span[0], written) if part["side"].lower() == "earlier" else (written, span[1])


def _run(count: int, unit: str, written: date, *, ahead: bool) -> Span | None:
    """The time between today and a day so far away: "the past three days", "the next two years"."""
    other = _away(count if ahead else -count, unit, written)
    if not other:
        return None
    return (written, other) if ahead else (other, written)


def _ago(count: int, unit: str, written: date) -> Span | None:
    """A day if days are counted; of longer times the week, month or year that it was."""
    then = _away(-count, unit, written)
    if not then:
        return None
    match unit:
        case "week":
            return spans.week(then)
        case "month":
            return spans.month(then.year, then.month)
        case "year":
            return spans.year(then.year)
    return spans.day(then)


def _away(count: int, unit: str, written: date) -> date | None:
    match unit:
        case "day" | "night" | "week":
            return written + count * (7 if unit == "week" else 1) * DAY
        case "month" | "year":
            first, last = spans.month(written.year, written.month + count * (12 if unit == "year" else 1))
            return min(first + (written.day - 1) * DAY, last)
    return None


def _count(word: str) -> int:
    return _COUNTS.get(word) or int(word)


def _nth(written: date, months_away: int, day: int) -> date | None:
    first, last = spans.month(written.year, written.month + months_away)
    found = first + (day - 1) * DAY
    return found if first <= found <= last else None
