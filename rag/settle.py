"""A draft and its Evidence in; checked Sentences out, or none: then the archive does not say.

Refusing is decided in three places, each for its own reason: before the model runs, when no evidence reads like an
answer; by the model, when it finds none in the sentences it was shown; after it, when nothing it wrote is supported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.cite import read_draft
from rag.prompt import NOT_FOUND
from rag.types import Evidence, Query, Sentence
from rag.verify import verify

LEAST_SCORE = 0.0
"""Cross-encoder logit of the best sentence plus half its passage's. Below it stand 0.03-0.10 of the answerable
questions and 0.33-0.43 of the others, on three sets (docs/LOG.md)."""

GREATEST_DOUBT = 0.15
"""How likely the model may be to begin with "Not found." and still be asked to answer: greedy decoding alone hears
a doubt only above one half, and small models are too sure of themselves (docs/LOG.md)."""

PHRASE_WORDS = 8
"""A shorter claim ("Gas leak.") is a phrase, not a sentence: what it was taken from is said after it, so that a reader
sees at once what it means, and whether it does."""


def worth_reading(evidence: Sequence[Evidence]) -> bool:
    """Whether any evidence reads enough like an answer to ask the model at all."""
    return max((piece.score - piece.preference for piece in evidence), default=float("-inf")) >= LEAST_SCORE


def settle(query: Query, draft: str, evidence: Sequence[Evidence]) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """Turn a draft into what may be said.

    Args:
        query: What was asked.
        draft: What the model wrote, with [n] marks.
        evidence: What it was shown.

    Returns:
        Checked sentences, none when the model found no answer or nothing it wrote can be supported; and the evidence,
        longer by what had to be cited beside it.
    """
    if draft.strip().casefold().startswith(NOT_FOUND.casefold().rstrip(".")):
        return (), tuple(evidence)
    sentences, shown = verify(query.text, read_draft(draft), evidence)
    return tuple(_on_the_record(sentences)), shown


def _on_the_record(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """After each phrase, the sentences it was taken from, in the article's words, each once in an answer."""
    said = {sentence.text for sentence in sentences if sentence.support == "quoted"}
    for sentence in sentences:
        yield sentence
        if sentence.support == "quoted" or len(sentence.text.split()) >= PHRASE_WORDS:
            continue
        for citation in sentence.citations:
            if citation.quote not in said:
                said.add(citation.quote)
                yield Sentence(citation.quote, (citation,), "quoted")
