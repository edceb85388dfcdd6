"""A date as a user writes it in, a date out; anything else is a usage error that says how."""

from __future__ import annotations

from datetime import date

from index.errors import UsageError


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
