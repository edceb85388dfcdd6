"""Facts about the machine, the models and the archive in, findings out, each with the one command that mends it.

Looks only; changes nothing and prints nothing.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Literal

from index.errors import ArchiveMissing, ModelMissing, OnRecordError

State = Literal["good", "note", "wrong"]
"""good: as it should be; note: worth knowing, nothing is broken; wrong: something will fail."""

LEAST_MEMORY = 4 << 30
"""Bytes: the default models in bf16 and an archive beside them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact judged; `remedy` is a command, "" where none is needed."""

    topic: str
    state: State
    text: str
    remedy: str = ""


def examine(archive: Path, encoder: str | None) -> Iterator[Finding]:
    """Everything that is looked at, in the order a new user needs it."""
    yield _python()
    yield _cores()
    yield _memory()
    yield _bf16()
    yield from _models()
    yield _archive(archive, encoder)


def _python() -> Finding:
    return Finding("python", "good", f"{platform.python_version()} at {sys.executable}")


def _cores() -> Finding:
    from index.processor import core_count

    return Finding("cores", "good", str(core_count()))


def _memory() -> Finding:
    total = memory_bytes()
    if total is None:
        return Finding("memory", "note", "unknown on this system")
    size = f"{total / (1 << 30):.1f} GB"
    if total < LEAST_MEMORY:
        text = f"{size}: little for the default model; ask with --model small"
        return Finding("memory", "note", text, "onrecord models pull small")
    return Finding("memory", "good", size)


def memory_bytes() -> int | None:
    """The machine's memory, None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _bf16() -> Finding:
    flags = processor_flags(Path("/proc/cpuinfo"))
    if flags is None:
        return Finding("bf16", "note", f"unknown on {platform.system()}")
    found = sorted(flags & {"avx512_bf16", "amx_bf16", "bf16"})
    if found:
        return Finding("bf16", "good", f"{', '.join(found)}: answers come fast")
    return Finding("bf16", "note", "this processor has no bf16 instructions: answers are right but slower")


def processor_flags(cpuinfo: Path) -> frozenset[str] | None:
    """What the first processor can do, by the kernel's names; None where there is no such file."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    for line in lines:
        name, _, value = line.partition(":")
        if name.strip() in ("flags", "Features"):  # x86, ARM
            return frozenset(value.split())
    return frozenset()


def _models() -> Iterator[Finding]:
    """A finding per default model, and per other one that is here. The errors name the command that mends them."""
    from index.models import locate, models

    for spec in models():
        try:
            folder = locate(spec.name, spec.kind)
        except OnRecordError as error:
            if spec.is_default or not isinstance(error, ModelMissing):
                yield Finding(spec.kind, "wrong", str(error))
        else:
            yield Finding(spec.kind, "good", f"{spec.name} in {folder}")


def _archive(folder: Path, encoder: str | None) -> Finding:
    from ui.commands.opening import open_archive

    option = f" --archive {quote(str(folder))}"
    try:
        with open_archive(folder, encoder) as archive:
            problems, stats = archive.check(), archive.stats()
    except ArchiveMissing:
        return Finding("archive", "note", f"nothing is indexed in {folder} yet", f"onrecord index FOLDER{option}")
    except ModelMissing:
        return Finding("archive", "note", f"{folder} was not looked at: its encoder is missing")
    except OnRecordError as error:
        return Finding("archive", "wrong", str(error))
    if problems:
        mend = f"rm -r {quote(str(folder))} && onrecord index FOLDER{option}"
        return Finding("archive", "wrong", f"{folder}: {'; '.join(problems)}", mend)
    return Finding("archive", "good", f"{folder}: {stats.articles:,} articles, {stats.passages:,} passages, sound")
