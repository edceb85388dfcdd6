"""A sentence in, its amounts out: what is counted, between which bounds, in what role. Knows one sentence.

Years, dates, times, ordinals and the numbers of things ("Flight 302") are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.names.forms import folded, is_capital
from rag.claims.normal import UNITS, normal, stem
from rag.differing.tokens import Token, beside, near, opens, tokens, without

_HARMED = {
    word: harm
    for harm, words in (
        (
            "dead",
            "dead died die dies dying death deaths killed kill kills killing fatal fatalities lives perished drowned "
            "bodies toll",
        ),
        ("hurt", "injured injure injures injuring injury injuries hurt wounded wounding"),
        ("missing", "missing unaccounted"),
        ("ill", "cases case infected infecting infections infection sickened"),
        ("held", "arrested arrests detained detentions"),
        ("displaced", "displaced evacuated homeless fled"),
        ("rescued", "rescued survivors survived"),
    )
    for word in words.split()
}
"""What befell those who are counted: such counts change while an event is reported."""

OF_COUNTS = frozenset(map(stem, (*_HARMED, *"people person persons others victims confirmed residents".split())))
"""Stems by which those who are counted are spoken of; they tell no event from another."""

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).replace(" ", "|")
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|mn|bn|tn)\b"
_AMOUNT = re.compile(
    r"(?<![\w.,:/&-])(?<![$€£¥])(?:US|A|C|NZ|HK|S)?(?P<money>[$€£¥]\s?)?"
    rf"(?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{_SMALL})\b(?:-(?:{_SMALL})\b)?)"
    r"(?!\d|[.,:/]\d|(?:st|nd|rd|th)\b|\s?[ap]\.?m\b)"
    rf"(?P<scale>(?<=\d)[kmb]\b|(?:[ -]{_SCALE})+)?"
    r"(?P<unit>\s?%|[ -]per ?cent\b|[ -](?:dollars?|euros?|pounds?|yen)\b)?",
    re.IGNORECASE,
)
_SORT_OF = re.compile(r"-(?:year|month|week|day|hour|minute)s?\b")
"""A 10-year bond and a 30-year one are two things."""
_HEDGE = re.compile(
    r"\b(?:at (?:least|most)|(?:more|less|fewer) than|as many as|over|under|about|around|nearly|almost|roughly|some|"
    r"approximately|an estimated|up to|close to|only) $",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"\bnumber of (\w+)\b[^,;]*$")
_MONTH = re.compile(r" (?:of )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_NEXT_WORD = re.compile(r"[ -]([^\W\d_]+)")
_READ = re.compile(r"([$€£¥]?)(\d+(?:\.\d+)?)(%?)(?: (\w+))?")

_ABOUT = frozenset("about around nearly almost roughly some approximately estimated close up almost under".split())
_LEAST = frozenset("least over than exceeding exceeded minimum topped past".split())
_MOST = frozenset("most nearly almost under below up many much maximum".split())
_EARLIER = frozenset("from earlier previous previously initially initial originally original first against".split())
_PART_BEFORE = frozenset(
    "including included part parts another additional further extra remaining separate among each every fewer less "
    "half daily weekly monthly yearly annual average with".split()
)
_PART_BEHIND = frozenset(
    "additional further extra other others each per apiece daily weekly monthly yearly annually".split()
)
_GUESSED = re.compile(r"\b(?:estimat|project|forecast|predict|fear|could|might)", re.IGNORECASE)
_WISHED = re.compile(
    r"\b(?:ask(?:ed|s|ing)? (?:\w+ )?for|sought|seek(?:s|ing)?\b|demand|offer|propos|want|request|recommend|suggest"
    r"|hope|bid)",
    re.IGNORECASE,
)
MOST_APART = 10.0
"""Times one amount is another one at the most: beyond it, they are of two things or one is a slip."""
ROUGH = 0.10
"""How far from what it says an amount may be that is only "about" so much."""
SLACK = 0.15
"""How far above it an amount may be that is said to be reached "at least": beyond it, another count was made."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at `text[start:end]` of its sentence.

    Attributes:
        shown: From where to where it is told with its hedge and with what it counts: "at least 388 cases".
        unit: "$", "%", "km", "" for a count of things, "age".
        low: The least it may mean, by how it is rounded and hedged.
        high: The most.
        harm: What befell those who are counted; "" for all else.
        things: The stems of the words it counts; for an age, the name of whose it is, folded.
        near: The stems around it.
        beside: The nearest of them, in its clause.
        earlier: Whether it is told as what held before: "down from 120".
        guess: Whether its sentence speaks of what is estimated, feared or to come.
        wish: Whether it speaks of what is asked for or offered.
        part: Whether it is part of, or comes on top of, an amount that is not told here.
    """

    start: int
    end: int
    shown: tuple[int, int]
    unit: str
    low: float
    high: float
    harm: str
    things: tuple[str, ...]
    near: frozenset[str]
    beside: frozenset[str]
    earlier: bool
    part: bool
    guess: bool
    wish: bool


@lru_cache(maxsize=2048)
def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a sentence, in order."""
    words = tokens(text)
    found = [amount for match in _AMOUNT.finditer(text) if (amount := _read(text, match, words))]
    return tuple(found)


def _read(text: str, match: re.Match[str], words: Sequence[Token]) -> Amount | None:
    start, end = match.span()
    if _SORT_OF.match(text, end):
        return None
    following = _NEXT_WORD.match(text, end)
    if following and not match["unit"] and normal(f"5 {following[1]}").split()[-1] in UNITS:
        end = following.end()
    meant = _READ.fullmatch(normal(match[0]))
    if meant is None or _names_a_thing(text, start) or _is_year(match) or _MONTH.match(text, end):
        return None
    unit = meant[1] or meant[3]
    if end != match.end() and not unit:
        unit = normal(text[match.start() : end]).split()[-1]
    place = next((n for n, word in enumerate(words) if word.end > start), len(words))
    after = next((n for n, word in enumerate(words) if word.start >= end), len(words))
    before = [folded(word.text) for word in words[max(0, place - 4) : place]]
    low, high = _bounds(float(meant[2]), match, before[-3:])
    who = _whose_age(text, start, end, words, place)
    things, harm = _counted(words, place, after)
    if not things and (number_of := _NUMBER_OF.search(text[:start])):
        things = (stem(folded(number_of[1])),)
    return Amount(
        start,
        end,
        (_with_hedge(text, start), _with_noun(words, after, len(things), end) if not unit and not who else end),
        "age" if who else unit,
        low,
        high,
        "" if unit or who else harm,
        who or things,
        near(words, place, after),
        beside(words, place, after),
        not _EARLIER.isdisjoint(before[-2:]),
        _is_part(before, [folded(word.text) for word in words[after : after + 3]]),
        _GUESSED.search(text) is not None,
        _WISHED.search(text) is not None,
    )


def _is_part(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether the words around an amount say that it is one of several: "another 3", "3 more", "3 of them"."""
    is_said = not _PART_BEFORE.isdisjoint(before[-3:]) or not _PART_BEHIND.isdisjoint(behind)
    return is_said or behind[:1] == ["more"] or _whence(behind)


def _with_hedge(text: str, start: int) -> int:
    hedge = _HEDGE.search(text[:start])
    return hedge.start() if hedge else start


def _with_noun(words: Sequence[Token], after: int, things: int, end: int) -> int:
    """Where an amount ends with what it counts: "2741 confirmed cases", "9,000 nurses" of "9,000 nurses went"."""
    for place, word in enumerate(words[after : after + things], start=1):
        if place == things or not word.text.endswith("ed"):
            return word.end
    return end


def _is_year(match: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", match[0])) or match[0].lower() == "one"


def _names_a_thing(text: str, start: int) -> bool:
    """Whether a name stands right before it, such as "Boeing 737", "Phase 2", or a month: then it is no amount."""
    before = re.search(r"([^\W\d_][\w.&’'-]*) ?$", text[:start])
    if before is None or text[start] in "$€£¥":
        return False
    return is_capital(before[1]) and not (opens(text, before.start()) and before[1].istitle())


def _bounds(value: float, match: re.Match[str], before: Sequence[str]) -> tuple[float, float]:
    """Between what an amount lies: half of its last digit as written, more where it is rounded or hedged."""
    figure = match["figure"]
    decimals = len(figure.partition(".")[2])
    scale = value / float(normal(figure)) if value else 1.0
    half = scale * 0.5 * 10**-decimals if match["scale"] or decimals else 0.0
    if re.search(r"\d00$", figure):
        half = max(half, 0.01 * value)
    low, high = value - half, value + half
    if "least" in before or not _LEAST.isdisjoint(before[-2:]):
        return low, value * (1 + SLACK)
    if not _ABOUT.isdisjoint(before[-2:]):
        return value * (1 - ROUGH), value * (1 + ROUGH)
    if not _MOST.isdisjoint(before[-2:]):
        return value * (1 - SLACK), high
    return low, high


def _whose_age(text: str, start: int, end: int, words: Sequence[Token], place: int) -> tuple[str, ...]:
    """The name right before "71" in "Ilse Marant, 71, died", or of which "aged 71" and "71-year-old" is said."""
    if re.match(r"[,.;)]|$| (?:of|from)\b", text[end:]) and text[:start].endswith(", "):
        run: list[str] = []
        for word in reversed(words[:place]):
            if not is_capital(word.text):
                break
            run.append(folded(word.text))
        return tuple(sorted(run)) if len(run) > 1 else ()
    return ()


def _counted(words: Sequence[Token], place: int, after: int) -> tuple[tuple[str, ...], str]:
    """What is counted: the words that follow up to one without topic, and what befell them."""
    clause = words[place].clause if place < len(words) else -1
    things: list[str] = []
    for word in words[after : after + 3]:
        if word.clause != clause or word.idle:
            break
        things.append(word.stem)
    around = [(n - after + 1, n) for n in range(after, min(after + 6, len(words)))]
    around += [(place - n, n) for n in range(max(0, place - 6), place)]
    harms = [(far, -n, _HARMED[key]) for far, n in around if words[n].clause == clause
             and (key := folded(words[n].text)) in _HARMED]  # fmt: skip
    if harms:
        return tuple(things), min(harms)[2]
    anywhere = {_HARMED[key] for word in words if (key := folded(word.text)) in _HARMED}
    figures = sum(any(map(str.isdigit, word.text)) for word in words)
    return tuple(things), min(anywhere) if len(anywhere) == 1 and figures <= 1 else ""


def same_role(ours: Amount, theirs: Amount, our_topics: frozenset[str], their_topics: frozenset[str]) -> bool:
    """Whether two amounts of sentences on these topics say how much or many there is of the same."""
    if ours.unit != theirs.unit or ours.part or theirs.part or ours.wish != theirs.wish:
        return False
    if ours.unit == "age":
        return not without(ours.things, theirs.things) or not without(theirs.things, ours.things)
    if ours.harm or theirs.harm:
        return ours.harm == theirs.harm and ours.guess == theirs.guess and _sort(ours) == _sort(theirs)
    shared = ours.near & theirs.near
    if not ours.unit:
        common = [one for one in ours.things if one in theirs.things]
        extra = [one for one in ours.things if one not in their_topics]
        extra += [one for one in theirs.things if one not in our_topics]
        linked = (ours.beside - {*common}) & theirs.near or (theirs.beside - {*common}) & ours.near
        return bool(common and linked) and not extra and len(shared) >= 2
    return len(shared) >= 2 and bool(ours.beside & theirs.near) and bool(theirs.beside & ours.near)


def _whence(behind: Sequence[str]) -> bool:
    """Whether a count is of those from somewhere: "14 people from Lorne"."""
    return behind[1:2] == ["from"] and stem(behind[0]) in OF_COUNTS and behind[0] not in _HARMED


def _sort(amount: Amount) -> str:
    """Whom of all people a count is of: "children", "miners"; "" where it says no more than people."""
    first = amount.things[0] if amount.things else ""
    return "" if first in OF_COUNTS else first


def far_apart(ours: Amount, theirs: Amount) -> bool:
    """Whether two amounts are too unlike to be two counts of one thing."""
    return max(ours.high, theirs.high) > MOST_APART * min(ours.high, theirs.high)


def compatible(ours: Amount, theirs: Amount) -> bool:
    """Whether both can be true of the same thing."""
    slack = 1.0 if ours.unit == "age" else 0.0
    return ours.low <= theirs.high + slack and theirs.low <= ours.high + slack
