"""Fitting when an answer is given: what it must never do, whatever the questions were like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.calibrate import LEAST_ANSWERABLE, LEAST_OF_EACH, NAMES, Known, all_signals, area, fit, held_out
from rag.confidence import Calibration, Signals, read_calibrations, write_calibrations

BASE = Calibration("model@1", -0.5, {"passage": 0.25}, 0.9, 0.1, 7, "before")


def known(answerable: int, others: int, *, seed: int = 1, apart: float = 2.0) -> list[Known]:
    """Questions whose passage and belief tell the kinds apart by so many deviations; the rest tells nothing."""
    random = np.random.default_rng(seed)
    return [
        Known(
            Signals(
                passage=float(random.normal(apart * is_answerable)),
                belief=float(random.normal(apart * is_answerable)),
                read=float(random.normal()),
            ),
            is_answerable,
        )
        for is_answerable in [True] * answerable + [False] * others
    ]


def refused(calibration: Calibration, questions: Sequence[Known], *, answerable: bool) -> float:
    """The share of one kind of question that a calibration refuses."""
    sure = [calibration.confidence(each.signals) for each in questions if each.answerable is answerable]
    return sum(confidence < calibration.threshold for confidence in sure) / len(sure)


# What it finds


def test_signals_that_tell_the_kinds_apart_are_weighed_and_they_are_told_apart() -> None:
    questions = known(60, 60, apart=12.0)

    calibration = fit(questions, BASE, refused=0.0, fitted_on="set.jsonl")

    assert {"passage", "belief"} <= set(calibration.weights)
    assert calibration.weights["passage"] == pytest.approx(calibration.weights["belief"], rel=0.3)
    assert refused(calibration, questions, answerable=True) == 0.0
    assert refused(calibration, questions, answerable=False) == 1.0
    assert (calibration.model, calibration.questions, calibration.fitted_on) == ("model@1", 120, "set.jsonl")


def test_what_tells_more_adds_more() -> None:
    questions = [
        Known(replace(each.signals, belief=each.signals.belief / 100), each.answerable) for each in known(80, 80)
    ]

    weights = fit(questions, BASE, refused=0.05, fitted_on="").weights

    assert weights["belief"] == pytest.approx(100 * weights["passage"], rel=0.5)  # in the signal's own unit
    assert weights.get("read", 0.0) < 0.3 * weights["passage"]


def test_both_kinds_weigh_the_same_however_many_there_are() -> None:
    few, many = known(40, 40), known(40, 40)
    many += [each for each in few if each.answerable] * 4

    one, other = (fit(each, BASE, refused=0.05, fitted_on="") for each in (few, many))

    assert dict(other.weights) == pytest.approx(dict(one.weights), rel=0.25)
    assert other.bias == pytest.approx(one.bias, abs=0.4)  # counted one by one, the odds of 5 to 1 would add 1.6


def test_a_signal_that_speaks_against_an_answer_gets_no_weight() -> None:
    questions = [
        Known(replace(each.signals, agreed=-each.signals.passage), each.answerable) for each in known(50, 50, apart=3.0)
    ]

    assert "agreed" not in fit(questions, BASE, refused=0.05, fitted_on="").weights


@pytest.mark.parametrize("value", [0.1, 0.3, 3.3, -0.7, 1e9])
def test_a_signal_that_never_varies_gets_no_weight(value: float) -> None:
    questions = [Known(replace(each.signals, written=value), each.answerable) for each in known(33, 12)]

    plain, same = (fit(each, BASE, refused=0.05, fitted_on="") for each in (known(33, 12), questions))

    assert "written" not in same.weights
    assert same.weights == pytest.approx(plain.weights)
    assert same.bias == pytest.approx(plain.bias)


def test_where_nothing_tells_them_apart_nothing_is_weighed_and_nothing_refused() -> None:
    questions = [Known(Signals(), answerable) for answerable in [True] * 30 + [False] * 30]

    calibration = fit(questions, BASE, refused=0.05, fitted_on="")

    assert calibration.weights == {}
    assert refused(calibration, questions, answerable=False) == 0.0


# Too few questions


def test_without_enough_answerable_questions_nothing_can_be_said() -> None:
    with pytest.raises(ValueError, match="19 answerable questions, but at least 20 are needed"):
        fit(known(LEAST_ANSWERABLE - 1, 80), BASE, refused=0.05, fitted_on="")


@pytest.mark.parametrize("others", [0, 1, LEAST_OF_EACH - 1])
def test_with_few_of_the_other_kind_only_the_threshold_is_fitted(others: int) -> None:
    questions = known(LEAST_ANSWERABLE, others)

    calibration = fit(questions, BASE, refused=0.1, fitted_on="set.jsonl")

    assert (calibration.bias, calibration.weights) == (BASE.bias, BASE.weights)
    assert calibration.threshold != BASE.threshold
    assert refused(calibration, questions, answerable=True) == 0.1
    assert calibration.questions == 20 + others


def test_with_enough_of_each_the_weights_are_new() -> None:
    assert fit(known(LEAST_ANSWERABLE, LEAST_OF_EACH), BASE, refused=0.1, fitted_on="").weights != BASE.weights


# Laws


VALUES = st.integers(-80, 80).map(lambda n: n / 8)
QUESTIONS = st.builds(Known, st.builds(Signals, **dict.fromkeys(NAMES, VALUES)), st.booleans())
ANSWERABLE = st.builds(Known, st.builds(Signals, passage=VALUES, read=VALUES, agreed=VALUES), st.just(True))
SETS = st.tuples(
    st.lists(ANSWERABLE, min_size=LEAST_ANSWERABLE, max_size=LEAST_ANSWERABLE + 15),
    st.lists(QUESTIONS, max_size=30),
).map(lambda kinds: kinds[0] + kinds[1])


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_the_area_is_how_often_the_greater_is_greater(higher: list[int], lower: list[int]) -> None:
    wins = sum((a > b) + (a == b) / 2 for a in higher for b in lower)

    assert area(higher, lower) == wins / max(1, len(higher) * len(lower))


@given(SETS, st.floats(0, 0.5))
@settings(max_examples=60, deadline=None)
def test_whatever_it_is_fitted_on(questions: list[Known], allowed: float) -> None:
    calibration = fit(questions, BASE, refused=allowed, fitted_on="")

    assert all(weight > 0 for weight in calibration.weights.values())
    assert set(calibration.weights) <= set(NAMES)
    assert 0 <= calibration.threshold <= 1
    share = refused(calibration, questions, answerable=True)
    assert share <= calibration.refused == pytest.approx(allowed)
    assert fit(questions, BASE, refused=allowed, fitted_on="") == calibration
    assert read_calibrations(write_calibrations({calibration.model: calibration}) or "") == {
        calibration.model: calibration
    }


@given(st.integers(0, 10**6), st.integers(LEAST_ANSWERABLE, 60))
@settings(max_examples=20, deadline=None)
def test_as_many_are_refused_as_may_be(seed: int, answerable: int) -> None:
    questions = known(answerable, 20, seed=seed)

    calibration = fit(questions, BASE, refused=0.2, fitted_on="")

    assert refused(calibration, questions, answerable=True) == int(0.2 * answerable + 1e-9) / answerable


# On questions it was not fitted on


def test_what_to_expect_is_the_same_for_the_same_questions_and_seed() -> None:
    questions = known(60, 40, apart=1.0)

    held = held_out(questions, BASE, refused=0.1)

    assert held == held_out(questions, BASE, refused=0.1)
    assert held != held_out(questions, BASE, refused=0.1, seed=1)


def test_halves_of_kinds_that_are_far_apart_are_told_apart() -> None:
    held = held_out(known(60, 40, apart=12.0), BASE, refused=0.0)

    assert held is not None
    assert (held.area, held.unanswerable_refused) == (1.0, 1.0)
    assert held.answerable_refused < 0.1


def test_halves_of_kinds_that_are_alike_are_not() -> None:
    held = held_out(known(200, 200, apart=0.0), BASE, refused=0.1)

    assert held is not None
    assert held.area == pytest.approx(0.5, abs=0.08)
    assert held.answerable_refused == pytest.approx(0.1, abs=0.05)
    assert held.unanswerable_refused < 0.25


@pytest.mark.parametrize(("answerable", "others"), [(20, 40), (39, 40), (40, 1), (80, 0)])
def test_of_halves_that_are_too_small_nothing_is_expected(answerable: int, others: int) -> None:
    assert held_out(known(answerable, others), BASE, refused=0.05) is None


@pytest.mark.parametrize("seed", range(5))
def test_each_half_has_enough_of_both_kinds(seed: int) -> None:
    assert held_out(known(2 * LEAST_ANSWERABLE, 2), BASE, refused=0.05, seed=seed) is not None


def test_a_set_is_asked_for_every_signal_and_refused_nothing() -> None:
    base = Calibration("m", -1.0, {"read": 2.0}, 0.7, 0.05, 9, "other")
    asking = all_signals(base)

    assert list(asking.weights) == list(asdict(Signals())) == list(NAMES)
    assert {name: weight for name, weight in asking.weights.items() if weight} == {"read": 2.0}
    assert asking.confidence(Signals(passage=-1e6, belief=-1e6)) >= asking.threshold
