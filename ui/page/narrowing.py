"""Which articles one looks at: dates on a histogram, outlets, languages and the day of asking, shown as chips.

The view is the truth: every component shows it, and a choice in one of them sets all of them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from index.errors import UsageError
from ui import markup
from ui.dates import parse_day
from ui.looking.languages import language_name
from ui.looking.view import View, chips, query_of, view_of, without
from ui.markup.view import as_of_field, kept
from ui.page.desk import Desk
from ui.page.parts import QUIET, html

Shown = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The components that show a view, and the view."""

    view: gr.State
    chips: gr.HTML
    dates: gr.HTML
    as_of: gr.HTML
    outlets: gr.Dropdown
    languages: gr.Dropdown

    @property
    def shown(self) -> list[Any]:
        """What a change of the view sets anew."""
        return [self.view, self.chips, self.dates, self.as_of, self.outlets, self.languages]


def narrowing(desk: Desk) -> Narrowing:
    """Lay the filters out and wire them, inside the column that is being built."""
    chosen = html("", name="chips", script="kept")
    with gr.Accordion("Choose articles", open=False, elem_id="filters"):
        dates = html(markup.histogram(desk.months(View().where)), name="dates", script="dates")
        with gr.Row():
            outlets = _choice("Outlets", list(desk.outlets()))
            languages = _choice("Languages", [(language_name(code), code) for code in desk.languages()])
            as_of = html(as_of_field(None), name="as-of", script="asOf")
    parts = Narrowing(gr.State(View()), chosen, dates, as_of, outlets, languages)

    def on(event: Any, change: Callable[[View, Any], View], *inputs: Any) -> None:
        event(_changing(desk, change), inputs=[parts.view, *inputs], outputs=parts.shown, **QUIET)

    def told(event: Any, change: Callable[[View, Any], View]) -> None:
        event(_told(desk, change), inputs=[parts.view], outputs=parts.shown, **QUIET)

    told(dates.apply, lambda view, days: replace(view, since=parse_day(days.since), until=parse_day(days.until)))
    told(as_of.apply, lambda view, day: replace(view, as_of=parse_day(day.as_of)))
    told(chosen.clear, lambda view, chip: without(view, str(chip.kind), str(chip.value)))
    on(outlets.input, lambda view, names: replace(view, outlets=tuple(names)), outlets)
    on(languages.input, lambda view, codes: replace(view, languages=tuple(codes)), languages)
    return parts


def linked(desk: Desk, query: str) -> tuple[str, Shown]:
    """The question of an address, and what the components show of the rest of it."""
    view, faults = view_of(query, desk.outlets().keys(), desk.languages().keys())
    return view.question, _shown(desk, replace(view, question=""), faults)


def _choice(label: str, choices: list[Any]) -> gr.Dropdown:
    return gr.Dropdown(choices, multiselect=True, label=label, visible=len(choices) > 1, min_width=200)


def _chosen(choices: list[Any], chosen: Sequence[str]) -> Any:
    return gr.update(choices=choices, value=list(chosen), visible=len(choices) > 1)


def _changing(desk: Desk, change: Callable[[View, Any], View]) -> Callable[[View, Any], Shown]:
    def listener(view: View, value: Any) -> Shown:
        return _changed(desk, view, change, value)

    return listener


def _told(desk: Desk, change: Callable[[View, Any], View]) -> Callable[[View, gr.EventData], Shown]:
    def listener(view: View, event: gr.EventData) -> Shown:
        return _changed(desk, view, change, event)

    return listener


def _changed(desk: Desk, view: View, change: Callable[[View, Any], View], told: Any) -> Shown:
    try:
        return _shown(desk, change(view, told))
    except UsageError as error:
        return _shown(desk, view, (str(error),))


def _shown(desk: Desk, view: View, faults: tuple[str, ...] = ()) -> Shown:
    months = desk.months(view.where_any_day)
    return (
        view,
        kept(chips(view), faults, query_of(view)),
        markup.histogram(months, view.since, view.until),
        as_of_field(view.as_of),
        _chosen(list(desk.outlets()), view.outlets),
        _chosen([(language_name(code), code) for code in desk.languages()], view.languages),
    )
