"""The tree of a page in, the text of its article out, with the captions of its pictures marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trafilatura import bare_extraction

from index.read.formats.markup import Element, lines
from index.read.formats.stated import Stated, is_elsewhere
from index.read.types import Marked, Unreadable
from index.types import RemovedKind

_CAPTION = re.compile(r"(?:^|[\s_-])(?:[a-z]+)?caption|image-?description|legende|bildunterschrift", re.IGNORECASE)
_CREDIT = re.compile(r"(?:^|[\s_-])(?:photo|image|picture|media|figure|img)?[\s_-]*credits?(?:$|[\s_-])", re.IGNORECASE)
_LONGEST = 700  # characters of a caption; what is longer is wrapped in one by mistake
_PROSE = frozenset(["table", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3"])
_PLACES = ("p", "li", "h2", "h3", "h4", "blockquote")


@dataclass(frozen=True, slots=True)
class _Caption:
    kind: RemovedKind
    lines: tuple[str, ...]


def whole_text(root: Element) -> str:
    """All that a reader sees of the page."""
    return "\n".join(lines(root))


def article_text(stated: Stated) -> tuple[str, tuple[Marked, ...]]:
    """The text of the article, captions marked in it. Takes the captions out of the tree.

    Raises:
        Unreadable: There is none.
    """
    root = stated.root
    captions = _captions(stated)
    order = _order(root, captions)
    for element in captions:
        _take_out(element)
    for element in root.iter("time", "button", "label"):
        if next(element.iterancestors("p"), None) is not None:
            element.tag = "span"  # a word of a sentence: trafilatura drops such elements anywhere
    body = _body(root)
    if not body:
        raise Unreadable("no text in the page")
    return _joined(body, order)


def _body(root: Element) -> list[str]:
    found = bare_extraction(root, include_comments=False, with_metadata=False, fast=True)
    return lines(found.body) if found is not None else []


def _captions(stated: Stated) -> dict[Element, _Caption]:
    """The captions and credits of the page, none within another."""
    found: dict[Element, _Caption] = {}
    for element in (*stated.root.iter("figure"), *stated.root.iter("figcaption"), *stated.named):
        kind = _kind(element)
        if kind is None or any(each in found for each in (element, *element.iterancestors())):
            continue
        if next(element.iter(*_PROSE), None) is not None or is_elsewhere(element):
            continue
        seen = tuple(line for line in lines(element) if line)
        if sum(map(len, seen)) <= _LONGEST:
            found[element] = _Caption(kind, tuple(dict.fromkeys(seen)))
    return found


def _kind(element: Element) -> RemovedKind | None:
    if element.tag in {"figure", "figcaption"}:
        return "caption"
    about = element.get("class", "")
    if element.tag in {"body", "article", "main", "img"}:
        return None
    if _CREDIT.search(about):
        return "credit"
    return "caption" if _CAPTION.search(about) else None


def _order(root: Element, captions: dict[Element, _Caption]) -> list[str | _Caption]:
    """The paragraphs below the headline, and the captions among them."""
    order: list[str | _Caption] = []
    for element in root.iter("h1", *_PLACES, *{each.tag for each in captions}) if captions else ():
        if element in captions:
            order.append(captions[element])
        elif element.tag == "h1":
            order.clear()
        elif element.tag in _PLACES:
            order.append(" ".join("".join(element.itertext()).split()))
    return order


def _take_out(element: Element) -> None:
    """Remove an element, but not the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _joined(body: list[str], order: list[str | _Caption]) -> tuple[str, tuple[Marked, ...]]:
    """The text, each caption before the paragraph that it stands before in the page.

    A caption above the first paragraph or below the last one is the article's only if it stands next to it.
    """
    placed = _placed(body, order)
    text: list[str] = []
    marked: list[Marked] = []
    length = 0
    for at, line in enumerate([*body, ""]):
        for caption in placed.get(at, ()):
            for each in caption.lines:
                marked.append(Marked(length, length + len(each), caption.kind))
                text.append(each)
                length += len(each) + 1
            text.append("")
            length += 1
        text.append(line)
        length += len(line) + 1
    return "\n".join(text).rstrip("\n"), tuple(marked)


def _placed(body: list[str], order: list[str | _Caption]) -> dict[int, list[_Caption]]:
    """Before which line of the body each caption belongs."""
    at = {line: number for number, line in reversed(list(enumerate(body))) if line}
    placed: dict[int, list[_Caption]] = {}
    waiting: list[_Caption] = []
    last = -1
    seen: set[tuple[str, ...]] = set()
    for each in order:
        if isinstance(each, str):
            number = at.get(each, -1)
            if number >= max(last, 0):
                placed.setdefault(number, []).extend(waiting)
                waiting, last = [], number
        elif each.lines and each.lines not in seen:
            seen.add(each.lines)
            waiting.append(each)
    return placed
