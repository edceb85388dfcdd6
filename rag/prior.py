"""Scored hits in, the same hits with the time that was asked for counted in out. Knows nothing about words.

A reranker's score says how well a passage answers; it cannot know that a question of today is hardly answered by an
article of last year. What it does not know is added as a logarithm of odds: how much likelier an article of this day is
to hold the answer than the other candidates are. So the bonus is bounded, it grows with how sure the question is of its
time, and it vanishes where all candidates are of that time, or none is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import fmean

from index.types import Article, Hit
from rag.types import Period

FADE_DAYS = 10.0
"""How fast an article loses its claim outside the period: by 1/e in this many days."""

LEAST_SHARE = 0.02
"""Of the mean fit: below it none of the candidates is of the period, and none is favoured for being less far off."""

LOGIT_SCALE = 3.0
"""How many points of a reranker's score stand for one unit of log-odds. MS MARCO cross-encoders spread their
logits over -11 to 11; measured in docs/LOG.md."""


def favour_period(
    hits: Sequence[Hit], articles: Mapping[str, Article], period: Period | None, *, scale: float = LOGIT_SCALE
) -> list[Hit]:
    """Count in how well each hit's article fits the period.

    Args:
        hits: Of one stage.
        articles: Their articles by id.
        period: From the query; None leaves everything as it is.
        scale: Points of score per unit of log-odds.

    Returns:
        The hits in their new order, ranked anew, ties by article and ordinal. An undated article gets the bonus of a
        typical candidate: it is neither favoured nor dropped.
    """
    if period is None or len(hits) < 2:
        return list(hits)
    fits = [_fit(hit, articles[hit.passage.article_id], period) for hit in hits]
    known = [fit for fit in fits if fit is not None]
    if not known:
        return list(hits)
    typical = fmean(known)
    odds = period.sureness / (1 - period.sureness)

    def bonus(fit: float | None) -> float:
        return scale * math.log1p(odds * (typical if fit is None else fit) / (typical + LEAST_SHARE))

    scored = [(hit.score + bonus(fit), hit) for hit, fit in zip(hits, fits, strict=True)]
    scored.sort(key=lambda pair: (-pair[0], pair[1].passage.article_id, pair[1].passage.ordinal))
    return [replace(hit, score=score, rank=rank) for rank, (score, hit) in enumerate(scored, start=1)]


def _fit(hit: Hit, article: Article, period: Period) -> float | None:
    """1 for an article of the period, less the farther it is off; None if it is undated."""
    if article.published is None:
        return None
    return math.exp(-_days_off(article.published.date(), period) / FADE_DAYS)


def _days_off(day: date, period: Period) -> int:
    if period.first and day < period.first:
        return (period.first - day).days
    if period.last and day > period.last:
        return (day - period.last).days
    return 0
