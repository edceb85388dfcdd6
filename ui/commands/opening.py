"""The names a user chose in, an open pipeline or archive out. The heavy imports happen here, once a command runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from index.errors import UsageError

if TYPE_CHECKING:
    from index.archive import Archive
    from index.types import Encoder
    from rag.pipeline import Pipeline
    from rag.types import Part

ANSWERED, FAILED, WRONG_USAGE, NOT_SAID, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which archive and which models; None means the default one.

    `model` may also be none, for no language model, or the address of a model server: http://host:port/v1#name.
    `without` are the parts of finding to leave out.
    """

    archive: Path
    encoder: str | None = None
    reranker: str | None = None
    model: str | None = None
    without: frozenset[Part] = frozenset()


def archive_folder(given: Path | None) -> Path:
    """The folder given, else ONRECORD_ARCHIVE, else `onrecord-archive` where we are."""
    return given or Path(os.environ.get("ONRECORD_ARCHIVE") or "onrecord-archive")


def parts_left_out(names: Sequence[str], *, fast: bool) -> frozenset[Part]:
    """The parts of finding that go by these names, and reranking where it has to be fast.

    Raises:
        UsageError: No part is called so.
    """
    from rag.types import Part

    parts: tuple[Part, ...] = get_args(Part)
    for name in names:
        if name not in parts:
            raise UsageError(f"no part of finding is called {name!r}: --without takes {', '.join(parts)}")
    return frozenset(part for part in parts if part in names or (fast and part == "rerank"))


def open_pipeline(choice: Choice) -> Pipeline:
    """The pipeline that answers; a context manager."""
    from rag.pipeline import Settings, open_pipeline

    return open_pipeline(
        choice.archive,
        encoder=choice.encoder,
        reranker=choice.reranker,
        model=choice.model,
        settings=Settings(without=choice.without),
    )


def open_archive(folder: Path, encoder: str | None, *, create: bool = False) -> Archive:
    """The archive alone, for what needs no answers; a context manager."""
    from index.archive import Archive

    return Archive.open(folder, open_encoder(encoder), create=create)


def open_encoder(name: str | None) -> Encoder:
    """The encoder that goes by this name, or the default one.

    Raises:
        ModelMissing: It is not on this machine yet.
    """
    from index.encode import SentenceEncoder
    from index.models import DEFAULTS, locate

    return SentenceEncoder(locate(name or DEFAULTS["encoder"], "encoder"))
