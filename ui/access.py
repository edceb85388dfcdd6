"""How a page is reached and by whom: what is set when it is served, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from ui.passwords import Passwords

LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may reach a page, and how.

    Attributes:
        names: By which hosts may ask for it, besides this machine's own names and the address it listens on.
        root_path: Where a proxy puts it, such as "/desk"; "": nowhere else.
        proxy: The address of a proxy whose word on who asks, and whether by https, is taken; "": nobody's is.
        passwords: Those of whom it lets in; None: everybody.
        generation: Asks the archive for its generation: whether all is well; None: nobody is told.
    """

    names: tuple[str, ...] = ()
    root_path: str = ""
    proxy: str = ""
    passwords: Passwords | None = None
    generation: Callable[[], int] | None = None


EVERYBODY = Access()


def is_local(host: str) -> bool:
    """Whether only this machine reaches this address."""
    return host.casefold() in LOCAL or (_is_address(host) and ip_address(host).is_loopback)


def may_name(host: str, name: str, names: tuple[str, ...]) -> bool:
    """Whether a page that listens on a host may be asked for by this name, as a browser sends it.

    Another name may be one that was made to point here by a page elsewhere, which would then read this one (DNS
    rebinding). A bare address cannot be made so, and where one listens on all of them, any may be asked for.
    """
    try:
        asked = urlsplit(f"//{name}").hostname or ""
    except ValueError:
        return False
    known = {each.casefold() for each in (*LOCAL, host, *names)}
    return asked in known or (_listens_everywhere(host) and _is_address(asked))


def warnings(host: str, port: int, access: Access) -> list[str]:
    """What whoever serves a page should know, each in a line."""
    if is_local(host):
        return []
    if access.passwords is None:
        return [
            f"Whoever can reach {host}:{port} can read all of the archive: --auth-file lets in only those it names."
        ]
    return [f"Passwords and answers reach {host}:{port} unencrypted: put a proxy with https before it."]


def _listens_everywhere(host: str) -> bool:
    return _is_address(host) and ip_address(host).is_unspecified


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
