"""Questions and events in, a conversation out: how far each answer has come. Knows nothing about how it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.types import EVERYTHING, Filter
from ui.words import counted

if TYPE_CHECKING:
    from datetime import date

    from index.types import Hit
    from rag.bundle.types import Lookup
    from rag.types import Answer, Event, Evidence, Query, Retrieved, Turn
    from ui.threads.worker import Waiting


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question, or search, and how far its answer has come.

    Attributes:
        evidence: What was found; empty until it was.
        draft: The model's words so far, unchecked.
        answer: Set once, at the end; never for a search.
        trouble: Why there is no answer, in one line; "" while there is hope.
        query: What was made of the question; None until that is known.
        before: How many questions are answered first.
        hits: The passages it was found by, best first.
        as_of: The day it is asked on.
        where: Which articles may be seen.
        note: What is to be known beside the answer, such as that the archive has changed since; "" for most.
        is_search: Whether passages are looked for, and no answer is wanted.
    """

    question: str
    evidence: tuple[Evidence, ...] = ()
    draft: str = ""
    answer: Answer | None = None
    trouble: str = ""
    query: Query | None = None
    before: int = 0
    hits: tuple[Hit, ...] = ()
    as_of: date | None = None
    where: Filter = EVERYTHING
    note: str = ""
    is_search: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return bool(self.answer or self.trouble or (self.is_search and self.query))


def follow(exchange: Exchange, events: Iterable[Event | Waiting], lookup: Lookup | None = None) -> Iterator[Exchange]:
    """The exchange after each event of its answer; the same object where nothing is new.

    Args:
        exchange: What was asked.
        events: What comes of it.
        lookup: Ids → articles; only what a search found is looked up.
    """
    from rag.types import Drafted, Retrieved
    from ui.threads.worker import Waiting

    for event in events:
        match event:
            case Waiting():
                if event.before != exchange.before:
                    exchange = replace(exchange, before=event.before)
            case Retrieved() if exchange.is_search:
                exchange = _searched(exchange, event, lookup)
            case Retrieved():
                exchange = replace(exchange, query=event.query, hits=event.hits, evidence=event.evidence, before=0)
            case Drafted(text) if text == exchange.draft:
                pass
            case Drafted():
                exchange = replace(exchange, draft=event.text)
            case _:
                exchange = replace(exchange, evidence=event.answer.evidence, answer=event.answer)
        yield exchange


def _searched(exchange: Exchange, found: Retrieved, lookup: Lookup | None) -> Exchange:
    """The exchange once a search came back, which shows whole passages."""
    from rag.types import Evidence

    articles = lookup([hit.passage.article_id for hit in found.hits]) if lookup else {}
    hits = [hit for hit in found.hits if hit.passage.article_id in articles]
    evidence = tuple(
        Evidence(
            n,
            articles[hit.passage.article_id],
            hit.passage.start,
            hit.passage.end,
            hit.passage.text,
            hit.score,
            hit.preference,
            hit.also_in,
        )
        for n, hit in enumerate(hits, start=1)
    )
    return replace(exchange, query=found.query, hits=found.hits, evidence=evidence, before=0)


def restored(kept: Answer, lookup: Lookup) -> Exchange:
    """An exchange that was kept, beside the archive of today: what is changed or gone since is told."""
    from rag.bundle import restore

    found = restore(kept, lookup)
    answer, others = found.answer, len(found.changed) + len(found.gone)
    note = (
        f"The archive has changed since: {counted(others, 'article')} of this is another now, or gone."
        if others
        else ""
    )
    query = answer.query
    return Exchange(
        answer.question,
        answer.evidence,
        answer=answer,
        query=query,
        as_of=query.as_of,
        where=query.where,
        note=note,
    )


def turns(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """What a next question may refer to. A refusal counts, because "and in May?" may follow it; a failure does not."""
    from rag.serialize import reply
    from rag.types import Turn

    return tuple(Turn(each.question, reply(each.answer)) for each in exchanges if each.answer is not None)
