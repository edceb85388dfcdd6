"""The tree of a page in, all that it states about its article out, by where it is stated. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from index.read.decode import one_line
from index.read.web.linked import Thing, follow, the_article, things
from index.read.web.markup import Element, path, text_of

Told = tuple[str, str]
"""A value that is stated, and a short name of where."""

_SPEAKING = re.compile("date|time|publish|posted|byline|author|meta|caption|credit|cmt|cmnt|reader")  # in small letters
_TELLING = path("descendant::*[@class or @itemprop or @rel='author']")
_ITEMS = path("descendant::*[@itemprop]")
_ARTICLE = re.compile("(?:Article|Posting|Report)/?$")
_BY_READERS = re.compile("Comment|Review|comment|review")
_ELSEWHERE = frozenset(["aside", "footer", "nav"])
_HEADER_ENDS = frozenset(["article", "main", "body"])
_SUBHEADINGS = 8
_SAME_WORDS = 0.5  # of a headline that has a kicker or a subtitle in it
_LONGEST = 300  # characters of a byline or a date in the page


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states.

    Attributes:
        root: The page.
        metas: <meta> contents by name or property, in lower case, in order.
        links: <link> addresses by relation, in order.
        items: Microdata of the article by property.
        things: Every JSON-LD object.
        article: The one of them that describes the article, else empty.
        headings: The <h1> of the page, in order.
        subheadings: The first <h2> that stand in no side column.
        title: Its <title>.
        named: The elements whose class speaks of dates, authors, readers, captions or credits, in order.
        authored: The links to what is about the author.
    """

    root: Element
    metas: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[str, ...]]
    items: Mapping[str, tuple[Element, ...]]
    things: tuple[Thing, ...]
    article: Thing
    headings: tuple[Element, ...]
    subheadings: tuple[Element, ...]
    title: str
    named: tuple[Element, ...]
    authored: tuple[Element, ...]

    def meta(self, *names: str) -> Iterator[Told]:
        """What stands under these names, in their order."""
        for name in names:
            source = "OpenGraph" if name.startswith(("og:", "article:")) else "meta tag"
            yield from ((value, source) for value in self.metas.get(name, ()))

    def linked(self, key: str) -> object:
        """What JSON-LD says about the article under this key."""
        return follow(self.article.get(key), self.things)

    def item(self, name: str) -> Iterator[Told]:
        """What microdata says under this name."""
        yield from ((value, "microdata") for item in self.items.get(name, ()) if (value := value_of(item)))


def state(root: Element) -> Stated:
    """All that the page states."""
    headings = tuple(root.iter("h1"))
    title = next((text for each in root.iter("title") if (text := text_of(each))), "")
    telling = _TELLING(root)
    marked = [each for each in telling if each.get("itemprop") is not None]
    own = _own_item(marked, headings, (title, *map(text_of, headings))) if marked else None
    metas = _metas(root, own)
    found = things(_scripts(root))
    titles = (*(text_of(each) for each in headings), *metas.get("og:title", ()), title)
    return Stated(
        root=root,
        metas=metas,
        links=_grouped((rel.lower(), each.get("href", "")) for each in root.iter("link") if (rel := each.get("rel"))),
        items=_items(marked, own),
        things=found,
        article=the_article(found, titles),
        headings=headings,
        subheadings=tuple(islice((each for each in root.iter("h2") if not is_elsewhere(each)), _SUBHEADINGS)),
        title=title,
        named=tuple(each for each in telling if _is_speaking(each.get("class", ""))),
        authored=tuple(each for each in telling if each.get("rel") == "author"),
    )


def value_of(element: Element, between: str = " ") -> str:
    """What an element states: its own attribute for machines, else its text."""
    for name in ("content", "datetime"):
        if value := element.get(name):
            return str(value).strip()
    text = one_line(between.join(filter(str.strip, element.itertext())))
    return text if len(text) <= _LONGEST else ""


def pieces_of(element: Element) -> str:
    """The pieces that an element's name or names stand in, ";" between them."""
    named = element.xpath("descendant::*[@itemprop='name']")
    return " ; ".join(value_of(each) for each in named) or value_of(element, between=" ; ")


def near_headline(stated: Stated, elements: Iterable[Element], headline: Element | None) -> list[Element]:
    """Those of the elements that stand in the smallest part of the page around its headline that has any of them.

    Args:
        stated: By the page.
        elements: Any of the page.
        headline: Where it stands, if that is known; else the first headings are looked at.
    """
    found = [each for each in elements if not is_elsewhere(each)]
    places = (*stated.headings[:2], *stated.subheadings[:1]) if headline is None else (headline,)
    for heading in places if found else ():
        around: dict[Element, int] = {}
        for each in heading.iterancestors():
            around[each] = len(around)
            if each.tag in _HEADER_ENDS:
                break
        distances = [next((around[up] for up in each.iterancestors() if up in around), None) for each in found]
        known = [distance for distance in distances if distance is not None]
        if known:
            return [each for each, distance in zip(found, distances, strict=True) if distance == min(known)]
    return []


def is_elsewhere(element: Element) -> bool:
    """Whether it stands beside the article."""
    return any(each.tag in _ELSEWHERE for each in element.iterancestors())


def _scripts(root: Element) -> Iterator[str]:
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower() and script.text:
            yield script.text


def _metas(root: Element, own: Element | None) -> Mapping[str, tuple[str, ...]]:
    pairs: list[tuple[str, str]] = []
    for meta in root.iter("meta"):
        content = meta.get("content")
        if content and content.strip():
            names = dict.fromkeys(meta.get(key) for key in ("name", "property"))
            if meta.get("itemprop") and _is_of(meta, own):
                names[meta.get("itemprop")] = None
            pairs.extend((name.strip().lower(), content.strip()) for name in names if name)
    return _grouped(pairs)


def _items(marked: Iterable[Element], own: Element | None) -> Mapping[str, tuple[Element, ...]]:
    wanted = ("headline", "author", "datePublished", "articleSection", "publisher", "creator")
    found: dict[str, list[Element]] = {}
    for element in marked:
        for name in element.get("itemprop").split():
            if name in wanted and _is_of(element, own) and (element.tag == "meta" or not is_elsewhere(element)):
                found.setdefault(name, []).append(element)
    return {name: tuple(elements) for name, elements in found.items()}


def _own_item(marked: Iterable[Element], headings: Sequence[Element], titles: Iterable[str]) -> Element | None:
    """The item that the page says is its article: the one around a heading, else the only one with its title."""
    types = (each for item in marked for each in item.iterancestors() if "itemtype" in each.attrib)
    items = [each for each in dict.fromkeys(types) if _ARTICLE.search(each.get("itemtype"))]
    if not items:
        return None
    around = [each for heading in headings for each in heading.iterancestors("*") if each in items]
    if around:
        return around[0]
    outer = [each for each in items if not any(up in items for up in each.iterancestors())]
    if len(outer) != 1 or is_elsewhere(outer[0]):
        return None
    own = next((value_of(each) for each in _ITEMS(outer[0]) if "headline" in each.get("itemprop").split()), "")
    said, known = (set(re.findall(r"\w+", text.casefold())) for text in (own, " ".join(titles)))
    return outer[0] if len(said & known) >= _SAME_WORDS * len(said) else None


def _is_of(element: Element, own: Element | None) -> bool:
    """Whether a property is the article's own, or no item's, or of an item around the article."""
    item = next((each for each in element.iterancestors() if "itemscope" in each.attrib), None)
    if item is None or item is own:
        return True
    kind = item.get("itemtype") or ""
    if own is not None:
        return item in own.iterancestors() and not _BY_READERS.search(kind)
    return not (_BY_READERS.search(kind) or _ARTICLE.search(kind))


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


@lru_cache(maxsize=1000)  # a page of 400 classes has 100 different ones
def _is_speaking(name: str) -> bool:
    return _SPEAKING.search(name.lower()) is not None
