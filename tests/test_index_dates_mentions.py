"""The dates a text speaks of: where they stand, which days they mean, and what only looks like one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.mentions import mentions

MONDAY = date(2025, 12, 22)


def found(text: str, written: date | None = MONDAY) -> list[tuple[str, str]]:
    """(words, "first" or "first/last") of every mention, days as in 12-22 if they are of 2025."""
    result = []
    for mention in mentions(text, written):
        days = [mention.first] if mention.first == mention.last else [mention.first, mention.last]
        result.append((text[mention.start : mention.end], "/".join(str(day).removeprefix("2025-") for day in days)))
    return result


def days(text: str, written: date | None = MONDAY) -> list[str]:
    return [when for _, when in found(text, written)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began on December 12, 2024.", [("December 12, 2024", "2024-12-12")]),
        ("It began Dec. 12, 2024, they say", [("Dec. 12, 2024", "2024-12-12")]),
        ("the 12th of March 2024", [("12th of March 2024", "2024-03-12")]),
        ("of 12 December 2024 and 2024-11-30", [("12 December 2024", "2024-12-12"), ("2024-11-30", "2024-11-30")]),
        ("in December 2024", [("December 2024", "2024-12-01/2024-12-31")]),
        ("between Dec. 12 and 13, 2024", [("Dec. 12 and 13, 2024", "2024-12-12/2024-12-13")]),
        ("from Dec. 30 to Jan. 2, 2025", [("Dec. 30 to Jan. 2, 2025", "2024-12-30/01-02")]),
        ("the 12-13 December 2024 summit", [("12-13 December 2024", "2024-12-12/2024-12-13")]),
        ("Friday (Dec. 13, 2024) was", [("Friday (Dec. 13, 2024)", "2024-12-13")]),
        ("in 2019", [("2019", "2019-01-01/2019-12-31")]),
        ("the 2016 election, her 2018 run", [("2016", "2016-01-01/2016-12-31"), ("2018", "2018-01-01/2018-12-31")]),
        ("from 2010 to 2012", [("2010 to 2012", "2010-01-01/2012-12-31")]),
        ("between 1999 and 2003", [("1999 and 2003", "1999-01-01/2003-12-31")]),
        ("the years 1999–2003", [("1999–2003", "1999-01-01/2003-12-31")]),
        ("in 1998 and 2000.", [("1998", "1998-01-01/1998-12-31"), ("2000", "2000-01-01/2000-12-31")]),
        ("in the late 1990s", [("late 1990s", "1997-01-01/1999-12-31")]),
        ("the summer of 2024", [("summer of 2024", "2024-06-01/2024-08-31")]),
        ("the first quarter of 2024", [("first quarter of 2024", "2024-01-01/2024-03-31")]),
        ("in Q3 2024", [("Q3 2024", "2024-07-01/2024-09-30")]),
        ("the second half of 2023", [("second half of 2023", "2023-07-01/2023-12-31")]),
        ("late 2024", [("late 2024", "2024-09-01/2024-12-31")]),
        ("in early March 2024", [("early March 2024", "2024-03-01/2024-03-10")]),
        ("le 22 décembre 2024", [("22 décembre 2024", "2024-12-22")]),
        ("am 3. März 2024", [("3. März 2024", "2024-03-03")]),
        ("el 22 de diciembre de 2024", [("22 de diciembre de 2024", "2024-12-22")]),
        ("2024년 12월 22일, 2024年3月", [("2024년 12월 22일", "2024-12-22"), ("2024年3月", "2024-03-01/2024-03-31")]),
    ],
)  # fmt: skip
def test_what_is_complete_needs_no_day_of_writing(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, None) == expected
    assert found(text, MONDAY) == expected
    assert found(text, date(1990, 2, 28)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was shot on Tuesday.", [("on Tuesday", "12-16")]),
        ("The court will sit on Tuesday.", [("on Tuesday", "12-23")]),
        ("Police said Saturday evening they", [("Saturday evening", "12-20")]),
        ("It rained on Monday.", [("on Monday", "12-22")]),
        ("It will rain on Monday.", [("on Monday", "12-22")]),
        ("last Monday", [("last Monday", "12-15")]),
        ("next Monday", [("next Monday", "12-29")]),
        ("this coming Friday", [("this coming Friday", "12-26")]),
        ("Friday's vote was lost", [("Friday", "12-19")]),
        ("“On Friday we lost”, upon Friday", [("On Friday", "12-19"), ("Friday", "12-19")]),
        ("Monday, Dec. 15, they met", [("Monday, Dec. 15", "12-15")]),
        ("It was signed Dec. 12 in Rome", [("Dec. 12", "12-12")]),
        ("The fair will open on March 3.", [("March 3", "2026-03-03")]),
        ("a summit held Dec. 12 to 13.", [("Dec. 12 to 13", "12-12/12-13")]),
        ("It was signed in July.", [("July", "07-01/07-31")]),
        ("It will be signed in July.", [("July", "2026-07-01/2026-07-31")]),
        ("last July, next March", [("last July", "07-01/07-31"), ("next March", "2026-03-01/2026-03-31")]),
        ("in March of last year", [("March of last year", "2024-03-01/2024-03-31")]),
        ("in mid-November they fell", [("mid-November", "11-11/11-20")]),
        ("On the 21st (local time), he", [("On the 21st (local time)", "12-21")]),
        ("held on the 24th.", [("on the 24th", "11-24")]),
        ("will be held on the 24th.", [("on the 24th", "12-24")]),
        ("yesterday, today and tomorrow", [("yesterday", "12-21"), ("today", "12-22"), ("tomorrow", "12-23")]),
        ("last night, this morning", [("last night", "12-21"), ("this morning", "12-22")]),
        ("last week, next week", [("last week", "12-15/12-21"), ("next week", "12-29/2026-01-04")]),
        ("last month, next month", [("last month", "11-01/11-30"), ("next month", "2026-01-01/2026-01-31")]),
        ("earlier this month", [("earlier this month", "12-01/12-22")]),
        ("late last year", [("late last year", "2024-09-01/2024-12-31")]),
        ("over the weekend", [("the weekend", "12-20/12-21")]),
        ("in the past three days", [("past three days", "12-19/12-22")]),
        ("over the next two weeks", [("next two weeks", "12-22/2026-01-05")]),
        ("two weeks ago", [("two weeks ago", "12-08/12-14")]),
        ("5 days ago", [("5 days ago", "12-17")]),
        ("ten years ago", [("ten years ago", "2015-01-01/2015-12-31")]),
    ],
)  # fmt: skip
def test_what_is_told_from_the_day_of_writing(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected
    assert found(text, None) == []


def test_a_date_of_another_year_is_found_by_its_weekday() -> None:
    assert days("Sunday, Dec. 28, is the date") == ["12-28"]
    assert days("Saturday, Dec. 28, was the date") == ["2024-12-28"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said on Tuesday that he will resign on Friday.", ["12-16", "12-26"]),
        ("On Tuesday, the court is to hear the case.", ["12-23"]),
        ("On Tuesday, the ministry said it would pay.", ["12-16"]),
        ("The vote is scheduled for Wednesday, officials said.", ["12-24"]),
        ("Games scheduled for Wednesday were called off.", ["12-17"]),
        ("Smoking may have caused the fire on Friday.", ["12-19"]),
        ("They agreed to meet on Friday.", ["12-26"]),
        ("Mr. Doe will leave the U.S. on Friday.", ["12-26"]),
        ("It will snow. It fell on Friday.", ["12-19"]),
        ("The law forbade sowing before May 10 and reaping before June 10.", ["05-10", "06-10"]),
        ("It unveiled its plans at a dinner on Friday.", ["12-19"]),
        ("It plans to move on Friday.", ["12-26"]),
        ("The club hosts its rival on Friday.", ["12-26"]),
        ("The man who died on Friday will be missed.", ["12-19"]),
        ("He was ill on Tuesday and on Friday will rest.", ["12-16", "12-26"]),
        ("The hall is to be opened on Friday", ["12-26"]),
        ("Delays due to the fire on Friday", ["12-19"]),
    ],
)
def test_the_verb_tells_which_one_is_meant(text: str, expected: list[str]) -> None:
    assert days(text) == expected


def test_without_a_verb_the_nearer_day_is_meant() -> None:
    assert days("New year sale: Jan. 3") == ["2026-01-03"]
    assert days("A fair for the voters in January") == ["2026-01-01/2026-01-31"]
    assert days("A look at the sale of Nov. 3") == ["11-03"]


def test_days_in_a_list_have_no_year() -> None:
    text = "The tour:\nAug. 2 – Hall, Town\n• Sept. 5: Hall\nNov. 1 was a day off."
    assert found(text) == [("Nov. 1", "11-01")]


def test_a_day_of_last_year_without_its_year_is_no_long_time_ago() -> None:
    march = date(2025, 3, 17)
    assert days("A judge ordered that he stay in custody until his case is heard on April 5.", march) == []
    assert days("A judge freed him on Nov. 5.", march) == ["2024-11-05"]
    assert days("A judge freed him on Jan. 5.", date(2025, 12, 22)) == ["01-05"]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said it may rain. March on! They marched. August Wilson. in June Jones's play",
        "Sunday Times, Black Friday, Good Friday, every Monday, Mondays, Monday to Friday, Sunday school",
        "the 21st century, 21st-century, the 21st floor, the 22nd time, on the 38th parallel, the 14th Amendment",
        "the 9/11 attacks, the Oct. 7 attack, Boeing 2024, 1,950 people, $2025, 3-2, at 10:30, 2024 people, 20251222",
        "of 2000 people, the 1900 guests, at 1900 UTC, a 2000 km line, 2019-nCoV, in 2024-25, fiscal 2025, the 1900s",
        "three days earlier, the previous day, the next day, the following week, that week, the last week of the trial",
        "today's world, even today, Feb. 30, 2025-13-01, Tuesdays, the Friday before, this is, past them, long ago",
        "SunTrust, Monet, Mayor, Marchand, Decker, Satin, Junior, Octopus, Wedge, tomorrowland",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert found(text) == []


@given(st.dates(date(1700, 1, 1), date(2300, 1, 1)))
def test_a_week_later_a_weekday_is_a_week_later(written: date) -> None:
    week = timedelta(days=7)
    for text in ("It fell on Tuesday.", "It will fall on Tuesday.", "last Tuesday", "next Tuesday", "last week"):
        (early,), (late,) = mentions(text, written), mentions(text, written + week)
        assert (late.first, late.last) == (early.first + week, early.last + week)


@given(st.dates(date(1700, 1, 1), date(2300, 1, 1)))
def test_a_day_told_back_is_not_ahead(written: date) -> None:
    back = ["It fell on Sunday.", "It fell on the 21st.", "It was built in May.", "It rose on Oct. 9.", "two days ago"]
    assert all(mention.first <= written for text in back for mention in mentions(text, written))
    ahead = ["It will fall on Sunday.", "It will fall on the 21st.", "It will be built in May.", "next month"]
    assert all(mention.last >= written for text in ahead for mention in mentions(text, written))


WORDS = """
    on in the last next this past early late of until by to and from between Monday Tue. Sunday December Dec. May March
    2025 2019 1990s 12 3rd 2025-12-22 12-13 ago weeks day weekend year month yesterday today said will 2025년 12월
    décembre de , . ( ) - – ' \n Q3 quarter 999 0
""".split(" ")


@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)),
    st.one_of(st.none(), st.dates()),
)
def test_offsets_are_true_and_in_order(text: str, written: date | None) -> None:
    end = 0
    for mention in mentions(text, written):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.first <= mention.last
        end = mention.end


@given(st.text(alphabet=st.characters(exclude_categories=["Nd"], max_codepoint=0x2FF), max_size=200))
def test_text_without_numbers_and_calendar_words_has_no_dates(text: str) -> None:
    begins = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "yester",
        "to",
        "last",
        "next",
        "past",
        "this",
        "week",
        "ago",
    )
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    if not any(word in text.lower() for word in (*begins, *months, "weekend")):
        assert mentions(text, MONDAY) == ()


@given(st.dates(date(1700, 1, 1), date(2300, 1, 1)))
def test_what_is_complete_does_not_depend_on_the_day_of_writing(written: date) -> None:
    text = "On Dec. 12, 2025, in 2019, in March 2024, the 1990s and 2025-12-22."
    assert mentions(text, written) == mentions(text, None)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The work will last three weeks, he said.", []),
        ("It cost 43 billion won and last three weeks.", []),
        ("It rained over the last three weeks.", ["2025-12-01"]),
        ("They will report on Jan. 8, and on Tuesday the board named a new head.", ["2026-01-08", "2025-12-16"]),
        ("They will meet on Jan. 8 and on Tuesday, officials said.", ["2026-01-08", "2025-12-23"]),
        ("Sign up for the strike by Friday, the union told its members.", ["2025-12-26"]),
        ("By Friday, a hundred people had died.", ["2025-12-19"]),
    ],
)
def test_clauses_limits_and_verbs_that_look_like_time(text: str, days: list[str]) -> None:
    assert [each.first.isoformat() for each in mentions(text, date(2025, 12, 22))] == days
