"""A place in a text in, whether its sentence looks ahead or back there. Reads words, knows nothing about dates.

A newsroom writes "on Tuesday" for the nearest Tuesday and leaves it to the verb to say which: "met on Tuesday", "will
meet on Tuesday". So the nearest verb before the words decides, or the first one after them if none stands before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import islice

Leaning = Enum("Leaning", "BACK AHEAD PLANNED UNTOLD")
"""PLANNED is ahead or what had been; UNTOLD: no verb tells."""

_WINDOW = 160  # characters to each side; 200 gave the same for 2,077 dates, 120 not
_TWO_WORDS = 32  # characters
_STRIP = "\"'“”‘’()[],;:–—"
_ENDS = frozenset(".?!")
_TIMES = frozenset({"a.m.", "p.m."})
_BESIDE = 3  # words that say how a verb is meant
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
_SETTLED = (Leaning.AHEAD, Leaning.BACK)
_TELLING = _AHEAD | _PLANNED | _BEFORE_TO | _BACK
_WAS = frozenset({"was", "were", "been", "had"})
_IS = frozenset({"is", "are", "be"})
_OF_A_THING = frozenset({"the", "a", "an", "his", "her", "its", "their", "this"})


def leaning(text: str, start: int, end: int) -> Leaning:
    """BACK, AHEAD or UNTOLD: how the sentence around `text[start:end]` looks at it."""
    line = text[max(0, start - _WINDOW) : start].rpartition("\n")[2]
    before, _, told = _nearest(_sentence(reversed(line.split()), ends_before=True), backwards=True)
    lead = next((word for word in before if word not in _PREPOSITIONS), "")
    if told in _SETTLED and lead not in _CONJUNCTIONS:  # but "he was ill and on Tuesday will"
        return told
    after = _sentence(text[end : end + _WINDOW].partition("\n")[0].split(), ends_before=False)
    is_limit = bool(before) and before[0] in _LIMITS
    if is_limit or told is Leaning.AHEAD:  # "by Friday, the union said": who says so tells nothing
        after = (word for word in after if word not in _ATTRIBUTING)
    behind, at, next_told = _nearest(after, backwards=False)
    if told is Leaning.PLANNED:  # "games scheduled for Wednesday were called off"
        return Leaning.BACK if behind and behind[at] in _WAS else Leaning.AHEAD
    if next_told is Leaning.UNTOLD:
        return told
    return Leaning.AHEAD if next_told is Leaning.PLANNED else next_told


def two_words_before(text: str, at: int) -> int:
    """Where what may say which day is meant begins: "this past Tuesday". At most some characters before."""
    least = max(0, at - _TWO_WORDS)
    blank = text.rfind(" ", least, max(0, at - 1))
    return max(least, text.rfind(" ", least, blank) + 1) if blank >= 0 else least


def _sentence(words: Iterable[str], *, ends_before: bool) -> Iterator[str]:
    """The words of this sentence, bare and in lower case; "Mr." and "U.S." do not end one."""
    for word in words:
        if word.isalpha():
            yield word if word == "May" else word.lower()  # the month is not the verb
            continue
        bare = word.strip(_STRIP)
        ends = bare[-1:] in _ENDS and bare not in _TIMES and not (bare[:1].isupper() and len(bare) < 6)
        if ends and ends_before:
            return
        yield bare if bare == "May" else bare.rstrip(".?!").lower()
        if ends:
            return


def _nearest(words: Iterator[str], *, backwards: bool) -> tuple[list[str], int, Leaning]:
    """The words up to the first verb that tells and what stands beside it, its number, and what it tells."""
    found = list(islice(words, _BESIDE))
    at = 0
    while at < len(found):
        if found[at] in _TELLING or found[at].endswith("ed"):
            found.extend(islice(words, at + 1 + _BESIDE - len(found)))
            left, right = found[max(0, at - _BESIDE) : at], found[at + 1 : at + 1 + _BESIDE]
            sign = _sign(found[at], right, left[::-1]) if backwards else _sign(found[at], left, right)
            if sign:
                return found, at, sign
        at += 1
        if at == len(found) and (word := next(words, None)) is not None:
            found.append(word)
    return found, 0, Leaning.UNTOLD


def _sign(word: str, before: Sequence[str], after: Sequence[str]) -> Leaning | None:
    """What this word tells, if it is a verb that tells anything, by some words beside it."""
    if word in _AHEAD:
        return Leaning.BACK if after[:1] == ["have"] else Leaning.AHEAD  # "may have met on Tuesday"
    if word in _PLANNED and not (word == "due" and after[:1] == ["to"] and _OF_A_THING.intersection(after[:2])):
        if _WAS.intersection(before):
            return Leaning.UNTOLD
        return Leaning.AHEAD if _IS.intersection(before) else Leaning.PLANNED
    if (word in _BEFORE_TO and after[:1] == ["to"]) or (word == "set" and after[:1] == ["for"]):
        return Leaning.AHEAD
    is_back = (word in _BACK or (word.endswith("ed") and len(word) > 3)) and "be" not in before
    return Leaning.BACK if is_back else None  # "will be signed", "is to be held": what comes before "be" decides
