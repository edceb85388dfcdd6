"""A question, its date and the conversation in; a Query out, by rules. Knows nothing about models.

Each part is a module of its own and can be left out: then the question is searched as if the rules were not there.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date

from index.types import EVERYTHING, Filter
from rag.bounds import last_moment, narrowed
from rag.plan.followup import leans_surely, standalone
from rag.plan.known import Known
from rag.plan.names import named
from rag.plan.operators import Typed, read_operators
from rag.plan.outlets import outlets_asked
from rag.plan.parts import several_sided, split_question
from rag.plan.when import day_of, period_asked
from rag.types import Part, Query, Turn

__all__ = ["plan"]

EARLIER_TURNS = 2
"""How many turns of a conversation a model is shown for a follow-up; more turns bring more that is beside the point."""


def plan(
    question: str,
    known: Known,
    *,
    as_of: date | None = None,
    history: Sequence[Turn] = (),
    where: Filter = EVERYTHING,
    without: Set[Part] = frozenset(),
) -> Query:
    """Work out what to search for.

    Args:
        question: As asked.
        known: What the archive knows of outlets, names and events.
        as_of: The day it is asked on: nothing published after that day is seen. None: no day was said.
        history: Earlier turns, oldest first. The first question of a conversation is never rewritten.
        where: What the user chose besides; it holds whatever the question says.
        without: Parts to leave out.

    Raises:
        UsageError: An operator in the question cannot be understood, or nothing can be published by then.
    """
    asked = " ".join(question.split())
    typed = Typed(asked, (), _until(where, as_of))
    if "operators" not in without:
        typed = read_operators(asked, known.outlets(), typed.where)
        history = [
            replace(turn, question=read_operators(turn.question, known.outlets(), EVERYTHING).text) for turn in history
        ]
    text = typed.text if "follow-up" in without else standalone(typed.text, history)
    earlier = () if text == typed.text else tuple(history[-EARLIER_TURNS:])
    query = _read(Query(asked, text, as_of, typed.where, typed.phrases, earlier=earlier), known, without)
    if "parts" in without:
        return query
    texts = split_question(query.text)
    if earlier and not texts and not leans_surely(typed.text, history):
        texts = (typed.text,)  # it may open a new topic: then it is found by itself
    parts = tuple(_part(query, part, known, without) for part in texts)
    return replace(query, parts=parts, several_sided=several_sided(query.text))


def _part(query: Query, text: str, known: Known, without: Set[Part]) -> Query:
    """A question that this one is made of, of no time but what it names itself where the whole is of none."""
    part = _read(replace(query, question=text, text=text), known, without)
    names_its_time = part.period is not None and part.period.words != ""
    return part if query.period or names_its_time else replace(part, period=None)


def _read(query: Query, known: Known, without: Set[Part]) -> Query:
    """The query with what the words of its text say."""
    text, names = (query.text, ()) if "names" in without else named(query.text, known)
    period = None
    if "time" not in without:
        period = period_asked(text, query.as_of, lambda event: day_of(event, known, query.where))
    outlets = () if "outlets" in without else outlets_asked(text, known.outlets())
    return replace(query, text=text, names=names, period=period, outlets=outlets)


def _until(where: Filter, as_of: date | None) -> Filter:
    """The filter with nothing published after a day."""
    return narrowed(where, until=last_moment(as_of)) if as_of else where
