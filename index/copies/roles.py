"""Articles that resemble each other in, groups with one origin each out. Knows nothing about texts or tables.

Likeness is not handed on: A may resemble B and B resemble C, and A and C have little in common. So a group is a star:
everyone in it resembles its origin, and what is left over may form a group of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from index.copies.likeness import LEAST_SHARED

Shares = Mapping[tuple[int, int], float]
"""(article, other) → how much of the article's wording stands in the other; both ways for each pair."""


@dataclass(frozen=True, slots=True)
class Member:
    """What decides an article's place in its group.

    Attributes:
        number: In the archive's table.
        outlet: As `outlet` gives it.
        page: Its address in one spelling, None if unknown.
        moment: When it was published, in seconds; None when undated.
        credits: The lines that may name an agency.
    """

    number: int
    id: str
    outlet: str
    page: str | None
    moment: float | None
    credits: str


@dataclass(frozen=True, slots=True)
class Place:
    """An article's place: the origin of its group, and the next version of it, if there is one."""

    number: int
    origin: int
    newer: int | None


def outlet(source: str, url: str | None) -> str:
    """The outlet's name; if it is not known, the host of the article's address."""
    return source.strip() or (urlsplit(url).hostname or "" if url else "").removeprefix("www.")


def credit_lines(text: str, beside: Sequence[str]) -> str:
    """Where a text may name the agency it was taken from: dateline, credit lines, a short last line; and `beside`."""
    lines = [line.strip() for line in text.strip().split("\n")]
    found = [line for line in (*lines[:CREDITED_LINES], *lines[-CREDITED_LINES:]) if _CREDIT.match(line)]
    found += [dateline[1] for dateline in [_DATELINE.match(lines[0])] if dateline]
    found += [closing[0] for closing in [_CLOSING.search(lines[-1])] if closing]
    return "\n".join([*beside, *found])


def places(members: Sequence[Member], shares: Shares) -> list[Place]:
    """Everyone's place; who is alone has none.

    The origin is an article of the agency that most of the others credit, else the earliest; undated ones come last.
    """
    votes = _votes(members)
    waiting = sorted(members, key=lambda m: (-votes[m.outlet.casefold()], *_age(m)))
    found: list[Place] = []
    while waiting:
        origin, *others = waiting
        star = [origin, *(member for member in others if (member.number, origin.number) in shares)]
        if len(star) > 1:
            found += [Place(member.number, origin.number, _newer(member, star, shares)) for member in star]
        waiting = [member for member in others if member not in star]
    return found


def _age(member: Member) -> tuple[bool, float, str]:
    return member.moment is None, member.moment or 0.0, member.id


def _newer(member: Member, star: Sequence[Member], shares: Shares) -> int | None:
    """The next version: at the same outlet or address, later, and with most of what this one says."""
    for other in sorted(star, key=_age):
        if member.moment is None or other.moment is None or other.moment <= member.moment:
            continue
        same_page = member.page is not None and member.page == other.page
        same_outlet = bool(member.outlet) and member.outlet.casefold() == other.outlet.casefold()
        if (same_page and (member.number, other.number) in shares) or (
            same_outlet and shares.get((member.number, other.number), 0.0) >= LEAST_SHARED
        ):
            return other.number
    return None


def _votes(members: Sequence[Member]) -> dict[str, int]:
    """How many articles of other outlets credit each outlet."""
    outlets = dict.fromkeys(member.outlet.casefold() for member in members)
    names = {member.outlet.casefold(): member.outlet for member in members}
    return {
        each: sum(m.outlet.casefold() != each and bool(_named(names[each]).search(m.credits)) for m in members)
        if each
        else 0
        for each in outlets
    }


CREDITED_LINES = 3
"""From the top and from the end: there stands whose text it is; in between, who was spoken to."""

_DATELINE = re.compile(r"(.{1,100}?)\s(?:-{1,2}|–|—)\s")  # LONDON, May 3 (Reuters) -
_CREDIT = re.compile(r"(?:by|from|via|with|sources?|credits?|text|reporting by|©|\(c\)|copyright)\b.{1,100}$", re.I)
_CLOSING = re.compile(r"^.{1,60}$|\([^()]{2,40}\)$")  # Reuters; ... he said. (AFP)

# What may be left out of an agency's name when it is credited: "Yonhap" for "Yonhap News Agency".
_BESIDE_A_NAME = {"the", "news", "agency", "newswire", "wire", "service", "online"}
_DOMAIN = re.compile(r"^(?:www\.)?([\w-]+)\.(?:\w+\.)*\w{2,}$")


@cache
def _named(outlet: str) -> re.Pattern[str]:
    """What finds an outlet's name in a credit: whole, without "News Agency", or its initials as capitals."""
    name = _DOMAIN.sub(r"\1", outlet)
    words = name.split()
    own = [word for word in words if word.casefold() not in _BESIDE_A_NAME] or words
    initials = {"".join(part[0] for part in re.findall(r"\w+", " ".join(each)) if part[0].isupper())
                for each in (words, own)}  # fmt: skip
    spelled = "|".join(re.escape(each) for each in sorted({name, " ".join(own)}))
    short = "|".join(
        f"{re.escape(each)}|{re.escape(each.lower())}(?=[)/])" for each in sorted(initials) if len(each) > 1
    )
    return re.compile(rf"\b(?:(?i:{spelled}){'|' + short if short else ''})\b")
