from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.markup.plots import MOST_COLUMNS, Bar, Column, Part, bars, columns, legend, spread

SECONDS = st.lists(st.floats(0, 1e9, allow_nan=False), min_size=1, max_size=60)


@given(SECONDS)
def test_every_value_is_in_one_column_and_the_columns_touch(values: list[float]) -> None:
    found = columns(values)

    assert sum(each.count for each in found) == len(values)
    assert 1 <= len(found) <= MOST_COLUMNS
    assert found[0].low == 0 and found[-1].high >= max(values) * (1 - 1e-9)
    assert all(a.high == b.low for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], ()),
        ([0.0], (Column(0.0, 0.01, 1),)),
        ([10, 25, 60], (Column(0, 5, 0), Column(5, 10, 0), Column(10, 15, 1), Column(15, 20, 0), Column(20, 25, 0),
                        Column(25, 30, 1), *(Column(low, low + 5, 0) for low in (30, 35, 40, 45, 50)),
                        Column(55, 60, 1))),
    ],
)  # fmt: skip
def test_columns_are_as_wide_as_people_count(values: list[float], found: tuple[Column, ...]) -> None:
    assert columns(values) == found


def test_a_spread_tells_in_words_what_it_draws() -> None:
    html = spread("Time <b>", [1.1, 1.3, 4.0], "s", [("half took at most", 1.3), ("all at most", 4.0)])

    assert 'aria-label="Time &lt;b&gt;, in s: half took at most 1.3 s; all at most 4.0 s"' in html
    assert "<title>1–1.2 s: 1</title>" in html and "<title>1.2–1.4 s: 1</title>" in html
    assert "<p>half took at most 1.3 s; all at most 4.0 s</p>" in html
    assert '<line x1="6.500" x2="6.500"' in html  # 1.3 of 4 s, in 20 columns
    assert spread("Time", [], "s") == ""


def test_a_bar_has_a_part_for_each_count_and_says_them() -> None:
    parts = (Part("right", 3, "right"), Part("refused", 0, "refused"), Part("wrong", 1, "answered"))

    html = bars("Results", [Bar("<i>who</i>", parts, "3 right, 1 wrong"), Bar("none", (), "nothing")])

    assert '<i class="right" style="width:75.00%"></i><i class="answered" style="width:25.00%"></i>' in html
    assert "refused" not in html
    assert '<th scope="row"><bdi>&lt;i&gt;who&lt;/i&gt;</bdi></th>' in html
    assert "<span>3 right, 1 wrong</span>" in html
    assert html.count('class="bar" aria-hidden="true"') == 2
    assert '<i class="refused" aria-hidden="true"></i>refused</li>' in legend(parts)
