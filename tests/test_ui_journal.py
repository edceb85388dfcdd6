"""A journal keeps what it says it keeps, whatever happens in the middle."""

from __future__ import annotations

import json
import os
from pathlib import Path
from threading import Thread

import pytest

from index.errors import NotKept, UsageError
from ui.keeping.journal import Journal


def records(path: Path) -> list[object]:
    """What every line holds that can be read."""
    found = []
    for line in path.read_text("utf-8", "replace").split("\n"):
        try:
            found.append(json.loads(line)["n"])
        except ValueError:
            continue
    return found


def test_a_record_is_a_line_whatever_is_in_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "new" / "journal.jsonl", field="n")
    strange = "two\nlines\r\u2028\x00 “quotes” \udc80"

    journal.append({"n": 1, "text": strange})
    journal.append({"n": 2})

    first, second = journal.lines()
    assert json.loads(first.text) == {"n": 1, "text": strange}
    assert (second.number, second.text, second.is_whole) == (2, '{"n": 2}\n', True)
    assert (tmp_path / "new" / "journal.jsonl").stat().st_mode & 0o077 == 0


def test_wherever_a_line_was_torn_the_others_stay_and_the_next_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    for n in (1, 2):
        Journal(path, field="n").append({"n": n, "text": "ü" * 3})
    whole = path.read_bytes()
    second = whole.index(b"\n") + 1

    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        journal = Journal(path, field="n")
        before = records(path)
        journal.append({"n": 3})
        assert records(path) == [*before, 3]
        assert before == [1] * (cut >= second - 1) + [2] * (cut >= len(whole) - 1)


def test_many_threads_write_whole_lines(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", field="n")

    def write(start: int) -> None:
        for n in range(start, start + 10):
            journal.append({"n": n, "text": "x" * 5000})

    threads = [Thread(target=write, args=(start,)) for start in range(0, 80, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = records(tmp_path / "journal.jsonl")
    assert sorted(map(str, found)) == sorted(map(str, range(80)))
    assert [line.is_whole for line in journal.lines()] == [True] * 80


@pytest.mark.parametrize("content", ["Call the port.\n", "Call the port.", '{"other": 1}\n', "[1]\n", "[" * 99_999])
def test_a_strangers_file_stays_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(content)

    with pytest.raises(UsageError, match="holds something else and stays as it is"):
        Journal(path, field="n")
    assert path.read_text() == content


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, Path(os.devnull), tmp_path / "file" / "below"):
        (tmp_path / "file").write_text("")
        with pytest.raises(UsageError, match=r"cannot be written: .+\. Name another file\."):
            Journal(path, field="n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", field="n")
    journal.path.unlink()
    journal.path.symlink_to("/dev/full")

    with pytest.raises(NotKept, match="No space left on device; this is not kept"):
        journal.append({"n": 1})
