"""A question of several parts and what answers each in; what follows from them for the question out, or nothing.

"Did both ...?", "Which came first, ...?", "Which is longer, ...?" follow from their parts by rule. A wrong decision is
far worse than none: each part must be told by one sentence in a form that can be read surely (rag/deciding), no other
sentence that was selected may tell otherwise, and what is said stands in the words that are cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from rag.claims.facts import facts_of, stands_in
from rag.claims.normal import normal
from rag.deciding.amounts import Amount, amount_of
from rag.deciding.days import Days, days_of, event_in
from rag.deciding.deeds import Deed, Telling, is_one_deed, looks_back, read_deed, tells
from rag.plan.compared import Division
from rag.plan.parts import divided
from rag.types import Citation, Evidence, Query, Sentence

SAME_TIME_DAYS = 183
"""Half a year: two elections, prices or seasons further apart are not of one race."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """One part of a question and what the archive says to it.

    Attributes:
        query: The part.
        sentences: Checked; () where the archive does not say.
        evidence: What was selected for it.
    """

    query: Query
    sentences: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the things compared: as it is called in the answer, the evidence that tells of it, and how it does."""

    thing: str
    pieces: tuple[Evidence, ...]
    tellings: tuple[Telling, ...] = ()


def decide(query: Query, parts: Sequence[PartAnswer]) -> Sentence | None:
    """What follows for the whole question from what is said to its parts.

    Args:
        query: The whole question.
        parts: In the order of `query.parts`, evidence numbered through.

    Returns:
        A sentence in the question's own words, with values as they stand in the quotes, citing what decides it; None
        where the form of the question does not allow it, or where it is not certain.
    """
    division = divided(query.text)
    if division is None or division.form == "apart" or len(parts) != len(division.things):
        return None
    if division.form == "any" or all(part.sentences for part in parts):
        return _RULES[division.form](division, parts)
    return None


def _deeds(division: Division, parts: Sequence[PartAnswer]) -> Sentence | None:
    """Did all, did any: each affirmed or denied by its own sentence."""
    yes: list[_Side] = []
    no: list[_Side] = []
    for thing, question, part in zip(division.things, division.questions, parts, strict=True):
        deed = read_deed(question, thing)
        found = [
            (piece, telling)
            for piece in _read(part)
            if deed and (telling := tells(deed, piece.text)) and not looks_back(piece, telling.end)
        ]
        if len({telling.denied for _, telling in found}) == 1:
            tellings = tuple(telling for _, telling in found)
            (no if tellings[0].denied else yes).append(_Side(thing, (found[0][0],), tellings))
    things = division.things
    if division.form == "all" and no:
        question = division.questions[things.index(no[0].thing)].partition("?")[0]
        form, rest = question.split()[0].casefold(), question.partition(no[0].thing)[2]
        return _said(f"No: {no[0].thing} {form} not{rest}.", no[:1], parts)
    if division.form == "any" and len(no) == len(things):
        return _said(f"No: neither {' nor '.join(things)}.", no, parts)
    deeds = [telling for side in yes for telling in side.tellings]
    is_all = division.form == "all"
    if not (is_one_deed(deeds) and all(each.is_asked if is_all else not each.beside for each in deeds)):
        return None
    if division.form == "any":
        return _said(f"Yes: {_joined([side.thing for side in yes])}.", yes, parts) if yes else None
    both = "both " if len(things) == 2 else ""
    return _said(f"Yes: {both}{_joined(things)}.", yes, parts) if len(yes) == len(things) else None


def _order(division: Division, parts: Sequence[PartAnswer]) -> Sentence | None:
    """Which came first or last: by the days that each can have happened on."""
    sides: list[_Side] = []
    days: list[Days] = []
    for thing, question, part in zip(division.things, division.questions, parts, strict=True):
        event = event_in(question.partition("?")[0], thing)
        found = [(piece, each) for piece in _read(part) if event and (each := days_of(event, piece))]
        known = _common([each for _, each in found])
        if known is None:
            return None
        days.append(known)
        tellings = (tells(event, piece.text) if isinstance(event, Deed) else None for piece, _ in found)
        sides.append(_Side(thing, (_most_certain(found),), tuple(filter(None, tellings))))
    deeds = [telling for side in sides for telling in side.tellings]
    if not is_one_deed(deeds) or not all(side.tellings or not any(each.beside for each in deeds) for side in sides):
        return None
    one = _apart(days, lambda a, b: a[1] < b[0], -1 if division.sign < 0 or division.is_whether else 1)
    if one is None:
        return None
    other = [side for place, side in enumerate(sides) if place != one]
    return _said(_order_text(division, sides, one, other), sides, parts)


def _order_text(division: Division, sides: Sequence[_Side], one: int, other: Sequence[_Side]) -> str:
    """The first of the question's things comes first in a yes or no, the one that is asked for in a choice."""
    if not division.is_whether:
        word = "before" if division.sign < 0 else "after"
        return f"{_capital(sides[one].thing)} {division.said} {word} {_joined([side.thing for side in other])}."
    word = "before" if one == 0 else "after"
    told = f"{sides[0].thing} {division.said} {word} {sides[1].thing}."
    if division.sign == 0:
        return _capital(told)
    return f"{'Yes' if (word == 'before') == (division.sign < 0) else 'No'}: {told}"


def _amounts(division: Division, parts: Sequence[PartAnswer]) -> Sentence | None:
    """Which is more or less: by amounts of one kind."""
    sides: list[_Side] = []
    amounts: list[Amount] = []
    for thing, question, part in zip(division.things, division.questions, parts, strict=True):
        asked = question.partition("?")[0]
        found = [(p, each) for p in _read(part) if (each := amount_of(asked, thing, division.measure, p))]
        if not found or any(each != found[0][1] for _, each in found):
            return None
        amounts.append(found[0][1])
        sides.append(_Side(_called(thing, found[0][0]), (found[0][0],)))
    if amounts[0].is_of_its_time and _far_apart([side.pieces[0] for side in sides]):
        return None
    one = _apart(amounts, Amount.is_below, division.sign)
    if one is None:
        return None
    rest = [amount.words for place, amount in enumerate(amounts) if place != one]
    if division.is_whether:
        words = [amount.words for amount in amounts]
        return _said(f"{'Yes' if one == 0 else 'No'}: {words[0]} against {words[1]}.", sides, parts)
    name, values = _capital(sides[one].thing), f"{amounts[one].words} against {_joined(rest)}"
    whole = _said(f"{name} {division.said}: {values}.", sides, parts) if division.said else None
    return whole or _said(f"{name}: {values}.", sides, parts)


_RULES: dict[str, Callable[[Division, Sequence[PartAnswer]], Sentence | None]] = {
    "all": _deeds,
    "any": _deeds,
    "order": _order,
    "amount": _amounts,
}


def _read(part: PartAnswer) -> Iterator[Evidence]:
    """A part's evidence: what its answer cites first, then the best."""
    cited = {citation.evidence for sentence in part.sentences for citation in sentence.citations}
    yield from sorted(part.evidence, key=lambda piece: (piece.n not in cited, -piece.score, piece.n))


def _far_apart(pieces: Sequence[Evidence]) -> bool:
    """Whether they were printed so long after each other that they tell of other elections, prices, seasons."""
    days = [piece.article.published.date().toordinal() for piece in pieces if piece.article.published]
    return len(days) < len(pieces) or max(days) - min(days) > SAME_TIME_DAYS


def _common(days: Sequence[Days]) -> Days | None:
    """The days that all sentences leave; None where none tells or two tell otherwise."""
    if not days:
        return None
    first, last = max(each[0] for each in days), min(each[1] for each in days)
    return (first, last) if first <= last else None


def _most_certain(found: Sequence[tuple[Evidence, Days]]) -> Evidence:
    def length(each: tuple[Evidence, Days]) -> int:
        first, last = each[1]
        return date.toordinal(last) - date.toordinal(first)

    return min(found, key=length)[0]


def _apart(values: Sequence[T], is_below: Callable[[T, T], bool], sign: int) -> int | None:
    """The place of the one that is surely below (sign -1) or above (1) all others."""
    for place, value in enumerate(values):
        others = [other for at, other in enumerate(values) if at != place]
        if all(is_below(value, other) if sign < 0 else is_below(other, value) for other in others):
            return place
    return None


def _said(text: str, sides: Sequence[_Side], parts: Sequence[PartAnswer]) -> Sentence | None:
    """The sentence, if every fact of it stands in what it cites; a name may stand in what was selected beside it."""
    cited = list({(p.article.id, p.start, p.end): p for side in sides for p in side.pieces}.values())
    for fact in facts_of(text):
        if any(stands_in(fact, normal(piece.text)) for piece in cited):
            continue
        articles = {piece.article.id for piece in cited}
        beside = (piece for part in parts for piece in part.evidence if piece.article.id in articles)
        introduction = next((piece for piece in beside if stands_in(fact, normal(piece.text))), None)
        if introduction is None or fact.kind != "name":
            return None
        cited.append(introduction)
    return Sentence(text, tuple(Citation(p.n, p.article.id, p.start, p.end, p.text) for p in cited), "supported")


def _called(thing: str, piece: Evidence) -> str:
    """A thing as the question calls it, without whose it is where the sentence does not say: "Tarn's Ana Ruiz"."""
    words = normal(piece.text)
    owner = re.match(r"[A-Z][\w.-]*['’]s (?=[A-Z])", thing)
    says_all = all(stands_in(fact, words) for fact in facts_of(thing) if fact.kind == "name")
    return thing[owner.end() :] if owner and not says_all else thing


def _joined(words: Sequence[str]) -> str:
    """As in "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
