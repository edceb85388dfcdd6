"""What is typed in a search box: operators narrow, phrases are kept, and prose stays prose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.rows import seconds
from index.types import EVERYTHING, Filter
from rag.bounds import days_written
from rag.plan.operators import read_operators

OUTLETS = (
    "Coast Herald",
    "Meridian Press Agency",
    "Radio Norvik",
    "The Daily Herald",
    "Žurnál",
    "kelpnews.example",
)


def text_of(typed: str) -> str:
    return read_operators(typed, OUTLETS, EVERYTHING).text


def where_of(typed: str) -> Filter:
    return read_operators(typed, OUTLETS, EVERYTHING).where


@pytest.mark.parametrize(
    ("typed", "text", "phrases"),
    [
        ('"bridge repair" cost', "bridge repair cost", ("bridge repair",)),
        (
            "cost of “bridge repair” and „the ferry“",
            "cost of bridge repair and the ferry",
            ("bridge repair", "the ferry"),
        ),
        ("«le pont» prix", "le pont prix", ("le pont",)),
        ('What did "Ana Ruiz" say?', "What did Ana Ruiz say?", ("Ana Ruiz",)),
        ('"ferry" and "ferry"', "ferry and ferry", ("ferry",)),
        # Where the marks belong to the sentence they stay.
        ("Who said “no comment”?", "Who said “no comment”?", ("no comment",)),
        ('Who called it "reckless"?', 'Who called it "reckless"?', ("reckless",)),
        ('Whose words are "We will not go."', 'Whose words are "We will not go."', ("We will not go.",)),
        # No phrases.
        ('a 27" screen and a 32" screen', 'a 27" screen and a 32" screen', ()),
        ("the port's and the dockers' pay", "the port's and the dockers' pay", ()),
        ("'bridge repair' cost", "'bridge repair' cost", ()),
        ('"bridge repair cost', '"bridge repair cost', ()),
        ('bridge" repair "cost', 'bridge" repair "cost', ()),
        ("“bridge repair", "“bridge repair", ()),
        ('"" and "?"', '"" and "?"', ()),
        # Operators within a phrase are words.
        ('who wrote "source:herald"', "who wrote source:herald", ("source:herald",)),
    ],
)
def test_phrases(typed: str, text: str, phrases: tuple[str, ...]) -> None:
    found = read_operators(typed, OUTLETS, EVERYTHING)

    assert (found.text, found.phrases, found.where) == (text, phrases, EVERYTHING)


@pytest.mark.parametrize(
    ("typed", "text", "sources"),
    [
        ('source:"The Daily Herald" strike', "strike", ("The Daily Herald",)),
        ("SOURCE:daily-herald strike", "strike", ("The Daily Herald",)),
        ("strike Source: “daily herald”", "strike", ("The Daily Herald",)),
        ("strike source:the daily herald", "strike", ("The Daily Herald",)),
        ("source: coast herald strike", "strike", ("Coast Herald",)),
        ("source:herald strike", "strike", ("Coast Herald", "The Daily Herald")),
        ("source: herald strike", "strike", ("Coast Herald", "The Daily Herald")),
        ("Who is on strike (source:radio)?", "Who is on strike?", ("Radio Norvik",)),
        ("source:radio source:coast strike", "strike", ("Radio Norvik", "Coast Herald")),
        ("source:radio, or source:coast strike", "strike", ("Radio Norvik", "Coast Herald")),
        ("source:radio,coast strike", "strike", ("Radio Norvik", "Coast Herald")),
        ("source:zurnal strike", "strike", ("Žurnál",)),
        ("source:MPA strike", "strike", ("Meridian Press Agency",)),
        ("source:kelp strike", "strike", ("kelpnews.example",)),
        ("source:meri", "", ("Meridian Press Agency",)),
        ('source:radio "on strike"', "on strike", ("Radio Norvik",)),
        ("source:kelpnews.example", "", ("kelpnews.example",)),
    ],
)
def test_outlets(typed: str, text: str, sources: tuple[str, ...]) -> None:
    found = read_operators(typed, OUTLETS, EVERYTHING)

    assert (found.text, found.where) == (text, Filter(sources=sources))


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("before:2025-12-22 port", None, datetime.combine(date(2025, 12, 21), time.max)),
        ("port Before: 2025-12", None, datetime.combine(date(2025, 11, 30), time.max)),
        ("before:2025, port", None, datetime.combine(date(2024, 12, 31), time.max)),
        ("port (after:2025-12-22)", datetime(2025, 12, 23), None),
        ("AFTER: 2025-12 port", datetime(2026, 1, 1), None),
        ("after:2024-2 port", datetime(2024, 3, 1), None),
        ("after:2024 port", datetime(2025, 1, 1), None),
        ("after:2024-01 after:2024-03-01 port", datetime(2024, 3, 2), None),
        ("before:2024-01 port before:2024-03-01", None, datetime.combine(date(2023, 12, 31), time.max)),
        ("after:2024-05-01 before:2024-05-03 port", datetime(2024, 5, 2), datetime.combine(date(2024, 5, 2), time.max)),
    ],
)
def test_days(typed: str, since: datetime | None, until: datetime | None) -> None:
    assert where_of(typed) == Filter(since=since, until=until)
    assert text_of(typed).strip(" ,") == "port"


@pytest.mark.parametrize(
    "typed",
    [
        "source: Reuters says the port is shut",
        "source: Coast Herald says the port is shut",
        "Who is the source: the Coast Herald?",
        "Is this the Herald's source: Radio Norvik?",
        "He named his source: a minister",
        'Their source: "a friend"',
        "https://source.example/before:noon",
        "open-source:herald",
        "-source:herald",
        "Trains at 10:30 and after 11:15",
        "What was agreed before: the summit or the vote?",
        "the day after: what came next",
        "source:",
        "before: after:",
        "before:?",
        "C:drive re:port",
    ],
)
def test_what_is_no_operator_stays_in_the_text_whole(typed: str) -> None:
    found = read_operators(typed, OUTLETS, EVERYTHING)

    assert found.where == EVERYTHING
    assert found.text.replace('"', "") == typed.replace('"', "")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("source:herld", "no outlet is called 'herld'; did you mean: The Daily Herald, Coast Herald"),
        ("strike source: herld", "did you mean: The Daily Herald, Coast Herald"),
        ("source:qqq", "no outlet is called 'qqq'; there are: Coast Herald, Meridian Press Agency"),
        ("before:2025-13", "'2025-13' is not a date: write before:2025-12-22, before:2025-12 or before:2025"),
        ("before:2025-02-30", "is not a date"),
        ("before:2025-00", "is not a date"),
        ("before:2025-01-00", "is not a date"),
        ("after: 22.12.2025", "'22.12.2025' is not a date: write after:2025-12-22"),
        ("After:christmas", "'christmas' is not a date: write after:"),
        ("after:2025 before:2025-06", "on 2026-01-01 or later and on 2025-05-31 or earlier"),
        ("after:2025-12-22 before:2025-12-23", "nothing can be published"),
    ],
)
def test_an_operator_that_cannot_be_understood_is_told(typed: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason.replace(".", r"\.")):
        read_operators(typed, OUTLETS, EVERYTHING)


def test_an_archive_without_outlets_says_so() -> None:
    with pytest.raises(UsageError, match="do not say where they appeared"):
        read_operators("source:herald", (), EVERYTHING)


def test_a_filter_is_narrowed_never_widened() -> None:
    given_before = Filter(
        datetime(2024, 1, 1), datetime(2024, 12, 31), ("COAST HERALD", "Radio Norvik"), ("a",), ("b",)
    )

    assert read_operators("source:herald after:2020 before:2030", OUTLETS, given_before).where == replace(
        given_before, sources=("Coast Herald",)
    )
    with pytest.raises(UsageError, match="source:Meridian Press Agency asks for none of the outlets chosen besides"):
        read_operators("source:meridian", OUTLETS, given_before)
    with pytest.raises(UsageError, match="on 2025-01-01 or later and on 2024-12-31 or earlier"):
        read_operators("after:2024", OUTLETS, given_before)


PIECES = st.sampled_from(
    [
        *('"', "“", "”", "„", "«", "»", "'", ":", " ", "  ", ",", "?", "(", ")", "-", "\n"),
        *(
            "source",
            "before",
            "after",
            "Source",
            "herald",
            "the",
            "Coast Herald",
            "says",
            "port",
            "2025",
            "-12",
            "10:30",
        ),
        *("source:", "before:", "after:", "source:herald", "after:2024-05", "before:2026", "https://", "27", "é", "号"),
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
def test_whatever_is_typed_is_read_or_told(typed: str) -> None:
    base = Filter(since=datetime(2020, 1, 1))
    try:
        found = read_operators(typed, OUTLETS, base)
    except UsageError as error:
        assert "\n" not in str(error)
        return

    assert found.text == " ".join(found.text.split())
    assert found.where.since is not None and base.since is not None
    assert seconds(found.where.since) >= seconds(base.since)
    assert set(found.where.sources) <= set(OUTLETS)
    assert all(phrase in " ".join(typed.split()) for phrase in found.phrases)
    if found.where == base and not found.phrases:
        assert found.text == " ".join(typed.split())


@given(st.text(max_size=60).filter(lambda text: not any(each in text for each in '"“„«:：')))
def test_without_operators_and_quotation_marks_nothing_changes(typed: str) -> None:
    found = read_operators(typed, OUTLETS, EVERYTHING)

    assert (found.text, found.phrases, found.where) == (" ".join(typed.split()), (), EVERYTHING)


@given(
    st.text("abc xyz", min_size=1).filter(str.strip), st.permutations(["source:radio", "after:2024-05", "before:2030"])
)
def test_operators_may_stand_anywhere_and_leave_the_words(words: str, operators: list[str]) -> None:
    first, second, third = operators
    found = read_operators(f"{first} {words} {second} {third}", OUTLETS, EVERYTHING)

    assert found.text == " ".join(words.split())
    assert found.where == Filter(
        datetime(2024, 6, 1), datetime.combine(date(2029, 12, 31), time.max), sources=("Radio Norvik",)
    )


@given(st.dates(min_value=date(1900, 1, 2), max_value=date(2900, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
def test_a_day_is_neither_before_nor_after_itself(day: date, form: str) -> None:
    written = day.strftime(form)
    days = days_written(written)
    assert days is not None
    assert days[0] <= day <= days[1]

    until, since = where_of(f"before:{written}").until, where_of(f"after:{written}").since
    assert until is not None and since is not None
    assert until < datetime.combine(days[0], time.min) <= until + timedelta(microseconds=1)
    assert since == datetime.combine(days[1], time.min) + timedelta(days=1)
