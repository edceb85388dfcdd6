"""Scored hits in, the same hits with what the question asks for beside its words counted in out.

A reranker's score says how well a passage answers. It cannot know that a question of today is hardly answered by an
article of last year, or whose report was asked for. That is added as a logarithm of odds: how much likelier an article
of this day, of this outlet, is to hold the answer than a typical candidate. So the bonus is bounded, it grows with how
sure the question is, and it vanishes where all candidates fit, or none does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import fmean

from index.types import Article, Hit, Stage
from rag.find.fuse import key_of, ranked
from rag.types import Period, Query, Wish

FADE_BEFORE_DAYS, FADE_AFTER_DAYS = 3.0, 10.0
"""How fast an article loses its claim outside the period: by 1/e in this many days. What happened in it was reported
then or after, and seldom before."""

LEAST_SHARE = 0.02
"""Added to the mean fit: where hardly a candidate fits, none is favoured for being less far off."""

POINTS: Mapping[Stage, float] = {"reranked": 4.0, "fused": 0.12}
"""Points of score per unit of log-odds. The logits of MS MARCO cross-encoders spread over -11 to 11, fused scores over
0 to 1; measured in docs/LOG.md."""

ASKED_FOR = 0.9
"""How sure it is that an outlet's report, or a phrase, is wanted where it was named."""

LEAST_FIT = 0.3
"""Of a hit that can be said to be of the period: 3 days before it, 12 days after it."""

MENTIONED = 0.8
"""How well a passage fits that speaks of a day of the period, beside one that was published in it."""

SUPERSEDED = 0.2
"""What a report keeps of its fit for each newer day on which another one answers as well as any."""


def favour(hits: Sequence[Hit], articles: Mapping[str, Article], query: Query) -> list[Hit]:
    """Count in how well each hit fits the period, the outlets and the phrases that the question asks for.

    Args:
        hits: Of one stage.
        articles: Their articles by id.
        query: What is asked for.

    Returns:
        The hits in their new order, ranked anew, ties by article and ordinal. The first one keeps its score, so that
        this still says how well it answers. An undated article is taken for a typical candidate: it is neither favoured
        nor dropped.
    """
    wishes = [(name, _log_odds(fits, sureness)) for name, sureness, fits in _wishes(hits, articles, query)]
    totals = [hit.score + POINTS[hit.stage] * sum(each[n] for _, each in wishes) for n, hit in enumerate(hits)]
    order = sorted(range(len(hits)), key=lambda n: (-totals[n], key_of(hits[n])))
    return ranked([_moved(hits[n], [(name, each[n] - each[order[0]]) for name, each in wishes]) for n in order])


def unmet(hits: Sequence[Hit], articles: Mapping[str, Article], query: Query) -> tuple[Wish, ...]:
    """What a question names that none of some hits has: a time, an outlet or a phrase; undated articles may be of any.

    Args:
        hits: The first ones.
        articles: Their articles by id.
        query: What is asked for.
    """
    said = query if query.period and query.period.words else replace(query, period=None)
    known = [(name, [fit for fit in fits if fit is not None]) for name, _, fits in _wishes(hits, articles, said)]
    return tuple(dict.fromkeys(name for name, fits in known if fits and max(fits) < LEAST_FIT))


def below_best(hits: Iterable[Hit], odds: float) -> float:
    """The score that lies so many units of log-odds below the best of some hits of one stage."""
    return max((hit.score - odds * POINTS[hit.stage] for hit in hits), default=-math.inf)


def _moved(hit: Hit, log_odds: Sequence[tuple[str, float]]) -> Hit:
    points = [(name, POINTS[hit.stage] * each) for name, each in log_odds]
    preference = sum(each for _, each in points)
    return replace(hit, score=hit.score + preference, preference=preference, why=(*hit.why, *points))


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
) -> Iterator[tuple[Wish, float, list[float | None]]]:
    """For each thing asked for: its name, how sure it is that it is wanted, and how well each hit fits it."""
    if period := query.period:
        near = [_nearness(hit, articles[hit.passage.article_id], period) for hit in hits]
        yield "time", period.sureness, _newest(hits, articles, near) if period.newest else near
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
    near = 1.0
    if period.first and day < period.first:
        near = math.exp(-(period.first - day).days / FADE_BEFORE_DAYS)
    elif period.last and day > period.last:
        near = math.exp(-(day - period.last).days / FADE_AFTER_DAYS)
    return max(near, MENTIONED) if period.words and _speaks_of(hit, article, period) else near


def _speaks_of(hit: Hit, article: Article, period: Period) -> bool:
    """Whether the passage names a day, or a time, that lies within the period; in an open one most days do."""
    if period.first is None or period.last is None:
        return False
    return any(
        period.first <= mention.first and mention.last <= period.last
        for mention in article.mentions
        if hit.passage.start <= mention.start < hit.passage.end
    )


def _newest(hits: Sequence[Hit], articles: Mapping[str, Article], near: Sequence[float | None]) -> list[float | None]:
    """How near each is, less for each newer day, by how well what was reported on that day answers."""
    days = [_day(articles[hit.passage.article_id]) for hit in hits]
    best = max((hit.score for hit in hits), default=0.0)
    answers: dict[date, float] = {}
    for hit, day, fit in zip(hits, days, near, strict=True):
        if day is not None and fit is not None:
            answers[day] = max(answers.get(day, 0.0), fit * math.exp((hit.score - best) / POINTS[hit.stage]))
    return [
        None if day is None or fit is None else fit * SUPERSEDED ** sum(well for d, well in answers.items() if d > day)
        for day, fit in zip(days, near, strict=True)
    ]
