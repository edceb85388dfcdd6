"""Scored hits in, the same hits with what the question asks for beside its words counted in out.

A reranker's score says how well a passage answers. It cannot know that a question of today is hardly answered by an
article of last year, or whose report was asked for. That is added as a logarithm of odds: how much likelier an article
of this day, of this outlet, is to hold the answer than a typical candidate. So the bonus is bounded, it grows with how
sure the question is, and it vanishes where all candidates fit, or none does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import fmean

from index.types import Article, Hit, Stage
from rag.fuse import ranked
from rag.types import Period, Query

FADE_DAYS = 10.0
"""How fast an article loses its claim outside the period: by 1/e in this many days."""

LEAST_SHARE = 0.02
"""Added to the mean fit: where hardly a candidate fits, none is favoured for being less far off."""

POINTS: Mapping[Stage, float] = {"reranked": 3.0, "fused": 0.1}
"""Points of score per unit of log-odds. The logits of MS MARCO cross-encoders spread over -11 to 11, fused scores over
0 to 1; measured in docs/LOG.md."""

MENTIONED = 0.8
"""How well a passage fits that speaks of a day of the period, beside one that was published in it."""

SUPERSEDED = 0.25
"""What a report keeps of its fit for each newer day on which others report the same."""

SAME_MATTER = 1.7
"""Units of log-odds below the best hit within which a hit is taken to report the same."""

ASKED_FOR = 0.9
"""How sure it is that an outlet's report or a phrase is wanted when it was named."""


def favour(hits: Sequence[Hit], articles: Mapping[str, Article], query: Query) -> list[Hit]:
    """Count in how well each hit fits the period, the outlets and the phrases that the question asks for.

    Args:
        hits: Of one stage.
        articles: Their articles by id.
        query: What is asked for.

    Returns:
        The hits in their new order, ranked anew, ties by article and ordinal. What fits best keeps its score, so that
        this still says how well it answers; the others lose. An undated article is taken for a typical candidate: it is
        neither favoured nor dropped.
    """
    if not hits:
        return []
    for name, sureness, fits in _wishes(hits, articles, query):
        bonuses = _log_odds(fits, sureness)
        hits = [_moved(hit, name, bonus - max(bonuses)) for hit, bonus in zip(hits, bonuses, strict=True)]
    return ranked(sorted(hits, key=lambda hit: (-hit.score, hit.passage.article_id, hit.passage.ordinal)))


def _moved(hit: Hit, name: str, log_odds: float) -> Hit:
    points = POINTS[hit.stage] * log_odds
    return replace(hit, score=hit.score + points, why=(*hit.why, (name, points)))


def _log_odds(fits: Sequence[float | None], sureness: float) -> list[float]:
    """How much likelier than without it each candidate is, given how well it fits (0 to 1; None: nobody knows)."""
    known = [fit for fit in fits if fit is not None]
    if not known:
        return [0.0] * len(fits)
    typical = fmean(known)
    odds = sureness / (1 - sureness)
    return [math.log1p(odds * (typical if fit is None else fit) / (typical + LEAST_SHARE)) for fit in fits]


def _wishes(
    hits: Sequence[Hit], articles: Mapping[str, Article], query: Query
) -> Iterator[tuple[str, float, list[float | None]]]:
    """For each thing asked for: its name, how sure it is that it is wanted, and how well each hit fits it."""
    if period := query.period:
        near = [_nearness(hit, articles[hit.passage.article_id], period) for hit in hits]
        yield "time", period.sureness, _newness(hits, articles) if period.newest else near
    if query.outlets:
        asked = {outlet.casefold() for outlet in query.outlets}
        yield "outlets", ASKED_FOR, [float(not asked.isdisjoint(_outlets(hit, articles))) for hit in hits]
    for phrase in query.phrases:
        words = phrase.casefold()
        yield "phrases", ASKED_FOR, [float(words in hit.passage.text.casefold()) for hit in hits]


def _outlets(hit: Hit, articles: Mapping[str, Article]) -> set[str]:
    return {name.casefold() for name in (articles[hit.passage.article_id].source, *hit.also_in)}


def _day(article: Article) -> date | None:
    return article.published.date() if article.published else None


def _nearness(hit: Hit, article: Article, period: Period) -> float | None:
    """1 for an article of the period, less the farther it is off; nearly 1 for a passage that speaks of the period."""
    day = _day(article)
    if day is None:
        return None
    near = math.exp(-_days_off(day, period) / FADE_DAYS)
    return max(near, MENTIONED) if period.words and _speaks_of(hit, article, period) else near


def _days_off(day: date, period: Period) -> int:
    if period.first and day < period.first:
        return (period.first - day).days
    if period.last and day > period.last:
        return (day - period.last).days
    return 0


def _speaks_of(hit: Hit, article: Article, period: Period) -> bool:
    """Whether the passage names a day, or a time, that lies within the period."""
    first, last = period.first or date.min, period.last or date.max
    return any(
        first <= mention.first and mention.last <= last
        for mention in article.mentions
        if hit.passage.start <= mention.start < hit.passage.end
    )


def _newness(hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[float | None]:
    """1 for the newest of those that report the same, less for each newer day; the best hits say what the same is."""
    days = [_day(articles[hit.passage.article_id]) for hit in hits]
    least = max(hit.score for hit in hits) - SAME_MATTER * POINTS[hits[0].stage]
    reported = sorted({day for hit, day in zip(hits, days, strict=True) if day and hit.score >= least})
    return [None if day is None else SUPERSEDED ** sum(newer > day for newer in reported) for day in days]
