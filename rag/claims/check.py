"""A claim and one sentence of a source in; whether the claim says only what the sentence says, and if not, why, out.

A claim passes that is what remains of the sentence when words are left out that change nothing; where a number, a
name, "not", "may", "by" or "than" would have another meaning without them, they are not left out. What the sentence
reports of somebody passes with the speaker, who is put behind it where the draft forgot. Another wording fails, be it
right: the reader gets the sentence itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from rag.claims.align import kept_words
from rag.claims.beside import asked, beside, conditional
from rag.claims.changed import (
    another_link,
    around,
    between,
    bounded,
    denied_before,
    doubted_before,
    left_off,
    one_of_several,
)
from rag.claims.facts import Fact, facts_of, stands_in
from rag.claims.failure import Check, Failure
from rag.claims.lexicon import (
    ARTICLES,
    DOUBTS,
    FIRST_PERSON,
    MARKS,
    NEAR,
    NEGATIONS,
    NEUTRAL_SAYING,
    PREPOSITIONS,
    REFERRING,
    RELATIVE,
    SAYING,
    SPANS,
)
from rag.claims.normal import normal, stem
from rag.claims.speech import Attribution, attribution, in_quotes, is_quotation
from rag.claims.words import Word, asserts, read_words

PHRASE_WORDS = 8
"""Words in one run and fewer than these, without a verb, are a phrase: it answers, but asserts nothing by itself."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a claim.

    Attributes:
        text: The claim as it may be said, with what was put before or behind it in the sentence's own words.
        failures: Why it may not; () if it may.
        nearness: How near the words it kept stand together in the sentence: 1 for one run, above 0.
    """

    text: str
    failures: tuple[Failure, ...]
    nearness: float = 1.0


def check(claim: str, sentence: str, *, question: str = "", known: Set[str] = frozenset()) -> Checked:
    """Hold a claim against a sentence.

    Args:
        claim: One sentence or phrase of a draft.
        sentence: One sentence of an article, with the days of its dates (`with_days`).
        question: What the claim answers: one that asks for what is not so may be answered by it.
        known: Names that stand for "he" or "it" in the sentence, in normal form.
    """
    failures = tuple(_unfounded(claim, sentence, known))
    if failures:
        return Checked(claim, failures)
    plain = _compared(claim, sentence, question=question, known=known)
    by, source = attribution(claim), attribution(sentence)
    if plain.failures and by and source and _same_speaker(by, source, known):
        body = _compared(by.body, sentence, question=question, known=known, said_by=source)
        return replace(body, text=claim) if not body.failures and body.text == by.body else plain
    return plain


def missing_facts(text: str, sentences: Sequence[str]) -> list[Fact]:
    """The numbers, dates, quotations and names of a text that stand in none of the sentences."""
    words = [normal(sentence) for sentence in sentences]
    return [fact for fact in facts_of(text) if not any(stands_in(fact, held) for held in words)]


def _unfounded(claim: str, sentence: str, known: Set[str]) -> Iterator[Failure]:
    """The facts of a claim that the sentence has not, and dates that mean nothing on another day."""
    for fact in missing_facts(claim, [sentence]):
        if fact.kind == "name" and set(fact.text.split()) <= known:
            continue
        is_date = any(word.kind == "date" for word in read_words(fact.text.title()))
        yield Failure("date" if is_date and fact.kind != "quotation" else fact.kind, fact.text)
    words = [word.text for word in read_words(claim)]
    for before, word in zip(["", *words], words, strict=False):
        if word in RELATIVE or (before in NEAR and word in SPANS):
            yield Failure("date", f"{before} {word}" if before in NEAR else word)


def _compared(
    text: str, sentence: str, *, question: str, known: Set[str], said_by: Attribution | None = None
) -> Checked:
    claim, source = read_words(text), read_words(sentence)
    places = kept_words(claim, source)
    failures = list(_unkept(claim, source, places, known))
    if failures or not places:
        return Checked(text, tuple(failures) or (Failure("nothing", ""),))
    first, last = places[0][1], places[-1][1]
    run = 1 + sum(word.is_content for word in source[first:last])
    nearness = len(places) / max(run, len(places))
    prefix = left_off(claim, source, places[0])
    failures += [*between(claim, source, places), *bounded(claim, source, places, prefix)]
    failures += one_of_several(claim, source, first)
    is_sentence = asserts(claim) or len(claim) >= PHRASE_WORDS
    if not text.rstrip().endswith("?"):
        failures += asked(claim, sentence)
    if is_sentence:
        failures += [*_ungoverned(claim, source, places, prefix), *beside(claim, source, places)]
        failures += conditional(source, places)
    else:
        failures += _turned_phrase(claim, source, places, prefix, question)
    text = _with_prefix(prefix, text, sentence)
    if is_sentence and not failures and not said_by:
        return _attributed(text, sentence, places, nearness)
    return Checked(text, tuple(failures), nearness)


def _turned_phrase(
    claim: Sequence[Word], source: Sequence[Word], places: Sequence[tuple[int, int]], prefix: str, question: str
) -> list[Failure]:
    """What makes another thing of a phrase; what is not or should be so answers a question that asks for it."""
    asked_for = {word.text for word in read_words(question)}
    first = places[0][1]
    failures = [*beside(claim, source, places), *conditional(source, places)]
    if asked_for & NEGATIONS:
        return [failure for failure in failures if failure.check != "negation"]
    failures += denied_before(source, first - len(prefix.split()))
    failures += [failure for failure in doubted_before(source, first) if failure.words not in asked_for]
    return [*failures, *another_link(claim, source, places[0])]


def _ungoverned(
    claim: Sequence[Word], source: Sequence[Word], places: Sequence[tuple[int, int]], prefix: str
) -> list[Failure]:
    put_back = prefix.split()
    return [failure for failure in around(claim, source, places) if failure.words not in put_back]


def _unkept(
    claim: Sequence[Word], source: Sequence[Word], places: Sequence[tuple[int, int]], known: Set[str]
) -> Iterator[Failure]:
    """The words of a claim that do not stand in the source, or not in their order."""
    kept = dict(places)
    refers = any(word.text in REFERRING for word in source)
    for i, word in enumerate(claim):
        if not word.is_content or i in kept:
            continue
        if any(word.means(other) for other in source):
            if not (word.kind == "date" and _may_move(word, source, places)):
                yield Failure("order", word.text)
        elif not (refers and word.text in known):
            yield Failure(_sort(word), word.text)


def _sort(word: Word) -> Check:
    if word.kind != "plain":
        return "name" if word.kind == "name" else "date" if word.kind == "date" else "number"
    if word.text in NEGATIONS:
        return "negation"
    return "doubt" if word.text in DOUBTS else "word"


def _may_move(word: Word, source: Sequence[Word], places: Sequence[tuple[int, int]]) -> bool:
    """Whether a date may stand elsewhere in its statement: it is the only one there."""
    dates = [j for j, other in enumerate(source) if other.kind == "date"]
    at = next(j for j in dates if word.means(source[j]))
    together = dates[-1] - dates[0] <= len(dates)  # "on Tuesday, 5 May" is one
    low, high = min(at, places[0][1]), max(at, places[-1][1])
    joints = [j for j in range(low, high) if source[j].kind == "joint"]
    leading = at < places[0][1] and joints == [at + 1] and source[at + 1].text == ","
    return bool(places) and together and (not joints or leading)


def _attributed(text: str, sentence: str, places: Sequence[tuple[int, int]], nearness: float) -> Checked:
    """The claim with its speaker put behind it where the sentence is somebody's statement and the claim is silent."""
    claim, source = read_words(text), read_words(sentence)
    told = any(claim[i].text in SAYING for i, _ in places)
    speaks = not told and any(word.text in FIRST_PERSON for word in claim)
    quoted = not told and in_quotes(sentence, claim)
    if is_quotation(text) or not (speaks or quoted or _is_reported(source, places)):
        return Checked(text, (), nearness)
    by = attribution(sentence)
    if by is None or not by.names_its_speaker or speaks:
        return Checked(text, (Failure("speaker", by.speaker if by else ""),), nearness)
    if by.verb in NEGATIONS:
        return Checked(text, (Failure("negation", by.verb),), nearness)
    return Checked(f"{text.rstrip(' .!,;')}, {by.words}.", (), nearness)


def _is_reported(source: Sequence[Word], places: Sequence[tuple[int, int]]) -> bool:
    """Whether a word of saying that the claim did not keep reaches what it did keep."""
    kept = {j for _, j in places}
    first, last = places[0][1], places[-1][1]
    for j, word in enumerate(source):
        is_adjective = j > 0 and source[j - 1].text in ARTICLES | PREPOSITIONS  # "the alleged thief"
        if j in kept or word.text not in SAYING or is_adjective:
            continue
        between_them = source[j:first] if j < first else source[last + 1 : j]
        if any(other.text in (";", "but", "while", "whereas") for other in between_them):
            continue
        opens = j > 0 and source[j - 1].text in MARKS
        apart = any(w.text == "," for w in between_them) and all(
            w.kind != "joint" or w.text == "," for w in between_them
        )
        if j < last or word.text == "according" or opens or apart:
            return True
    return False


def _same_speaker(claim: Attribution, source: Attribution, known: Set[str]) -> bool:
    """Whether a claim names the speaker that its source names, and says no more of how it was said."""
    verbs = {claim.verb, source.verb}
    if stem(claim.verb) != stem(source.verb) and not verbs <= NEUTRAL_SAYING:
        return False
    named, held = read_words(claim.speaker), read_words(source.speaker)
    if not any(word.is_content for word in named):
        return normal(claim.speaker) == normal(source.speaker)
    places = kept_words(named, held)
    kept = {i for i, _ in places}
    refers = any(word.text in REFERRING for word in held)
    missing = [word for i, word in enumerate(named) if word.is_content and i not in kept]
    return all(refers and word.text in known for word in missing) and not any(between(named, held, places))


def _with_prefix(prefix: str, text: str, sentence: str) -> str:
    """A claim with what it left off put back, where the sentence has it: "the alleged thief", "half of the voters"."""
    if not prefix:
        return text
    first, _, rest = text.partition(" ")
    lowered = first.lower() if f" {first.lower()}" in f" {sentence}" else first
    if first.lower() in ARTICLES and f"{first} {prefix}".lower() in " ".join(sentence.split()).lower():
        return f"{first} {prefix} {rest}"
    return f"{prefix[:1].upper()}{prefix[1:]} {lowered} {rest}".strip()
