"""An answer, or what a search found, in; its story in time out: what was published when, and which days it speaks of.

Knows nothing about how it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, Literal

from index.sentences import sentence_spans
from rag.bundle.keeping import citations
from ui.words import headline, one_line

if TYPE_CHECKING:
    from index.types import Article
    from rag.types import Answer, Retrieved

Span = tuple[int, int]
"""Characters of an article's text, [start, end)."""

MOST_ARTICLES = 12
"""Of those found, the best: what stands far down is rarely of the same story."""

LONGEST_DAYS = 31
"""Of what is spoken of: "in July" has a place in a story; "in 2019" and "the 1990s" would lie over all the others."""

MOST_READ = 6
"""Passages of a search, the best, whose days are told: as many as an answer has evidence."""

LONGEST_LABEL = 140
"""In characters, of a sentence that speaks of a day."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a point in time opens.

    Attributes:
        kind: article: its publication; event: a day that its words speak of.
        label: The headline, or the sentence that speaks of the day.
        spans: What to show of the article, in order.
        evidence: The number of the evidence it belongs to; None: it was found, and not used.
        cited: Whether the answer cites it.
    """

    kind: Literal["article", "event"]
    label: str
    outlet: str
    article_id: str
    spans: tuple[Span, ...]
    evidence: int | None
    cited: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A point with its first and last day, mostly the same."""

    first: date
    last: date
    point: Point


@dataclass(frozen=True, slots=True)
class Story:
    """Moments by time, on each day what happened before what was published; and articles without a day, best first."""

    moments: tuple[Moment, ...] = ()
    undated: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class _Use:
    """Words of an article that were found or used."""

    article: Article
    span: Span
    evidence: int | None
    cited: tuple[Span, ...]


def story_of(found: Answer | Retrieved, articles: Mapping[str, Article]) -> Story:
    """The articles that were used or found, and the days that the words used speak of; of a search, the words found.

    Args:
        found: An answer, or what was retrieved for one, or for a search.
        articles: Those of the hits by id; one that is missing is left out.
    """
    uses = list(_uses(found, articles))
    by_article: dict[str, list[_Use]] = {}
    for use in uses:
        by_article.setdefault(use.article.id, []).append(use)
    moments, undated = [], []
    for own in by_article.values():
        article, point = own[0].article, _publication(own)
        if article.published is None:
            undated.append(point)
        else:
            last = article.published_until or article.published
            moments.append(Moment(article.published.date(), last.date(), point))
    used = [use for use in uses if use.evidence is not None] or uses[:MOST_READ]
    moments += dict.fromkeys(event for use in used for event in _events(use))
    moments.sort(key=_by_time)
    return Story(tuple(moments), tuple(undated))


def _by_time(moment: Moment) -> tuple[date, bool, date, str, str]:
    point = moment.point
    return moment.first, point.kind == "article", moment.last, point.article_id, point.label


def _uses(found: Answer | Retrieved, articles: Mapping[str, Article]) -> Iterator[_Use]:
    """Evidence by its number, then what was found besides, best first, of MOST_ARTICLES at the most."""
    cited = _cited(found)
    seen: dict[str, None] = {}
    for each in found.evidence:
        seen[each.article.id] = None
        own = tuple((a, b) for n, a, b in cited if n == each.n)
        yield _Use(each.article, (each.start, each.end), each.n, own)
    is_search = not found.evidence
    for hit in found.hits:
        article = articles.get(hit.passage.article_id)
        if article is None or (article.id in seen and not is_search):
            continue
        if article.id in seen or len(seen) < MOST_ARTICLES:
            seen[article.id] = None
            yield _Use(article, (hit.passage.start, hit.passage.end), None, ())


def _cited(found: Answer | Retrieved) -> list[tuple[int, int, int]]:
    """(Evidence, start, end) of all that an answer cites, where reports differ included."""
    from rag.types import Answer

    if not isinstance(found, Answer):
        return []
    return [(each.evidence, each.start, each.end) for each in citations(found)]


def _publication(uses: list[_Use]) -> Point:
    """The point of an article: with what is cited of it, else what was used or found."""
    article = uses[0].article
    cited = sorted({span for use in uses for span in use.cited})
    spans = tuple(cited or sorted({use.span for use in uses}))
    first = next((use for use in uses if use.cited), uses[0])
    return Point("article", headline(article), one_line(article.source), article.id, spans, first.evidence, bool(cited))


def _label(text: str, around: Span, reached: int) -> str:
    """A sentence in short, up to the words that carry the day at least: its beginning goes first."""
    start, end = around
    if reached - start > LONGEST_LABEL:
        start = text.rfind(" ", start, reached - LONGEST_LABEL // 2)
    before = "" if start == around[0] else "… "
    return before + shorten(one_line(text[start:end]), LONGEST_LABEL - len(before), placeholder=" …")


def _events(use: _Use) -> Iterator[Moment]:
    """The days that words speak of, each with its sentence; none twice for one sentence."""
    article, (start, end) = use.article, use.span
    sentences = [(start + a, start + b) for a, b in sentence_spans(article.text[start:end])]
    told: set[tuple[Span, date, date]] = set()
    for mention in article.mentions:
        if not (start <= mention.start and mention.end <= end) or (mention.last - mention.first).days >= LONGEST_DAYS:
            continue
        around = next(((a, b) for a, b in sentences if a <= mention.start and mention.end <= b), (start, end))
        if (around, mention.first, mention.last) in told:
            continue
        told.add((around, mention.first, mention.last))
        cited = any(a <= mention.start and mention.end <= b for a, b in use.cited)
        label = _label(article.text, around, mention.end)
        point = Point("event", label, one_line(article.source), article.id, (around,), use.evidence, cited)
        yield Moment(mention.first, mention.last, point)
