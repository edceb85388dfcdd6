"""All that a page states in, what its outlet is called out; a name counts only where the page says it is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from index.read.decode import letters, one_line
from index.read.tidy.about import rights_holder
from index.read.web.linked import kinds, words
from index.read.web.markup import Element, path, text_of
from index.read.web.stated import Stated, Told
from index.read.web.titles import parts

_OUTLETS = "og:site_name application-name dc.publisher dcterms.publisher citation_journal_title publisher".split()
_LONGEST = 80
_LONGEST_RIGHTS = 300  # characters of a line about copyright
_OF_SITE = path(
    "//a[@href='/' or @rel='home']//text() | //a[@href='/' or @rel='home']//@alt | //footer//text()"
    " | //*[@class][contains(@class, 'logo') or contains(@class, 'site-name') or contains(@class, 'site-title')"
    " or contains(@class, 'masthead') or contains(@class, 'brand') or contains(@class, 'footer')]//text()"
    " | //*[@id][contains(@id, 'logo') or contains(@id, 'footer')]//text()"
    " | //img[contains(@alt, 'ogo') or contains(@class, 'logo') or contains(@src, 'logo')]/@alt"
)
_SIGNS = ("©", "ⓒ", "opyright")
_LAST = 200  # elements of a page, where its line about copyright is
_MOST_PIECES = 20
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO_OUTLET = re.compile(r"/|\b(?:licensed?|licence|reserv\w+|vorbehalten|images?|photo\w*)\b", re.IGNORECASE)
_LOGO = re.compile(r"\blogo\b", re.IGNORECASE)


def called(stated: Stated) -> Iterator[Told]:
    """What machines are told; addresses and the title of the page are put into its place too."""
    title = letters(stated.title)
    for name, by in _told(stated):
        if len(name) <= _LONGEST and "://" not in name and letters(name) not in {"", title}:
            yield name, by


def printed(stated: Stated, title: str, host_names: list[str]) -> Iterator[Told]:
    """What the page itself shows: what its title begins or ends in besides the headline, and who holds the rights.

    Args:
        stated: By the page.
        title: Of the article.
        host_names: What its host is called.
    """
    pieces = parts(stated.title)
    ends = [piece for piece in (pieces[-1], pieces[0]) if len(piece) <= _LONGEST] if len(pieces) > 1 else []
    names = dict.fromkeys(name for end in ends for name in (end, end.split(",")[0].strip()))
    wanted = {letters(name): name for name in names if letters(name) not in letters(title)}
    hosts = {letters(name) for name in host_names}
    rights = list(_rights(stated)) if not wanted.keys() & hosts else []
    shown = hosts | {letters(name) for name in rights}
    if wanted and not wanted.keys() & shown:
        texts = (letters(_LOGO.sub("", str(text))) for text in _OF_SITE(stated.root) if len(text) <= _LONGEST)
        shown |= {text for text in texts if text in wanted}
    yield from ((name, "title tag") for said, name in wanted.items() if said in shown)
    yield from ((name, "copyright line") for name in rights)


def host_names(url: str) -> list[str]:
    """The host of an address, and the labels of its name."""
    host = urlsplit(url).hostname or ""
    labels = host.removeprefix("www.").split(".")
    return [host.removeprefix("www."), *labels[:-1]] if host else []


def _told(stated: Stated) -> Iterator[Told]:
    yield from stated.meta("og:site_name")
    yield words(stated.linked("publisher")), "JSON-LD"
    for thing in stated.things:
        if {"WebSite", "NewsMediaOrganization"} & set(kinds(thing)):
            yield words(thing.get("name")), "JSON-LD"
    yield from stated.meta(*_OUTLETS[1:])


def _rights(stated: Stated) -> Iterator[str]:
    """Who holds the rights by the lines about it, the last one first: it is the page's own."""
    for element in islice(_backwards(stated.root), _LAST):
        if any(sign in (element.text or "") or sign in (element.tail or "") for sign in _SIGNS):
            for each in (element, element.getparent()):
                line = text_of(each) if each is not None and len(each) < _MOST_PIECES else ""
                # Without a year it is mostly the credit of a picture.
                name = rights_holder(line) if len(line) <= _LONGEST_RIGHTS and _HAS_YEAR.search(line) else ""
                if name and not _NO_OUTLET.search(name):
                    yield one_line(name)
                    break


def _backwards(root: Element) -> Iterator[Element]:
    """The elements of a page that hold text, the last first."""
    waiting = [root]
    while waiting:
        at = waiting.pop()
        if at.tag not in {"script", "style", "head", "noscript", "svg"}:
            waiting.extend(at)
            yield at
