"""A sentence in, its words out: stems with offsets, clauses, names, and who is only quoted. Knows one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.names.forms import folded, is_capital
from index.names.lexicon import BESIDE_TITLES, CALENDAR, OPENERS, TITLES
from index.words import FUNCTION_WORDS
from rag.claims.normal import stem

_WORD = re.compile(r"[$€£¥]?[^\W_](?:[^\W_]|[.,'’&-]{1,2}(?=[^\W_]))*%?")
_SPEECH = frozenset(
    "said say says saying told tell tells according report reports reported reporting added adds officials official "
    "statement spokesman spokeswoman spokesperson".split()
)
"""Who says so is no part of what is said."""

_IDLE = (
    FUNCTION_WORDS
    | _SPEECH
    | frozenset(
        "total also after before during since while because over under between into through within both each more most "
        "only although though not no its still just even much many very such own other others new one two per cent "
        "percent mr mrs ms".split()
    )
)
_POSSESSIVE = re.compile(r"['’]s?$")
_DIGIT = re.compile(r"\d")
_BREAKS = re.compile(r"[,;:()\[\]—–\"“”„]")
_STOPS = frozenset("and but while who which that when where after before because as although though if or".split())
_SHORT = {"united states": "us", "united kingdom": "uk", "european union": "eu", "united nations": "un"}
_SHORTENED = re.compile("|".join(_SHORT), re.IGNORECASE)


class Token(NamedTuple):
    """A word at `text[start:end]`.

    Attributes:
        clause: Counts up at each mark or word that begins another clause.
        idle: Whether it says nothing about the topic.
        figure: Whether there is a digit in it.
    """

    text: str
    stem: str
    start: int
    end: int
    clause: int
    idle: bool
    figure: bool


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a sentence, in order."""
    found: list[Token] = []
    clause = reached = 0
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0]) if "'" in match[0] or "’" in match[0] else match[0]
        small = folded(word)
        clause += bool(_BREAKS.search(text, reached, match.start())) or small in _STOPS
        reached = match.end()
        start, end = match.start(), match.start() + len(word)
        found.append(Token(word, stem(small), start, end, clause, small in _IDLE, _DIGIT.search(word) is not None))
    return tuple(found)


@lru_cache(maxsize=4096)
def topics(text: str) -> frozenset[str]:
    """The stems that tell what a text is about; numbers are not among them."""
    return frozenset(each.stem for each in tokens(text) if not each.idle and not each.figure)


@lru_cache(maxsize=4096)
def names(text: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """The words of names in a sentence, folded.

    What opens it has a capital anyhow: it counts before another capital, or where it is known to be a name.
    """
    text = _SHORTENED.sub(lambda match: _SHORT[match[0].lower()].upper(), text)
    words = tokens(text)
    told_by = _attribution(words)
    found: list[str] = []
    for place, word in enumerate(words):
        small = folded(word.text)
        if not is_capital(word.text) or small in _NO_NAMES or place in told_by or word.figure:
            continue
        follows = place + 1 < len(words) and is_capital(words[place + 1].text)
        if small in known or follows or word.text.isupper() or not opens(text, word.start):
            found.append(small)
    return frozenset(found)


_NO_NAMES = CALENDAR | TITLES | BESIDE_TITLES | OPENERS | FUNCTION_WORDS


def opens(text: str, at: int) -> bool:
    """Whether a word stands where any word has a capital: first, or first in quotation marks or after a full stop."""
    before = text[:at].rstrip()
    return not before or before[-1] in "\"“„‘'.!?:"


@lru_cache(maxsize=4096)
def speaking_of_themselves(text: str) -> frozenset[str]:
    """The words of names, folded, of those who say what they did or will do: "Holz Trucks said it will cut"."""
    words = tokens(text)
    found: list[str] = []
    for place, word in enumerate(words):
        behind = [folded(each.text) for each in words[place + 1 : place + 3]]
        if folded(word.text) in _SPEECH | _DECLARED and not _SELF.isdisjoint(behind):
            for before in reversed(words[:place]):
                if not is_capital(before.text):
                    break
                found.append(folded(before.text))
    return frozenset(found)


_DECLARED = frozenset("announced announces plans promised pledged expects agreed confirmed".split())
_SELF = frozenset("it he she they its his her their".split())


def _attribution(words: Sequence[Token]) -> frozenset[int]:
    """The places of the words of "according to ..." and of a last clause such as ", the Harbour Police said"."""
    places: set[int] = set()
    for place, word in enumerate(words):
        if folded(word.text) == "according":
            places.update(n for n in range(place, len(words)) if words[n].clause == word.clause)
    if words:
        last = [n for n, word in enumerate(words) if word.clause == words[-1].clause]
        if last[0] > 0 and len(last) <= 8 and any(folded(words[n].text) in ("said", "says") for n in last):
            places.update(last)
    return frozenset(places)


def without(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """Our names that theirs do not hold, in order: "China" is held by "Chinese"."""
    known = sorted(theirs)
    return [name for name in sorted(ours) if not any(akin(name, other) for other in known)]


def akin(one: str, other: str) -> bool:
    """Whether two folded words may name the same: equal, or with the same four letters at least to begin with."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 4 and long.startswith(short[: max(4, len(short) - 1)]))


def near(words: Sequence[Token], start: int, end: int) -> frozenset[str]:
    """The stems around `words[start:end]`, eight words to either side."""
    around = (*words[max(0, start - 8) : start], *words[end : end + 8])
    return frozenset(word.stem for word in around if not word.idle and word.stem.isalpha())


def beside(words: Sequence[Token], start: int, end: int) -> frozenset[str]:
    """The two nearest stems on either side of `words[start:end]`, in the same clause; no names."""
    clause = words[min(start, len(words) - 1)].clause
    left, right = (
        [
            word.stem
            for word in side
            if not word.idle and word.clause == clause and word.stem.isalpha() and not is_capital(word.text)
        ]
        for side in (words[max(0, start - 8) : start], words[end : end + 8])
    )
    return frozenset((*left[-2:], *right[:2]))
