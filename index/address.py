"""A web address in, one spelling for all that lead to the same page out."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_|(?:fbclid|gclid)(?:=|$)", re.IGNORECASE)


@lru_cache(maxsize=16)  # an article asks for its own twice
def canonical_url(url: str) -> str | None:
    """One spelling for all the addresses that lead to the same page.

    Lower-case scheme and host; no fragment, tracking parameters or trailing slash; the other parameters in order.
    None if it cannot be taken apart.
    """
    try:
        scheme, host, path, query, _ = urlsplit(url)
    except ValueError:  # "https://[half an IPv6 address"
        return None
    parameters = sorted(part for part in query.split("&") if part and not _TRACKING.match(part))
    return urlunsplit((scheme.lower(), host.lower(), path.rstrip("/"), "&".join(parameters), ""))
