"""A page in, the same at an address on this machine out.

The page loads nothing from elsewhere: fonts and scripts come from this machine, and a content security policy holds the
browser to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import getproxies

import gradio as gr
from gradio.themes.utils.fonts import LocalFont
from starlette.middleware import Middleware

from index.errors import UsageError

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
_HERE = Path(__file__).parent
_SIZED = (_HERE / "css" / "timeline.css",)


@contextmanager
def serving(page: gr.Blocks, *, host: str, port: int) -> Iterator[str]:
    """Serve the page while the context lasts; gives its address.

    Raises:
        UsageError: The port is taken, or the host is not one of this machine's.
    """
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
            css_paths=[path for path in _files("css") if path not in _SIZED],
            head=_styles() + _scripts(),
            app_kwargs={"middleware": [Middleware(_Guard)]},
        )
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: choose another --port or --host ({error})") from error
    try:
        yield f"http://{host}:{port}/"
    finally:
        page.close(verbose=False)


def _files(kind: str) -> list[Path]:
    return sorted((_HERE / kind).glob(f"*.{kind}"))


def _styles() -> str:
    """Styles that ask for the size of a part (@container): Gradio, which puts the others first, would drop that."""
    return "".join(f"<style>{path.read_text('utf-8')}</style>" for path in _SIZED)


def _scripts() -> str:
    """The page's own scripts, in it: they are there before any component calls them."""
    return "".join(f"<script>{path.read_text('utf-8')}</script>" for path in _files("js"))


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


def _theme() -> gr.Theme:
    # The font comes with Gradio and is served from here; its 600 lacks most letters, its 700 does not.
    return gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=(LocalFont("IBM Plex Sans", weights=(400, 700)), "system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    )
