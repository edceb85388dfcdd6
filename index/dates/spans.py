"""Parts of the calendar in, their first and last day out. Knows nothing about words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]
"""The first and the last day."""

DAY = timedelta(days=1)


def day(of: date) -> Span:
    """One day."""
    return of, of


def week(of: date) -> Span:
    """Monday to Sunday."""
    monday = of - of.weekday() * DAY
    return monday, monday + 6 * DAY


def weekend(of: date) -> Span:
    """The Saturday and Sunday of that day's week."""
    _, sunday = week(of)
    return sunday - DAY, sunday


def month(year: int, number: int) -> Span:
    """A month; numbers below 1 and above 12 count on into the years beside it."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Span:
    """Whole months of one year."""
    return date(year, first, 1), month(year, last)[1]


def year(number: int) -> Span:
    """January to December."""
    return date(number, 1, 1), date(number, 12, 31)


def decade(first: int) -> Span:
    """Ten years."""
    return date(first, 1, 1), date(first + 9, 12, 31)


def third(span: Span, which: int) -> Span:
    """Early (0), middle (1) or late (2) in a month, a year or a decade; shorter spans stay whole."""
    first, last = span
    length = (last - first).days
    if length < 20:  # "late last week" says no day
        return span
    if length < 40:
        begin = first + 10 * which * DAY
        return begin, last if which == 2 else begin + 9 * DAY
    if length < 400:
        return months(first.year, 4 * which + 1, 4 * which + 4)
    from_year, to_year = ((0, 3), (4, 6), (7, 9))[which]
    return date(first.year + from_year, 1, 1), date(first.year + to_year, 12, 31)
