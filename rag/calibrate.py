"""Signals of answered questions in, a Calibration out. Asks nothing itself.

Logistic regression whose weights may not be negative: every signal is made so that more of it speaks for an answer, and
a few dozen questions must not teach the opposite by chance. Both kinds of question weigh the same, however many there
are of each. The threshold is then put where no more than the stated share of the answerable questions lies below it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from rag.confidence import Calibration, Signals

NAMES = tuple(field.name for field in fields(Signals))

LEAST_OF_EACH = 10
"""Questions of each kind without which weights are not fitted anew: only the threshold is."""

LEAST_ANSWERABLE = 20
"""Answerable questions without which nothing can be said of one in twenty."""

SHRINKAGE = 0.02
"""What a weight costs, per question, in squared standard deviations: else few questions give large weights."""

HALVINGS = 10
"""How often the questions are halved at random to see how a calibration does on questions it was not fitted on."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Known:
    """One question: what is known of its answer, and whether the archive holds one."""

    signals: Signals
    answerable: bool


@dataclass(frozen=True, slots=True)
class Held:
    """How a calibration does on questions it was not fitted on: shares refused, and the area under the ROC curve."""

    answerable_refused: float
    unanswerable_refused: float
    area: float


def all_signals(base: Calibration) -> Calibration:
    """What to ask a question set with: every signal is taken, and nothing is refused.

    Of the parts of a question the surest is told, as it would have decided.
    """
    return replace(base, weights=dict.fromkeys(NAMES, 0.0) | dict(base.weights), threshold=0.0)


def fit(known: Sequence[Known], base: Calibration, *, refused: float, fitted_on: str) -> Calibration:
    """Fit a calibration.

    Args:
        known: Questions of both kinds.
        base: Whose weights stand where there are too few questions for new ones, and whose model it is for.
        refused: The share of answerable questions that may be refused.
        fitted_on: What the questions are.

    Raises:
        ValueError: There are fewer than LEAST_ANSWERABLE answerable questions.
    """
    answerable = sum(each.answerable for each in known)
    if answerable < LEAST_ANSWERABLE:
        raise ValueError(f"{answerable} answerable questions, but at least {LEAST_ANSWERABLE} are needed")
    weighed = replace(base, questions=len(known), fitted_on=fitted_on)
    if min(answerable, len(known) - answerable) >= LEAST_OF_EACH:
        bias, weights = _regress(known)
        weighed = replace(weighed, bias=bias, weights=weights)
    return _with_threshold(weighed, known, refused)


def held_out(known: Sequence[Known], base: Calibration, *, refused: float, seed: int = 0) -> Held | None:
    """What to expect on other questions: fitted on one half, looked at on the other, and the reverse.

    Each half has as many of both kinds; None where half of the questions are too few to fit anything to.
    """
    kinds = [[each for each in known if each.answerable is kind] for kind in (True, False)]
    if len(kinds[0]) < 2 * LEAST_ANSWERABLE or len(kinds[1]) < 2:
        return None
    random = np.random.default_rng(seed)
    seen: list[tuple[float, float, float]] = []
    for _ in range(HALVINGS):
        mixed = [[kind[i] for i in random.permutation(len(kind))] for kind in kinds]
        halves = [[each for kind in mixed for each in kind[start::2]] for start in (0, 1)]
        for fitted, other in (halves, halves[::-1]):
            seen.append(_rates(fit(fitted, base, refused=refused, fitted_on=""), other))
    return Held(*(float(mean) for mean in np.array(seen).mean(axis=0)))


def area(higher: npt.ArrayLike, lower: npt.ArrayLike) -> float:
    """The area under the ROC curve: in what share of pairs the first is greater, a tie counting half; 0 without any."""
    first, second = np.asarray(higher), np.sort(lower)
    wins = np.searchsorted(second, first, "left").sum() + np.searchsorted(second, first, "right").sum()
    return float(wins) / 2 / max(1, first.size * second.size)


def _with_threshold(calibration: Calibration, known: Sequence[Known], refused: float) -> Calibration:
    """The threshold between the last answerable question that may be refused and the first that may not."""
    ordered = sorted(calibration.confidence(each.signals) for each in known if each.answerable)
    below = math.floor(refused * len(ordered))
    threshold = (ordered[max(below - 1, 0)] + ordered[below]) / 2 if below else ordered[0]
    share = sum(confidence < threshold for confidence in ordered) / len(ordered)
    return replace(calibration, threshold=threshold, refused=max(share, refused))


def _regress(known: Sequence[Known]) -> tuple[float, dict[str, float]]:
    """Bias and weights, not negative, of standardised signals brought back to the signals' own units."""
    values = np.array([list(asdict(each.signals).values()) for each in known])
    wanted = np.array([each.answerable for each in known])
    varies = np.ptp(values, axis=0) > 0  # of equal numbers that have no end in binary, the deviation is not quite 0
    middle, spread = values.mean(axis=0), np.where(varies, values.std(axis=0), 0.0)
    scaled = (values - middle) / np.where(spread > 0, spread, 1.0)
    sign = np.where(wanted, 1.0, -1.0)
    share = np.where(wanted, 0.5 / wanted.sum(), 0.5 / (~wanted).sum())

    def cost(at: Numbers) -> float:
        log_odds = at[0] + scaled @ at[1:]
        return float((share * np.logaddexp(0.0, -sign * log_odds)).sum() + SHRINKAGE * (at[1:] ** 2).sum())

    bounds = [(None, None)] + [(0.0, None if width > 0 else 0.0) for width in spread]
    found = cast(Numbers, minimize(cost, np.zeros(len(bounds)), bounds=bounds, method="L-BFGS-B").x)
    weights = found[1:] / np.where(spread > 0, spread, 1.0)
    bias = float(found[0] - weights @ middle)
    return bias, {name: float(weight) for name, weight in zip(NAMES, weights, strict=True) if weight > 0}


def _rates(calibration: Calibration, known: Sequence[Known]) -> tuple[float, float, float]:
    sure = [(calibration.confidence(each.signals), each.answerable) for each in known]
    yes = np.array([confidence for confidence, answerable in sure if answerable])
    no = np.array([confidence for confidence, answerable in sure if not answerable])
    return float((yes < calibration.threshold).mean()), float((no < calibration.threshold).mean()), area(yes, no)
