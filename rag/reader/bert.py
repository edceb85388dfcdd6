"""Tokens of a question and a passage in, logits of where an answer starts and ends out: BERT with a head for spans.

Position 0, the sequence's own token, stands for "not answered here". Its logits come through the pooler, where the
ranking model underneath has already learned to tell relevant from irrelevant.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.processor import core_count

EPSILON = 1e-12
"""BERT's, within layer norms."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a BERT."""

    words: int
    positions: int
    width: int
    inner: int
    layers: int
    heads: int


class Layer(nn.Module):
    """Attention and a feed-forward step, each added to what came in and normalized."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.mix = nn.Linear(shape.width, shape.width)
        self.mix_norm = nn.LayerNorm(shape.width, EPSILON)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, EPSILON)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, tokens, width) → the same shape."""
        query, key, value = (
            part(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        seen = attention(query, key, value, mask)
        x = self.mix_norm(x + self.mix(seen.transpose(1, 2).flatten(2)))
        return self.norm(x + self.narrow(functional.gelu(self.widen(x))))  # type: ignore[no-any-return]


def attention(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Written out: on heads of 32 the fused kernel takes half as long again, and four times as long backwards."""
    weights = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
    if mask is not None:
        weights = weights + mask.to(weights.dtype)
    return torch.softmax(weights, -1).to(value.dtype) @ value


class SpanBert(nn.Module):
    """BERT with two logits a token: a span starts here, a span ends here."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.words, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.segments = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, EPSILON)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.pool = nn.Linear(shape.width, shape.width)
        self.rank = nn.Linear(shape.width, 1)
        self.span = nn.Linear(shape.width, 2)

    def hidden(self, ids: Tensor, segments: Tensor, mask: Tensor | None = None) -> Tensor:
        """What BERT makes of each token. The mask, (batch, 1, 1, tokens), is 0 where attention may go."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.segments(segments) + self.positions(places))
        for layer in self.layers:
            x = layer(x, mask)
        return x  # type: ignore[no-any-return]

    def relevance(self, x: Tensor) -> Tensor:
        """The ranking model's own logit, as long as nothing was learned on top: (batch, 1)."""
        return self.rank(torch.tanh(self.pool(x[:, 0])))  # type: ignore[no-any-return]

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor | None = None) -> Tensor:
        """(batch, tokens) → (batch, tokens, 2): logits of a span's first and last token."""
        x = self.hidden(ids, segments, mask)
        spans = self.span(x[:, 1:])
        null = -self.relevance(x) / 2
        return torch.cat([null.unsqueeze(1).expand(-1, 1, 2), spans], dim=1)

    def logits(self, pairs: Sequence[tuple[list[int], list[int]]]) -> list[list[list[float]]]:
        """The same for pairs of ids and segments of any lengths: two numbers a token.

        Every core reads one pair after another by itself: nothing is padded, a pair's logits are its own, and no core
        waits for another. On a core that others want too, two threads on one product take five times as long.
        """
        threads = torch.get_num_threads()
        try:
            with ThreadPoolExecutor(core_count(), initializer=torch.set_num_threads, initargs=(1,)) as cores:
                return list(cores.map(self._one, pairs))
        finally:
            torch.set_num_threads(threads)  # threads made later begin with what was set last

    @torch.inference_mode()
    def _one(self, pair: tuple[list[int], list[int]]) -> list[list[float]]:
        ids, segments = (torch.tensor([part]) for part in pair)
        return self(ids, segments)[0].float().tolist()  # type: ignore[no-any-return]
