"""An address as an article gives it in, the same out if a browser may be sent there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def link(url: str | None) -> str | None:
    """The address if it is a plain web address, else None: an article may carry `javascript:` or worse."""
    if url is None or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
