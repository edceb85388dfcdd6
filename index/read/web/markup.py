"""HTML text in, a tree and the lines that its reader sees out. Knows nothing about articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import TypeAlias, cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from index.read.decode import one_line
from index.read.types import Unreadable

__all__ = [
    "BLOCKS",
    "Element",
    "alone",
    "element_count",
    "fragment_text",
    "length",
    "lines",
    "most_inside_one",
    "paragraph",
    "parse",
    "path",
    "raw_text",
    "text_of",
]

Element: TypeAlias = HtmlElement

# A tree that holds a control character, also as "&#8;", cannot be changed.
_CONTROL = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[\da-fA-F]))(?:;|(?![\da-fA-F]))"
)
_PARSER = HTMLParser(
    encoding="utf-8",
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
    default_doctype=False,
    huge_tree=True,  # without it everything behind the 255th unclosed tag is lost without a word
)
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
_COUNT = etree.XPath("count(descendant::*)")
_DEEPEST = 2048  # where the parser gives up

_HIDDEN = frozenset(
    "script style template noscript svg math iframe object audio video canvas select textarea datalist".split()
)
BLOCKS = frozenset(
    """
    address article aside blockquote body button center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody td tfoot th
    thead tr ul
    """.split()
)
"""What begins and ends a line."""

# Cells stand beside each other; trafilatura has its own names for some blocks.
_BLOCKS = (BLOCKS - {"td", "th"}) | {"head", "item", "list", "quote", "row"}
_LINES = frozenset(["li", "item", "dt", "dd", "tr", "row"])  # stand in a line of their own, not in a paragraph
_BREAKS = frozenset(["br", "lb"])
_CELLS = frozenset(["td", "th", "cell"])
_BETWEEN_CELLS = " | "


def parse(text: str) -> Element:
    """The page as a tree.

    Raises:
        Unreadable: No element at all, or nested deeper than anything can be read.
    """
    text = text.replace("\ufffe", "").replace("\uffff", "")
    data = text.encode(errors="ignore").translate(None, _CONTROL)  # 2 ms a page less than a pattern for all of these
    try:
        root = document_fromstring(_REFERENCE.sub(b"", data), parser=_PARSER)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise Unreadable("no text in the page") from None
    if any("depth" in entry.message for entry in _PARSER.error_log.filter_from_fatals()):
        raise Unreadable(f"tags are nested more than {_DEEPEST} deep: what lies below cannot be read")
    return root


def element_count(root: Element) -> int:
    """How many elements a page has."""
    return int(_COUNT(root))


def most_inside_one(root: Element) -> int:
    """How many elements stand directly in the one that has the most of them."""
    return max(map(len, root.iter()), default=0)


def alone(element: Element) -> Element:
    """A copy of a part of a page as a page of its own."""
    root = document_fromstring("<html><body><article></article></body></html>")
    part = deepcopy(element)
    part.tag, part.tail = "div", None
    root.find(".//article").append(part)
    return root


def paragraph(text: str) -> Element:
    """A new paragraph that begins with this text."""
    new = cast("Element", _PARSER.makeelement("p"))
    new.text = text
    return new


def path(expression: str) -> Callable[..., list[Element]]:
    """An XPath made ready: what it leads to from an element; what it calls $name is given by this name."""
    return cast("Callable[..., list[Element]]", etree.XPath(expression))


def raw_text(element: Element) -> str:
    """All letters in an element, as they are: in a third of the time that `itertext` takes."""
    return cast("str", etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def length(element: Element) -> int:
    """How many letters stand in an element, without the blanks around them."""
    return len(raw_text(element).strip())


def text_of(element: Element) -> str:
    """What stands in an element, in one line."""
    return one_line(" ".join(element.itertext()) if len(element) else element.text or "")


def fragment_text(html: str) -> str:
    """The text of a piece of HTML, such as an entry of a feed or the body of an e-mail.

    Paragraphs stand apart by a blank line, list items and table rows by a line end; "" if there is no text.
    """
    try:
        return "\n".join(lines(parse(f"<div>{html}</div>")))
    except Unreadable:
        return ""


def lines(element: Element) -> list[str]:
    """What a reader sees of an element, line by line; an empty line between paragraphs, none at the ends."""
    writer = _Writer()
    hidden: Element | None = None
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and hidden is None:
            if _is_hidden(each):
                hidden = each
                continue
            writer.border(each.tag)
            writer.write(each.text)
        elif event == "end" and (hidden is None or hidden is each):
            if hidden is None and each.tag not in _BREAKS:
                writer.border(each.tag)
            hidden = None
            if each is not element:
                writer.write(each.tail)
    return writer.finish()


def _is_hidden(element: Element) -> bool:
    if element.tag == "head":  # a heading in the trees that trafilatura makes
        return element.getparent() is not None and element.getparent().tag == "html"
    return element.tag in _HIDDEN or "hidden" in element.attrib


class _Writer:
    """Takes down text and the borders of elements, keeps lines."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._is_new_paragraph = False

    def write(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def border(self, tag: str) -> None:
        """An element begins or ends here."""
        if tag in _CELLS:
            if self._line and not self._line[-1].endswith(_BETWEEN_CELLS):
                self._line.append(_BETWEEN_CELLS)
        elif tag in _BREAKS:
            is_empty = not self._end_line()
            self._is_new_paragraph |= is_empty  # two in a row part paragraphs
        elif tag in _BLOCKS:
            self._end_line()
            self._is_new_paragraph |= tag not in _LINES

    def finish(self) -> list[str]:
        self._end_line()
        return self._lines

    def _end_line(self) -> bool:
        """Whether there was something in it."""
        text = one_line("".join(self._line)).strip(_BETWEEN_CELLS)
        self._line.clear()
        if text:
            if self._is_new_paragraph and self._lines:
                self._lines.append("")
            self._lines.append(text)
            self._is_new_paragraph = False
        return bool(text)
