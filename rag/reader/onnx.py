"""A dynamically quantized BERT in ONNX in, its weights as float32 tensors under their names in PyTorch out.

ONNX is protobuf, and protobuf is (field number, value) after (field number, value): the few fields that hold weights
are read here without a library. Knows what quantization leaves behind (integers with one scale and one zero point a
tensor; matrices stored inputs by outputs, and known only by the product that uses them), nothing about networks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch

from index.errors import ModelError

Fields = Mapping[int, list[memoryview]]
"""One message: field number → its values in order, numbers as their bytes."""

GRAPH = 7  # of a model
NODE, WEIGHT = 1, 5  # of a graph
NODE_INPUT, NODE_NAME = 1, 3
SHAPE, TYPE, FLOATS, INTEGERS, NAME, RAW = 1, 2, 4, 5, 8, 9  # of a tensor

TYPES = {1: torch.float32, 2: torch.uint8, 3: torch.int8}


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """Every weight of a file by name: "bert.encoder.layer.0.attention.self.query.weight" is (outputs, inputs), float32.

    Raises:
        ModelError: The file is no ONNX file of that kind.
    """
    try:
        (graph,) = _fields(memoryview(path.read_bytes()))[GRAPH]
        parts = _fields(graph)
        stored = dict(_tensor(_fields(weight)) for weight in parts[WEIGHT])
        names = dict(_product(_fields(node)) for node in parts[NODE])
        return dict(_weights(stored, names))
    except (KeyError, IndexError, ValueError, RuntimeError) as fault:
        raise ModelError(f"{path} is no quantized BERT in ONNX ({fault!r}): pull the model again") from fault


def _weights(stored: Mapping[str, torch.Tensor], names: Mapping[str, str]) -> Iterator[tuple[str, torch.Tensor]]:
    for key, values in stored.items():
        name = key.removesuffix("_quantized")
        if name != key:
            full = (values.float() - stored[f"{name}_zero_point"].float()) * stored[f"{name}_scale"]
            yield (names[key], full.T.contiguous()) if key in names else (name, full)
        elif not key.endswith(("_scale", "_zero_point")):
            yield key, values


def _product(node: Fields) -> tuple[str, str]:
    """What a product multiplies with, and whose weight that is: /bert/pooler/dense/MatMul_quant → bert.pooler.dense."""
    module, _, kind = _text(node[NODE_NAME]).strip("/").rpartition("/")
    if not kind.endswith("MatMul_quant"):
        return "", ""
    return _text(node[NODE_INPUT][1:]), f"{module.replace('/', '.')}.weight"


def _tensor(tensor: Fields) -> tuple[str, torch.Tensor]:
    shape = [_varint(size, 0)[0] for size in tensor.get(SHAPE, [])]
    dtype = TYPES[_varint(tensor[TYPE][0], 0)[0]]
    if INTEGERS in tensor:  # zero points come one by one, as numbers of any size
        values = torch.tensor([_varint(number, 0)[0] for number in tensor[INTEGERS]]).to(dtype)
    else:
        values = torch.frombuffer(bytearray(tensor[RAW if RAW in tensor else FLOATS][0]), dtype=dtype)
    return _text(tensor[NAME]), values.reshape(shape)


def _text(values: list[memoryview]) -> str:
    return bytes(values[0]).decode()


def _fields(message: memoryview) -> Fields:
    found: dict[int, list[memoryview]] = defaultdict(list)
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        match key & 7:
            case 0:
                end = _varint(message, at)[1]
            case 1:
                end = at + 8
            case 2:
                length, at = _varint(message, at)
                end = at + length
            case 5:
                end = at + 4
            case kind:
                raise ValueError(f"wire type {kind} at byte {at}")
        found[key >> 3].append(message[at:end])
        at = end
    return found


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, lowest first, and where the next value starts."""
    number = shift = 0
    while True:
        byte = message[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
