"""The words of a claim and of a source in, which of the source's words the claim kept out: in order, the kindest way.

A claim that is made of its source by leaving words out has all of its own there in the same order; one that swaps
"A beat B" for "B beat A" has not.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.claims.lexicon import DOUBTS, NEGATIONS
from rag.claims.words import Word

_Place = tuple[int, int]


def kept_words(claim: Sequence[Word], source: Sequence[Word]) -> list[_Place]:
    """Places (in the claim, in the source) of as many of the claim's content words as stand in the source in order.

    Where a word stands there twice, that one is taken between which and its neighbours least is left out.
    """
    pairs = [
        (i, j)
        for i, word in enumerate(claim)
        for j, other in enumerate(source)
        if word.is_content and other.is_content and word.means(other)
    ]
    weights = [0.0]
    for word in source:
        weights.append(weights[-1] + _weight(word))
    best: dict[_Place, tuple[int, float]] = {}
    back: dict[_Place, _Place | None] = {}
    for i, j in pairs:
        score, came_from = (1, 0.0), None
        for k, m in pairs:
            if k >= i:
                break
            if m < j:
                count, cost = best[k, m]
                candidate = (count + 1, cost - (weights[j] - weights[m + 1]))
                if candidate > score:
                    score, came_from = candidate, (k, m)
        best[i, j], back[i, j] = score, came_from
    place = max(best, key=lambda p: (*best[p], -p[1]), default=None)
    chain: list[_Place] = []
    while place is not None:
        chain.append(place)
        place = back[place]
    return chain[::-1]


def _weight(word: Word) -> float:
    """What leaving a word out costs."""
    if word.kind == "joint" or word.text in NEGATIONS or word.text in DOUBTS:
        return 10.0
    return 1.0 if word.is_content else 0.1
