"""A question typed on the page in, the states of its conversation out, as its answer comes about."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.errors import OnRecordError
from ui.conversation import Exchange, follow, turns
from ui.page.desk import Desk
from ui.words import UNFORESEEN

if TYPE_CHECKING:
    from rag.types import Event
    from ui.threads.worker import Waiting

Exchanges = tuple[Exchange, ...]

MOST_KEPT = 40
"""Exchanges of one conversation: what a page shows and the server keeps for it."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the conversation it belongs to, their name or the conversation again, and where they are."""

    session: str
    name: str
    place: str


def answered(
    desk: Desk, before: Sequence[Exchange], exchange: Exchange, asker: Asker, after: int | None = None
) -> Iterator[Exchanges | None]:
    """The conversation after each step of an answer, or of a search; None where nothing is new.

    Args:
        desk: What answers.
        before: The exchanges so far.
        exchange: The new one, of which only what was asked is known.
        asker: Who asks.
        after: How many of them it follows; None: all.
    """
    earlier = tuple(before)[:after][-(MOST_KEPT - 1) :]
    before = tuple(before)[-(MOST_KEPT - 1) :]
    yield (*before, exchange)
    try:
        desk.admit(asker.name, asker.place)
        with closing(_events(desk, earlier, exchange)) as steps:
            for latest in follow(exchange, steps, desk.articles):
                yield None if latest is exchange else (*before, latest)
                exchange = latest
        if exchange.answer is not None:
            desk.remember(asker.session, exchange.answer)
    except OnRecordError as error:
        is_answered = exchange.answer is not None  # then it could only not be kept
        failed = replace(exchange, note=str(error)) if is_answered else replace(exchange, trouble=str(error))
        yield (*before, failed)
    except Exception:  # ours, and told as such where it happens; the page shall not wait for what will not come
        yield (*before, replace(exchange, trouble=f"{UNFORESEEN} Ask again."))
        raise


def _events(desk: Desk, earlier: Exchanges, exchange: Exchange) -> Generator[Event | Waiting]:
    as_of = exchange.as_of or desk.clock()
    if exchange.is_search and desk.search is not None:
        return desk.search(exchange.question, as_of, exchange.where)
    return desk.events(exchange.question, turns(earlier), as_of, exchange.where)


def stopped(exchanges: Exchanges) -> Exchanges:
    """The conversation once its last answer was not waited for."""
    if exchanges and not exchanges[-1].is_over:
        return (*exchanges[:-1], replace(exchanges[-1], trouble="Stopped."))
    return exchanges
