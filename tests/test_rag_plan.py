from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from fakes import make_article
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.types import EVERYTHING, Article, Filter, Hit, NameFound
from rag.plan import plan
from rag.types import Part, Query, Turn

TALK = (Turn("Who runs the Norvik port?", "Ana Ruiz."), Turn("Since when?", "Since 2018."))
DAY = date(2031, 5, 6)
ALL_PARTS: frozenset[Part] = frozenset(get_args(Part))


@dataclass
class Shelf:
    """What an archive knows: fixed outlets and names, and no articles."""

    of: Mapping[str, int] = field(default_factory=lambda: {"Coast Herald": 4, "Daily Post": 2})
    names: tuple[str, ...] = ("Norvik", "Ana Ruiz")

    def outlets(self) -> Mapping[str, int]:
        return self.of

    def names_in(self, text: str, /) -> tuple[NameFound, ...]:
        places = [(text.find(name), name) for name in self.names if name in text]
        return tuple(NameFound(at, at + len(name), name, name, 1) for at, name in sorted(places))

    def matching(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        return []

    def article(self, article_id: str, /) -> Article:
        return make_article(article_id, "")


SHELF = Shelf()


def test_a_first_question_is_searched_as_it_is() -> None:
    assert plan("  Who runs\n it? ", SHELF) == Query("Who runs it?", "Who runs it?")


@given(st.text(st.characters(exclude_characters='"“”„«»:'), max_size=60), st.none() | st.dates())
def test_a_first_question_is_never_rewritten(question: str, as_of: date | None) -> None:
    query = plan(question, SHELF, as_of=as_of)

    assert query.text == query.question == " ".join(question.split())


def test_every_part_reads_its_share_of_a_question() -> None:
    query = plan(
        'What did Ana Ruiz say about "a bridge too far" last week, according to the Daily Post? source:herald',
        SHELF,
        as_of=DAY,
    )

    assert query.where.sources == ("Coast Herald",)
    assert query.phrases == ("a bridge too far",)
    assert query.outlets == ("Daily Post",)
    assert [name.name for name in query.names] == ["Ana Ruiz"]
    assert query.period is not None
    assert query.period.words == "last week"
    assert "source:" not in query.text
    assert query.question.endswith("source:herald")


def test_what_is_left_out_leaves_no_trace() -> None:
    asked = 'And what did Ana Ruiz say about "it" last week, according to the Daily Post? source:herald'

    query = plan(asked, SHELF, as_of=DAY, history=TALK, without=ALL_PARTS)

    assert query == Query(asked, asked, DAY, query.where)
    assert query.where == plan("x", SHELF, as_of=DAY).where


@pytest.mark.parametrize(
    ("part", "kept"),
    [("time", "period"), ("outlets", "outlets"), ("names", "names"), ("operators", "phrases")],
)
def test_parts_are_left_out_one_by_one(part: Part, kept: str) -> None:
    asked = 'What did Ana Ruiz say about "a bridge" last week, according to the Daily Post?'
    whole, less = plan(asked, SHELF, as_of=DAY), plan(asked, SHELF, as_of=DAY, without={part})

    assert getattr(whole, kept)
    assert not getattr(less, kept)


def test_a_follow_up_is_read_with_what_it_leans_on() -> None:
    query = plan("When did she take over?", SHELF, history=TALK)

    assert query.question == "When did she take over?"
    assert query.text.startswith("When did she take over?")
    assert "Ana Ruiz" in query.text
    assert "Ana Ruiz" in [name.name for name in query.names]


def test_the_parts_of_a_question_are_questions_of_their_own_under_the_same_filter() -> None:
    query = plan("Which came first, the closing of Norvik port or the sinking of the Gannet?", SHELF, as_of=DAY)

    assert len(query.parts) == 2
    assert [part.where for part in query.parts] == [query.where] * 2
    assert ["Norvik" in part.text for part in query.parts] == [True, False]
    assert ["Gannet" in part.text for part in query.parts] == [False, True]
    assert plan(query.question, SHELF, as_of=DAY, without={"parts"}).parts == ()


def test_what_is_compared_in_time_is_not_drawn_to_the_day_of_asking() -> None:
    query = plan("Which came first, the closing of Norvik port or the sinking of the Gannet?", SHELF, as_of=DAY)

    assert [each.period for each in (query, *query.parts)] == [None, None, None]


@given(st.dates(max_value=date(9998, 1, 1)))
def test_as_of_lets_all_of_that_day_be_seen_and_nothing_later(as_of: date) -> None:
    query = plan("Who?", SHELF, as_of=as_of)

    assert query.as_of == as_of
    assert query.where.since is None
    assert query.where.until is not None
    assert datetime(as_of.year, as_of.month, as_of.day, 23, 59, 59) <= query.where.until
    assert query.where.until < datetime(as_of.year, as_of.month, as_of.day) + timedelta(days=1)


def test_as_of_is_compared_with_moments_of_any_zone() -> None:
    noon = datetime(2031, 5, 6, 12, tzinfo=UTC)

    assert plan("Who?", SHELF, as_of=DAY, where=Filter(until=noon)).where.until == noon
    assert plan("Who?", SHELF, as_of=DAY, where=Filter(since=noon)).where.since == noon


def test_what_the_user_chose_holds_beside_the_day() -> None:
    chosen = Filter(since=datetime(2031, 1, 1), until=datetime(2031, 2, 1), sources=("Daily Post",))

    assert plan("Who?", SHELF, as_of=DAY, where=chosen).where == chosen
    assert plan("Who?", SHELF, as_of=date(2031, 1, 15), where=chosen).where.until == datetime(
        2031, 1, 15, 23, 59, 59, 999999
    )


def test_without_a_day_nothing_is_hidden() -> None:
    assert plan("Who?", SHELF).where == EVERYTHING


def test_what_may_open_a_new_topic_is_searched_by_itself_too() -> None:
    perhaps, surely = (plan(asked, SHELF, history=TALK) for asked in ("Who won the tennis?", "When did she leave?"))

    assert "Ana Ruiz" in perhaps.text
    assert [part.text for part in perhaps.parts] == ["Who won the tennis?"]
    assert surely.parts == ()
    assert plan("Who won the tennis?", SHELF).parts == ()


def test_operators_of_earlier_turns_are_not_searched_as_words() -> None:
    talk = [Turn("Who is Ana Ruiz before:2031-05 source:herald?", "An engineer.")]

    query = plan("When was she hired?", SHELF, history=talk)

    assert "Ana Ruiz" in query.text
    assert "before" not in query.text
    assert "source" not in query.text


def test_an_operator_that_cannot_be_understood_is_told() -> None:
    with pytest.raises(UsageError, match="tribune"):
        plan("floods source:tribune", SHELF)
