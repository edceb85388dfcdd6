"""The tree of a page in, the boxes in it that are no part of the article though they stand among it, out.

Told by the heading that such a box opens with, by what a reader's comments are called, by a link with a line about it,
and by a picture that is alone in a box with a few words. A box that holds much of the text of the page is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from index.read.tidy.notices import notice
from index.read.web.markup import Element, length, raw_text
from index.types import RemovedKind

_LONGEST_HEADING = 80  # characters
_BOX = 1500  # characters of a box that a heading opens
_CARD = 600  # characters of a teaser
_CAPTION = 250  # characters
_LONG = 80  # letters of a paragraph that is no note
_LINKED = 0.2  # of a box of links to other articles is link, the rest says what they are about
_MOST_BOXES = 300
_MOST = 0.4  # of the long paragraphs of a page: what holds more may be the article
_OUTER = frozenset(["html", "body", "main", "article"])
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")

_COMMENTS = re.compile(
    r"(?:(?:all|\d+|view|show|recent|latest|top|reader|readers['’]?|user)\s)*(?:comments?|kommentare|leserkommentare|commentaires|"
    r"comentarios|comentários|commenti|reacties|kommentarer)\s*(?:\(\s*\d+\s*\)|\d+)?\W*|\(?\d+\)?\s+(?:responses?|replies)\b.*"
    r"|what\s+(?:our\s+|you(?:r|,)?\s*(?:our\s+)?)?readers\s+(?:say|think)\W*|join\s+the\s+(?:conversation|discussion|debate)\W*"
    r"|(?:ihre|eure)\s+(?:meinung|kommentare)\W*|댓글.{0,10}|コメント.{0,10}",
    re.IGNORECASE,
)
_BOXES = frozenset(["div", "section", "ol", "ul", "dl"])
_READERS_CLASS = re.compile(
    r"(?:^|[\s_-])(?:cmts?|cmnts?|readers?-?(?:notes?|comments?|letters?|voices?|opinions?|posts?))(?:$|[\s_-])",
    re.IGNORECASE,
)
_FEW = 6  # elements beside a picture
_STRAY = 3  # characters, such as a dash
_WRAPPERS = frozenset(["div", "span", "section", "center"])
_PICTURES = ("img", "picture", "amp-img")
_NO_CAPTION = ("h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "pre", "form", "input")


def asides(root: Element, named: Iterable[Element]) -> dict[Element, RemovedKind]:
    """The boxes, with what each is; none within another.

    Args:
        root: Of the page.
        named: Its elements with a class that may speak of readers.
    """
    found: dict[Element, RemovedKind] = {}
    candidates = list(islice(chain(_opened(root), _by_readers(named), _cards(root), _pictured(root)), _MOST_BOXES))
    sizes = _long_text(root) if candidates else {}
    total = sizes.get(root, 0)
    for box, kind in candidates:
        if any(each in found for each in (box, *box.iterancestors())):
            continue
        if sizes.get(box, 0) <= _MOST * total and next(box.iter("h1"), None) is None:
            found[box] = kind
    return found


def _long_text(root: Element) -> dict[Element, int]:
    """How many letters of long paragraphs stand in each element that holds any."""
    long = [(each, size) for each in root.iter("p") if (size := length(each)) >= _LONG]
    if not long:
        long = [(each, size) for each in root.iter("div", "td") if (size := _own_length(each)) >= _LONG]
    sizes: dict[Element, int] = {}
    for each, size in long:
        for up in (each, *each.iterancestors()):
            sizes[up] = sizes.get(up, 0) + size
    return sizes


def _own_length(element: Element) -> int:
    """Letters that stand in a box themselves."""
    return len((element.text or "").strip()) + sum(len((each.tail or "").strip()) for each in element)


def _opened(root: Element) -> Iterator[tuple[Element, RemovedKind]]:
    """The boxes that open with a heading which says that they are none of the article."""
    has_comments = False
    for heading in root.iter(*_HEADINGS):
        text = " ".join(raw_text(heading).split())
        if not 0 < len(text) <= _LONGEST_HEADING:
            continue
        if _COMMENTS.fullmatch(text):
            if not has_comments:
                yield from ((each, "prompt") for each in _with_all_behind(heading))
            has_comments = True
        elif (
            _is_first(heading)
            and (kind := notice(text)) in {"related", "prompt", "credit"}
            and (box := _box(heading)) is not None
        ):
            yield from [(box, kind)] if kind != "related" or _is_linked(box) else ()


def _is_linked(box: Element) -> bool:
    return sum(map(length, box.iter("a"))) >= _LINKED * length(box)


def _box(heading: Element) -> Element | None:
    """The largest small box that the heading opens."""
    box = heading
    while _is_first(box) and (around := box.getparent()) is not None and around.tag not in _OUTER:
        if length(around) > _BOX:
            break
        box = around
    return None if box is heading or length(box) == length(heading) else box


def _is_first(element: Element) -> bool:
    around = element.getparent()
    if around is None or (around.text or "").strip():
        return False
    return not any(length(each) or (each.tail or "").strip() for each in element.itersiblings(preceding=True))


def _with_all_behind(heading: Element) -> list[Element]:
    """The box that the heading opens, whatever its size, or the heading with what follows it."""
    box = heading
    while _is_first(box) and (around := box.getparent()) is not None and around.tag not in _OUTER:
        box = around
    return [box] if box is not heading else [heading, *heading.itersiblings()]


def _by_readers(named: Iterable[Element]) -> Iterator[tuple[Element, RemovedKind]]:
    for box in named:
        if box.tag in _BOXES and _READERS_CLASS.search(box.get("class", "")):
            yield box, "prompt"


def _cards(root: Element) -> Iterator[tuple[Element, RemovedKind]]:
    """The boxes that hold teasers of other articles, each an <article>, and hardly anything else."""
    for around in dict.fromkeys(each.getparent() for each in root.iter("article")):
        if around is None or around.tag in _OUTER or len(around) > _MOST_BOXES:
            continue
        if all(_is_card(each) if each.tag == "article" else length(each) <= _LONGEST_HEADING for each in around):
            yield around, "related"


def _is_card(article: Element) -> bool:
    linked = any(next(each.iter("a"), None) is not None for each in article.iter(*_HEADINGS))
    return linked and length(article) <= _CARD


def _pictured(root: Element) -> Iterator[tuple[Element, RemovedKind]]:
    """The boxes that hold a picture and, behind it, a few words, and nothing else."""
    for picture in root.iter(*_PICTURES):
        box = picture
        while (around := box.getparent()) is not None and _is_wrapper(around):
            box = around
        if around is not None and around.tag in _WRAPPERS and len(around) <= _FEW and _is_caption_behind(box, around):
            yield around, "caption"


def _is_caption_behind(box: Element, around: Element) -> bool:
    bare = (around.text or "") + "".join(each.tail or "" for each in around)
    before = any(map(length, box.itersiblings(preceding=True)))
    behind = [each for each in box.itersiblings() if length(each)]
    if before or not behind or len(bare.strip()) > _STRAY or length(around) > _CAPTION:
        return False
    linked = any(next(each.iter("a"), None) is not None for each in behind)
    return not linked and next(around.iter(*_NO_CAPTION), None) is None


def _is_wrapper(element: Element) -> bool:
    return element.tag not in {*_OUTER, "td", "li", "p"} and len(element) <= _FEW and not length(element)
