"""A text and the day it was written in, the dates it speaks of out, with their offsets. One pass; knows no file.

A wrong date is worse than a missing one: what may be a name or a number of something ("May", "2,000") gives none, and
without the day of writing only what is complete in itself gives one.
"""

from __future__ import annotations

import re
from datetime import date

from index.dates.calendar import from_month, from_number
from index.dates.relative import from_ordinal, from_weekday_name, from_word
from index.dates.words import MONTHS, WEEKDAYS
from index.types import Mention

# What a date begins with, or has in it. Every branch begins with one literal character: such a pattern runs over other
# text eight times as fast as one with word boundaries or groups (27 against 228 µs for 2,000 characters).
_SMALL = "(?:to(?:day|night|morrow)|yesterday|last |next |past |this [wmyaen]|weekend|ago)"
_TRIGGER = re.compile(
    "|".join(
        [
            *(f"{digit}[0-9]*(?:st|nd|rd|th)?" for digit in range(10)),
            "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
            "To(?:day|night|morrow)|Yesterday|Last |Next |Past |This [wmyaen]",
            *(re.escape(before) + _SMALL for before in ' ("“‘—'),
        ]
    )
)

_YEARS = range(1605, 5000)  # "the past 999 years" must still be dates


def mentions(text: str, written: date | None) -> tuple[Mention, ...]:
    """The dates that a text speaks of, in order, not overlapping.

    Args:
        text: Of an article, or a question.
        written: The day it was published or asked on; None: only what the text itself makes certain is resolved.
    """
    if written and written.year not in _YEARS:
        written = None
    found: list[Mention] = []
    end = 0
    for trigger in _TRIGGER.finditer(text):
        start, word = trigger.start(), trigger[0]
        if not word[0].isalnum():
            start, word = start + 1, word[1:]
        if start < end or (start and text[start - 1].isalnum()):
            continue
        mention = _read(text, start, word, written)
        if mention and mention.start >= end:
            found.append(mention)
            end = mention.end
    return tuple(found)


def _read(text: str, at: int, word: str, written: date | None) -> Mention | None:
    """The date at this word, which begins as a date does."""
    if word[0].isdigit():
        return from_number(text, at, written) or (None if word[-1].isdigit() else from_ordinal(text, at, written))
    if word.lower() in MONTHS:
        return from_month(text, at, written)
    if word.lower() in WEEKDAYS:
        return from_weekday_name(text, at, written)
    return from_word(text, at, written)
