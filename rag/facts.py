"""Text in, what can be checked in it out: numbers, dates, quoted words and names. Knows nothing about evidence.

Every fact is given in one normal form, so that "39", "thirty-nine" and "1,200"/"1200" meet.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from index.words import FUNCTION_WORDS

Kind = Literal["number", "quotation", "name"]

_UNITS = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS.split())})[- ]({'|'.join(_UNITS.split()[1:10])})\b")
_SINGLE = re.compile(rf"\b({'|'.join(_VALUES)})\b")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?(?=\s+\d|\s*$|[,;)])"
)
_NUMBER = re.compile(r"\d+(?:[.:/]\d+)*")
_QUOTED = re.compile(r"[\"“]([^\"“”]{3,})[\"”]")
_OPENERS = FUNCTION_WORDS | frozenset(
    "because after before during since while yes no both neither either according until about around over under more "
    "less at least only also not nobody nothing everyone although though however".split()
)
"""Capitalised for standing first, without being a name."""
_WORD = re.compile(r"[^\W_][\w.&'’-]*[\w]|[^\W_]")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a sentence asserts that must stand in the words it cites, in normal form."""

    kind: Kind
    text: str


def normal(text: str) -> str:
    """One form for comparing words: NFKC, lower case, plain quotes and dashes, numbers in digits without separators."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(str.maketrans("’‘“”–—‐‑−", "''\"\"-----"))
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"\bper ?cent\b", "%", text)
    text = _MONTH.sub(lambda m: m[1][:3], text)
    text = _COMPOUND.sub(lambda m: str(_VALUES[m[1]] + _VALUES[m[2]]), text)
    text = _SINGLE.sub(lambda m: str(_VALUES[m[1]]), text)
    return " ".join(re.sub(r"[^\w%$€£¥.:/'\"-]|[.:](?!\d)", " ", text).split())


def stands_in(fact: Fact, words: str) -> bool:
    """Whether a fact occurs in text that was brought to normal form, at word boundaries."""
    if fact.kind == "quotation":
        return fact.text in words.replace('"', "")
    return re.search(rf"(?<![\w.]){re.escape(fact.text)}(?:'s)?(?![\w])(?!\.\d)", words) is not None


def facts_of(text: str) -> list[Fact]:
    """Every number, date, amount, quotation and capitalised name of a sentence, in order of kind and place."""
    found: dict[Fact, None] = {}
    for match in _QUOTED.finditer(text):
        found[Fact("quotation", normal(match[1]).replace('"', "").strip())] = None
    for number in _NUMBER.findall(normal(text)):
        found[Fact("number", number)] = None
    for word in normal(text).split():
        if word in _MONTHS and not (word == "may" and "May" not in text):
            found[Fact("name", word)] = None
    for name in _names(text):
        if form := normal(name):
            found[Fact("name", form)] = None
    return list(found)


def _names(text: str) -> list[str]:
    """Capitalised words. The first word of a sentence counts too, unless it carries no topic."""
    words = [match.group() for match in _WORD.finditer(text)]
    return [
        re.sub(r"['’]s$", "", word)
        for place, word in enumerate(words)
        if word[0].isupper() and not (place == 0 and word.casefold() in _OPENERS)
    ]
