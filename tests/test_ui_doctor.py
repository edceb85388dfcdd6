"""What the doctor finds, and which command it names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ui_fakes import BILL, BRIDGE, FERRY, ScriptedArchive

from index.errors import ArchiveDamaged, ModelMissing
from rag.confidence import shipped, write_calibrations
from ui import doctor
from ui.cli import run
from ui.commands import opening
from ui.doctor import (
    Finding,
    Machine,
    examine,
    free_bytes,
    memory_bytes,
    memory_limit,
    processor_flags,
    recommended,
    this_machine,
)

X86 = "processor\t: 0\nvendor_id\t: X\nflags\t\t: fpu sse avx512_bf16 amx_bf16\n\nprocessor\t: 1\nflags\t\t: fpu\n"
GB = 1 << 30
BF16 = frozenset({"avx512_bf16"})
ARM = "processor\t: 0\nFeatures\t: fp asimd bf16\n"


@pytest.mark.parametrize(
    ("text", "flags"),
    [(X86, {"fpu", "sse", "avx512_bf16", "amx_bf16"}), (ARM, {"fp", "asimd", "bf16"}), ("processor: 0\n", set())],
)
def test_the_first_processor_is_read(text: str, flags: set[str], tmp_path: Path) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(text, encoding="utf-8")
    assert set(processor_flags(path) or ()) == flags


def test_a_system_that_tells_nothing_is_unknown_not_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert processor_flags(tmp_path / "none") is None
    assert free_bytes(tmp_path / "none") is None
    assert memory_limit(tmp_path / "none") is None
    monkeypatch.setattr(doctor, "this_machine", lambda: Machine(8, None, None, None))
    findings = {each.topic: each for each in examine(tmp_path / "archive", None)}
    assert findings["bf16"].text.startswith("unknown on ")
    assert findings["memory"] == Finding("memory", "note", "unknown on this system")
    assert findings["model"].text.startswith("medium suits this machine (Qwen2.5-Coder-0.5B-Instruct): whether ")
    assert findings["model"].text.endswith("; takes 3.4 GB of unknown memory")


def test_a_processor_without_bf16_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "this_machine", lambda: Machine(4, 2 * GB, GB, frozenset()))
    findings = {each.topic: each for each in examine(tmp_path / "archive", None)}
    assert findings["bf16"].state == "note"
    assert findings["memory"].text == "2.0 GB, 1.0 GB free"
    assert findings["cores"].text == "4"


@pytest.mark.parametrize(
    ("machine", "model", "why"),
    [
        (Machine(2, 16 * GB, 8 * GB, BF16), "default", "takes 4.3 GB of 8.0 GB free"),
        (Machine(2, 16 * GB, None, BF16), "default", "takes 4.3 GB of half of 16.0 GB"),
        (Machine(8, 16 * GB, 3 * GB, BF16), "medium", "default would take 4.3 GB; takes 2.2 GB of 3.0 GB free"),
        (Machine(1, 16 * GB, 8 * GB, BF16), "medium", "on 1 core default is slow; takes 2.2 GB of 8.0 GB free"),
        (
            Machine(8, 32 * GB, 24 * GB, frozenset()),
            "medium",
            "without bf16 instructions default is slow; takes 3.4 GB of 24.0 GB free",
        ),
        (
            Machine(8, 4 * GB, 2 * GB, frozenset()),
            "small",
            "without bf16 instructions default is slow; medium would take 3.4 GB; takes 1.5 GB of 2.0 GB free",
        ),
        (
            Machine(2, 2 * GB, GB, BF16),
            "none",
            "default would take 4.3 GB; medium would take 2.2 GB; small would take 1.3 GB; there is 1.0 GB free",
        ),
    ],
)
def test_the_largest_model_that_fits_and_is_not_slow_is_recommended(machine: Machine, model: str, why: str) -> None:
    finding = recommended(machine)

    assert finding.topic == "model"
    assert finding.state == ("good" if model == "default" else "note")
    assert finding.text.startswith(f"{model} suits this machine")
    assert finding.text.endswith(f": {why}")
    assert finding.remedy == f"onrecord ask --model {model} QUESTION"


def test_names_that_are_recommended_can_be_asked_for() -> None:
    from index.models import DEFAULTS, models

    named = {alias: spec for spec in models() for alias in spec.aliases}

    assert {"small", "medium", "default", "large"} <= named.keys()
    assert named["default"].name == DEFAULTS["generator"]
    assert named["large"].disk_bytes == max(spec.disk_bytes for spec in models() if spec.kind == "generator")
    assert all(spec.aliases for spec in models() if spec.kind == "generator")


def test_memory_is_read_as_the_kernel_tells_it(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal:       24684084 kB\nMemFree:        1 kB\nMemAvailable:   21897008 kB\n", "utf-8")
    limit = tmp_path / "memory.max"

    assert free_bytes(meminfo) == 21897008 * 1024
    meminfo.write_text("MemTotal:       24684084 kB\n", "utf-8")
    assert free_bytes(meminfo) is None
    for text, expected in (("max\n", None), ("2147483648\n", 2 * GB), ("", None)):
        limit.write_text(text, "utf-8")
        assert memory_limit(limit) == expected


def test_a_container_has_what_it_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "memory_limit", lambda file: 64 << 20)
    assert (this_machine().memory_bytes, this_machine().free_bytes) == (64 << 20, 64 << 20)


def test_this_machine_has_memory() -> None:
    assert (memory_bytes() or 0) > 256 << 20
    assert this_machine().cores >= 1


def test_missing_models_are_wrong_and_named_with_their_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from index.models import DEFAULTS

    monkeypatch.setenv("ONRECORD_MODELS", str(tmp_path))
    assert run(["doctor", "--archive", str(tmp_path / "archive")]) == 1
    out = capsys.readouterr().out
    for kind, name in DEFAULTS.items():
        assert f"✗ {kind}: " in out
        assert f"onrecord models pull {name}\n" in out
    assert "was not looked at: its encoder is missing" in out


@pytest.fixture
def models_are_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.models.locate", lambda name, kind: Path("/models") / name)


class Noted(ScriptedArchive):
    """Keeps one text under every name."""

    kept: str | None = None

    def note(self, name: str) -> str | None:
        return self.kept


@pytest.mark.usefixtures("models_are_here")
def test_which_calibration_is_gone_by_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = Noted((BRIDGE,))
    monkeypatch.setattr(opening, "open_archive", lambda folder, encoder: archive)

    def told() -> str:
        run(["doctor", "--archive", "a"])
        (line,) = (line for line in capsys.readouterr().out.splitlines() if " calibration: " in line)
        return line

    assert f"by none from {shipped()[''].threshold:.2f} on (shipped, fitted on " in told()
    own = {model: replace(shipped()[""], model=model, threshold=0.61, fitted_on="s.jsonl") for model in ("", "m@1")}
    archive.kept = write_calibrations(own)
    assert "by none from 0.61 on (kept with the archive, fitted on s.jsonl)" in told()
    assert "by m@1 from 0.61 on (kept with the archive, fitted on s.jsonl)" in told()
    archive.kept = "7"
    assert told().startswith("✗") and "onrecord calibrate --forget" in told()


@pytest.mark.usefixtures("models_are_here")
@pytest.mark.parametrize(
    ("problems", "code", "line"),
    [
        ([], 0, "✓ archive: old news: 3 articles, 3 passages, sound\n"),
        (["a row is bad", "so is another"], 1, "✗ archive: old news: a row is bad; so is another\n"),
    ],
)
def test_an_archive_is_checked(
    problems: list[str], code: int, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opening, "open_archive", lambda folder, encoder: Noted((BRIDGE, BILL, FERRY), problems))
    assert run(["doctor", "--archive", "old news"]) == code
    out = capsys.readouterr().out
    assert line in out
    assert ("rm -r 'old news' && onrecord index FOLDER --archive 'old news'" in out) == bool(problems)


@pytest.mark.usefixtures("models_are_here")
def test_an_archive_that_cannot_be_opened_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def damaged(folder: Path, encoder: str | None) -> ScriptedArchive:
        raise ArchiveDamaged(f"{folder} is damaged: index it again")

    monkeypatch.setattr(opening, "open_archive", damaged)
    assert run(["doctor", "--archive", "a"]) == 1
    assert "✗ archive: a is damaged: index it again\n" in capsys.readouterr().out


def test_models_that_are_not_defaults_may_be_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from index.models import models

    defaults = {spec.name for spec in models() if spec.is_default}

    def locate(name: str, kind: str) -> Path:
        if name not in defaults:
            raise ModelMissing(name)
        return tmp_path / name

    monkeypatch.setattr("index.models.locate", locate)
    found = [each for each in examine(tmp_path / "none", None) if each.topic in ("encoder", "reranker", "generator")]
    assert [each.state for each in found] == ["good"] * len(defaults)
