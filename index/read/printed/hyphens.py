"""A word that was broken at the end of a line in, the word as it was written out. Knows nothing about pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST = re.compile(r"((?:[^\W_]+[-’'])*)([^\W_]+)[-\u00ad\u2010]?$")
_FIRST = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_SOFT = "\u00ad"

# Where the text gives no example: a break is nearly always a typesetter's, but not within these.
_FIRST_PARTS = frozenset(
    """
    all cross ex eight eighty fifty five forty four full half high least less long low mid most much nine ninety non old
    quasi right left seven seventy self semi short six sixty thirty three top twenty two ultra vice well year
    """.split()
)
_SECOND_PARTS = frozenset(
    """
    backed based bound class controlled cut driven elect free friendly funded growing held in-law known led level like
    long looking made minded minister off old only owned paid quarter ranking ready related rich run scale sized
    speaking sponsored standing style term time up wide wing winning year
    """.split()
)


class Words:
    """What words a text has; tells by them how to mend one that is broken at the end of a line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: set[str] = set()
        for line in lines:
            whole = _WORD.findall(line)
            # The last of a line may be a piece; it counts if the line does not end in a hyphen.
            pieces = whole[:-1] if line.endswith(("-", _SOFT)) else whole
            self._known.update(word.lower() for word in pieces)

    def mended(self, text: str, following: str) -> str:
        """The text, which ends within a word, and what follows it."""
        last, first = _LAST.search(text), _FIRST.match(following)
        stem = text.rstrip("-\u2010" + _SOFT)
        if last is None or first is None:
            return f"{text} {following}"
        keep = not text.endswith(_SOFT) and self._has_hyphen(last[1] + last[2], first[0])
        return f"{stem}{'-' if keep else ''}{following}"

    def _has_hyphen(self, last: str, first: str) -> bool:
        """Whether the hyphen belongs to the word: as it is written elsewhere, else by its parts."""
        joined, hyphenated = (f"{last}{between}{first}".lower() for between in ("", "-"))
        if (joined in self._known) != (hyphenated in self._known):
            return hyphenated in self._known
        if first[0].isupper() or first[0].isdigit() or last[-1].isdigit():
            return True
        last, _, several = last.rpartition("-")[::-1]
        if several and {last.lower(), first.lower()} <= self._known:  # "stop-the-" and "world"
            return True
        return last.lower() in _FIRST_PARTS or first.lower() in _SECOND_PARTS
