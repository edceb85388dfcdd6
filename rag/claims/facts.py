"""Text in, what can be checked in it out: numbers, dates, quoted words and names. Knows nothing about evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from index.words import FUNCTION_WORDS
from rag.claims.normal import UNITS, normal

Kind = Literal["number", "quotation", "name"]

_QUOTED = re.compile(r"„([^“”]+)[“”]?|“([^“”]+)”?|\"([^\"]+)\"?|(?<!\w)['‘]((?:[^'‘’]|(?<=\w)['’](?=\w))+)['’](?!\w)")
"""Double quotes need not close, for a draft may be cut short; single ones must, or they are apostrophes."""
_OPENERS = (FUNCTION_WORDS - {"will"}) | frozenset(
    "because after before during since while yes no both neither either according until about around over under more "
    "less at least only also not nobody nothing everyone although though however".split()
)
"""Capitalised for standing first, without being a name."""
_WORD = re.compile(r"(?:[^\W_][\w.&'’-]*\w|[^\W_])(?![\w$])")
"""Not "US" of "US$5": it belongs to the amount."""
_HALF_DAYS = frozenset(("AM", "PM", "A.M", "P.M"))
_INITIALS = re.compile(r"(?:\w\.)*\w")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a sentence asserts that must stand in the words it cites, in normal form."""

    kind: Kind
    text: str


def stands_in(fact: Fact, words: str) -> bool:
    """Whether a fact occurs in text of normal form, whole: "5" is not in "1.5", "5%", "-5" or "covid-5"."""
    before, after = r"(?<!\w)", r"(?!\w)"
    if fact.kind == "number":
        before, after = r"(?<![\w.:/])(?<!\D-)", r"(?![\w%]|[.:/]\d)"
    return re.search(before + re.escape(fact.text) + after, f" {words}") is not None


def facts_of(text: str) -> list[Fact]:
    """Every quotation, number, date, amount and name of a sentence, in order of kind and place, each once."""
    return list(_facts(text))


@lru_cache(maxsize=1024)
def _facts(text: str) -> tuple[Fact, ...]:
    quotations = [normal(match[match.lastindex or 0]) for match in _QUOTED.finditer(text)]
    found = [Fact("quotation", words) for words in quotations if words]
    for token, following in pairwise([*normal(text).split(), ""]):
        if any(character.isdigit() for character in token):
            found.append(Fact("number", f"{token} {following}" if following in UNITS else token.removesuffix("'s")))
    found += [Fact("name", name) for name in map(normal, _names(text)) if name]
    return tuple(dict.fromkeys(found))


def _names(text: str) -> list[str]:
    """Runs of words with a capital: "Ana Ruiz" is one name, which "Ana Lopez and Maria Ruiz" does not hold.

    The first word of a sentence counts too, unless it carries no topic. A possessive ends a name.
    """
    runs: list[str] = []
    reached = -1  # where the last run may go on
    for place, match in enumerate(_WORD.finditer(text)):
        word = match.group()
        opens = place == 0 and word.casefold() in _OPENERS and not (len(word) > 1 and word.isupper())  # US, WHO, IT
        is_currency = text.startswith("$", match.end())  # US$50m is an amount
        is_hour = word in _HALF_DAYS and text[: match.start()].rstrip()[-1:].isdigit()  # 5 PM is a number
        if opens or is_currency or is_hour or not any(letter.isupper() for letter in word):
            continue
        bare = re.sub(r"['’]s$", "", word)
        if match.start() == reached:
            runs[-1] += f" {bare}"
        else:
            runs.append(bare)
        gap = re.compile(r"\.?\s+" if _INITIALS.fullmatch(word) else r"\s+").match(text, match.end())
        reached = gap.end() if gap and bare == word else -1
    return runs
