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

from index.errors import ArchiveMissing, ModelMissing, OnRecordError, StaleCalibration

State = Literal["good", "note", "wrong"]
"""good: as it should be; note: worth knowing, nothing is broken; wrong: something will fail."""

REST_BYTES = 1 << 30
"""All but the language model: 0.7 GB for libraries, encoder and cross-encoder, the rest for an archive's vectors."""

LEAST_CORES = 2
"""For the default model: with bf16 it answers in 2.3 s at the median on two (README.md)."""

GIGABYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Machine:
    """What decides which model suits; None: the system does not tell."""

    cores: int
    memory_bytes: int | None
    free_bytes: int | None
    bf16: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact judged; `remedy` is a command, "" where none is needed."""

    topic: str
    state: State
    text: str
    remedy: str = ""


def examine(archive: Path, encoder: str | None) -> Iterator[Finding]:
    """Everything that is looked at, in the order a new user needs it."""
    machine = this_machine()
    yield _python()
    yield Finding("cores", "good", str(machine.cores))
    yield _memory(machine)
    yield _bf16(machine)
    yield recommended(machine)
    yield from _models()
    yield from _archive(archive, encoder)


def this_machine() -> Machine:
    """What this machine is, as far as its system tells."""
    from index.processor import core_count

    total, free = memory_bytes(), free_bytes(Path("/proc/meminfo"))
    limit = memory_limit(Path("/sys/fs/cgroup/memory.max"))
    if limit is not None:
        total, free = (limit if size is None else min(size, limit) for size in (total, free))
    flags = processor_flags(Path("/proc/cpuinfo"))
    bf16 = None if flags is None else flags & {"avx512_bf16", "amx_bf16", "bf16"}
    return Machine(core_count(), total, free, bf16)


def recommended(machine: Machine) -> Finding:
    """Which language model suits a machine, and why: the largest that fits its memory and is not too slow for it."""
    from index.models import models

    slow = _slowness(machine)
    room, described = _room(machine)
    reasons = [slow] if slow else []
    for spec in sorted((spec for spec in models() if spec.kind == "generator"), key=lambda spec: -spec.disk_bytes):
        if spec.is_default and slow:
            continue
        name = spec.aliases[0]
        needed = REST_BYTES + spec.disk_bytes * (1 if machine.bf16 else 2)  # without bf16 its weights become float32
        if room is None or needed <= room:
            why = "; ".join([*reasons, f"takes {_size(needed)} of {described}"])
            state: State = "good" if spec.is_default else "note"
            return Finding("model", state, f"{name} suits this machine ({spec.name}): {why}", _use(name))
        reasons.append(f"{name} would take {_size(needed)}")
    why = "; ".join([*reasons, f"there is {described}"])
    return Finding("model", "note", f"none suits this machine, the articles' own sentences answer: {why}", _use("none"))


def _room(machine: Machine) -> tuple[int | None, str]:
    """How much memory a model may take, in bytes and in words; None: unknown."""
    if machine.free_bytes is not None:
        return machine.free_bytes, f"{_size(machine.free_bytes)} free"
    if machine.memory_bytes is not None:  # the other half for the system and what else runs
        return machine.memory_bytes // 2, f"half of {_size(machine.memory_bytes)}"
    return None, "unknown memory"


def _slowness(machine: Machine) -> str:
    """Why the default model would be slow here; "" where it is not."""
    if machine.bf16 is None:
        return f"whether {platform.system()} has bf16 instructions is unknown, without them default is slow"
    if not machine.bf16:
        return "without bf16 instructions default is slow"
    return f"on {machine.cores} core default is slow" if machine.cores < LEAST_CORES else ""


def _use(model: str) -> str:
    return f"onrecord ask --model {model} QUESTION"


def _size(count: int) -> str:
    return f"{count / GIGABYTE:.1f} GB"


def _python() -> Finding:
    return Finding("python", "good", f"{platform.python_version()} at {sys.executable}")


def _memory(machine: Machine) -> Finding:
    if machine.memory_bytes is None:
        return Finding("memory", "note", "unknown on this system")
    free = "" if machine.free_bytes is None else f", {_size(machine.free_bytes)} free"
    return Finding("memory", "good", f"{_size(machine.memory_bytes)}{free}")


def memory_bytes() -> int | None:
    """The machine's memory, None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def free_bytes(meminfo: Path) -> int | None:
    """What programs may still take, by the kernel's estimate; None where there is no such file."""
    try:
        lines = meminfo.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    amounts = (line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    return next((int(kilobytes) << 10 for kilobytes in amounts), None)


def memory_limit(file: Path) -> int | None:
    """What a container may take; None where there is no limit."""
    try:
        limit = file.read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return int(limit) if limit.isdecimal() else None


def _bf16(machine: Machine) -> Finding:
    if machine.bf16 is None:
        return Finding("bf16", "note", f"unknown on {platform.system()}")
    if machine.bf16:
        return Finding("bf16", "good", f"{', '.join(sorted(machine.bf16))}: answers come fast")
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


def _archive(folder: Path, encoder: str | None) -> Iterator[Finding]:
    from rag.confidence import CALIBRATION
    from ui.commands.opening import open_archive

    option = f" --archive {quote(str(folder))}"
    try:
        with open_archive(folder, encoder) as archive:
            problems, stats, kept = archive.check(), archive.stats(), archive.note(CALIBRATION)
    except ArchiveMissing:
        yield Finding("archive", "note", f"nothing is indexed in {folder} yet", f"onrecord index FOLDER{option}")
    except ModelMissing:
        yield Finding("archive", "note", f"{folder} was not looked at: its encoder is missing")
    except OnRecordError as error:
        yield Finding("archive", "wrong", str(error))
    else:
        mend = f"rm -r {quote(str(folder))} && onrecord index FOLDER{option}"
        if problems:
            yield Finding("archive", "wrong", f"{folder}: {'; '.join(problems)}", mend)
        else:
            held = f"{folder}: {stats.articles:,} articles, {stats.passages:,} passages, sound"
            yield Finding("archive", "good", held)
        yield _calibration(kept)


def _calibration(kept: str | None) -> Finding:
    """From which confidence on an answer is given: by what is kept for each model, else by what ships."""
    from rag.confidence import read_calibrations, shipped

    try:
        own = read_calibrations(kept or "[]")
    except StaleCalibration as error:
        return Finding("calibration", "wrong", str(error))
    told = [
        f"{model or 'none'} from {each.threshold:.2f} on ({'kept with the archive' if model in own else 'shipped'}, "
        f"fitted on {each.fitted_on})"
        for model, each in sorted((shipped() | own).items(), reverse=True)
    ]
    return Finding("calibration", "good", f"answers are given by {'; by '.join(told)}; by other models as by none")
