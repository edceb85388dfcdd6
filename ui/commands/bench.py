"""A model's name in, how fast it reads and writes beside what this machine could do out. Needs no archive."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from index.errors import UsageError
from ui.commands.opening import ANSWERED
from ui.render import Terminal

if TYPE_CHECKING:
    from eval.speed import Pace
    from rag.generate import TransformersGenerator
    from rag.writing.limits import Limits


def bench_answer(name: str | None, *, as_json: bool) -> int:
    """Measure one model for half a minute. Returns the exit code."""
    from eval.speed import measure_pace
    from rag.generate import TransformersGenerator
    from rag.pipeline import open_generator
    from rag.writing.limits import measure_limits

    generator = open_generator(name)
    if generator is None:
        raise UsageError("Without a language model nothing is written: name one with --model.")
    terminal = Terminal()
    with terminal.status("Measuring …"):
        model = generator if isinstance(generator, TransformersGenerator) else None
        if model:
            model.load()
        limits = measure_limits() if model else None
        pace = measure_pace(generator, model)
    allowed = _allowed(model, limits) if model and limits else None
    if as_json:
        machine = {"limits": asdict(limits), "allowed": allowed} if limits else {}
        terminal.record({"model": generator.id, **asdict(pace), **machine})
    else:
        terminal.note(generator.id)
        terminal.table(("", "measured", "machine allows", "share"), _rows(pace, allowed))
        if limits:
            terminal.note(f"product {limits.gigaflops:,.0f} GFLOP/s, memory {limits.gigabytes:,.1f} GB/s")
    return ANSWERED


def _allowed(model: TransformersGenerator, limits: Limits) -> dict[str, float]:
    """A prompt's token is multiplied with every number of the layers, a step reads every byte of the weights."""
    return {
        "prompt_tokens_per_second": limits.gigaflops * 1e9 / (2 * model.layer_parameters),
        "steps_per_second": limits.gigabytes * 1e9 / model.step_bytes,
    }


def _rows(pace: Pace, allowed: dict[str, float] | None) -> list[tuple[str, str, str, str]]:
    figures = asdict(pace)
    rows = []
    for name, value in figures.items():
        if value is None:
            continue
        limit = (allowed or {}).get(name)
        beside = (f"{limit:,.1f}", f"{value / limit:.2f}") if limit else ("", "")
        rows.append((name.replace("_", " "), f"{value:,.2f}", *beside))
    return rows
