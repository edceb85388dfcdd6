"""A story in, its timeline out, as HTML: an ordered list by time, each entry a button that opens its source.

The list is all there is; timeline.css puts it on a line where there is room, with what is published above the line and
what is spoken of below it. Knows nothing about Gradio.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import count, pairwise
from math import log1p
from typing import TYPE_CHECKING

from ui.markup.text import at, text
from ui.words import days

if TYPE_CHECKING:
    from ui.looking.story import Moment, Point, Story

NARROWEST_PIXELS = 640
"""From here on the list is put on a line (timeline.css)."""

CARD_SHARE = 164 / NARROWEST_PIXELS
DOT_SHARE = 26 / NARROWEST_PIXELS
"""How much of the line a card and a dot take there, with some air."""

ROWS = 2
"""Of cards that are always shown, on each side of the line; the others are shown when they are pointed at."""


LEGEND = (
    '<p class="legend" aria-hidden="true"><span class="dot"></span> published <span class="ring"></span> spoken of '
    "<span>Long stretches without anything are drawn shorter.</span></p>"
)
"""Only shown with the line: in the list each entry says what it is."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a moment is put: along the line, from 0 to 1; its dot, that many dots off it; its card's row, if any."""

    begin: float
    end: float
    lane: int
    row: int | None


def timeline(story: Story, turn: int) -> str:
    """All moments of a story, and what has no day; "" for a story of nothing.

    Args:
        story: What is shown.
        turn: The number of its question in the conversation, for what is opened from it.
    """
    if not (story.moments or story.undated):
        return ""
    places = _places(story.moments)
    entries = "".join(_entry(moment, place) for moment, place in zip(story.moments, places, strict=True))
    size = "".join(
        f"--{name}-lanes: {1 + max((p.lane for p in own), default=-1)}; "
        f"--{name}-rows: {1 + max((p.row for p in own if p.row is not None), default=-1)}; "
        for name, own in _sides(story.moments, places)
    )
    listed = f'<ol style="{size}">{entries}</ol>{LEGEND}' if entries else ""
    undated = "".join(f"<li>{_button(each, '')}</li>" for each in story.undated)
    apart = f'<p class="label">Without a date</p><ul class="undated">{undated}</ul>' if undated else ""
    return f'<div class="timeline" data-turn="{turn}">{listed}{apart}</div>'


def _sides(moments: Sequence[Moment], places: Sequence[_Place]) -> list[tuple[str, list[_Place]]]:
    pairs = list(zip(moments, places, strict=True))
    return [
        (name, [place for moment, place in pairs if moment.point.kind == kind])
        for name, kind in (("above", "article"), ("below", "event"))
    ]


def _entry(moment: Moment, place: _Place) -> str:
    point = moment.point
    kind = f"{point.kind}{' cited' if point.cited else ''}{' told' if place.row is not None else ''}"
    style = f"--at: {100 * place.begin:.2f}%; --lane: {place.lane}; --row: {place.row or 0}"
    reach = f'<i style="--reach: {100 * (place.end - place.begin):.2f}%"></i>' if place.end > place.begin else ""
    day = f'<time datetime="{moment.first}">{days(moment.first, moment.last)}</time>'
    return f'<li class="{kind}" style="{style}">{_button(point, day)}{reach}</li>'


def _button(point: Point, day: str) -> str:
    n = "" if point.evidence is None else f' data-n="{point.evidence}"'
    outlet = f'<bdi class="outlet">{text(point.outlet)}</bdi>' if point.outlet else ""
    spoken = "spoken of" + (" in " if outlet else "") if point.kind == "event" else ""
    used = f'<span class="n">{point.evidence}</span>' if point.cited else ""
    return (
        f'<button type="button" data-article="{escape(point.article_id)}" data-at="{at(point.spans)}"{n}>'
        f'<span class="card"><span class="day">{day} {used}</span>'
        f'<span class="told-of" dir="auto">{text(point.label)}</span> '
        f'<span class="who">{spoken}{outlet}</span></span></button>'
    )


def _places(moments: Sequence[Moment]) -> list[_Place]:
    """Dots and cards so that none lies on another; cards for what is cited first, then by evidence."""
    along = _along(moments)
    spots = [(along[moment.first.toordinal()], along[moment.last.toordinal()]) for moment in moments]
    kinds = [moment.point.kind for moment in moments]
    taken: defaultdict[tuple[str, str, int], list[float]] = defaultdict(list)
    lanes = [
        next(lane for lane in count() if _free(taken[kind, "lane", lane], at, DOT_SHARE))
        for kind, (at, _) in zip(kinds, spots, strict=True)
    ]
    apart = CARD_SHARE / (1 - CARD_SHARE)  # a card is moved to the left by its place's share of its width
    rows: dict[int, int | None] = {}
    for n in sorted(range(len(moments)), key=lambda n: _weight(moments[n].point, n)):
        free = (row for row in range(ROWS) if _free(taken[kinds[n], "row", row], spots[n][0], apart))
        rows[n] = next(free, None)
    return [_Place(*spot, lane, rows[n]) for n, (spot, lane) in enumerate(zip(spots, lanes, strict=True))]


def _free(taken: list[float], place: float, apart: float) -> bool:
    """Whether a place is free; then it is taken."""
    if any(abs(place - other) < apart for other in taken):
        return False
    taken.append(place)
    return True


def _weight(point: Point, n: int) -> tuple[bool, bool, int, int]:
    return not point.cited, point.evidence is None, point.evidence or 0, n


def _along(moments: Sequence[Moment]) -> dict[int, float]:
    """Day → its place on the line, from 0 to 1.

    From one day to the next by the logarithm of the days between them: a story of a week, with what happened ten years
    before, would else be two dots.
    """
    marks = sorted({day.toordinal() for moment in moments for day in (moment.first, moment.last)})
    if not marks:
        return {}
    reached, places = 0.0, {marks[0]: 0.0}
    for before, after in pairwise(marks):
        reached += log1p(after - before)
        places[after] = reached
    return {day: place / reached if reached else 0.5 for day, place in places.items()}
