"""A page in, the same at an address on this machine out.

The page loads nothing from elsewhere: fonts and scripts come from this machine, and a content security policy holds the
browser to it.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import gradio as gr
import uvicorn
from fastapi import FastAPI
from gradio.themes.utils.fonts import LocalFont
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from index.errors import UsageError
from ui.access import EVERYBODY, Access
from ui.page.gate.entrance import Entrance
from ui.page.gate.guard import Guard
from ui.page.gate.health import Health
from ui.page.gate.policy import hash_of

MOST_REMEMBERED = 200
"""Pages whose conversations the server keeps; that of the page that was quiet longest is let go of."""

MOST_CONNECTIONS = 500
"""At once; a page that is open takes two."""

_HERE = Path(__file__).parent
_SIZED = (_HERE / "css" / "timeline.css",)


@contextmanager
def serving(page: gr.Blocks, *, host: str, port: int, access: Access = EVERYBODY) -> Iterator[str]:
    """Serve the page while the context lasts; gives its address.

    Raises:
        UsageError: The port is taken, or the host is not one of this machine's.
    """
    with _listening(host, port) as listening:
        server = uvicorn.Server(
            uvicorn.Config(
                Guard(_app(page, access, port), host, access, _hashes()),
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(access.proxy),
                forwarded_allow_ips=access.proxy,
                limit_concurrency=MOST_CONNECTIONS,
                timeout_graceful_shutdown=1,
            )
        )
        thread = Thread(target=server.run, args=([listening],), name="page", daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            sleep(0.01)
        try:
            yield f"http://{f'[{host}]' if ':' in host else host}:{port}{access.root_path}/"
        finally:
            page.close(verbose=False)
            server.should_exit = True
            thread.join()


def _app(page: gr.Blocks, access: Access, port: int) -> FastAPI:
    """What stands behind the guard."""
    routes: list[BaseRoute] = []
    middleware: list[Middleware] = []
    if access.generation is not None:
        routes.append(Route("/healthz", Health(access.generation).reply))
    if access.passwords is not None:
        middleware.append(Middleware(Entrance, access.passwords, access.root_path, f"onrecord-{port}"))
    page.state_session_capacity = MOST_REMEMBERED
    app = FastAPI(openapi_url=None, routes=routes, middleware=middleware)
    gr.mount_gradio_app(
        app,
        page,
        "/",
        root_path=access.root_path or None,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        run_history=False,
        footer_links=[],
        auth_dependency=_reader if access.passwords is not None else None,
        theme=_theme(),
        css_paths=[path for path in _files("css") if path not in _SIZED],
        head=_styles() + _scripts(),
    )
    return app


def _reader(request: Request) -> str | None:
    """Whom the entrance let in."""
    name: str | None = request.scope["user"]
    return name


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(address, family=family)
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: choose another --port or --host ({error})") from error
    with listening:
        yield listening


def _files(kind: str) -> list[Path]:
    return sorted((_HERE / kind).glob(f"*.{kind}"))


def _styles() -> str:
    """Styles that ask for the size of a part (@container): Gradio, which puts the others first, would drop that."""
    return "".join(f"<style>{path.read_text('utf-8')}</style>" for path in _SIZED)


def _scripts() -> str:
    """The page's own scripts, in it: they are there before any component calls them."""
    return "".join(f"<script>{path.read_text('utf-8')}</script>" for path in _files("js"))


def _hashes() -> list[str]:
    """Those scripts as a policy names them: Gradio puts them into the page only when it is there."""
    return [hash_of(path.read_bytes()) for path in _files("js")]


def _theme() -> gr.Theme:
    # The font comes with Gradio and is served from here; its 600 lacks most letters, its 700 does not.
    return gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=(LocalFont("IBM Plex Sans", weights=(400, 700)), "system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    ).set(body_text_color_subdued="*neutral_600", body_text_color_subdued_dark="*neutral_300")  # its own are too pale
