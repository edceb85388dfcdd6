from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_bert import WIDTH, make_bert, sizes

from index.errors import ModelError
from rag.reader import Reading, SpanReader
from rag.reader.adapter import adapt, load_adapted, load_base, save, sha256
from rag.reader.bert import SpanBert
from rag.reader.check import check, overlap
from rag.reader.onnx import read_weights
from rag.reader.read import ADAPTER
from rag.reader.read import readings as readings_of
from rag.reader.spans import LONGEST, best_spans
from rag.reader.squad import Example, beside_another, load_squad, with_another_name
from rag.reader.tokens import PairTokenizer
from rag.reader.train import item_of, loss_of, train

logits = st.floats(-9, 9, allow_nan=False)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@st.composite
def scored_words(draw: st.DrawFn) -> tuple[list[float], list[float], list[int]]:
    words = [
        number for number, pieces in enumerate(draw(st.lists(st.integers(1, 3), max_size=8))) for _ in range(pieces)
    ]
    return [draw(logits) for _ in words], [draw(logits) for _ in words], words


@settings(max_examples=60, deadline=None)
@given(scored_words(), st.integers(1, 4))
def test_spans_are_whole_words_best_first_and_do_not_overlap(
    scored: tuple[list[float], list[float], list[int]], count: int
) -> None:
    starts, ends, words = scored

    spans = best_spans(starts, ends, words, count)

    every = [starts[i] + ends[j] for i in range(len(words)) for j in range(i, len(words)) if j < i + LONGEST]
    assert [span.score for span in spans[:1]] == sorted(every)[-1:]
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)
    covered = [words[i] for span in spans for i in range(span.first, span.last + 1)]
    assert sorted(covered) == sorted(word for word in words if word in set(covered)), "a word is cut or taken twice"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bert(tmp_path_factory.mktemp("bert"))


@cache
def untrained(folder: Path) -> tuple[SpanBert, PairTokenizer]:
    """A model whose span head points anywhere."""
    net = load_base(folder / "model.onnx")
    with torch.no_grad():
        net.span.weight.normal_(generator=torch.Generator().manual_seed(1))
    return net, PairTokenizer(folder)


def check_offsets(found: list[Reading], passage: str) -> None:
    ranges = sorted((reading.start, reading.end) for reading in found)
    assert all(0 <= start < end <= len(passage) for start, end in ranges)
    assert all(end <= start for (_, end), (start, _) in pairwise(ranges))
    assert [r.score for r in found] == sorted((r.score for r in found), reverse=True)
    assert len({reading.null for reading in found}) <= 1


@settings(max_examples=40, deadline=None)
@given(question=text, title=text, passage=text)
def test_offsets_count_into_the_passage_whatever_is_in_it(
    folder: Path, question: str, title: str, passage: str
) -> None:
    net, tokenizer = untrained(folder)
    (pair,) = tokenizer.pairs(question, [(title, passage)])

    found = readings_of(pair, *net.logits([(pair.ids, pair.segments)]))

    check_offsets(found, passage)
    assert (found == []) == (pair.places == [])


def test_a_pair_is_read_by_itself_and_threads_are_left_as_they_were(folder: Path) -> None:
    net, _ = untrained(folder)
    pairs = [([2, *range(5, 5 + n), 3], [0, 0, *[1] * n]) for n in (30, 1, 12, 80, 3)]
    threads = torch.get_num_threads()

    together = net.logits(pairs)

    assert together == [told for pair in pairs for told in net.logits([pair])]
    assert [len(told) for told in together] == [len(ids) for ids, _ in pairs]
    assert torch.get_num_threads() == threads


def test_weights_come_back_by_name_scaled_and_turned(folder: Path) -> None:
    weights = read_weights(folder / "model.onnx")

    known = sizes(len(weights["bert.embeddings.word_embeddings.weight"]))
    assert {name: tuple(values.shape) for name, values in weights.items()} == known
    assert weights["bert.embeddings.LayerNorm.weight"].tolist() == [1.0] * WIDTH
    matrix = weights["bert.encoder.layer.1.output.dense.weight"]
    assert float(matrix.min()) == pytest.approx(-128 * 0.002)
    assert float(weights["bert.embeddings.word_embeddings.weight"].max()) == pytest.approx(127 * 0.002)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(max_size=60))
def test_what_is_no_onnx_file_is_said_to_be_none(fresh: Callable[[], Path], junk: bytes) -> None:
    path = fresh() / "model.onnx"
    path.write_bytes(junk)

    with pytest.raises(ModelError, match="no quantized BERT in ONNX"):
        load_base(path)


def test_an_adapter_comes_back_as_it_was_trained_and_fits_no_other_model(folder: Path, tmp_path: Path) -> None:
    net = load_base(folder / "model.onnx")
    torch.manual_seed(3)
    with torch.no_grad():
        for parameter in adapt(net):
            noise = torch.randn(parameter.shape, generator=torch.Generator().manual_seed(2)) / 20
            parameter.copy_((parameter + noise).bfloat16())
    adapter = tmp_path / "learned.safetensors"
    save(net, adapter, {"base_sha256": sha256(folder / "model.onnx")})

    again = load_adapted(folder / "model.onnx", adapter).float()

    pair = [2, 5, 6, 3, 7, 8, 9, 3], [0, 0, 0, 0, 1, 1, 1, 1]
    told, trained, untaught = (torch.tensor(n.logits([pair])) for n in (again, net, load_base(folder / "model.onnx")))
    assert torch.allclose(told, trained, atol=0.02)
    assert not torch.allclose(told, untaught, atol=0.2)
    other = make_bert(tmp_path, seed=1)
    with pytest.raises(ModelError, match=r"learned\.safetensors was trained on a model\.onnx with sha256"):
        SpanReader(other, adapter).read("When?", [("", "On Monday.")])
    adapter.write_bytes(b"damaged")
    with pytest.raises(ModelError, match="cannot be read"):
        load_adapted(folder / "model.onnx", adapter)


def squad(path: Path) -> Path:
    def asked(question: str, text: str, answer: str) -> dict[str, object]:
        answers = [{"text": answer, "answer_start": text.index(answer)}] if answer else []
        return {"question": question, "id": question, "answers": answers, "is_impossible": not answer}

    bridge = "The Norvik bridge closed on Monday for six weeks."
    flood = "A flood closed the road to Alta in 1998. Nobody was hurt when the bridge fell."
    found = [
        (bridge, [asked("When did the Norvik bridge close?", bridge, "Monday"), asked("Who built it?", bridge, "")]),
        (flood, [asked("What closed the road to Alta in 1998?", flood, "A flood")]),
    ]
    paragraphs = [{"context": text, "qas": questions} for text, questions in found]
    path.write_text(json.dumps({"data": [{"title": "Norvik_bridge", "paragraphs": paragraphs}]}), encoding="utf-8")
    return path


def test_examples_say_what_answers_and_questions_made_here_have_no_answer(tmp_path: Path) -> None:
    examples = load_squad([squad(tmp_path / "s.json")])

    assert [e.text[e.start : e.end] for e in examples] == ["Monday", "", "A flood"]
    assert examples[0].title == "Norvik bridge"
    others = list(beside_another(examples, 2, random.Random(0)))
    assert {(e.question[:4], e.text[:3]) for e in others} == {("When", "A f"), ("What", "The")}
    swapped = [e for seed in range(9) for e in with_another_name(examples, 2, random.Random(seed))]
    assert "When did the Alta bridge close?" in {e.question for e in swapped}
    assert not any(e.answerable for e in (*others, *swapped))


@given(seed=st.integers(0, 50), filler=st.integers(0, 300), answer=st.sampled_from(["Monday", ""]))
@settings(max_examples=30, deadline=None)
def test_a_window_keeps_the_answer(folder: Path, seed: int, filler: int, answer: str) -> None:
    passage = f"{'six weeks ' * (filler // 2)}on Monday {'did the ' * ((300 - filler) // 2)}"
    start = passage.index(answer) if answer else 0
    _, tokenizer = untrained(folder)

    item = item_of(Example("When?", "Norvik", passage, start, start + len(answer)), tokenizer, random.Random(seed))

    assert len(item.ids) == len(item.segments) == 176
    assert [item.ids[0], item.ids[-1]] == [2, 3]
    (monday,) = tokenizer.pairs("Monday", [("", "Monday")])
    assert item.ids[item.first : item.last + 1] == ([monday.ids[1]] if answer else [2])


def test_training_lowers_the_loss_and_writes_what_the_reader_loads(folder: Path, tmp_path: Path) -> None:
    examples = load_squad([squad(tmp_path / "s.json")])
    items = [item_of(example, PairTokenizer(folder), random.Random(0)) for example in examples]
    net = load_base(folder / "model.onnx")
    torch.manual_seed(3)
    optimizer = torch.optim.AdamW(adapt(net), 5e-3)
    losses = []
    for _ in range(30):
        loss = loss_of(net, items)
        loss.backward()  # type: ignore[no-untyped-call]
        losses.append(loss.item())
        optimizer.step()
        optimizer.zero_grad()
    assert losses[-1] < losses[0] / 3

    out = tmp_path / "short.safetensors"
    train(folder, [tmp_path / "s.json"], out, start=None, held_out=None, minutes=0.005, seed=1)
    train(folder, [tmp_path / "s.json"], out, start=out, held_out=tmp_path / "s.json", minutes=0.005, seed=2)

    (found,) = SpanReader(folder, out).read("When?", [("Norvik", "The bridge closed on Monday.")])
    check_offsets(found, "The bridge closed on Monday.")


class Pointing:
    """A Reader that points at the word behind "on", and is as sure as the question is long."""

    id = "pointing"

    def read(self, question: str, passages: Sequence[tuple[str, str]], /) -> list[list[Reading]]:
        start = passages[0][1].find(" on ") + 4
        return [[Reading(start, passages[0][1].find(" ", start), float(len(question)), 30.0)] for _ in passages]


def test_figures_are_squads_and_those_of_refusing(tmp_path: Path) -> None:
    figures = check(Pointing(), load_squad([squad(tmp_path / "s.json")]))

    assert (figures.questions, figures.answerable) == (3, 2)
    assert (figures.exact, figures.f1) == (0.5, 0.5)
    assert (figures.auc, figures.right) == (1.0, 1.0)
    assert figures.threshold == len("When did the Norvik bridge close?") - 30
    assert overlap("The Norvik bridge!", "a bridge") == pytest.approx(2 / 3)


@pytest.mark.models
def test_the_shipped_reader_finds_the_words_and_knows_when_there_are_none(reranker_folder: Path) -> None:
    reader = SpanReader(reranker_folder)
    passage = "The Norvik bridge will close on 3 May for six weeks, the port authority said. Ferries will run instead."

    (asked,) = reader.read("How long will the Norvik bridge be closed?", [("Repairs in Norvik", passage)])
    (else_,) = reader.read("Who won the chess match in Lisbon?", [("Repairs in Norvik", passage)])

    assert "six weeks" in passage[asked[0].start : asked[0].end]
    assert asked[0].margin > 0 > else_[0].margin
    assert reader.read("How long?", [("", ""), ("Only a headline", " ")]) == [[], []]
    assert reader.read("How long?", []) == []
    assert ADAPTER.stat().st_size < 6_500_000


@cache
def real_tokenizer(folder: Path) -> PairTokenizer:
    return PairTokenizer(folder)


@pytest.mark.models
@settings(max_examples=25, deadline=None)
@given(question=text, title=text, passage=text)
def test_offsets_hold_with_the_real_tokenizer(reranker_folder: Path, question: str, title: str, passage: str) -> None:
    (pair,) = real_tokenizer(reranker_folder).pairs(question, [(title, passage)])

    rng = random.Random(len(passage))
    found = readings_of(pair, [[rng.uniform(-9, 9), rng.uniform(-9, 9)] for _ in pair.ids])

    check_offsets(found, passage)
