"""What is chosen of an archive in, its HTML out: the conditions as chips, and the field for the day of asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from ui.markup.chips import chips

if TYPE_CHECKING:
    from ui.looking.view import Chip


def kept(chosen: Sequence[Chip], faults: Sequence[str] = (), query: str = "") -> str:
    """The conditions as chips; `data-query` is what they are in an address (page/js/room.js)."""
    return f'<div class="kept" data-query="{escape(query)}">{chips(chosen, faults)}</div>'


def as_of_field(chosen: date | None) -> str:
    """The field for the day that is asked on."""
    value = chosen.isoformat() if chosen else ""
    return (
        '<label class="as-of" title="What was published later is not seen">As of '
        f'<input type="date" name="as_of" value="{value}" max="9999-12-31"></label>'
    )
