"""A question set in, results and a report in a folder out, with the main figures on the terminal."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.commands.opening import ANSWERED, Choice, open_pipeline
from ui.render import Terminal
from ui.words import counted, one_line

if TYPE_CHECKING:
    from eval.types import Outcome, Question, RunFacts, Scores
    from rag.pipeline import Pipeline


def evaluate(question_set: Path, choice: Choice, out: Path, *, retrieval_only: bool) -> int:
    """Ask every question of a set, write results and report into `out`. Returns the exit code."""
    from eval.load import load_set
    from eval.measure import measure
    from eval.report import write_report

    terminal = Terminal()
    asked = load_set(question_set)
    if asked.skipped:
        why = "; ".join(dict.fromkeys(one_line(each.why) for each in asked.skipped))
        terminal.note(f"{counted(len(asked.skipped), 'line')} not asked: {why}")
    started = datetime.now(UTC)
    with open_pipeline(replace(choice, model="none") if retrieval_only else choice) as pipeline:
        facts = _facts(pipeline, question_set, started, retrieval_only=retrieval_only)
        if not retrieval_only:
            pipeline.warm_up()
        outcomes = _run(pipeline, asked.questions, out / "results.jsonl", terminal, retrieval_only=retrieval_only)
        scores = measure(outcomes, pipeline.archive)
    for written in write_report(out, scores, facts):
        terminal.note(str(written))
    _show(scores, terminal)
    return ANSWERED


def _run(
    pipeline: Pipeline, questions: Sequence[Question], results: Path, terminal: Terminal, *, retrieval_only: bool
) -> tuple[Outcome, ...]:
    from eval.run import run, write_results

    with terminal.progress("Asking", len(questions), unit="questions") as meter:
        outcomes = run(
            pipeline,
            questions,
            retrieval_only=retrieval_only,
            on_progress=lambda progress: meter.move(progress.done),
        )
        return write_results(results, outcomes)


def _show(scores: Scores, terminal: Terminal) -> None:
    groups = (scores.overall, *scores.kinds)
    header = ("", *(f"{group.name} ({group.question_count})" for group in groups))
    rows = [
        (name, *("–" if (figure := group.figures[name]).value is None else f"{figure.value:.2f}" for group in groups))
        for name in scores.overall.figures
    ]
    terminal.table(header, rows)
    for stage, spread in scores.overall.seconds.items():
        terminal.note(f"{stage}: {spread.p50:.2f} s at the median, {spread.p95:.2f} s at p95")


def _facts(pipeline: Pipeline, question_set: Path, started: datetime, *, retrieval_only: bool) -> RunFacts:
    from eval.machine import this_machine
    from eval.types import RunFacts

    stats = pipeline.archive.stats()
    return RunFacts(
        question_set=question_set.name,
        articles=stats.articles,
        passages=stats.passages,
        generation=stats.generation,
        encoder=stats.encoder,
        reranker=pipeline.reranker.id,
        model=pipeline.generator.id if pipeline.generator else "none",
        settings={
            "retrieval_only": retrieval_only,
            **asdict(pipeline.settings),
            "without": ", ".join(sorted(pipeline.settings.without)),
        },
        machine=this_machine(),
        commit=_commit(),
        started=started,
    )


def _commit() -> str | None:
    """The checkout's commit; None where the program was installed, or there is no git."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
