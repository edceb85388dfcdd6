"""A draft and its Evidence in; checked Sentences out, or none: then the archive does not say.

Refusing is decided in three places, each for its own reason: before the model runs, when no evidence reads like an
answer; by the model, when it finds none in the sentences it was shown; after it, when nothing it wrote is supported.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.cite import read_draft
from rag.prompt import NOT_FOUND
from rag.types import Evidence, Query, Sentence
from rag.verify import verify

LEAST_SCORE = 2.0
"""Cross-encoder logits of the best sentence and half its passage; below it nothing shown is an answer (docs/LOG.md)."""


def worth_reading(evidence: Sequence[Evidence]) -> bool:
    """Whether any evidence reads enough like an answer to ask the model at all."""
    return max((piece.score for piece in evidence), default=float("-inf")) >= LEAST_SCORE


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
    return verify(query.text, read_draft(draft), evidence)
