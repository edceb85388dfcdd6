from __future__ import annotations

import pytest

from rag.claims.facts import Fact, facts_of, stands_in
from rag.claims.normal import normal


def names(text: str) -> list[str]:
    return [fact.text for fact in facts_of(text) if fact.kind == "name"]


def numbers(text: str) -> list[str]:
    return [fact.text for fact in facts_of(text) if fact.kind == "number"]


def quotations(text: str) -> list[str]:
    return [fact.text for fact in facts_of(text) if fact.kind == "quotation"]


def test_facts_come_by_kind_and_place_each_once() -> None:
    assert facts_of("Ana Ruiz paid $5 and 7 euros, “a fair price”, and $5 to Ana Ruiz.") == [
        Fact("quotation", "a fair price"),
        Fact("number", "$5"),
        Fact("number", "€7"),
        Fact("name", "ana ruiz"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thirty-nine of 1,200 drivers", ["39", "1200"]),
        ("$4.2 million, up 7.5 per cent", ["$4200000", "7.5%"]),
        ("closed for six weeks on Dec. 12", ["6 week", "dec-12"]),
        ("won 41–39 in 2:05:45", ["41-39", "2:05:45"]),
        ("the 1980s, Covid-19 and the 3rd F-16", ["1980s", "covid-19", "3th", "f-16"]),
        ("2019's storms", ["2019"]),
        ("no number here", []),
    ],
)
def test_numbers_keep_what_belongs_to_them(text: str, found: list[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The port authority", []),
        ("According to police", []),
        ("Police said", ["police"]),
        ("the mayor, Ana Ruiz, said", ["ana ruiz"]),
        ("Mr. Biden and John F. Kennedy", ["mr", "biden", "john f kennedy"]),
        ("Norway's Warholm met Ana Ruiz's son", ["norway", "warholm", "ana ruiz"]),
        ("Norway’s Warholm", ["norway", "warholm"]),
        ("from al-Qaeda to the iPhone", ["al-qaeda", "iphone"]),
        ("in London on Monday", ["london", "monday"]),
        ("AT&T", ["at t"]),
        ("In December", ["dec"]),
        ("US officials paid US$5 and A$5", ["us"]),
        ("Will Smith won", ["will smith"]),
        ("São Paulo, Łódź and Αθήνα", ["são paulo", "łódź", "αθήνα"]),
    ],
)
def test_names_are_runs_of_capitals_but_for_a_first_word_without_topic(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("he said “we will go” and “no”", ["we will go", "no"]),
        ('he said "yes" and then "no" again', ["yes", "no"]),
        ("he said ‘it’s over’ today", ["it's over"]),
        ("he said 'it's over' today", ["it's over"]),
        ("the drivers' and the miners' unions", []),
        ("it's the '90s", []),
        ("cut short: “we will", ["we will"]),
        ("„we will go“ he said", ["we will go"]),
        ("“he said ‘never’ again”", ["he said never again"]),
    ],
)
def test_quotations_with_any_quotes(text: str, found: list[str]) -> None:
    assert quotations(text) == found


@pytest.mark.parametrize(
    ("claim", "words", "stands"),
    [
        ("39", "killed 39 people", True),
        ("39", "killed thirty-nine people", True),
        ("39", "killed 139 people", False),
        ("39", "rose 39%", False),
        ("39", "ran 39.5 miles", False),
        ("5", "ran 1.5 miles", False),
        ("5", "it was -5 outside", False),
        ("19", "covid-19", False),
        ("12", "on Dec. 12", False),
        ("2019", "on Dec. 12, 2019", True),
        ("Dec. 12", "on 12 December 2019", True),
        ("Dec. 12, 2019", "on 12 December", False),
        ("December 2019", "on Dec. 12, 2019", True),
        ("December", "on Dec. 12, 2019", True),
        ("December 22", "Tonga on October 22 and Samoa on December 8", False),
        ("$50", "it cost $50 million", False),
        ("50 million", "it cost $50 million", True),
        ("$50 million", "it sold 50 million", False),
        ("six", "for six weeks", True),
        ("six weeks", "for six months", False),
        ("2018", "in 2018-2019", True),
        ("2:05", "in 2:05:45", False),
        ("7 p.m.", "at 7 a.m.", False),
        ("x Ruiz", "Ruiz's bridge", True),
        ("x Ruiz", "the Ruizes", False),
        ("x Ana Ruiz", "Ana Lopez and Maria Ruiz", False),
        ("“we will go”", "“We will go,” he said", True),
        ("“we will go”", "we will not go", False),
        ("“no”", "he said nothing", False),
    ],
)
def test_a_fact_stands_whole_or_not_at_all(claim: str, words: str, stands: bool) -> None:
    facts = facts_of(claim)

    assert facts
    assert all(stands_in(fact, normal(words)) for fact in facts) is stands
