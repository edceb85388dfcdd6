"""Questions and events in, a conversation out: how far each answer has come. Knows nothing about how it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.types import Answer, Event, Evidence, Query, Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and how far its answer has come.

    Attributes:
        evidence: What was found; empty until it was.
        draft: The model's words so far, unchecked.
        answer: Set once, at the end.
        trouble: Why there is no answer, in one line; "" while there is hope.
        query: What was made of the question; None until that is known.
    """

    question: str
    evidence: tuple[Evidence, ...] = ()
    draft: str = ""
    answer: Answer | None = None
    trouble: str = ""
    query: Query | None = None


def follow(exchange: Exchange, events: Iterable[Event]) -> Iterator[Exchange]:
    """The exchange after each event of its answer."""
    from rag.types import Drafted, Retrieved

    for event in events:
        match event:
            case Retrieved():
                exchange = replace(exchange, query=event.query, evidence=event.evidence)
            case Drafted():
                exchange = replace(exchange, draft=event.text)
            case _:
                exchange = replace(exchange, evidence=event.answer.evidence, answer=event.answer)
        yield exchange


def turns(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """What a next question may refer to. A refusal counts, because "and in May?" may follow it; a failure does not."""
    from rag.serialize import reply
    from rag.types import Turn

    return tuple(Turn(each.question, reply(each.answer)) for each in exchanges if each.answer is not None)
