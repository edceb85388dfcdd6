"""A ranking model and a small file of what was learned on top in, a SpanBert that reads out; and that file's making.

The file holds two thin matrices for each weight, whose product is added to it (low-rank adaptation), and the heads
whole. It names the model it was trained on by sha256: to any other one it would add noise, so that is an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn.utils import parametrize

from index.errors import ModelError
from index.processor import weights_dtype
from rag.reader.bert import Shape, SpanBert
from rag.reader.onnx import read_weights

RANK = 32
SCALE = 2.0
"""How much of the product is added."""

WHOLE = ("pool", "rank", "span")
"""Modules that are kept whole: small, and the task is theirs."""

_TRAINED = ".parametrizations.weight.0"
"""Stands in the names of what `adapt` adds, until it is saved."""

_NAMES = {
    "words": "bert.embeddings.word_embeddings",
    "positions": "bert.embeddings.position_embeddings",
    "segments": "bert.embeddings.token_type_embeddings",
    "norm": "bert.embeddings.LayerNorm",
    "pool": "bert.pooler.dense",
    "rank": "classifier",
}
_IN_LAYER = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mix": "attention.output.dense",
    "mix_norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}


class LowRank(nn.Module):
    """A weight plus the product of two thin matrices; nothing at first."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.up = nn.Parameter(torch.zeros(rows, RANK))
        self.down = nn.Parameter(torch.randn(RANK, columns) / RANK**0.5 / 4)

    def forward(self, weight: Tensor) -> Tensor:
        """The sum, for `parametrize`."""
        return weight + SCALE * self.up @ self.down


def load_base(path: Path) -> SpanBert:
    """The ranking model of a model.onnx, with a span head that knows nothing yet."""
    weights = read_weights(path)
    words, width = weights["bert.embeddings.word_embeddings.weight"].shape
    layers = sum(name.endswith("intermediate.dense.weight") for name in weights)
    shape = Shape(
        words=words,
        positions=len(weights["bert.embeddings.position_embeddings.weight"]),
        width=width,
        inner=len(weights["bert.encoder.layer.0.intermediate.dense.bias"]),
        layers=layers,
        heads=width // 32,
    )
    with torch.device("meta"):
        net = SpanBert(shape)
    ours = {name: weights[_onnx_name(name)] for name in net.state_dict() if not name.startswith("span.")}
    ours |= {"span.weight": torch.zeros(2, width), "span.bias": torch.zeros(2)}
    net.load_state_dict(ours, assign=True)
    return net


def adapt(net: SpanBert) -> list[nn.Parameter]:
    """Make a model trainable in what an adapter holds, and only that."""
    net.requires_grad_(requires_grad=False)
    for layer in net.layers:
        for module in layer.children():
            if isinstance(module, nn.Linear):
                parametrize.register_parametrization(module, "weight", LowRank(*module.weight.shape))
    for name in WHOLE:
        net.get_submodule(name).requires_grad_(requires_grad=True)
    return [parameter for parameter in net.parameters() if parameter.requires_grad]


def save(net: SpanBert, path: Path, about: Mapping[str, str]) -> None:
    """Write what `adapt` made trainable, in bf16, and words about it ("base_sha256": what it was trained on)."""
    learned = {
        name.replace(_TRAINED, ""): parameter.detach().bfloat16().contiguous()
        for name, parameter in net.named_parameters()
        if parameter.requires_grad
    }
    save_file(learned, path, dict(about))


def load_adapted(base: Path, adapter: Path) -> SpanBert:
    """The reader of a model.onnx and an adapter, in the processor's best number format.

    Raises:
        ModelError: One of the files is damaged, or the adapter was trained on another model.onnx.
    """
    net = load_base(base)
    merge(net, _learned(adapter, base))
    return net.to(weights_dtype()).eval()


def resume(net: SpanBert, base: Path, adapter: Path) -> None:
    """Put what an adapter holds into a model that `adapt` made trainable."""
    weights = net.state_dict()
    for name, values in _learned(adapter, base).items():
        module, _, kind = name.rpartition(".")
        weights[f"{module}{_TRAINED}.{kind}" if kind in {"up", "down"} else name].copy_(values)


def merge(net: SpanBert, learned: Mapping[str, Tensor]) -> None:
    """Add what an adapter holds to a model's weights."""
    weights = net.state_dict()
    for name, values in learned.items():
        module, _, kind = name.rpartition(".")
        match kind:
            case "down":
                weights[f"{module}.weight"] += SCALE * learned[f"{module}.up"] @ values
            case "weight" | "bias":
                weights[name].copy_(values)


def _learned(adapter: Path, base: Path) -> dict[str, Tensor]:
    try:
        with safe_open(adapter, "pt") as file:
            trained_on = file.metadata().get("base_sha256")
            learned = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 - it has no iterator
    except (SafetensorError, OSError, AttributeError) as fault:
        raise ModelError(f"{adapter} cannot be read ({fault}): install onrecord again") from fault
    if trained_on != (found := sha256(base)):
        raise ModelError(
            f"{adapter.name} was trained on a model.onnx with sha256 {trained_on}, but {base} has {found}: "
            "use the model it was trained on, or train another one (python -m rag.reader.train)"
        )
    return learned


def sha256(path: Path) -> str:
    """A file's sha256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _onnx_name(name: str) -> str:
    """`layers.3.mix.weight` → `bert.encoder.layer.3.attention.output.dense.weight`."""
    match name.split("."):
        case ["layers", number, part, kind]:
            return f"bert.encoder.layer.{number}.{_IN_LAYER[part]}.{kind}"
        case [part, kind]:
            return f"{_NAMES[part]}.{kind}"
    raise AssertionError(f"{name} is no weight of SpanBert")
