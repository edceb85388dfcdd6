"""Two statements of different articles in, the values in which they cannot both be right out. Knows no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from index.sentences import sentence_spans
from index.types import Article, Mention
from rag.claims.normal import normal
from rag.differing.amounts import Amount, amounts, compatible, far_apart, same_role
from rag.differing.event import (
    LONG_AGO,
    Statement,
    is_counted_on,
    is_past,
    no_other,
    same_names,
    same_request,
    same_story,
    same_tense,
    same_time,
    same_topic,
)
from rag.differing.happening import same_happening
from rag.differing.tokens import beside, names, near, tokens, topics
from rag.differing.wording import called, other_name, other_words

About = Literal["number", "date", "name", "wording"]

SOON = 31
"""Days between two reports of one state of things; a price or a rate may have changed since."""
SPOKEN = 4
"""Days between two reports that each tell a day by its weekday, "yesterday" or the like: beyond it, such a thing will
have happened again."""
LONGEST_AGREED = 180
"""Days between two dates of one happening, where one of them is without its year: beyond it, the year is in doubt."""

_CORRECTS = re.compile(
    r"\b(?:correct(?:ion|ed|s|ing)|clarif(?:ication|ied)|earlier version|revis(?:ed|es|ion|ing)|amended|updated?|"
    r"later than (?:was )?(?:first )?(?:planned|reported|thought|announced)|postponed|delayed|(?:down|up) from|"
    r"(?:raised|lowered|rose|risen|rises) (?:\w+ )?to)\b",
    re.IGNORECASE,
)
"""Words by which a report says that what was reported before holds no more."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a statement gives, at `text[start:end]` of it.

    Attributes:
        asserted: What of its words an answer must say to say it.
        counted: Whether it is a count that changes while an event is reported.
    """

    about: About
    where: Statement
    start: int
    end: int
    asserted: str
    counted: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return self.where.text[self.start : self.end]

    @property
    def published(self) -> date | None:
        """The day of its article."""
        return self.where.published


def differing(question: str, ours: Statement, theirs: Statement) -> Iterator[tuple[Value, Value]]:
    """The values that two statements give for one thing and that cannot both be true, in the order of ours by kind."""
    yield from _wordings(question, ours, theirs)
    if not same_happening(ours, theirs):
        return
    yield from _names(question, ours, theirs)
    yield from _numbers(question, ours, theirs)
    yield from _dates(question, ours, theirs)


def _value(about: About, where: Statement, span: tuple[int, int]) -> Value:
    return Value(about, where, *span, where.text[slice(*span)])


def supersedes(later: Value, earlier: Value) -> bool:
    """Whether a value takes the place of one reported before it: a newer count, a correction, the same outlet's."""
    if later.published is None or earlier.published is None or later.published < earlier.published:
        return False
    if _corrects(later):
        return True
    return later.published > earlier.published and (later.counted or _same_outlet(later.where, earlier.where))


def _corrects(value: Value) -> bool:
    return bool(_CORRECTS.search(value.where.text) or _CORRECTS.match(value.where.piece.article.title))


def _wordings(question: str, ours: Statement, theirs: Statement) -> Iterator[tuple[Value, Value]]:
    if not _same_outlet(ours, theirs):
        for mine, other in other_words(ours.text, theirs.text, topics(question)):
            yield _value("wording", ours, mine), _value("wording", theirs, other)


def _same_outlet(ours: Statement, theirs: Statement) -> bool:
    return ours.piece.article.source == theirs.piece.article.source != ""


def _names(question: str, ours: Statement, theirs: Statement) -> Iterator[tuple[Value, Value]]:
    for mine in called(ours.text):
        for other in called(theirs.text):
            here = _value("name", ours, (mine.start, mine.end))
            there = _value("name", theirs, (other.start, other.end))
            if (
                other_name(mine, other)
                and same_topic(question, ours, theirs)
                and same_time(ours, theirs)
                and same_names(question, ours, theirs, apart=names(f". {here.text} {there.text}"))
                and not _has_words(theirs, here.text)
                and not _has_words(ours, there.text)
            ):
                yield here, there


def _has_words(statement: Statement, words: str) -> bool:
    article = statement.piece.article
    return normal(words) in normal(f"{article.title}\n{article.text}")


def _numbers(question: str, ours: Statement, theirs: Statement) -> Iterator[tuple[Value, Value]]:
    for mine in amounts(ours.text):
        others = [
            each
            for each in amounts(theirs.text)
            if not each.earlier and same_role(mine, each, ours.topics, theirs.topics)
        ]
        if mine.earlier or len(others) != 1 or compatible(mine, others[0]) or far_apart(mine, others[0]):
            continue
        counted = bool(mine.harm)
        here = Value("number", ours, *mine.shown, ours.text[mine.start : mine.end], counted)
        there = Value("number", theirs, *others[0].shown, theirs.text[others[0].start : others[0].end], counted)
        if not _one_count(question, here, there) or not _one_instance(mine, others[0], here, there):
            continue
        known = not supersedes(there, here) and _knows(theirs, mine)
        if not known and not (not supersedes(here, there) and _knows(ours, others[0])):
            yield here, there


def _one_count(question: str, here: Value, there: Value) -> bool:
    ours, theirs = here.where, there.where
    if _days_between(ours, theirs) > (LONG_AGO if here.counted else SOON):
        return False
    if not same_names(question, ours, theirs):
        return False
    if here.counted:
        one_time = same_time(ours, theirs) or is_counted_on(ours, theirs)
        return one_time and same_story(question, ours, theirs) and not is_past(ours) and not is_past(theirs)
    return same_topic(question, ours, theirs) and same_time(ours, theirs) and no_other(ours, theirs)


def _one_instance(mine: Amount, other: Amount, here: Value, there: Value) -> bool:
    """Whether what else two sentences count does not tell two things of a kind apart, such as two polls."""
    rest = [each for each in amounts(here.where.text) if each != mine]
    others = [each for each in amounts(there.where.text) if each != other]
    agree = any(one.unit == two.unit and compatible(one, two) for one in rest for two in others)
    return here.counted or not rest or not others or agree


def _days_between(ours: Statement, theirs: Statement) -> int:
    """How long after each other two articles came out; 0 where one is undated."""
    one, other = ours.published, theirs.published
    return abs((one - other).days) if one and other else 0


def _knows(statement: Statement, amount: Amount) -> bool:
    """Whether an article gives this amount too, anywhere: then what differs is two things that it tells apart."""
    return any(
        each.unit == amount.unit and each.harm == amount.harm and not each.earlier and compatible(each, amount)
        and (bool(amount.unit) or set(each.things) & set(amount.things) or not amount.things)
        for each in _all_amounts(statement.piece.article.text)
    )  # fmt: skip


@lru_cache(maxsize=64)
def _all_amounts(text: str) -> tuple[Amount, ...]:
    return tuple(amount for start, end in sentence_spans(text) for amount in amounts(text[start:end]))


def _dates(question: str, ours: Statement, theirs: Statement) -> Iterator[tuple[Value, Value]]:
    if not (same_tense(ours, theirs) and same_request(question, ours, theirs)):
        return
    if not same_topic(question, ours, theirs) or not same_names(question, ours, theirs):
        return
    for mine in ours.dates():
        others = [each for each in theirs.dates() if _one_happening(ours, mine, theirs, each)]
        if len(others) != 1 or not _apart(ours, mine, theirs, others[0]):
            continue
        here = _value("date", ours, (mine.start, mine.end))
        there = _value("date", theirs, (others[0].start, others[0].end))
        if not _speaks_of(theirs.piece.article, mine) and not _speaks_of(ours.piece.article, others[0]):
            yield here, there


def _one_happening(ours: Statement, mine: Mention, theirs: Statement, other: Mention) -> bool:
    (near_us, beside_us), (near_them, beside_them) = _around(ours, mine), _around(theirs, other)
    return len(near_us & near_them) >= 2 and bool(beside_us & near_them) and bool(beside_them & near_us)


def _around(statement: Statement, mention: Mention) -> tuple[frozenset[str], frozenset[str]]:
    words = tokens(statement.text)
    start = next((n for n, word in enumerate(words) if word.end > mention.start), len(words))
    end = next((n for n, word in enumerate(words) if word.start >= mention.end), len(words))
    return near(words, start, end), beside(words, start, end)


def _apart(ours: Statement, mine: Mention, theirs: Statement, other: Mention) -> bool:
    """Whether two dates cannot be one.

    Told by its weekday or as "yesterday", one may be read wrongly by a day or a week; and "this weekend" means what
    each report means by it.
    """
    if mine.first <= other.last and other.first <= mine.last:
        return False
    days = max((other.first - mine.last).days, (mine.first - other.last).days)
    written = (ours.text[mine.start : mine.end], mine), (theirs.text[other.start : other.end], other)
    spoken = [each for words, each in written if not re.search(r"\d", words)]
    if spoken and (days in (1, 6, 7, 8) or any(each.first != each.last for each in spoken)):
        return False
    if len(spoken) == 2 and _days_between(ours, theirs) > SPOKEN:
        return False
    return all(re.search(r"\d{4}", words) for words, _ in written) or days <= LONGEST_AGREED


def _speaks_of(article: Article, mention: Mention) -> bool:
    return any((each.first, each.last) == (mention.first, mention.last) for each in article.mentions)
