"""A place in a text in, whether its sentence looks ahead or back there. Reads words, knows nothing about dates.

A newsroom writes "on Tuesday" for the nearest Tuesday and leaves it to the verb to say which: "met on Tuesday", "will
meet on Tuesday". So the nearest verb before the words decides, or the first one after them if none stands before.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

Leaning = Enum("Leaning", "BACK AHEAD UNTOLD")

_WINDOW = 200  # characters to each side; a sentence of news has about 130
_STRIP = "\"'“”‘’()[],;:–—"
_CONJUNCTIONS = frozenset({"and", "but", "that", "while", "which", "who"})

_AHEAD = frozenset(
    """
    will won't shall would wouldn't may might should must can he'll she'll it'll they'll we'll i'll you'll
    scheduled slated due expected planned plans planning deadline postponed delayed adjourned
    opens begins starts faces expires takes runs
    """.split()
)
_BEFORE_TO = frozenset(
    """
    agreed agree agrees decided decides vowed vows pledged pledges promised promises intends intend hopes hope hoped
    wants want wanted aims aim ordered asked urged invited summoned set is are ready prepares preparing
    """.split()
)
"""Verbs that look ahead with "to" or "for" after them: "agreed to meet on Tuesday", "set for Tuesday"."""
_BACK = frozenset(
    """
    was were had did said says told began made took came went got gave won lost held met left found saw sent shot hit
    struck led rose fell broke fled wrote spoke ran became brought caught built bought sold sank stood swore drew drove
    flew grew knew paid taken seen given fought kept beat hurt felt thought put
    """.split()
)
_DOUBTED = frozenset({"was", "were", "been", "had"})
"""Before "scheduled" or "due" they tell of a plan that may have passed: "was due on Tuesday"."""


def leaning(text: str, start: int, end: int) -> Leaning:
    """How the sentence around `text[start:end]` looks at it."""
    before = text[max(0, start - _WINDOW) : start].rpartition("\n")[2].split()[::-1]
    after = text[end : end + _WINDOW].partition("\n")[0].split()
    back = _nearest(_until_end(before, backwards=True), reading_back=True)
    if back is Leaning.UNTOLD or (before and before[0] in _CONJUNCTIONS):
        ahead = _nearest(_until_end(after, backwards=False), reading_back=False)
        return back if ahead is Leaning.UNTOLD else ahead
    return back


def _until_end(words: Iterable[str], *, backwards: bool) -> list[str]:
    """The words of this sentence, lower case; "Mr." and "U.S." do not end one."""
    found = []
    for word in words:
        bare = word.strip(_STRIP)
        ends = bare.endswith((".", "?", "!")) and not (word[0].isupper() and len(bare) < 6) and bare[:-1] not in _DOTTED
        if ends and backwards:
            break
        found.append(bare.rstrip(".?!").lower())
        if ends:
            break
    return found


_DOTTED = frozenset({"a.m", "p.m", "am", "pm"})


def _nearest(words: list[str], *, reading_back: bool) -> Leaning:
    step = 1 if reading_back else -1  # where the word before this one stands
    for at, word in enumerate(words):
        earlier = words[at + 1 : at + 3] if reading_back else words[max(0, at - 2) : at][::-1]
        follower = words[at - step] if 0 <= at - step < len(words) else ""
        if word in _AHEAD:
            return Leaning.BACK if _DOUBTED.intersection(earlier[:1]) else Leaning.AHEAD
        if word in _BEFORE_TO and follower in {"to", "for"}:
            return Leaning.AHEAD
        if word in _BACK or (word.endswith("ed") and len(word) > 3):
            if "be" in earlier:  # "will be held", "is to be signed": what stands before "be" decides
                if "to" in earlier:
                    return Leaning.AHEAD
                continue
            return Leaning.BACK
    return Leaning.UNTOLD
