"""What the doctor finds, and which command it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from ui_fakes import BILL, BRIDGE, FERRY, ScriptedArchive

from index.errors import ArchiveDamaged, ModelMissing
from ui import doctor
from ui.cli import run
from ui.commands import opening
from ui.doctor import Finding, examine, memory_bytes, processor_flags

X86 = "processor\t: 0\nvendor_id\t: X\nflags\t\t: fpu sse avx512_bf16 amx_bf16\n\nprocessor\t: 1\nflags\t\t: fpu\n"
ARM = "processor\t: 0\nFeatures\t: fp asimd bf16\n"


@pytest.mark.parametrize(
    ("text", "flags"),
    [(X86, {"fpu", "sse", "avx512_bf16", "amx_bf16"}), (ARM, {"fp", "asimd", "bf16"}), ("processor: 0\n", set())],
)
def test_the_first_processor_is_read(text: str, flags: set[str], tmp_path: Path) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(text, encoding="utf-8")
    assert set(processor_flags(path) or ()) == flags


def test_a_system_without_cpuinfo_is_unknown_not_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert processor_flags(tmp_path / "none") is None
    monkeypatch.setattr(doctor, "processor_flags", lambda path: None)
    monkeypatch.setattr(doctor, "memory_bytes", lambda: None)
    findings = {each.topic: each for each in examine(tmp_path / "archive", None)}
    assert findings["bf16"].text.startswith("unknown on ")
    assert findings["memory"] == Finding("memory", "note", "unknown on this system")


def test_a_processor_without_bf16_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "processor_flags", lambda path: frozenset({"fpu"}))
    monkeypatch.setattr(doctor, "memory_bytes", lambda: 2 << 30)
    findings = {each.topic: each for each in examine(tmp_path / "archive", None)}
    assert findings["bf16"].state == "note"
    assert findings["memory"].text == "2.0 GB: little for the default model; ask with --model small"


def test_this_machine_has_memory() -> None:
    assert (memory_bytes() or 0) > 256 << 20


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
    monkeypatch.setattr(
        opening, "open_archive", lambda folder, encoder: ScriptedArchive((BRIDGE, BILL, FERRY), problems)
    )
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
