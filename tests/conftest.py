"""Fixtures shared by all tests. Sockets are closed: see pyproject.toml (`--disable-socket`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.errors import ModelMissing
from index.models import DEFAULTS, locate
from rag.types import Generator

# OpenMP threads wait for each other in a loop: on a busy machine two make a small model ten times slower than one.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Path]:
    """A new empty folder at every call: hypothesis runs one test function many times."""
    count = iter(range(10**6))

    def make() -> Path:
        folder = tmp_path / str(next(count))
        folder.mkdir()
        return folder

    return make


@pytest.fixture(scope="session")
def small_model() -> Iterator[Generator]:
    """The smallest real language model."""
    from rag.generate import TransformersGenerator

    yield TransformersGenerator(_pulled("small", "generator"))


@pytest.fixture(scope="session")
def encoder_folder() -> Path:
    return _pulled(DEFAULTS["encoder"], "encoder")


@pytest.fixture(scope="session")
def reranker_folder() -> Path:
    return _pulled(DEFAULTS["reranker"], "reranker")


def _pulled(name: str, kind: str) -> Path:
    try:
        return locate(name, kind)  # type: ignore[arg-type]
    except ModelMissing as missing:
        pytest.fail(f"{missing} (`make test` pulls what the tests need)")
