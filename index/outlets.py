"""Outlets as articles write them in, each outlet once out. Knows nothing about where they are kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping


def merged(counts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Bring together spellings that differ in case alone, under the commonest one, ties by spelling.

    Args:
        counts: (outlet, articles).

    Returns:
        Outlet → articles, by name.
    """
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outlet, articles in counts:
        spellings[outlet.casefold()][outlet] += articles
    best = {min(own, key=lambda name: (-own[name], name)): own.total() for own in spellings.values()}
    return dict(sorted(best.items()))
