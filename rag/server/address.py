"""What a user typed in, the address of a model server out. Opens no connection."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import UsageError

KEY_VARIABLE = "ONRECORD_API_KEY"
"""The environment variable with a server's key: a command line can be read by everybody on a machine."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a model server is, such as http://localhost:8080/v1, and which of its models is meant; "": its only one."""

    url: str
    model: str


def is_address(name: str) -> bool:
    """Whether a model's name is the address of a server."""
    return name.casefold().startswith(("http://", "https://"))


def read_address(name: str) -> Address:
    """Understand `http://host:port/v1#model`. Without a path, /v1 is meant: there llama.cpp, vLLM and Ollama are.

    Raises:
        UsageError: It is no address, or holds a key.
    """
    try:
        parts = urlsplit(name)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(
            f"{name} is no address ({error}); a model server's is like http://localhost:8080/v1"
        ) from error
    if parts.username is not None or parts.query:  # not repeated: it may be a key
        raise UsageError(
            f"the address of the model server at {host} holds more than scheme, host, port and path; a key belongs "
            f"into the environment variable {KEY_VARIABLE}"
        )
    if not host or port == 0:
        raise UsageError(f"{name} is no address: it lacks a host; a model server's is like http://localhost:8080/v1")
    return Address(f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or '/v1'}", parts.fragment)
