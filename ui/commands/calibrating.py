"""A question set in, how sure an answer must be on this archive out: kept with the archive, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import StaleCalibration, UsageError
from ui.commands.opening import ANSWERED, Choice, open_archive, open_pipeline
from ui.commands.scoring import read_set
from ui.render import Terminal
from ui.words import counted

if TYPE_CHECKING:
    from eval.types import Question
    from rag.calibrate import Known
    from rag.confidence import Calibration
    from rag.pipeline import Pipeline


def calibrate(question_set: Path | None, choice: Choice, *, refused: float, forget: bool) -> int:
    """Fit when to refuse to a question set, or go back to what ships. Returns the exit code."""
    if forget == (question_set is not None):
        raise UsageError("name a question set to calibrate with, or --forget, and not both")
    terminal = Terminal()
    if question_set is None:
        _forget(choice, terminal)
    else:
        _fit(question_set, choice, refused, terminal)
    return ANSWERED


def _forget(choice: Choice, terminal: Terminal) -> None:
    """Let go of the model's own calibration; of all where they cannot be read."""
    from rag.confidence import CALIBRATION, read_calibrations, write_calibrations
    from rag.pipeline import open_generator

    with open_archive(choice.archive, choice.encoder) as archive:
        try:
            kept = read_calibrations(archive.note(CALIBRATION) or "[]")
        except StaleCalibration:
            kept = {}
        if kept:
            generator = open_generator(choice.model)
            kept.pop(generator.id if generator else "", None)
        archive.keep_note(CALIBRATION, write_calibrations(kept))
    others = f"; kept for another: {', '.join(model or 'none' for model in kept)}" if kept else ""
    terminal.line(f"Answers are judged as they come with onrecord again{others}.")


def _fit(question_set: Path, choice: Choice, refused: float, terminal: Terminal) -> None:
    from rag.calibrate import LEAST_ANSWERABLE, fit, held_out
    from rag.confidence import CALIBRATION, calibration_for, read_calibrations, write_calibrations

    questions = read_set(question_set, terminal)
    answerable = sum(question.answerable for question in questions)
    if answerable < LEAST_ANSWERABLE:
        raise UsageError(
            f"{question_set} is too small to calibrate with: {counted(answerable, 'answerable question')}, "
            f"but at least {LEAST_ANSWERABLE} are needed."
        )
    with open_pipeline(choice) as pipeline:
        model = pipeline.generator.id if pipeline.generator else ""
        known = _asked(pipeline, questions, terminal)
        base = replace(calibration_for(model, None), model=model)
        calibration = fit(known, base, refused=refused, fitted_on=question_set.name)
        held = held_out(known, base, refused=refused)
        kept = read_calibrations(pipeline.archive.note(CALIBRATION) or "[]")
        pipeline.archive.keep_note(CALIBRATION, write_calibrations(kept | {model: calibration}))
    _tell(calibration, terminal)
    if held is not None:
        terminal.line(
            f"On halves it was not fitted on: {held.answerable_refused:.1%} of the answerable refused, "
            f"{held.unanswerable_refused:.1%} of the others (area under the curve {held.area:.3f})."
        )


def _asked(pipeline: Pipeline, questions: Sequence[Question], terminal: Terminal) -> list[Known]:
    """What is known of the answer to each question."""
    from rag.calibrate import Known, all_signals
    from rag.confidence import Signals

    asking = pipeline.judging_by(all_signals(pipeline.calibration))
    asking.warm_up()
    known: list[Known] = []
    with terminal.progress("Asking", len(questions), unit="questions") as meter:
        for question in questions:
            answer = asking.answer(question.text, as_of=question.as_of, history=question.history)
            known.append(Known(Signals(**answer.signals), question.answerable))
            meter.move(len(known))
    return known


def _tell(calibration: Calibration, terminal: Terminal) -> None:
    weights = ", ".join(f"{name} {weight:.2f}" for name, weight in calibration.weights.items())
    terminal.line(
        f"Kept with the archive: answers are given from a confidence of {calibration.threshold:.2f} on, which refuses "
        f"at most {calibration.refused:.1%} of the answerable of {counted(calibration.questions, 'question')}."
    )
    terminal.note(f"What counts: {weights or 'nothing that was seen tells the two kinds apart'}")
