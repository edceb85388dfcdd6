from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes import OverlapReranker, make_article

from index.types import Hit, Passage
from rag.find.rerank import OnnxReranker, TorchReranker, load_reranker, rerank, titled

BRIDGE = make_article("bridge", "The council met. It will close for six weeks.", title="Norvik bridge to close")
FLOOD = make_article("flood", "The flood closed the road.", title="")
ARTICLES = {article.id: article for article in (BRIDGE, FLOOD)}


def hit(article_id: str, start: int, end: int, *, ordinal: int = 0, rank: int = 1) -> Hit:
    return Hit(Passage(article_id, ordinal, start, end, ARTICLES[article_id].text[start:end]), 0.5, rank, "fused")


class Noting(OverlapReranker):
    """Keeps what it was given to read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def score(self, question: str, texts: Sequence[str], /) -> list[float]:
        self.read += texts
        return super().score(question, texts)


def test_the_headline_gives_a_passage_its_subject() -> None:
    reranker = Noting()

    found = rerank(
        "When does the Norvik bridge close?", [hit("flood", 0, 26), hit("bridge", 17, 45)], ARTICLES, reranker
    )

    assert reranker.read == ["The flood closed the road.", "Norvik bridge to close. It will close for six weeks."]
    assert [(h.passage.article_id, h.rank, h.stage) for h in found] == [
        ("bridge", 1, "reranked"),
        ("flood", 2, "reranked"),
    ]
    assert [h.score for h in found] == [1.0, -5.0]
    assert titled(FLOOD, "x") == "x"


def test_ties_go_by_article_and_ordinal_whatever_came_first() -> None:
    tied = [hit("flood", 0, 3), hit("bridge", 0, 3, ordinal=2), hit("bridge", 0, 3, ordinal=1)]

    found = rerank("Zzz?", tied, ARTICLES, OverlapReranker())

    assert [(h.passage.article_id, h.passage.ordinal) for h in found] == [("bridge", 1), ("bridge", 2), ("flood", 0)]


def test_nothing_in_nothing_out() -> None:
    assert rerank("Who?", [], {}, OverlapReranker()) == []


def test_a_folder_with_an_onnx_file_is_run_by_onnxruntime(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    assert isinstance(load_reranker(tmp_path), TorchReranker)

    (tmp_path / "model.onnx").write_bytes(b"weights")
    reranker = load_reranker(tmp_path)

    assert isinstance(reranker, OnnxReranker)
    assert reranker.id.startswith(f"{tmp_path.name}@")
    assert TorchReranker(tmp_path).score("Who?", []) == []


@pytest.mark.models
def test_the_real_reranker_puts_the_answer_first_and_repeats_itself(reranker_folder: Path) -> None:
    reranker = load_reranker(reranker_folder)
    fillers = [f"{'The weather was fine that day. ' * (n % 5)}Nobody came to village number {n}." for n in range(20)]
    texts = [*fillers, "The bridge will close for six weeks, the port authority said.", "Bridges are built of steel."]

    scores = reranker.score("How long will the bridge be closed?", texts)

    assert len(scores) == len(texts)
    assert max(range(len(texts)), key=scores.__getitem__) == 20
    assert scores[20] > 0 > max(scores[:20])
    assert reranker.score("How long will the bridge be closed?", texts) == scores
    assert reranker.score("How long?", []) == []


@pytest.mark.models
def test_a_score_depends_on_the_pair_alone_not_on_its_neighbours_nor_on_who_else_asks(reranker_folder: Path) -> None:
    reranker = load_reranker(reranker_folder)
    question = "How long will the bridge be closed?"
    texts = [f"{'The weather was fine that day. ' * n}It closes for {n} weeks." for n in (7, 0, 3, 12, 1)]
    alone = [reranker.score(question, [text])[0] for text in texts]
    assert len(set(alone)) == len(texts)

    with ThreadPoolExecutor(3) as visitors:
        together = list(visitors.map(lambda given: reranker.score(question, given), [texts, texts[::-1], texts]))

    assert together == [alone, alone[::-1], alone]


@pytest.mark.models
def test_text_beyond_the_window_is_cut_not_refused(reranker_folder: Path) -> None:
    reranker = load_reranker(reranker_folder)

    (score,) = reranker.score("How long will the bridge be closed?", ["It closes for six weeks. " * 500])

    assert score == pytest.approx(
        reranker.score("How long will the bridge be closed?", ["It closes for six weeks. " * 400])[0]
    )
