"""A reply and what it was found by in, the signals that tell whether to give it out. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from index.words import topic_words
from rag.claims.facts import facts_of, stands_in
from rag.claims.normal import normal, stem
from rag.confidence import Signals
from rag.respond import Reply
from rag.types import Evidence, Wish

NOTHING = -10.0
"""The logit of a passage or a sentence that is not there: as unlike an answer as the cross-encoder finds any."""


def signals(reply: Reply, unmet: Sequence[Wish]) -> Signals:
    """What is known of a reply.

    Args:
        reply: What came of the question.
        unmet: What the question asks for that none of the first passages has.
    """
    selection = reply.selection
    read = sorted((piece.score - piece.preference for piece in (*selection.evidence, *selection.others)), reverse=True)
    best, second = [*read, NOTHING, NOTHING][:2]
    return Signals(
        passage=selection.passage,
        sentence=best,
        support=second,
        covered=_covered(selection.query.text, selection.evidence),
        words=_words(selection.query.text, selection.evidence),
        met=-float(len(unmet)),
        belief=reply.written.belief or 0.0,
        approval=reply.written.approval or 0.0,
        written=max((verdict.strength for verdict in reply.settled.verdicts), default=0.0),
    )


def _covered(question: str, evidence: Sequence[Evidence]) -> float:
    """The share of the question's names, numbers and dates that the evidence speaks of; 1 where it has none."""
    facts = facts_of(question)
    told = normal(_told(evidence))
    return sum(stands_in(fact, told) for fact in facts) / len(facts) if facts else 1.0


def _words(question: str, evidence: Sequence[Evidence]) -> float:
    asked, told = ({stem(word) for word in topic_words(normal(text))} for text in (question, _told(evidence)))
    return len(asked & told) / len(asked) if asked else 1.0


def _told(evidence: Sequence[Evidence]) -> str:
    return "\n".join(f"{piece.article.title}. {piece.text}" for piece in evidence)
