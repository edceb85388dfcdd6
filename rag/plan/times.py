"""A question and the day it is asked on in, the time that it asks about out. Knows nothing about articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from rag.types import Period

ASKED_LATELY = timedelta(days=7)
"""News is asked about in the week after it."""

_NOW = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|recent(?:ly)?|current(?:ly)?|now|still|so far|to date|as yet|at the moment"
    r"|at present|today|yesterday|tonight|this (?:week|month|morning|afternoon|evening|year)|last (?:night|week))\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def period_asked(text: str, as_of: date | None, day_of: Callable[[str], date | None]) -> Period | None:
    """When what answers a question was published, as far as its words and its day say.

    Args:
        text: The question, standing alone.
        as_of: The day it is asked on.
        day_of: Gives the day of an event ("the summit"), None if the archive does not tell.

    Returns:
        The period; None where neither words nor day say anything.
    """
    if _DATED.search(text) or not as_of:
        return None
    if now := _NOW.search(text):
        return Period(now[0], as_of - ASKED_LATELY, as_of, 0.9)
    return Period("", as_of - ASKED_LATELY, as_of, 0.5)
