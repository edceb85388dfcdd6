"""A conversation in, what is kept of it out: files to take away, the browser's memory, what a reader says of an answer.

Nothing is kept that was not asked for: a file is made when it is wanted, the browser remembers once it is told to.
"""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr

from index.errors import BundleError, OnRecordError
from rag.bundle import parse, written
from ui.conversation import Exchange, restored, turns
from ui.keeping import export
from ui.keeping.feedback import Verdict
from ui.markup import saving as markup
from ui.page.asking import Exchanges
from ui.page.desk import Desk
from ui.page.parts import html


def saving(desk: Desk) -> gr.HTML:
    """The menu over a conversation, inside the column that is being built."""
    return html(markup.saving(desk.conversations()), name="saving", script="saving")


def to_file(desk: Desk) -> Callable[[Exchanges, gr.EventData], str]:
    """What makes a file of a conversation."""

    def make(exchanges: Exchanges, event: gr.EventData) -> str:
        """The conversation as `event.form`: a page, a bundle, or a bundle for the browser's memory."""
        answers = [each.answer for each in exchanges if each.answer is not None]
        if not answers:
            return markup.told("Nothing was answered yet, so there is nothing to save.")
        bundle = desk.bundle(answers)
        text = export.page(bundle) if event.form == "page" else written(bundle)
        return markup.carried(text, form=str(event.form), title=exchanges[0].question, made=bundle.made)

    return make


def to_judge(desk: Desk) -> Callable[[Exchanges, gr.EventData, gr.Request], str]:
    """What keeps a verdict on an answer."""

    def judge(exchanges: Exchanges, event: gr.EventData, request: gr.Request) -> str:
        """Keep what is said of an answer."""
        place = int(event.turn) - 1
        answer = exchanges[place].answer if 0 <= place < len(exchanges) else None
        if desk.feedback is None or answer is None:
            return markup.told("Nothing is kept of this here.")
        verdict = Verdict(event.judgement, str(event.because), str(event.right))
        try:
            desk.feedback(str(request.session_hash), answer, verdict, turns(exchanges[:place]))
        except OnRecordError as error:
            return markup.told(str(error), turn=place + 1)
        return markup.told("Noted.", turn=place + 1)

    return judge


def to_reopen(desk: Desk) -> Callable[[gr.EventData], Exchanges]:
    """What opens a conversation that was kept."""

    def reopen(event: gr.EventData) -> Exchanges:
        """A conversation that was kept, beside the archive of today."""
        try:
            if event.session:
                kept = {each.session: each.bundle for each in desk.conversations()}
                if event.session not in kept:
                    raise BundleError("This conversation is kept no more.")
                bundle = kept[event.session]
            else:
                bundle = parse(str(event.bundle))
        except OnRecordError as error:
            return (Exchange("An earlier conversation", trouble=str(error)),)
        return tuple(restored(answer, desk.articles) for answer in bundle.exchanges)

    return reopen
