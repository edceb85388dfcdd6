"""What some words of a question claim about its time. The noun that the readers of such words share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal[
    "days",  # a week at most: "on Tuesday", "12 March 2020", "last week"
    "month",  # two at most
    "year",  # or a part of one
    "name",  # beside a noun: "the 2019 marathon", "the 7 October attack"
    "open",  # "since July", "before March 2020": one end only
    "vague",  # "recently", "in recent weeks"
    "event",  # "after the summit"
]

AFTERMATH_DAYS = 14
"""What happens after an event is asked for its sake for about two weeks."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`text[start:end]`, such as "since July", says that a question is about `first` to `last`; None: open."""

    start: int
    end: int
    first: date | None
    last: date | None
    kind: Kind


def days_from(day: date, count: int) -> date:
    """The day so many days later, or earlier; never outside of what a date can hold."""
    return date.fromordinal(min(max(day.toordinal() + count, 1), date.max.toordinal()))
