"""A name and its password in, a cookie out; without one, nothing of a page but where it is asked for.

What a cookie stands for is known to this process only, and forgotten with it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from ui.markup.login import login
from ui.page.gate.limits import Pace
from ui.page.gate.ways import way_of
from ui.passwords import Passwords
from ui.words import counted

IDLE_SECONDS = 12 * 3600
"""After so long without a request one is asked again."""

MOST_INSIDE = 1_000
"""Cookies in use at once; who has been quiet longest is asked again."""

TRIES_FROM_A_PLACE, TRIES_OF_A_NAME = 5, 20
"""A minute; each costs a quarter of a second and 32 MB, and they are looked at one after another."""


class Entrance:
    """Stands between the guard and a page.

    Args:
        app: The page.
        passwords: Of those who are let in.
        root_path: Where a proxy puts the page.
        cookie: Names what a browser keeps; ports of one machine share their cookies.
        clock: Tells the seconds since some moment.
    """

    def __init__(
        self, app: Any, passwords: Passwords, root_path: str, cookie: str, clock: Callable[[], float] = monotonic
    ) -> None:
        self._app = app
        self._passwords = passwords
        self._home = f"{root_path}/"
        self._cookie = cookie
        self._clock = clock
        self._inside: OrderedDict[str, tuple[str, float]] = OrderedDict()  # token → name, last heard; quietest first
        self._places = Pace(TRIES_FROM_A_PLACE, 60, clock)
        self._names = Pace(TRIES_OF_A_NAME, 60, clock)
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request of whoever is not let in, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        token = request.cookies.get(self._cookie, "")
        name = self._name(token)
        way = way_of(scope["path"])
        if scope["path"] == "/login":
            response = await self._login(request) if request.method == "POST" else HTMLResponse(login())
        elif scope["path"] == "/logout":
            self._inside.pop(token, None)
            response = RedirectResponse(f"{self._home}login", 303)
            response.delete_cookie(self._cookie, self._home)
        elif name is not None or (way is not None and way.is_open):
            await self._app({**scope, "user": name}, receive, send)
            return
        elif scope["path"] == "/":
            response = RedirectResponse(f"{self._home}login", 303)
        else:
            response = PlainTextResponse("Log in first.\n", 401)
        await response(scope, receive, send)

    def _name(self, token: str) -> str | None:
        """Whose cookie this is."""
        now = self._clock()
        name, heard = self._inside.get(token, ("", -IDLE_SECONDS))
        if not name or heard + IDLE_SECONDS <= now:
            self._inside.pop(token, None)
            return None
        self._inside[token] = (name, now)
        self._inside.move_to_end(token)
        return name

    async def _login(self, request: Request) -> Response:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=8)
        name, password = (fields.get(key, [""])[0] for key in ("name", "password"))
        place = request.client.host if request.client else ""
        if wait := self._places.take(place) or self._names.take(name):
            again = f"Too many tries. Try again in {counted(wait, 'second')}."
            return HTMLResponse(login(again), 429, {"retry-after": str(wait)})
        async with self._one_at_a_time:
            fits = await asyncio.to_thread(self._passwords.fits, name, password)
        if not fits:
            return HTMLResponse(login("This name and this password do not belong together."), 401)
        self._places.forget(place)
        self._names.forget(name)
        return self._let_in(name, is_secure=request.url.scheme == "https")

    def _let_in(self, name: str, *, is_secure: bool) -> Response:
        token = secrets.token_urlsafe(32)
        self._inside[token] = (name, self._clock())
        if len(self._inside) > MOST_INSIDE:
            self._inside.popitem(last=False)
        response = RedirectResponse(self._home, 303)
        response.set_cookie(self._cookie, token, path=self._home, secure=is_secure, httponly=True, samesite="lax")
        return response
