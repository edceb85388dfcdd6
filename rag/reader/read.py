"""A question and passages in, the words that may answer it out: the ranking model, taught to find spans.

Each passage is read by itself: what is said of it does not depend on what else is asked about.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.models import fingerprint
from rag.reader.spans import best_spans
from rag.reader.types import Reading

if TYPE_CHECKING:
    from rag.reader.bert import SpanBert
    from rag.reader.tokens import Pair, PairTokenizer

ADAPTER = Path(__file__).with_name("squad.safetensors")
"""What ms-marco-MiniLM-L-12-v2 learned from SQuAD (README.md beside it)."""

SPANS_KEPT = 3
"""Of a passage."""


class SpanReader:
    """A Reader from a ranking model's folder (model.onnx, tokenizer.json) and an adapter that was trained on it.

    Making one reads a fingerprint only; the model is loaded by the first question.
    """

    def __init__(self, folder: Path, adapter: Path = ADAPTER) -> None:
        self._folder = folder
        self._adapter = adapter
        self._loading = threading.Lock()
        self.id = f"{fingerprint(folder)}+{adapter.stem}"

    @cached_property
    def _loaded(self) -> tuple[SpanBert, PairTokenizer]:
        with self._loading:
            from rag.reader.adapter import load_adapted
            from rag.reader.tokens import PairTokenizer

            return load_adapted(self._folder / "model.onnx", self._adapter), PairTokenizer(self._folder)

    def read(self, question: str, passages: Sequence[tuple[str, str]], /) -> list[list[Reading]]:
        """The few best spans of each (title, passage), best first, none overlapping another; [] where nothing stands.

        Raises:
            ModelError: The adapter was trained on another model than the folder's.
        """
        net, tokenizer = self._loaded
        pairs = tokenizer.pairs(question, passages)
        logits = net.logits([(pair.ids, pair.segments) for pair in pairs])
        return [readings(*read) for read in zip(pairs, logits, strict=True)]


def readings(pair: Pair, logits: Sequence[Sequence[float]]) -> list[Reading]:
    """Spans among the passage's own tokens; the very first token's logits say that there is none."""
    starts, ends = ([logits[place][k] for place in pair.places] for k in (0, 1))
    return [
        Reading(pair.offsets[span.first][0], pair.offsets[span.last][1], span.score, sum(logits[0]))
        for span in best_spans(starts, ends, pair.words, SPANS_KEPT)
    ]
