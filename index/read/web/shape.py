"""The tree of a page in; the same, in the shape in which its article is found, out. Changes tags, never words.

Paragraphs are told by their tag. Pages that part their text by other means get paragraphs first, else they would be
read as one, with all that stands around the article in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from index.read.web.markup import BLOCKS, Element, alone, length, paragraph

_CARD = 600  # characters of the teaser of another article
_LONG = 80  # characters of a paragraph that is no note
_ENOUGH = 400  # characters of a paragraph that may be a whole page
_FEW = 3  # paragraphs
_NEARLY = 0.9  # of the letters: what is in another order or form
_SHORT = 20  # characters that may be a stray word
_MOST = 0.75  # of the long paragraphs of what lies around it: there the article stands
_UNSEEN = frozenset("script style template noscript svg math iframe select textarea button form nav".split())


def shape(root: Element) -> None:
    """Makes words of a sentence, teasers and text beside a picture what they are, whatever their tags say."""
    for element in root.iter("time", "button", "label"):
        if next(element.iterancestors("p"), None) is not None:
            element.tag = "span"  # trafilatura drops such elements anywhere
    _step_back(root)
    _give_text_behind_pictures(root)


def may_be_soup(root: Element, lines: Sequence[str]) -> bool:
    """Whether a text was read as one paragraph, or nearly, or from a page that has no paragraphs."""
    told = [line for line in lines if line]
    if len(told) <= _FEW and max(map(len, told), default=0) > _ENOUGH:
        return True
    return not any(length(each) >= _LONG for each in root.iter("p"))


def is_part(lines: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether some paragraphs are what another text has too, with other things."""
    told = [line for line in lines if line]
    around = "".join("".join(whole).split())
    known = sum(len(line) for line in told if "".join(line.split()) in around)
    return len(told) > 1 and known >= _NEARLY * sum(map(len, told))


def parted(root: Element) -> Element:
    """The part of the page in which the article stands, by where its text is, with a paragraph for each run of text."""
    body = root.find(".//body")
    if body is None:
        return root
    _give_paragraphs(body)
    return alone(_narrowed(body))


def _step_back(root: Element) -> None:
    """Teasers of other articles are no article if more text stands outside of them: the first would be taken for it."""
    articles = list(root.iter("article"))
    long = sum(size for each in root.iter("p") if (size := length(each)) >= _LONG) if articles else 0
    for element in articles:
        if next(element.iter("h1"), None) is not None or next(element.iter("a", "h2", "h3", "h4"), None) is None:
            return
        size = length(element)
        if size > _CARD or 2 * size > long:
            return
        element.tag = "div"


def _give_text_behind_pictures(root: Element) -> None:
    """Bare text right behind the box of a picture becomes a paragraph: trafilatura drops it with the picture."""
    for element in [each for each in root.iter("div", "figure", "center") if len((each.tail or "").strip()) >= _SHORT]:
        if next(element.iter("img", "picture", "video", "amp-img"), None) is None:
            continue
        wrapped = paragraph(element.tail or "")
        beside = element.itersiblings()
        wrapped_after = list(takewhile(lambda each: each.tag not in BLOCKS and each.tag != "br", beside))
        element.tail = None
        element.addnext(wrapped)
        wrapped.extend(wrapped_after)


def _give_paragraphs(body: Element) -> None:
    """Each run of text that blocks or line breaks part from the rest becomes a paragraph."""
    parted = {up for each in body.iter("br", *BLOCKS) for up in each.iterancestors()}
    hidden = {below for each in body.iter(*_UNSEEN) for below in each.iter()}
    for box in [each for each in body.iter() if isinstance(each.tag, str) and each not in hidden]:
        if box in parted or (box.tag in BLOCKS and box.tag != "p"):
            _part(box, parted)


def _part(box: Element, parted: set[Element]) -> None:
    """Wraps the runs of text and inline elements of one box."""
    for before, nodes in _runs(box, parted):
        text = (box.text if before is None else before.tail) or ""
        if not text.strip() and not any(length(each) + len((each.tail or "").strip()) for each in nodes):
            continue
        wrapped = paragraph(text)
        if before is None:
            box.text = None
            box.insert(0, wrapped)
        else:
            before.tail = None
            before.addnext(wrapped)
        wrapped.extend(nodes)


def _runs(box: Element, parted: set[Element]) -> list[tuple[Element | None, list[Element]]]:
    """What each run follows, None at the start, and the inline elements in it."""
    children = list(box)
    doubled = {
        each
        for one, two in pairwise(children)
        if one.tag == two.tag == "br" and not (one.tail or "").strip()
        for each in (one, two)
    }
    runs: list[tuple[Element | None, list[Element]]] = [(None, [])]
    for each in children:
        is_end = each.tag == "br" and (each in doubled or not doubled)  # where two part, one begins a new line
        if is_end or each in parted or each.tag in BLOCKS or not isinstance(each.tag, str):
            runs.append((each, []))
        else:
            runs[-1][1].append(each)
    return runs


def _narrowed(body: Element) -> Element:
    """The smallest part of the page that holds most of its long paragraphs, those made of links aside."""
    sizes: dict[Element, int] = {}
    for each in body.iter("p"):
        size = length(each)
        if size >= _LONG and sum(map(length, each.iter("a"))) < size / 2:
            for up in each.iterancestors():
                sizes[up] = sizes.get(up, 0) + size
    box: Element | None = body
    while box is not None:
        smallest, box = box, next(_inner(box, sizes), None)
    return smallest


def _inner(box: Element, sizes: dict[Element, int]) -> Iterator[Element]:
    return (each for each in box if sizes.get(each, 0) >= _MOST * sizes.get(box, 0) > 0)
