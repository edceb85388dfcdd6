"""Ranked hits in, the same hits so ordered that no article and no outlet takes all places out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.types import Article, Hit, Passage
from rag.find.fuse import ranked
from rag.find.prior import below_best

PASSAGES_PER_ARTICLE = 3
"""More of one article come after all others: what an answer needs stands in two or three of its passages."""

TO_THE_POINT = 1.5
"""How many units of log-odds below the best hit one may lie and still be to the point."""


def join_neighbours(hits: Sequence[Hit], articles: Mapping[str, Article], *, within: int) -> list[Hit]:
    """Make one hit of neighbouring passages that are both among the first: what they say may straddle them.

    Args:
        hits: Of one stage, best first.
        articles: Their articles by id.
        within: How many of the first hits are looked at.

    Returns:
        The hits ranked anew; a joined one has the better one's score and place, and the ordinal of what comes first.
    """
    kept: list[Hit] = []
    free = list(hits[:within])
    while free:
        hit = free.pop(0)
        beside = next((other for other in free if _neighbours(hit.passage, other.passage)), None)
        if beside:
            free.remove(beside)
            hit = _joined(hit, beside, articles[hit.passage.article_id])
        kept.append(hit)
    return ranked([*kept, *hits[within:]])


def spread(hits: Sequence[Hit], articles: Mapping[str, Article], *, by_outlet: bool) -> list[Hit]:
    """Let other articles speak before the fourth passage of one, and other outlets where several sides are asked for.

    Args:
        hits: Of one stage, best first.
        articles: Their articles by id.
        by_outlet: Whether each outlet that says something to the point speaks before any does a second time.

    Returns:
        The same hits ranked anew.
    """
    taken: Counter[str] = Counter()
    least = below_best(hits, TO_THE_POINT)
    turns: list[int] = []
    for hit in hits:
        article = articles[hit.passage.article_id]
        to_the_point = by_outlet and hit.score >= least
        speaker, at_once = (article.source or article.id, 1) if to_the_point else (article.id, PASSAGES_PER_ARTICLE)
        turns.append(taken[speaker] // at_once + (by_outlet and not to_the_point) * len(hits))
        taken[speaker] += 1
    order = sorted(range(len(hits)), key=lambda place: (turns[place], place))
    return ranked([hits[place] for place in order])


def _neighbours(one: Passage, other: Passage) -> bool:
    return one.article_id == other.article_id and abs(one.ordinal - other.ordinal) == 1


def _joined(one: Hit, other: Hit, article: Article) -> Hit:
    start, end = min(one.passage.start, other.passage.start), max(one.passage.end, other.passage.end)
    ordinal = min(one.passage.ordinal, other.passage.ordinal)
    return replace(one, passage=Passage(article.id, ordinal, start, end, article.text[start:end]))
