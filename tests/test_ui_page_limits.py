"""How often somebody may do something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.page.gate import limits
from ui.page.gate.limits import Pace, TooFast, admitting


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_who_is_too_fast_is_told_how_long_to_wait() -> None:
    clock = Clock()
    pace = Pace(2, 60, clock)
    assert [pace.take("mara"), pace.take("mara"), pace.take("mara"), pace.take("lind")] == [0, 0, 60, 0]

    clock.now = 41.5
    assert pace.take("mara") == 19
    with pytest.raises(TooFast, match=r"You can ask again in 19 seconds\."):
        admitting(pace, Pace(9, 60, clock))("mara", "here")

    clock.now = 60.0
    assert pace.take("mara") == 0
    with pytest.raises(TooFast, match="1 second"):
        _two_from_one_place(clock)


def _two_from_one_place(clock: Clock) -> None:
    admit = admitting(Pace(9, 60, clock), Pace(1, 1, clock))
    admit("mara", "there")
    admit("lind", "there")


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 30)), max_size=60))
def test_no_window_holds_more_than_may_be_and_no_wait_is_too_short(steps: list[tuple[str, float]]) -> None:
    clock = Clock()
    pace = Pace(3, 60, clock)
    done: dict[str, list[float]] = {"a": [], "b": []}
    for who, later in steps:
        clock.now += later
        wait = pace.take(who)
        recent = [moment for moment in done[who] if moment + 60 > clock.now]
        assert (wait == 0) == (len(recent) < 3)
        if wait:
            assert recent[0] + 60 <= clock.now + wait < recent[0] + 61
        else:
            done[who].append(clock.now)


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_KNOWN", 3)
    pace = Pace(1, 60, Clock())
    for who in "abcd":
        assert pace.take(who) == 0
    assert [pace.take(who) > 0 for who in "bcd"] == [True, True, True]
    assert pace.take("a") == 0  # the first was forgotten
