from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.plan.compared import Form
from rag.plan.parts import divided
from rag.plan.verbs import PASTS, base_of, told


@pytest.mark.parametrize(
    ("question", "form", "things", "rest"),
    [
        ("Who left first, Ana Ruiz or Orla Finn?", "order", ("Ana Ruiz", "Orla Finn"), ("left", "", -1)),
        ("Which happened later, the fire or the flood?", "order", ("the fire", "the flood"), ("happened", "", 1)),
        ("Did the fire happen after the flood?", "order", ("the fire", "the flood"), ("happened", "", 1)),
        ("Did the fire happen before or after the flood?", "order", ("the fire", "the flood"), ("happened", "", 0)),
        ("Is Norvik smaller than Ostrey?", "amount", ("Norvik", "Ostrey"), ("", "large", -1)),
        ("Which is cheaper, the car or the bus?", "amount", ("the car", "the bus"), ("is cheaper", "cost", -1)),
        ("Which party won fewer seats, A or B?", "amount", ("A", "B"), ("won fewer seats", "seats", -1)),
        ("Did Ana Ruiz and Orla Finn resign?", "all", ("Ana Ruiz", "Orla Finn"), ("", "", 0)),
        ("Did Ana Ruiz or Orla Finn resign?", "any", ("Ana Ruiz", "Orla Finn"), ("", "", 0)),
        ("How much older is Ana Ruiz than Orla Finn?", "apart", ("Ana Ruiz", "Orla Finn"), ("", "", 0)),
        ("Which parties were Ana Ruiz and Orla Finn for?", "apart", ("Ana Ruiz", "Orla Finn"), ("", "", 0)),
        ("In which towns did Ruiz and the mayor each speak?", "apart", ("Ruiz", "the mayor"), ("", "", 0)),
        ("Who won the Harbour Open, and who won the Tarn Marathon?", "apart", (), ("", "", 0)),
    ],
)  # fmt: skip
def test_how_the_parts_of_a_question_belong_together_is_told(
    question: str, form: Form, things: tuple[str, ...], rest: tuple[str, str, int]
) -> None:
    division = divided(question)

    assert division is not None
    assert (division.form, division.things) == (form, things)
    assert (division.said, division.measure, division.sign) == rest


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("leave", ("left", "left")),
        ("ban", ("banned", "banned")),
        ("open", ("opened", "opened")),
        ("enter", ("entered", "entered")),
        ("quit", ("quit", "quit")),
        ("marry", ("married", "married")),
        ("play", ("played", "played")),
        ("step", ("stepped", "stepped")),
        ("tow", ("towed", "towed")),
        ("close", ("closed", "closed")),
        ("rise", ("rose", "risen")),
    ],
)
def test_a_verb_is_put_into_the_past(base: str, forms: tuple[str, str]) -> None:
    assert told(base) == forms


@given(st.sampled_from(sorted(PASTS)))
def test_a_known_past_leads_back_to_its_verb(past: str) -> None:
    assert told(base_of(past))[0] == past


def test_a_verb_that_is_not_known_is_not_guessed() -> None:
    assert base_of("defenestrated") == ""
