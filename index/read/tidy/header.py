"""A line of an article in; what it says about the article, if it is a header line such as a byline, out.

Says nothing that is not written: a wrong author is worse than none. Knows nothing of the line's place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.dates.words import WEEKDAYS
from index.read.dating import from_line
from index.read.fields import split_names, web_address
from index.read.tidy.captions import AGENCY
from index.read.types import Dating

_LONGEST = 160  # characters
_LONGEST_DATE_LINE = 12  # words around a date that are no sentence

_WORD = r"[^\W\d_a-z][\w.’'-]*"
_PARTICLES = r"(?:(?:al|bin|da|de|del|della|den|der|di|dos|du|el|la|le|ten|van|von)\s+)*"
_NAME = rf"{_WORD}(?:\s+{_PARTICLES}{_WORD}){{1,4}}"
_FOREIGN_AND = re.compile(r"\s+(?:und|et|y|e|en|og|och)\s+")
_BETWEEN = r"(?:\s*,\s*(?:(?:and|AND|und|et|y|e)\s+)?|\s+(?:and|AND|und|et|y|e|en|og|och)\s+|\s*&\s*)"
_NAMES = rf"(?P<names>{_NAME}(?:{_BETWEEN}{_NAME})*)"
_REST = r"(?P<rest>(?:\s*[,|/(<–—-]|\s+(?:in|for|at|of|and)\s).*)?"
_BYLINE = re.compile(
    r"(?:(?:[Ww]ords |[Ww]ritten |[Ss]tory |[Rr]eport |[Tt]ext )?[Bb]y|BY|Von|VON|Par|PAR|Por|POR|Di|Door)\s*:?\s+"
    rf"{_NAMES}{_REST}"
)
_BY_AGENCY = re.compile(rf"(?:[Bb]y|BY|Von|Par|Por)\s+(?:[Tt]he\s+)?(?P<agency>{AGENCY}|Associated Press)\W*")
_NAME_FIRST = re.compile(rf"{_NAMES}\s*(?:,|/|\|)\s*(?P<rest>.+)")
_NAME_IN_PLACE = re.compile(rf"{_NAMES}\s+in\s+{_WORD}(?:\s+{_WORD}){{0,2}}")
_OF_OUTLET = re.compile(
    r"\b(?:press|news|agency|times|herald|post|tribune|gazette|courier|journal|daily|magazine|radio|tv|media|network"
    rf"|broadcasting|chronicle|observer|mail|telegraph|star|sun|globe|standard|guardian|{AGENCY.lower()})\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:reporters?|writers?|correspondents?|editors?|columnist|staff|bureau chief|contributor|special to|redakteur|"
    r"redaktion|producer)\b",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"(?P<name>[가-힣]{2,4}(?:\s?[·ㆍ,]\s?[가-힣]{2,4})*)\s?(?:(?:인턴|선임|수습|전문)\s?)?(?:기자|특파원|논설위원)(?:\s*[=/·|]?\s*[(\[<]?\S+@\S+[)\]>]?)?"
)
_LABELLED = re.compile(
    r"(?:(?:article|original)\s+)?(?P<label>source|outlet|publication|publisher|newspaper|url|link|section|authors?|title|headline)\s*:\s*(?P<said>\S.*)",
    re.IGNORECASE,
)
_FIELDS = {
    **dict.fromkeys(("source", "outlet", "publication", "publisher", "newspaper"), "source"),
    **dict.fromkeys(("author", "authors"), "authors"),
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("url", "link"), "url"),
    "section": "section",
}
_PARTS = re.compile(r"\s+[|•·∙]\s+|\s{3,}|\t")
_NO_NAME = WEEKDAYS.keys() | {"the", "a", "an", "our", "your", "this"}
_HAS_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Says:
    """What a line says of one field: its value, and the line."""

    field: Literal["title", "source", "authors", "url", "section", "dating"]
    value: str | tuple[str, ...] | Dating
    line: str


def header(line: str, *, below_headline: bool) -> tuple[Says, ...]:
    """What a header line says, () for any other line.

    Args:
        line: Without blanks around it.
        below_headline: Whether it stands right under the headline, where a name needs no "By".
    """
    if len(line) > _LONGEST:
        return ()
    return (
        _labelled(line) or _address(line) or _byline(line, below_headline=below_headline) or _parts(line) or _date(line)
    )


def _labelled(line: str) -> tuple[Says, ...]:
    found = _LABELLED.fullmatch(line)
    if not found:
        return ()
    name, said = _FIELDS[found["label"].lower()], found["said"]
    if name in {"url", "source"} and web_address(said):
        return (Says("url", said, line),)
    match name:
        case "authors":
            return (Says("authors", split_names(said), line),)
        case "source" | "title" | "section":
            return (Says(name, said, line),)
        case _:
            return ()


def _address(line: str) -> tuple[Says, ...]:
    return (Says("url", line, line),) if line.startswith(("http://", "https://")) and web_address(line) else ()


def _byline(line: str, *, below_headline: bool) -> tuple[Says, ...]:
    if agency := _BY_AGENCY.fullmatch(line):
        return (Says("source", agency["agency"], line),)
    if korean := _KOREAN.fullmatch(line):
        return (Says("authors", tuple(re.findall("[가-힣]+", korean["name"])), line),)
    if by := _BYLINE.fullmatch(line):
        return _people(by["names"], by["rest"] or "", line)
    if below_headline and (placed := _NAME_IN_PLACE.fullmatch(line)):
        return _people(placed["names"], "", line)
    named = _NAME_FIRST.fullmatch(line)
    if named and (_ROLE.search(named["rest"]) or (below_headline and _OF_OUTLET.search(named["rest"]))):
        return _people(named["names"], named["rest"], line) if len(named["rest"].split()) <= 6 else ()
    return ()


def _people(names: str, rest: str, line: str) -> tuple[Says, ...]:
    """Authors, and the outlet and the date that may stand behind them."""
    people = list(split_names(_FOREIGN_AND.sub(" and ", names)))
    outlet = ""
    if (len(people) > 1 and _OF_OUTLET.search(people[-1])) or (people and _ROLE.search(people[-1])):
        last = people.pop()
        outlet = last if _OF_OUTLET.search(last) else ""
    if not people or any(word.strip(".").lower() in _NO_NAME for person in people for word in person.split()[:1]):
        return ()
    said = [Says("authors", tuple(people), line)]
    for part in re.split(r"\s*[,|/()–—]\s*|\s+-\s+|\bfor\b", rest):
        if not outlet and _OF_OUTLET.search(part) and not _ROLE.search(part) and part[:1].isupper():
            outlet = part
    if outlet:
        said.append(Says("source", outlet, line))
    if dated := _dating(rest):
        said.append(Says("dating", dated, line))
    return tuple(said)


@lru_cache(maxsize=1024)  # the articles of an archive share their days, and reading a date takes 150 µs
def _dating(text: str) -> Dating | None:
    return from_line(text) if _HAS_NUMBER.search(text) else None


def _date(line: str) -> tuple[Says, ...]:
    if len(line.split()) > _LONGEST_DATE_LINE:
        return ()
    found = _dating(line)
    return (Says("dating", found, line),) if found else ()


def _parts(line: str) -> tuple[Says, ...]:
    """A line of parts, one of them a byline or a date: "Jane Doe, Reuters | May 3, 2025 | 3 min read"."""
    parts = _PARTS.split(line)
    if len(parts) < 2:
        return ()
    dates = sum(bool(_date(part)) for part in parts)
    if dates > 1:  # from when to when an exhibition is open
        return ()
    if (dates or any(_ROLE.search(part) for part in parts[1:])) and (name := re.fullmatch(_NAMES, parts[0])):
        people = _people(name["names"], "", line)
        return people + tuple(Says(one.field, one.value, line) for part in parts[1:] for one in _date(part))
    said = [found for part in parts for found in (_byline(part, below_headline=dates == 1) or _date(part))]
    return tuple(Says(one.field, one.value, line) for one in said)
