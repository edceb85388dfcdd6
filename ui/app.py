"""A stream of events per question in, the page in a browser out. The only module that knows Gradio.

The page loads nothing from elsewhere: fonts and scripts come from this machine, and a content security policy holds the
browser to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies

from index.errors import OnRecordError, UsageError
from ui import markup
from ui.conversation import Exchange, follow, turns
from ui.dates import Clock, parse_day, today

if TYPE_CHECKING:
    import gradio

    from rag.types import Event, Turn
    from ui.worker import Waiting

Events = Callable[[str, Sequence["Turn"], "date | None"], "Generator[Event | Waiting]"]
"""Question, history and "as of" → the events of its answer."""

Exchanges = tuple[Exchange, ...]

LONGEST_QUESTION = 2_000

# Gradio needs inline scripts and compiles its templates. Event handlers in markup it does not need, and they are what
# an injection would use; the rest of the policy keeps every request on the machine that the page came from.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; script-src-attr 'none'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def build(events: Events, *, about: str = "", waiting: int = 20, clock: Clock = today) -> gradio.Blocks:
    """The page, not yet served.

    Args:
        events: Asked one question at a time: there is one model.
        about: One line on what is in the archive.
        waiting: How many questions may wait in line; a further one is told so, and stays in its box.
        clock: Tells the day of asking where the reader does not.
    """
    import gradio as gr

    with gr.Blocks(title="onrecord", fill_width=True, analytics_enabled=False) as page:
        _html(markup.masthead(about), name="masthead")
        exchanges = gr.State(())
        with gr.Row(elem_id="room"):
            with gr.Column(scale=3, min_width=320, elem_id="talk"):
                talk = _html(markup.conversation(()), name="conversation", follows=True)
                with gr.Row(elem_id="desk"):
                    box, as_of = _box(), _as_of()
            with gr.Column(scale=2, min_width=320, elem_id="evidence"):
                found = _html(markup.sources(()), name="sources")
        outputs = [box, talk, found, exchanges]
        asking = box.submit(
            _asker(events, clock),
            inputs=[box, as_of, exchanges],
            outputs=outputs,
            show_progress="minimal",
            show_progress_on=[box],
            api_visibility="private",
        )
        _let_stop(box, asking, exchanges, outputs)
    page.queue(max_size=waiting, default_concurrency_limit=1, api_open=False)
    return page


@contextmanager
def serving(page: gradio.Blocks, *, host: str, port: int) -> Iterator[str]:
    """Serve the page while the context lasts; gives its address.

    Raises:
        UsageError: The port is taken, or the host is not one of this machine's.
    """
    from starlette.middleware import Middleware

    _reach_directly(host)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            inline=False,
            share=False,
            ssr_mode=False,
            enable_monitoring=False,
            run_history=False,
            footer_links=[],
            theme=_theme(),
            css_paths=Path(__file__).with_name("page.css"),
            app_kwargs={"middleware": [Middleware(_Guard)]},
        )
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: choose another --port or --host ({error})") from error
    try:
        yield f"http://{host}:{port}/"
    finally:
        page.close(verbose=False)


def _reach_directly(host: str) -> None:
    """Gradio asks its own server whether it is up; a company's proxy would answer in its place."""
    listed = getproxies().get("no", "")
    os.environ["no_proxy"] = ",".join(filter(None, (listed, host, "localhost")))


class _Guard:
    """Adds the headers that hold a browser to this machine, to every reply."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_HEADERS]}
            await send(message)

        await self._app(scope, receive, guarded)


def _asker(events: Events, clock: Clock) -> Callable[[str, str | None, Exchanges], Iterator[tuple[Any, ...]]]:
    def ask(question: str, as_of: str | None, before: Exchanges) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            yield _shown(before, running=False)
            return
        exchange = Exchange(question.strip())
        yield _shown((*before, exchange), running=True)
        try:
            with closing(events(exchange.question, turns(before), parse_day(as_of) or clock())) as steps:
                for latest in follow(exchange, steps):
                    if latest is exchange:
                        yield _unchanged()  # only here Gradio looks whether the page is still open
                        continue
                    exchange = latest
                    yield _shown((*before, exchange), running=exchange.answer is None)
        except OnRecordError as error:
            yield _shown((*before, replace(exchange, trouble=str(error))), running=False)

    return ask


def _let_stop(box: gradio.Textbox, asking: Any, exchanges: gradio.State, outputs: Sequence[Any]) -> None:
    """The box's button ends an answer that is being given."""
    box.stop(
        _stopped,
        inputs=[exchanges],
        outputs=outputs,
        cancels=[asking],
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )


def _stopped(exchanges: Exchanges) -> tuple[Any, ...]:
    if exchanges and exchanges[-1].answer is None:
        exchanges = (*exchanges[:-1], replace(exchanges[-1], trouble="Stopped."))
    return _shown(exchanges, running=False)


def _shown(exchanges: Exchanges, *, running: bool) -> tuple[Any, ...]:
    """The new state of question box, conversation, sources and memory."""
    import gradio as gr

    buttons = {"submit_btn": False, "stop_btn": "Stop"} if running else {"submit_btn": "Ask", "stop_btn": False}
    box = gr.update(value="", **buttons)
    return box, markup.conversation(exchanges), markup.sources(exchanges), exchanges


def _unchanged() -> tuple[Any, ...]:
    import gradio as gr

    return gr.skip(), gr.skip(), gr.skip(), gr.skip()


def _box() -> gradio.Textbox:
    import gradio as gr

    return gr.Textbox(
        elem_id="question",
        label="Question",
        show_label=False,
        placeholder="Ask the archive …",
        max_length=LONGEST_QUESTION,
        max_lines=4,
        autofocus=True,
        submit_btn="Ask",
        scale=4,
        min_width=240,
    )


def _as_of() -> gradio.DateTime:
    import gradio as gr

    return gr.DateTime(elem_id="as-of", label="As of", include_time=False, type="string", scale=1, min_width=210)


def _html(html: str, *, name: str, follows: bool = False) -> gradio.HTML:
    """A part of the page as it stands; one that follows stays at its end while it grows, unless scrolled away."""
    import gradio as gr

    return gr.HTML(html, apply_default_css=False, js_on_load=None, elem_id=name, autoscroll=follows)


def _theme() -> gradio.Theme:
    import gradio as gr
    from gradio.themes.utils.fonts import LocalFont

    # The font comes with Gradio and is served from here; its 600 lacks most letters, its 700 does not.
    return gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=(LocalFont("IBM Plex Sans", weights=(400, 700)), "system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    )
