"""Prompts as token ids in, what a model keeps of them out; what was read once is not read again.

A prompt is read in slices that are counted from its beginning. Between two slices a reader may leave; and prompts that
begin alike, as all do that ask for an answer, share the slices in which they are equal. A slice is always read at the
same place behind the same tokens, so that the same prompt takes the same path through bf16 whatever was read before.
One that goes on where a whole one ended, as the question after a draft does, is read on from there.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import torch
from transformers import DynamicCache

if TYPE_CHECKING:
    from collections.abc import Sequence

SLICE = 384
"""Tokens read in one go: the fixed part of our prompts is a little more. 300 new tokens take 1.02-1.07 s in slices of
128, 0.87 in 192, 0.75-0.81 in 384 (default model, two cores, quiet)."""

KEPT = 4
"""Readings kept: of a 700-token prompt, one takes 20 MB with Qwen 1.5B."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A prompt that was read: keys and values of all its tokens, and the next one's probabilities.

    Attributes:
        ids: The prompt.
        cache: Never handed to a model: it would grow.
        next_token: Shape (vocabulary,), float32; adds up to 1.
    """

    ids: tuple[int, ...]
    cache: DynamicCache
    next_token: torch.Tensor

    def fork(self, length: int) -> DynamicCache:
        """Keys and values of the first `length` tokens, to be read on from.

        Nothing is copied: a cache grows by making new tensors, and what they were made from stays.
        """
        forked = copy.copy(self.cache)
        forked.layers = [copy.copy(layer) for layer in self.cache.layers]
        forked.crop(length - len(self.ids))
        return forked


class Reader:
    """Reads prompts with one model and keeps the last few readings."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._kept: list[Reading] = []

    def read(self, ids: Sequence[int]) -> Iterator[None]:
        """Read a prompt, slice by slice; left in the middle, nothing of it is kept."""
        place, cache = self._known(ids)
        while place < len(ids):
            end = min(place + SLICE, len(ids))
            tokens = torch.tensor([ids[place:end]])
            with torch.inference_mode():
                if end < len(ids):
                    self._model.base_model(tokens, past_key_values=cache)  # a slice's end needs no next token: 0.04 s
                else:
                    logits = self._model(tokens, past_key_values=cache, logits_to_keep=1).logits[0, -1]
                    self._keep(Reading(tuple(ids), cache, torch.softmax(logits.float(), dim=-1)))
            place = end
            yield

    def reading(self, ids: Sequence[int]) -> Reading:
        """What was kept of a prompt, read now where it was not."""
        for _ in self.read(ids):
            pass
        return next(kept for kept in self._kept if kept.ids == tuple(ids))

    def unread(self, ids: Sequence[int]) -> int:
        """How many tokens of a prompt are not kept."""
        return len(ids) - self._known(ids)[0]

    def _known(self, ids: Sequence[int]) -> tuple[int, DynamicCache]:
        """How much of a prompt need not be read, and what is kept of it: all, or the whole slices it shares."""
        shared = [_shared(kept.ids, ids) for kept in self._kept]
        if not shared or max(shared) == 0:
            return 0, DynamicCache()
        nearest = shared.index(max(shared))
        return shared[nearest], self._kept[nearest].fork(shared[nearest])

    def _keep(self, reading: Reading) -> None:
        """The newest comes first; room is made among those that begin as another does, oldest first."""
        if len(self._kept) == KEPT:
            openings = [kept.ids[:SLICE] for kept in (reading, *self._kept)]
            repeats = [place for place in range(1, len(openings)) if openings[place] in openings[:place]]
            del self._kept[max(repeats, default=KEPT) - 1]
        self._kept.insert(0, reading)


def _shared(kept: Sequence[int], ids: Sequence[int]) -> int:
    """How many tokens of a prompt need not be read: a kept one is its beginning, or begins with the same slices."""
    if kept == tuple(ids[: len(kept)]):
        return len(kept)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(kept, ids[:-1], strict=False)))
    return same // SLICE * SLICE
