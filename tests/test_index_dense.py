from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import faiss
import numpy as np
import pytest
from fakes import HashEncoder, make_article
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from index.dense import DenseIndex, Ids, dense_file
from index.split import split
from index.store import SqliteStore
from index.types import EVERYTHING, Article, Filter, Hit, Matrix, Passage

DIM = 8
ENCODER = HashEncoder(dim=16)


def unit(seed: int, rows: int) -> Matrix:
    given = np.random.default_rng(seed).standard_normal((rows, DIM)).astype(np.float32)
    matrix: Matrix = given / np.linalg.norm(given, axis=1, keepdims=True)
    return matrix


class Shelf:
    """Ids with vectors, as a store would give them, counting how many vectors were asked for."""

    def __init__(self, folder: Path, vectors: dict[int, Matrix]) -> None:
        self.folder = folder
        self.vectors = vectors
        self.read = 0

    def index(self, state: str, *, save: bool = True) -> DenseIndex:
        index = DenseIndex(self.folder, DIM)
        self.refresh(index, state, save=save)
        return index

    def refresh(self, index: DenseIndex, state: str, *, save: bool = True) -> None:
        index.refresh(state, lambda: np.array(sorted(self.vectors), dtype=np.int64), self.rows, save=save)

    def rows(self, ids: Ids) -> Matrix:
        self.read += len(ids)
        return np.stack([self.vectors[int(i)] for i in ids])

    def nearest(self, vector: Matrix, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """The truth, by multiplication."""
        ids = sorted(self.vectors) if allowed is None else [int(i) for i in allowed if int(i) in self.vectors]
        return sorted(((i, float(self.vectors[i] @ vector)) for i in ids), key=lambda pair: -pair[1])


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, dict(zip(range(1, 201), unit(1, 200), strict=True)))


def same(found: list[tuple[int, float]], wanted: list[tuple[int, float]]) -> None:
    assert [i for i, _ in found] == [i for i, _ in wanted]
    assert [score for _, score in found] == pytest.approx([score for _, score in wanted], abs=1e-6)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("k", [1, 7, 200, 1000])
def test_search_is_exact(shelf: Shelf, k: int) -> None:
    query = unit(2, 1)[0]

    same(shelf.index("a").search(query, k, None), shelf.nearest(query)[:k])


def test_only_allowed_ids_are_found(shelf: Shelf) -> None:
    query = unit(2, 1)[0]
    allowed = np.array([5, 17, 4000, 180], dtype=np.int64)
    index = shelf.index("a")

    same(index.search(query, 9, allowed), shelf.nearest(query, allowed))
    assert index.search(query, 9, np.zeros(0, dtype=np.int64)) == []


def test_all_that_tie_with_the_last_are_found(shelf: Shelf) -> None:
    for i in range(21, 121):
        shelf.vectors[i] = shelf.vectors[1]
    found = shelf.index("a").search(shelf.vectors[1], 2, None)

    assert sorted(i for i, _ in found) == [1, *range(21, 121)]


def test_what_was_never_refreshed_or_is_empty_holds_nothing(tmp_path: Path) -> None:
    index = DenseIndex(tmp_path, DIM)
    assert index.search(unit(1, 1)[0], 3, None) == []
    assert index.ids().tolist() == []

    Shelf(tmp_path, {}).refresh(index, "a")
    assert index.search(unit(1, 1)[0], 3, None) == []


def test_a_saved_index_is_read_without_a_single_vector(shelf: Shelf) -> None:
    shelf.index("a")
    shelf.read = 0

    same(shelf.index("a").search(shelf.vectors[3], 5, None), shelf.nearest(shelf.vectors[3])[:5])
    assert shelf.read == 0


def test_an_index_in_memory_reads_only_what_is_new(shelf: Shelf) -> None:
    index = shelf.index("a")
    shelf.read = 0
    del shelf.vectors[3], shelf.vectors[200]
    shelf.vectors[201], shelf.vectors[205] = unit(9, 2)
    shelf.refresh(index, "b")

    assert shelf.read == 2
    assert index.ids().tolist() == [1, 2, *range(4, 200), 201, 205]
    same(index.search(unit(2, 1)[0], 9, None), shelf.nearest(unit(2, 1)[0])[:9])


def test_one_file_named_after_the_state_and_none_without_save(shelf: Shelf) -> None:
    index = shelf.index("a", save=False)
    assert files(shelf.folder) == []

    shelf.refresh(index, "a")
    assert files(shelf.folder) == ["dense-a.faiss"] == [dense_file(shelf.folder, "a").name]

    shelf.refresh(index, "b")
    assert files(shelf.folder) == ["dense-b.faiss"]


def test_what_is_saved_already_is_not_written_again(shelf: Shelf) -> None:
    index = shelf.index("a")
    before = dense_file(shelf.folder, "a").stat()
    shelf.refresh(index, "a")
    shelf.index("a")

    after = dense_file(shelf.folder, "a").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


# Everything that can stand in the place of the right file.


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbage(path: Path) -> None:
    path.write_bytes(b"\xa5" * 10_000)


def damaged_length(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[12] ^= 0xFF  # the number of vectors
    path.write_bytes(bytes(content))


def of_another_kind(path: Path) -> None:
    faiss.write_index(faiss.IndexFlatL2(DIM), str(path))


def of_another_shape(path: Path) -> None:
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(2 * DIM))
    index.add_with_ids(np.zeros((3, 2 * DIM), dtype=np.float32), np.arange(3))
    faiss.write_index(index, str(path))


def of_other_ids(path: Path) -> None:
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(DIM))
    index.add_with_ids(unit(5, 40), np.arange(1_000, 1_040))
    faiss.write_index(index, str(path))


WRONG_FILES: list[Callable[[Path], None]] = [
    *(missing, empty, truncated, cut_in_half, garbage, damaged_length, of_another_kind, of_another_shape, of_other_ids)
]


@pytest.mark.parametrize("spoil", WRONG_FILES)
def test_a_wrong_file_costs_time_and_never_an_answer(
    shelf: Shelf, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    shelf.index("a")
    spoil(dense_file(shelf.folder, "a"))
    shelf.read = 0
    with caplog.at_level(logging.WARNING):
        index = shelf.index("a", save=False)

    assert shelf.read == 200
    assert index.ids().tolist() == list(range(1, 201))
    same(index.search(unit(2, 1)[0], 9, None), shelf.nearest(unit(2, 1)[0])[:9])
    assert len(caplog.records) == (spoil not in (missing, of_other_ids))


@pytest.mark.parametrize("spoil", WRONG_FILES)
def test_a_wrong_file_is_replaced_at_the_next_save(shelf: Shelf, spoil: Callable[[Path], None]) -> None:
    shelf.index("a")
    spoil(dense_file(shelf.folder, "a"))
    shelf.index("a")
    shelf.read = 0
    shelf.index("a")

    assert shelf.read == 0


# With the store: a file of another state is never used, even where ids and generation agree.


def put(store: SqliteStore, *articles: Article) -> None:
    passages = [passage for a in articles for passage in split(a, ENCODER.count_tokens, ENCODER.max_tokens)]
    store.add(articles, passages, ENCODER.encode_passages([passage.text for passage in passages]))
    store.refresh_dense(ENCODER.dim, save=True)


def first(store: SqliteStore, text: str) -> str:
    return store.nearest(ENCODER.encode_queries([text])[0], 1, EVERYTHING)[0].passage.text


CRANE = [make_article("a", "The crane fell."), make_article("b", "Snow came.")]
SNOW = [make_article("a", "Snow came."), make_article("b", "The crane fell.")]


def test_an_archive_made_anew_where_an_old_index_lies(tmp_path: Path) -> None:
    for articles in (CRANE, SNOW):  # the same generation and the same ids, but not the same passages
        for path in tmp_path.glob("archive.db*"):
            path.unlink()
        old = {path: path.read_bytes() for path in tmp_path.glob("dense-*")}
        store = SqliteStore(tmp_path, ENCODER.id, create=True)
        put(store, *articles)
        store.close()
    for path, content in old.items():
        path.write_bytes(content)
    for path in tmp_path.glob("dense-*"):
        if path not in old:
            path.unlink()
    store = SqliteStore(tmp_path, ENCODER.id)

    assert first(store, "Snow came.") == "Snow came."
    store.close()


def test_an_older_copy_put_back_under_a_newer_index(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, ENCODER.id, create=True)
    put(store, make_article("first", "A first article."))
    store.close()
    backup = (tmp_path / "archive.db").read_bytes()

    def from_backup(articles: list[Article]) -> SqliteStore:
        (tmp_path / "archive.db").write_bytes(backup)
        store = SqliteStore(tmp_path, ENCODER.id)
        put(store, *articles)
        return store

    from_backup(CRANE).close()
    index_of_crane = {path: path.read_bytes() for path in tmp_path.glob("dense-*")}
    store = from_backup(SNOW)  # the same generation and the same ids, but not the same passages
    for path, content in index_of_crane.items():
        path.write_bytes(content)
    store.close()
    store = SqliteStore(tmp_path, ENCODER.id)

    assert first(store, "Snow came.") == "Snow came."
    assert store.generation == 2
    store.close()


def test_a_file_for_the_store_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SqliteStore(tmp_path, ENCODER.id, create=True)
    assert not store.dense_is_saved()
    put(store, *CRANE)
    assert store.dense_is_saved()
    store.close()

    def fails(self: SqliteStore, ids: Ids) -> Matrix:
        raise AssertionError("the saved index was not used")

    monkeypatch.setattr(SqliteStore, "_vectors", fails)
    store = SqliteStore(tmp_path, ENCODER.id)
    assert first(store, "crane fell") == "The crane fell."
    store.close()


def test_searching_while_another_thread_changes_the_index(shelf: Shelf) -> None:
    index = shelf.index("0", save=False)
    stop = threading.Event()
    faults: list[str] = []

    def search() -> None:
        for seed in count():
            if stop.is_set():
                return
            query = unit(seed, 1)[0]
            for i, score in index.search(query, 5, None):
                if abs(score - float(everything[i] @ query)) > 1e-5:
                    faults.append(f"{i} has a wrong score")

    everything = {**shelf.vectors, **dict(zip(range(201, 1001), unit(7, 800), strict=True))}
    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for step in range(150):
        shelf.vectors = {i: everything[i] for i in range(1 + 5 * step, 201 + 5 * step)}
        shelf.refresh(index, str(step + 1), save=False)
    stop.set()
    for thread in threads:
        thread.join()

    assert faults == []
    assert index.ids().tolist() == sorted(shelf.vectors)


# Any history of changes gives what a search through everything gives.

WORDS = st.lists(st.sampled_from("crane harbour snow mayor lighthouse vote ship rain".split()), min_size=1, max_size=40)
SOURCES = ("The Ledger", "The Post")


class Histories(RuleBasedStateMachine):
    """A store beside a plain dictionary of articles."""

    names = Bundle("names")

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.store = SqliteStore(self.folder, ENCODER.id, create=True)
        self.articles: dict[str, Article] = {}

    @rule(
        target=names, name=st.sampled_from("abcdef"), words=WORDS, source=st.sampled_from(SOURCES), save=st.booleans()
    )
    def add_or_replace(self, name: str, words: list[str], source: str, save: bool) -> str:
        article = make_article(name, ". ".join(words) + ".", source=source)
        passages = split(article, ENCODER.count_tokens, ENCODER.max_tokens)
        self.store.add([article], passages, ENCODER.encode_passages([passage.text for passage in passages]))
        self.store.refresh_dense(ENCODER.dim, save=save)
        self.articles[name] = article
        return name

    @rule(name=consumes(names))
    def remove(self, name: str) -> None:
        self.store.remove([name])
        self.articles.pop(name, None)

    @rule(save=st.booleans())
    def open_again(self, save: bool) -> None:
        self.store.close()
        self.store = SqliteStore(self.folder, ENCODER.id)
        self.store.refresh_dense(ENCODER.dim, save=save)

    @rule()
    def lose_the_index(self) -> None:
        for path in self.folder.glob("dense-*"):
            path.unlink()

    @rule(words=WORDS, k=st.integers(1, 12), sources=st.lists(st.sampled_from(SOURCES), unique=True))
    def search(self, words: list[str], k: int, sources: list[str]) -> None:
        query = ENCODER.encode_queries([" ".join(words)])[0]
        hits = self.store.nearest(query, k, Filter(sources=tuple(sources)))
        scores = self.scores(query, sources)

        assert len(hits) == min(k, len(scores))
        assert all(hit.score == pytest.approx(scores[hit.passage], abs=1e-6) for hit in hits)
        assert [hit.score for hit in hits] == pytest.approx(sorted(scores.values(), reverse=True)[:k], abs=1e-6)
        assert hits == sorted(hits, key=self.order)

    def scores(self, query: Matrix, sources: list[str]) -> dict[Passage, float]:
        passages = [
            passage
            for article in self.articles.values()
            if not sources or article.source in sources
            for passage in split(article, ENCODER.count_tokens, ENCODER.max_tokens)
        ]
        vectors = ENCODER.encode_queries([passage.text for passage in passages])
        return {passage: float(row @ query) for passage, row in zip(passages, vectors, strict=True)}

    @staticmethod
    def order(hit: Hit) -> tuple[float, str, int]:
        return -hit.score, hit.passage.article_id, hit.passage.ordinal

    @invariant()
    def is_sound(self) -> None:
        assert self.store.check() == []
        assert list(self.store.articles()) == [self.articles[name] for name in sorted(self.articles)]

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
