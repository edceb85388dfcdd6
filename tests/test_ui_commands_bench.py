"""`onrecord bench answer` on a real model, small."""

from __future__ import annotations

import json

import pytest

from index.errors import UsageError
from rag.writing.limits import Limits
from ui.commands.bench import bench_answer


def test_without_a_model_there_is_nothing_to_measure() -> None:
    with pytest.raises(UsageError, match="--model"):
        bench_answer("none", as_json=False)


@pytest.mark.models
def test_figures_stand_beside_what_the_machine_allows(
    small_model: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rag.writing.limits.measure_limits", lambda: Limits(gigaflops=500.0, gigabytes=10.0))

    bench_answer("small", as_json=True)
    record = json.loads(capsys.readouterr().out)

    assert record["model"].startswith("SmolLM2")
    assert record["limits"] == {"gigaflops": 500.0, "gigabytes": 10.0}
    assert 20 < record["allowed"]["steps_per_second"] < 50  # 0.27 GB of weights in bf16, 0.54 in float32
    assert 2000 < record["allowed"]["prompt_tokens_per_second"] < 2600  # 106 M parameters in its layers
    assert 0 < record["first_token_seconds"] <= record["answer_seconds"]
    assert 0 < record["new_tokens"] < record["prompt_tokens"]
