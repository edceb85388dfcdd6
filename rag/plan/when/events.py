"""An event in words in, the day it happened out, as far as an archive's articles agree on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from index.sentences import sentence_spans
from index.types import Article, Filter, Hit, Mention
from index.words import FUNCTION_WORDS, topic_words
from rag.plan.known import Known
from rag.plan.when.claims import AFTERMATH_DAYS, Claim, Kind, days_from
from rag.plan.when.dated import SHIFT, shifted

HITS = 12
"""Passages looked at; those behind them seldom speak of the event."""

SHARE_OF_WORDS = 0.75
"""Of the event's words a sentence must have, to be about the event."""

STEM = 5
"""Letters of a word that are compared."""

LEAD = 300
"""Characters: headline and lead say what an article is about."""

NEAR_DAYS = 30
"""News tells of an event in the month after it, or before it."""

FOLLOWING_DAYS = 3
"""So many days later an event is still told as new."""

RUN_UP_DAYS = 14
"""What comes before an event is asked for its sake for about as long."""

_AHEAD_OF = frozenset({"before", "ahead of"})
_HEAD = r"(?:the|this|that|his|her|its|their|last [a-z]+['’]s|[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,3}['’]s?)\s"
_EVENT = re.compile(
    rf"(?:{SHIFT}|\b(?P<how>before|after|during|since|following|ahead of|in the (?:wake|aftermath) of|on the eve of"
    r"|(?:just|shortly|moments|minutes|hours|immediately|right) (?:before|after)))\s"
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
        named = any(word[0].isupper() and word.lower() not in FUNCTION_WORDS for word in event.split())
        names = [] if named else _CAPITAL.findall(text)
        day = day_of(" ".join([event, *names]))
        if day and (not as_of or day <= as_of):
            first, last = _around(day, found, as_of)
            kind: Kind = "open" if (found["how"] or "").lower() in _AHEAD_OF else "event"
            return Claim(found.start(), found.start("event") + len(event), first, last, kind)
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
    words = _stems(event)
    told: dict[str, date] = {}  # article → day
    heading: date | None = None  # of the best hit's article, if it is about the event
    for rank, hit in enumerate(known.matching(event, HITS, where) if words else ()):
        article = known.article(hit.passage.article_id)
        if article.id in told or not article.published:
            continue
        leads = _share(f"{article.title}\n{article.text[:LEAD]}", words) >= SHARE_OF_WORDS
        day = _day_of_lead(article) if leads else next(_days_told(article, hit, words), None)
        if day:
            told[article.id] = day
            if rank == 0 and leads and len(words) > 1:
                heading = day
    return _agreed(list(told.values()), 2 if len(words) > 1 else 3) or heading


def _around(day: date, found: re.Match[str], as_of: date | None) -> tuple[date, date]:
    """The time that is told from the day of an event."""
    how = (found["how"] or "").lower()
    if not how:
        first, last = shifted(day, found)
    elif how in _AHEAD_OF:
        first, last = days_from(day, -RUN_UP_DAYS), day
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
    near = [mention for mention in _near(article) if passage.start <= mention.start < passage.end]
    if not near:
        return
    spans = [(passage.start + start, passage.start + end) for start, end in sentence_spans(passage.text)]
    scored = sorted((-_share(article.text[start:end], words), start, end) for start, end in spans)
    for share, start, end in scored:
        if -share < SHARE_OF_WORDS:
            return
        yield from (mention.first for mention in near if start <= mention.start < end)


def _day_of_lead(article: Article) -> date | None:
    """The first day that the lead tells, else the day of publication."""
    day = next((mention.first for mention in _near(article) if mention.start < LEAD), None)
    return day or (article.published.date() if article.published else None)


def _near(article: Article) -> list[Mention]:
    """The days an article tells of around the day it came out; others are of other events, or of long ago."""
    if not article.published:
        return []
    day = article.published.date()
    since, until = days_from(day, -NEAR_DAYS), days_from(day, NEAR_DAYS)
    return [m for m in article.mentions if (m.last - m.first).days <= 2 and since <= m.first <= until]


def _share(text: str, words: frozenset[str]) -> float:
    """Of the event's words, how many a text has."""
    return len(words & _stems(text)) / len(words)


def _stems(text: str) -> frozenset[str]:
    """The words that tell one event from another, cut: "bombing" is told as "bombed", "resignation" as "resigned"."""
    return frozenset(word[:STEM] for word in topic_words(text))


def _agreed(days: Sequence[date], least: int) -> date | None:
    """The first of some days on end that so many articles tell, and half of them: news follows for days."""
    support = {day: sum(0 <= (other - day).days <= FOLLOWING_DAYS for other in days) for day in days}
    best = max(support, key=lambda day: (support[day], -day.toordinal()), default=None)
    return best if best and support[best] >= max(least, len(days) / 2) else None
