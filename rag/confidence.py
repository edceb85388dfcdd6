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
        belief: Log-odds that the language model begins to answer instead of finding nothing.
        approval: Log-odds that it does not take back what it wrote when asked whether the sentences say it.
        agreed: 1 if what it wrote and the reader's best words have a word in common, else 0.
        written: How far its wording was found supported, from 0 to 1.
    """

    passage: float = 0.0
    read: float = 0.0
    named: float = 0.0
    met: float = 0.0
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

    def to_json(self) -> str:
        """As it is kept with an archive."""
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str) -> Calibration:
        """The calibration that `to_json` wrote.

        Raises:
            ValueError: It is no calibration, or knows signals that this onrecord does not.
        """
        record = json.loads(text)
        known = {field.name for field in fields(cls)}
        if not isinstance(record, dict) or set(record) != known:
            raise ValueError("it has not the fields of a calibration")
        if strangers := set(record["weights"]) - {field.name for field in fields(Signals)}:
            raise ValueError(f"it weighs unknown signals: {', '.join(sorted(strangers))}")
        return cls(**record)


def calibration_for(model: str, kept: str | None) -> Calibration:
    """The calibration to go by.

    Args:
        model: The id of the language model, "" for none.
        kept: What is kept with the archive, as `to_json` wrote it; None: nothing.

    Returns:
        The one kept with the archive if it is of this model; else the one that ships for it; else the one that goes by
        no model's own signals.

    Raises:
        StaleCalibration: What is kept cannot be read.
    """
    try:
        own = None if kept is None else Calibration.from_json(kept)
    except ValueError as error:
        raise StaleCalibration(
            f"the calibration kept with this archive cannot be used: {error}. "
            "Let it go: onrecord calibrate --forget; then fit it again: onrecord calibrate SET.jsonl"
        ) from error
    if own is not None and own.model == model:
        return own
    every = shipped()
    return every.get(model, every[""])


@cache
def shipped() -> Mapping[str, Calibration]:
    """The calibrations that come with the program: language model, or "" → calibration."""
    records = json.loads(files("rag").joinpath(SHIPPED).read_text("utf-8"))
    return {record["model"]: Calibration.from_json(json.dumps(record)) for record in records}
