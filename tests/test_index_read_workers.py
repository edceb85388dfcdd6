"""Several processes give the same as one, in the same order, whatever happens to them."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

import pytest

from index.errors import OnRecordError
from index.read import Options, Skipped, read
from index.read.parsing import Place, Record, Unit, Whole
from index.read.types import Fields, File, Hints
from index.read.workers import few, in_order
from index.types import Article

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of several formats, some of them broken."""
    for number in range(150):
        (tmp_path / f"{number:03}.txt").write_text(f"Story {number}\n\n" + "The council met again. " * (number % 7))
        (tmp_path / f"{number:03}.md").write_text(f"---\ntitle: Story {number}\n---\nThe council met again.")
    (tmp_path / "050b.txt").write_bytes(b"\xff\xfe\x00")
    lines = [json.dumps({"text": f"Line {number}."}) for number in range(300)]
    lines[7] = "{broken"
    (tmp_path / "060.jsonl").write_text("\n".join(lines))
    with zipfile.ZipFile(tmp_path / "070.zip", "w") as archive:
        for number in range(100):
            archive.writestr(f"{number}.txt", f"Member {number}." if number % 9 else "")
    return tmp_path


def test_the_same_in_the_same_order(folder: Path) -> None:
    alone = list(read([folder], Options(workers=1)))
    assert sum(isinstance(item, Article) for item in alone) == 150 * 2 + 299 + 88
    assert sum(isinstance(item, Skipped) for item in alone) == 1 + 1 + 12
    for workers in (0, 3):
        assert list(read([folder], Options(workers=workers))) == alone


def test_options_and_zones_reach_the_workers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (by_worker,) = read([tmp_path], Options(file_time=True, workers=2))
    assert isinstance(by_worker, Article)
    assert by_worker.published_from == "file time"
    assert [by_worker] == list(read([tmp_path], Options(file_time=True)))


def whole(name: str, format: str = "text", data: bytes | None = b"Words.") -> Whole:
    return Whole(Place(File(Path(name), name, name), Hints(name), format), data)


def test_only_some_units_are_asked_for_ahead() -> None:
    asked = 0

    def units() -> Iterator[Unit]:
        nonlocal asked
        for asked in range(1, 100_001):
            yield whole(f"{asked}.txt")

    with closing(in_order(units(), 2)) as found:
        next(found)
        assert asked < 1000


def test_large_units_are_not_piled_up() -> None:
    asked = 0

    def units() -> Iterator[Unit]:
        nonlocal asked
        for asked in range(1, 51):
            yield whole(f"{asked}.txt", data=b"\0" * 30_000_000)

    with closing(in_order(units(), 2)) as found:
        next(found)
        assert asked <= 3


def test_few_files_are_parsed_without_workers() -> None:
    small = [whole(f"{number}.txt", data=b"x" * 1000) for number in range(20_000)]
    assert len(list(few(iter(small)))) == 10_000
    place = small[0].place
    records: list[Unit] = [Record(place, Fields("x" * 1000)), Skipped("a", "b")]
    assert list(few(iter(records))) == records


def workers_of(pid: int) -> set[int]:
    """The processes it started that read for it."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended by now
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == pid and b"index.read.workers" in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
    return found


def ended(pids: set[int]) -> bool:
    """Whether they end within some seconds."""
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False


needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are listed otherwise here")


@needs_proc
def test_workers_end_with_the_reading_and_when_it_is_broken_off(folder: Path) -> None:
    found = read([folder], Options(workers=2))
    next(found)
    pids = workers_of(os.getpid())
    assert 1 <= len(pids) <= 2
    found.close()  # type: ignore[attr-defined]
    assert ended(pids)
    assert len(list(read([folder], Options(workers=2)))) > 600
    assert workers_of(os.getpid()) == set()


@needs_proc
def test_a_worker_that_is_killed_costs_nothing(folder: Path) -> None:
    alone = list(read([folder], Options(workers=1)))
    reading = read([folder], Options(workers=2))
    found = list(islice(reading, 400))
    for pid in workers_of(os.getpid()):
        os.kill(pid, signal.SIGKILL)
    found.extend(reading)
    assert found == alone


DEADLY = f"""
import os, signal, sys, types
sys.path.insert(0, {str(ROOT)!r})
from index.read import registry
from index.read.formats import plain

def read(stream, hints):
    if hints.name == "deadly.txt":  # as Linux does where memory is short
        os.kill(os.getpid(), signal.SIGKILL)
    if hints.name == "leaving.txt":
        os._exit(3)
    return plain.read(stream, hints)

sys.modules["index.read.formats.deadly"] = types.SimpleNamespace(read=read)
registry.FORMATS["deadly"] = registry.Reader("formats.deadly", "read", "whole", ())
"""


DEADLY_RECORD = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from index.read import parsing

def deadly(found, place, made=parsing._made):
    return os._exit(3) if found.text == "Words 7." else made(found, place)

parsing._made = deadly
"""


def test_a_file_that_ends_its_process_is_skipped_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(DEADLY)  # every Python that is started reads it, and so does a worker
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    names = [f"{number}.txt" for number in range(20)]
    names[5:5] = ["deadly.txt"]
    names[9:9] = ["leaving.txt"]
    found = list(in_order([whole(name, "deadly") for name in names], 2))
    assert [item.origin for item in found] == names
    reasons = [item.reason for item in found if isinstance(item, Skipped)]
    why = "it takes more memory than there is, or a reader failed"
    assert reasons == [
        f"parsing it ended the process that did it (SIGKILL): {why}",
        f"parsing it ended the process that did it (exit code 3): {why}",
    ]


def test_a_record_that_ends_its_process_costs_no_other_of_its_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(DEADLY_RECORD)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"Words {number}."}) for number in range(20)))
    found = list(read([path], Options(workers=2)))
    assert [item.origin.rpartition("#")[2] for item in found] == [str(number) for number in range(1, 21)]
    (skipped,) = (item for item in found if isinstance(item, Skipped))
    assert skipped.origin.endswith("a.jsonl#8")
    assert skipped.reason.startswith("parsing it ended the process that did it (exit code 3)")


@needs_proc
def test_ctrl_c_ends_the_reading_and_the_workers(folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from index.read import Options, read\n"
        f"for item in read([Path({str(folder)!r})], Options(workers=2)):\n"
        "    print('read', flush=True); time.sleep(0.05)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as reading:
        assert reading.stdout
        assert reading.stderr
        assert reading.stdout.readline() == "read\n"
        pids = workers_of(reading.pid)
        assert 1 <= len(pids) <= 2
        reading.send_signal(signal.SIGINT)
        reading.stdout.read()
        said = reading.stderr.read()
        assert reading.wait(timeout=20) == -signal.SIGINT
    assert said.count("Traceback") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert ended(pids)


@needs_proc
def test_workers_end_when_their_master_is_killed(folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from index.read import Options, read\n"
        f"found = read([Path({str(folder)!r})], Options(workers=2))\n"
        "print(next(found) and 'read', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT) as reading:
        assert reading.stdout
        assert reading.stdout.readline() == "read\n"
        pids = workers_of(reading.pid)
        assert pids
        reading.kill()
    assert ended(pids)


def test_workers_that_cannot_start_are_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(
        OnRecordError, match=r"ended at its start \(exit code 1\): read with one process \(--workers 1\)"
    ):
        list(read([folder], Options(workers=2)))
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(OnRecordError, match=r"no process could be started to read with \(No such file or directory\)"):
        list(read([folder], Options(workers=2)))


def test_a_script_without_a_guard_is_not_run_again(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys; from pathlib import Path; from index.read import Options, read\n"
        f"print('once', sum(1 for _ in read([Path({str(folder)!r})], Options(workers=2))))\n"
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert done.stdout.count("once") == 1
    assert done.stderr == ""
