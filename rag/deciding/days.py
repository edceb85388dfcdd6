"""A sentence of a dated article and an event in, the first and the last day on which it can have happened out.

A date in a sentence is the event's only if nothing stands between them that it could belong to instead; without a date
only what is told as news ("has resigned") happened in the days before it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.types import Mention
from rag.claims.lexicon import SAYING
from rag.deciding.deeds import Deed, read_deed, stands_for_itself, tells
from rag.plan.verbs import PASTS, told
from rag.plan.wording import has_topic, words_of
from rag.types import Evidence

Days = tuple[date, date]

LEAD_CHARACTERS = 200
"""News opens an article; further down "has banned" tells of how things stand, of any year."""

NEWS_DAYS = 3
"""News of the day is of that day or the one before; over a weekend, of the third."""

_BARRIER = re.compile(
    rf"[,;:()“”\"]|\b(?:{'|'.join(sorted(SAYING | PASTS))})\b|\b[a-z]+ed\b"
    r"|\b(?:who|which|that|when|after|before|while|but|because|where|until|since|than|if|to [a-z]+|is|are|were|been)\b"
)
_LIMIT = re.compile(r"\b(?:since|until|by|before|after|from|for|than|effective|through|between|past|of)\s*$", re.I)
_OWNS = re.compile(r"['’]s\b")
_VERB_NEXT = re.compile(rf"\s+(?:{'|'.join(sorted(SAYING | PASTS))}|[a-z]+ed|is|are|will)\b")
_HABIT = re.compile(r"\b(?:twice|times|every|often|ever|always|once|again|before|since|already|long|all)\b")
_OTHER = re.compile(
    r"\b(?:first|second|third|fourth|fifth|another|new|next|last|latest|earlier|previous|later|final|\d+(?:th)?)\b",
    re.I,
)
_MEMORY = re.compile(
    r"\b(?:anniversar|mark(?:s|ed|ing)\b|commemorat|remember|memor|ago\b|rehears|ahead of"
    r"|planned|scheduled|postpon|cancel|scrub|called off|delay|effective)",
    re.IGNORECASE,
)
_NAMED = r"[A-Z][\w.’'-]*"
_AT = r"(?:in|on|at|of|to|from|by|with|for|over|against|about|that|which|who|under)"
_MAKES = "held|imposed|introduced|declared|launched|staged|issued|signed|passed|opened|enacted"
_BEGINS = (
    r"(?:began|started|opened|happened|occurred|took place|broke out|struck|erupted)\b"
    r"(?! (?:an?|the|its|their|his|her)\b)"
    r"|(?:was|were)(?= (?:on [A-Z\d]|in [A-Z\d]|yesterday|today))"
    rf"|(?:was|were) (?:{_MAKES})\b(?! (?:up|off|back|over)\b)"
)
"""Not "began its third week", not "was under control"."""
_HARMS = "killed|destroyed|injured|wounded|swept|tore|ripped|damaged|forced|rocked|shook"
_DONE = frozenset("vote ban attack raid launch arrest visit veto protest march crash blast".split())
"""Verbs too; a fire is not what "fired" tells of, nor a strike what "struck" does."""
_WHEN = r"(?: (?:on|in) [A-Z]\w+(?: \d+)?(?: \d{4})?| on \d+ [A-Z]\w+(?: \d{4})?)?"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a question names it: "the vote on the toll": its head "vote", and the stems of all of it."""

    head: str
    stems: frozenset[str]


def event_in(question: str, thing: str) -> Deed | Happening | None:
    """What "When did A leave?" or "When was the vote?" asks the day of."""
    deed = read_deed(question, thing)
    if deed:
        return deed
    match = re.fullmatch(r"when was (.+)", question.rstrip(" ?"), re.IGNORECASE)
    if not match:
        return None
    named = re.sub(r"^(?:the|an?|its|his|her|their) ", "", re.split(rf" {_AT} ", thing)[0])
    stems = frozenset(word.stem for word in words_of(match[1]) if has_topic(word))
    return Happening(named.split()[-1], stems) if named and stems else None


def days_of(event: Deed | Happening, piece: Evidence) -> Days | None:
    """The days on which a piece of evidence tells that an event happened; None where it does not surely tell."""
    text = piece.text
    if _MEMORY.search(text):
        return None
    if isinstance(event, Deed):
        telling = tells(event, text)
        if telling is None or telling.denied:
            return None
        dated = _dated(piece, telling.who, telling.start, telling.end)
        is_news = telling.perfect and not _HABIT.search(text)
        return dated or (_as_news(piece) if is_news else None)
    return next(filter(None, (_dated(piece, *anchor) for anchor in _anchors(event, text))), None)


def _anchors(event: Happening, text: str) -> Iterator[tuple[int, int, int]]:
    """Where a sentence tells that an event happened: begin of its subject, begin and end of the word that tells."""
    if not event.stems <= {word.stem for word in words_of(text)}:
        return
    head = re.escape(event.head)
    subject = (
        rf"^(?:[A-Z][A-Z .,]+ \([^)]*\) [-–—] )?(?P<the>(?:The|An?|{_NAMED})(?: (?!{_AT} )[\w’'-]+){{0,4}}?) {head}"
    )
    placed = rf"(?: {_AT}(?: [\w’'-]+){{1,4}}?){{0,3}}?"
    harms = rf"|(?:{_HARMS})\b" if re.match(rf"An? (?:[\w’'-]+ ){{0,3}}?{head}\b", text) else ""
    only_its_own = "|".join(re.escape(word.text) for word in words_of(text) if word.stem in event.stems)
    own = rf"{subject}(?: (?:{_AT}|the|{only_its_own}))*(?= (?:on|of|in|yesterday|today|last|this) )"
    for match in re.finditer(own, text):
        if not _OTHER.search(match["the"]):
            yield match.start("the"), match.end(), match.end()
    for match in re.finditer(rf"{subject}{placed} (?P<verb>{_BEGINS}{harms})", text):
        if not _OTHER.search(match["the"]):
            yield match.start("the"), match.start("verb"), match.end("verb")
    thing = rf"(?:an?|the|its|their|his|her) (?:(?!{_AT} )[\w’'-]+ ){{0,3}}?{head}\b"
    done = told(event.head)[0] if event.head in _DONE else "(?!)"
    for match in re.finditer(rf"\b(?P<verb>(?:{_MAKES})(?={_WHEN} {thing})|{done})\b", text):
        if stands_for_itself(text, match.start(), match["verb"]):
            yield match.start(), match.start(), match.end()


def _dated(piece: Evidence, subject: int, start: int, end: int) -> Days | None:
    """The days that the dates beside a verb leave for it."""
    found = [mention for mention in _mentions(piece) if _belongs(piece.text, mention, subject, start, end)]
    if not found:
        return None
    first, last = max(m.first for m in found), min(m.last for m in found)
    published = piece.article.published
    is_over = published is None or first <= published.date()
    return (first, last) if first <= last and is_over else None


def _mentions(piece: Evidence) -> list[Mention]:
    """The dates of a piece with offsets in it."""
    return [
        Mention(m.start - piece.start, m.end - piece.start, m.first, m.last)
        for m in piece.article.mentions
        if piece.start <= m.start and m.end <= piece.end
    ]


def _belongs(text: str, mention: Mention, subject: int, start: int, end: int) -> bool:
    if _LIMIT.search(text[: mention.start]) or _OWNS.match(text, mention.end):
        return False
    if start == end:  # beside its name: "the fire in Tarn on Sunday"
        return mention.start >= end and not text[end : mention.start].strip().removesuffix("on").removesuffix("in")
    if mention.start >= end:
        is_of_next = end > start and _VERB_NEXT.match(text, mention.end)  # "resigned as police on Tuesday searched"
        return not is_of_next and not _BARRIER.search(text, end, mention.start)
    if subject <= mention.start and mention.end <= start:
        return not _BARRIER.search(text, mention.end, start)
    opens = len(text[: mention.start].split()) <= 1
    return opens and mention.end <= subject and not _BARRIER.search(text[mention.end : subject].lstrip(", "))


def _as_news(piece: Evidence) -> Days | None:
    """The days before a sentence without a date was printed."""
    published = piece.article.published
    if published is None or _mentions(piece) or piece.start > LEAD_CHARACTERS:
        return None
    return published.date() - timedelta(days=NEWS_DAYS), published.date()
