"""Hits in, the same hits in a cross-encoder's order out: it reads question and text together.

A folder with model.onnx is run by onnxruntime, any other one as a sentence-transformers CrossEncoder.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.models import fingerprint
from index.processor import core_count, weights_dtype
from index.types import Article, Hit
from rag.types import Reranker

if TYPE_CHECKING:
    import onnxruntime
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer

MAX_TOKENS = 512
"""The window of BERT cross-encoders. Passages are cut to 160 tokens long before it."""

BATCH_SIZE = 16
"""Pairs per run. Sorted by length, small batches waste little on padding."""


def titled(article: Article, text: str) -> str:
    """What the cross-encoder reads for a piece of an article: the headline gives it its subject."""
    return f"{article.title}. {text}" if article.title else text


def rerank(question: str, hits: Sequence[Hit], articles: Mapping[str, Article], reranker: Reranker) -> list[Hit]:
    """Order hits by how well each answers.

    Args:
        question: The standalone question.
        hits: Candidates in any order.
        articles: Their articles by id.
        reranker: Reads the question with each headline and passage.

    Returns:
        The same passages as hits of stage "reranked", best first, ties by article and ordinal.
    """
    texts = [titled(articles[hit.passage.article_id], hit.passage.text) for hit in hits]
    scored = list(zip(reranker.score(question, texts), hits, strict=True))
    scored.sort(key=lambda pair: (-pair[0], pair[1].passage.article_id, pair[1].passage.ordinal))
    return [
        replace(hit, score=score, rank=rank, stage="reranked", why=(*hit.why, ("reranked", score)))
        for rank, (score, hit) in enumerate(scored, start=1)
    ]


def load_reranker(folder: Path) -> Reranker:
    """The reranker in a model folder. Reads a fingerprint only; the model is loaded by its first score."""
    return OnnxReranker(folder) if (folder / "model.onnx").exists() else TorchReranker(folder)


class OnnxReranker:
    """A Reranker from model.onnx and tokenizer.json: logits of shape (n, 1), higher is better."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = threading.Lock()
        self.id = fingerprint(folder)

    @cached_property
    def _loaded(self) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
        with self._loading:
            import onnxruntime
            from tokenizers import Tokenizer

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = core_count()
            session = onnxruntime.InferenceSession(
                str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
            tokenizer.enable_padding()
            return session, tokenizer

    def score(self, question: str, texts: Sequence[str], /) -> list[float]:
        """How well each text answers the question: a logit, higher is better, in the order given."""
        session, tokenizer = self._loaded
        wanted = {put.name for put in session.get_inputs()}
        scores = np.zeros(len(texts), dtype=np.float64)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for first in range(0, len(order), BATCH_SIZE):
            rows = order[first : first + BATCH_SIZE]
            encoded = tokenizer.encode_batch([(question, texts[i]) for i in rows])
            feed: dict[str, Any] = {
                "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
                "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
                "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
            }
            logits = session.run(None, {name: put for name, put in feed.items() if name in wanted})[0]
            scores[rows] = np.asarray(logits).reshape(len(rows), -1)[:, 0]
        return [float(score) for score in scores]


class TorchReranker:
    """A Reranker from a sentence-transformers CrossEncoder folder, in bf16 where the processor has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loading = threading.Lock()
        self.id = fingerprint(folder)

    @cached_property
    def _model(self) -> CrossEncoder:
        with self._loading:
            from sentence_transformers import CrossEncoder

            return CrossEncoder(
                str(self._folder), device="cpu", local_files_only=True, model_kwargs={"dtype": weights_dtype()}
            )

    def score(self, question: str, texts: Sequence[str], /) -> list[float]:
        """How well each text answers the question: the model's own score, higher is better, in the order given."""
        if not texts:
            return []
        pairs = [(question, text) for text in texts]
        return [float(s) for s in self._model.predict(pairs, batch_size=BATCH_SIZE, show_progress_bar=False)]
