from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.plan.followup import CARRIED_WORDS, FURTHEST_BACK, leans_surely, standalone
from rag.types import Turn

BRIDGE = Turn(
    "Which bridge in Ostrey will close for repairs?", "The Norvik Bridge will close on Monday, Ana Ruiz said."
)
COST = Turn("How much will they cost?", "$4.2 million.")
REFUSED = "The archive does not say."

turns = st.lists(st.builds(Turn, st.text(max_size=80), st.text(max_size=200)), max_size=7)


def carried(question: str, *history: Turn) -> str:
    text = standalone(question, history)
    assert text.startswith(question)
    return text.removeprefix(question).strip()


@given(st.text(max_size=200))
def test_a_first_question_is_never_rewritten(question: str) -> None:
    assert standalone(question, []) == question


@given(st.text(max_size=200), turns)
def test_the_question_stays_as_asked_and_little_is_carried(question: str, history: list[Turn]) -> None:
    text = standalone(question, history)

    assert text.startswith(question)
    assert len(text.removeprefix(question).split()) <= CARRIED_WORDS
    assert text == standalone(question, history)


@pytest.mark.parametrize(
    "question",
    [
        "When will it open again?",
        "Who decided that?",
        "How many vehicles cross there?",
        "Why?",
        "For how long?",
        "Who else?",
        "And the ferry?",
        "What happened then?",
        "Is their union against it?",
        "Was this announced?",
        "Did Maria Lopez object to that?",
        "Which ones?",
        "What did Maria Lopez say?",
        "and who pays for the repairs",
        "How many vehicles cross the bridge on a working day in winter?",
    ],
)
def test_a_follow_up_is_searched_with_what_it_leans_on(question: str) -> None:
    assert {"Norvik", "Ostrey"} <= set(carried(question, BRIDGE).split())


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Harbour Open?",
        "When did Maria Lopez leave Ostrey?",
        "Who won the 2030 election in Tarn?",
        "Which tribe welcomed a herd of buffalo to its land?",
        "When did Tellus recall its cars?",
        "Did Tellus sell its shares before they fell?",
        "What did the prime minister of Tarn say about taxes?",
        "Is it true that Tarn has banned plastic bags?",
        "How many people were there at the Tarn Fair?",
        "What did Orla Finn announce this week?",
        "Who is Orla Finn?",
        "Which farmers sued a dairy over spoiled milk?",
    ],
)
def test_a_new_topic_is_left_alone(question: str) -> None:
    assert standalone(question, [BRIDGE, COST]) == question


def test_of_a_turn_the_names_of_the_answer_and_the_words_of_the_question_are_carried() -> None:
    assert carried("When will it open?", BRIDGE) == "Norvik Bridge Ana Ruiz Ostrey close repairs"


def test_with_what_may_be_a_new_topic_only_names_are_carried() -> None:
    assert carried("Which farmers complained?", BRIDGE) == "Norvik Bridge Ana Ruiz Ostrey"
    assert carried("Which farmers complained?", Turn("What was banned?", "Ploughing at night.")) == "Ploughing"


def test_a_short_answer_is_what_was_asked_for() -> None:
    assert carried("Is it lit?", Turn("What stands on Cape Tarn?", "A lighthouse.")) == "lighthouse stands Cape Tarn"


def test_a_chain_is_followed_back_to_the_turn_that_named_its_topic() -> None:
    ferry = Turn("And the ferry?", "It sails hourly.")

    assert carried("Since when?", BRIDGE, COST, ferry).startswith("sails hourly ferry, Norvik")
    assert carried("Since when?", BRIDGE, COST, ferry, Turn("Who runs it?", "Osk Lines.")).startswith(
        "Osk Lines runs, Norvik"
    )


def test_what_was_said_before_another_topic_is_not_carried() -> None:
    assert carried("When was it?", BRIDGE, Turn("Who won the Harbour Open?", "Orla Finn.")) == (
        "Orla Finn won Harbour Open"
    )


def test_further_back_nothing_is_carried() -> None:
    filler = [Turn("Why?", "Because.")] * FURTHEST_BACK

    assert "Norvik" in carried("Why?", BRIDGE, *filler[1:])
    assert "Norvik" not in carried("Why?", BRIDGE, *filler)


@pytest.mark.parametrize(
    "answer", [REFUSED, "I could not find this in the articles.", "There's no evidence of it.", "It doesn't say."]
)
def test_a_refusal_says_nothing(answer: str) -> None:
    assert carried("And when?", Turn("Who built Cape Tarn lighthouse?", answer)) == "built Cape Tarn lighthouse"


def test_of_a_long_answer_only_names_are_carried_full_names_first() -> None:
    answer = "On Tuesday the council of Tarn, which had met for hours over many small matters, elected Orla Finn."

    assert carried("How old is she?", Turn("What did the council do?", answer)) == "Orla Finn Tarn council"


def test_marks_of_citations_are_no_words() -> None:
    assert (
        carried("Is it lit?", Turn("What stands on Cape Tarn?", "A lighthouse [2].")) == "lighthouse stands Cape Tarn"
    )


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("What about Rob Tye?", "How many seats did Orla Finn win in Tarn?", "seats win Tarn"),
        ("And in Ostrey?", "How many seats did Orla Finn win in Tarn?", "seats Orla Finn win"),
        ("And in June?", "How many ships called at Norvik in May 2031?", "ships Norvik 2031"),
        ("And in 2029?", "How many ships called at Norvik in 2031?", "ships Norvik"),
        ("How about Tarn?", "How many people live in Ostrey?", "live"),
    ],
)
def test_what_takes_the_place_of_a_name_or_a_date_is_not_searched_beside_it(
    question: str, before: str, expected: str
) -> None:
    assert carried(question, Turn(before, "Twelve.")) == expected


def test_the_date_of_an_answer_is_carried_only_where_a_time_is_asked_about() -> None:
    turn = Turn("When did Norvik close its bridge?", "On Friday, 15 November 2030.")

    assert carried("When did it open?", turn) == "Norvik close bridge"
    assert carried("Who was mayor then?", turn) == "15 November 2030 Norvik close bridge"
    assert carried("What else happened that day?", turn) == "15 November 2030 Norvik close bridge"


def test_a_name_that_was_spoken_of_takes_no_place() -> None:
    assert carried("What about Ana Ruiz?", BRIDGE) == "Norvik Bridge Ostrey close repairs"


def test_a_surname_that_is_a_month_is_carried_and_a_month_of_the_answer_is_not() -> None:
    talk = [Turn("Who resigned as prime minister?", "Elena May announced that she would go on 7 June 2019.")]

    text = standalone("Who succeeded her?", talk)

    assert "Elena May" in text
    assert "June" not in text


def test_a_question_that_only_perhaps_leans_is_not_drawn_to_an_earlier_date() -> None:
    talk = [Turn("Who won the Norvik regatta in 2020?", "Tova Lind.")]

    assert "2020" not in standalone("Is the bridge open?", talk)
    assert "2020" in standalone("And who came second?", talk)


@pytest.mark.parametrize(
    ("question", "surely"),
    [
        ("Why?", True),
        ("How many?", True),
        ("And in May?", True),
        ("When was she born?", True),
        ("Who won the tennis?", False),
        ("How many were hurt?", False),
    ],
)
def test_the_form_of_a_question_says_whether_it_surely_leans(question: str, surely: bool) -> None:
    assert leans_surely(question, [Turn("Who runs the Norvik port?", "Ana Ruiz.")]) is surely
