"""What a view is kept to in, its HTML out: a chip for each condition, with a button that removes it.

`data-kind` and `data-value` say what a button removes: `ui.looking.view.without`. Knows nothing about Gradio.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from ui.markup.text import text

if TYPE_CHECKING:
    from ui.looking.view import Chip


def chips(chosen: Sequence[Chip], faults: Sequence[str] = ()) -> str:
    """The conditions, each to be removed, and what of an address was not understood; "" where there is neither."""
    buttons = "".join(f"<li>{_chip(each)}</li>" for each in chosen)
    if len(chosen) > 1:
        buttons += '<li><button type="button" class="all" data-kind="all">Show everything</button></li>'
    shown = f'<ul class="chips" aria-label="Only articles that are">{buttons}</ul>' if chosen else ""
    told = "".join(f"<p>{text(each)}</p>" for each in faults)
    return shown + (f'<div class="faults" role="status">{told}</div>' if told else "")


def _chip(chip: Chip) -> str:
    label = text(chip.label)
    return (
        f'<button type="button" class="chip" data-kind="{chip.kind}" data-value="{escape(chip.value)}" '
        f'aria-label="Remove: {label}"><bdi>{label}</bdi><span aria-hidden="true">×</span></button>'
    )
