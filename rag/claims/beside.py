"""A claim and where its words stand in a source in; what stands beside them there and makes another thing of them out.

"20 people" of "20 to 40 people", "Ana Ruiz" of "anyone but Ana Ruiz", "president" of "president elect". Knows words,
and which stands next to which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.claims.failure import Failure
from rag.claims.lexicon import (
    ARTICLES,
    DATE_BOUNDS,
    EDGES,
    ELECT,
    EVERYBODY,
    EXCLUDING,
    FEWER,
    JOINTS,
    MORE,
    OFFICES,
    OPENING_CONDITIONS,
    PREPOSITIONS,
    PRONOUNS,
)
from rag.claims.normal import UNITS, stem
from rag.claims.words import Word, is_verb, read_words

Places = Sequence[tuple[int, int]]

_SIGN = re.compile(r"[%$€£¥]")
_QUESTION = re.compile(r"[^.!?“”\"]*\?")
_AMOUNTS = ("number", "date")
_LONGEST_EXCLUDING = 4
_LONGEST_TITLE = 5
_BEFORE_AND_AFTER = frozenset(("before", "after", "since"))


def beside(claim: Sequence[Word], source: Sequence[Word], places: Places) -> Iterator[Failure]:
    """What fails by the words next to those that a claim kept, where it did not keep them too."""
    kept = {j for _, j in places}
    (i, first), (last_i, last) = places[0], places[-1]
    if (excluding := _excluding(source, first)) and excluding != _excluding(claim, i):
        yield Failure("negation", excluding)
    for _, j in places:
        if source[j].kind in _AMOUNTS and (other := _other_end(source, j)) is not None and other not in kept:
            yield Failure("bound", source[other].text)
    if (turned := _turned(claim, source, last)) and turned not in [word.text for word in claim[last_i + 1 :]]:
        yield Failure("bound", turned)
    if source[last].owns and not claim[last_i].owns:
        yield Failure("gap", f"{source[last].text}'s")
    for (k, j), (n, m) in pairwise(places):
        yield from _of_another(claim[k + 1 : n], source, j, m)
    if (bound := date_bound(source, first)) and any(word.text not in ARTICLES | {bound} for word in claim[:i]):
        yield Failure("bound", bound)
    if source[first].kind == "date" and (edge := _edge(source, first)) and edge not in [word.text for word in claim]:
        yield Failure("bound", edge)
    yield from _held_office(claim, source, places[0])


def date_bound(source: Sequence[Word], first: int) -> str:
    """What makes another date of the one that begins at a place: "before", "by the end of"."""
    if source[first].kind != "date":
        return ""
    while first > 0 and (source[first - 1].kind == "date" or source[first - 1].text in ("the", "on", ",")):
        first -= 1
    return source[first - 1].text if first and source[first - 1].text in DATE_BOUNDS else ""


def _edge(source: Sequence[Word], first: int) -> str:
    """Which part of a time is meant: "the end of 2024", "the eve of 5 May"."""
    return (
        source[first - 2].text
        if first > 1 and source[first - 1].text == "of" and source[first - 2].text in EDGES
        else ""
    )


def asked(claim: Sequence[Word], sentence: str) -> Iterator[Failure]:
    """A claim all of which stands in a question: it is not said there."""
    wanted = {stem(word.text) for word in claim if word.is_content}
    questions = [sentence] if sentence.rstrip("”\"'’) ").endswith("?") else _QUESTION.findall(sentence)
    if any(wanted <= {stem(word.text) for word in read_words(question)} for question in questions):
        yield Failure("doubt", "?")


def conditional(source: Sequence[Word], places: Places) -> Iterator[Failure]:
    """A condition without "if" that a claim left out: "Were it sold, ...", "... once the pipes are mended"."""
    kept = {j for _, j in places}
    if source[0].text in OPENING_CONDITIONS and 0 not in kept and places[0][1] > 0:
        yield Failure("doubt", source[0].text)
    for j, word in enumerate(source[1:-1], start=1):
        opens = source[j + 1].text in ARTICLES | PRONOUNS or source[j + 1].kind == "name"
        if word.text == "once" and opens and j not in kept:
            yield Failure("doubt", word.text)


def _excluding(words: Sequence[Word], place: int) -> str:
    """What stands before a word and says that it is not meant: "rather than", "anyone but"; "" if nothing does."""
    while place > 0 and words[place - 1].text in ARTICLES:
        place -= 1
    for size in range(min(_LONGEST_EXCLUDING, place), 0, -1):
        said = " ".join(word.text for word in words[place - size : place])
        if said in EXCLUDING:
            return said
    if (
        place > 1
        and words[place - 1].text == "but"
        and any(w.text in EVERYBODY for w in words[max(0, place - 3) : place])
    ):
        return "but"
    return ""


def _other_end(source: Sequence[Word], place: int) -> int | None:
    """Where the other end of a range stands: "20 to 40 people", "between 2 weeks and 3", "5 May or 6 May"."""
    for step in (1, -1):
        joint = place + step
        while 0 < joint < len(source) and source[joint].text in UNITS:
            joint += step
        other = joint + step
        while 0 < other < len(source) and source[other].text in UNITS | ARTICLES:
            other += step
        if not (0 < joint < len(source) and 0 <= other < len(source)) or source[other].kind not in _AMOUNTS:
            continue
        between = any(word.text == "between" for word in source[max(0, min(place, other) - 2) : min(place, other)])
        low, high = (source[k].text for k in sorted((place, other)))
        if {*_SIGN.findall(low)} - {*_SIGN.findall(high)}:
            continue  # "fell 15% to 2.30"
        if source[joint].text in ("to", "or") or (source[joint].text == "and" and between):
            return other
    return None


def _of_another(joining: Sequence[Word], source: Sequence[Word], first: int, last: int) -> Iterator[Failure]:
    """The "of" of a claim that belongs to a word it left out: "president of (the chess club of) Tarn"."""
    if any(word.text == "of" for word in joining):
        of = next((j for j in range(last - 1, first, -1) if source[j].text == "of"), first)
        if of - 1 > first and source[of - 1].is_content:
            yield Failure("gap", source[of - 1].text)


def _turned(claim: Sequence[Word], source: Sequence[Word], last: int) -> str:
    """What right behind a number, or a number of things, makes it a difference or a bound: "$5 million less"."""
    numbers = [word for word in claim if word.kind == "number"]
    if not numbers or last + 1 >= len(source):
        return ""
    following = source[last + 1].text
    two = f"{following} {source[last + 2].text}" if last + 2 < len(source) else ""
    if two in MORE or two in FEWER:
        return two
    is_span = source[last].text in UNITS
    for_long = any(word.text in ("for", "lasted", "within") for word in source[max(0, last - 3) : last])
    if following in _BEFORE_AND_AFTER:
        return following if is_span and not for_long else ""
    # "7.5% more" is 7.5% in any wording; "7.5% less" is not.
    is_share = source[last].text.endswith("%")
    return following if following in FEWER or (following in MORE and not is_share) else ""


def _held_office(claim: Sequence[Word], source: Sequence[Word], place: tuple[int, int]) -> Iterator[Failure]:
    """An office that is not the one of the claim: "former (Tarn) president", "president elect"."""
    i, j = place
    said = {word.text for word in claim}
    for k in range(j, min(j + _LONGEST_TITLE, len(source))):
        if source[k].text in ELECT - said and (k == j + 1 or any(source[k - 1].means(word) for word in claim)):
            yield Failure("bound", source[k].text)
    if claim[i].kind == "name" or source[j].kind != "plain":
        return
    k = j - 1
    while k >= 0 and k >= j - _LONGEST_TITLE:
        word = source[k]
        beside_it = all(other.text in OFFICES for other in source[k + 1 : j])  # then it was put back
        if word.text in OFFICES - said and not beside_it:
            yield Failure("bound", word.text)
        if word.text in ARTICLES | PREPOSITIONS | JOINTS or not word.is_content or is_verb(source, k):
            return
        k -= 1
