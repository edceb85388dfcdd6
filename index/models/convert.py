"""A GGUF file in, a folder that transformers loads in bf16 out. Knows nothing of tables, downloads or where models lie.

Reading GGUF takes transformers up to a minute at every start and twice the model's memory; the folder written here
starts in a second. Tensors go through one slab of rows at a time, so a model of any size passes through a few
hundred megabytes (plus the pages of the mapped source, which the system may drop). The same source gives the same
bytes.

Only what was checked tensor by tensor and token by token is converted: llama and qwen2 with a byte-level BPE
tokenizer. Anything else is refused by name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

Facts = Mapping[str, Any]
"""The metadata of a GGUF file: key → number, text or list, as `gguf` reads it."""

CLASSES = {"llama": "LlamaForCausalLM", "qwen2": "Qwen2ForCausalLM"}

TENSORS = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}

_BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
_QWEN2_WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
SPLITS: Mapping[str, tuple[dict[str, Any], ...]] = {
    "smollm": ({"type": "Digits", "individual_digits": True}, _BYTES | {"use_regex": True}),
    "qwen2": (
        {"type": "Split", "pattern": {"Regex": _QWEN2_WORDS}, "behavior": "Isolated", "invert": False},
        _BYTES | {"use_regex": False},
    ),
}
"""How text was cut before merges were learned; GGUF only names it. Wrong cuts cost accuracy without any error."""

NORMALIZERS = {"smollm": None, "qwen2": {"type": "NFC"}}

CONTROL, USER_DEFINED, UNUSED = 3, 4, 5  # tokenizer.ggml.token_type

SLAB_VALUES = 1 << 23  # 32 MB as float32; `gguf` needs a few times that while it unpacks


def convert(source: Path, folder: Path, on_bytes: Callable[[int, int], None] | None = None) -> None:
    """Write config.json, generation_config.json, tokenizer files and model.safetensors into an existing folder.

    Args:
        source: A GGUF file, read through a memory map.
        folder: Where to write. Not atomic: hand over a staging folder.
        on_bytes: Called with (bytes written, bytes in all) of the weights.

    Raises:
        ModelError: The file's architecture, tokenizer or one of its tensors is none that is known here.
    """
    from gguf import GGUFReader

    reader = GGUFReader(source)
    facts: Facts = {key: field.contents() for key, field in reader.fields.items()}
    architecture = facts["general.architecture"]
    if architecture not in CLASSES:
        raise ModelError(f"{source}: {architecture} models cannot be converted, only {', '.join(CLASSES)}")
    tied = all(tensor.name != "output.weight" for tensor in reader.tensors)
    heads = _heads(facts) if architecture == "llama" else {}
    texts = {
        "config.json": _config(facts, tied=tied),
        "generation_config.json": _generation(facts),
        "tokenizer.json": _tokenizer(facts, source),
        "tokenizer_config.json": _tokenizer_settings(facts),
    }
    for name, content in texts.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    with (folder / "model.safetensors").open("wb") as out:
        _write_weights(reader.tensors, heads, out, on_bytes or (lambda _done, _total: None))


def _write_weights(
    tensors: list[Any], heads: Mapping[str, int], out: BinaryIO, on_bytes: Callable[[int, int], None]
) -> None:
    """Safetensors is a length (8 bytes), a JSON header and the tensors' bytes: simple enough to stream."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    total = 0
    for tensor in tensors:
        shape = [int(length) for length in reversed(tensor.shape)]  # GGUF names the fastest axis first
        begin, total = total, total + 2 * prod(shape)
        header[tensor_name(tensor.name)] = {"dtype": "BF16", "shape": shape, "data_offsets": [begin, total]}
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)  # the format wants the tensors aligned
    out.write(len(head).to_bytes(8, "little") + head)
    start = out.tell()
    for tensor in tensors:
        for slab in _slabs(tensor, heads):
            out.write(slab)
            on_bytes(out.tell() - start, total)


def _slabs(tensor: Any, heads: Mapping[str, int]) -> Iterator[bytes]:
    """One tensor's bf16 bytes, some rows at a time. Rows are packed independently, so they can be moved unopened."""
    from gguf import GGMLQuantizationType
    from gguf.quants import dequantize, quantize

    part = tensor.name.split(".")[-2]
    rows = tensor.data if len(tensor.shape) > 1 else tensor.data.reshape(-1, 1)
    order = rotary_order(len(rows), heads[part]) if part in heads else np.arange(len(rows))
    step = max(1, SLAB_VALUES // int(prod(tensor.shape) // len(rows)))
    for start in range(0, len(rows), step):
        values = dequantize(rows[order[start : start + step]], tensor.tensor_type)
        yield quantize(values, GGMLQuantizationType.BF16).tobytes()


def rotary_order(rows: int, heads: int) -> npt.NDArray[np.intp]:
    """Where transformers' i-th row of a query or key matrix lies in a GGUF file.

    GGUF pairs the two halves of a rotary dimension side by side (0, 0', 1, 1', ...); transformers keeps the halves
    apart (0, 1, ..., 0', 1', ...), within each head.
    """
    return np.arange(rows).reshape(heads, rows // heads // 2, 2).swapaxes(1, 2).reshape(-1)


def tensor_name(name: str) -> str:
    """`blk.3.attn_q.weight` → `model.layers.3.self_attn.q_proj.weight`."""
    *block, part, suffix = name.split(".")
    if part not in TENSORS:
        raise ModelError(f"the GGUF file holds a tensor {name} that neither llama nor qwen2 models have")
    layer = f"model.layers.{block[1]}." if block else ""
    return f"{layer}{TENSORS[part]}.{suffix}"


def _heads(facts: Facts) -> dict[str, int]:
    count = facts["llama.attention.head_count"]
    return {"attn_q": count, "attn_k": facts.get("llama.attention.head_count_kv", count)}


def _config(facts: Facts, *, tied: bool) -> dict[str, object]:
    architecture = facts["general.architecture"]

    def fact(key: str) -> Any:
        return facts[f"{architecture}.{key}"]

    return {
        "architectures": [CLASSES[architecture]],
        "model_type": architecture,
        "dtype": "bfloat16",
        "vocab_size": len(facts["tokenizer.ggml.tokens"]),
        "hidden_size": fact("embedding_length"),
        "intermediate_size": fact("feed_forward_length"),
        "num_hidden_layers": fact("block_count"),
        "num_attention_heads": fact("attention.head_count"),
        "num_key_value_heads": fact("attention.head_count_kv"),
        "max_position_embeddings": fact("context_length"),
        "rms_norm_eps": fact("attention.layer_norm_rms_epsilon"),
        "rope_parameters": {"rope_type": "default", "rope_theta": fact("rope.freq_base")},
        "hidden_act": "silu",
        "tie_word_embeddings": tied,
        "bos_token_id": facts.get("tokenizer.ggml.bos_token_id"),
        "eos_token_id": facts["tokenizer.ggml.eos_token_id"],
        "pad_token_id": facts.get("tokenizer.ggml.padding_token_id"),
    }


def _generation(facts: Facts) -> dict[str, object]:
    """Greedy, and stopping at the end of a turn or of a text: a small model sometimes says the second for the first."""
    tokens: list[str] = facts["tokenizer.ggml.tokens"]
    ends = [facts["tokenizer.ggml.eos_token_id"]]
    if "<|endoftext|>" in tokens:
        ends.append(tokens.index("<|endoftext|>"))
    return {
        "do_sample": False,
        "bos_token_id": facts.get("tokenizer.ggml.bos_token_id"),
        "eos_token_id": list(dict.fromkeys(ends)),
        "pad_token_id": facts.get("tokenizer.ggml.padding_token_id", ends[0]),
    }


def _tokenizer(facts: Facts, source: Path) -> dict[str, object]:
    """tokenizer.json as the `tokenizers` library reads it."""
    split = facts.get("tokenizer.ggml.pre", "")
    if facts["tokenizer.ggml.model"] != "gpt2" or split not in SPLITS:
        raise ModelError(f"{source}: its tokenizer ({split!r}) cannot be converted, only {', '.join(SPLITS)}")
    if facts.get("tokenizer.ggml.add_bos_token", False):
        raise ModelError(f"{source}: its tokenizer opens each text with a token, which is not converted yet")
    tokens = list(enumerate(zip(facts["tokenizer.ggml.tokens"], facts["tokenizer.ggml.token_type"], strict=True)))
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": number, "content": token, "special": kind == CONTROL}
            | dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
            for number, (token, kind) in tokens
            if kind in (CONTROL, USER_DEFINED)
        ],
        "normalizer": NORMALIZERS[split],
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": list(SPLITS[split])},
        "post_processor": None,
        "decoder": _BYTES | {"use_regex": True},
        "model": {
            "type": "BPE",
            "vocab": {token: number for number, (token, kind) in tokens if kind != UNUSED},
            "merges": [merge.split(" ") for merge in facts["tokenizer.ggml.merges"]],
        },
    }


def _tokenizer_settings(facts: Facts) -> dict[str, object]:
    tokens: list[str] = facts["tokenizer.ggml.tokens"]
    special = {
        name: tokens[facts[key]]
        for name, key in {
            "bos_token": "tokenizer.ggml.bos_token_id",
            "eos_token": "tokenizer.ggml.eos_token_id",
            "unk_token": "tokenizer.ggml.unknown_token_id",
            "pad_token": "tokenizer.ggml.padding_token_id",
        }.items()
        if key in facts
    }
    return special | {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": facts[f"{facts['general.architecture']}.context_length"],
        "clean_up_tokenization_spaces": False,
        "chat_template": facts.get("tokenizer.chat_template"),
    }
