"""The time that a question asks about: named dates, words of the moment, events, and what only looks like one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.plan.when.period import ASKED_LATELY, LONG_AGO_SURENESS, NOW_SURENESS, SURENESS, UNSAID_SURENESS, period_asked
from rag.types import Period

WEDNESDAY = date(2025, 12, 17)
UNTOLD = Period("", WEDNESDAY - ASKED_LATELY, WEDNESDAY, UNSAID_SURENESS)


def no_event(_: str) -> None:
    return None


def asked(question: str, as_of: date | None = WEDNESDAY) -> Period | None:
    return period_asked(question, as_of, no_event)


def window(question: str, as_of: date | None = WEDNESDAY) -> str:
    """ "words: first/last", days as in 12-17 if they are of 2025, with "!" where the newest is asked for."""
    period = asked(question, as_of)
    if period is None:
        return "none"
    days = [str(day or "").removeprefix("2025-") for day in (period.first, period.last)]
    return f"{period.words}: {'/'.join(dict.fromkeys(days))}{'!' * period.newest}"


COMPLETE = [
    ("Who won the Oakmere derby in 2019?", "2019: 2019-01-01/2019-12-31"),
    ("Who resigned on 12 March 2020?", "12 March 2020: 2020-03-12"),
    ("who resigned on march 12th, 2020?", "march 12th, 2020: 2020-03-12"),
    ("what burned in mar 2020", "mar 2020: 2020-03-01/2020-03-31"),
    ("what burned 12 sept 2019", "12 sept 2019: 2019-09-12"),
    ("WHO RESIGNED IN MARCH 2020?", "MARCH 2020: 2020-03-01/2020-03-31"),
    ("Who signed on 2020-03-25?", "2020-03-25: 2020-03-25"),
    ("Who signed on 25/03/2020?", "25/03/2020: 2020-03-25"),
    ("How many docked between May and July 2019?", "between May and July 2019: 2019-05-01/2019-07-31"),
    ("how many docked from may to july 2019?", "from may to july 2019: 2019-05-01/2019-07-31"),
    ("What closed from September to May 2020?", "from September to May 2020: 2019-09-01/2020-05-31"),
    ("What sank from 3 March to 5 April 2020?", "from 3 March to 5 April 2020: 2020-03-03/2020-04-05"),
    ("What sank on 3-5 March 2020?", "3-5 March 2020: 2020-03-03/2020-03-05"),
    ("What was built in early 2020?", "early 2020: 2020-01-01/2020-04-30"),
    ("What closed in the first half of 2020?", "first half of 2020: 2020-01-01/2020-06-30"),
    ("what did Brask earn in q3 2024", "q3 2024: 2024-07-01/2024-09-30"),
    ("What burned over the summer of 2019?", "summer of 2019: 2019-06-01/2019-08-31"),
    ("What broke at the end of March 2020?", "the end of March 2020: 2020-03-21/2020-03-31"),
    ("What broke on the last day of July 2020?", "the last day of July 2020: 2020-07-31"),
    ("What broke in the first week of 2020?", "the first week of 2020: 2020-01-01/2020-01-07"),
    ("What broke in the week of 12 March 2020?", "the week of 12 March 2020: 2020-03-09/2020-03-15"),
    ("What broke two days after 12 March 2020?", "two days after 12 March 2020: 2020-03-14"),
    ("What broke in the week before 12 March 2020?", "the week before 12 March 2020: 2020-03-05/2020-03-11"),
    ("Who ran the port until March 2020?", "until March 2020: /2020-03-31"),
    ("Who ran the port before March 2020?", "before March 2020: /2020-02-29"),
    ("How many had died by 12 March 2020?", "by 12 March 2020: /2020-03-12!"),
    ("Who won the 2019 Oakmere Marathon?", "2019: 2019-01-01/2019-12-31"),
    ("who won world cup 2022", "2022: 2022-01-01/2022-12-31"),
    ("What was the latest count in December 2024?", "December 2024: 2024-12-01/2024-12-31!"),
    ("When did the dam burst in 2019?", "2019: 2019-01-01/2019-12-31"),
    ("Was the June 2020 quake stronger than the 2016 one?", "June 2020: 2020-06-01/2020-06-30"),
    ("Who won in 2019, and who in 2020?", "2019, and who in 2020: 2019-01-01/2020-12-31"),
    ("How did the club do in the 2018-19 season?", "2018-19: 2018-07-01/2019-06-30"),
    ("What was said up to and including 3 March 2020?", "up to and including 3 March 2020: /2020-03-03"),
    ("Who replaced May in July 2019?", "July 2019: 2019-07-01/2019-07-31"),
]


@pytest.mark.parametrize(("question", "expected"), COMPLETE)
def test_what_is_complete_needs_no_day_of_asking(question: str, expected: str) -> None:
    assert window(question) == expected
    assert window(question, None) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did she say today?", "today: 12-17"),
        ("what did she say yesterday", "yesterday: 12-16"),
        ("What did she say the day before yesterday?", "the day before yesterday: 12-15"),
        ("who was shot last night", "last night: 12-16"),
        ("Who spoke this morning?", "this morning: 12-17"),
        ("What happened overnight?", "overnight: 12-16/12-17"),
        ("who spoke on tuesday", "on tuesday: 12-16"),
        ("who spoke friday?", "friday: 12-12"),
        ("Who was jailed this past Monday?", "this past Monday: 12-15"),
        ("Who was freed on the 12th?", "on the 12th: 12-12"),
        ("What happened last week?", "last week: 12-08/12-14"),
        ("What happened this week?", "this week: 12-11/12-17"),
        ("who won this month", "this month: 12-01/12-17"),
        ("who won last month", "last month: 11-01/11-30"),
        ("Who won last year?", "last year: 2024-01-01/2024-12-31"),
        ("What fell in the past three days?", "past three days: 12-14/12-17"),
        ("What fell in the last few weeks?", "in the last few weeks: 11-19/12-17"),
        ("What fell two weeks ago?", "two weeks ago: 12-01/12-07"),
        ("What burned at the start of the year?", "the start of the year: 01-01/04-30"),
        ("What has burned since the beginning of the month?", "since the beginning of the month: 12-01/12-17"),
        ("What burned over the weekend?", "the weekend: 12-13/12-14"),
        ("What burned last summer?", "last summer: 06-01/08-31"),
        ("What was said in October?", "October: 10-01/10-31"),
        ("what was said in may", "may: 05-01/05-31"),
        ("What was said between May and July?", "between May and July: 05-01/07-31"),
        ("Which bills passed in March, April and May 2021?", "March, April and May 2021: 2021-03-01/2021-05-31"),
        ("What did the bank do at its March meeting?", "March: 03-01/03-31"),
        ("how much has petrol gone up since january", "since january: 01-01/12-17!"),
        ("What did he say after Tuesday's vote?", "after Tuesday: 12-16/12-17"),
        ("What happened ten years ago today?", "ten years ago: 2015-01-01/2015-12-31"),
        ("How many fell in the last 36 hours?", "in the last 36 hours: 12-15/12-17"),
        ("Who is hurt in the recent storm?", "recent: 11-17/12-17"),
        ("How many were freed since July?", "since July: 07-01/12-17!"),
        ("What has changed since July 2024?", "since July 2024: 2024-07-01/12-17"),
        ("What broke after the 3rd?", "after the 3rd: 12-04/12-17"),
        ("who ran the port before march", "before march: /02-28"),
        ("Who planned the 7 October attack?", "7 October: 10-07"),
        ("How much did the mayor's July order cost?", "July: 07-01/07-31"),
        ("What has the mayor said recently?", "recently: 11-17/12-17"),
    ],
)
def test_what_is_told_from_the_day_of_asking(question: str, expected: str) -> None:
    assert window(question) == expected
    undated = asked(question, None)
    assert undated is None or undated.words in {"", "since July 2024", "May 2021"}  # what is complete in itself


@pytest.mark.parametrize(
    ("question", "words", "recent"),
    [
        ("What is the latest on the bridge?", "latest", False),
        ("Who is the most recent winner?", "most recent", False),
        ("any news on the ferry?", "any news on", False),
        ("How many have died so far?", "so far", False),
        ("How many were found to date?", "to date", False),
        ("Has the bridge opened yet?", "yet", False),
        ("Who is the current mayor?", "current", True),
        ("Who currently runs the port?", "currently", True),
        ("Who is mayor now?", "now", True),
        ("Who is running the port right now?", "right now", True),
        ("Where does the bill stand at the moment?", "at the moment", True),
        ("Is the bridge still closed?", "still", True),
    ],
)
def test_the_newest_report_is_asked_for(question: str, words: str, recent: bool) -> None:
    period, undated = asked(question), asked(question, None)

    assert period and undated
    assert (period.words, period.newest, period.last) == (words, True, WEDNESDAY)
    assert period.first == (WEDNESDAY - ASKED_LATELY if recent else None)
    assert (undated.words, undated.first, undated.last, undated.newest) == (words, None, None, True)


@pytest.mark.parametrize(
    "question",
    ["How many have died in the flood?", "how much has the bridge cost?", "When will the bridge open again?",
     "When is the bridge expected to open?"],
)  # fmt: skip
def test_what_changes_with_every_report_asks_for_the_newest_without_a_word(question: str) -> None:
    assert asked(question) == Period("", UNTOLD.first, UNTOLD.last, UNSAID_SURENESS, newest=True)
    assert asked(question, None) == Period("", None, None, UNSAID_SURENESS, newest=True)


@pytest.mark.parametrize(
    "question",
    [
        "Who led the march on the capital?",
        "who took part in march against the law",
        "who may run for mayor",
        "how many of the 12 may be released",
        "What did the March for Life demand?",
        "What did Theresa May say about it?",
        "what did the sun report",
        "who came second in august company",
        "Since when has he been mayor?",
        "When was the last time it snowed?",
        "Who won at the last minute?",
        "What is the last name of the first man?",
        "Who ran the now defunct airline?",
        "Who runs the now-closed mill?",
        "Why is the bridge no longer open?",
        "What is the current account deficit?",
        "Was the bridge still closed when they came?",
        "Who directed Apocalypse Now?",
        "How fast was it at the moment of the crash?",
        "How many had died when help came?",
        "How many firms have to pay?",
        "Must it be paid on Monday at the latest?",
        "Who will run the port for now?",
        "How far did she get, so far as they know?",
        "Which films came out on Black Friday?",
        "What did the Sunday Times report?",
        "How old is the 2000 year old temple?",
        "Who paid $2000 for 1,999 masks?",
        "Who looked after the child?",
        "Who appeared before the court?",
        "How much will it emit by 2030?",
        "How high will the sea be in 2050?",
        "What will happen tomorrow?",
        "What is expected next week?",
        "What will open in March?",
        "Who will speak on Tuesday?",
        "How many left before May resigned?",
    ],
)
def test_what_names_no_time_is_asked_lately(question: str) -> None:
    assert asked(question) == UNTOLD


@pytest.mark.parametrize(
    "question",
    [
        "Which came first: the strike in May 2019 or the vote in June 2019?",
        "Did he resign before or after the vote?",
    ],
)
def test_times_that_are_compared_are_not_asked_about(question: str) -> None:
    assert asked(question) is None
    assert asked(question, None) is None


def test_who_came_first_in_a_race_compares_no_times() -> None:
    assert window("Who came first in the 2019 Oakmere run?") == "2019: 2019-01-01/2019-12-31"


def test_a_day_is_surer_than_a_name_than_one_end_than_what_is_long_ago() -> None:
    questions = [
        "Who resigned on 12 March 2020?",
        "Who won in 2019?",
        "Who won the 2019 Marathon?",
        "Who ran the port before March 2020?",
        "Who was born in 1997?",
    ]
    sureness = [period.sureness for question in questions if (period := asked(question))]

    assert sureness == sorted(set(sureness), reverse=True)
    assert len(sureness) == len(questions)
    assert sureness[-1] == LONG_AGO_SURENESS < UNSAID_SURENESS < NOW_SURENESS


def test_what_is_thought_now_of_a_day_long_past_is_told_now() -> None:
    thought, told = asked("What does she believe was done in 2023?"), asked("What did she do in 2023?")

    assert thought and told
    assert thought.sureness == LONG_AGO_SURENESS < told.sureness
    lately = asked("What does she believe was done in November?")
    assert lately and lately.sureness > UNSAID_SURENESS


def test_an_event_dates_what_is_asked_where_the_archive_knows_its_day() -> None:
    events = []

    def day_of(event: str) -> date:
        events.append(event)
        return date(2025, 11, 5)

    def told(question: str) -> tuple[str, str, str]:
        period = period_asked(question, WEDNESDAY, day_of)
        assert period
        return period.words, str(period.first or ""), str(period.last)

    assert told("Who resigned after the Velden summit?") == ("after the Velden summit", "2025-11-05", "2025-11-19")
    assert told("Who left the day after the dam burst?") == ("the day after the dam burst", "2025-11-06", "2025-11-06")
    assert told("What did Okara say in the week before the vote?") == (
        "the week before the vote",
        "2025-10-29",
        "2025-11-04",
    )
    assert told("What has changed since the summit?") == ("since the summit", "2025-11-05", "2025-12-17")
    assert told("Before the vote, what did Okara say?") == ("Before the vote", "2025-10-22", "2025-11-05")
    assert told("What broke just before the ferry crash?") == (
        "just before the ferry crash",
        "2025-11-05",
        "2025-11-19",
    )
    assert told("What was said during the summit?") == ("during the summit", "2025-11-04", "2025-11-07")
    assert events[0] == "the Velden summit"
    assert events[2] == "the vote Okara"  # which vote, the names in the question tell


def test_an_event_without_a_day_and_one_still_to_come_say_nothing() -> None:
    assert asked("Who resigned after the summit?") == UNTOLD
    assert period_asked("Who resigned after the summit?", WEDNESDAY, lambda _: date(2026, 1, 1)) == UNTOLD


_PIECES = st.sampled_from(
    """in on since until before after between and from to by of the a last this next past week month year days two few
    12 3rd 2019 1999 2050 0 99 March may december sept tuesday Sunday now still latest so far date yet summer winter
    recently overnight yesterday today weekend ago Q3 early end day vote's Velden's summit, ? . - 31 Feb. 29 9999
    """.split()
)
_QUESTIONS = st.one_of(st.text(), st.lists(_PIECES).map(" ".join))


@given(_QUESTIONS, st.none() | st.dates(), st.none() | st.dates())
def test_any_text_on_any_day_gives_a_true_period(text: str, as_of: date | None, event: date | None) -> None:
    period = period_asked(text, as_of, lambda _: event)

    if period:
        assert period.words in text
        assert 0 <= period.sureness < 1
        assert not period.first or not period.last or period.first <= period.last
        assert not as_of or not period.last or period.last <= as_of
    if as_of and period and not period.words:
        assert period.last == as_of
        assert period.first == max(date.min, as_of - min(timedelta(days=7), as_of - date.min))


def test_every_kind_of_sureness_is_a_chance() -> None:
    assert all(0 <= sureness < 1 for sureness in SURENESS.values())


@pytest.mark.parametrize("mark", ["'", "’", "-", "- ", "a-", "who's "])
def test_a_thousand_marks_are_read_at_once(mark: str) -> None:
    """Takes hours where a pattern may cut them into words in more than one way."""
    period = asked(f"What was in March 2018 {mark * (900 // len(mark))}")

    assert period is not None
    assert period.words == "March 2018"


@pytest.mark.parametrize(
    "question",
    [
        "Who led the port the week before last?",
        "What did the mayor say on Christmas Day?",
        "Where did the minister speak before the election?",
    ],
)
def test_a_time_that_cannot_be_told_is_not_taken_for_these_days(question: str) -> None:
    assert asked(question) is None
