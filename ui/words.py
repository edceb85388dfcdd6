"""Answers in, what the terminal and the page both show of them out: words, dates, times, marks, nearest articles."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from index import serialize
from index.dates.words import ENGLISH_MONTHS, day_in_words
from index.injection.signs import REASONS

if TYPE_CHECKING:
    from index.read.types import Suspicion
    from index.types import Article
    from rag.types import Answer, Citation, Evidence, Sentence

UNTITLED = "Untitled"
MOST_NAMED = 3
UNFORESEEN = "Something went wrong that nobody foresaw; the server's terminal tells more."

# Not line ends and tabs. Bidi overrides and isolates reach beyond the words that carry them, even in HTML.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
"""What shows nothing: nobody could press a title that is made of it."""


def clean(text: str) -> str:
    """The text without what could steer a terminal or reorder what stands around it."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """The text cleaned, on one line."""
    return clean(re.sub(r"\s+", " ", text)).strip()


def headline(article: Article) -> str:
    """What an article is called where several are listed: an untitled one by what it goes by in the archive."""
    title = one_line(article.title)
    return title if _UNSEEN.sub("", title) else f"{UNTITLED} ({one_line(article.id)})"


def day(moment: date) -> str:
    """A date as people read it, such as `14 March 2026`; independent of the machine's locale."""
    return day_in_words(moment)


def days(first: date | None, last: date | None) -> str:
    """`15–22 December 2025`, `December 2025`, `28 November – 3 December 2025`, `since 1 July 2025`; "" if open."""
    if first is None or last is None:
        return f"since {day(first)}" if first else f"until {day(last)}" if last else ""
    begin, end = date(first.year, first.month, first.day), date(last.year, last.month, last.day)
    if begin == end:
        return day(begin)
    whole = begin.day == 1 and end.day == monthrange(end.year, end.month)[1]
    from_month, to_month = ENGLISH_MONTHS[begin.month - 1], ENGLISH_MONTHS[end.month - 1]
    if whole and (begin.month, end.month) == (1, 12):
        return str(begin.year) if begin.year == end.year else f"{begin.year}–{end.year}"
    if begin.year != end.year:
        return f"{from_month} {begin.year} – {to_month} {end.year}" if whole else f"{day(begin)} – {day(end)}"
    if begin.month == end.month:
        return f"{to_month} {end.year}" if whole else f"{begin.day}–{day(end)}"
    return f"{from_month} – {to_month} {end.year}" if whole else f"{begin.day} {from_month} – {day(end)}"


def marked(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text in pieces, cleaned and on one line, each with whether it lies in a span; spans in order, apart."""
    pieces, reached = [], 0
    for start, end in spans:
        pieces += [(text[reached:start], False), (text[start:end], True)]
        reached = end
    return [(clean(re.sub(r"\s+", " ", piece)), is_in) for piece, is_in in [*pieces, (text[reached:], False)] if piece]


def when(article: Article) -> str:
    """When an article came out: a day, a range of days, or `undated`."""
    if article.published is None:
        return "undated"
    until = f" to {day(article.published_until)}" if article.published_until else ""
    return day(article.published) + until


def dated_by(article: Article) -> str:
    """What dates an article, with its time and zone if known: `JSON-LD: 2025-12-22T15:29:00+09:00`."""
    if article.published is None:
        return ""
    sure = "" if article.published_sure == "stated" else ", not stated as the date of publication"
    return f"{article.published_from}: {serialize.iso(article.published)}{sure}"


def suspicious(suspicion: Suspicion) -> str:
    """Why a place in an article is suspicious, where it is and its words: `title, 0–31: has what no reader sees …`."""
    sign = suspicion.sign
    return f"{suspicion.field}, {sign.start}–{sign.end}: {REASONS[sign.kind]}: {one_line(sign.words)}"


def notices(article: Article) -> list[str]:
    """What is to be shown beside every quotation of an article."""
    return [one_line(each) for each in serialize.notices(article)]


def elsewhere(also_in: Sequence[str]) -> str:
    """Where else an article stood: `also in 2 outlets (Echo, Post)`; named up to three, "" where nowhere."""
    if not also_in:
        return ""
    names = f" ({one_line(', '.join(also_in))})" if len(also_in) <= MOST_NAMED else ""
    return f"also in {counted(len(also_in), 'outlet')}{names}"


def elapsed(seconds: Mapping[str, float]) -> str:
    """How long an answer took: `0.6 s to the evidence, 3.1 s in all`."""
    total = f"{seconds['total']:.1f} s in all"
    return f"{seconds['first_evidence']:.1f} s to the evidence, {total}" if "first_evidence" in seconds else total


def counted(n: int, noun: str, plural: str | None = None) -> str:
    """`1 article`, `2,300 articles`."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {plural or noun + 's'}"


def size(count: int) -> str:
    """Bytes as people say them: `812 bytes`, `3.4 kB`, `2 GB`."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= factor:
            return f"{round(count / factor, 1):g} {unit}"
    return counted(count, "byte")


def marks(sentence: Sentence) -> list[Citation]:
    """The citations to mark a sentence with: the first of each evidence, in order."""
    first: dict[int, Citation] = {}
    for citation in sentence.citations:
        first.setdefault(citation.evidence, citation)
    return list(first.values())


def nearest(answer: Answer) -> list[Evidence]:
    """To show when nothing answers: what the nearest sentences cite, then the best evidence of each other article."""
    cited = {citation.evidence for sentence in answer.closest for citation in sentence.citations}
    found: list[Evidence] = []
    for each in sorted(answer.evidence, key=lambda piece: piece.n not in cited):
        if each.n in cited or all(each.article.id != earlier.article.id for earlier in found):
            found.append(each)
    return found


def cited_spans(evidence: Evidence, answer: Answer) -> list[tuple[int, int]]:
    """The parts of the evidence's text that an answer or a report that differs from it cites, in order, apart."""
    spans: list[tuple[int, int]] = []
    reached = 0
    sides = [side.sentence for each in answer.disagreements for side in each.sides]
    cited = [c for s in (*answer.sentences, *sides) for c in s.citations if c.evidence == evidence.n]
    for citation in sorted(cited, key=lambda each: (each.start, each.end)):
        start = max(citation.start - evidence.start, reached)
        end = min(citation.end, evidence.end) - evidence.start
        if start < end:
            spans.append((start, end))
            reached = end
    return spans


def differing(answer: Answer) -> list[list[tuple[str, int]]]:
    """Where reports differ: for each, what every side says and by whom, with the number of its evidence."""
    from rag.conflict import worded_sides

    return [
        [
            (one_line(told), marks(side.sentence)[0].evidence)
            for told, side in zip(worded_sides(each, answer.evidence), each.sides, strict=True)
        ]
        for each in answer.disagreements
    ]


def unsaid(answer: Answer) -> str:
    """The parts of a question that stay open, in one line; "" where none does."""
    return " ".join(one_line(part.text) for part in answer.unsaid)


def reasons(answer: Answer) -> list[tuple[str, str]]:
    """How an answer came to be given or not, as (what, words) lines: for `--explain`."""
    told = ", ".join(f"{name} {value:.2f}" for name, value in answer.signals.items() if value)
    sure = f"{answer.confidence:.2f}, from {answer.threshold:.2f} on an answer is given"
    lines = [("confidence", f"{sure} ({told})" if told else sure)]
    lines += [("not said", f"“{one_line(each.claim)}”: {one_line(each.why)}") for each in answer.unsupported]
    return lines + [("not shown to the model", f"[{each.evidence}]: {each.why}") for each in answer.left_out]
