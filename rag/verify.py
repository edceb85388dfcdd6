"""Claims and Evidence in, checked Sentences out: supported by the words they cite, or replaced by them, or dropped.

A claim is supported when one cited sentence says it (rag/claims/check.py), or when it is a list each part of which
stands in one. A name that it only repeats from the question may stand in an earlier sentence of the same article: that
sentence is cited too. Nothing that fails is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.sentences import sentence_spans
from rag.cite import Claim
from rag.claims.check import PHRASE_WORDS, Checked, check, missing_facts
from rag.claims.dated import with_days
from rag.claims.facts import Fact, facts_of, stands_in
from rag.claims.failure import Failure
from rag.claims.lexicon import REFERRING, SAYING
from rag.claims.normal import normal
from rag.claims.words import asserts, read_words
from rag.types import Citation, Evidence, Sentence

TEMPLATE_MARKS = ("<|", "|>")
"""What a chat template is made of; a claim that holds any is not an answer, whatever else it says."""

BARE = frozenset(("yes", "no"))
"""Alone, these say of the whole question what no single sentence does: rules decide that (rag/decide.py)."""

LONGEST_LIST = 8
"""Parts of a claim that are looked for one by one."""

ELSEWHERE = 0.8
"""How much of its strength a claim keeps that stands in other evidence than it names."""

_PRONOUNS = REFERRING - frozenset("the this that these those".split())
_BETWEEN_PARTS = re.compile(r"(?:[,;](?!\d)(?:\s*and\b)?|\sand\b)\s*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one claim of a draft.

    Attributes:
        claim: As drafted.
        sentences: What is said for it: itself, or the evidence it names; () if it is dropped.
        failures: What its best reading failed by; () if it is supported.
        why: The same in words: "the number 39 is not in [2]".
        strength: From 0, not supported, to 1: in one run of words of the evidence it names.
    """

    claim: Claim
    sentences: tuple[Sentence, ...]
    failures: tuple[Failure, ...]
    why: tuple[str, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A claim held against some evidence."""

    cited: tuple[Evidence, ...]
    checked: Checked
    strength: float = 0.0


def judge(
    question: str, claims: Sequence[Claim], evidence: Sequence[Evidence]
) -> tuple[tuple[Verdict, ...], tuple[Evidence, ...]]:
    """Check each claim against the evidence, and say why.

    Args:
        question: The standalone question.
        claims: From the draft, in order.
        evidence: What the model was shown.

    Returns:
        For each claim a verdict: its own sentence where it is supported; where it is not but names evidence, that
        evidence in the article's words. Every fact of every sentence stands in its quotes.
        And the evidence, longer by what had to be cited beside it.
    """
    shown = list(evidence)
    verdicts: list[Verdict] = []
    for claim in claims:
        named = [piece for number in claim.named for piece in evidence if piece.n == number]
        reading = _reading(question, claim.text, named, shown)
        sentence = Sentence(_printed(reading.checked.text), tuple(map(_citation, reading.cited)), "supported")
        failures = reading.checked.failures or _as_printed(sentence, reading.cited)
        if failures:
            why = tuple(failure.told(_told(reading.cited)) for failure in failures)
            verdicts.append(Verdict(claim, tuple(map(quote, named)), failures, why, 0.0))
        else:
            shown += [piece for piece in reading.cited if piece not in shown]
            verdicts.append(Verdict(claim, (sentence,), (), (), reading.strength))
    return tuple(verdicts), tuple(shown)


def quote(evidence: Evidence) -> Sentence:
    """A piece of evidence as a sentence of its own."""
    return Sentence(evidence.text, (_citation(evidence),), "quoted")


def unfounded(sentence: Sentence, evidence: Sequence[Evidence]) -> list[Fact]:
    """The numbers, dates, quotations and names of an answer's sentence that stand in none of the quotes it cites."""
    articles = {piece.article.id: piece.article for piece in evidence}
    resolved = [with_days(articles[c.article_id], c.start, c.end) for c in sentence.citations]
    return missing_facts(sentence.text, [*resolved, *(c.quote for c in sentence.citations)])


def _as_printed(sentence: Sentence, cited: Sequence[Evidence]) -> tuple[Failure, ...]:
    """What fails only once a claim has its capital letter: "Mending a fence." reads as if somebody were called so."""
    return tuple(Failure(fact.kind, fact.text) for fact in unfounded(sentence, cited))


def _reading(question: str, text: str, named: Sequence[Evidence], evidence: Sequence[Evidence]) -> _Reading:
    """The first way to support a claim; else the way it failed by least in what it names."""
    says_nothing = normal(text) in BARE or not any(word.is_content for word in read_words(text))
    if says_nothing or any(mark in text for mark in TEMPLATE_MARKS):
        return _Reading(tuple(named), Checked(text, (Failure("nothing", ""),)))
    failed: list[_Reading] = []
    for reading in _readings(question, text, named, evidence):
        if not reading.checked.failures:
            return reading
        failed.append(reading)
    return min(failed, key=lambda r: (not set(r.cited) & set(named), len(r.checked.failures)))


def _readings(question: str, text: str, named: Sequence[Evidence], evidence: Sequence[Evidence]) -> Iterator[_Reading]:
    """What a claim may stand on: each piece it names, these part by part; else any one piece, best first."""
    for piece in named:
        yield _alone(question, text, piece, named, evidence)
    yield from _in_parts(question, text, named)
    for piece in sorted(evidence, key=lambda e: (-e.score, e.n)):
        if piece not in named:
            reading = _alone(question, text, piece, named, evidence)
            yield replace(reading, strength=reading.strength * ELSEWHERE)
    if not evidence:
        yield _Reading((), Checked(text, (Failure("nothing", ""),)))


def _alone(
    question: str, text: str, piece: Evidence, named: Sequence[Evidence], evidence: Sequence[Evidence]
) -> _Reading:
    """A claim held against each sentence of a piece, with an introduction where it takes one."""
    names = _names_to_introduce(question, text, piece, named)
    introduction = _introduction(names, piece, evidence) if names else None
    known = frozenset(word for name in names for word in name.text.split()) if introduction else frozenset[str]()
    checks = [check(text, words, question=question, known=known) for words in _sentences(piece)]
    best = min(checks, key=lambda c: len(c.failures))
    return _Reading((piece, introduction) if introduction else (piece,), best, best.nearness)


def _sentences(piece: Evidence) -> list[str]:
    spans = sentence_spans(piece.text) or [(0, len(piece.text))]
    return [with_days(piece.article, piece.start + start, piece.start + end) for start, end in spans]


def _in_parts(question: str, text: str, named: Sequence[Evidence]) -> Iterator[_Reading]:
    """A list of phrases, each of which stands in one run in a piece that the claim names."""
    parts = [part for part in _BETWEEN_PARTS.split(text.strip().rstrip(".,;")) if part]
    if not 1 < len(parts) <= LONGEST_LIST or not all(_is_phrase(part, goes_on=bool(n)) for n, part in enumerate(parts)):
        return
    cited: list[Evidence] = []
    for part in parts:
        readings = ((piece, check(part, words, question=question)) for piece in named for words in _sentences(piece))
        found = next(((p, c) for p, c in readings if not c.failures and c.nearness == 1.0), None)
        if found is None:
            return
        piece, checked = found
        text = text.replace(part, checked.text, 1)
        cited += [piece] if piece not in cited else []
    yield _Reading(tuple(cited), Checked(text, ()), 1.0)


def _is_phrase(part: str, *, goes_on: bool) -> bool:
    """Whether a part of a list is a thing, and not what the part before it did: "the mill, closed in May"."""
    words = read_words(part)
    acts = goes_on and any(word.text.endswith("ed") for word in words[:1])
    return (
        not acts and len(words) < PHRASE_WORDS and not asserts(words) and not any(word.text in SAYING for word in words)
    )


def _names_to_introduce(question: str, text: str, piece: Evidence, named: Sequence[Evidence]) -> list[Fact]:
    """The names that a piece lacks and a claim repeats from the question or other evidence it names, if all do."""
    held, asked = normal(piece.text), normal(" . ".join([question, *(other.text for other in named)]))
    names = [fact for fact in facts_of(text) if fact.kind == "name" and not stands_in(fact, held)]
    return names if all(stands_in(name, asked) for name in names) else []


def _introduction(names: Sequence[Fact], piece: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The last sentence before a piece, in its article, that has all the names: what "he" and "it" stand for.

    None where somebody else is named nearer: before the names, after their sentence, or before "he" in the piece.
    """
    article = piece.article.text
    if _others_named(_until_reference(piece.text), names, article):
        return None
    for start, end in reversed([span for span in sentence_spans(article) if span[0] < piece.start]):
        words = article[start:end]
        if all(stands_in(name, normal(words)) for name in names):
            if _others_named(words, names, article, first=True):
                return None
            known = (e for e in evidence if (e.article.id, e.start, e.end) == (piece.article.id, start, end))
            next_n = max(e.n for e in evidence) + 1
            new = replace(piece, n=next_n, start=start, end=end, text=words, answer=None, before="")
            return next(known, new)
        if _others_named(words, names, article):
            return None
    return None


def _others_named(words: str, names: Sequence[Fact], article: str, *, first: bool = False) -> list[str]:
    """Whom or what else words name, at all or `first`: days, and what the article also writes small, are no names."""
    own = {word for name in names for word in name.text.split()}
    found = [fact.text for fact in facts_of(words) if fact.kind == "name" and not _is_common(fact.text, article)]
    return [name for name in (found[:1] if first else found) if not own & set(name.split())]


def _is_common(name: str, article: str) -> bool:
    """Whether a capitalised word is none by itself: "Monday", or "Repairs" where "repairs" stands as well."""
    is_date = all(word.kind == "date" for word in read_words(name))
    return is_date or re.search(rf"\b{re.escape(name)}\b", article) is not None


def _until_reference(text: str) -> str:
    """What stands before the first "he" or "it" of a piece, else before the first "the" or "this"."""
    for kind in (_PRONOUNS, REFERRING):
        if found := re.search(rf"\b(?:{'|'.join(sorted(kind))})\b", text, re.IGNORECASE):
            return text[: found.start()]
    return text


def _told(cited: Sequence[Evidence]) -> str:
    return "".join(f"[{piece.n}]" for piece in cited) or "the evidence"


def _printed(text: str) -> str:
    """A claim as it is printed: a phrase such as "gas leak" gets a capital and a full stop."""
    text = text.strip().rstrip(",;")
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…\"'”’)。" else f"{text}."


def _citation(piece: Evidence) -> Citation:
    return Citation(piece.n, piece.article.id, piece.start, piece.end, piece.text)
