"""Months become bars that a reader can tell apart, and every article is in one of them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.counts import Months
from index.dates import spans
from ui.looking.view import Chip
from ui.markup.chips import chips
from ui.markup.histogram import LONGEST_GAP, MOST_BARS, Bar, bars, histogram

MONTHS = st.dictionaries(
    st.dates(date(1, 1, 1), date(9999, 12, 31)).map(lambda day: day.replace(day=1)), st.integers(1, 10**6), max_size=40
).map(lambda counts: Months(tuple(sorted(counts.items()))))
DAYS = st.none() | st.dates()


def months_from(year: int, month: int, *counts: int) -> Months:
    found = ((spans.month(year, month + n)[0], articles) for n, articles in enumerate(counts))
    return Months(tuple((first, articles) for first, articles in found if articles))


def titles(html: str) -> list[str]:
    return re.findall("<title>(.*?)</title>", html)


def labels(html: str) -> list[str]:
    return re.findall(r'<span style="--at: [^"]*">(.*?)</span>', html)


@given(MONTHS)
def test_bars_are_in_order_without_holes_and_hold_every_article(months: Months) -> None:
    found = bars(months)

    assert sum(bar.articles for bar in found) == sum(articles for _, articles in months.counts)
    assert all(before.last + spans.DAY == after.first for before, after in pairwise(found))
    assert all(bar.first <= bar.last and not (bar.is_gap and bar.articles) for bar in found)
    for month, articles in months.counts:
        assert [bar.articles >= articles for bar in found if bar.first <= month <= bar.last] == [True]


@given(MONTHS, DAYS, DAYS)
def test_any_months_and_any_choice_can_be_drawn(months: Months, since: date | None, until: date | None) -> None:
    html = histogram(months, since, until)

    assert len(titles(html)) == len(bars(months)) == html.count("data-first=")
    places = [float(place) for place in re.findall(r"(?:left|width|--at): (-?[\d.]+)%", html)]
    assert all(0 <= place <= 100 for place in places)
    if not since and not until:
        assert "chosen" not in html


def test_a_month_is_a_bar() -> None:
    assert bars(months_from(2024, 5, 7)) == (Bar(date(2024, 5, 1), date(2024, 5, 31), 7),)
    html = histogram(Months(((date(2024, 5, 1), 7),), undated=1))

    assert titles(html) == ["May 2024: 7 articles"]
    assert 'aria-label="Articles per month, May 2024: 7 in all, most in May 2024, 7."' in html
    assert labels(html) == ["May 2024"]
    assert "1 article without a date is always included." in html


def test_empty_months_are_seen_and_a_long_time_without_any_is_one_gap() -> None:
    months = Months(
        ((date(1970, 1, 1), 1), (date(2019, 11, 1), 2), (date(2020, 2, 1), 3), (date(2020, 3 + LONGEST_GAP, 1), 4))
    )

    assert titles(histogram(months)) == [
        "January 1970: 1 article",
        "February 1970 – October 2019: no article",
        "November 2019: 2 articles",
        "December 2019: no article",
        "January 2020: no article",
        "February 2020: 3 articles",
        *(f"{name} 2020: no article" for name in ("March", "April", "May", "June", "July", "August")),
        "September 2020: 4 articles",
    ]
    assert [bar.is_gap for bar in bars(months)] == [n == 1 for n in range(13)]
    assert labels(histogram(months))[:2] == ["Jan 1970", "Jan 2020"]


def test_many_months_are_grouped_by_years_and_many_years_by_decades() -> None:
    assert len(bars(months_from(2020, 1, *[1] * MOST_BARS))) == MOST_BARS
    years = histogram(months_from(1999, 3, *[2] * 300))
    assert titles(years)[:2] == ["1999: 20 articles", "2000: 24 articles"]
    assert len(titles(years)) == 26
    assert labels(years) == ["1999", "2006", "2013", "2020"]
    decades = histogram(months_from(1894, 1, *[1] * 1_500))
    assert titles(decades)[:2] == ["1890–1899: 72 articles", "1900–1909: 120 articles"]
    assert labels(decades)[0] == "1890s"


@pytest.mark.parametrize(
    ("since", "until", "chosen", "left", "width"),
    [
        (date(2025, 2, 1), date(2025, 2, 28), [1], 25.0, 25.0),
        (date(2025, 2, 15), date(2025, 4, 1), [1, 2, 3], 37.5, 38.33),
        (None, date(2025, 1, 31), [0], 0.0, 25.0),
        (date(2025, 4, 1), None, [3], 75.0, 25.0),
        (date(2026, 1, 1), None, [], 100.0, 0.0),
        (None, date(2024, 1, 1), [], 0.0, 0.0),
    ],
)
def test_what_is_chosen_is_marked(
    since: date | None, until: date | None, chosen: list[int], left: float, width: float
) -> None:
    html = histogram(months_from(2025, 1, 4, 3, 2, 1), since, until)

    assert [n for n, kind in enumerate(re.findall('<g class="(.*?)"', html)) if "chosen" in kind] == chosen
    assert f'style="left: {left:.2f}%; width: {width:.2f}%"' in html
    fields = re.findall(r'name="(\w+)" value="(.*?)"', html)
    assert fields == [("since", str(since or "")), ("until", str(until or ""))]


def test_without_dates_only_the_fields_are_left() -> None:
    html = histogram(Months((), 4))

    assert "<svg" not in html
    assert "No article here has a date." in html
    assert html.count('type="date"') == 2


def test_chips_have_buttons_that_say_what_they_remove() -> None:
    hostile = '"><img src=x onerror=alert(1)>\u202e'
    html = chips((Chip("Published 2025", "days"), Chip(hostile, "outlet", hostile)), (hostile,))

    assert html.count("<button") == 3
    assert "<img" not in html
    assert re.findall('data-kind="(.*?)"', html) == ["days", "outlet", "all"]
    assert unescape(re.findall('data-value="(.*?)"', html)[1]) == hostile
    assert 'aria-label="Remove: Published 2025"' in html
    assert chips(()) == ""
    assert chips((Chip("NPR", "outlet", "NPR"),)).count("<button") == 1
