from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names.forms import folded, is_capital, words_of
from index.names.mine import mine


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("On Monday the harbour at Port Ellis was shut, said Ada Lind.", ["Ada Lind", "Port Ellis"]),
        ("Harbour police shut it. Nobody knew why. Then it opened.", []),  # capitals of places only
        ("It was shut, said NATO. NATO opened it.", ["NATO"]),
        ("It was President Ada Lind who met Foreign Minister Bo Pohl.", ["Ada Lind", "Bo Pohl"]),
        ("He asked Dr. Ada Lind and Sen. J. B. Hale.", ["Ada Lind", "J B Hale"]),
        ("He asked the president of the Republic of Moravia.", ["Republic of Moravia"]),
        ("It met Secretary of State Ada Lind.", ["Ada Lind"]),
        ("It hurt Lind's party, and Pohl’s.", ["Lind", "Pohl"]),
        ("It was Mohammed bin Said al-Rashid who met Van der Lind.", ["Mohammed bin Said al-Rashid", "Van der Lind"]),
        ("The O'Hara family of Port-au-Prince met Jean-Luc Hale.", ["Jean-Luc Hale", "O'Hara", "Port-au-Prince"]),
        ("A French minister and some Kenyans and Russian-led troops came.", []),
        ("It happened in May, on Tuesday, in December 2031.", []),
        ("He met Theresa May in March.", ["Theresa May"]),
        ("The Bank of Moravia sued Hale & Sons.", ["Bank of Moravia", "Hale & Sons"]),
        ("The Ministry of Health and Labour said so.", ["Ministry of Health and Labour"]),
        ("He spoke for France and Moravia.", ["France", "Moravia"]),
        ("He said that Łukasz Żak and Øyvind Ås met Δήμος Αθήνα.", ["Øyvind Ås", "Łukasz Żak", "Δήμος Αθήνα"]),
        ("В среду министр Иван Петров приехал.", ["Иван Петров"]),
        ("“Lind came,” he said. “Pohl did not.”", []),
        ("The President and the Prime Minister met.", []),
        ("The Old Harbour Burns As Crowd Looks On\n\nIt burned.", []),  # a heading
        ("We saw the U.S. President and the U.S. Senate.", ["U.S.", "U.S. Senate"]),
        ("港で火事があった。", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert sorted(mine(text).names.values()) == names


def test_a_word_at_the_head_of_a_sentence_is_a_name_if_it_is_one_inside_another() -> None:
    assert mine("Lind came. It was Lind who spoke.").names == {"lind": "Lind"}
    assert mine("Yesterday Lind came. Today it was Lind who spoke.").names == {"lind": "Lind"}
    assert mine("Fishermen saw Lind. The fishermen came. Fishermen Lind saw left.").names == {"lind": "Lind"}


def test_a_surname_stands_for_the_name_that_the_text_gives_in_full() -> None:
    found = mine(
        "Ada Lind came. It was Lind who left Moravia for Moravia Bay, Northern Ellis for Ellis, with Bo Hale Jr."
    )

    assert found.shorts == {("lind", "ada lind"), ("hale", "bo hale jr")}
    assert sorted(found.names.values()) == [
        "Ada Lind",
        "Bo Hale Jr",
        "Ellis",
        "Moravia",
        "Moravia Bay",
        "Northern Ellis",
    ]
    assert found.words["lind"] == "Lind"


def test_a_name_is_written_as_the_text_mostly_has_it() -> None:
    assert mine("It was RTE, then Rte, then RTE again.").names == {"rte": "RTE"}


def test_words_in_small_letters_are_told() -> None:
    assert mine("The Harbour was no harbour for Lind.").small == {"was", "no", "harbour", "for"}


def test_where_every_noun_has_a_capital_a_word_alone_is_no_name() -> None:
    assert mine("Am Montag sprach die Regierung mit Ada Lind.", "de").names == {"ada lind": "Ada Lind"}


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from("Ada Lind of and the De de . , ’s May U.S. & - I".split())).map(" ".join)
)
def test_whatever_the_text_names_stand_in_it(text: str) -> None:
    found = mine(text)

    for key, name in found.names.items():
        words = [word.folded for word in words_of(text)]
        assert {folded(word) for word in name.split()} - {"and"} <= set(words)
        assert key == " ".join(map(folded, name.split()))
    assert all(name in found.names for _, name in found.shorts)
    assert mine(text) == found


@given(st.text(max_size=80))
def test_words_are_where_they_say(text: str) -> None:
    words = words_of(text)

    assert [text[word.start : word.end] for word in words] == [word.text for word in words]
    assert all(one.end <= two.start for one, two in pairwise(words))


@pytest.mark.parametrize(
    ("word", "capital"),
    [("Lind", True), ("al-Rashid", True), ("iPhone", True), ("O'Hara", True), ("d'Or", True), ("Port-au-Prince", True),
     ("COVID-19", True), ("US-led", False), ("pro-Lind", False), ("lind", False), ("19th", False), ("港", False)],
)  # fmt: skip
def test_capitals(word: str, capital: bool) -> None:
    assert is_capital(word) == capital


@pytest.mark.parametrize(
    ("word", "form"),
    [("Lind", "lind"), ("Żółć", "zołc"), ("U.S.", "us"), ("O’Hara", "o'hara"), ("&", "and"), ("STRAẞE", "strasse")],
)
def test_folded(word: str, form: str) -> None:
    assert folded(word) == form
