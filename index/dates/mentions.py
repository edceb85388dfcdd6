"""A text and the day it was written in, the dates it speaks of out, with their offsets. One pass; knows no file.

A wrong date is worse than a missing one: what may be a name or a number of something ("May", "2,000") gives none, and
without the day of writing only what is complete in itself gives one.
"""

from __future__ import annotations

import re
from datetime import date

from index.dates.calendar import BEHIND_DAY, from_day, from_month, from_year_first
from index.dates.relative import from_ordinal, from_weekday_name, from_word
from index.dates.words import WEEKDAYS
from index.types import Mention

# What a date begins with, or has in it. Every branch begins with one literal character, and the words in small letters
# stand apart behind one blank: such patterns run over 2,000 characters in 11 µs each; as one they take 50, with groups
# and word boundaries 228.
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NAMES = re.compile(
    "|".join(
        [
            *(rf"{digit}(?:[0-9]{{3}}(?![0-9])|\d?(?:st|nd|rd|th|{BEHIND_DAY}))" for digit in range(10)),
            *_MONTHS,
            "Mon|Tue|Wed|Thu|Fri|Sat|Sun",
            "To(?:day|night|morrow)|Yesterday|Last |Next |Past |This [wmyaenp]",
        ]
    )
)
_WORDS = re.compile(" (?:to(?:day|night|morrow)|yesterday|last |next |past |this [wmyaenp]|weekend|ago)")
_YEARS = range(1605, 5000)  # "the past 999 years" must still be dates


def mentions(text: str, written: date | None) -> tuple[Mention, ...]:
    """The dates that a text speaks of, in order, not overlapping.

    Args:
        text: Of an article, or a question.
        written: The day it was published or asked on; None: only what the text itself makes certain is resolved.
    """
    if written and written.year not in _YEARS:
        written = None
    triggers = [(match.start(), match[0]) for match in _NAMES.finditer(text)]
    triggers += [(match.start(), match[0][1:]) for match in _WORDS.finditer(" " + text)]  # the blank is no part of it
    found: list[Mention] = []
    end = 0
    for start, word in sorted(triggers):
        if start < end or (start and text[start - 1].isalnum()):
            continue
        mention = _read(text, start, word, written)
        if mention and mention.start >= end:
            found.append(mention)
            end = mention.end
    return tuple(found)


def _read(text: str, at: int, word: str, written: date | None) -> Mention | None:
    """The date at this word, which begins as a date does."""
    if word.isdigit():
        return from_year_first(text, at) if len(word) == 4 else from_day(text, at, written)
    if word[0].isdigit():
        return from_day(text, at, written) or from_ordinal(text, at, written)
    if word in _MONTHS:
        return from_month(text, at, written)
    if word.lower() in WEEKDAYS:
        return from_weekday_name(text, at, written)
    return from_word(text, at, written)
