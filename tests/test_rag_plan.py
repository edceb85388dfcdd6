from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import EVERYTHING
from rag.plan import CARRIED_TURNS, CARRIED_WORDS, plan
from rag.types import Query, Turn

TALK = (Turn("Who runs the Norvik port?", "Ana Ruiz."), Turn("Since when?", "Since 2018."))
DAY = date(2031, 5, 6)


def test_a_first_question_is_searched_as_it_is() -> None:
    assert plan("  Who runs\n it? ") == Query("Who runs it?", "Who runs it?", None, EVERYTHING, 0.0)


@given(st.text(max_size=60), st.none() | st.dates())
def test_a_first_question_is_never_rewritten(question: str, as_of: date | None) -> None:
    query = plan(question, as_of=as_of)

    assert query.text == query.question == " ".join(question.split())


@pytest.mark.parametrize(
    "question",
    [
        "When did she leave?",
        "And the cost?",
        "What about Ostrey?",
        "How much did it cost?",
        "Who opposed that?",
        "What happened then?",
        "Why?",
        "How many were hurt?",
        "Is their union against it?",
    ],
)
def test_a_follow_up_is_searched_with_what_it_leans_on(question: str) -> None:
    query = plan(question, history=TALK)

    assert query.question == question
    assert query.text == f"{question} Since when? Since 2018. Who runs the Norvik port? Ana Ruiz."


@pytest.mark.parametrize(
    "question",
    [
        "When did Maria Lopez leave Ostrey?",
        "Who won the 2030 election?",
        "Who said “no comment”?",
        "How many people did the Ostrey flood kill?",
        "What did Theresa May say?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert plan(question, history=TALK).text == question


def test_only_the_last_turns_are_carried_the_latest_first() -> None:
    turns = [Turn(f"Question {n}?", f"Answer {n}.") for n in range(CARRIED_TURNS + 2)]

    carried = [f"{turn.question} {turn.answer}" for turn in reversed(turns[-CARRIED_TURNS:])]
    assert plan("Why?", history=turns).text == " ".join(["Why?", *carried])


def test_of_a_long_answer_only_the_beginning_is_carried() -> None:
    words = [f"word{n}" for n in range(2 * CARRIED_WORDS)]

    text = plan("Why?", history=[Turn("What?", " ".join(words))]).text

    assert text == " ".join(["Why? What?", *words[:CARRIED_WORDS]])


@given(st.dates(max_value=date(9998, 1, 1)))
def test_as_of_lets_all_of_that_day_be_seen_and_nothing_later(as_of: date) -> None:
    query = plan("Who?", as_of=as_of)

    assert query.as_of == as_of
    assert query.where.since is None
    assert query.where.until is not None
    assert datetime(as_of.year, as_of.month, as_of.day, 23, 59, 59) <= query.where.until
    assert query.where.until < datetime(as_of.year, as_of.month, as_of.day) + timedelta(days=1)


def test_without_a_day_nothing_is_hidden() -> None:
    assert plan("Who?").where == EVERYTHING


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest on the bridge?",
        "Who currently runs the port?",
        "Is the bridge still closed?",
        "What happened this week?",
        "What did the council decide yesterday?",
        "How many have died so far?",
        "Who is mayor now?",
    ],
)
def test_words_of_the_moment_ask_for_news_the_most(question: str) -> None:
    assert plan(question).recency == plan(question, as_of=DAY).recency
    assert plan(question).recency > plan("Who runs the port?", as_of=DAY).recency > 0


@pytest.mark.parametrize(
    "question", ["Who won in 2019?", "What was the latest count in December?", "What happened in May 2030 this week?"]
)
def test_a_question_that_names_its_date_is_not_drawn_to_another(question: str) -> None:
    assert plan(question, as_of=DAY).recency == 0


@pytest.mark.parametrize("question", ["Who runs the port?", "Why is snow white?", "What does knowledge cost?"])
def test_without_a_day_or_a_word_of_time_nearness_does_not_count(question: str) -> None:
    assert plan(question).recency == 0
