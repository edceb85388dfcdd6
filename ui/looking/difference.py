"""Two texts in, what became of each sentence from the older to the newer one out.

Sentences are compared first, then the words of those that were edited. Knows nothing about articles, and nothing about
how a difference is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from index.sentences import sentence_spans

Fate = Literal["kept", "removed", "added", "edited"]

LEAST_ALIKE = 0.5
"""Of two sentences' words, what they must share for one to be the other, edited: with less, a reader sees two."""

MOST_COMPARED = 10_000
"""Pairs of sentences that may be each other, edited, looked at between two that were kept: 0.1 s. Beyond, what changed
is another text, and is told as one removed and one added."""

MOST_WORDS = 500
"""In a sentence: beyond, it is a list without full stops, and what became of each word is not asked."""

_TOKEN = re.compile(r"\s*(?:[\w'’-]+|[^\w\s])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence, with the space before them: in both texts, or in the older or the newer one alone."""

    text: str
    fate: Literal["kept", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of one sentence: its pieces in the order in which they are read; white space is told as one space."""

    pieces: tuple[Piece, ...]

    @property
    def fate(self) -> Fate:
        """The same for all its pieces, or edited."""
        fates = {piece.fate for piece in self.pieces}
        return fates.pop() if len(fates) == 1 else "edited"

    @property
    def older(self) -> str:
        """The sentence as the older text has it; "" where it has none."""
        return "".join(piece.text for piece in self.pieces if piece.fate != "added")

    @property
    def newer(self) -> str:
        """The sentence as the newer text has it; "" where it has none."""
        return "".join(piece.text for piece in self.pieces if piece.fate != "removed")


def difference(older: str, newer: str) -> tuple[Edit, ...]:
    """What became of each sentence, in order: those of either text are all there, each once.

    A sentence that moved is removed in one place and added in another.
    """
    before, after = _sentences(older), _sentences(newer)
    found: list[Edit] = []
    # Autojunk: a line that stands between all paragraphs tells nothing of where they belong.
    for tag, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            found += (_whole(each, "kept") for each in before[i:j])
        else:
            found += _edits(before[i:j], after[k:m])
    return tuple(found)


def _sentences(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentence_spans(text)]


def _whole(sentence: str, fate: Literal["kept", "removed", "added"]) -> Edit:
    return Edit((Piece(sentence, fate),))


def _edits(older: Sequence[str], newer: Sequence[str]) -> Iterator[Edit]:
    """Sentences that were replaced: each is removed, added, or another one edited."""
    i = k = 0
    for at, to in (*_pairs(older, newer), (len(older), len(newer))):
        yield from (_whole(each, "removed") for each in older[i:at])
        yield from (_whole(each, "added") for each in newer[k:to])
        if at < len(older):
            yield _edited(older[at], newer[to])
        i, k = at + 1, to + 1


def _pairs(older: Sequence[str], newer: Sequence[str]) -> list[tuple[int, int]]:
    """Which sentence became which: in order on both sides, with the most likeness in all."""
    if len(older) * len(newer) > MOST_COMPARED:
        return []
    before, after = [_bag(each) for each in older], [_bag(each) for each in newer]
    alike = [[_alike(one, other) for other in after] for one in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for k in reversed(range(len(after))):
            paired = alike[i][k] + best[i + 1][k + 1] if alike[i][k] else 0.0
            best[i][k] = max(paired, best[i + 1][k], best[i][k + 1])
    pairs: list[tuple[int, int]] = []
    i = k = 0
    while i < len(before) and k < len(after) and best[i][k]:
        if best[i][k] == best[i + 1][k]:
            i += 1
        elif best[i][k] == best[i][k + 1]:
            k += 1
        else:
            pairs.append((i, k))
            i, k = i + 1, k + 1
    return pairs


def _bag(sentence: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", sentence.casefold()))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of the words of two sentences that both have, 0 to 1; below LEAST_ALIKE it is 0."""
    share = 2 * (one & other).total() / max(1, one.total() + other.total())
    return share if share >= LEAST_ALIKE else 0.0


def _edited(older: str, newer: str) -> Edit:
    before, after = _TOKEN.findall(older), _TOKEN.findall(newer)
    if max(len(before), len(after)) > MOST_WORDS:
        return Edit((Piece(older, "removed"), Piece(newer, "added")))
    pieces: list[Piece] = []
    removed = added = ""
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (tag, i, j, k, m) in enumerate(opcodes):
        # A single word between two edits is chance more often than not, and cuts what is read in two.
        if tag == "equal" and (at in (0, len(opcodes) - 1) or j - i > 1):
            pieces += _changed(removed, added)
            pieces.append(Piece("".join(before[i:j]), "kept"))
            removed = added = ""
        else:
            removed, added = removed + "".join(before[i:j]), added + "".join(after[k:m])
    return Edit((*pieces, *_changed(removed, added)))


def _changed(removed: str, added: str) -> list[Piece]:
    told = (Piece(removed, "removed"), Piece(added, "added"))
    return [piece for piece in told if piece.text]
