"""What was said and all that was read for it in, where reports differ about it out: two verbatim quotations or nothing.

A reader who is told of a difference that is none believes the next one no more: all doubt is decided for agreement.
Two reports differ when their sentences speak of the same thing, each gives a value of one kind in one role, and both
cannot be true. A newer count or a correction supersedes what was reported before. Knows no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from index.dates.words import day_in_words
from rag.claims.normal import normal
from rag.differing.event import Statement
from rag.differing.tokens import names, topics
from rag.differing.values import About, Value, differing, supersedes
from rag.types import Citation, Disagreement, Evidence, Query, Sentence, Side

_ASKS: dict[About, re.Pattern[str]] = {
    "number": re.compile(
        r"\bhow (?!did|do|does|is|are|was|were|will|would|can|could|has|have|had|come)\w+"
        r"|\b(?:number|toll|amount|total|count|price|cost|sum|fine|share|rate|percent(?:age)?|age|figure|size|length|"
        r"distance|turnout|worth|value)\b",
        re.IGNORECASE,
    ),
    "date": re.compile(r"\bwhen\b|\b(?:date|day|month|year)s?\b|\bhow soon\b", re.IGNORECASE),
    "name": re.compile(
        r"\b(?:who|whom|whose|which|name[ds]?|call(?:ed)?|known as)\b|\bwhat(?: is| was|['’]s)? the\b", re.IGNORECASE
    ),
    "wording": re.compile(
        r"\b(?:say|says|said|tell|told|call|called|describe[ds]?|words?|statement|quote[ds]?)\b", re.IGNORECASE
    ),
}
"""Which kind of value a question is after. It decides where the answer is a whole sentence, quoted: not every figure
in it is what was asked for."""


def disagreements(
    query: Query, said: Sequence[Sentence], evidence: Sequence[Evidence], pool: Sequence[Evidence]
) -> tuple[Disagreement, ...]:
    """Where reports differ about what an answer says.

    Args:
        query: What was asked.
        said: The sentences of the answer.
        evidence: The sentences it was chosen from.
        pool: All sentences that were read for the question, those of the evidence among them or not.

    Returns:
        Each difference once, in the order of the answer. A side cites its sentence by the `n` that it has in the
        evidence, else in the pool.
    """
    pieces = {(e.article.id, e.start, e.end): e for e in (*pool, *evidence)}
    asked = names(query.text)
    statements = [Statement(piece, asked) for piece in sorted(pieces.values(), key=lambda e: (-e.score, e.n))]
    found: dict[tuple[str, ...], Disagreement] = {}
    for ours in _stood_on(said, statements):
        others = [each for each in statements if each.piece.article.id != ours.piece.article.id]
        for part in (query, *query.parts):
            for mine, values in _first_wording(_groups(part.text, said, ours, others)):
                told = _disagreement(mine, values)
                found.setdefault((told.about, *(normal(side.value) for side in told.sides)), told)
    return tuple(found.values())


def _groups(
    question: str, said: Sequence[Sentence], ours: Statement, others: Sequence[Statement]
) -> dict[Value, list[Value]]:
    """What a statement gives of what is said → what others give instead."""
    groups: dict[Value, list[Value]] = {}
    for theirs in others:
        for mine, other in differing(question, ours, theirs):
            if _is_answer(mine, question, said):
                groups.setdefault(mine, []).append(other)
    return groups


def _first_wording(groups: Mapping[Value, list[Value]]) -> Iterator[tuple[Value, list[Value]]]:
    """Of all the words in which a quotation differs, those that come first: they stand for the rest."""
    wordings = [mine for mine in groups if mine.about == "wording"]
    for mine, others in groups.items():
        if mine.about != "wording" or mine is wordings[0]:
            yield mine, others


def _stood_on(said: Sequence[Sentence], statements: Sequence[Statement]) -> list[Statement]:
    """The statements that an answer cites, in the order of the answer."""
    found: dict[Statement, None] = {}
    for citation in (each for sentence in said for each in sentence.citations):
        for statement in statements:
            piece = statement.piece
            if piece.article.id == citation.article_id and piece.start < citation.end and citation.start < piece.end:
                found[statement] = None
    return list(found)


def _is_answer(value: Value, question: str, said: Sequence[Sentence]) -> bool:
    """Whether a value is what the answer says: in its own words, or of the kind that is asked for."""
    worded = [sentence.text for sentence in said if sentence.support == "supported"]
    if not worded:
        return bool(_ASKS[value.about].search(question))
    if value.about == "wording":
        return any(topics(value.text) & topics(text) for text in worded)
    return any(f" {normal(value.asserted)} " in f" {normal(text)} " for text in worded)


def _disagreement(mine: Value, others: Sequence[Value]) -> Disagreement:
    """One side for each value, of the report that answers best, in the order of publication."""
    chosen = {normal(value.text): value for value in reversed((mine, *others))}
    values = sorted(chosen.values(), key=_place)
    newest = [n for n, value in enumerate(values) if all(supersedes(value, each) for each in values if each != value)]
    return Disagreement(mine.about, tuple(map(_side, values)), newest[0] if len(newest) == 1 else None)


def _place(value: Value) -> tuple[bool, str, int]:
    published = value.published
    return published is None, published.isoformat() if published else "", value.where.piece.n


def _side(value: Value) -> Side:
    piece = value.where.piece
    quote = Citation(piece.n, piece.article.id, piece.start, piece.end, piece.text)
    return Side(value.text, Sentence(piece.text, (quote,), "quoted"))


def worded(disagreement: Disagreement, evidence: Sequence[Evidence]) -> str:
    """A disagreement in one line: `"$50 billion", says Herald (3 May 2025); "$54 billion", says Post (4 May 2025)`.

    Args:
        disagreement: What to tell.
        evidence: Where its sides' sentences are.
    """
    return "; ".join(worded_sides(disagreement, evidence))


def worded_sides(disagreement: Disagreement, evidence: Sequence[Evidence]) -> list[str]:
    """Each side of it in words, in order; the one that supersedes the others is called so."""
    told = [_worded_side(side, evidence) for side in disagreement.sides]
    if disagreement.superseding is not None:
        told[disagreement.superseding] += ", which supersedes what was reported before"
    return told


def _worded_side(side: Side, evidence: Sequence[Evidence]) -> str:
    """One side of it: `"$50 billion", says Herald (3 May 2025)`; by its headline where the outlet is not known."""
    (citation, *_) = side.sentence.citations
    article = next(e.article for e in evidence if (e.article.id, e.n) == (citation.article_id, citation.evidence))
    moment = article.published
    day = f" ({day_in_words(moment)})" if moment else ""
    by = f"says {article.source}" if article.source else f"in “{article.title or article.id}”"
    return f"“{side.value}”, {by}{day}"
