"""Two texts in, how much of each one's wording stands in the other out; and keys by which such pairs are found.

Wording is counted in phrases of five words. Copying keeps them: an excerpt of a half has all of its phrases in the
original, a paragraph cut or added costs its own, a word changed costs five. Whoever writes for himself shares his
quotations and little else. Knows nothing about articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from datasketch import MinHash

Hashes = npt.NDArray[np.uint64]

PHRASE_WORDS = 5
"""Longer ones would make more of a changed word, shorter ones are shared by unrelated texts ("the end of the")."""

LEAST_PHRASES = 30
"""Different phrases; a text of fewer, some 35 words, is never called a copy: so little may be alike by chance."""

LEAST_SHARED = 0.6
"""Of the shorter text's phrases. An editor who changes one word in sixty leaves 0.92, and with a quarter added 0.69. A
follow-up that repeats half a story as its background, or a column with its standing paragraphs, stays below."""

LEAST_SHARED_ON_A_PAGE = 0.3
"""Of texts at one address, which are the same article as long as they have something in common."""

WORDS_PER_CHANGE = 50
MOST_CHANGES = 8
"""Names and figures that differ in the same phrases: one in fifty words in common, and not more than eight. An update
changes few, such as a toll that rose; weather, markets, results and lotteries tell other facts in the same frames."""

LEAST_LENGTH = 1 / 3
"""Of the longer text. What says less of a story cannot stand for it, nor would it be found for certain (see BANDS)."""

BANDS = 32
BAND_ROWS = 2
BANDS_SHARED = 2
"""Two texts are compared when two of 32 bands of two hashes are equal: of pairs with a Jaccard similarity of 0.5 (an
excerpt of a half) 0.999 are, of 0.4 0.973, of 0.33 0.886; of pairs that share a footer, 0.05, 0.003. One of 42 bands of
three finds as many (0.996, 0.938, 0.792; 0.005), but a third more rows would be written for each article."""

MOST_KNOWN = 1 << 18
"""Words whose hashes are kept, some 40 MB; then all are forgotten, which costs less than to count their uses."""

LONGEST_KNOWN = 24
"""Longer ones, such as lines without blanks, hardly come again."""

SEED = 1
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FACT = np.uint64(1)

# Chinese and Japanese put no blanks between words: there each character counts as one.
_LONE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_LONE}]|[^\W_{_LONE}]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as its phrases.

    Attributes:
        words: A hash of each in turn; odd for names and figures.
        told: A hash of each phrase in turn: that of words[n] to words[n + PHRASE_WORDS - 1] is told[n].
        phrases: Each different one of these, sorted.
    """

    words: Hashes
    told: Hashes
    phrases: Hashes


@dataclass(frozen=True, slots=True)
class Sketch:
    """A wording in little: how many phrases, and BANDS x BAND_ROWS numbers of four bytes, little-endian."""

    phrases: int
    hashes: bytes


def wording(text: str) -> Wording | None:
    """The phrases of a text; None if it is too short to be told from others."""
    words = np.frombuffer(b"".join(map(_KNOWN.__getitem__, text.split())), dtype="<u8")
    count = len(words) - PHRASE_WORDS + 1
    if count < LEAST_PHRASES:
        return None
    told = _mixed([words[place : place + count] >> _FACT for place in range(PHRASE_WORDS)])
    phrases = np.sort(told)
    phrases = phrases[np.append(True, phrases[1:] != phrases[:-1])]  # np.unique takes five times as long
    return Wording(words, told, phrases) if len(phrases) >= LEAST_PHRASES else None


def sketch(wording: Wording) -> Sketch:
    """A MinHash, the same for the same text everywhere: two texts share as many of its places as of their phrases."""
    empty = _blank().copy()
    empty.update_batch((wording.phrases >> np.uint64(32)).tolist())
    return Sketch(len(wording.phrases), empty.hashvalues.astype("<u4").tobytes())


def keys(sketch: Sketch) -> list[int]:
    """BANDS numbers of 63 bits; similar texts share some of them."""
    bands = np.frombuffer(sketch.hashes, dtype="<u4").astype(np.uint64).reshape(BANDS, BAND_ROWS)
    found: list[int] = (((bands[:, 0] << np.uint64(32)) | bands[:, 1]) >> np.uint64(1)).tolist()
    return found


def promising(one: Sketch, others: Sequence[Sketch]) -> list[bool]:
    """Whether each of the others may be a copy of the first, or the first of it, as far as sketches tell."""
    hashes = np.frombuffer(b"".join(other.hashes for other in others), dtype="<u4").reshape(len(others), -1)
    similar = (hashes == np.frombuffer(one.hashes, dtype="<u4")).mean(axis=1)
    sizes = np.array([other.phrases for other in others])
    shared = LEAST_SHARED * np.minimum(sizes, one.phrases)
    needed = shared / (sizes + one.phrases - shared)  # the Jaccard similarity of two that just are
    slack = 3 * np.sqrt(needed * (1 - needed) / hashes.shape[1])  # one in a thousand is off by more
    found: list[bool] = (similar >= needed - slack).tolist()
    return found


def shares(one: Wording, other: Wording, *, same_page: bool) -> tuple[float, float] | None:
    """How much of each text's wording stands in the other, from 0 to 1; None if they are not copies.

    Args:
        one: A text.
        other: Another one; the order does not matter.
        same_page: Whether both were published at the same address.
    """
    common = np.intersect1d(one.phrases, other.phrases, assume_unique=True)
    shorter, longer = sorted((len(one.phrases), len(other.phrases)))
    if len(common) < (LEAST_SHARED_ON_A_PAGE if same_page else LEAST_SHARED) * shorter:
        return None
    if not same_page:
        changes = min(MOST_CHANGES, len(common) / WORDS_PER_CHANGE)
        if shorter < LEAST_LENGTH * longer or min(_changes(one, other, common)) > changes:
            return None
    return len(common) / len(one.phrases), len(common) / len(other.phrases)


def _changes(one: Wording, other: Wording, common: Hashes) -> tuple[int, int]:
    """How many names and figures stand in each text only, in a phrase that the other has with others in it."""
    if len(common) in (len(one.phrases), len(other.phrases)):
        return 0, 0
    own, theirs = _apart(one, common), _apart(other, common)
    frames, their_frames = _frames(own), _frames(theirs)
    changed, their_changed = own[_among(frames, their_frames)], theirs[_among(their_frames, frames)]
    return _lacking(changed, other), _lacking(their_changed, one)


def _apart(one: Wording, common: Hashes) -> Hashes:
    """The words of each phrase that is not in common, shape (phrases, PHRASE_WORDS)."""
    places = np.flatnonzero(~_among(one.told, common))
    found: Hashes = one.words[places[:, np.newaxis] + np.arange(PHRASE_WORDS)]
    return found


def _frames(phrases: Hashes) -> Hashes:
    """A hash of each phrase with every name and figure left open."""
    return _mixed(np.where(phrases & _FACT, _FACT, phrases).T)


def _lacking(phrases: Hashes, other: Wording) -> int:
    """How many different names and figures in these phrases the other text lacks."""
    facts = phrases[phrases & _FACT == 1]
    return len(set(facts[~_among(facts, other.words)].tolist()))


def _among(hashes: Hashes, others: Hashes) -> npt.NDArray[np.bool_]:
    """Whether each is one of the others, of which there must be some; np.isin takes four times as long for so few."""
    others = np.sort(others)
    found: npt.NDArray[np.bool_] = others[np.minimum(np.searchsorted(others, hashes), len(others) - 1)] == hashes
    return found


def _mixed(words: Iterable[Hashes]) -> Hashes:
    """A hash of each phrase: of all first words, all second ones, and so on."""
    mixed: Hashes | np.uint64 = np.uint64(0)
    for each in words:
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIX + each
    found: Hashes = np.asarray(mixed ^ (mixed >> np.uint64(32)))
    return found


class _Known(dict[str, bytes]):
    """What stands between two blanks → a hash of each word in it, eight bytes, little-endian.

    A look-up each instead of a search for words in the whole text: 34 microseconds for 300 words, not 107.
    """

    def __missing__(self, token: str) -> bytes:
        words = _WORD.findall(token)
        found = _hash(token) if words == [token] else b"".join(map(self.__getitem__, words))
        if len(token) <= LONGEST_KNOWN:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[token] = found
        return found


def _hash(word: str) -> bytes:
    """The same whatever the case; its last bit tells a name or a figure."""
    digest = int.from_bytes(blake2b(word.casefold().encode(), digest_size=8).digest(), "little")
    is_fact = word[0].isupper() or any(character.isdigit() for character in word)
    return (digest | 1 if is_fact else digest & ~1).to_bytes(8, "little")


_KNOWN = _Known()


@cache
def _blank() -> MinHash:
    from datasketch import MinHash  # 0.2 s to import

    # The scheme is named: the keys are kept on disk, and a later default must not change them.
    return MinHash(num_perm=BANDS * BAND_ROWS, seed=SEED, hashfunc=int, scheme="affine32")
