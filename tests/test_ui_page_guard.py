"""What stands before the page: who may ask for what, how much may come with it, and what a reply says to a browser."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import json
import re
import socket
import warnings
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Event as Flag
from typing import Any
from urllib.parse import urlencode

import gradio as gr
import pytest
from ui_fakes import an_answer, told

from index.errors import ArchiveLocked
from ui import access as ways_in
from ui.access import Access, may_name
from ui.page import Desk, build, serving
from ui.page.gate import health
from ui.page.gate.entrance import IDLE_SECONDS, TRIES_FROM_A_PLACE, Entrance
from ui.passwords import Passwords

pytestmark = [
    pytest.mark.page,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of event loops that Gradio makes
]

PASSWORD = "ferry at midnight"


def a_line(name: str, password: str = PASSWORD) -> str:
    """One that is looked at quickly."""
    salt = b"salt"
    hashed = hashlib.scrypt(password.encode(), salt=salt, n=16, r=1, p=1, dklen=32)
    return f"{name}:scrypt:16:1:1:{b64encode(salt).decode()}:{b64encode(hashed).decode()}"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Server:
    """A page that is served."""

    port: int

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            names = {name.casefold(): value for name, value in response.getheaders()}
            is_endless = names.get("content-type", "").startswith("text/event-stream")
            return Reply(response.status, names, "" if is_endless else response.read().decode("utf-8", "replace"))
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def a_page() -> gr.Blocks:
    return build(Desk(lambda question, *_: (each for each in told(an_answer(question)))))


@pytest.fixture(scope="module", autouse=True)
def loops() -> Iterator[None]:
    """Gradio makes event loops that it does not close; they go before pytest looks for what was left open."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="module")
def locked() -> Iterator[Server]:
    """Lets in Mara only."""
    port = free_port()
    access = Access(passwords=Passwords([a_line("mara")]), generation=lambda: 7)
    with serving(a_page(), host="127.0.0.1", port=port, access=access):
        yield Server(port)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Lets in everybody, by another name too."""
    port = free_port()
    with serving(a_page(), host="127.0.0.1", port=port, access=Access(names=("archive.example",))):
        yield Server(port)


def log_in(server: Server, name: str, password: str, **headers: str) -> Reply:
    form = urlencode({"name": name, "password": password}).encode()
    return server.ask("POST", "/login", form, content_type="application/x-www-form-urlencoded", **headers)


def paths() -> Iterator[tuple[str, str]]:
    """Every method and path that Gradio and its frame serve, with something in the place of each parameter."""

    def below(routes: Any) -> Iterator[tuple[str, str]]:
        for route in routes:
            inner: Any = getattr(route, "original_router", None) or getattr(route, "app", None)
            if hasattr(inner, "routes"):
                yield from below(inner.routes)
            else:
                path = re.sub(r"\{[^}]*\}", "x", route.path)
                yield from ((method, path) for method in getattr(route, "methods", None) or ("GET",))

    page = a_page()
    page.config = page.get_config_file()
    yield from sorted(set(below(gr.routes.App.create_app(page).routes)))


def test_without_a_login_nothing_is_there_but_the_way_to_it(locked: Server) -> None:
    replies = {
        (method, path): locked.ask(method, path, b"{}" if method == "POST" else None) for method, path in paths()
    }
    assert len(replies) > 60
    assert ("POST", "/gradio_api/queue/join") in replies
    assert ("POST", "/gradio_api/component_server") in replies
    answered = {asked for asked, reply in replies.items() if reply.status not in (401, 404, 405)}
    assert answered == {("GET", "/"), ("HEAD", "/")}
    assert replies["GET", "/"].status == 303
    assert replies["GET", "/"].headers["location"] == "/login"
    assert replies["POST", "/login"].status == 401
    assert replies["GET", "/assets/x"].status == 401
    assert locked.ask("GET", "/login").text.count("<script") == 0
    assert locked.ask("GET", "/healthz").text == '{"ok":true,"generation":7}'


def test_a_login_lets_in_and_a_logout_out(locked: Server) -> None:
    assert log_in(locked, "mara", "guess").status == 401
    assert log_in(locked, "nobody", PASSWORD).status == 401
    reply = log_in(locked, "mara", PASSWORD)
    assert (reply.status, reply.headers["location"]) == (303, "/")
    cookie, *marks = reply.headers["set-cookie"].split("; ")
    assert cookie.startswith(f"onrecord-{locked.port}=")
    assert {mark.casefold() for mark in marks} == {"httponly", "path=/", "samesite=lax"}

    assert json.loads(locked.ask("GET", "/config", cookie=cookie).text)["username"] == "mara"
    page = locked.ask("GET", "/", cookie=cookie)
    assert page.status == 200
    asset = re.findall(r'src="\./(assets/index-[^"]+\.js)"', page.text)[0]
    assert locked.ask("GET", f"/{asset}", cookie=cookie).status == 200
    assert locked.ask("GET", f"/{asset}", cookie=f"{cookie}x").status == 401

    assert locked.ask("POST", "/logout", b"", cookie=cookie).status == 303
    assert locked.ask("GET", "/config", cookie=cookie).status == 401


def asked(
    entrance: Entrance, path: str, form: Mapping[str, str] | None = None, *, place: str = "10.0.0.1", cookie: str = ""
) -> Reply:
    """What an entrance replies by itself; 200 where it lets pass."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": urlencode(form or {}).encode()}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET" if form is None else "POST",
        "path": path,
        "query_string": b"",
        "scheme": "https",
        "server": ("x", 80),
        "headers": [(b"cookie", cookie.encode())],
        "client": (place, 1),
    }
    with closing(asyncio.new_event_loop()) as loop:
        loop.run_until_complete(entrance(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], headers, sent[-1].get("body", b"").decode())


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def inside(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["user"].encode()})


def test_who_guesses_is_slowed_down_and_who_knows_is_not() -> None:
    clock = Clock()
    entrance = Entrance(inside, Passwords([a_line("mara"), a_line("lind")]), "/desk", "c", clock)
    wrong, right = {"name": "mara", "password": "x"}, {"name": "mara", "password": PASSWORD}
    for _ in range(TRIES_FROM_A_PLACE):
        assert asked(entrance, "/login", wrong).status == 401
    late = asked(entrance, "/login", right)
    assert (late.status, late.headers["retry-after"]) == (429, "60")
    assert "Try again in 60 seconds." in late.text
    assert asked(entrance, "/login", right, place="10.0.0.2").status == 303
    clock.now = 60
    let_in = asked(entrance, "/login", right)
    assert let_in.headers["location"] == "/desk/"
    assert "Path=/desk/" in let_in.headers["set-cookie"]
    assert "Secure" in let_in.headers["set-cookie"]

    cookie = let_in.headers["set-cookie"].split(";")[0]
    clock.now += IDLE_SECONDS - 1
    assert asked(entrance, "/config", cookie=cookie).text == "mara"
    clock.now += IDLE_SECONDS
    assert asked(entrance, "/config", cookie=cookie).status == 401


def test_who_asks_from_where_is_not_taken_on_trust(locked: Server) -> None:
    for n in range(TRIES_FROM_A_PLACE + 1):
        last = log_in(locked, "mara", "guess", X_Forwarded_For=f"10.0.0.{n}", Forwarded=f"for=10.0.0.{n}")
    assert last.status == 429


@pytest.mark.parametrize(
    ("host", "name", "may"),
    [
        ("127.0.0.1", "127.0.0.1:7860", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "LOCALHOST:1", True),
        ("127.0.0.1", "[::1]:7860", True),
        ("127.0.0.1", "archive.example", True),
        ("127.0.0.1", "evil.example", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "archive.example.evil.example", False),
        ("127.0.0.1", "localhost@evil.example", False),
        ("127.0.0.1", "10.0.0.9", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "[::1", False),
        ("10.0.0.9", "10.0.0.9:7860", True),
        ("0.0.0.0", "10.0.0.9:7860", True),
        ("0.0.0.0", "evil.example", False),
        ("::", "[fe80::1]:7860", True),
        ("desk.example", "desk.example", True),
    ],
)
def test_a_page_answers_to_its_own_names_only(host: str, name: str, may: bool) -> None:
    assert may_name(host, name, ("Archive.example",)) is may


def test_another_name_is_refused_with_a_line_that_says_what_to_do(server: Server) -> None:
    refused = server.ask("GET", "/", host="evil.example\t<script>")
    assert refused.status == 421
    assert refused.text.endswith("start it with --allow-host, if it should be.\n")
    assert refused.headers["content-type"].startswith("text/plain")
    assert server.ask("GET", "/", host="archive.example").status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec_fetch_site": "none", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}, 200),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}, 200),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"}, 403),
        ({"sec_fetch_site": "same-site", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_another_site_may_link_here_and_nothing_else(server: Server, headers: dict[str, str], status: int) -> None:
    assert server.ask("GET", "/", None, **headers).status == status


def test_another_site_may_not_send(server: Server) -> None:
    body = b'{"data": []}'
    for origin in ("https://evil.example", "null", "http://localhost", f"http://localhost:{server.port}"):
        assert server.ask("POST", "/gradio_api/queue/join", body, origin=origin).status == 403
    own = f"http://127.0.0.1:{server.port}"
    assert server.ask("POST", "/gradio_api/queue/join", body, origin=own).status not in (403, 404)
    preflight = {"origin": own, "access_control_request_method": "POST"}
    assert server.ask("OPTIONS", "/gradio_api/queue/join", None, **preflight).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file%3D/etc/passwd",
        "/gradio_api/file=../../etc/passwd",
        "/gradio_api/file=file:///etc/passwd",
        "/gradio_api/file=http://127.0.0.1:1/",
        "/gradio_api/file//etc/passwd",
        "/gradio_api//file=/etc/passwd",
        "//gradio_api/file=/etc/passwd",
        "/file=/etc/passwd",
        "/assets/../../../../../../etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/gradio_api/proxy=https://x.hf.space/",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/runs",
        "/gradio_api/stream/a/b/c/playlist.m3u8",
        "/gradio_api/vibe-code",
        "/gradio_api/token",
        "/gradio_api/user",
        "/gradio_api/dev/reload",
        "/gradio_api/upload_progress?upload_id=x",
        "/gradio_api/call/ask/1",
        "/gradio_api/custom_component/a/client/component/x.js",
        "/monitoring",
        "/monitoring/summary",
        "/openapi.json",
        "/docs",
        "/redoc",
        "/robots.txt",
        "/svelte/x",
        "/healthz",  # here nobody gave one
    ],
)
def test_what_the_page_does_not_use_is_not_there(server: Server, path: str) -> None:
    reply = server.ask("GET", path)
    assert (reply.status, "root:" in reply.text) == (404, False)


def test_files_are_taken_by_the_library_only(server: Server) -> None:
    for path in ("/gradio_api/upload", "/gradio_api/call/ask", "/gradio_api/api/ask", "/gradio_api/process_recording"):
        assert server.ask("POST", path, b"x").status == 404


def test_what_is_sent_is_bounded_and_said_beforehand(server: Server) -> None:
    def send(path: str, length: str, **headers: str) -> int:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.putrequest("POST", path)
        for name, value in {"content-length": length, **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        try:
            return connection.getresponse().status
        finally:
            connection.close()

    assert send("/gradio_api/queue/join", "16000001") == 413
    assert send("/gradio_api/component_server", "5000001") == 413
    assert send("/gradio_api/cancel", "1000001") == 413
    assert send("/gradio_api/queue/join", "2", **{"transfer-encoding": "chunked"}) in (400, 411)

    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("POST", "/gradio_api/queue/join", iter([b"{}"]), {"transfer-encoding": "chunked"})
    assert connection.getresponse().status == 411
    connection.close()


def test_every_reply_holds_the_browser_to_this_machine(server: Server, locked: Server) -> None:
    page = server.ask("GET", "/")
    rules = dict(rule.split(" ", 1) for rule in page.headers["content-security-policy"].split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["script-src-attr"] == rules["frame-ancestors"] == rules["object-src"] == "'none'"
    assert "'unsafe-inline'" not in rules["script-src"]
    replies = (page, server.ask("GET", "/nowhere"), server.ask("GET", "/theme.css"), locked.ask("GET", "/login"))
    for reply in replies:
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["x-frame-options"] == "DENY"
        assert reply.headers["referrer-policy"] == "same-origin"
        assert reply.headers["cross-origin-resource-policy"] == "same-origin"
        assert "content-security-policy" in reply.headers
        assert not [name for name in reply.headers if name.startswith("access-control-")]
    asked_by_its_own = server.ask("GET", "/theme.css", origin=f"http://127.0.0.1:{server.port}")
    assert not [name for name in asked_by_its_own.headers if name.startswith("access-control-")]


def test_who_watches_is_told_whether_all_is_well_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.3)
    go_on = Flag()
    troubles: list[Exception] = [ArchiveLocked("/secret/place is locked"), RuntimeError("closed")]

    def generation() -> int:
        if troubles:
            raise troubles.pop()
        assert go_on.wait(20)
        return 3

    port = free_port()
    with serving(a_page(), host="127.0.0.1", port=port, access=Access(generation=generation)):
        server = Server(port)
        for _ in range(3):  # closed; locked; does not answer in time
            reply = server.ask("GET", "/healthz")
            assert (reply.status, reply.text) == (503, '{"ok":false}')
        go_on.set()
        assert server.ask("GET", "/healthz").text == '{"ok":true,"generation":3}'


def test_whoever_serves_it_is_warned_where_others_can_reach_it() -> None:
    assert ways_in.warnings("127.0.0.1", 7860, Access()) == ways_in.warnings("localhost", 7860, Access()) == []
    (open_to_all,) = ways_in.warnings("0.0.0.0", 7860, Access())
    assert open_to_all.startswith("Whoever can reach 0.0.0.0:7860 can read all of the archive")
    (unencrypted,) = ways_in.warnings("10.0.0.9", 7860, Access(passwords=Passwords([a_line("mara")])))
    assert "unencrypted" in unencrypted
