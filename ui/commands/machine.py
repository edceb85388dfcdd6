"""This machine's models and state in, lists and findings out: models and doctor."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelDamaged, ModelMissing, ModelUnknown, UsageError
from ui.commands.opening import ANSWERED, FAILED
from ui.render import Terminal

if TYPE_CHECKING:
    from index.models import ModelSpec

SIGNS = {"good": "✓", "note": "·", "wrong": "✗"}


def list_models() -> int:
    """Print the table of models. Returns the exit code."""
    from index.models import models

    header = ("name", "kind", "for", "licence", "MB", "here", "")
    rows = [
        (
            " / ".join((spec.name, *spec.aliases)),
            spec.kind,
            spec.purpose,
            spec.licence,
            f"{spec.megabytes:,}",
            _here(spec),
            "default" if spec.is_default else "",
        )
        for spec in models()
    ]
    Terminal().table(header, rows)
    return ANSWERED


def pull(names: Sequence[str], *, everything: bool) -> int:
    """Fetch models by name, all of the table, or the three defaults. Returns the exit code."""
    from index.models import DEFAULTS, models

    if names and everything:
        raise UsageError("--all is every model in the list: leave out the names, or --all")
    # Read when the hub's library is first imported, which only pulling does.
    os.environ["HF_HUB_OFFLINE"] = "0"
    terminal = Terminal()
    megabytes = {name: spec.megabytes for spec in models() for name in (spec.name, *spec.aliases)}
    chosen = [spec.name for spec in models()] if everything else list(names or DEFAULTS.values())
    for name in chosen:
        terminal.note(f"{name}: {megabytes[name]:,} MB" if name in megabytes else name)
        terminal.line(f"{name} is in {_pull(name, terminal)}")
    return ANSWERED


def path(name: str) -> int:
    """Print where a model lies, and nothing else. Returns the exit code."""
    from index.models import DEFAULTS, locate, models

    kinds = [spec.kind for spec in models() if name in (spec.name, *spec.aliases)] or list(DEFAULTS)
    for kind in kinds:
        try:
            folder = locate(name, kind)
        except ModelUnknown:
            if kind == kinds[-1]:
                raise
        else:
            Terminal().line(str(folder))
            break
    return ANSWERED


def doctor(archive: Path, encoder: str | None) -> int:
    """Print what was found, each with what mends it. Returns the exit code: 1 where something is wrong."""
    from ui.doctor import examine

    terminal = Terminal()
    wrong = False
    for finding in examine(archive, encoder):
        wrong = wrong or finding.state == "wrong"
        terminal.line(f"{SIGNS[finding.state]} {finding.topic}: {finding.text}")
        if finding.remedy:
            terminal.line(finding.remedy, indent=4)
    return FAILED if wrong else ANSWERED


def _pull(name: str, terminal: Terminal) -> Path:
    from index.models import PullProgress, pull

    with terminal.progress(name, None, unit="MB") as meter:

        def move(step: PullProgress) -> None:
            meter.move(step.done_bytes / 1e6, total=step.total_bytes / 1e6, what=f"{name}, {step.what}")

        return pull(name, move)


def _here(spec: ModelSpec) -> str:
    from index.models import locate

    try:
        locate(spec.name, spec.kind)
    except ModelMissing:
        return "no"
    except ModelDamaged:
        return "damaged"
    return "yes"
