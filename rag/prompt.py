"""A Query and Evidence in, messages within a token budget out. Knows nothing about models but how they count.

The examples teach the form, a short answer in the articles' own words and where it stands; without them a small model
retells the question, and half of what it adds is not in the evidence (docs/LOG.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from index.types import Article
from rag.types import Evidence, Message, Query

NOT_FOUND = "Not found."
"""What the model is told to say when the evidence holds no answer."""

INSTRUCTION = (
    "You answer questions from numbered sentences of news articles. Use nothing else. Reply with the shortest exact "
    "answer, in the words of the sentences, then the number of the sentence it comes from, like [2]. "
    f"If the sentences do not answer the question, reply only: {NOT_FOUND}"
)
_EXAMPLE = (
    "Harbour bridge to close for repairs (Coast Herald, 3 May 2024)\n"
    "[1] The Norvik bridge will close on Monday for six weeks, the port authority said.\n"
    "[2] Repairs to the bridge are expected to cost $4.2 million, engineer Ana Ruiz told the council.\n"
    "[3] About 9,000 vehicles cross it each day.\n\n"
    "Question: "
)
EXAMPLES = (
    ("What is the price of mending the bridge?", "$4.2 million [2]"),
    ("Who built the Norvik bridge?", NOT_FOUND),
    ("How long will it be shut, and who announced it?", "six weeks [1], the port authority [1]"),
)

EARLIER_WORDS = 30
"""Of an earlier answer; what a follow-up leans on was said first."""

_ROUND = str.maketrans("[]", "()")


def build_prompt(
    query: Query,
    evidence: Sequence[Evidence],
    *,
    count_tokens: Callable[[Sequence[Message]], int],
    budget_tokens: int,
) -> tuple[list[Message], tuple[Evidence, ...]]:
    """Write the messages that ask for an answer.

    Args:
        query: What is asked.
        evidence: Numbered sentences.
        count_tokens: The generator's count for whole prompts.
        budget_tokens: What the prompt may take.

    Returns:
        The messages, and the evidence that is in them: where all of it does not fit, the lowest scored is left out,
        whole. Nothing is cut.
    """
    kept = list(evidence)
    messages = _messages(query, kept)
    while len(kept) > 1 and count_tokens(messages) > budget_tokens:
        kept.remove(min(kept, key=lambda e: (e.score, -e.n)))
        messages = _messages(query, kept)
    return messages, tuple(kept)


def _messages(query: Query, evidence: Sequence[Evidence]) -> list[Message]:
    messages = [Message("system", INSTRUCTION)]
    for question, reply in EXAMPLES:
        messages += [Message("user", _EXAMPLE + question), Message("assistant", reply)]
    return [*messages, Message("user", _task(query, evidence))]


def _task(query: Query, evidence: Sequence[Evidence]) -> str:
    lines: list[str] = []
    before: str | None = None
    for piece in evidence:
        if piece.article.id != before:
            lines.append(_heading(piece.article))
            before = piece.article.id
        lines.append(f"[{piece.n}] {plain(piece.text)}")
    lines += ["", *(f"Earlier: {plain(turn.question)} {_beginning(plain(turn.answer))}" for turn in query.earlier)]
    return "\n".join([*lines, f"Question: {plain(query.question)}"])


def _beginning(answer: str) -> str:
    return " ".join(answer.split()[:EARLIER_WORDS])


def _heading(article: Article) -> str:
    about = ", ".join(fact for fact in (plain(article.source), _day(article.published)) if fact)
    title = plain(article.title) or "Untitled"
    return f"{title} ({about})" if about else title


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else ""


def plain(text: str) -> str:
    """One line, with nothing in it that can pose as a chat template's mark or as the number of a sentence.

    Article text is data: a tag loses its form by a space, square brackets become round.
    """
    return " ".join(re.sub(r"<(?=\S)", "< ", text).replace("|>", "| >").translate(_ROUND).split())
