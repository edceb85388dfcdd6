"""A request in, the way it takes out, or none: whatever the page does not use is not there.

Gradio serves more than this page needs: files and addresses elsewhere, uploads, streams, schemas, monitoring. What is
not in this table is refused before Gradio sees it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ui.library.uploads import PIECE_BYTES

_SOME = 1_000_000
"""A question with its view, a choice, a click."""

_CONVERSATION = 16_000_000
"""A conversation out of a browser's memory comes back whole; a long one takes 200 kB, a browser keeps some 5 MB, and
JSON within JSON escapes each quotation mark twice."""


@dataclass(frozen=True, slots=True)
class Way:
    """What may be asked for.

    Attributes:
        paths: The whole path, below where the page is.
        methods: How it may be asked for.
        body_bytes: How much may come with it.
        is_open: Whether it is there for whoever is not let in.
    """

    paths: re.Pattern[str]
    methods: tuple[str, ...] = ("GET", "HEAD")
    body_bytes: int = 0
    is_open: bool = False


WAYS = (
    Way(re.compile(r"/")),
    Way(re.compile(r"/healthz"), is_open=True),
    Way(re.compile(r"/login"), ("GET", "HEAD", "POST"), 4_000, is_open=True),
    Way(re.compile(r"/logout"), ("POST",), 4_000),
    Way(re.compile(r"/(config|theme\.css|favicon\.ico|manifest\.json)")),
    Way(re.compile(r"/(assets|static)(/[\w@+-][\w.@+-]*)+")),
    Way(re.compile(r"/gradio_api/(startup-events|heartbeat/\w+|queue/data)")),
    Way(re.compile(r"/gradio_api/queue/join"), ("POST",), _CONVERSATION),
    Way(re.compile(r"/gradio_api/run/predict"), ("POST",), _CONVERSATION),
    Way(re.compile(r"/gradio_api/component_server/?"), ("POST",), PIECE_BYTES + _SOME),
    Way(re.compile(r"/gradio_api/(cancel|reset)"), ("POST",), _SOME),
)


def way_of(path: str) -> Way | None:
    """The way to a path; None: there is none."""
    return next((way for way in WAYS if way.paths.fullmatch(path)), None)
