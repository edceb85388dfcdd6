"""A very small BERT as dynamic quantization leaves one: model.onnx and tokenizer.json, random weights, few words."""

from __future__ import annotations

import random
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

WIDTH, INNER, LAYERS = 64, 96, 2
WORDS = ("the", "bridge", "closed", "on", "monday", "for", "six", "weeks", "when", "did", "who", "##s", "##d", ".", "?")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789,"

INT8, UINT8 = 3, 2


def make_bert(folder: Path, seed: int = 0) -> Path:
    """Write both files into a folder."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    vocabulary = [*special, *WORDS, *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    tokenizer = Tokenizer(WordPiece({w: i for i, w in enumerate(dict.fromkeys(vocabulary))}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(onnx_of(sizes(tokenizer.get_vocab_size()), random.Random(seed)))
    return folder


def sizes(words: int) -> dict[str, tuple[int, ...]]:
    """Weight by its name in PyTorch → its shape there."""
    found: dict[str, tuple[int, ...]] = {
        "bert.embeddings.word_embeddings.weight": (words, WIDTH),
        "bert.embeddings.position_embeddings.weight": (512, WIDTH),
        "bert.embeddings.token_type_embeddings.weight": (2, WIDTH),
        "bert.embeddings.LayerNorm.weight": (WIDTH,),
        "bert.embeddings.LayerNorm.bias": (WIDTH,),
    }
    parts = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
        "attention.output.LayerNorm": (WIDTH,),
        "output.LayerNorm": (WIDTH,),
    }
    products = {f"bert.encoder.layer.{n}.{part}": shape for n in range(LAYERS) for part, shape in parts.items()}
    for name, shape in (products | {"bert.pooler.dense": (WIDTH, WIDTH), "classifier": (1, WIDTH)}).items():
        found |= {f"{name}.weight": shape, f"{name}.bias": shape[:1]}
    return found


def onnx_of(shapes: Mapping[str, tuple[int, ...]], rng: random.Random) -> bytes:
    """Matrices as int8 with a scale, turned over and without their names; embeddings as uint8; the rest as it is."""
    graph = b""
    for number, (name, shape) in enumerate(shapes.items()):
        if len(shape) == 1:
            values = [1.0 if name.endswith("Norm.weight") else rng.uniform(-0.1, 0.1) for _ in range(shape[0])]
            graph += bytes_field(5, tensor(name, shape, 1, struct.pack(f"<{len(values)}f", *values)))
            continue
        embedding = "embeddings" in name
        stored = name if embedding else f"onnx::MatMul_{number}"
        raw = bytes(rng.randrange(256) for _ in range(shape[0] * shape[1]))
        kind, turned = (UINT8, shape) if embedding else (INT8, shape[::-1])
        graph += bytes_field(5, tensor(f"{stored}_quantized", turned, kind, raw))
        graph += bytes_field(5, tensor(f"{stored}_scale", (), 1, struct.pack("<f", 0.002), field=4))
        zero = varint(128 if embedding else 0)
        graph += bytes_field(5, tensor(f"{stored}_zero_point", (), kind, zero, field=5))
        module = name.removesuffix(".weight").replace(".", "/")
        if not embedding:
            graph += bytes_field(1, node(f"/{module}/MatMul_quant", ["x_quantized", f"{stored}_quantized"]))
    return number_field(1, 8) + bytes_field(7, graph)


def tensor(name: str, shape: Sequence[int], kind: int, data: bytes, field: int = 9) -> bytes:
    lengths = b"".join(number_field(1, length) for length in shape)
    return lengths + number_field(2, kind) + bytes_field(8, name.encode()) + bytes_field(field, data)


def node(name: str, inputs: Sequence[str]) -> bytes:
    return b"".join(bytes_field(1, put.encode()) for put in inputs) + bytes_field(3, name.encode())


def number_field(field: int, number: int) -> bytes:
    return varint(field << 3) + varint(number)


def bytes_field(field: int, data: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(data)) + data


def varint(number: int) -> bytes:
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + varint(rest) if rest else bytes([low])
