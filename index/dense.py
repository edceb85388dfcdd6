"""Passage ids and vectors in, nearest passage ids out, by FAISS. Derived from the store, and never the truth.

One file, named after the very state of the store it was made from. A missing, older, foreign or unreadable one costs
time, never an answer. In memory, comparing two sets of ids says what to drop and what to add: ids are never used twice.
"""

from __future__ import annotations

import logging
import os
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

_TIES = 16
"""How many more than k are looked at first, so that all that tie with the k-th are seen."""

_log = logging.getLogger(__name__)


def dense_file(folder: Path, state: str) -> Path:
    """Where the index of one state of the store lies, once written."""
    return folder / f"dense-{state}.faiss"


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
        self._state = self._saved = ""
        self._lock = threading.Lock()

    def search(self, vector: Matrix, k: int, allowed: Ids | None) -> list[tuple[int, float]]:
        """The k nearest of the allowed ids (all when None), and all that tie with the last: (id, inner product).

        Call `refresh` first: an index that was never refreshed holds nothing.
        """
        import faiss

        if k <= 0 or (allowed is not None and not allowed.size):
            return []
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters()
            parameters.sel = faiss.IDSelectorBatch(allowed)
        with self._lock:  # an index that another thread is changing must not be searched
            if self._index is None or not self._index.ntotal:
                return []
            depth = k + _TIES
            while True:
                scores, ids = self._index.search(
                    vector.reshape(1, -1), min(depth, self._index.ntotal), params=parameters
                )
                found = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i != -1]
                if len(found) < depth or found[-1][1] < found[k - 1][1]:
                    return [pair for pair in found if pair[1] >= found[min(k, len(found)) - 1][1]]
                depth *= 2

    def refresh(
        self, state: str, all_ids: Callable[[], Ids], vectors_of: Callable[[Ids], Matrix], *, save: bool
    ) -> None:
        """Bring the index to the store's state: drop what is gone, add what is new.

        Args:
            state: The name of the store's state now, as good for a file name; no two states share one.
            all_ids: Gives every passage id of the store.
            vectors_of: Gives the stored vectors of some ids, one row each, in their order.
            save: Write the file too; readers of another process's archive do not.
        """
        with self._lock:
            if self._index is None:
                self._index = self._read(state)
            if self._state != state:
                self._catch_up(all_ids(), vectors_of)
                self._state = state
            if save and not (self._saved == state and dense_file(self._folder, state).exists()):
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
        if gone.size or new.size:
            self._saved = ""  # whatever the file was called, it held something else
        for part in np.array_split(new, max(1, len(new) // 50_000)):  # bounded memory at a first build
            if part.size:
                index.add_with_ids(vectors_of(part), part)

    def _read(self, state: str) -> faiss.IndexIDMap2:
        """The file made from this state, or an empty index."""
        import faiss

        path = dense_file(self._folder, state)
        if path.exists():
            try:
                index = faiss.read_index(str(path))
            except (RuntimeError, MemoryError) as error:  # a damaged length may ask for any amount of memory
                _log.warning("%s cannot be read and is rebuilt from the stored vectors (%s)", path.name, error)
            else:
                if isinstance(index, faiss.IndexIDMap2) and index.d == self._dim:
                    self._saved = state
                    return index
                _log.warning("%s holds vectors of another shape and is rebuilt from the stored ones", path.name)
        return faiss.IndexIDMap2(faiss.IndexFlatIP(self._dim))

    def _write(self) -> None:
        import faiss

        assert self._index is not None, "only a refreshed index is written"
        target = dense_file(self._folder, self._state)
        beside = target.with_suffix(f".{os.getpid()}.part")
        faiss.write_index(self._index, str(beside))
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
        self._saved = self._state
        for path in self._folder.glob("dense-*.faiss"):
            if path != target:
                path.unlink(missing_ok=True)
