"""Passage ids and vectors in, nearest passage ids out, by FAISS. Derived from the store, and never the truth.

One file, named after the store's generation it holds. A missing, older or unreadable file costs time, never an answer:
ids are never used twice, so comparing the two sets of ids says exactly what to drop and what to add.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from index.types import Matrix

if TYPE_CHECKING:
    import faiss

Ids = npt.NDArray[np.int64]

_FILE = re.compile(r"dense-(\d+)\.faiss")
_log = logging.getLogger(__name__)


class DenseIndex:
    """Exact inner-product search over the passages of one archive folder.

    Args:
        folder: Where the derived file lies.
        dim: Length of a vector.
    """

    def __init__(self, folder: Path, dim: int) -> None:
        self._folder = folder
        self._dim = dim
        self._index: faiss.IndexIDMap2 | None = None
        self._generation = -1
        self._lock = threading.Lock()

    def search(self, vector: Matrix, k: int, allowed: Ids | None) -> list[tuple[int, float]]:
        """The k nearest of the allowed ids (all when None): (id, inner product), best first.

        Call `refresh` first: an index that was never refreshed holds nothing.
        """
        import faiss

        with self._lock:
            index = self._index
        if index is None or k <= 0 or (allowed is not None and not allowed.size):
            return []
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters()
            parameters.sel = faiss.IDSelectorBatch(allowed)
        scores, ids = index.search(vector.reshape(1, -1), min(k, index.ntotal), params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i != -1]

    def refresh(
        self, generation: int, all_ids: Callable[[], Ids], vectors_of: Callable[[Ids], Matrix], *, save: bool
    ) -> None:
        """Bring the index to the store's generation: drop what is gone, add what is new.

        Args:
            generation: The store's number now.
            all_ids: Gives every passage id of the store.
            vectors_of: Gives the stored vectors of some ids, one row each, in their order.
            save: Write the file too; readers of another process's archive do not.
        """
        with self._lock:
            if self._index is None:
                self._index, self._generation = self._read()
            if self._generation != generation:
                self._catch_up(all_ids(), vectors_of)
                self._generation = generation
            if save and not self._path(generation).exists():
                self._write()

    def ids(self) -> Ids:
        """Every id held, ascending."""
        import faiss

        with self._lock:
            if self._index is None:
                return np.zeros(0, dtype=np.int64)
            return cast(Ids, np.sort(faiss.vector_to_array(self._index.id_map)))

    def _catch_up(self, wanted: Ids, vectors_of: Callable[[Ids], Matrix]) -> None:
        import faiss

        index = self._index
        assert index is not None, "refresh reads the index first"
        held = faiss.vector_to_array(index.id_map)
        gone = np.setdiff1d(held, wanted)
        if gone.size:
            index.remove_ids(faiss.IDSelectorBatch(gone))
        new = np.setdiff1d(wanted, held)
        for part in np.array_split(new, max(1, len(new) // 50_000)):  # bounded memory at a first build
            if part.size:
                index.add_with_ids(vectors_of(part), part)

    def _read(self) -> tuple[faiss.IndexIDMap2, int]:
        import faiss

        for generation, path in self._files():
            try:
                index = faiss.read_index(str(path))
            except RuntimeError as error:
                _log.warning("%s cannot be read and is rebuilt from the stored vectors (%s)", path.name, error)
                continue
            if isinstance(index, faiss.IndexIDMap2) and index.d == self._dim:
                return index, generation
            _log.warning("%s holds vectors of another shape and is rebuilt from the stored ones", path.name)
        return faiss.IndexIDMap2(faiss.IndexFlatIP(self._dim)), -1

    def _write(self) -> None:
        import faiss

        assert self._index is not None, "only a refreshed index is written"
        target = self._path(self._generation)
        beside = target.with_suffix(f".{os.getpid()}.part")
        faiss.write_index(self._index, str(beside))
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
        for _, path in self._files():
            if path != target:
                path.unlink(missing_ok=True)

    def _files(self) -> list[tuple[int, Path]]:
        """(generation, path) of every index file here, newest first."""
        found = [(int(m[1]), p) for p in self._folder.iterdir() if (m := _FILE.fullmatch(p.name))]
        return sorted(found, reverse=True)

    def _path(self, generation: int) -> Path:
        return self._folder / f"dense-{generation}.faiss"
