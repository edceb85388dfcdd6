"""The evaluation: question sets to run, how far a run is, its report, and every question with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from index.errors import OnRecordError
from ui import markup as everywhere
from ui.looking.opened import open_at, place, places
from ui.markup import evaluation as markup
from ui.markup.questions import AT_ONCE, TURN, question, questions
from ui.page.parts import html
from ui.trials.scored import WISHES, Look, Wish, look_at

if TYPE_CHECKING:
    from index.archive import Archive
    from ui.threads.owner import Owner
    from ui.trials.run import Trial, Trials

Shown = tuple[Any, ...]
"""The new state of Parts; each may stay as it is."""


@dataclass(frozen=True, slots=True)
class Examiner:
    """What the evaluation can do.

    Attributes:
        shelf: The archive, opened for reading.
        trials: Runs question sets.
    """

    shelf: Owner[Archive]
    trials: Trials


class Parts(NamedTuple):
    """What a run changes. `seen` is the key of the report that is shown: its questions stay as they were chosen."""

    sets: gr.HTML
    run: gr.HTML
    report: gr.HTML
    questions: gr.HTML
    seen: gr.State


def evaluation(examiner: Examiner, tab: gr.Tab) -> None:
    """Lay the evaluation out and wire it, inside the tab that is being built; it is filled when the tab is opened."""
    trials = examiner.trials
    sets = html("", name="evaluation-sets", script="evaluation")
    run = html("", name="evaluation-run", script="evaluation")
    report = html("", name="evaluation-report")
    with gr.Row(elem_id="evaluation-looking"):
        with gr.Column(scale=2, min_width=320):
            asked = html("", name="evaluation-questions", script="evaluation")
        with gr.Column(scale=3, min_width=320, elem_id="evaluation-beside"):
            case = html("", name="evaluation-question", script="looked")
            reader = html("", name="evaluation-reader", script="pane")
    looked = gr.State(None)
    parts = Parts(sets, run, report, asked, gr.State(None))
    _when(tab.select, partial(_following, trials), parts, [parts.seen])
    _when(sets.submit, _starter(trials), parts, [parts.seen])
    _when(run.retry, partial(_followed, trials, trials.go_on), parts, [parts.seen])
    _when(run.stop, trials.stop, [])
    _when(asked.apply, _chooser(trials), [asked])
    _when(asked.expand, _looker(examiner), [looked, case])
    for part in (case, reader):
        _when(part.select, _opener(examiner), [reader], [looked])


def _when(event: Any, answer: Callable[..., Any], outputs: Sequence[Any], inputs: Sequence[Any] = ()) -> None:
    event(answer, inputs=list(inputs), outputs=list(outputs), show_progress="hidden", api_visibility="private")


def _starter(trials: Trials) -> Any:
    def start(seen: str | None, event: gr.EventData) -> Iterator[Shown]:
        yield from _followed(trials, partial(trials.start, str(event.key)), seen)

    return start


def _followed(trials: Trials, begin: Callable[[], None], seen: str | None) -> Iterator[Shown]:
    try:
        begin()
    except OnRecordError as error:
        yield _only_run(markup.refused(str(error)))
        return
    yield from _following(trials, seen)


def _following(trials: Trials, seen: str | None) -> Iterator[Shown]:
    """Everything as it is now, and what is being run as it goes on."""
    shown = None
    for now in trials.follow():
        if now is shown:
            yield _only_run(gr.skip())  # only here Gradio looks whether the page is still open
        elif now.is_over or shown is None:
            yield _shown(trials, now, seen)
        else:
            yield _only_run(markup.progress(now))
        shown = now
    if shown is None:
        yield _shown(trials, None, seen)


def _shown(trials: Trials, now: Trial | None, seen: str | None) -> Shown:
    found = trials.report
    sets = markup.sets(trials.sets(), is_running=now is not None and not now.is_over)
    if found is None or found.key == seen:
        return sets, markup.progress(now), gr.skip(), gr.skip(), gr.skip()
    return sets, markup.progress(now), markup.report(found), questions(found), found.key


def _only_run(now: Any) -> Shown:
    return gr.skip(), now, gr.skip(), gr.skip(), gr.skip()


def _chooser(trials: Trials) -> Any:
    def choose(event: gr.EventData) -> str:
        wish: Wish = next((each for each in WISHES if each == event.wish), "all")
        kind = None if event.kind is None else str(event.kind)
        return questions(trials.report, wish, kind, max(int(event.most), AT_ONCE))

    return choose


def _looker(examiner: Examiner) -> Any:
    def look(event: gr.EventData) -> tuple[Any, Any]:
        report, key, number = examiner.trials.report, str(event.report), int(event.number)
        try:
            found = examiner.shelf.do(partial(look_at, report=report, key=key, number=number))
        except OnRecordError as error:
            return None, markup.refused(str(error))
        return found, question(found)

    return look


def _opener(examiner: Examiner) -> Any:
    def open_it(look: Look | None, event: gr.EventData) -> Any:
        """An article is opened from a mark, a card, what was expected, or another article."""
        if look is None:
            return gr.skip()
        wanted = look.bookmark(str(event.article), places(str(event.at or "")))
        try:
            opened = examiner.shelf.do(partial(open_at, bookmark=wanted))
        except OnRecordError as error:
            return everywhere.trouble(str(error))
        n = int(event.n) if event.n else None
        return everywhere.reader(opened, place(look.exchange, TURN, wanted, n))

    return open_it
