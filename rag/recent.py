"""Reranked hits in, the same hits with nearness in time counted in out. Knows nothing about words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from statistics import pstdev

from index.types import Hit

DECAY_DAYS = 10.0
"""An article's pull halves every week or so; old news feel none of it, so archives of the past are left as ranked."""


def favour_recent(
    hits: Sequence[Hit], published: Mapping[str, datetime | None], *, as_of: date | None, strength: float
) -> list[Hit]:
    """Add `strength` standard deviations of the scores, times exp(-age / DECAY_DAYS), to each hit.

    Args:
        hits: Of one stage.
        published: When each article appeared; undated ones gain nothing and lose nothing.
        as_of: The day to be near to; None takes the newest article among the hits.
        strength: From the query; 0 leaves everything as it is.

    Returns:
        The hits in their new order, ranked anew, ties by article and ordinal.
    """
    found = {hit.passage.article_id for hit in hits}
    days = {key: moment.date() for key, moment in published.items() if moment and key in found}
    if strength <= 0 or len(hits) < 2 or not days:
        return list(hits)
    moment = as_of or max(days.values())
    spread = pstdev(hit.score for hit in hits)

    def score(hit: Hit) -> float:
        day = days.get(hit.passage.article_id)
        pull = math.exp(-abs((moment - day).days) / DECAY_DAYS) if day else 0.0
        return hit.score + strength * spread * pull

    order = sorted(hits, key=lambda hit: (-score(hit), hit.passage.article_id, hit.passage.ordinal))
    return [Hit(hit.passage, score(hit), rank, hit.stage, hit.also_in) for rank, hit in enumerate(order, start=1)]
