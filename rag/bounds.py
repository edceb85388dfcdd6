"""Days as people write them in, moments and filters with bounds in time out.

Moments with and without a zone meet here: they are compared as the archive keeps them, in seconds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time

from index.dates import spans
from index.dates.spans import Span
from index.errors import UsageError
from index.rows import seconds
from index.types import Filter

_DATE = re.compile(r"([12]\d{3})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


def days_written(text: str) -> Span | None:
    """`2025-12-22`, `2025-12` or `2025` → first and last day; None for anything else."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return spans.day(first)
    return spans.month(first.year, first.month) if month else spans.year(first.year)


def narrowed(where: Filter, *, since: datetime | None = None, until: datetime | None = None) -> Filter:
    """The filter with further bounds that a user chose.

    Raises:
        UsageError: Nothing can be published between them.
    """
    both = bounded(where, since=since, until=until)
    if both.since and both.until and seconds(both.since) > seconds(both.until):
        raise UsageError(
            f"nothing can be published on {both.since.date()} or later and on {both.until.date()} or earlier: "
            "change one of the two days"
        )
    return both


def bounded(where: Filter, *, since: datetime | None = None, until: datetime | None = None) -> Filter:
    """The filter with further bounds: the later beginning and the earlier end hold. It may let nothing pass."""
    begins = [moment for moment in (where.since, since) if moment]
    ends = [moment for moment in (where.until, until) if moment]
    return replace(where, since=max(begins, key=seconds, default=None), until=min(ends, key=seconds, default=None))


def first_moment(of: date) -> datetime:
    """When a day begins."""
    return datetime.combine(of, time.min)


def last_moment(of: date) -> datetime:
    """When a day ends."""
    return datetime.combine(of, time.max)
