"""A model's folder in, what it is and what is wrong with it out. Knows no names, no table and no sources.

A pulled folder carries onrecord.json with the size and hash of each of its files. A folder of the user's own has none:
it is judged by what it holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.models.catalogue import Kind, PinnedFile

RECORD = "onrecord.json"
TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "tokenizer.model", "sentencepiece.bpe.model")
TORCH_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")
ONNX_WEIGHTS = "model.onnx"
BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """What onrecord.json says.

    Attributes:
        name: The model, as it was pulled.
        weights: The sha256 of the weights as they were fetched, before any conversion.
        files: All files of the folder but the record itself, in the order of their paths.
    """

    name: str
    weights: str
    files: tuple[PinnedFile, ...]


def read_record(folder: Path) -> Record | None:
    """The record of a pulled folder; None in any other folder."""
    path = folder / RECORD
    if not path.is_file():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    return Record(record["name"], record["weights"], tuple(PinnedFile(**file) for file in record["files"]))


def write_record(folder: Path, name: str, weights: str | None = None) -> None:
    """Hash what lies in a folder and note it there. `weights` is given where they have been converted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)
    files = tuple(
        PinnedFile(path.relative_to(folder).as_posix(), path.stat().st_size, sha256_of(path)) for path in paths
    )
    record = Record(name, weights or weights_sha256(folder), files)
    (folder / RECORD).write_text(json.dumps(asdict(record), indent=1) + "\n", encoding="utf-8")


def fault(folder: Path, record: Record) -> str | None:
    """The first file that is gone or has another size than recorded; None when there is none."""
    for file in record.files:
        path = folder / file.path
        if not path.is_file():
            return f"{path} is gone"
        if (found := path.stat().st_size) != file.bytes:
            return f"{path} has {found:,} bytes, not {file.bytes:,}"
    return None


def lack(folder: Path, kind: Kind) -> str | None:
    """What a folder would need to be loaded as a model of this kind; None when nothing is lacking."""
    as_onnx = kind == "reranker" and (folder / ONNX_WEIGHTS).is_file()
    if not as_onnx and not _found(folder, TORCH_WEIGHTS):
        return "no weights (model.safetensors)"
    if not as_onnx and not _found(folder, ("config.json",)):
        return "no config.json"
    if not _found(folder, TOKENIZERS[:1] if as_onnx else TOKENIZERS):
        return "no tokenizer (tokenizer.json)"
    return None


def weights_sha256(folder: Path) -> str:
    """The sha256 of all weights, one after the other in the order of their paths: for one file its own."""
    digest = hashlib.sha256()
    for path in _found(folder, (*TORCH_WEIGHTS, ONNX_WEIGHTS)):
        for block in _blocks(path):
            digest.update(block)
    return digest.hexdigest()


def sha256_of(path: Path, start: int = 0, length: int | None = None) -> str:
    """The sha256 of a file, or of at most `length` bytes of it from byte `start` on."""
    digest = hashlib.sha256()
    for block in _blocks(path, start, length):
        digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path, start: int = 0, length: int | None = None) -> Iterator[bytes]:
    left = path.stat().st_size - start if length is None else length
    with path.open("rb") as stream:
        stream.seek(start)
        while left > 0 and (block := stream.read(min(left, BLOCK_BYTES))):
            left -= len(block)
            yield block


def _found(folder: Path, patterns: Sequence[str]) -> list[Path]:
    return sorted(path for pattern in patterns for path in folder.rglob(pattern) if path.is_file())
