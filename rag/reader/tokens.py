"""A question and a passage in, the tokens of both as BERT reads them out, and where each stands in the passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Encoding, Tokenizer

MAX_TOKENS = 512
"""The window of BERT. Passages are cut to 160 tokens long before it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage, as tokens.

    Attributes:
        ids: Every token.
        segments: 0 for the question's tokens, 1 for those of headline and passage.
        places: Which tokens are the passage's own, ascending.
        offsets: Where in the passage each of these starts and ends, in characters.
        words: Which word each of these is a part of; the numbers ascend.
    """

    ids: list[int]
    segments: list[int]
    places: list[int]
    offsets: list[tuple[int, int]]
    words: list[int]


class PairTokenizer:
    """Makes pairs as a folder's tokenizer.json says. The headline stands before the passage: it gives the subject."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")

    def pairs(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Pair]:
        """The question with each (title, text); a title of "" leaves the text alone."""
        leads = [f"{title}. " if title else "" for title, _ in passages]
        texts = [(question, lead + text) for lead, (_, text) in zip(leads, passages, strict=True)]
        return [_pair(e, len(lead)) for e, lead in zip(self._tokenizer.encode_batch(texts), leads, strict=True)]


def _pair(encoding: Encoding, lead: int) -> Pair:
    offsets, words = encoding.offsets, encoding.word_ids
    places = [
        place
        for place, (sequence, (start, end)) in enumerate(zip(encoding.sequence_ids, offsets, strict=True))
        if sequence == 1 and lead <= start < end
    ]
    return Pair(
        encoding.ids,
        encoding.type_ids,
        places,
        [(offsets[place][0] - lead, offsets[place][1] - lead) for place in places],
        [words[place] or 0 for place in places],  # None is the word of no sequence's token
    )
