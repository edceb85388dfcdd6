"""An event in words in, the day it happened out, as far as an archive's articles agree on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from index.sentences import sentence_spans
from index.types import Article, Filter, Hit
from index.words import topic_words
from rag.plan.claims import Claim, days_from
from rag.plan.dated import SHIFT, shifted
from rag.types import Known

HITS = 8
"""Passages looked at; those behind them seldom speak of the event."""

SHARE_OF_WORDS = 0.6
"""Of the event's words a sentence must have, to be about the event."""

AFTERMATH_DAYS = 14
"""What happens after an event is asked for its sake for about two weeks."""

_HEAD = r"(?:the|this|that|his|her|its|their|last [a-z]+['’]s|[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,3}['’]s?)\s"
_EVENT = re.compile(
    rf"(?:{SHIFT}|\b(?P<how>before|after|during|since|following|ahead of|in the (?:wake|aftermath) of|on the eve of))\s"
    rf"(?P<event>{_HEAD}[^,;:.?!()]{{3,90}})",
    re.IGNORECASE,
)
_EVENT_ENDS = re.compile(
    r"\s(?:did|does|do|was|were|is|are|has|have|had|who|what|which|when|where|why|how|and|but|or|that|to|as|because|if"
    r"|would|will|could|should|he|she|it|they|said|according|by)\b"
)
_NO_EVENT = re.compile(
    r"\b(?:wars?|pandemic|epidemic|crisis|era|century|centuries|decade|lockdown|reign|presidency|premiership|term|tenure"
    r"|career|lifetime|childhood|season|conflict|revolution|occupation|period|time|times|past|years?|months?|weeks?|days?"
    r"|night|evening|morning|afternoon|weekend|summer|winter|spring|autumn|court|courts|judge|committee|panel|tribunal"
    r"|senate|congress|parliament|council|house|board|law|public|cameras?|crowd|age|fact|same|others?|end|start"
    r"|beginning|name|names|money|job)$",
    re.IGNORECASE,
)
_VERB_BEFORE = re.compile(
    r"\b(?:look(?:s|ed|ing)?|nam(?:e|ed|es|ing)|call(?:ed)?|run|ran|take|takes|took|go|goes|went|going|chas\w+|inquir\w+"
    r"|car(?:e|ed|es|ing)|appear\w*|testif\w+|stand|stood|brought|com(?:e|es|ing)|came|hearing|cases?|put|ever|model\w+"
    r"|brought up|not long|shortly or|days|one|day|year|soon)\s$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=\s)[A-Z][\w’'.-]+")


def event_asked(text: str, as_of: date | None, day_of: Callable[[str], date | None]) -> Claim | None:
    """What a question says of its time by an event: "after the summit", "in the week before the election".

    Args:
        text: The question.
        as_of: The day it is asked on.
        day_of: Gives the day of an event, None if the archive does not tell.
    """
    for found in _EVENT.finditer(text):
        event = _EVENT_ENDS.split(found["event"], maxsplit=1)[0].strip()
        if _NO_EVENT.search(event) or _VERB_BEFORE.search(text[: found.start()]):
            continue
        # "The summit" alone is any; the names that the question has tell which.
        names = [] if _CAPITAL.search(f" {event[1:]}") else _CAPITAL.findall(text)
        day = day_of(" ".join([event, *names]))
        if day and (not as_of or day <= as_of):
            first, last = _around(day, found, as_of)
            return Claim(found.start(), found.start("event") + len(event), first, last, "event" if first else "open")
    return None


def day_of(event: str, known: Known, where: Filter) -> date | None:
    """The day of an event such as "the summit", from the articles that speak of it.

    Args:
        event: Its words, with what the question says of it.
        known: The archive.
        where: Which articles may be seen.

    Returns:
        The day; None where articles do not speak of it, or do not agree.
    """
    words = frozenset(topic_words(event))
    told: dict[str, date] = {}  # article → day
    headline: date | None = None
    for rank, hit in enumerate(known.matching(event, HITS, where)):
        article = known.article(hit.passage.article_id)
        if article.id in told or not words:
            continue
        day = next(_days_told(article, hit, words), None)
        leads = _speaks_of(f"{article.title}\n{article.text[: article.text.find(chr(10)) + 1 or None]}", words)
        if not day and leads and article.published:
            day = article.published.date()
        if day:
            told[article.id] = day
            headline = headline or (day if leads and rank == 0 else None)
    return _agreed(list(told.values())) or headline


def _around(day: date, found: re.Match[str], as_of: date | None) -> tuple[date | None, date | None]:
    """The time that is told from the day of an event."""
    how = (found["how"] or "").lower()
    if not how:
        first, last = shifted(day, found)
    elif how in {"before", "ahead of"}:
        return None, day
    elif how == "on the eve of":
        first, last = days_from(day, -1), day
    elif how == "during":
        first, last = days_from(day, -1), days_from(day, 2)
    elif how == "since":
        first, last = day, as_of or date.max
    else:
        first, last = day, days_from(day, AFTERMATH_DAYS)
    return first, min(last, as_of) if as_of else last


def _days_told(article: Article, hit: Hit, words: frozenset[str]) -> Iterator[date]:
    """The days in those sentences of a passage that speak of the event, with most of its words first."""
    passage = hit.passage
    near = [m for m in article.mentions if passage.start <= m.start < passage.end and (m.last - m.first).days <= 2]
    if not near:
        return
    spans = [(passage.start + start, passage.start + end) for start, end in sentence_spans(passage.text)]
    scored = sorted((-_share(article.text[start:end], words), start, end) for start, end in spans)
    for share, start, end in scored:
        if -share < SHARE_OF_WORDS:
            return
        yield from (mention.first for mention in near if start <= mention.start < end)


def _speaks_of(text: str, words: frozenset[str]) -> bool:
    return _share(text, words) >= SHARE_OF_WORDS


def _share(text: str, words: frozenset[str]) -> float:
    """Of the event's words, how many a text has."""
    return len(words.intersection(topic_words(text))) / len(words)


def _agreed(days: Sequence[date]) -> date | None:
    """The day that most articles tell, of two at least: what is told a day later is told of the same day."""
    votes = Counter(days)
    support = {day: votes[day] + votes[days_from(day, 1)] for day in votes}
    best = max(support, key=lambda day: (support[day], votes[day], -day.toordinal()), default=None)
    return best if best and support[best] >= 2 else None
