"""This machine in, how fast it multiplies and reads memory out: what no program on it can be faster than.

Measured, because what is written about a processor says little about the share of it that one was given.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

from index.processor import weights_dtype

SIDE = 2048
"""Of the matrices multiplied: the size of a model's own."""

ARRAY_BYTES = 1 << 30
"""More than any cache holds."""

RUNS = 7


@dataclass(frozen=True, slots=True)
class Limits:
    """Medians of RUNS, all cores at work.

    Attributes:
        gigaflops: Of a matrix product in the number format that models run in here, 10⁹ per second.
        gigabytes: Read from memory, 10⁹ bytes per second.
    """

    gigaflops: float
    gigabytes: float


def measure_limits() -> Limits:
    """Multiply and read for about a second."""
    numbers = torch.Generator().manual_seed(0)
    left, right = (torch.randn(SIDE, SIDE, generator=numbers).to(weights_dtype()) for _ in range(2))
    array = torch.ones(ARRAY_BYTES // 4)
    with torch.inference_mode():
        product = _median_seconds(lambda: torch.mm(left, right))
        reading = _median_seconds(array.sum)
    return Limits(2 * SIDE**3 / product / 1e9, ARRAY_BYTES / reading / 1e9)


def _median_seconds(work: Callable[[], object]) -> float:
    work()  # the first run is for finding memory and a kernel
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)
