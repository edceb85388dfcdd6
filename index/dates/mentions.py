"""A text and the day it was written in, the dates it speaks of out, with their offsets."""

from __future__ import annotations

from datetime import date

from index.types import Mention


def mentions(text: str, written: date | None) -> tuple[Mention, ...]:
    """The dates that a text speaks of, in order, not overlapping.

    Args:
        text: Of an article.
        written: The day it was published; None: only what the text itself makes certain is resolved.
    """
    return ()
