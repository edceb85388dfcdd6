"""A desk in, the page's components and what happens between them out: not yet served."""

from __future__ import annotations

import gradio as gr

from ui import markup
from ui.page.desk import Desk
from ui.page.parts import html
from ui.page.room import room


def build(desk: Desk) -> gr.Blocks:
    """The page, not yet served."""
    with gr.Blocks(title="onrecord", fill_width=True, analytics_enabled=False) as page:
        html(markup.masthead(desk.about()), name="masthead")
        with gr.Tabs(elem_id="tabs"), gr.Tab("Ask", id="ask"):
            room(desk)
    # Who asks waits in the pipeline's own line, which tells the place in it; Gradio's would only hide that.
    page.queue(max_size=None, default_concurrency_limit=None, api_open=False)
    return page
