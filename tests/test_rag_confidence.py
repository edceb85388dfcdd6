"""How likely an answer is right: that it is a law in each signal, that it is kept whole, and which one is gone by."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StaleCalibration
from index.models import DEFAULTS, models
from rag.confidence import (
    Calibration,
    Signals,
    calibration_for,
    read_calibrations,
    shipped,
    write_calibrations,
)

NAMES = [field.name for field in fields(Signals)]
NUMBERS = st.floats(-50, 50)
SIGNALS = st.builds(Signals, **dict.fromkeys(NAMES, NUMBERS))
CALIBRATIONS = st.builds(
    Calibration,
    model=st.text(),
    bias=NUMBERS,
    weights=st.dictionaries(st.sampled_from(NAMES), st.floats(0, 20)),
    threshold=st.floats(0, 1),
    refused=st.floats(0, 0.5),
    questions=st.integers(0, 10**6),
    fitted_on=st.text(),
)
PLAIN = Calibration("model@1", -1.0, {"passage": 0.5, "belief": 2.0}, 0.4, 0.05, 60, "set.jsonl")


def test_log_odds_become_a_probability() -> None:
    assert PLAIN.confidence(Signals(passage=2.0)) == 0.5
    assert PLAIN.confidence(Signals(passage=2.0, belief=1.0)) == pytest.approx(0.880797, abs=1e-6)
    assert (
        PLAIN.confidence(Signals(read=9.0, agreed=1.0))
        == PLAIN.confidence(Signals())
        == pytest.approx(0.268941, abs=1e-6)
    )


def test_what_each_signal_adds_is_told_in_their_order() -> None:
    parts = PLAIN.parts(Signals(belief=1.5, passage=-3.0, written=1.0))

    assert list(parts) == NAMES
    assert {name: part for name, part in parts.items() if part} == {"passage": -1.5, "belief": 3.0}


@given(CALIBRATIONS, SIGNALS)
def test_it_is_a_probability_and_the_sum_of_its_parts(calibration: Calibration, signals: Signals) -> None:
    confidence = calibration.confidence(signals)

    log_odds = calibration.bias + sum(calibration.parts(signals).values())

    assert 0 <= confidence <= 1
    assert (confidence > 0.5) == (log_odds > 0) or abs(log_odds) < 1e-12


@given(CALIBRATIONS, SIGNALS, st.sampled_from(NAMES), st.floats(0, 50))
def test_more_of_a_signal_never_speaks_against_an_answer(
    calibration: Calibration, signals: Signals, name: str, more: float
) -> None:
    stronger = Signals(**{**asdict(signals), name: asdict(signals)[name] + more})

    assert calibration.confidence(stronger) >= calibration.confidence(signals) - 1e-12  # the sum is rounded


@pytest.mark.parametrize("extreme", [1e300, -1e300])
def test_no_signal_is_too_large(extreme: float) -> None:
    assert PLAIN.confidence(Signals(passage=extreme)) == pytest.approx(1.0 if extreme > 0 else 0.0, abs=1e-200)


@given(CALIBRATIONS)
def test_it_comes_back_as_it_was_kept(calibration: Calibration) -> None:
    others = {PLAIN.model: PLAIN, "": replace(PLAIN, model="")}
    every = others | {calibration.model: calibration}

    assert read_calibrations(write_calibrations(every) or "") == every
    assert read_calibrations(json.dumps(asdict(calibration))) == {calibration.model: calibration}


def test_none_is_kept_as_nothing() -> None:
    assert write_calibrations({}) is None
    assert read_calibrations("[]") == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Expecting value"),
        ("7", "it has not the fields of a calibration"),
        ("{}", "it has not the fields of a calibration"),
        (json.dumps({**asdict(PLAIN), "colour": 1}), "it has not the fields of a calibration"),
        (
            json.dumps(asdict(PLAIN) | {"weights": {"tone": 1.0, "mood": 1.0, "read": 1.0}}),
            "it weighs unknown signals: mood, tone",
        ),
        (json.dumps(asdict(PLAIN) | {"weights": ["read"]}), "it has not the fields of a calibration"),
        (json.dumps(asdict(PLAIN) | {"weights": {"read": None}}), "None stands where a number should"),
        (json.dumps(asdict(PLAIN) | {"threshold": "0.4"}), "'0.4' stands where a number should"),
        (json.dumps(asdict(PLAIN) | {"threshold": float("nan")}), "nan stands where a number should"),
        (json.dumps(asdict(PLAIN) | {"bias": True}), "True stands where a number should"),
        (json.dumps(asdict(PLAIN) | {"model": None}), "it has not the fields of a calibration"),
        (json.dumps([asdict(PLAIN), 7]), "it has not the fields of a calibration"),
    ],
)
def test_what_is_no_calibration_is_not_taken_for_one(text: str, why: str) -> None:
    with pytest.raises(StaleCalibration, match=f"cannot be used: .*{why}.*calibrate --forget; then .* SET.jsonl"):
        calibration_for("model@1", text)


# Which one is gone by


def test_the_one_kept_with_the_archive_goes_first_if_it_is_of_this_model() -> None:
    own = replace(PLAIN, model="")
    one, both = write_calibrations({"model@1": PLAIN}), write_calibrations({"model@1": PLAIN, "": own})

    assert calibration_for("model@1", one) == calibration_for("model@1", both) == PLAIN
    assert calibration_for("", both) == own
    assert calibration_for("other@2", both) == shipped()[""]
    assert calibration_for("", one) == shipped()[""]


def test_without_one_kept_the_one_that_ships_for_the_model_else_for_none() -> None:
    for model, calibration in shipped().items():
        assert calibration_for(model, None) == calibration
    assert calibration_for("other@2", None) == shipped()[""]


def default_generator() -> str:
    """As a generator names itself: the model and the beginning of its weights' hash."""
    (spec,) = (spec for spec in models() if spec.name == DEFAULTS["generator"])
    return f"{spec.name}@{spec.weights_sha256[:12]}"


def test_what_ships_knows_the_default_model_and_none() -> None:
    assert {default_generator(), ""} <= set(shipped())
    for model, calibration in shipped().items():
        assert calibration.model == model
        assert set(calibration.weights) <= set(NAMES)
        assert all(weight > 0 for weight in calibration.weights.values())
        assert 0 < calibration.threshold < 1 and 0 < calibration.refused <= 0.5
        assert calibration.questions > 0 and calibration.fitted_on


def test_where_no_model_speaks_none_of_a_models_signals_counts() -> None:
    assert not {"belief", "approval"} & set(shipped()[""].weights)
