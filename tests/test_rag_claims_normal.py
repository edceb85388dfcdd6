from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims.normal import UNITS, normal


@pytest.mark.parametrize(
    "alike",
    [
        ("39", "thirty-nine", "thirty nine", "Thirty-Nine"),
        ("1,200", "1200", "1.2 thousand"),
        ("4,200,000", "4.2 million", "4.2-million", "4.2mn"),
        ("a million", "one million", "1,000,000"),
        ("half a million", "500,000", "five hundred thousand", "500 thousand"),
        ("2½ million", "2.5 million", "2,500,000"),
        ("two dozen", "24"),
        ("$50 million", "$50m", "US$50 million", "50 million dollars", "$50,000,000", "USD 50 million", "$ 50 million"),
        ("€50bn", "50 billion euros", "EUR 50 billion", "50bn€"),
        ("£5", "five pounds", "GBP 5"),
        ("95%", "95 percent", "95 per cent", "95 %", "ninety-five per cent", "95pc"),
        (".5%", "0.5%", "½%"),
        ("Dec. 12", "December 12", "12 December", "Dec 12", "12th of December", "December 12th", "12 Dec."),
        ("12 December 2019", "December 12, 2019", "Dec. 12 2019"),
        ("May 2019", "May, 2019"),
        ("December 5", "December 05"),
        ("six weeks", "6 weeks", "6-week", "six-week"),
        ("10km", "10 kilometres", "ten kilometers"),
        ("7 p.m.", "7pm", "7 PM"),
        ("first", "1st"),
        ("3rd", "third"),
        ("41–39", "41-39", "41‑39"),
        ("U.S.", "US", "U.S"),
        ("Ruiz’s", "Ruiz's"),
        ("“We will go,” he said", '"We will go", he said', "‘We will go’ he said"),
        ("drivers’ union", "drivers' union", "drivers union"),
        ("ﬁre", "fire"),
        ("a\u00a0 b\n c", "a b c"),
    ],
)
def test_one_thing_has_one_form(alike: tuple[str, ...]) -> None:
    assert {normal(text) for text in alike} == {normal(alike[0])}


@pytest.mark.parametrize(
    "different",
    [
        ("$50 million", "$50 billion", "$50", "€50 million", "50 million", "A$50 million"),
        ("50%", "50", "5%", "50 percentage points"),
        ("15", "1.5", "0.15"),
        ("2018", "2019"),
        ("Dec. 12", "Dec. 13", "Nov. 12", "Dec. 12, 2019", "Dec. 2012"),
        ("6 weeks", "6 months", "6"),
        ("7 a.m.", "7 p.m."),
        ("first", "second", "one"),
        ("41-39", "39-41"),
        ("5", "-5", "−5.5"),
        ("5 metres", "5 million"),
    ],
)
def test_different_things_have_different_forms(different: tuple[str, ...]) -> None:
    assert len({normal(text) for text in different}) == len(different)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("In December, 12 people died", "in dec 12 people died"),
        ("May 5% be right?", "may 5% be right"),
        ("They march 500 miles", "they march 500 mile"),
        ("39-year-old", "39 year old"),
        ("Covid-19-related", "covid-19 related"),
        ("the toll—39 dead", "the toll 39 dead"),
        ("2:05:45", "2:05:45"),
        ("the 1980s", "the 1980s"),
        ("Over 1,200m", "over 1200m"),
        ("No. 5.", "no 5"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str, form: str) -> None:
    assert normal(text) == form


@given(st.text(max_size=60) | st.text("0123456789.,:/-%$€ amkbn½th", max_size=30))
def test_it_never_fails_and_gives_one_line(text: str) -> None:
    form = normal(text)

    assert form == " ".join(form.split())


def test_units_are_in_their_own_form() -> None:
    assert {normal(f"2 {unit}").split()[1] for unit in UNITS} <= UNITS
