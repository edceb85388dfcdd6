"""A news object in IPTC's ninjs, 1.x to 3.x, in; its values under our names out. Knows neither files nor Fields.

The versions differ in spelling: "versioncreated" became "versionCreated", "headline_main" and "body_xhtml" became the
lists "headlines" and "bodies", "byline" became "by".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.read.fields import plain_text, versioned
from index.read.types import Unreadable

_OWN = ("headlines", "bodies", "versioncreated", "pubstatus", "representationtype", "body_xhtml", "body_text")
"""Names that no other JSON has beside a "uri"."""
_TEXTS = ("text", "composite", "")  # an object may leave out what it is
_GONE = {"canceled": "canceled by its provider", "withheld": "withheld by its provider"}
_DEEPEST = 4  # objects within objects: a package of galleries of texts has three


def is_ninjs(given: Mapping[str, object]) -> bool:
    """Whether this object is meant as ninjs: it has the one field that every version asks for, and one of its own."""
    return isinstance(given.get("uri"), str) and not {name.lower() for name in given}.isdisjoint(_OWN)


def with_associated(given: Mapping[str, object], depth: int = 0) -> Iterator[Mapping[str, object]]:
    """The object, and the objects within it that are texts too."""
    yield given
    within = given.get("associations")
    each = within.values() if isinstance(within, dict) else within if isinstance(within, list) else ()
    for item in each:
        if depth < _DEEPEST and isinstance(item, dict):
            for found in with_associated(item, depth + 1):
                if _body(_lower(found)):
                    yield found


def known(given: Mapping[str, object]) -> dict[str, object]:
    """What it says, under the names of our fields.

    Raises:
        Unreadable: It is no text, was taken back, or is held back.
    """
    said = _lower(given)
    if reason := _GONE.get(str(said.get("pubstatus", "")).lower()):
        raise Unreadable(reason)
    body = _body(said)
    if not body:
        what = said.get("type")
        raise Unreadable(f"no text: a ninjs object of type {what}" if what not in _TEXTS and what else "no text")
    uri = str(said["uri"])
    return {
        "id": versioned(uri, str(said.get("version") or "")),
        "url": uri,
        "title": _headline(said) or said.get("title"),
        "text": body,
        "source": said.get("copyrightholder") or _party(said, "infosources") or _party(said, "infosource"),
        "authors": said.get("by") or said.get("byline"),
        "published": _published(said),
        "language": said.get("language"),
        "section": said.get("subjects") or said.get("subject"),
    }


def _lower(given: Mapping[str, object]) -> dict[str, object]:
    return {name.lower(): value for name, value in given.items()}


def _published(said: Mapping[str, object]) -> object:
    """When this text was first sent out: a later version of it corrects or archives, unless nothing else is given."""
    first_version = str(said.get("version", "1")) in {"0", "1"}
    made = said.get("versioncreated")
    return said.get("firstcreated") or (made if first_version else None) or said.get("contentcreated") or made


def _body(said: Mapping[str, object]) -> str:
    """The text: with markup where there is a choice, as it has the paragraphs."""
    listed = _items(said.get("bodies"))
    bodies = [(str(item.get("contenttype", "")).lower(), str(item["value"])) for item in listed]
    bodies += [(name, value) for name, value in said.items() if name.startswith("body_") and isinstance(value, str)]
    texts = {kind: plain_text(value, kind) for kind, value in bodies}
    wanted = (text for mark in ("html", "xml", "") for kind, text in texts.items() if mark in kind and text.strip())
    return next(wanted, "")


def _headline(said: Mapping[str, object]) -> str:
    """The main headline, else the first."""
    listed = _items(said.get("headlines"))
    values = [str(item["value"]) for item in sorted(listed, key=lambda item: item.get("role") != "main")]
    values += [str(said.get("headline") or "")]
    values += [value for name, value in said.items() if name.startswith("headline_") and isinstance(value, str)]
    return next((plain_text(value).strip() for value in values if value.strip()), "")


def _items(listed: object) -> list[dict[str, object]]:
    """The objects of a list of {role, contenttype, value} that have a value."""
    items = [_lower(item) for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return [item for item in items if isinstance(item.get("value"), str)]


def _party(said: Mapping[str, object], name: str) -> object:
    """Who is named first in a list of parties."""
    listed = said.get(name)
    first = listed[0] if isinstance(listed, list) and listed else None
    return first.get("name") if isinstance(first, dict) else None
