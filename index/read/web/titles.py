"""All that a page states in, what its article is called out. Knows titles, not where the outlet's name comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from index.read.decode import letters, one_line
from index.read.web.headline import standing
from index.read.web.linked import words
from index.read.web.markup import Element, text_of
from index.read.web.stated import Stated, Told

_TITLES = "og:title twitter:title dc.title dcterms.title citation_title parsely-title sailthru.title title".split()
_MOST_OF_HEADING = 0.5
_SHORTEST = 8  # letters of a heading that confirms a title: "News" confirms nothing
_TAIL = re.compile(r"\s+(?:[|•·»«–—-]|::?|/{1,2})\s+")
_CUT = re.compile(r"\s+(?:[|•·»«–—-]|/{1,2})\s+|\s*(?:::?|\|)\s+|\s*[|_]\s*")
_MOST_PARTS = 6
_MOST_OF_TITLE = 0.4  # less is a section or an outlet


def title_of(stated: Stated, outlets: list[str]) -> Told:
    """The heading of the page that anything else confirms, else what machines are told.

    Args:
        stated: By the page.
        outlets: What the outlet is called, also its host name: no headline.
    """
    names = {letters(outlet) for outlet in outlets}
    told = [
        *((text, "JSON-LD") for key in ("headline", "name") if (text := words(stated.linked(key)))),
        *stated.meta(*_TITLES[:2]),
        *stated.item("headline"),
        *stated.meta(*_TITLES[2:]),
    ]
    told = [(text, by) for value, by in told if (text := without_outlet(one_line(value), outlets))]
    told = [(text, by) for text, by in told if letters(text) not in names]
    headings = [text for each in stated.headings if (text := text_of(each)) and not _is_of_site(each, names)]
    if found := next((found for heading in headings if (found := _confirmed(heading, told))), None):
        return found
    tag = without_outlet(stated.title, outlets)
    confirmed = _begun(tag, [*headings, *map(text_of, stated.subheadings)])
    if told and letters(confirmed) == letters(told[0][0]) != "":
        return confirmed, "heading"
    if told:
        return next(((text, told[0][1]) for text in _standing(stated.root, told[0][0], names)), told[0])
    if confirmed in headings and confirmed:
        return confirmed, "heading"
    alone = next(_standing(stated.root, stated.title, names), "")
    if alone or confirmed:
        return max(alone, confirmed, key=len), "heading"
    return (tag, "title tag") if tag else next(((heading, "heading") for heading in headings), ("", ""))


def parts(title: str) -> list[str]:
    """What signs such as "|" and ":" part a title into."""
    return [part for part in _CUT.split(title) if part]


def without_outlet(title: str, outlets: Iterable[str]) -> str:
    """The title without the outlet's name at its end or begin."""
    names = {letters(outlet) for outlet in outlets} - {""}
    pieces = _TAIL.split(title)
    cuts = [found.span() for found in _TAIL.finditer(title)]
    if not cuts:
        return title
    if letters(pieces[-1]) in names:
        return without_outlet(title[: cuts[-1][0]], outlets)
    if letters(pieces[0]) in names:
        return without_outlet(title[cuts[0][1] :], outlets)
    return title


def _is_of_site(heading: Element, names: set[str]) -> bool:
    """Whether a heading is the site's name: called so, or a link to the front page."""
    if letters(text_of(heading)) in names:
        return True
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(_is_front_page(link.get("href", "")) for link in links)


def _is_front_page(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.path in {"/", "/index.html"} or (bool(parts.netloc) and not parts.path and not parts.query)


def _standing(root: Element, title: str, names: set[str]) -> Iterator[str]:
    """The longest run of a title's parts, all of them first, that stands alone in the page, as the page has it.

    What a colon parts is a headline's own but for a name before all of it.
    """
    cuts = [(0, 0), *(found.span() for found in _CUT.finditer(title)), (len(title), len(title))]
    if not 2 < len(cuts) <= _MOST_PARTS + 1:
        return
    ends = [cut for cut in cuts if ":" not in title[slice(*cut)]]
    runs = {title[first[1] : last[0]] for first in cuts for last in ends if first[1] < last[0]}
    for run in sorted(runs, key=lambda run: (-len(run), run)):
        said = letters(run)
        if len(said) < max(_SHORTEST, _MOST_OF_TITLE * len(letters(title))) or said in names:
            continue
        found = standing(root, run) if " " in run or not run.isascii() else None
        if found is not None and not _is_of_site(found, names):
            yield text_of(found)


def _confirmed(heading: str, told: list[Told]) -> Told | None:
    """The heading if machines are told about the same; without a kicker or subtitle that stands in it."""
    said = letters(heading)
    for text, by in told:
        if said == (same := letters(text)):
            return heading, "heading"
        if len(same) >= _MOST_OF_HEADING * len(said) and (said.startswith(same) or said.endswith(same)):
            return text, by
    return (heading, "heading") if any(_agree(heading, text) for text, _ in told) else None


def _begun(tag: str, headings: list[str]) -> str:
    """The heading that the title of the page begins with, else an <h1> it ends with; "" if there is none."""
    whole = letters(tag)
    begun = (text for text in headings if len(letters(text)) >= _SHORTEST and whole.startswith(letters(text)))
    ended = (text for text in headings if len(letters(text)) >= _SHORTEST and whole.endswith(letters(text)))
    return next(begun, "") or next(ended, "")


def _agree(one: str, other: str) -> bool:
    """Whether one is the other, or most of it."""
    first, second = _bag(one), _bag(other)
    if not first or not second:
        return letters(one) == letters(other) != ""
    common, sizes = len(first & second), sorted((len(first), len(second)))
    return first == second or (common > 1 and common >= 0.6 * sizes[0] and common >= 0.3 * sizes[1])


def _bag(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
