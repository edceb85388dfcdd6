"""A question and a short answer in, whether the answer is of the kind that is asked for, out.

"How many planes?" is not answered by "400" of "400 firefighters". Reads the question's first words and what the number
stands beside; a synonym it does not know makes it unsure, never sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.claims.normal import UNITS, stem
from rag.claims.words import Word, read_words

Fit = Literal["fits", "open", "doubtful", "misfit"]
"""fits: the kind asked for; open: cannot be told; doubtful: a number of something else; misfit: surely another kind."""

_AMOUNT = re.compile(
    r"\bhow (?:many|much|few|old|long|far|tall|high|big|large|fast|often)\b|"
    r"\bwhat (?:percentage|share|age|number|price|sum|amount|score)\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow (?:many|few)\s+(?:more |other |different )?(?P<things>[^?]*)", re.IGNORECASE)
_WHEN = re.compile(
    r"^(?:when|(?:in|on|by|until|since|from) (?:what|which) (?:day|date|year|month)|what (?:day|date|year|month))\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"^(?:who|whom|whose)\b", re.IGNORECASE)
_COUNTLESS = frozenset("none nobody all both few several many half most dozens hundreds thousands millions no once "
                       "twice never every each any some".split())  # fmt: skip
_PEOPLE = frozenset(
    "people person man woman child boy girl victim passenger resident worker soldier civilian officer member student "
    "patient life dead live".split()
)
"""May be counted for one another: "how many lives", "12 people"."""
_TIME_UNITS = frozenset("sec minute hour day week month year decade century".split())


def answers_kind(question: str, claim: str, quote: str) -> Fit:
    """Judge an answer by its kind alone.

    Args:
        question: What is asked.
        claim: A short answer, or a sentence.
        quote: The sentence it was taken from.
    """
    words = read_words(claim)
    has_number = any(word.kind == "number" or word.text in _COUNTLESS for word in words)
    has_date = any(word.kind == "date" for word in words)
    if _WHEN.search(question):
        if has_date or has_number or any(word.text in _TIME_UNITS for word in words):
            return "fits"
        return "open" if len(words) > 1 else "misfit"  # "after the war" tells when
    if _WHO.search(question):
        only_numbers = all(word.kind in ("number", "date") for word in words if word.is_content)
        return "misfit" if only_numbers else "open"
    if not _AMOUNT.search(question):
        return "open"
    if not (has_number or has_date):
        return "misfit"
    match = _HOW_MANY.search(question)
    return _counts(match["things"], words, read_words(quote)) if match else "fits"


def _counts(things: str, claim: Sequence[Word], quote: Sequence[Word]) -> Fit:
    """Whether the first number of a claim counts, in its quote, one of the things that are asked for."""
    asked = {stem(word.text) for word in read_words(things) if word.is_content}
    number = next((word.text for word in claim if word.kind == "number"), None)
    place = next((j for j, word in enumerate(quote) if word.text == number), None)
    if place is None:
        return "open"
    counted = _counted(quote, place)
    if not counted:
        return "open"
    stems = {stem(word) for word in counted}
    people = {stem(word) for word in _PEOPLE}
    if asked & stems or (stems & people and asked & people):
        return "fits"
    return "doubtful"


def _counted(quote: Sequence[Word], place: int) -> list[str]:
    """The words right behind a number, up to the next that joins or is no word of its own: what it counts."""
    found: list[str] = []
    for word in quote[place + 1 : place + 4]:
        if word.kind not in ("plain", "name") or word.text in UNITS:
            break
        found.append(word.text)
    return found
