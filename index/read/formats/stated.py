"""The tree of a page in, all that it states about its article out, by where it is stated. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.read.formats.linked import Thing, follow, the_article, things
from index.read.formats.markup import Element, text_of

Told = tuple[str, str]
"""A value that is stated, and a short name of where."""

_ELSEWHERE = frozenset(["aside", "footer", "nav"])
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
        title: Its <title>.
    """

    root: Element
    metas: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[str, ...]]
    items: Mapping[str, tuple[Element, ...]]
    things: tuple[Thing, ...]
    article: Thing
    headings: tuple[Element, ...]
    title: str

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
    metas = _metas(root)
    headings = tuple(root.iter("h1"))
    title = next((text for each in root.iter("title") if (text := text_of(each))), "")
    found = things(_scripts(root))
    titles = (*(text_of(each) for each in headings), *metas.get("og:title", ()), title)
    return Stated(
        root=root,
        metas=metas,
        links=_grouped((rel.lower(), each.get("href", "")) for each in root.iter("link") if (rel := each.get("rel"))),
        items=_items(root),
        things=found,
        article=the_article(found, titles),
        headings=headings,
        title=title,
    )


def value_of(element: Element) -> str:
    """What an element states: its own attribute for machines, else its text."""
    for name in ("content", "datetime"):
        if value := element.get(name):
            return str(value).strip()
    text = text_of(element)
    return text if len(text) <= _LONGEST else ""


def is_elsewhere(element: Element) -> bool:
    """Whether it stands beside the article."""
    return any(each.tag in _ELSEWHERE for each in element.iterancestors())


def _scripts(root: Element) -> Iterator[str]:
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower() and script.text:
            yield script.text


def _metas(root: Element) -> Mapping[str, tuple[str, ...]]:
    pairs: list[tuple[str, str]] = []
    for meta in root.iter("meta"):
        content = meta.get("content")
        if content and content.strip():
            names = dict.fromkeys(meta.get(key) for key in ("name", "property", "itemprop"))
            pairs.extend((name.strip().lower(), content.strip()) for name in names if name)
    return _grouped(pairs)


def _items(root: Element) -> Mapping[str, tuple[Element, ...]]:
    wanted = ("headline", "author", "datePublished", "articleSection", "publisher", "creator")
    found: dict[str, list[Element]] = {}
    for element in root.xpath("//*[@itemprop]"):
        for name in element.get("itemprop").split():
            if name in wanted and (element.tag == "meta" or not is_elsewhere(element)):
                found.setdefault(name, []).append(element)
    return {name: tuple(elements) for name, elements in found.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}
