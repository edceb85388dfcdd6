"""SQuAD files in, the adapter that makes a reader of the ranking model out. Run: python -m rag.reader.train --help."""

from __future__ import annotations

import argparse
import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from rag.reader.adapter import adapt, load_base, resume, save, sha256
from rag.reader.bert import SpanBert
from rag.reader.squad import Example, beside_another, load_squad, with_another_name
from rag.reader.tokens import PairTokenizer

log = logging.getLogger("rag.reader.train")

TOKENS = 176
"""What is kept of a longer pair, around the answer. Passages of an archive are cut to 160 tokens."""

BATCH_TOKENS = 4000
"""Tokens a step: about 27 pairs of one length, little padded."""

PEAK = 6e-4
"""The learning rate at its highest; it falls to nothing at the end."""

WARM_UP = 0.05
"""The share of the run in which it rises."""

LOOKED_AT = 300
"""Held-out questions whose loss is told while training; rag.reader.check looks at all."""

TELLING = 240
"""Seconds between two reports, and two savings."""

FORBIDDEN = -1e4
"""Added to what may not be looked at or chosen."""


@dataclass(frozen=True, slots=True)
class Item:
    """What the model sees of an example, and the first and the last token of the answer; 0 and 0 for none."""

    ids: list[int]
    segments: list[int]
    first: int
    last: int


def item_of(example: Example, tokenizer: PairTokenizer, rng: random.Random) -> Item:
    """Tokens as the reader will see them, half of the time with the article's title before the passage.

    Of a long pair a window is kept that holds the answer anywhere; nothing answers in a part where nothing does in all.
    """
    (pair,) = tokenizer.pairs(example.question, [(example.title if rng.random() < 0.5 else "", example.text)])
    answer = [
        place
        for place, (start, end) in zip(pair.places, pair.offsets, strict=True)
        if start < example.end and end > example.start
    ]
    first, last = (answer[0], answer[-1]) if answer else (0, 0)
    opening, closing = pair.segments.index(1), len(pair.ids) - 1
    room = TOKENS - opening - 1
    spare = max(0, closing - opening - room)
    earliest, latest = (max(0, last + 1 - opening - room), min(spare, first - opening)) if answer else (0, spare)
    skipped = rng.randint(min(earliest, latest), latest)
    kept = [*range(opening), *range(opening + skipped, min(opening + skipped + room, closing)), closing]
    shift = skipped if answer else 0
    return Item([pair.ids[i] for i in kept], [pair.segments[i] for i in kept], first - shift, last - shift)


def batches(items: Sequence[Item], rng: random.Random) -> list[list[Item]]:
    """Items of about one length together, the batches in any order."""
    found: list[list[Item]] = [[]]
    for item in sorted(items, key=lambda item: len(item.ids) + rng.random() * 4):
        if len(item.ids) * (len(found[-1]) + 1) > BATCH_TOKENS:
            found.append([])
        found[-1].append(item)
    rng.shuffle(found)
    return found


def epoch(examples: Sequence[Example], rng: random.Random) -> list[Example]:
    """All questions that people made unanswerable, and for each of them two answerable ones and one made here."""
    hard = [example for example in examples if not example.answerable]
    easy = [example for example in examples if example.answerable]
    return [
        *hard,
        *rng.sample(easy, min(2 * len(hard), len(easy))),
        *beside_another(examples, min(len(hard) * 7 // 10, len(easy)), rng),
        *with_another_name(examples, min(len(hard) * 6 // 10, len(easy)), rng),
    ]


def loss_of(net: SpanBert, batch: Sequence[Item]) -> Tensor:
    """Cross-entropy of the first and the last token, among the passage's tokens and the place for "not here"."""
    width = max(len(item.ids) for item in batch)
    ids = torch.tensor([item.ids + [0] * (width - len(item.ids)) for item in batch])
    segments = torch.tensor([item.segments + [0] * (width - len(item.ids)) for item in batch])
    real = torch.arange(width) < torch.tensor([[len(item.ids)] for item in batch])
    with torch.autocast("cpu", torch.bfloat16):
        logits = net(ids, segments, torch.where(real, 0.0, FORBIDDEN)[:, None, None, :]).float()
    allowed = real & (segments == 1)
    allowed[:, 0] = True
    wanted = torch.tensor([(item.first, item.last) for item in batch])
    return functional.cross_entropy(logits.masked_fill(~allowed[:, :, None], FORBIDDEN), wanted)


def train(
    base: Path,
    squad: Sequence[Path],
    out: Path,
    *,
    start: Path | None,
    held_out: Path | None,
    minutes: float,
    seed: int,
) -> None:
    """Train for some minutes on one core and write the adapter, every few minutes and at the end.

    The learning rate follows the clock, so that a busy machine gives a shorter run and not a broken one.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tokenizer = PairTokenizer(base)
    others = load_squad([held_out]) if held_out else []
    check = [item_of(e, tokenizer, rng) for e in rng.sample(others, min(LOOKED_AT, len(others)))]
    net = load_base(base / "model.onnx")
    optimizer = torch.optim.AdamW(adapt(net), PEAK, weight_decay=0.01)
    if start:
        resume(net, base / "model.onnx", start)
    about = {"base_sha256": sha256(base / "model.onnx"), "data": "SQuAD, CC BY-SA 4.0"}
    began = told = time.monotonic()
    seen = 0
    for batch in _stream(load_squad(squad), tokenizer, rng):
        done = (time.monotonic() - began) / 60 / minutes
        if done >= 1:
            break
        loss = _step(net, batch, optimizer, PEAK * min((done + 0.001) / WARM_UP, (1 - done) / (1 - WARM_UP)))
        seen += len(batch)
        if time.monotonic() - told > TELLING:
            told = time.monotonic()
            save(net, out, about | {"pairs": str(seen)})
            log.info("%.0f%%: %d pairs, loss %.2f, held-out %.3f", 100 * done, seen, loss, _loss(net, check))
    save(net, out, about | {"pairs": str(seen)})
    log.info("%s: %d pairs, held-out %.3f", out, seen, _loss(net, check))


def _step(net: SpanBert, batch: Sequence[Item], optimizer: torch.optim.Optimizer, rate: float) -> float:
    (group,) = optimizer.param_groups
    group["lr"] = rate
    loss = loss_of(net, batch)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(group["params"], 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def _stream(examples: Sequence[Example], tokenizer: PairTokenizer, rng: random.Random) -> Iterator[list[Item]]:
    while True:
        yield from batches([item_of(example, tokenizer, rng) for example in epoch(examples, rng)], rng)


@torch.inference_mode()
def _loss(net: SpanBert, items: Sequence[Item]) -> float:
    groups = batches(items, random.Random(0)) if items else []
    return sum(loss_of(net, group).item() * len(group) for group in groups) / max(1, len(items))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m rag.reader.train", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the ranking model (model.onnx)")
    parser.add_argument("--squad", type=Path, nargs="+", required=True, help="files in the format of SQuAD 2")
    parser.add_argument("--start", type=Path, help="an adapter to go on from")
    parser.add_argument("--held-out", type=Path, help="a file in that format to report the loss on")
    parser.add_argument("--out", type=Path, required=True, help="where to write the adapter")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(
        asked.base,
        asked.squad,
        asked.out,
        start=asked.start,
        held_out=asked.held_out,
        minutes=asked.minutes,
        seed=asked.seed,
    )


if __name__ == "__main__":
    main()
