"""A request in, refused or passed on; a reply out, with the headers that hold a browser to this machine.

It stands before everything else: no wrong name, no other site, no unknown way and nothing oversized comes past it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

from ui.access import Access, may_name
from ui.page.gate.policy import HEADERS, LOCKED, hashes_in, policy
from ui.page.gate.ways import way_of
from ui.words import one_line

_HEARSAY = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server")
"""Who asks, by what name and how, as anybody may claim it. A proxy's word is taken before this, where it is trusted."""

_LONGEST_NAME = 100

_LINK = b'<link rel="manifest" href="/manifest.json" />'
_LINKS = b'<link rel="icon" href="favicon.ico" /><link rel="manifest" href="manifest.json" />'
"""Gradio names its manifest, and no icon, and both are asked for at the root: not where a proxy puts the page."""


class Guard:
    """Stands before a page.

    Args:
        app: What serves it.
        host: The address it listens on.
        access: How it is reached.
        scripts: What the page runs besides what stands in it, as a policy names scripts.
    """

    def __init__(self, app: Any, host: str, access: Access, scripts: Iterable[str]) -> None:
        self._app = app
        self._host = host
        self._access = access
        self._scripts = tuple(scripts)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Refuse a request or pass it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            await self._answer(scope, receive, _Reply(send, self._scripts))

    async def _answer(self, scope: Any, receive: Any, reply: _Reply) -> None:
        root = self._access.root_path
        if root and scope["path"] == root:
            query = scope["query_string"].decode("ascii", "replace")
            await RedirectResponse(f"{root}/?{query}" if query else f"{root}/", 308)(scope, receive, reply.send)
            return
        path = scope["path"].removeprefix(root) if scope["path"].startswith(f"{root}/") else scope["path"]
        headers = Headers(scope=scope)
        refused = self._refused(scope["method"], path, headers)
        if refused is not None:
            await refused(scope, receive, reply.send)
            return
        kept = [(name, value) for name, value in scope["headers"] if name not in _HEARSAY]
        if path == "/":  # its scripts are looked at on the way out
            reply.holds_scripts = True
            kept = [(name, value) for name, value in kept if name != b"accept-encoding"]
        await self._app({**scope, "path": path, "raw_path": path.encode(), "headers": kept}, receive, reply.send)

    def _refused(self, method: str, path: str, headers: Headers) -> PlainTextResponse | None:
        name = headers.get("host", "")
        if not may_name(self._host, name, self._access.names):
            shown = one_line(name[:_LONGEST_NAME]) or "no name"
            return _no(421, f"This page is not served as {shown}: start it with --allow-host, if it should be.")
        way = way_of(path)
        if way is None:
            return _no(404, "There is nothing here.")
        if method not in way.methods:
            return _no(405, f"{', '.join(way.methods)} only.")
        if _is_foreign(headers, name) and not (path == "/" and _opens_a_page(headers)):
            return _no(403, "Another site may not ask this one.")
        if method == "POST":
            return _oversized(headers, way.body_bytes)
        return None


class _Reply:
    """Sends a reply on, with the headers that belong to it."""

    def __init__(self, send: Any, scripts: tuple[str, ...]) -> None:
        self._send = send
        self._scripts = scripts
        self.holds_scripts = False
        self._start: Any = None
        self._body = b""

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            if not self.holds_scripts:
                await self._begin(LOCKED)
        elif self.holds_scripts:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                body = self._body.replace(_LINK, _LINKS)
                await self._begin(policy((*hashes_in(body), *self._scripts)), len(body))
                await self._send({**message, "body": body})
        else:
            await self._send(message)

    async def _begin(self, said: str, length: int | None = None) -> None:
        headers = MutableHeaders(raw=list(self._start["headers"]))
        if length is not None:
            headers["content-length"] = str(length)
        for name in [name for name in headers if name.startswith("access-control-")]:
            del headers[name]  # Gradio lets any site on this machine read its replies
        headers.update({**HEADERS, "content-security-policy": said})
        headers.setdefault("cache-control", "no-store")
        await self._send({**self._start, "headers": headers.raw})


def _is_foreign(headers: Headers, name: str) -> bool:
    """Whether another site's page asks, as far as its browser says so."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.casefold() != name.casefold():
        return True
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def _opens_a_page(headers: Headers) -> bool:
    """Whether somebody follows a link."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _oversized(headers: Headers, most: int) -> PlainTextResponse | None:
    """What is sent says beforehand how much it is; the server holds it to that."""
    length = headers.get("content-length", "")
    if "transfer-encoding" in headers or not re.fullmatch(r"\d{1,18}", length):
        return _no(411, "Say how much is sent (Content-Length).")
    if int(length) > most:
        return _no(413, f"{int(length):,} bytes are too much here: {most:,} are taken.")
    return None


def _no(status: int, why: str) -> PlainTextResponse:
    return PlainTextResponse(f"{why}\n", status)
