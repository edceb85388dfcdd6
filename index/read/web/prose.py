"""The tree of a page in, the text of its article out, with the captions of its pictures marked."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from trafilatura import bare_extraction

from index.read.types import Marked, Unreadable
from index.read.web.asides import asides
from index.read.web.markup import Element, lines, raw_text
from index.read.web.shape import is_part, may_be_soup, parted, shape
from index.read.web.stated import Stated, is_elsewhere
from index.types import RemovedKind

_CAPTION = re.compile(r"(?:^|[\s_-])(?:[a-z]+)?caption|image-?description|legende|bildunterschrift", re.IGNORECASE)
_CREDIT = re.compile(r"(?:^|[\s_-])(?:photo|image|picture|media|figure|img)?[\s_-]*credits?(?:$|[\s_-])", re.IGNORECASE)
_LONGEST = 700  # characters of a caption; what is longer is wrapped in one by mistake
_LONG = 80  # letters of a paragraph that is no note
_LEAST_BLANKS = 3  # in a headline: "Read the report" may be part of a list of sources
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
    found, body = _found(root)
    if found is None:
        raise Unreadable("no text in the page")
    body = _continued(root, body)
    related = _related(root, body) - {_words(each) for each in found.iter("head")}
    return _joined(body, _placed(body, order), related)


def _found(root: Element) -> tuple[Element | None, list[str]]:
    """The article as trafilatura finds it, None if there is none, and its lines."""
    shape(root)
    found, told = _extracted(root)
    if found is None or not may_be_soup(root, told):
        return found, told
    again, parts = _extracted(parted(root))
    return (found, told) if again is None or not is_part(parts, told) else (again, parts)


def _extracted(root: Element) -> tuple[Element | None, list[str]]:
    found = bare_extraction(root, include_comments=False, with_metadata=False, fast=True)
    told = lines(found.body) if found is not None else []
    return (found.body, told) if found is not None and told else (None, [])


def _words(element: Element) -> str:
    """What stands in an element, for comparing: not cleaned, which would take a millisecond for the links of a page."""
    return " ".join(raw_text(element).split())


def _continued(root: Element, body: list[str]) -> list[str]:
    """The body with all boxes of the kind it was found in.

    Some pages part an article into boxes, with advertisements between them; trafilatura takes the best one alone, which
    lost half of 2 of 181 articles (article-extraction-benchmark).
    """
    at = {"".join(line.split()): number for number, line in enumerate(body)}
    boxes: dict[Element, list[int]] = {}
    for paragraph in root.iter("p"):
        text = raw_text(paragraph)
        if len(text) >= _LONG and len(letters := "".join(text.split())) >= _LONG:
            boxes.setdefault(paragraph.getparent(), []).append(at.get(letters, -1))
    best = max(boxes, key=lambda box: sum(number >= 0 for number in boxes[box]), default=None)
    if best is None or max(boxes[best]) < 0 or best.tag not in {"div", "section"} or not best.get("class"):
        return body
    kind, last, found = _kind_of_box(best), 0, list[str]()
    for box, numbers in boxes.items():
        if max(numbers) >= 0:
            found += body[last : max(numbers) + 1]
            last = max(last, max(numbers) + 1)
        elif _kind_of_box(box) == kind and kind[-1] is not None and not is_elsewhere(box):
            found += ["", *lines(box), ""]
    return found + body[last:]


def _kind_of_box(box: Element) -> tuple[object, ...]:
    """Boxes are of one kind if they are named alike, as is what they stand in, within one article."""
    around = box.getparent()
    outer = () if around is None else (around.tag, around.get("class"))
    return (box.tag, box.get("class"), *outer, next(box.iterancestors("article", "main"), None))


def _related(root: Element, body: list[str]) -> set[str]:
    """The lines that are a link from the first word to the last: no sentence, but the headline of another article."""
    candidates = {
        line
        for line in body[1:]
        if line.count(" ") >= _LEAST_BLANKS and len(line) <= _LONGEST and line[-1] not in '.”"'
    }
    return candidates.intersection(_words(link) for link in root.iter("a")) if candidates else set()


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
    for element, kind in asides(stated.root, stated.named).items():
        if not any(each in found for each in (element, *element.iterancestors())):
            for inner in [each for each in found if element in each.iterancestors()]:
                del found[inner]
            seen = tuple(line for line in lines(element) if line)
            found[element] = _Caption(kind, seen if sum(map(len, seen)) <= _LONGEST else ())
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
            order.append(_words(element))
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


def _joined(
    body: list[str], captions: Mapping[int, list[_Caption]], related: Container[str]
) -> tuple[str, tuple[Marked, ...]]:
    """The text, each caption in a paragraph of its own before its line of the body."""
    told: list[tuple[str, RemovedKind | None]] = []
    for at, line in enumerate(body):
        for caption in captions.get(at, ()):
            told += [*((each, caption.kind) for each in caption.lines), ("", None)]
        told.append((line, "related" if line in related else None))
    marked: list[Marked] = []
    start = 0
    for line, kind in told:
        if kind:
            marked.append(Marked(start, start + len(line), kind))
        start += len(line) + 1
    return "\n".join(line for line, _ in told), tuple(marked)


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
