"""A publication date as files and newsrooms write it in, a datetime out; None rather than a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser

from index.dates.words import FILLERS, FOREIGN_WEEKDAYS, MONTHS, WEEKDAYS

_FIRST_NEWSPAPER = 1605  # Strasbourg's Relation; "0001-01-01" is how some systems write "no date"
_EPOCH_SECONDS = range(10**8, 10**11)  # 1973 to 5138; smaller numbers are years or 20251222
_EPOCH_MILLISECONDS = range(10**11, 10**14)
_LONGEST = 80  # "Wednesday, September 30th, 2025 | 11:59:59 p.m. Eastern Daylight Time" has 68

# 20190806 and 20190806103251: no number of seconds that is written as a text begins with a year, a month and a day.
_COMPACT = re.compile(r"((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))((?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)")
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?!\d)")
_YEAR_FIRST = re.compile(r"\d{4}\b")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# RFC 2822's zones, and others that mean one thing in news; IST or AST mean several and leave a time without a zone.
_ZONES = """
    UT+0 UTC+0 GMT+0 EST-5 EDT-4 CST-6 CDT-5 MST-7 MDT-6 PST-8 PDT-7
    WET+0 WEST+1 BST+1 CET+1 CEST+2 EET+2 EEST+3 MSK+3 HKT+8 SGT+8 JST+9 KST+9 AEST+10 AEDT+11 NZST+12 NZDT+13
"""
_HOURS = {name: int(hours) for name, hours in re.findall(r"([A-Z]+)(\S+)", _ZONES)}
_PLACES: Mapping[str, str] = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""Zones without a season: the day tells which offset was meant."""
_NAMED_OFFSET = re.compile(rf"\b(?:{'|'.join(_HOURS)})\s*(?=[+-]\d)")
_LONG_ZONE = re.compile(r"\b(Eastern|Central|Mountain|Pacific)( Standard| Daylight)? Time\b", re.IGNORECASE)
_ZONE_IN_BRACKETS = re.compile(r"(?<![+-]\d{4} )(?<![+-]\d\d:\d\d )\(([A-Z]{2,5}(?:\s?[+-]\d[\d:]*)?)\)")
_ZONE_BY_PLACE = re.compile(r"(?<=\d)\[[\w/+-]+\]$")  # "+09:00[Asia/Seoul]": the offset says it

_DOTTED_DAY = re.compile(r"(?<![\d.])(0?[1-9]|[12]\d|3[01])\.\s?(0?[1-9]|1[0-2])\.\s?((?:1[6-9]|20)\d\d)(?!\d|\.\d)")
_SLASHED_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:1[6-9]|20)\d\d)(?![\d/])")
_EAST_ASIAN_DAY = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?")
_EAST_ASIAN_WEEKDAY = re.compile(
    r"\([월화수목금토일月火水木金土日]\)|[월화수목금토일]요일|[月火水木金土日]曜日?|(?:星期|周|週)[一二三四五六日天]"
)
_EAST_ASIAN_TIME = re.compile(
    r"(?:(오전|午前|上午)|(오후|午後|下午))?\s*(\d{1,2})\s*[:시時时点點]\s*(\d{2})(?::(\d\d)(?!\d))?\s*[분分]?(?:\s*(\d{1,2})\s*[초秒])?"
)
_HALF_OF_DAY = re.compile(r"(?<=\d)\s?([ap])\.?\s?m\b\.?", re.IGNORECASE)
_DOTTED_TIME = re.compile(
    r"(?<![\d.])(\d{1,2})(?:\.|\s?[hH]\s?)(\d\d)(?=\s*(?:[ap]\.?m\b|uhr\b|[A-Z]{2,5}\b|$))", re.IGNORECASE
)
_SECOND_TIME = re.compile(r"\s\(\d{1,2}:?\d\d\s?[A-Z]{2,4}\)")  # "0339 GMT (1139 HKT)"
_JOINED_TIME = re.compile(r"\b([01]\d|2[0-3])([0-5]\d)(?= (?:GMT|UTC|[A-Z]{1,4}T)\b)")
_HALF_TOLD_TWICE = re.compile(r"\b((?:00|1[3-9]|2[0-3]):\d\d)[ap]m\b", re.IGNORECASE)  # "15:24pm"
_BETWEEN = re.compile(r"\s*[|·•∙ㆍ–—@]\s*|\s+-\s+")
_WORD = re.compile(r"[^\W\d_]+(?:-feira\b)?\.?")
_ENGLISH = " Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")  # by number, from 1
# The commonest printed forms, read without a parser; what they do not fit goes to the parser.
_NAMED_MONTH = r"(?P<month{0}>[^\W\d_]{{3,10}})\.?"
_PRINTED = re.compile(
    r"(?:(?P<weekday>[^\W\d_]{2,10})(?:\.?,\s?|\.?\s))?"
    rf"(?:{_NAMED_MONTH.format(1)} (?P<day1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year1>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.(?= ))?[ -]{_NAMED_MONTH.format(2)},?[ -](?P<year2>\d{{4}})"
    r"|(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?P<year3>\d{4}))"
    r"(?:(?:,| at| um| -| [|–—·])? (?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?| Uhr)?)?"
)
_LONE_NUMBER = re.compile(r"(?<!\d)\d{4},? \d{1,2}$")  # dateutil would take "2025 12" for noon


def moment(value: object, *, day_first: bool | None = None) -> datetime | None:
    """When an article came out.

    Args:
        value: ISO 8601, RFC 2822, "22 Dec. 2025, 15:29", "Dec. 22, 2025 | 3:29 p.m. ET", "22 de diciembre de 2025",
            "2025년 12월 22일", "22.12.2025", seconds or milliseconds since 1970, a date.
        day_first: Whether 03/04/2025 is in April, if the region of the text says so.

    Returns:
        With a zone if one is written, midnight if no time is; None if year, month or day is missing or could be another
        ("03/04/2025"), or if the value is no date.
    """
    match value:
        case bool():
            found = None
        case datetime():
            found = value
        case date():
            found = datetime.combine(value, time())
        case int() | float():
            found = _since_1970(value)
        case str():
            text = " ".join(value.split())
            found = _printed(text) or _written(text, day_first=day_first)
        case _:
            found = None
    return found if found and found.year >= _FIRST_NEWSPAPER else None


def _since_1970(number: float) -> datetime | None:
    if _EPOCH_SECONDS.start <= number < _EPOCH_SECONDS.stop:
        return datetime.fromtimestamp(number, UTC)
    if _EPOCH_MILLISECONDS.start <= number < _EPOCH_MILLISECONDS.stop:
        return datetime.fromtimestamp(number / 1000, UTC)
    return None


def _printed(text: str) -> datetime | None:
    """What the common printed forms say, None for all others."""
    found = _PRINTED.fullmatch(text)
    weekday = (found["weekday"] or "").lower() if found else ""
    if not found or (weekday and weekday not in WEEKDAYS and weekday not in FOREIGN_WEEKDAYS):
        return None
    name = found["month1"] or found["month2"]
    month = MONTHS.get(name.lower(), 0) if name else int(found["month3"])
    year = int(found["year1"] or found["year2"] or found["year3"])
    day = int(found["day1"] or found["day2"] or found["day3"])
    hour, half = int(found["hour"] or 0), (found["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    try:
        return datetime(year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def _written(text: str, *, day_first: bool | None) -> datetime | None:
    text = _COMPACT.sub(r"\1T\2", text) if _COMPACT.fullmatch(text) else _ZONE_BY_PLACE.sub("", text)
    if _ISO.match(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # "2025-12-22 15:29 +0900 (KST)": ISO begins it, the parser below knows the rest
    if len(text) > _LONGEST:
        return None
    text = _in_english(text if day_first is None else _SLASHED_DAY.sub(_in_order(day_first=day_first), text))
    if not _YEAR.search(text) or _LONE_NUMBER.search(text):
        return None
    # dateutil fills what is missing from a default and takes a side on 03/04. What stays the same under opposite
    # assumptions was written there. The days are more than a week apart, so that a lone weekday differs too.
    early = _parse(text, default=datetime(2000, 1, 1), day_first=False)
    late = _parse(text, default=datetime(2003, 12, 28), day_first=not _YEAR_FIRST.match(text))
    return early if early == late else None


def _in_order(*, day_first: bool) -> str:
    """What 03/04/2025 is written as."""
    return r"\3-\2-\1" if day_first else r"\3-\1-\2"


def _in_english(text: str) -> str:
    """The same date with English months, no weekday, "15:29" for the time and blanks between the parts."""
    if not text.isascii():
        text = _east_asian(unicodedata.normalize("NFKC", text))
    text = _DOTTED_DAY.sub(r"\3-\2-\1 ", text)
    text = _LONG_ZONE.sub(lambda zone: zone[1][0].upper() + (zone[2] or " ")[1:2].upper() + "T", text)
    # dateutil reads GMT+9 the POSIX way, nine hours west; everyone who writes it means east.
    text = _NAMED_OFFSET.sub("", _ZONE_IN_BRACKETS.sub(r"\1", text))
    text = _JOINED_TIME.sub(r"\1:\2", _BETWEEN.sub(" ", _SECOND_TIME.sub("", text)))
    text = _HALF_OF_DAY.sub(r"\1m", text)
    text = _HALF_TOLD_TWICE.sub(r"\1", _DOTTED_TIME.sub(r"\1:\2", text))
    return " ".join(_WORD.sub(_english_word, text).split())


def _english_word(word: re.Match[str]) -> str:
    name = word[0].rstrip(".").lower()
    if name in MONTHS:
        return f" {_ENGLISH[MONTHS[name]]} "
    return " " if name in WEEKDAYS or name in FOREIGN_WEEKDAYS or name in FILLERS else word[0]


def _east_asian(text: str) -> str:
    """The same with "2025-12-22 15:29" in the place of "2025년 12월 22일 (월) 오후 3시 29분"."""
    text = _EAST_ASIAN_DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02} ", text)
    return _EAST_ASIAN_TIME.sub(_clock, _EAST_ASIAN_WEEKDAY.sub(" ", text))


def _clock(found: re.Match[str]) -> str:
    morning, afternoon, hour, minute, *seconds = found.groups()
    number = int(hour)
    if morning or afternoon:
        number = number % 12 + 12 * bool(afternoon)
    second = next((part for part in seconds if part), "")
    return f" {number}:{minute}" + (f":{second}" if second else "")


def _parse(text: str, *, default: datetime, day_first: bool) -> datetime | None:
    try:
        found = parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone)
        offset = found.utcoffset()
    except (ValueError, OverflowError):
        return None
    return found if offset is None else found.replace(tzinfo=_fixed(offset))


def _zone(name: str | None, offset_seconds: int | None) -> tzinfo | None:
    """The zone that is written; an unknown name is none. Being asked keeps dateutil from taking this machine's zone."""
    if offset_seconds is not None:
        return _fixed(timedelta(seconds=offset_seconds))
    if name in _HOURS:
        return _fixed(timedelta(hours=_HOURS[name]))
    try:
        return ZoneInfo(_PLACES[name]) if name and name in _PLACES else None
    except ZoneInfoNotFoundError:  # a machine without a time zone database
        return None


def _fixed(offset: timedelta) -> tzinfo:
    return timezone(offset) if offset else UTC
