"""Days as a user writes them in, dates out; anything else is a usage error that says how. And what day it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from index.errors import UsageError

Clock = Callable[[], date]
"""Tells what day it is."""


def today() -> date:
    """The day by this machine's clock: when a question is asked if nothing else is said. The one place that looks."""
    return date.today()


def parse_day(text: str | None) -> date | None:
    """`2026-03-14` → that day; nothing → None.

    Raises:
        UsageError: Any other form.
    """
    if text is None or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f'"{text.strip()}" is not a date: write it as YYYY-MM-DD, such as 2026-03-14') from error


def parse_days(text: str) -> tuple[date, date]:
    """`2026-03-14`, `2026-03` or `2026` → its first and last day.

    Raises:
        UsageError: Any other form.
    """
    from rag.bounds import days_written

    days = days_written(text)
    if days is None:
        raise UsageError(f'"{text}" is not a date: write YYYY-MM-DD, YYYY-MM or YYYY, such as 2026-03-14')
    return days
