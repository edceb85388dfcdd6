"""An event in words in, the day it happened out, as far as an archive's articles agree on it."""

from __future__ import annotations

from datetime import date

from index.types import Filter
from rag.types import Known


def day_of(event: str, known: Known, where: Filter) -> date | None:
    """The day of an event such as "the summit", from the articles that speak of it.

    Args:
        event: Its words, with what the question says of it.
        known: The archive.
        where: Which articles may be seen.

    Returns:
        The day; None where articles do not speak of it, or do not agree.
    """
    return None
