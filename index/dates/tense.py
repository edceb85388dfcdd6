"""A place in a text in, whether its sentence looks ahead or back there. Reads words, knows nothing about dates.

A newsroom writes "on Tuesday" for the nearest Tuesday and leaves it to the verb to say which: "met on Tuesday", "will
meet on Tuesday". So the nearest verb before the words decides, or the first one after them if none stands before.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

Leaning = Enum("Leaning", "BACK AHEAD PLANNED UNTOLD")
"""PLANNED is ahead or what had been; UNTOLD: no verb tells."""

_WINDOW = 160  # characters to each side; 200 gave the same for 2,077 dates, 120 not
_STRIP = "\"'“”‘’()[],;:–—"
_ENDS = frozenset(".?!")
_TIMES = frozenset({"a.m.", "p.m."})
_PREPOSITIONS = frozenset({"on", "in", "by", "from", "since", "until"})
_LIMITS = frozenset({"by", "until"})
_ATTRIBUTING = frozenset("said says say told tells according added announced warned explained confirmed".split())
_CONJUNCTIONS = frozenset({"and", "but", "that", "while", "which", "who"})

_AHEAD = frozenset(
    """
    will won't shall would wouldn't may might should must can he'll she'll it'll they'll we'll i'll you'll
    planning opens begins starts faces expires takes hosts visits plays meets
    """.split()
)
_PLANNED = frozenset("scheduled rescheduled slated expected planned postponed delayed adjourned due".split())
_BEFORE_TO = frozenset(
    """
    plan plans agreed agree agrees decided decides vowed vows pledged pledges promised promises intends intend hopes
    hope hoped wants want wanted aims aim ordered asked urged invited summoned set is are ready prepares preparing
    """.split()
)
"""Verbs that look ahead with "to" after them: "agreed to meet on Tuesday"."""
_BACK = frozenset(
    """
    was were had did said says told according began made took came went got gave won lost held met left found saw sent
    shot hit struck led rose fell broke fled wrote spoke ran became brought caught built bought sold sank stood swore
    drew drove flew grew knew paid taken seen given fought kept beat hurt felt thought put
    """.split()
)
_TELLING = _AHEAD | _PLANNED | _BEFORE_TO | _BACK
_WAS = frozenset({"was", "were", "been", "had"})
_IS = frozenset({"is", "are", "be"})
_OF_A_THING = frozenset({"the", "a", "an", "his", "her", "its", "their", "this"})


def leaning(text: str, start: int, end: int) -> Leaning:
    """BACK, AHEAD or UNTOLD: how the sentence around `text[start:end]` looks at it."""
    before = _sentence(reversed(text[max(0, start - _WINDOW) : start].rpartition("\n")[2].split()), ends_before=True)[
        ::-1
    ]
    told = next(
        (found for at in range(len(before) - 1, -1, -1) if _may_tell(before[at]) and (found := _sign(before, at))),
        Leaning.UNTOLD,
    )
    is_limit = bool(before) and before[-1] in _LIMITS
    while before and before[-1] in _PREPOSITIONS:
        before.pop()
    begins = bool(before) and before[-1] in _CONJUNCTIONS  # "he was ill and on Tuesday will"
    if told in {Leaning.AHEAD, Leaning.BACK} and not begins:
        return told
    after = _sentence(text[end : end + _WINDOW].partition("\n")[0].split(), ends_before=False)
    if is_limit or told is Leaning.AHEAD:  # "by Friday, the union said": who says so tells nothing
        after = [word for word in after if word not in _ATTRIBUTING]
    signs = ((at, found) for at, word in enumerate(after) if _may_tell(word) and (found := _sign(after, at)))
    at, next_told = next(signs, (0, Leaning.UNTOLD))
    if told is Leaning.PLANNED:  # "games scheduled for Wednesday were called off"
        return Leaning.BACK if after and after[at] in _WAS else Leaning.AHEAD
    if next_told is Leaning.UNTOLD:
        return told
    return Leaning.AHEAD if next_told is Leaning.PLANNED else next_told


def _sentence(words: Iterable[str], *, ends_before: bool) -> list[str]:
    """The words of this sentence, bare and in lower case; "Mr." and "U.S." do not end one."""
    found = []
    for word in words:
        if word.isalpha():
            found.append(word if word == "May" else word.lower())  # the month is not the verb
            continue
        bare = word.strip(_STRIP)
        ends = bare[-1:] in _ENDS and bare not in _TIMES and not (bare[:1].isupper() and len(bare) < 6)
        if ends and ends_before:
            break
        found.append(bare if bare == "May" else bare.rstrip(".?!").lower())
        if ends:
            break
    return found


def _may_tell(word: str) -> bool:
    return word in _TELLING or word.endswith("ed")


def _sign(words: list[str], at: int) -> Leaning | None:
    """What this word tells, if it is a verb that tells anything."""
    word = words[at]
    after, before = words[at + 1 : at + 3], words[max(0, at - 3) : at]
    if word in _AHEAD:
        return Leaning.BACK if after[:1] == ["have"] else Leaning.AHEAD  # "may have met on Tuesday"
    if word in _PLANNED and not (word == "due" and after[:1] == ["to"] and _OF_A_THING.intersection(after)):
        if _WAS.intersection(before):
            return Leaning.UNTOLD
        return Leaning.AHEAD if _IS.intersection(before) else Leaning.PLANNED
    if (word in _BEFORE_TO and after[:1] == ["to"]) or (word == "set" and after[:1] == ["for"]):
        return Leaning.AHEAD
    is_back = (word in _BACK or (word.endswith("ed") and len(word) > 3)) and "be" not in before
    return Leaning.BACK if is_back else None  # "will be signed", "is to be held": what comes before "be" decides
