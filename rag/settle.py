"""A draft and its Evidence in, Sentences that may be said out: checked, and each with words a reader can look at.

Knows nothing about whether an answer should be given at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.cite import read_draft
from rag.claims.words import asserts, read_words
from rag.prompt import NOT_FOUND
from rag.types import Evidence, Query, Sentence
from rag.verify import Verdict, judge, quote

PHRASE_WORDS = 8
"""A shorter claim without a verb ("Gas leak.") is a phrase: what it was taken from is said after it, so that a reader
sees at once what it means, and whether it does."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What may be said.

    Attributes:
        sentences: Checked, each phrase followed by the words it was taken from; then the best evidence in its own words
            if nothing rests on it: what a model overlooked, a reader need not. Where the reports of several outlets
            are asked for, the best of each article.
        evidence: What the model was shown, longer by what had to be cited beside it.
        verdicts: What came of each claim of the draft.
    """

    sentences: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...]
    verdicts: tuple[Verdict, ...]


def settle(query: Query, draft: str, evidence: Sequence[Evidence]) -> Settled:
    """Turn a draft into what may be said.

    Args:
        query: What was asked.
        draft: What the model wrote, with [n] marks; "" where none was asked.
        evidence: What it was shown; without any there is nothing to say.
    """
    finds_nothing = re.match(rf"\s*{NOT_FOUND.rstrip('.')}\s*(?:[.!\[]|$)", draft, re.IGNORECASE) is not None
    verdicts, shown = judge(query.text, () if finds_nothing else read_draft(draft), evidence)
    checked = {each.text: _as_quoted(each) for verdict in verdicts for each in verdict.sentences}
    said = list(_on_the_record(list(checked.values())))
    cited = {citation.evidence for sentence in said for citation in sentence.citations}
    said += [quote(piece) for piece in _witnesses(query, evidence) if piece.n not in cited]
    return Settled(tuple(said), shown, verdicts)


def _witnesses(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence; where several outlets are asked for, of each article, the best first."""
    ranked = sorted(evidence, key=lambda piece: (-piece.score, piece.n))
    best = {piece.article.id: piece for piece in reversed(ranked)}
    return [piece for piece in ranked if piece is best[piece.article.id]][: None if query.several_sided else 1]


def _as_quoted(sentence: Sentence) -> Sentence:
    """A claim that turns out to be a whole quotation is one."""
    is_quote = any(citation.quote == sentence.text for citation in sentence.citations)
    return replace(sentence, support="quoted") if is_quote else sentence


def _on_the_record(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Each phrase with the sentences it was taken from, in the article's words; of anything longer only these.

    What a phrase leaves out can be seen at once. What a longer claim leaves out cannot, and a small model's shorter
    sentence is no better than the article's own.
    """
    said: set[str] = set()
    for sentence in sentences:
        if sentence.support == "quoted" and sentence.text not in said:
            said.add(sentence.text)
            yield sentence
        elif sentence.support == "supported":
            if len(sentence.text.split()) < PHRASE_WORDS and not asserts(read_words(sentence.text)):
                yield sentence
            for citation in sentence.citations:
                if citation.quote not in said:
                    said.add(citation.quote)
                    yield Sentence(citation.quote, (citation,), "quoted")
