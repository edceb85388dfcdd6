"""Publication dates: what is written, with the zone that is written, and nothing that is not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.dates.written import _printed, _written
from index.dates.written import moment as published

DAY = datetime(2025, 12, 22)
MINUTE = datetime(2025, 12, 22, 15, 29)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-12-22", DAY),
        ("20251222", DAY),
        (date(2025, 12, 22), DAY),
        ("  Dec. 22,\n2025", DAY),
        ("December 22nd, 2025", DAY),
        ("Monday, 22 December 2025", DAY),
        ("22-Dec-2025", DAY),
        ("22/12/2025", DAY),
        ("2025. 12. 22.", DAY),
        ("2025-12-22T15:29", MINUTE),
        ("2025-12-22 15:29:00", MINUTE),
        ("2025/12/22 15:29", MINUTE),
        ("22 Dec. 2025, 15:29", MINUTE),
        ("Dec 22, 2025 at 3:29 p.m.", MINUTE),
        ("Dec 22, 2025 15:29 IST", MINUTE),
        ("2025-03-04 10:00", datetime(2025, 3, 4, 10)),
        ("03/03/2025", datetime(2025, 3, 3)),
        ("2025.12.22 15:29", MINUTE),
        ("2025. 12. 22. 오후 3:29", MINUTE),
        ("2025년 12월 22일", DAY),
        ("2025년 12월 22일 (월) 오후 3시 29분", MINUTE),
        ("2025年12月22日（月） 15時29分", MINUTE),
        ("2025年12月22日 15:29:00", MINUTE),
        ("22 décembre 2025 à 15h29", MINUTE),
        ("Montag, 22. Dezember 2025 um 15.29 Uhr", MINUTE),
        ("3. März 2025", datetime(2025, 3, 3)),
        ("22 de diciembre de 2025", DAY),
        ("22 de dez. de 2025 às 15h29", MINUTE),
        ("22 dicembre 2025", DAY),
        ("22 декабря 2025, 15:29", MINUTE),
        ("22 grudnia 2025", DAY),
        ("Dec. 22, 2025 | 3:29 p.m.", MINUTE),
        ("Dec. 22, 2025 · 15:29", MINUTE),
        ("22 December 2025 – 3.29pm", MINUTE),
        ("Mon. the 22nd of December, 2025", DAY),
        ("15:29, 22 Dec 2025", MINUTE),
        ("Dec 22, 2025 @15:29 PM", MINUTE),
        ("Dec 22 2025, 15:29pm", MINUTE),
        ("Dec. 22, 2025, 12:05 a.m.", datetime(2025, 12, 22, 0, 5)),
        ("Dec. 22, 2025 12 A.M.", DAY),
        ("22 Dec 2025 9.05am", datetime(2025, 12, 22, 9, 5)),
        ("04.02.2022", datetime(2022, 2, 4)),
        ("Fr., 04.02.2022, 11:50 Uhr", datetime(2022, 2, 4, 11, 50)),
        ("4. 2. 2022", datetime(2022, 2, 4)),
        ("04.02.2022 11.50 Uhr", datetime(2022, 2, 4, 11, 50)),
        ("20190806103251", datetime(2019, 8, 6, 10, 32, 51)),
        ("201908061032", datetime(2019, 8, 6, 10, 32)),
    ],
)
def test_without_a_zone(value: object, expected: datetime) -> None:
    found = published(value)
    assert found == expected
    assert found.tzinfo is None


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("2025-12-22T15:29:00Z", 0),
        ("2025-12-22T15:29:00+0900", 9),
        ("2025-12-22 15:29 +0900", 9),
        ("2025-12-22 15:29 KST", 9),
        ("Mon, 22 Dec 2025 15:29:00 GMT", 0),
        ("Mon, 22 Dec 2025 15:29:00 -0500 (EST)", -5),
        ("Mon, 22 Dec 2025 15:29:00 EST", -5),
        ("22 Dec 2025 15:29 GMT+9", 9),
        ("22 Dec 2025 15:29 UTC-5", -5),
        ("Dec. 22, 2025 3:29 p.m. ET", -5),
        ("Dec. 22, 2025 at 3:29 PM (PST)", -8),
        ("Dec. 22, 2025 15:29 (KST)", 9),
        ("1529 GMT (2329 HKT) December 22, 2025", 0),
        ("22 Dec 2025 15:29 (GMT+9)", 9),
        ("2025-12-22T15:29:00+09:00[Asia/Seoul]", 9),
        ("Dec. 22, 2025 | 3:29 p.m. Eastern Standard Time", -5),
        (1766417340, 0),
        (1766417340000, 0),
        (1766417340.0, 0),
    ],
)
def test_with_the_zone_that_is_written(value: object, hours: int) -> None:
    found = published(value)
    assert found is not None
    assert found.replace(tzinfo=None) == MINUTE
    assert found.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "soon",
            "today",
            "Monday",
            "15:29",
            "Dec. 22",
            "December 2025",
            "2025",
            "2025-12",
            "2025-W51",
            "Mon March 2025",
        ),
        *("December 22, 2025 12", "December 2025 22", "22 listopada 2025", "2025년 12월", "2025년 13월 1일"),
        *("Dec. 22, 2025 in Seoul", "22 Dec. 2025, 23 Dec. 2025", "22 décembre", "décembre 2025", "12시 30분"),
        *("03/04/2025", "12-11-2025", "22/12/25", "Dec. 22, 25", "31 Feb 2025", "2025-02-30", "0001-01-01T00:00:00"),
        *("1766417340", 20251222, 2025, 0, -1, 10**30, float("nan"), float("inf"), True, None, [], "2025-12-22 " * 9),
    ],
)
def test_what_is_no_whole_date(value: object) -> None:
    assert published(value) is None


def test_a_region_settles_which_number_is_the_day() -> None:
    assert published("03/04/2025 15:29", day_first=True) == datetime(2025, 4, 3, 15, 29)
    assert published("03/04/2025", day_first=False) == datetime(2025, 3, 4)
    assert published("12/22/2025", day_first=True) is None, "the page is not as its region says"
    assert published("2025/03/04", day_first=True) == datetime(2025, 3, 4)
    assert published("03.04.2025", day_first=False) == datetime(2025, 4, 3)


_SIGNS = ["", ",", ".", " ", ", ", " - ", " | ", " at ", " um ", "th", "st ", "/", " à ", "\u00a0", "Uhr"]
_PIECES = [
    "Friday",
    "Fr",
    "May",
    "Jan.",
    "january",
    "Sept",
    "März",
    "4",
    "04",
    "31",
    "12",
    "2019",
    "15:29",
    "3:29",
    "pm",
]
_PIECES += ["12:05:07", "a.m.", "25:00", "11.30", "ET", "+01:00", "04.02.2019", "2025-03-04", "ides"]


@example("Friday, January 4, 2019").via("the commonest form")
@given(
    st.lists(st.sampled_from(_PIECES + _SIGNS), max_size=9).map("".join)
    | st.lists(st.sampled_from(_PIECES)).map(" ".join)
)
def test_the_short_way_says_what_the_long_way_says(text: str) -> None:
    found = _printed(" ".join(text.split()))
    assert found is None or found == _written(" ".join(text.split()), day_first=None)


@pytest.mark.parametrize(
    "written", ["%A, %B %d, %Y", "%b. %d, %Y at %I:%M %p", "%d %B %Y, %H:%M:%S", "%d.%m.%Y %H:%M Uhr"]
)
@given(st.datetimes(min_value=datetime(1605, 1, 1), max_value=datetime(2099, 1, 1)))
def test_both_ways_read_printed_dates(written: str, moment: datetime) -> None:
    text = f"{moment:{written}}"
    assert _printed(text) is not None
    assert _printed(text) == _written(text, day_first=None)


def test_a_zone_without_a_season_goes_by_the_day() -> None:
    summer, winter = published("July 1, 2025 9 a.m. ET"), published("Jan. 1, 2025 9 a.m. ET")
    assert summer is not None
    assert winter is not None
    assert (summer.isoformat(), winter.isoformat()) == ("2025-07-01T09:00:00-04:00", "2025-01-01T09:00:00-05:00")


def test_the_zone_of_this_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.tzname", ("IST", "IST"))
    found = published("22 Dec 2025 15:29 IST")
    assert found is not None
    assert found.tzinfo is None


@given(st.datetimes(min_value=datetime(1605, 1, 1)), st.sampled_from(["%d %B %Y, %H:%M", "%b. %d, %Y %I:%M %p"]))
def test_a_written_date_is_read_back(moment: datetime, written: str) -> None:
    assert published(f"{moment:{written}}".replace("May.", "May")) == moment.replace(second=0, microsecond=0)


@given(st.datetimes(min_value=datetime(1605, 1, 1), timezones=st.sampled_from([None, UTC])))
def test_iso_is_read_back(moment: datetime) -> None:
    assert published(moment.isoformat()) == published(moment) == moment


@example("2025 99999999999999999999 Dec")
@given(st.text(alphabet="0123456789 -/:.,+TZapmDecMonJanst²é()", max_size=40).map(lambda text: text + " 2025"))
def test_nothing_written_is_a_crash(text: str) -> None:
    found = published(text)
    assert found is None or found.year >= 1605
