"""Fields as a format gives them in, Fields with the reporting alone out, and what was taken out. Knows no format."""

from __future__ import annotations

from index.read.types import Fields, Hints
from index.types import Removed


def tidy(fields: Fields, hints: Hints) -> tuple[Fields, tuple[Removed, ...]]:
    """The same article without captions, notices and the like, and with what they say about it.

    Raises:
        Unreadable: Nothing of the text is reporting.
    """
    return fields, ()
