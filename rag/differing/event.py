"""Two sentences of different articles in, whether they speak of the same thing out. Knows no kind of value.

A sentence is read with the one before it and its headline only for names: "the company" is who was named last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.names.forms import folded
from index.sentences import sentence_spans
from index.types import Mention
from rag.differing.amounts import OF_COUNTS
from rag.differing.tokens import akin, names, speaking_of_themselves, topics, without
from rag.types import Evidence

_SAID = re.compile(r"\b(?:said|says|told)\b(?: \w+){0,2} (?:on |in )?$")
"""What stands before the day on which something was only said."""

_INSIDE = re.compile(r"(?<=[a-z,] )(?=[^\W\d_a-z])[^\W_][\w&-]*")
LEAST_ASKED = 0.7
"""Share of a question's words that one report has which the other must have, too."""
_COUNTED_ON = re.compile(
    r"\b(?:ris(?:en|es|ing)|rose|climb\w*|so far|to date|toll|total|as of|now|still|number of)\b", re.IGNORECASE
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|due to|is to|are to|scheduled|expected|plans? to|going to)\b", re.IGNORECASE
)
LONGEST_BEFORE = 600
"""Characters before a sentence in which the one before it is looked for."""

LONG_AGO = 62
"""Days after which those who are counted by an event do not change in number any more."""

LEAST_SHARED = 3
"""Stems that two sentences about the same thing have in common at the least, names among them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an article, as it is compared; `asked` are the names of the question, folded."""

    piece: Evidence
    asked: frozenset[str]

    @property
    def text(self) -> str:
        """Its words."""
        return self.piece.text

    @property
    def published(self) -> date | None:
        """The day of its article."""
        moment = self.piece.article.published
        return moment.date() if moment else None

    @property
    def topics(self) -> frozenset[str]:
        """The stems that tell what it is about."""
        return topics(self.piece.text)

    @property
    def story(self) -> frozenset[str]:
        """Those of its headline too."""
        return self.topics | topics(self.piece.article.title)

    @property
    def names(self) -> frozenset[str]:
        """Folded words of the names in it."""
        return names(self.piece.text, self._known)

    @property
    def around(self) -> frozenset[str]:
        """The names of the sentence before it."""
        return names(_before(self.piece.article.text, self.piece.start), self._known)

    @property
    def headline(self) -> frozenset[str]:
        """Those of the headline."""
        return names(self.piece.article.title, self._known)

    @property
    def _known(self) -> frozenset[str]:
        return self.asked | named_in(self.piece.article.text)

    def dates(self) -> list[Mention]:
        """The dates it speaks of, with offsets counted in its own text."""
        start, end = self.piece.start, self.piece.end
        return [
            Mention(each.start - start, each.end - start, each.first, each.last)
            for each in self.piece.article.mentions
            if start <= each.start
            and each.end <= end
            and not _SAID.search(self.text[: each.start - start])
            and "/" not in self.piece.article.text[max(0, each.start - 1) : each.end + 1]
        ]


@lru_cache(maxsize=1024)
def _before(text: str, start: int) -> str:
    """The sentence that ends before a place, or as much of it as is looked at."""
    text = text[max(0, start - LONGEST_BEFORE) : start]
    return next((text[a:b] for a, b in reversed(sentence_spans(text))), "")


@lru_cache(maxsize=64)
def named_in(text: str) -> frozenset[str]:
    """The words of names in an article, folded, as far as they stand inside sentences; some others are among them."""
    return frozenset(map(folded, _INSIDE.findall(text)))


def same_names(question: str, ours: Statement, theirs: Statement, apart: frozenset[str] = frozenset()) -> bool:
    """Whether two statements can be about the same, by whom and what they name.

    Whoever the question names, as far as our article does, theirs names too: in the sentence, the one before it, or the
    headline if nobody else is named. And not each names what the other does not.

    Args:
        question: What was asked.
        ours: What an answer stands on.
        theirs: What another report says.
        apart: Folded words of the names by which they differ, if they do: these are not compared.
    """
    mine, others = ours.names - apart, theirs.names - apart
    known = named_in(ours.piece.article.text) | ours.names | ours.headline
    asked = [name for name in sorted(names(question) - apart) if any(akin(name, each) for each in known)]
    subject = asked or sorted(mine)
    missing = without(subject, theirs.names | theirs.around)
    if missing and without(others, (*mine, *asked)):
        return False
    if without(speaking_of_themselves(theirs.text), (*ours.names, *ours.around, *ours.headline, *asked)):
        return False
    missing = without(missing, theirs.headline)
    if missing and (asked or len(missing) == len(subject)):
        return False
    only_ours = without(mine, theirs.names | theirs.around)
    only_theirs = without(others, ours.names | ours.around | ours.headline)
    return not (only_ours and only_theirs)


def no_other(ours: Statement, theirs: Statement) -> bool:
    """Whether neither of two statements names what the other's whole article does not know: Wisconsin's is not all."""
    for one, other in ((ours, theirs), (theirs, ours)):
        article = other.piece.article
        if without(one.names, (*named_in(article.text), *other.names, *other.around, *other.headline)):
            return False
    return True


def same_topic(question: str, ours: Statement, theirs: Statement) -> bool:
    """Whether two statements speak of one thing, by their own words; some are the question's."""
    shared = ours.topics & theirs.topics
    return len(shared) >= LEAST_SHARED and bool(shared & topics(question)) and _is_asked(topics(question), ours, theirs)


def same_story(question: str, ours: Statement, theirs: Statement) -> bool:
    """The same by the words of sentence and headline: "81 had lost their lives" does not say again in what."""
    shared, asked = ours.story & theirs.story, topics(question)
    return len(shared) >= LEAST_SHARED and bool(shared & asked) and _is_asked(asked - OF_COUNTS, ours, theirs)


def _is_asked(asked: frozenset[str], ours: Statement, theirs: Statement) -> bool:
    """Whether what the question says of the thing and ours has, theirs has too: a strike "on the school", not any."""
    told = [word for word in sorted(asked) if any(akin(word, each) for each in ours.story)]
    return len(without(told, theirs.story)) <= (1 - LEAST_ASKED) * len(told)


def is_past(statement: Statement) -> bool:
    """Whether a statement tells of a time long before its article: what it counts is settled, or another thing."""
    dates, published = statement.dates(), statement.published
    return published is not None and bool(dates) and all((published - each.last).days > LONG_AGO for each in dates)


def same_tense(ours: Statement, theirs: Statement) -> bool:
    """Whether both tell of what is to come, or neither does."""
    return bool(_AHEAD.search(ours.text)) == bool(_AHEAD.search(theirs.text))


def same_request(question: str, ours: Statement, theirs: Statement) -> bool:
    """Whether theirs has every word of the question that ours has: announced is not begun."""
    told = [word for word in sorted(topics(question)) if any(akin(word, each) for each in ours.topics)]
    return not without(told, theirs.topics)


def is_counted_on(*statements: Statement) -> bool:
    """Whether any of these says that it gives a count as it stands, of what is counted on."""
    return any(_COUNTED_ON.search(each.text) for each in statements)


def same_time(ours: Statement, theirs: Statement) -> bool:
    """Whether the dates of two statements leave it open that they speak of the same time."""
    mine, others = ours.dates(), theirs.dates()
    return not mine or not others or any(a.first <= b.last and b.first <= a.last for a in mine for b in others)
