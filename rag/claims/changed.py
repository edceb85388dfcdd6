"""A claim and a source whose words it kept in; what leaving the others out has changed, out.

Everything here is told from lists of words and from what stands beside what. It errs on the side of a quote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from rag.claims.beside import date_bound
from rag.claims.failure import Check, Failure
from rag.claims.lexicon import (
    ADVERBS,
    ARTICLES,
    ASIDE_DOUBTS,
    BEING,
    BOUNDS,
    CONDITIONS,
    DOUBTS,
    MARKS,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    QUALIFIERS,
    SAYING,
    TURNS,
)
from rag.claims.words import Word, is_verb

Places = Sequence[tuple[int, int]]

_PARENTHESIS = re.compile(r"\([^()]*\)|,[^,;c][^,;]*,")
_MAY_GO = re.compile(r"(?:[ad,]|p[dna]*[wN]{0,4})*(?:d[wa]{0,3})?")
"""Adverbs and dates, what follows a preposition, and adjectives behind an article."""
_FIRST_ADJECTIVES = re.compile(r"w{1,2}")
_LONGEST_BOUND = 4
_LONGEST_ITEM = 4
"""A phrase of fewer words is one of a list; a longer one may have a verb that is not known as one."""


def between(claim: Sequence[Word], source: Sequence[Word], places: Places) -> Iterator[Failure]:
    """What fails between two words that a claim kept next to each other."""
    for (i, j), (k, m) in pairwise(places):
        yield from _gap(claim[i + 1 : k], source, j, m)
        yield from _roles(claim, source, (k, m))
        yield from _linked(claim[i + 1 : k], source[j + 1 : m])
        if claim[i].owns != source[j].owns:
            yield Failure("order", f"{source[j].text}'s")


def bounded(claim: Sequence[Word], source: Sequence[Word], places: Places, put_back: str) -> Iterator[Failure]:
    """The numbers of a claim that have another bound in the source; `put_back` stands before the first word."""
    for place, (i, j) in enumerate(places):
        if claim[i].kind in ("number", "date"):
            asked, said = bound_before(claim, i) or (put_back if place == 0 else ""), bound_before(source, j)
            if BOUNDS.get(asked) != BOUNDS.get(said):
                yield Failure("bound", said or asked)


def around(claim: Sequence[Word], source: Sequence[Word], places: Places) -> Iterator[Failure]:
    """What fails because a claim that is a sentence begins later or ends earlier than its source."""
    (i, first), (last_i, last) = places[0], places[-1]
    kept = _held(claim, source, places)
    yield from _denied(source, kept, _reach_back(source, first), _reach_on(source, last))
    yield from _doubted(source, kept, _reach_back(source, first), first)
    for j, word in enumerate(source):
        if j not in kept and word.text in CONDITIONS | ASIDE_DOUBTS:
            yield Failure("doubt", word.text)
    link, before = _link(source, first), _link(claim, i)
    if link != before and (link or before):
        yield Failure("order", link or before)
    yield from _linked(claim[last_i + 1 :], source[last + 1 :])
    following = source[last + 1] if last + 1 < len(source) else None
    if source[last].owns != claim[last_i].owns:
        yield Failure("order", f"{source[last].text}'s")
    elif following and following.text in DOUBTS | NEGATIONS and last_i + 1 < len(claim):
        yield Failure(_check_of(following), following.text)
    elif (
        following
        and following.kind in ("plain", "name")
        and not _is_adverb(following)
        and not is_verb(source, last)
        and not is_verb(source, last + 1)
    ):
        yield Failure("gap", following.text)


def _held(claim: Sequence[Word], source: Sequence[Word], places: Places) -> Set[int]:
    """Places in the source of what a claim has: the words it kept, and "if" or "without" where it has as many."""
    said, asked = (Counter(word.text for word in words if not word.is_content) for words in (source, claim))
    also = {j for j, word in enumerate(source) if not word.is_content and asked[word.text] >= said[word.text]}
    return also | {j for _, j in places}


def denied_before(source: Sequence[Word], first: int) -> Iterator[Failure]:
    """A denial that reaches a phrase from further left in its statement: "does not hold any *nitrate*"."""
    yield from _denied(source, frozenset(), _reach_back(source, first), first)


def doubted_before(source: Sequence[Word], first: int) -> Iterator[Failure]:
    """An auxiliary right before a phrase, whose verb it is: "could *result in losses*"."""
    if first and source[first - 1].text in MODALS:
        yield Failure("doubt", source[first - 1].text)


def another_link(claim: Sequence[Word], source: Sequence[Word], place: tuple[int, int]) -> Iterator[Failure]:
    """A phrase that begins with another preposition than stands before it: "before the war" for "after the war"."""
    link = _link(claim, place[0])
    if link and link != _link(source, place[1]):
        yield Failure("order", link)


def left_off(claim: Sequence[Word], source: Sequence[Word], place: tuple[int, int]) -> str:
    """The words right before a claim's first one that narrow or turn it, if the claim left them off: "at least"."""
    i, j = place
    if any(word.text not in ARTICLES for word in claim[:i]):
        return ""
    bound = bound_before(source, j) or date_bound(source, j)
    if bound:
        return "" if bound_before(claim, i) else bound
    words: list[str] = []
    while j > 0 and source[j - 1].text in QUALIFIERS:
        j -= 1
        words.append(source[j].text)
    return " ".join(reversed(words))


def one_of_several(claim: Sequence[Word], source: Sequence[Word], first: int) -> Iterator[Failure]:
    """A claim that begins behind "and", where something is said of all together: "A and B own it"."""
    while first > 0 and source[first - 1].kind == "glue":
        first -= 1
    if len(claim) < _LONGEST_ITEM or first < 2 or source[first - 1].text not in ("and", "or", "nor"):
        return
    before = source[_reach_back(source, first) : first - 1]
    acts = any(is_verb(before, j) and before[j].text not in SAYING for j in range(len(before)))
    if source[first - 2].text in (",", ";"):
        acts = any(is_verb(source, j) for j in range(first - 1))
    if not acts or source[first - 2].kind == "name":
        yield Failure("gap", source[first - 2].text)


def bound_before(words: Sequence[Word], place: int) -> str:
    """What stands before a number or another word and bounds it, the longest: "no more than"; "" if nothing does."""
    while place > 0 and words[place - 1].text in ("the", "a", "an"):
        place -= 1
    for size in range(min(_LONGEST_BOUND, place), 0, -1):
        said = " ".join(word.text for word in words[place - size : place])
        if said in BOUNDS:
            return said
    return ""


def _gap(claim: Sequence[Word], source: Sequence[Word], first: int, last: int) -> Iterator[Failure]:
    """What fails by what was left out between two words of the source; `claim` is what stands there instead."""
    joints = [word.text for word in claim if word.kind == "joint"]
    left: list[int] = []
    for j in range(first + 1, last):
        if source[j].text in joints:
            joints.remove(source[j].text)
        elif source[j].kind != "glue" or source[j].text in ARTICLES | PREPOSITIONS:
            left.append(j)
    before = source[first]
    shape = "".join(_class(source, j) for j in left)
    while (shorter := _PARENTHESIS.sub("", shape)) != shape:
        left, shape = [left[place] for place in _places_kept(shape)], shorter
    changing = next((source[j] for j, sort in zip(left, shape, strict=True) if sort == "o"), None)
    if changing:
        yield Failure(_check_of(changing), changing.text)
        return
    if before.kind == "number" or before.owns:
        shape = _FIRST_ADJECTIVES.sub("", shape, count=1) if shape.startswith("w") else shape
    if left and source[left[0]].text == "that" and before.text in SAYING:
        shape = shape[1:]
    if not _MAY_GO.fullmatch(shape):
        yield Failure("gap", " ".join(source[j].text for j in left))


def _places_kept(shape: str) -> list[int]:
    gone = {place for match in _PARENTHESIS.finditer(shape) for place in range(match.start(), match.end())}
    return [place for place in range(len(shape)) if place not in gone]


def _class(words: Sequence[Word], place: int) -> str:
    """A letter for what a word does where it is left out: the first that fits."""
    word = words[place]
    fits = (
        ("p", word.text in PREPOSITIONS),
        ("o", word.text in _CHANGING),
        (word.text, word.text in MARKS),
        ("c", word.text in ("and", "or", "nor", "but")),
        ("m", word.kind == "joint"),
        ("d", word.text in ARTICLES),
        ("a", _is_adverb(word)),
        ("v", word.kind == "plain" and is_verb(words, place)),
        ("n", word.kind == "number"),
        ("N", word.kind == "name"),
    )
    return next((letter for letter, so in fits if so), "w")


_CHANGING = NEGATIONS | DOUBTS | CONDITIONS | QUALIFIERS


def _is_adverb(word: Word) -> bool:
    return word.kind == "date" or word.text in ADVERBS or (word.kind == "plain" and word.text.endswith("ly"))


def _check_of(word: Word) -> Check:
    if word.text in NEGATIONS:
        return "negation"
    return "doubt" if word.text in DOUBTS or word.text in CONDITIONS else "bound"


def _roles(claim: Sequence[Word], source: Sequence[Word], place: tuple[int, int]) -> Iterator[Failure]:
    """What fails by the little words before a kept one: "by", "than", "to", or "was" before a participle."""
    i, j = place
    wanted, said = _link(claim, i), _link(source, j)
    if wanted != said:
        governed = _governor(source, j)
        if wanted and wanted != governed:
            yield Failure("order", wanted)
        elif said and not wanted:
            yield Failure("order", said)
    if source[j].text.endswith(("ed", "en")) and _is_suffered(claim, i) != _is_suffered(source, j):
        yield Failure("order", source[j].text)


def _linked(claim: Sequence[Word], source: Sequence[Word]) -> Iterator[Failure]:
    """Words that join, in a claim where its source has no such word: "voted *for* it", "died *before* the war"."""
    held = [word.text for word in source]
    for word in claim:
        joins = word.kind == "link" or (word.kind == "joint" and word.text not in MARKS | {"that"})
        if joins and word.text not in held:
            yield Failure("order", word.text)


def _link(words: Sequence[Word], place: int) -> str:
    """The preposition that a word stands right behind, glue apart."""
    while place > 0 and words[place - 1].kind == "glue":
        place -= 1
    return words[place - 1].text if place and words[place - 1].text in _LINKING else ""


def _governor(words: Sequence[Word], place: int) -> str:
    """The same, adjectives apart."""
    for word in reversed(words[max(0, place - 4) : place]):
        if word.text in _LINKING:
            return word.text
        if word.kind in ("joint", "number"):
            return ""
    return ""


_LINKING = PREPOSITIONS - {"in", "on", "at", "as", "about", "over", "under", "above", "below", "around"}


def _is_suffered(words: Sequence[Word], place: int) -> bool:
    return any(word.text in BEING for word in words[max(0, place - 2) : place])


def _reach_back(words: Sequence[Word], place: int) -> int:
    while place > 0 and words[place - 1].text not in TURNS:
        place -= 1
    return place


def _reach_on(words: Sequence[Word], place: int) -> int:
    while place + 1 < len(words) and words[place + 1].text not in TURNS | {"and"}:
        place += 1
    return place + 1


def _denied(source: Sequence[Word], kept: Set[int], start: int, end: int) -> Iterator[Failure]:
    for j in range(start, end):
        if j not in kept and source[j].text in NEGATIONS - PREPOSITIONS:
            yield Failure("negation", source[j].text)


def _doubted(source: Sequence[Word], kept: Set[int], start: int, end: int) -> Iterator[Failure]:
    for j in range(start, end):
        if j not in kept and source[j].text in DOUBTS - SAYING:
            yield Failure("doubt", source[j].text)
