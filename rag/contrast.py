"""A question and the sentence that is said to answer it in, how much better it answers about somebody else out.

"When did Orsund file its claim?" finds the day on which Norvik did: all fits but the name. Where a name of the question
stands nowhere near the sentence, the reader is asked again with each name that does in its place. If the same words are
then far likelier an answer, the article tells it of another. Knows nothing of what is made of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from index.names.forms import Word, is_capital, is_shout, words_of
from index.names.lexicon import CALENDAR, OPENERS, is_nationality
from index.sentences import sentence_spans
from index.types import Article, NameFound
from rag.claims.facts import Fact, stands_in
from rag.claims.normal import normal
from rag.reader import Reader
from rag.types import Query

NEAR = 5
"""So many sentences before and after the one, and the headline, are where a name counts as spoken of.

From 2 to 99 the sets hardly differ; of exchanged names 5 told most (docs/LOG.md).
"""

READ = 1
"""So many before and after are read with it."""

EXCHANGES = 3
"""At the most; each takes the reader 25 ms of one core. All of them told no more (docs/LOG.md)."""

MOST = 6.0
"""A larger gain says no more."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Asks a question again about others.

    Attributes:
        reader: Finds words that answer.
        names_in: Knows the archive's names in a text.
    """

    reader: Reader
    names_in: Callable[[str], Sequence[NameFound]]

    def gain(self, query: Query, article: Article, quote: Span) -> float:
        """How much likelier the best words in or beside a quotation are an answer with another name in the question.

        Args:
            query: What is asked.
            article: Where it is quoted from.
            quote: Where the quotation starts and ends in its text.

        Returns:
            A difference of log-odds from 0 to MOST; 0 where every name of the question stands near the quotation, or
            no other name does.
        """
        text, title = article.text, article.title
        sentences = sentence_spans(text)
        near, (start, end) = (_around(sentences, quote, count) for count in (NEAR, READ))
        strangers = _strangers(query, normal(f"{title}\n{text[slice(*near)]}"))
        readings = self.reader.read(query.text, [(title, text[start:end])])[0] if strangers else []
        if not readings:
            return 0.0
        asked = readings[0]
        known = normal(f"{query.text}\n{text[start + asked.start : start + asked.end]}")
        found = dict.fromkeys(name.asked for name in reversed(self.names_in(text[start : quote[1]])))
        others = [name for name in found if _can_be_meant(name) and not _stands_in(name, known)]
        gain = 0.0
        for other, (first, last) in islice(product(others, strangers), EXCHANGES):
            exchanged = query.text[:first] + other + query.text[last:]
            for each in self.reader.read(exchanged, [(title, text[start:end])])[0]:
                if each.start < asked.end and each.end > asked.start:
                    gain = max(gain, each.margin - asked.margin)
        return min(gain, MOST)


def _around(sentences: Sequence[Span], span: Span, count: int) -> Span:
    """The sentences that a span lies in and so many before and after them."""
    within = [place for place, (start, end) in enumerate(sentences) if start < span[1] and end > span[0]]
    if not within:
        return span
    first, last = max(within[0] - count, 0), min(within[-1] + count, len(sentences) - 1)
    return sentences[first][0], sentences[last][1]


def _strangers(query: Query, near: str) -> list[Span]:
    """Where the names of a question stand in it that do not stand, even in part, in a text of normal form."""
    names = [(start, end, query.text[start:end]) for start, end in _names(query)]
    return [(start, end) for start, end, name in names if _can_be_meant(name) and not _stands_in(name, near)]


def _names(query: Query) -> Iterator[Span]:
    """Where names stand in a question: those that the archive knows, and other words with a capital."""
    known = [(name.start, name.end) for name in query.names]
    yield from known
    run: list[Word] = []
    for word in words_of(query.text):
        free = all(word.end <= start or word.start >= end for start, end in known)
        capital = free and is_capital(word.text) and word.folded not in OPENERS
        if run and not (capital and query.text[run[-1].end : word.start] == " "):
            yield run[0].start, run[-1].end
            run = []
        if capital and (run or not _opens(query.text, word)):
            run.append(word)
    if run:
        yield run[0].start, run[-1].end


def _opens(text: str, word: Word) -> bool:
    """Whether a word may owe its capital to its place."""
    return not is_shout(word.text) and text[: word.start].rstrip(" \"'“‘(")[-1:] in ("", ".", "?", "!", ":")


def _can_be_meant(name: str) -> bool:
    """Whether a name tells whom or what a question is about: neither its time nor somebody's nationality."""
    return any(word not in CALENDAR and not is_nationality(word) for word in _telling(name))


def _stands_in(name: str, words: str) -> bool:
    return any(stands_in(Fact("name", normal(word)), words) for word in _telling(name))


def _telling(name: str) -> list[str]:
    return [word.folded for word in words_of(name) if word.folded not in OPENERS]
