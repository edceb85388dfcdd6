"""Wordings and a text in, where they stand in it out. Knows none of them.

All are read without regard to case, and `^` is where a line begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

_BEFORE_STEM, _AFTER_STEM = 80, 240
"""Characters around a stem within which its wordings lie."""


@dataclass(frozen=True, slots=True)
class Family:
    """Wordings that each hold one of some stems, in small letters: to look for these first is thirty times as fast."""

    stems: tuple[str, ...]
    wordings: tuple[str, ...]

    def found(self, text: str, small: str) -> Iterator[re.Match[str]]:
        """Where one stands in a text, given also in small letters."""
        for start, end in _around(sorted(at for stem in self.stems for at in _places(small, stem))):
            yield from _either(self.wordings).finditer(text, start, end)


def _around(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """What is within reach of the places; where that of two meets, as one."""
    start = end = 0
    for at in places:
        if at - _BEFORE_STEM > end:
            if end:
                yield start, end
            start = max(0, at - _BEFORE_STEM)
        end = at + _AFTER_STEM
    if end:
        yield start, end


def _places(text: str, stem: str) -> Iterator[int]:
    at = text.find(stem)
    while at >= 0:
        yield at
        at = text.find(stem, at + len(stem))


@cache
def _either(wordings: tuple[str, ...]) -> re.Pattern[str]:
    """Made when first needed: all of them would take longer than a command line that only gives help."""
    return re.compile("|".join(f"(?:{wording})" for wording in wordings), re.IGNORECASE | re.MULTILINE)


def family(stems: str, *wordings: str) -> Family:
    """Wordings, as expressions, each of which holds one of the stems, which are given with bars between them."""
    return Family(tuple(stems.split("|")), wordings)
