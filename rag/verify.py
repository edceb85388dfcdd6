"""Claims and Evidence in, checked Sentences out: supported by the words they cite, or replaced by them, or dropped.

A claim is supported when every fact in it (number, date, amount, quotation, name) and most of the words it adds to the
question stand in the sentences it cites. A name that it only repeats from the question may stand elsewhere in the same
article: that sentence is cited too. Nothing that fails is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from index.sentences import sentence_spans
from index.words import topic_words
from rag.cite import Claim
from rag.claims.facts import Fact, facts_of, stands_in
from rag.claims.normal import normal
from rag.types import Citation, Evidence, Sentence

WORDS_SHARE = 0.6
"""At least this share of the topic words that a claim adds to the question stands in what it cites; the rest may be
wording. A claim that adds none is measured whole: the question said again is no answer."""

TEMPLATE_MARKS = ("<|", "|>")
"""What a chat template is made of; a claim that holds any is not an answer, whatever else it says."""


def verify(
    question: str, claims: Sequence[Claim], evidence: Sequence[Evidence]
) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """Check each claim against the evidence.

    Args:
        question: The standalone question.
        claims: From the draft, in order.
        evidence: What the model was shown.

    Returns:
        A sentence for each claim that is supported, in its own words; for each that is not but names evidence, that
        evidence in the article's words, each piece once. Every fact of every sentence stands in its quotes.
        And the evidence, longer by what had to be cited beside it.
    """
    shown = list(evidence)
    sentences: list[Sentence] = []
    for claim in claims:
        named = [piece for number in claim.named for piece in evidence if piece.n == number]
        printed = _printed(claim.text)
        cited = _support(question, printed, named, shown)
        settled = [Sentence(printed, tuple(map(_citation, cited)), "supported")] if cited else list(map(quote, named))
        shown += [piece for piece in cited if piece not in shown]
        sentences += [new for new in settled if all(new.text != earlier.text for earlier in sentences)]
    return tuple(sentences), tuple(shown)


def quote(evidence: Evidence) -> Sentence:
    """A piece of evidence as a sentence of its own."""
    return Sentence(evidence.text, (_citation(evidence),), "quoted")


def _support(question: str, text: str, named: Sequence[Evidence], evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that holds every fact and most words of a claim, or none."""
    facts, words = facts_of(text), _topics(text)
    if not words or any(mark in text for mark in TEMPLATE_MARKS):
        return ()
    for choice in _choices(named, evidence):
        cited = _cover(question, facts, choice, evidence)
        if cited and _shares_words(question, words, cited):
            return cited
    return ()


def _choices(named: Sequence[Evidence], evidence: Sequence[Evidence]) -> Iterator[tuple[Evidence, ...]]:
    """What a claim may stand on: what it names, each alone and then together; else any one piece, best first."""
    for size in range(1, len(named) + 1):
        yield from combinations(named, size)
    for piece in sorted(evidence, key=lambda e: (-e.score, e.n)):
        if piece not in named:
            yield (piece,)


def _cover(
    question: str, facts: Sequence[Fact], cited: Sequence[Evidence], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The cited evidence, with an introduction where it takes one, if every fact stands in it; else none."""
    words = [normal(piece.text) for piece in cited]
    missing = [fact for fact in facts if not any(stands_in(fact, text) for text in words)]
    if not missing:
        return tuple(cited)
    asked = normal(question)
    if not all(fact.kind == "name" and stands_in(fact, asked) for fact in missing):
        return ()
    introduction = _introduction(missing, cited[0], evidence)
    return (*cited, introduction) if introduction else ()


def _introduction(names: Sequence[Fact], piece: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The last sentence before a piece, in its article, that has all the names: what "he" and "it" stand for."""
    for start, end in reversed(sentence_spans(piece.article.text)):
        text = piece.article.text[start:end]
        if start < piece.start and all(stands_in(name, normal(text)) for name in names):
            known = (e for e in evidence if (e.article.id, e.start, e.end) == (piece.article.id, start, end))
            next_n = max(e.n for e in evidence) + 1
            return next(known, replace(piece, n=next_n, start=start, end=end, text=text))
    return None


def _shares_words(question: str, words: Sequence[str], cited: Sequence[Evidence]) -> bool:
    asked = set(_topics(question))
    known = {word for piece in cited for word in _topics(piece.text)}
    added = [word for word in words if word not in asked] or words
    return sum(word in known for word in added) >= WORDS_SHARE * len(added)


def _topics(text: str) -> list[str]:
    return [_stem(word) for word in topic_words(normal(text))]


def _stem(word: str) -> str:
    """Enough to meet "close" and "closed": the endings of English inflection cut, four letters kept."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _printed(text: str) -> str:
    """A claim as it is printed, and so as it is checked: a phrase such as "gas leak" gets a capital and a full stop."""
    text = text.strip().rstrip(",;")
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…\"'”’)。" else f"{text}."


def _citation(piece: Evidence) -> Citation:
    return Citation(piece.n, piece.article.id, piece.start, piece.end, piece.text)
