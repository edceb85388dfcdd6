"""What outlets go by: a name in, the outlets that it means out; a text in, the places where it names outlets out.

Outlets are compared by their letters: without case, accents, blanks, a leading "The" and what a web address adds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

from index.errors import UsageError
from index.words import FUNCTION_WORDS

SHORTEST_BEGINNING = 3
"""In letters: "source:wiki" means Wikinews."""

MOST_NAMED = 5
"""Outlets that an error lists where none comes near."""

MOST_NEAR, NEAR = 3, 0.6
"""How many outlets come near, and how much of their letters is the same: 0.6 lets two of five be wrong."""

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[^\W\d_]{2,})/?")
_REGISTRIES = frozenset("com co org or net ne ac edu gov go".split())  # second levels: .co.uk, .or.kr
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
# As an outlet's last word these say what it is, not which.
_KINDS = frozenset(
    "agency press news media network radio online today daily weekly monthly review journal magazine group "
    "international service television tv broadcasting newspaper wire digital report reports".split()
)
_STATES = frozenset({"US", "UK", "UN", "EU"})  # news is full of these: they are nobody's initials
_LEADS = FUNCTION_WORDS | frozenset("per according laut selon según secondo latest".split())


@dataclass(frozen=True, slots=True)
class OutletFound:
    """Where a text names outlets, an article left out: `text[start:end]`.

    `bare`: one word that may well be another: in small letters, or without the "the" of the outlet's name or of "the
    Herald" for "Coast Herald".
    """

    start: int
    end: int
    outlets: tuple[str, ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class _Keys:
    """Letters → the outlets that go by them; `ends` are last words that one outlet alone ends in."""

    whole: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]
    initials: Mapping[str, tuple[str, ...]]
    most_words: int


def outlets_called(name: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """The outlets that somebody means who typed a name: whole, in part ("herald"), by its initials or its beginning.

    Args:
        name: As typed.
        outlets: Those of the archive.

    Returns:
        One outlet, or all that have the part.

    Raises:
        UsageError: None is called so; the message names those that come near.
    """
    known = tuple(outlets)
    wanted = "".join(_words(name))

    def same(outlet: str) -> bool:
        return not _spellings(name).isdisjoint(_spellings(outlet))

    tests: tuple[Callable[[str], bool], ...] = (
        # courier.example and The Vennmouth Courier may be one outlet: "courier" means both.
        lambda outlet: same(outlet) and (not _is_address(outlet) or _is_address(name)),
        lambda outlet: same(outlet) or has_part(outlet, name),
        lambda outlet: len(wanted) > 1 and wanted in _initials(outlet),
        lambda outlet: len(wanted) >= SHORTEST_BEGINNING and any(word.startswith(wanted) for word in _words(outlet)),
    )
    for test in tests if wanted else ():
        if found := tuple(outlet for outlet in known if test(outlet)):
            return found
    raise UsageError(f"no outlet is called {name!r}{_hint(name, known)}")


def is_outlet(name: str, outlets: Sequence[str]) -> bool:
    """Whether this is an outlet's name, whole."""
    return not _spellings(name).isdisjoint(_keys_of(tuple(outlets)).whole)


def has_part(outlet: str, name: str) -> bool:
    """Whether a name is one or more whole words of an outlet's name."""
    return f" {' '.join(_words(name))} " in f" {' '.join(_words(outlet))} "


def near(name: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """The outlets whose name, or a word of it, is spelt much like this one; the nearest first."""
    spelt = {key: outlet for outlet in outlets for key in (*_words(outlet), *sorted(_spellings(outlet)))}
    close = get_close_matches("".join(_words(name)), spelt, n=MOST_NEAR, cutoff=NEAR)
    return tuple(dict.fromkeys(spelt[key] for key in close))


def outlets_in(text: str, outlets: Sequence[str]) -> list[OutletFound]:
    """Where a text names outlets: the longest names, in order, not overlapping; no part of another name counts."""
    keys = _keys_of(tuple(outlets))
    words = list(_WORD.finditer(text))
    # Somebody who types without capitals leaves them out of names too.
    plain = text[1:] == text[1:].lower()
    found: list[OutletFound] = []
    at = 0
    while at < len(words):
        for count in range(min(keys.most_words, len(words) - at), 0, -1):
            if outlet := _found_at(text, words[at : at + count], keys, plain=plain):
                if _stands_alone(text, outlet, words[at - 1] if at else None):
                    found.append(outlet)
                at += count
                break
        else:
            at += 1
    return found


def _found_at(text: str, words: Sequence[re.Match[str]], keys: _Keys, *, plain: bool) -> OutletFound | None:
    """The outlets that these words name, as somebody writes them who means them."""
    start, end = words[0].start(), words[-1].end()
    apart = any(text[one.end() : other.start()].strip(" ") for one, other in pairwise(words))
    if apart or words[0][0].lower() == "the" or (text[start].islower() and not plain):
        return None
    if owner := _POSSESSIVE.search(words[-1][0]):
        end -= len(owner[0])
    name, the = text[start:end], bool(_THE.search(text[:start]))
    parts = _words(name)
    ending = keys.ends.get("".join(parts), ())
    for key in sorted(_spellings(name)):
        if outlets := keys.whole.get(key):
            if ending and the and all(map(_is_address, outlets)):
                return OutletFound(start, end, (*ending, *outlets), bare=False)
            is_alone, lower = not the and len(words) == 1, name[0].islower()
            bare = is_alone and all(outlet.lower().startswith("the ") for outlet in outlets)
            return None if bare and lower else OutletFound(start, end, outlets, bare or (is_alone and lower))
    if ending:
        # "the Herald", "Herald reporting" and, where nothing has capitals, "the herald"; but not "the agency".
        marks = the + (not name[0].islower()) + any(part not in _KINDS for part in parts)
        return OutletFound(start, end, ending, not the) if marks > 1 and (the or marks == 2) else None
    if name.isupper() and name not in _STATES and (outlets := keys.initials.get(name.lower())):
        return OutletFound(start, end, outlets, bare=False)
    return None


def _stands_alone(text: str, found: OutletFound, before: re.Match[str] | None) -> bool:
    """Whether the name is not a part of a longer one: "Sky Sports", "the New York Herald"."""
    behind = re.match(r" ([^\W_]+)", text[found.end :])
    if behind and behind[1][0].isupper() and behind[1].lower() not in FUNCTION_WORDS:
        return False
    if before is None or text[before.end() : found.start] != " " or not before[0][0].isupper():
        return True
    return before[0].lower() in _LEADS


@lru_cache(maxsize=4)
def _keys_of(outlets: tuple[str, ...]) -> _Keys:
    whole, ends, initials = {}, {}, {}  # type: dict[str, list[str]], dict[str, list[str]], dict[str, list[str]]
    for outlet in outlets:
        words = _words(outlet)
        for key in sorted(_spellings(outlet)):
            whole.setdefault(key, []).append(outlet)
        for at in range(1, len(words)):
            ends.setdefault("".join(words[at:]), []).append(outlet)
        for key in _initials(outlet):
            initials.setdefault(key, []).append(outlet)
    most = max((len(_LETTERS.findall(outlet)) for outlet in outlets), default=0)
    return _Keys(
        {key: tuple(names) for key, names in whole.items()},
        {key: tuple(names) for key, names in ends.items() if len(names) == 1},
        {key: tuple(names) for key, names in initials.items() if len(names) == 1},
        max(most, 4),  # "washingtonpost.com" is one word here, and two in a question
    )


def _plain(text: str) -> str:
    """Lower case, without accents and apostrophes."""
    apart = unicodedata.normalize("NFKD", re.sub(r"['’]", "", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name in plain letters; of a web address those that name the site."""
    site = _ADDRESS.fullmatch(name.strip())
    words = tuple(_LETTERS.findall(_plain(_label(site[1]) if site else name)))
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _spellings(name: str) -> frozenset[str]:
    """A name as one word, with and without what may be left out of it."""
    short = "".join(_words(name))
    alone = short.removeprefix("the") if _is_address(name) else short
    return frozenset(filter(None, (short, alone)))


def _is_address(name: str) -> bool:
    return bool(_ADDRESS.fullmatch(name.strip()))


def _label(host: str) -> str:
    """What names the site in a host: www.daily-herald.co.uk → daily-herald."""
    labels = host.split(".")[:-1]
    while len(labels) > 1 and labels[-1].lower() in _REGISTRIES:
        labels.pop()
    return labels[-1]


def _initials(outlet: str) -> tuple[str, ...]:
    """NYT for The New York Times; () where there is but one word."""
    words = _words(outlet)
    return ("".join(word[0] for word in words),) if len(words) > 1 else ()


def _hint(name: str, outlets: Sequence[str]) -> str:
    if not outlets:
        return ": the articles of this archive do not say where they appeared"
    if close := near(name, outlets):
        return f"; did you mean: {', '.join(close)}?"
    more = f" and {len(outlets) - MOST_NAMED:,} more" if len(outlets) > MOST_NAMED else ""
    return f"; there are: {', '.join(outlets[:MOST_NAMED])}{more}"
