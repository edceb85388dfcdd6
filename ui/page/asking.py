"""A question typed on the page in, the states of its conversation out, as its answer comes about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from index.errors import OnRecordError
from ui.conversation import Exchange, follow, turns
from ui.page.desk import Desk

Exchanges = tuple[Exchange, ...]

MOST_KEPT = 40
"""Exchanges of one conversation: what a page shows and the server keeps for it."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the conversation it belongs to, and whose questions are counted."""

    session: str
    name: str


def answered(desk: Desk, before: Sequence[Exchange], exchange: Exchange, asker: Asker) -> Iterator[Exchanges | None]:
    """The conversation after each step of an answer, or of a search; None where nothing is new.

    Args:
        desk: What answers.
        before: The exchanges so far.
        exchange: The new one, of which only what was asked is known.
        asker: Who asks.
    """
    before = tuple(before)[-(MOST_KEPT - 1) :]
    yield (*before, exchange)
    try:
        desk.admit(asker.name)
        if exchange.is_search:
            if desk.search is not None:
                yield (*before, desk.search(exchange))
            return
        events = desk.events(exchange.question, turns(before), exchange.as_of or desk.clock(), exchange.where)
        with closing(events) as steps:
            for latest in follow(exchange, steps):
                if latest.answer is not None:
                    desk.remember(asker.session, latest.answer)
                yield None if latest is exchange else (*before, latest)
                exchange = latest
    except OnRecordError as error:
        yield (*before, replace(exchange, trouble=str(error)))


def stopped(exchanges: Exchanges) -> Exchanges:
    """The conversation once its last answer was not waited for."""
    if exchanges and not exchanges[-1].is_over:
        return (*exchanges[:-1], replace(exchanges[-1], trouble="Stopped."))
    return exchanges
