from __future__ import annotations

import os
import shutil
from errno import ENOSPC
from pathlib import Path
from typing import NamedTuple

import pytest

from ui.library.uploads import PIECE_BYTES, SILENCE_SECONDS, Announced, Bounds, Refused, Uploads

BOUNDS = Bounds(files=3, file_bytes=100, total_bytes=150)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def uploads(tmp_path: Path, clock: Clock) -> Uploads:
    return Uploads(tmp_path / "uploads", BOUNDS, clock)


def send(uploads: Uploads, files: dict[str, bytes]) -> Path:
    key = uploads.begin([Announced(path, len(data)) for path, data in files.items()])
    for number, data in enumerate(files.values()):
        for start in range(0, len(data), 7):
            uploads.keep(key, number, start, data[start : start + 7])
    return uploads.finish(key)


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_files_arrive_as_they_were_sent(uploads: Uploads) -> None:
    files = {"news/a.txt": b"The bridge reopens in May.", "news/b/a.txt": b"x" * 100, "empty.txt": b""}

    place = send(uploads, files)

    assert held(place) == files
    assert place.parent == uploads.folder


def test_a_hostile_name_stays_inside(uploads: Uploads, tmp_path: Path) -> None:
    place = send(uploads, {"../../x": b"1", "/etc/passwd": b"2", "\x00": b"3"})

    assert held(tmp_path) == {
        f"uploads/{place.name}/x": b"1",
        f"uploads/{place.name}/etc/passwd": b"2",
        f"uploads/{place.name}/_": b"3",
    }


def test_nothing_can_be_read_before_all_is_there(uploads: Uploads) -> None:
    key = uploads.begin([Announced("a", 2), Announced("b", 1)])
    uploads.keep(key, 0, 0, b"12")

    (folder,) = uploads.folder.iterdir()
    assert folder.name.startswith(".")
    with pytest.raises(Refused, match=r"1 of 2 files did not arrive whole\. Nothing was kept"):
        uploads.finish(key)
    assert list(uploads.folder.iterdir()) == []


class Case(NamedTuple):
    files: list[Announced]
    why: str


@pytest.mark.parametrize(
    "case",
    [
        Case([], "no files"),
        Case([Announced(str(n), 1) for n in range(4)], "4 files are too many: 3 are taken at once"),
        Case(
            [Announced("a", 1), Announced("b\n.zip", 101)], r"b \.zip is too large \(101 bytes\): 100 bytes are taken"
        ),
        Case([Announced("a", 80), Announced("b", 71)], "151 bytes are too much: 150 bytes are taken at once"),
    ],
)
def test_too_much_is_refused_before_it_is_sent(uploads: Uploads, case: Case) -> None:
    with pytest.raises(Refused, match=case.why):
        uploads.begin(case.files)
    assert not uploads.folder.exists()


def test_a_full_disk_is_told_before_anything_is_sent(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1_000_000_050)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(Refused, match=r"too full for 51 bytes: 1 GB are free"):
        uploads.begin([Announced("a", 51)])
    uploads.begin([Announced("a", 50)])


@pytest.mark.parametrize(
    ("number", "start", "data"),
    [
        (0, 0, b"12345"),  # longer than announced
        (0, 1, b"1"),  # with a hole
        (0, -1, b"1"),
        (1, 0, b"1"),  # not announced
        (-1, 0, b"1"),
    ],
)
def test_what_was_not_announced_ends_an_upload(uploads: Uploads, number: int, start: int, data: bytes) -> None:
    key = uploads.begin([Announced("a", 4)])

    with pytest.raises(Refused, match="Nothing was kept"):
        uploads.keep(key, number, start, data)
    assert list(uploads.folder.iterdir()) == []
    with pytest.raises(Refused, match="given up"):
        uploads.keep(key, 0, 0, b"1234")


def test_a_piece_is_bounded(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    key = uploads.begin([Announced("a", 2 * PIECE_BYTES)])

    with pytest.raises(Refused, match="a is not what was announced"):
        uploads.keep(key, 0, 0, bytes(PIECE_BYTES + 1))


def test_a_wrong_key_opens_nothing(uploads: Uploads) -> None:
    key = uploads.begin([Announced("a", 1)])
    uploads.drop("../..")
    with pytest.raises(Refused):
        uploads.keep("", 0, 0, b"1")
    with pytest.raises(Refused):
        uploads.finish("wrong")

    uploads.keep(key, 0, 0, b"1")
    assert held(uploads.finish(key)) == {"a": b"1"}


def test_one_upload_at_a_time(uploads: Uploads) -> None:
    first = uploads.begin([Announced("a", 1)])
    with pytest.raises(Refused, match="Somebody else is sending files"):
        uploads.begin([Announced("b", 1)])

    uploads.drop(first)
    places = [send(uploads, {"b": b"1"}), send(uploads, {"b": b"2"})]  # in the same second
    assert [held(place) for place in places] == [{"b": b"1"}, {"b": b"2"}]


def test_what_nobody_sends_to_any_more_is_removed(uploads: Uploads, clock: Clock) -> None:
    left = uploads.begin([Announced("a", 2)])
    uploads.keep(left, 0, 0, b"1")
    clock.now += SILENCE_SECONDS - 1
    uploads.keep(left, 0, 1, b"2")
    clock.now += SILENCE_SECONDS + 1

    place = send(uploads, {"b": b"1"})
    assert list(uploads.folder.iterdir()) == [place]
    with pytest.raises(Refused, match="given up"):
        uploads.finish(left)


def test_a_server_that_ends_leaves_nothing_half_sent(uploads: Uploads) -> None:
    place = send(uploads, {"a": b"1"})
    uploads.begin([Announced("b", 2)])

    uploads.close()
    assert list(uploads.folder.iterdir()) == [place]


def test_what_a_killed_server_left_is_removed(uploads: Uploads, clock: Clock) -> None:
    uploads.begin([Announced("a", 2)])
    (folder,) = uploads.folder.iterdir()
    os.utime(folder, (clock.now, clock.now))

    Uploads(uploads.folder, BOUNDS, clock)  # another server on the same archive, while the first is at work
    assert folder.exists()
    clock.now += SILENCE_SECONDS + 1
    Uploads(uploads.folder, BOUNDS, clock)
    assert not folder.exists()


def test_a_disk_that_fills_up_ends_an_upload(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _mode: str) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    key = uploads.begin([Announced("a", 2)])
    with pytest.raises(Refused, match=r"a cannot be kept \(No space left on device\)\. Nothing was kept"):
        uploads.keep(key, 0, 0, b"1")
    assert list(uploads.folder.iterdir()) == []


def test_only_what_articles_were_read_from_is_kept(uploads: Uploads) -> None:
    place = send(uploads, {"a.txt": b"1", "b/c/d.zip": b"2", "b/e.pdf": b"3"})
    origins = [f"{place}/b/c/d.zip!x/y.txt#3", "/elsewhere/a.txt"]

    assert [uploads.place_of(each) for each in origins] == [place, None]
    uploads.keep_only(place, origins)
    assert held(place) == {"b/c/d.zip": b"2"}
    assert not (place / "b" / "e.pdf").exists()

    uploads.keep_only(place, [])
    assert not place.exists()
    uploads.keep_only(place, [])  # gone already
