"""An outlet whose report is asked for is told from one that is only spoken of."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.plan.called import outlets_called, outlets_in
from rag.plan.outlets import outlets_asked

OUTLETS = (
    "Coast Herald", "Meridian", "Meridian Press Agency", "Nature", "Norvik Business Daily", "Sky", "The Brine Tribune",
    "The Ledger", "The Sun", "Time", "Upland Post", "kelp-news.co.example", "theverge.com",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("According to the Herald, when did the port close?", ["Coast Herald"]),
        ("According to Coast Herald reporting, when did the port close?", ["Coast Herald"]),
        ("When did the port close according to The Coast Herald?", ["Coast Herald"]),
        ("When did the port close, as reported by Meridian?", ["Meridian"]),
        ("What, as first reported by the newspaper Upland Post, will close?", ["Upland Post"]),
        ("What is the Post's article on the flood about?", ["Upland Post"]),
        ("Who is quoted in the Post’s report?", ["Upland Post"]),
        ("What does Herald reporting say of the port?", ["Coast Herald"]),
        ("How many were hurt, per Meridian?", ["Meridian"]),
        ("Per Meridian, how many were hurt?", ["Meridian"]),
        ("Meridian reported that the port closed; why?", ["Meridian"]),
        ("What did the Norvik Business Daily write about the chips?", ["Norvik Business Daily"]),
        ("What did the Business Daily report about the chips?", ["Norvik Business Daily"]),
        ("What does Nature say about the find?", ["Nature"]),
        ("What has The Sun written about the mayor?", ["The Sun"]),
        ("In The Verge, which firm is named?", ["theverge.com"]),
        ("Which firm is described as reckless in The Verge?", ["theverge.com"]),
        ("According to theverge.com, which firm is named?", ["theverge.com"]),
        ("According to Kelp News, what washed up?", ["kelp-news.co.example"]),
        ("According to Brine Tribune, what washed up?", ["The Brine Tribune"]),
        ("What did Lind tell the Tribune?", ["The Brine Tribune"]),
        ("What was published in the Ledger about the dam?", ["The Ledger"]),
        ("What did the MPA report?", ["Meridian Press Agency"]),
        ("As the Coast Herald tells it, who paid?", ["Coast Herald"]),
        ("according to the herald, when did the port close?", ["Coast Herald"]),
        ("according to the upland post, when did the port close?", ["Upland Post"]),
        ("Laut Meridian, wer hat gewonnen?", ["Meridian"]),
        ("According to the Herald and the Post, who won?", ["Coast Herald", "Upland Post"]),
        ("Did the Post and the Herald report the same toll?", ["Upland Post", "Coast Herald"]),
        ("Which is right, the Herald's report or the Ledger's?", ["Coast Herald", "The Ledger"]),
        ("How do the Herald and the Ledger differ on the toll?", ["Coast Herald", "The Ledger"]),
    ],
)
def test_an_outlet_that_reports_is_asked(question: str, asked: list[str]) -> None:
    assert list(outlets_asked(question, OUTLETS)) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Who bought the Herald?",
        "Why did Sky cut jobs?",
        "How much did the Ledger cost its owner?",
        "According to Herald owner Ana Ruiz, why was it sold?",
        "According to the Herald's owner, why was it sold?",
        "Who reads The Brine Tribune today?",
        "Who invested in The Verge?",
        "How many jobs were cut in The Brine Tribune?",
        "How hot is the Sun?",
        "What happens in the Sun?",
        "What did Sun say at the hearing?",
        "In time, who will pay?",
        "For the first time, what did they say?",
        "According to the laws of nature, what is possible?",
        "How much is it per Time subscription?",
        "What did Time Warner say about the merger?",
        "What did Sky Sports report?",
        "According to the New York Herald, who won?",
        "What did Big Sky report?",
        "Did Sky report a loss?",
        "Meridian reported its first quarterly profit. How much?",
        "What did the court tell the Herald to pay?",
        "According to the agency, what failed?",
        "according to the agency, what failed?",
        "According to the report, what failed?",
        "What did the US say?",
        "What did the herald of spring say?",
        "Who owns the Herald-led group?",
        "What is the Herald?",
        "",
    ],
)
def test_an_outlet_that_is_only_spoken_of_is_not_asked(question: str) -> None:
    assert outlets_asked(question, OUTLETS) == ()


def test_last_words_that_several_outlets_share_are_nobodys_name() -> None:
    outlets = ("Coast Herald", "Upland Herald")

    assert outlets_asked("According to the Herald, who won?", outlets) == ()
    assert outlets_asked("According to the Upland Herald, who won?", outlets) == ("Upland Herald",)
    assert outlets_asked("According to the Herald, who won?", (*outlets, "The Herald")) == ("The Herald",)


def test_an_address_and_a_name_that_ends_like_it_may_be_one_outlet() -> None:
    outlets = ("Norvik Courier", "courier.example")

    assert outlets_asked("According to the Courier, who won?", outlets) == ("Norvik Courier", "courier.example")
    assert outlets_called("courier", outlets) == outlets
    assert outlets_called("norvik courier", outlets) == ("Norvik Courier",)
    assert outlets_called("www.courier.example", outlets) == ("courier.example",)


@given(st.permutations(OUTLETS))
def test_the_order_is_the_questions(outlets: list[str]) -> None:
    assert outlets_asked("According to Meridian and the Coast Herald, who?", outlets) == ("Meridian", "Coast Herald")


NAMES = st.sampled_from([*OUTLETS, "the Herald", "Herald", "the Post", "Sun", "MPA", "the"])
WORDS = st.sampled_from(
    "according to per what did say reported in The 's ’s , . ? and report on Ana owner told".split()
)


@given(st.lists(st.one_of(NAMES, WORDS, st.text(max_size=4)), max_size=12).map(" ".join), st.permutations(OUTLETS))
def test_only_outlets_that_the_text_names_are_asked_each_once(text: str, outlets: list[str]) -> None:
    asked = outlets_asked(text, outlets)

    named = outlets_in(text, outlets)
    assert len(set(asked)) == len(asked)
    assert set(asked) <= {outlet for each in named for outlet in each.outlets} <= set(OUTLETS)
    spans = [(each.start, each.end) for each in named]
    assert spans == sorted(spans)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(st.text("abcdefgh ,.?", max_size=80))
def test_a_text_without_an_outlet_asks_none(text: str) -> None:
    assert outlets_asked(text, ("Kvyzor", "The Upstrop Mumix")) == ()


@given(st.sampled_from(OUTLETS), st.sampled_from([str.upper, str.lower, str.title]))
def test_an_outlet_is_found_by_its_own_name_in_any_case(outlet: str, written: object) -> None:
    assert callable(written)
    assert outlets_called(written(outlet), OUTLETS) == (outlet,)


def test_every_word_of_a_name_finds_it() -> None:
    for parts in permutations(["Zorvan", "Quint", "Mexley"]):
        name = " ".join(parts)
        assert all(outlets_called(part.lower(), (name, "Coast Herald")) == (name,) for part in parts)
