"""What is known of an answer in, how likely the archive holds it out, and whether that is enough to give it.

A weighted sum of a few signals through a logistic curve: each can be shown with what it adds, and few questions are
enough to fit it. How it is fitted is rag/calibrate.py's; the weights that ship were fitted on development sets.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from index.errors import StaleCalibration

SHIPPED = "calibration.json"

CALIBRATION = "calibration"
"""The name of the note that an archive keeps it under."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells an answer from a guess: the higher, the likelier it is one. 0 where a signal is not to be had.

    Attributes:
        passage: How well the best passage reads as an answer: a cross-encoder logit, without preferences.
        read: How much likelier the reader finds its best words an answer than that their passage holds none.
        named: Minus how many names of the question stand, not even in part, in none of the cited articles.
        met: Minus how many wishes (time, outlet, phrase) none of the first passages has.
        swapped: Minus how much likelier the cited words are an answer about another name, as the reader finds.
        belief: Log-odds that the language model begins to answer instead of finding nothing.
        approval: Log-odds that it does not take back what it wrote when asked whether the sentences say it.
        agreed: 1 if what it wrote and the reader's best words have a word in common, else 0.
        written: How far its wording was found supported, from 0 to 1.
    """

    passage: float = 0.0
    read: float = 0.0
    named: float = 0.0
    met: float = 0.0
    swapped: float = 0.0
    belief: float = 0.0
    approval: float = 0.0
    agreed: float = 0.0
    written: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """How signals become a probability, and how much of it is enough.

    Attributes:
        model: The language model whose signals were seen, "" for none: the signals of another one mean something else.
        bias: Log-odds where all signals are 0.
        weights: Signal → log-odds for each unit of it.
        threshold: The least probability at which an answer is given.
        refused: The share of answerable questions that is refused at that threshold, at most, as far as was seen.
        questions: How many questions it was fitted on.
        fitted_on: What these were.
    """

    model: str
    bias: float
    weights: Mapping[str, float]
    threshold: float
    refused: float
    questions: int
    fitted_on: str

    def confidence(self, signals: Signals) -> float:
        """How likely the archive answers the question: from 0 to 1."""
        log_odds = self.bias + sum(self.parts(signals).values())
        return 1 / (1 + math.exp(-max(-500.0, min(500.0, log_odds))))

    def parts(self, signals: Signals) -> dict[str, float]:
        """What each signal adds to the log-odds, in the order of Signals."""
        return {name: self.weights.get(name, 0.0) * value for name, value in asdict(signals).items()}


def read_calibrations(text: str) -> dict[str, Calibration]:
    """What `write_calibrations` wrote: language model, or "" → calibration. A single one may stand by itself.

    Raises:
        StaleCalibration: It cannot be read, or knows signals that this onrecord does not.
    """
    try:
        content = json.loads(text)
        found = [_calibration(record) for record in (content if isinstance(content, list) else [content])]
    except ValueError as error:
        raise StaleCalibration(
            f"the calibration kept with this archive cannot be used: {error}. "
            "Let it go: onrecord calibrate --forget; then fit it again: onrecord calibrate SET.jsonl"
        ) from error
    return {calibration.model: calibration for calibration in found}


def write_calibrations(kept: Mapping[str, Calibration]) -> str | None:
    """As they are kept with an archive; None for none."""
    return json.dumps([asdict(kept[model]) for model in sorted(kept)], indent=1) if kept else None


def _calibration(record: Any) -> Calibration:
    match record:
        case {
            "model": str(),
            "bias": bias,
            "weights": dict(weights),
            "threshold": threshold,
            "refused": refused,
            "questions": int(),
            "fitted_on": str(),
        } if set(record) == {field.name for field in fields(Calibration)}:
            if strangers := set(weights) - {field.name for field in fields(Signals)}:
                raise ValueError(f"it weighs unknown signals: {', '.join(sorted(strangers))}")
            if wrong := [each for each in (bias, threshold, refused, *weights.values()) if not _is_number(each)]:
                raise ValueError(f"{wrong[0]!r} stands where a number should")
            return Calibration(**record)
    raise ValueError("it has not the fields of a calibration")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf  # neither NaN


def calibration_for(model: str, kept: str | None) -> Calibration:
    """The calibration to go by.

    Args:
        model: The id of the language model, "" for none.
        kept: What is kept with the archive, as `write_calibrations` wrote it; None: nothing.

    Returns:
        The one kept with the archive for this model; else the one that ships for it; else the one that goes by no
        model's own signals.

    Raises:
        StaleCalibration: What is kept cannot be read.
    """
    own = read_calibrations(kept) if kept is not None else {}
    every = shipped()
    return own.get(model) or every.get(model, every[""])


@cache
def shipped() -> dict[str, Calibration]:
    """The calibrations that come with the program: language model, or "" → calibration."""
    return read_calibrations(files("rag").joinpath(SHIPPED).read_text("utf-8"))
