"""A misspelt word and others in, those that may be meant out, by edit distance. Knows nothing about archives."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 5
"""Letters: of shorter words too many are an edit away from each other."""


def edits_allowed(word: str) -> int:
    """How many letters may be wrong in a word of this length."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 8 else 2


def nearest(word: str, others: Iterable[str]) -> list[str]:
    """The other words with the fewest edits, none with more than are allowed, and all with the right first letter."""
    most = edits_allowed(word)
    counts = {other: edits(word, other, most) for other in set(others) if other[:1] == word[:1]}
    fewest = min(counts.values(), default=most + 1)
    return sorted(other for other, count in counts.items() if count == fewest <= most)


def edits(word: str, other: str, most: int) -> int:
    """Letters to put in, take out, change or swap with their neighbours; `most + 1` where it is more than `most`."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    before, row = list[int](), list(range(len(other) + 1))
    for at, letter in enumerate(word, start=1):
        before, above, row = row, before, [at]
        for to, same in enumerate(other, start=1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != same))
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == same:
                cost = min(cost, above[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
