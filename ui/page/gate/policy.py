"""What a reply holds in, the headers that hold a browser to it out: which scripts run, and where it may ask.

Nothing is asked of any other machine, and nothing runs but the page's own scripts.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

HEADERS = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
}

LOCKED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""For what needs no script."""


def hashes_in(html: bytes) -> list[str]:
    """The scripts that stand in a page, as a policy names them."""
    return [hash_of(script) for script in _SCRIPT.findall(html)]


def hash_of(script: bytes) -> str:
    """A script as a policy names it."""
    return f"'sha256-{b64encode(sha256(script).digest()).decode()}'"


def policy(scripts: Iterable[str]) -> str:
    """What a page may do whose own scripts are these.

    Gradio compiles its templates ('unsafe-eval') and styles its parts one by one; neither lets markup run a script.
    """
    allowed = " ".join(dict.fromkeys(scripts))
    return (
        f"default-src 'self'; script-src 'self' 'unsafe-eval' {allowed}; script-src-attr 'none'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-src 'none'; worker-src 'self' blob:; frame-ancestors 'none'"
    )
