"""Texts in, unit vectors out, by a sentence-transformers folder. Knows nothing about articles or archives."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from index.models import fingerprint
from index.processor import weights_dtype
from index.types import Matrix

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FEW_TEXTS = 8
"""A question and its parts: no work for several threads."""

BATCH_SIZE = 32
"""Passages per batch; 16-128 made less than 5 % of difference on 2 cores (docs/LOG.md)."""


class SentenceEncoder:
    """An Encoder from a sentence-transformers folder, in bf16 where the processor has it.

    Making one reads a fingerprint only; the model is loaded by the first call that needs it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = threading.Lock()
        self.id = fingerprint(folder)

    @cached_property
    def _model(self) -> SentenceTransformer:
        with self._loading:
            from sentence_transformers import SentenceTransformer

            model = SentenceTransformer(
                str(self._folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={"dtype": weights_dtype()},
            )
            return model.eval()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return cast(int, self._model.get_embedding_dimension())

    @property
    def max_tokens(self) -> int:
        """The window, in tokens, the model's markers included."""
        return int(self._model.max_seq_length)

    def count_tokens(self, texts: Sequence[str], /) -> list[int]:
        """How much of the window each text takes, markers included, nothing cut off."""
        if not texts:
            return []
        encoded = self._model.tokenizer(list(texts), truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def encode_passages(self, texts: Sequence[str], /) -> Matrix:
        """(n texts) → (n, dim) float32, rows of length 1. Sorted by length inside, so little is padding."""
        return self._encode(texts, "document")

    def encode_queries(self, texts: Sequence[str], /) -> Matrix:
        """(n texts) → (n, dim) float32, rows of length 1, with the query prompt where the model has one."""
        with _threads_for(texts):
            return self._encode(texts, "query")

    def _encode(self, texts: Sequence[str], prompt: str) -> Matrix:
        import torch

        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        encode = self._model.encode_query if prompt == "query" else self._model.encode_document
        with torch.inference_mode():
            vectors = encode(list(texts), batch_size=BATCH_SIZE, convert_to_tensor=True, show_progress_bar=False)
        # Normalised in float32: in bf16 a unit vector is only within 0.4 % of length 1.
        return cast(Matrix, torch.nn.functional.normalize(vectors.float(), dim=1).numpy())


@contextmanager
def _threads_for(texts: Sequence[str]) -> Iterator[None]:
    """One thread for a few short texts: two wait for each other at every layer (docs/LOG.md)."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1 if len(texts) < FEW_TEXTS else threads)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
