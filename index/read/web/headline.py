"""A tree and the title of its article in, where the headline stands and the lines around it out. Judges no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.read.decode import letters, one_line
from index.read.web.markup import Element, path, text_of

Line = tuple[tuple[str, Element], ...]
"""The pieces of a line as the markup parts them, each with the element it stands in."""

_BLOCKS = frozenset(
    """
    address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table tbody td th thead tr ul
    """.split()
)
_SKIPPED = frozenset("script style template noscript svg math iframe select textarea button figure aside nav".split())
_ELSEWHERE = frozenset(["aside", "footer", "nav", "li", "title", "option"])
_MOST_LINES = 24
_PROSE = 160  # characters; a line that long is a paragraph, not what stands at a headline
_MOST_PROSE = 2  # the subtitle or lead, and the first paragraph
_LINES_ABOVE = 2
_MOST_PLACES = 40
_UP = 3  # elements from a piece of the headline to the whole of it
_HOLDS = path("//body//text()[contains(., $words)]/parent::*[not(self::script or self::style)]")


@dataclass(frozen=True, slots=True)
class Nearby:
    """What stands at the headline.

    Attributes:
        headline: Where it stands, None if its words stand nowhere alone.
        below: The lines below it up to the article's second paragraph, the nearest first.
        above: The two lines above it, the nearest first.
    """

    headline: Element | None
    below: tuple[Line, ...]
    above: tuple[Line, ...]


def nearby(root: Element, title: str, headings: Sequence[Element]) -> Nearby:
    """What stands at the heading that is the title, else at what holds its words alone.

    Args:
        root: Of the page.
        title: Of its article.
        headings: Its <h1>.
    """
    wanted = letters(title)
    found = next((each for each in headings if wanted and letters(text_of(each)) == wanted), None)
    if found is None:
        found = standing(root, title)
    return Nearby(found, tuple(_below(found)), tuple(_above(found))) if found is not None else Nearby(None, (), ())


def standing(root: Element, words: str) -> Element | None:
    """The first element that holds these words and no others, beside the article's menus and side columns."""
    wanted, begin = letters(words), " ".join(words.split()[:2])[:24]
    if not wanted:
        return None
    for found in islice(_HOLDS(root, words=begin), _MOST_PLACES):
        for each in islice(_upwards(found), _UP):
            held = letters(text_of(each)) if len(each) < _MOST_PLACES else ""
            if held == wanted and not _is_beside(each):
                return each
            if len(held) > len(wanted):
                break
    return None


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _is_beside(element: Element) -> bool:
    """In a menu, a list or a side column, or a link that is no heading."""
    tags = [each.tag for each in _upwards(element)]
    return not _ELSEWHERE.isdisjoint(tags) or ("a" in tags and not {"h1", "h2", "h3"} & set(tags))


def _below(headline: Element) -> list[Line]:
    """The lines below a headline up to the article's second paragraph."""
    found: list[Line] = []
    prose = 0
    for line in islice(_lines(_following(headline)), _MOST_LINES):
        prose += sum(len(text) for text, _ in line) > _PROSE
        if prose == _MOST_PROSE:
            break
        found.append(line)
    return found


def _above(headline: Element) -> list[Line]:
    """The two lines above a headline, the nearest first."""
    found: list[Line] = []
    for each in islice(_upwards(headline), _UP):
        for before in each.itersiblings(preceding=True):
            if before.tag in _SKIPPED or before.tag in {"header", "ul", "ol", "form"}:
                return found[:_LINES_ABOVE]
            lines = list(islice(_lines(_within(before)), _LINES_ABOVE + 1))
            if len(lines) > _LINES_ABOVE:
                return found[:_LINES_ABOVE]
            found.extend(reversed(lines))
            if len(found) >= _LINES_ABOVE:
                return found[:_LINES_ABOVE]
    return found


def _lines(pieces: Iterable[tuple[str, Element | None]]) -> Iterator[Line]:
    line: list[tuple[str, Element]] = []
    for text, element in pieces:
        if element is not None:
            if squeezed := one_line(text):
                line.append((squeezed, element))
        elif line:
            yield tuple(line)
            line = []
    if line:
        yield tuple(line)


def _following(element: Element) -> Iterator[tuple[str, Element | None]]:
    """The texts behind an element in order; None is the end of a line."""
    yield "", None
    at = element
    while at.tag != "body" and (parent := at.getparent()) is not None:
        yield at.tail or "", parent
        behind = at.getnext()
        if behind is None:
            at = parent
            if at.tag in _BLOCKS:
                yield "", None
        elif behind.tag == "h1":
            return
        else:
            yield from _within(behind)
            at = behind


def _within(element: Element) -> Iterator[tuple[str, Element | None]]:
    """The texts of an element in order; None is the end of a line."""
    waiting = [(element, False)]
    while waiting:
        at, is_done = waiting.pop()
        is_skipped = at.tag in _SKIPPED or "hidden" in at.attrib
        if is_skipped or at.tag in _BLOCKS:
            yield "", None
        if not is_done and not is_skipped:
            yield at.text or "", at
            waiting.append((at, True))
            waiting.extend((child, False) for child in at.iterchildren(reversed=True))
        elif at is not element:
            yield at.tail or "", at.getparent()
