"""Replies and what they cite in, the same under one numbering out: what a reader has seen keeps its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from rag.respond import Reply
from rag.select import place_of
from rag.types import Disagreement, Evidence, Sentence


def one_numbering(replies: Sequence[Reply]) -> list[Reply]:
    """The replies to the parts of a question, what each cites beside its selection under a number of its own."""
    n_of = {place_of(p): p.n for r in replies for p in (*r.selection.evidence, *r.selection.others)}
    found = []
    for reply in replies:
        settled = reply.settled
        for piece in settled.evidence:
            n_of.setdefault(place_of(piece), max(n_of.values(), default=0) + 1)
        new = {piece.n: n_of[place_of(piece)] for piece in settled.evidence}
        sentences = tuple(_cited_as(sentence, new) for sentence in settled.sentences)
        evidence = tuple(replace(piece, n=new[piece.n]) for piece in settled.evidence)
        found.append(replace(reply, settled=replace(settled, sentences=sentences, evidence=evidence)))
    return found


def as_shown(
    sentences: Sequence[Sentence], differing: Sequence[Disagreement], shown: int, known: Iterable[Evidence]
) -> tuple[tuple[Sentence, ...], tuple[Disagreement, ...], tuple[Evidence, ...]]:
    """What is said, what differs, and the evidence for it, the rest left away.

    Args:
        sentences: With citations of what is known.
        differing: The same.
        shown: How many pieces, from 1, a reader has seen already: these stay.
        known: All that may be cited, each under its own number.

    Returns:
        The same with what is cited beside what was shown numbered on from there, in the order of being cited.
    """
    pieces = {piece.n: piece for piece in known}
    sides = chain.from_iterable((side.sentence for side in each.sides) for each in differing)
    cited = (citation.evidence for sentence in (*sentences, *sides) for citation in sentence.citations)
    beside = dict.fromkeys(n for n in cited if n > shown)
    new = {n: n for n in range(1, shown + 1)} | {n: place for place, n in enumerate(beside, start=shown + 1)}
    return (
        tuple(_cited_as(sentence, new) for sentence in sentences),
        tuple(
            replace(each, sides=tuple(replace(s, sentence=_cited_as(s.sentence, new)) for s in each.sides))
            for each in differing
        ),
        tuple(replace(pieces[old], n=n) for old, n in new.items()),
    )


def _cited_as(sentence: Sentence, new: Mapping[int, int]) -> Sentence:
    return replace(sentence, citations=tuple(replace(c, evidence=new[c.evidence]) for c in sentence.citations))
