"""A question, its date and the conversation in; a Query out, by rules. Knows nothing about archives or models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from index.types import Filter
from index.words import FUNCTION_WORDS
from rag.types import Query, Turn

CARRIED_TURNS = 2
"""How much of a conversation a follow-up may lean on; more turns bring more that is beside the point."""

CARRIED_WORDS = 30
"""Of an answer; what a follow-up leans on was said first."""

_LEANS = re.compile(
    r"^(?:and|but|or|so|then|what about|how about)\b"
    r"|\b(?:he|him|his|she|her|hers|they|them|their|theirs|it|its|this|that|these|those|there|then|else|such|same)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|recent(?:ly)?|current(?:ly)?|now|still|so far|to date|as yet|at the moment"
    r"|at present|today|yesterday|tonight|this (?:week|month|morning|afternoon|evening|year)|last (?:night|week))\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)


def plan(question: str, *, as_of: date | None = None, history: Sequence[Turn] = ()) -> Query:
    """Work out what to search for.

    Args:
        question: As asked.
        as_of: The day it is asked on: nothing published after that day is seen. None: no day was said.
        history: Earlier turns, oldest first. The first question of a conversation is never rewritten.

    Returns:
        The query; its text is the question, then what it leans on of the turns before: what a model cannot read for
        length is then the oldest, never the question.
    """
    question = " ".join(question.split())
    until = datetime.combine(as_of, time.max) if as_of else None
    return Query(
        question=question,
        text=_standalone(question, history),
        as_of=as_of,
        where=Filter(until=until),
        recency=_recency(question, as_of),
    )


def _standalone(question: str, history: Sequence[Turn]) -> str:
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


def _recency(question: str, as_of: date | None) -> float:
    """How much nearness in time counts: 3 when the question says "now", 1 when only its day is known, else 0."""
    if _DATED.search(question):
        return 0.0
    if _NOW.search(question):
        return 3.0
    return 1.0 if as_of else 0.0
