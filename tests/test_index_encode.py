from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import index.encode
from index.archive import Archive
from index.encode import SentenceEncoder
from index.types import EVERYTHING, Article, Encoder, Matrix

pytestmark = pytest.mark.models

TEXTS = [
    "The harbour was closed on Monday after a crane fell into the water.",
    "A crane toppled into the port, which had to shut.",
    "The museum opened a new wing for its paintings.",
    "",
    "Der Hafen wurde geschlossen. 港は閉鎖された。 🙂",
    "The mayor said that the council would vote on Tuesday. " * 3,
]


@pytest.fixture(scope="module")
def encoder(encoder_folder: Path) -> Iterator[SentenceEncoder]:
    yield SentenceEncoder(encoder_folder)


@pytest.fixture(scope="module")
def vectors(encoder: SentenceEncoder) -> Matrix:
    return encoder.encode_passages(TEXTS)


def similarity(left: Matrix, right: Matrix) -> list[float]:
    return [float(a @ b) for a, b in zip(left, right, strict=True)]


def test_it_is_an_encoder_that_says_what_it_is(encoder: SentenceEncoder) -> None:
    as_encoder: Encoder = encoder

    assert as_encoder.id == "all-MiniLM-L6-v2@53aa51172d14"
    assert (as_encoder.dim, as_encoder.max_tokens) == (384, 256)


def test_rows_are_float32_of_length_one(vectors: Matrix) -> None:
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-6


def test_the_order_is_kept_though_they_are_sorted_by_length_inside(encoder: SentenceEncoder, vectors: Matrix) -> None:
    assert min(similarity(encoder.encode_passages(TEXTS[::-1])[::-1], vectors)) > 0.999


def test_a_batch_gives_what_each_alone_gives(encoder: SentenceEncoder, vectors: Matrix) -> None:
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS[-3:]])

    assert min(similarity(alone, vectors[-3:])) > 0.999


def test_more_than_a_batch(encoder: SentenceEncoder) -> None:
    count = index.encode.BATCH_SIZE + 1
    many = encoder.encode_passages([*["Snow fell."] * (count - 1), "The harbour closed."])

    assert many.shape == (count, 384)
    assert many[0] @ many[-2] > 0.999
    assert many[0] @ many[-1] < 0.5


def test_the_same_texts_give_the_same_rows_again(encoder: SentenceEncoder) -> None:
    assert np.array_equal(encoder.encode_passages(TEXTS[:3]), encoder.encode_passages(TEXTS[:3]))


def test_close_to_full_precision(encoder_folder: Path, vectors: Matrix) -> None:
    from sentence_transformers import SentenceTransformer

    full = SentenceTransformer(str(encoder_folder), device="cpu", local_files_only=True).float()
    wanted = full.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)

    assert min(similarity(wanted, vectors)) > 0.99


def test_what_means_the_same_is_near(encoder: SentenceEncoder, vectors: Matrix) -> None:
    to_crane = (vectors @ encoder.encode_queries(["Why was the port shut?"])[0]).tolist()

    assert sorted(range(3), key=lambda i: -to_crane[i])[2] == 2
    assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2]


@pytest.mark.parametrize("kind", ["passages", "queries"])
def test_no_texts_no_rows(encoder: SentenceEncoder, kind: str) -> None:
    rows = encoder.encode_passages([]) if kind == "passages" else encoder.encode_queries([])

    assert rows.shape == (0, 384)
    assert rows.dtype == np.float32


def test_tokens_are_counted_with_markers_and_beyond_the_window(encoder: SentenceEncoder) -> None:
    assert encoder.count_tokens(["", "snow", "snow snow", "snow " * 1_000]) == [2, 3, 4, 1_002]
    assert encoder.count_tokens([]) == []


def test_what_lies_in_the_window_is_seen_and_what_lies_beyond_is_not(encoder: SentenceEncoder) -> None:
    fill = "snow " * 250
    last = [f"{fill} {words}" for words in ("crane", "museum", "one two three four crane", "one two three four museum")]
    crane, museum, cut, cut_too = encoder.encode_passages(last)

    assert encoder.count_tokens([f"{fill} one two three four"]) == [encoder.max_tokens]
    assert crane @ museum < 0.9999 < cut @ cut_too


IS_LIGHT = """
import sys
from pathlib import Path
from index.encode import SentenceEncoder
assert SentenceEncoder(Path(sys.argv[1])).id
sys.stdout.write(" ".join(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules))))
"""


def test_making_one_loads_nothing_heavy(encoder_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IS_LIGHT, str(encoder_folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(index.encode.__file__).parents[1],
    )

    assert done.stdout == ""


def test_nothing_of_an_article_is_cut_off_unseen(
    encoder: SentenceEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    plain = SentenceEncoder.encode_passages

    def watched(self: SentenceEncoder, texts: list[str], /) -> Matrix:
        seen.extend(texts)
        return plain(self, texts)

    monkeypatch.setattr(SentenceEncoder, "encode_passages", watched)
    long = "The council said that the harbour would stay closed. " * 20
    articles = [
        Article("a", "Harbour closed", long, "", (), None, None, "/a", "1"),
        Article("b", "Harbour closed after crane falls " * 20, long, "", (), None, None, "/b", "2"),
        Article("c", "港" * 200, "港は閉鎖された。" * 30, "", (), None, None, "/c", "3"),
    ]
    with Archive.open(tmp_path, encoder, create=True) as archive:
        archive.update(articles)
        assert archive.check() == []
        assert archive.nearest("Is the harbour open?", 1, EVERYTHING)[0].passage.article_id in ("a", "b")

        assert len(seen) == archive.stats().passages == 6
    assert max(encoder.count_tokens(seen)) <= encoder.max_tokens
