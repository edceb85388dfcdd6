"""A publication date as files write it in, a datetime out; None rather than a guess at what is not written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from dateutil import parser

_FIRST_NEWSPAPER = 1605  # Strasbourg's Relation; "0001-01-01" is how some systems write "no date"
_EPOCH_SECONDS = range(10**8, 10**11)  # 1973 to 5138; smaller numbers are years or 20251222
_EPOCH_MILLISECONDS = range(10**11, 10**14)
_LONGEST = 64  # "Wednesday, September 30th, 2025 at 11:59:59 p.m. +0900 (KST)" has 61

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?!\d)")
_YEAR_FIRST = re.compile(r"\d{4}\b")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# RFC 2822's zones, and others that mean one thing in news; IST or AST mean several and leave a time without a zone.
_ZONES = """
    UT+0 UTC+0 GMT+0 EST-5 EDT-4 CST-6 CDT-5 MST-7 MDT-6 PST-8 PDT-7
    WET+0 WEST+1 BST+1 CET+1 CEST+2 EET+2 EEST+3 MSK+3 HKT+8 SGT+8 JST+9 KST+9 AEST+10 AEDT+11 NZST+12 NZDT+13
"""
_HOURS = {name: int(hours) for name, hours in re.findall(r"([A-Z]+)(\S+)", _ZONES)}
_NAMED_OFFSET = re.compile(rf"\b(?:{'|'.join(_HOURS)})\s*(?=[+-]\d)")


def moment(value: object) -> datetime | None:
    """When an article came out.

    Args:
        value: ISO 8601, RFC 2822, "22 Dec. 2025, 15:29", "Dec. 22, 2025", seconds or milliseconds since 1970, a date.

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
            found = _written(" ".join(value.split()))
        case _:
            found = None
    return found if found and found.year >= _FIRST_NEWSPAPER else None


def _since_1970(number: float) -> datetime | None:
    if _EPOCH_SECONDS.start <= number < _EPOCH_SECONDS.stop:
        return datetime.fromtimestamp(number, UTC)
    if _EPOCH_MILLISECONDS.start <= number < _EPOCH_MILLISECONDS.stop:
        return datetime.fromtimestamp(number / 1000, UTC)
    return None


def _written(text: str) -> datetime | None:
    if _ISO.match(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # "2025-12-22 15:29 +0900 (KST)": ISO begins it, the parser below knows the rest
    if len(text) > _LONGEST or not _YEAR.search(text):
        return None
    # dateutil reads GMT+9 the POSIX way, nine hours west; everyone who writes it means east.
    text = _NAMED_OFFSET.sub("", text)
    # dateutil fills what is missing from a default and takes a side on 03/04. What stays the same under opposite
    # assumptions was written there. The days are more than a week apart, so that a lone weekday differs too.
    early = _parse(text, default=datetime(2000, 1, 1), day_first=False)
    late = _parse(text, default=datetime(2003, 12, 28), day_first=not _YEAR_FIRST.match(text))
    return early if early == late else None


def _parse(text: str, *, default: datetime, day_first: bool) -> datetime | None:
    try:
        return parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone)
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None, offset_seconds: int | None) -> tzinfo | None:
    """The zone that is written; an unknown name is none. Being asked keeps dateutil from taking this machine's zone."""
    if offset_seconds is None and name in _HOURS:
        offset_seconds = _HOURS[name] * 3600
    if offset_seconds is None:
        return None
    return UTC if offset_seconds == 0 else timezone(timedelta(seconds=offset_seconds))
