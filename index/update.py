"""Articles in, an archive brought up to date, in pieces of work between which somebody else may ask. Searches nothing.

A batch of articles is one transaction; before it come splitting and encoding, which is what takes time: some 25
milliseconds a passage on a slow core.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.intake import Intake
from index.read.types import Skipped
from index.split import encoded_text, fitted_headline, split
from index.store import SqliteStore
from index.types import Article, Encoder, Matrix


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did, in articles; `passages` counts those that were encoded.

    `groups` of copies are in the archive now, with `copies` beside their origins.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    passages: int = 0
    clashes: tuple[Skipped, ...] = ()
    groups: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class UpdateProgress:
    """How far an update is: articles seen, and of these unchanged; passages that were encoded."""

    seen: int
    unchanged: int
    passages: int = 0


class Update:
    """One run, batch by batch; nothing else may change the archive meanwhile.

    Args:
        store: Where it is kept.
        encoder: Whose vectors it holds.
    """

    def __init__(self, store: SqliteStore, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._intake = Intake(store.known())
        self._passages = 0

    def add(self, articles: Sequence[Article], *, at_once: int | None = None) -> Iterator[UpdateProgress]:
        """Write what is new or changed of a batch, in one transaction at the end.

        Args:
            articles: The batch.
            at_once: How many passages to encode before each pause; None: all.

        Yields:
            How far it is: at each pause, and when the batch is written. To be taken to the end.
        """
        changed = [article for given in articles if (article := self._intake.place(given))]
        if changed:
            count, window = self._encoder.count_tokens, self._encoder.max_tokens
            headlines = {article.id: fitted_headline(article.title, count, window) for article in changed}
            passages = [passage for article in changed for passage in split(article, count, window)]
            texts = [encoded_text(headlines[passage.article_id], passage.text) for passage in passages]
            size = at_once or max(1, len(texts))
            vectors: list[Matrix] = []
            for start in range(0, max(1, len(texts)), size):
                if start:
                    yield self.progress()
                vectors.append(self._encoder.encode_passages(texts[start : start + size]))
                self._passages += len(vectors[-1])
            self._store.add(changed, passages, np.concatenate(vectors))
        yield self.progress()

    def progress(self) -> UpdateProgress:
        """How far it is."""
        return UpdateProgress(self._intake.seen, self._intake.unchanged, self._passages)

    def end(self) -> Changes:
        """Make what was written ready for searching, and say what was done.

        Articles that clash with an earlier one of the same run are named, never dropped silently.
        """
        intake = self._intake
        if intake.added or intake.updated or not self._store.dense_is_saved():  # an earlier run may have been killed
            self._store.refresh_dense(self._encoder.dim, save=True)
        return Changes(
            intake.added,
            intake.updated,
            intake.unchanged,
            self._passages,
            tuple(intake.clashes),
            *self._store.copy_counts(),
        )
