"""Held-out SQuAD files in, a reader's figures out. Run: python -m rag.reader.check --help."""

from __future__ import annotations

import argparse
import logging
import re
import string
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.calibrate import area
from rag.reader.read import ADAPTER, SpanReader
from rag.reader.squad import Example, load_squad
from rag.reader.types import Reader

log = logging.getLogger("rag.reader.check")


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 1. `exact` and `f1` are SQuAD's, of answerable questions; the others are about refusing."""

    questions: int
    answerable: int
    exact: float
    f1: float
    auc: float  # how often an answerable question has a greater margin than one that is not
    right: float  # answered or refused rightly, at the threshold that is best here
    threshold: float


def check(reader: Reader, examples: Sequence[Example]) -> Figures:
    """Read every question with its passage, without a title."""
    margins: dict[bool, list[float]] = {True: [], False: []}
    exact = f1 = 0.0
    for example in examples:
        (readings,) = reader.read(example.question, [("", example.text)])
        best = readings[0]
        margins[example.answerable].append(best.margin)
        said = example.text[best.start : best.end]
        exact += any(_words(said) == _words(right) for right in example.accepted)
        f1 += max((overlap(said, right) for right in example.accepted), default=0.0)
    answerable = sorted(margins[True])
    others = sorted(margins[False])
    right, threshold = _best_threshold(answerable, others)
    count = max(1, len(answerable))
    return Figures(
        len(examples), len(answerable), exact / count, f1 / count, area(answerable, others), right, threshold
    )


def overlap(said: str, right: str) -> float:
    """F1 of words, as SQuAD counts it: without case, punctuation and articles."""
    mine, theirs = _words(said), _words(right)
    common = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * common / (len(mine) + len(theirs)) if common else 0.0


def _words(text: str) -> list[str]:
    plain = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(?:a|an|the)\b", " ", plain).split()


def _best_threshold(answerable: Sequence[float], others: Sequence[float]) -> tuple[float, float]:
    both = sorted([*answerable, *others])
    right = [len(answerable) - bisect_left(answerable, t) + bisect_left(others, t) for t in both]
    return max(((n / len(both), t) for n, t in zip(right, both, strict=True)), default=(0.0, 0.0))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m rag.reader.check", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the ranking model (model.onnx)")
    parser.add_argument("--adapter", type=Path, default=ADAPTER)
    parser.add_argument("--squad", type=Path, nargs="+", required=True, help="files in the format of SQuAD 2")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log.info("%s", check(SpanReader(asked.base, asked.adapter), load_squad(asked.squad)))


if __name__ == "__main__":
    main()
