"""What a reader looks at goes into a URL and comes back the same; what a URL asks for and cannot have is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.types import EVERYTHING, Filter
from ui.looking.view import Chip, View, chips, query_of, view_of, without

OUTLETS = ("Coast Herald", "L’Écho & Cie", "Straße=7", "100% News #1?")
LANGUAGES = ("de", "en")
DAYS = st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31))
FULL = View("Who paid?", date(2025, 1, 1), date(2025, 3, 31), date(2025, 12, 22), OUTLETS[:2], ("de",))


def some_of(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), unique=True).map(tuple)


def in_order(view: View) -> bool:
    return view.since is None or view.until is None or view.since <= view.until


QUESTIONS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(str.strip)
VIEWS = st.builds(View, QUESTIONS, DAYS, DAYS, DAYS, some_of(OUTLETS), some_of(LANGUAGES)).filter(in_order)


@given(VIEWS)
def test_a_view_comes_back_from_its_url(view: View) -> None:
    assert view_of(query_of(view), OUTLETS, LANGUAGES) == (view, ())
    assert view_of("?" + query_of(view), OUTLETS, LANGUAGES) == (view, ())


@given(VIEWS)
def test_without_all_its_chips_a_view_shows_everything(view: View) -> None:
    left = view
    for chip in chips(view):
        smaller = without(left, chip.kind, chip.value)
        assert len(chips(smaller)) == len(chips(left)) - 1
        left = smaller

    assert left == View(view.question)
    assert left.where == EVERYTHING


@given(st.text(max_size=80) | st.text("&=%+?qsinceutlo-0123456789", max_size=80))
def test_any_url_is_a_view_of_what_the_archive_has(query: str) -> None:
    view, faults = view_of(query, OUTLETS, LANGUAGES)

    assert set(view.outlets) <= set(OUTLETS)
    assert set(view.languages) <= set(LANGUAGES)
    assert view.where.phrases == ()
    assert all("\n" not in fault and fault.endswith(".") for fault in faults)
    assert view_of(query_of(view), OUTLETS, LANGUAGES) == (view, ())


def test_a_url_is_plain_to_read() -> None:
    assert query_of(replace(FULL, outlets=("A", "B"))) == (
        "q=Who+paid%3F&since=2025-01-01&until=2025-03-31&as_of=2025-12-22&outlet=A&outlet=B&language=de"
    )
    assert query_of(View()) == ""


def test_days_are_whole_and_the_day_of_asking_is_asked_besides() -> None:
    assert FULL.where == Filter(
        datetime(2025, 1, 1), datetime.combine(date(2025, 3, 31), time.max), OUTLETS[:2], languages=("de",), dated=True
    )
    assert FULL.where_any_day == Filter(sources=OUTLETS[:2], languages=("de",))
    with pytest.raises(UsageError, match="2025-03-31 or later and on 2025-01-01 or earlier"):
        _ = View(since=FULL.until, until=FULL.since).where


def test_chips_say_each_condition() -> None:
    assert chips(FULL) == (
        Chip("Published January – March 2025", "days"),
        Chip("As of 22 December 2025", "as_of"),
        Chip("Coast Herald", "outlet", "Coast Herald"),
        Chip("L’Écho & Cie", "outlet", "L’Écho & Cie"),
        Chip("German", "language", "de"),
    )
    assert [chip.label for chip in chips(View(until=date(2025, 3, 31)))] == ["Published until 31 March 2025"]
    assert chips(View("Who?")) == ()
    assert without(FULL, "nonsense", "x") == FULL
    assert without(FULL, "all") == View("Who paid?")


@pytest.mark.parametrize(
    ("query", "view", "fault"),
    [
        ("outlet=coast+HERALD&outlet=Coast+Herald", View(outlets=("Coast Herald",)), ""),
        ("since=2025&until=2025-03", View(since=date(2025, 1, 1), until=date(2025, 3, 31)), ""),
        ("q=&since=&__theme=dark", View(), ""),
        ("outlet=Herald", View(), "No outlet of this archive is called “Herald”."),
        ("language=fr&language=EN", View(languages=("en",)), "No article is known to be in “fr”."),
        ("since=yesterday", View(), "“since=yesterday” is no day such as 2026-03-14, so it is left out."),
        ("until=2025-02-30", View(), "“until=2025-02-30” is no day such as 2026-03-14, so it is left out."),
        ("as_of=2025-02", View(), "“as_of=2025-02” is no single day, so it is left out."),
        ("untill=2025", View(), "“untill” is nothing that can be chosen here, so it is left out."),
        ("q=a&q=b", View("a"), "“q” is given 2 times; the first one counts."),
        ("q=" + "w" * 2_001, View(), "What is given as “q” is longer than 2,000 characters, so it is left out."),
        ("q=%ff", View(), "The address cannot be read, so everything is shown."),
        ("&".join(["outlet=x"] * 201), View(), "The address cannot be read, so everything is shown."),
        (
            "since=2026&until=2025",
            View(),
            "The days end on 31 December 2025 before they begin on 1 January 2026, so both are left out.",
        ),
    ],
)
def test_what_is_not_understood_is_left_out_and_told(query: str, view: View, fault: str) -> None:
    assert view_of(query, OUTLETS, LANGUAGES) == (view, (fault,) if fault else ())
