"""A question and the conversation before it in, a question that stands alone out. Knows nothing about archives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.words import FUNCTION_WORDS
from rag.types import Turn

CARRIED_TURNS = 2
"""How much of a conversation a follow-up may lean on; more turns bring more that is beside the point."""

CARRIED_WORDS = 30
"""Of an answer; what a follow-up leans on was said first."""

_LEANS = re.compile(
    r"^(?:and|but|or|so|then|what about|how about)\b"
    r"|\b(?:he|him|his|she|her|hers|they|them|their|theirs|it|its|this|that|these|those|there|then|else|such|same)\b",
    re.IGNORECASE,
)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Put back what a question leaves to the conversation.

    Args:
        question: As asked.
        history: Earlier turns, oldest first; without any, the question is returned as it is.

    Returns:
        The question, then what it leans on of the turns before: what a model cannot read for length is then the
        oldest, never the question.
    """
    if not history or not (_LEANS.search(question) or _names_nothing(question)):
        return question
    answers = (" ".join(turn.answer.split()[:CARRIED_WORDS]) for turn in reversed(history[-CARRIED_TURNS:]))
    questions = (turn.question for turn in reversed(history[-CARRIED_TURNS:]))
    carried = [f"{asked} {answer}" for asked, answer in zip(questions, answers, strict=True)]
    return " ".join([question, *carried])


def _names_nothing(question: str) -> bool:
    """Whether a question has no name, number or quotation of its own, and so may rest on what was said before."""
    words = re.findall(r"[\w'’-]+", question)[1:]
    named = any(w[0].isupper() and w.lower() not in FUNCTION_WORDS for w in words)
    return not named and not re.search(r"\d|[\"“]", question)
