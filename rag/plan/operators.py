"""What somebody types in a search box in, its words and its operators out.

Operators: `"a phrase"`, source:, and before:, after:, since:, until: with a day, a month or a year.

What only looks like an operator stays where it is: a web address, a time of day, "his source: a minister".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.dates.spans import DAY, Span
from index.errors import UsageError
from index.types import Filter
from index.words import FUNCTION_WORDS
from rag.bounds import days_written, first_moment, last_moment, narrowed
from rag.plan.called import has_part, is_outlet, near, outlets_called

_QUOTED = r"\"(?!\s)(?P<straight>[^\"]*[^\"\s])\"(?!\w)|„(?P<low>[^„“”]+)[“”]|“(?P<curly>[^“”]+)”|«(?P<angled>[^«»]+)»"
# An inch mark, or the end of other words in quotation marks, begins no phrase.
_PHRASE = re.compile(rf"(?<![\w\"'’”])(?:{_QUOTED})")
_NAMES = "source|before|after|since|until"
_OPERATOR = re.compile(
    rf"(?<![^\s(\[])(?P<name>{_NAMES})[:：](?P<blank>\s?)(?:{_QUOTED}|(?P<bare>[^\W_][^\s\"„“”«»]*))",
    re.IGNORECASE,
)
_LIKE_A_DATE = re.compile(r"[12]\d{3}|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?")
_TRAILING = ".,;:!?)]"
_BETWEEN_OPERATORS = re.compile(rf"\s*,?(?:\s+(?:and|or)\b)?\s+(?=(?:{_NAMES})[:：])", re.IGNORECASE)
# With a blank behind the colon: "the source: Reuters" is prose, and so is "source: Reuters says".
_POINTS_AT = re.compile(
    r"\b(?:a|an|the|this|that|which|what|one|no|any|other|another|same|my|your|his|her|its|our|their|\w+['’]s)\s+$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s+(?:or|and|is|was|has|had|did|sa(?:ys?|id)|told|tells|wr(?:ites|ote)"
    r"|(?:report|claim|confirm|warn|announce|reveal|suggest|note)e?(?:s|d))\b",
    re.IGNORECASE,
)
_MOST_WORDS = 6
# Words in quotation marks are spoken or a name here: without the marks the sentence would not read right.
_SPEAKS = re.compile(
    r"(?:[,:]|\b(?:say|says|said|saying|call|calls|called|calling|name|named|term|termed|dub|dubbed|word|words|phrase"
    r"|phrases|quote|quoted|title|titled|entitled|headline|slogan|means?(?: by)?|meant(?: by)?|as|like)"
    r"(?:\s+(?:it|him|her|them|this|that|us|me))?)\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?…]$")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, taken apart.

    Attributes:
        text: The words, phrases among them, without operators; "" if operators were all.
        phrases: What stood in quotation marks.
        where: The filter given, narrowed by the operators.
    """

    text: str
    phrases: tuple[str, ...]
    where: Filter


@dataclass(frozen=True, slots=True)
class _Operator:
    """One operator: `typed[start:end]`; outlets for source, days for the others."""

    name: str
    start: int
    end: int
    outlets: tuple[str, ...] = ()
    days: Span = (date.min, date.max)


def read_operators(typed: str, outlets: Iterable[str], where: Filter) -> Typed:
    """Take apart what was typed.

    Args:
        typed: With operators or without.
        outlets: Those of the archive, which `source:` may name in part and without case.
        where: What holds besides.

    Raises:
        UsageError: An operator cannot be understood, no outlet is called so, or nothing can pass.
    """
    text, known = " ".join(typed.split()), tuple(outlets)
    pieces: list[str] = []
    phrases: list[str] = []
    operators: list[_Operator] = []
    at = 0
    while at < len(text):
        if operator := _operator(text, at, known):
            operators.append(operator)
            between = _BETWEEN_OPERATORS.match(text, operator.end)
            at = between.end() if between else operator.end
        elif (quoted := _PHRASE.match(text, at)) and re.search(r"[^\W_]", phrase := _inside(quoted)):
            phrases.append(phrase)
            pieces.append(quoted[0] if _SPEAKS.search(text[:at]) or _SENTENCE.search(phrase) else phrase)
            at = quoted.end()
        else:
            pieces.append(text[at])
            at += 1
    words = "".join(pieces)
    return Typed(_tidy(words) if operators else words, tuple(dict.fromkeys(phrases)), _narrowed(where, operators))


def _inside(quoted: re.Match[str]) -> str:
    """What stands between quotation marks, whichever; "" where there are none."""
    return next((" ".join(words.split()) for words in quoted.group("straight", "low", "curly", "angled") if words), "")


def _operator(text: str, at: int, outlets: Sequence[str]) -> _Operator | None:
    """The operator that begins here."""
    found = _OPERATOR.match(text, at)
    if not found:
        return None
    return _source(text, found, outlets) if found["name"].lower() == "source" else _bound(found)


def _bound(found: re.Match[str]) -> _Operator | None:
    value = _inside(found) or found["bare"].rstrip(_TRAILING)
    days = days_written(value)
    if days is None and found["blank"] and not _LIKE_A_DATE.fullmatch(value):
        return None  # "before: the summit"
    name = found["name"].lower()
    if days is None:
        raise UsageError(f"{value!r} is not a date: write {name}:2025-12-22, {name}:2025-12 or {name}:2025")
    return _Operator(name, found.start(), _end(found, value), days=days)


def _source(text: str, found: re.Match[str], outlets: Sequence[str]) -> _Operator | None:
    value, start = _inside(found), found.start()
    end = found.end()
    if not value:
        value, end = _longest_name(text, found, outlets)
    if found["blank"] and not _is_meant(text, start, end, value, outlets):
        return None
    names = [name for name in value.split(",") if name.strip()] if not is_outlet(value, outlets) else [value]
    called = [outlet for name in names for outlet in outlets_called(name.strip(), outlets)]
    return _Operator("source", start, end, outlets=tuple(dict.fromkeys(called)))


def _longest_name(text: str, found: re.Match[str], outlets: Sequence[str]) -> tuple[str, int]:
    """The most words behind the colon that are an outlet's whole name, else the first of them; and where they end."""
    start = found.start("bare")
    ends = [start + each.end() for each in re.finditer(r"\S+", text[start:])][:_MOST_WORDS]
    for end in reversed(ends):
        name = text[start:end].rstrip(_TRAILING)
        if is_outlet(name, outlets):
            return name, start + len(name)
    value = found["bare"].rstrip(_TRAILING)
    return value, start + len(value)


def _is_meant(text: str, start: int, end: int, value: str, outlets: Sequence[str]) -> bool:
    """Whether `source: value` with a blank is an operator: it names an outlet, and is no part of a sentence."""
    if _POINTS_AT.search(text[:start]) or _GOES_ON.match(text, end) or value.lower() in FUNCTION_WORDS:
        return False
    if is_outlet(value, outlets):
        return True
    last = end == len(text) or bool(_OPERATOR.match(text, end + 1))
    in_part = any(has_part(outlet, value) for outlet in outlets)
    return ((last or start == 0) and in_part) or (last and bool(near(value, outlets)))


def _end(found: re.Match[str], value: str) -> int:
    return found.start("bare") + len(value) if found["bare"] else found.end()


def _tidy(words: str) -> str:
    """What is left when operators have been taken out; "" if no word is."""
    if not re.search(r"\w", words):
        return ""
    words = re.sub(r"\(\s*\)|\[\s*\]", "", words)
    return re.sub(r"\s+([.,;:!?)\]])", r"\1", " ".join(words.split())).strip()


def _narrowed(where: Filter, operators: Sequence[_Operator]) -> Filter:
    asked = tuple(dict.fromkeys(outlet for each in operators for outlet in each.outlets))
    if asked and where.sources:
        allowed = {source.casefold() for source in where.sources}
        both = tuple(outlet for outlet in asked if outlet.casefold() in allowed)
        if not both:
            raise UsageError(
                f"source:{asked[0]} asks for none of the outlets chosen besides: {', '.join(where.sources)}"
            )
        asked = both
    since = [first_moment(each.days[1] + DAY) for each in operators if each.name == "after"]
    since += [first_moment(each.days[0]) for each in operators if each.name == "since"]
    until = [last_moment(each.days[0] - DAY) for each in operators if each.name == "before"]
    until += [last_moment(each.days[1]) for each in operators if each.name == "until"]
    narrow = replace(where, sources=asked or where.sources)
    return narrowed(narrow, since=max(since, default=None), until=min(until, default=None))
