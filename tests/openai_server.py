"""A small real model server on this machine: OpenAI's protocol over HTTP, with faults where a test scripts them."""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

AT_ONCE = {"retry-after-ms": "20"}
"""Asks for the next try after 20 ms: tests need not wait for the library's own half second."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; the names of headers in lower case."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Scripted

    def do_GET(self) -> None:
        self._note({})
        self.server.listing(self)

    def do_POST(self) -> None:
        self._note(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.server.steps.pop(0)(self)

    def _note(self, body: Mapping[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append(Request(self.path, headers, body))

    def send_json(self, status: int, content: object, headers: Mapping[str, str] | None = None) -> None:
        self.send_bytes(status, json.dumps(content).encode(), {"content-type": "application/json", **(headers or {})})

    def send_bytes(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def open_stream(self) -> None:
        """A body without a length: it ends with the connection."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def send_event(self, event: object) -> None:
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


class Scripted(ThreadingHTTPServer):
    """Answers each request for a reply with the next step, and one for its models always in the same way."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.listing: Step = lists("tiny")
        self.steps: list[Step] = []
        self.requests: list[Request] = []
        self.left = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


Step = Callable[[Handler], None]


@contextmanager
def serving() -> Iterator[Scripted]:
    server = Scripted()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def lists(*names: str, **facts: object) -> Step:
    """These models, and what is told of each."""
    rows = [{"id": name, "object": "model", **facts} for name in names]
    return sends_json({"object": "list", "data": rows})


def chunk(text: str | None, *, end: str | None = None, **delta: object) -> object:
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "tiny",
        "choices": [{"index": 0, "delta": {"content": text, **delta}, "finish_reason": end}],
    }


def says(*pieces: str, end: str = "stop") -> Step:
    """A reply, and why it ends."""

    def step(handler: Handler) -> None:
        handler.open_stream()
        handler.send_event(chunk(None, role="assistant"))
        for piece in pieces:
            handler.send_event(chunk(piece))
        handler.send_event(chunk(None, end=end))
        handler.send_event({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}})
        handler.wfile.write(b"data: [DONE]\n\n")

    return step


def sends(*events: object) -> Step:
    """Events as they are, then the end of the connection."""

    def step(handler: Handler) -> None:
        handler.open_stream()
        for event in events:
            handler.send_event(event)

    return step


def sends_bytes(content: bytes, content_type: str = "text/event-stream", status: int = 200) -> Step:
    return lambda handler: handler.send_bytes(status, content, {"content-type": content_type})


def sends_json(content: object) -> Step:
    return lambda handler: handler.send_json(200, content)


def refuses(status: int, message: str = "no", headers: Mapping[str, str] | None = None) -> Step:
    error = {"error": {"message": message, "type": "some_error", "code": status}}
    return lambda handler: handler.send_json(status, error, headers)


def cuts_the_line(*events: object) -> Step:
    """Some events, then a connection reset in the middle of a chunk that was announced."""

    def step(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        for event in events:
            data = f"data: {json.dumps(event)}\n\n".encode()
            handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        handler.wfile.write(b"ff\r\ndata: {")
        handler.wfile.flush()
        handler.close_connection = True

    return step


def writes_on(pause_seconds: float = 0.01) -> Step:
    """A reply without an end; notes when nobody listens any more."""

    def step(handler: Handler) -> None:
        handler.open_stream()
        while not _gone(handler.connection, pause_seconds):
            handler.send_event(chunk("on "))
        handler.server.left.set()

    return step


def waits(seconds: float = 10.0) -> Step:
    """No reply; notes when nobody listens any more."""

    def step(handler: Handler) -> None:
        if _gone(handler.connection, seconds):
            handler.server.left.set()
        handler.close_connection = True

    return step


def tells(chances: Mapping[str, float]) -> Step:
    """The likeliest first tokens, with the natural logarithms of their chances."""
    from math import log

    likely = [{"token": token, "logprob": log(chance), "bytes": None} for token, chance in chances.items()]
    first = {"token": next(iter(chances), ""), "logprob": -0.1, "bytes": None, "top_logprobs": likely}
    return whole({"content": [first]} if chances else None)


def whole(logprobs: object) -> Step:
    choice = {
        "index": 0,
        "finish_reason": "length",
        "message": {"role": "assistant", "content": "x"},
        "logprobs": logprobs,
    }
    reply = {"id": "1", "object": "chat.completion", "created": 1, "model": "tiny", "choices": [choice]}
    return sends_json(reply)


def _gone(connection: socket.socket, seconds: float) -> bool:
    """Whether the other side closes the connection within this time."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([connection], [], [], left)[0]:
            try:
                if not connection.recv(1, socket.MSG_PEEK):
                    return True
            except ConnectionResetError:  # it closed with something of ours unread
                return True
    return False
