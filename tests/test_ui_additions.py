from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event as Flag

import pytest
from fakes import TRUSTING, HaltingEncoder, HashEncoder, OverlapReader, OverlapReranker

from index.archive import Archive
from index.errors import ModelDamaged
from index.read import Options, read
from index.types import EVERYTHING, Article
from rag.pipeline import Pipeline
from rag.types import Answered
from ui.library.additions import PASSAGES_AT_ONCE, STEP_ARTICLES, Addition, Additions, Occupied
from ui.library.uploads import Announced, Refused, Uploads
from ui.threads.worker import Waiting, Worker, working

PATIENCE = 20.0


class Newsroom:
    """An archive, the worker that owns it, and what is added to it."""

    def __init__(self, worker: Worker[Pipeline], additions: Additions, told: list[str]) -> None:
        self.worker = worker
        self.additions = additions
        self.told = told

    def send(self, files: dict[str, bytes]) -> None:
        key = self.additions.begin([Announced(path, len(data)) for path, data in files.items()])
        for number, data in enumerate(files.values()):
            if data:
                self.additions.uploads.keep(key, number, 0, data)
        self.additions.start(key)

    def end(self) -> Addition:
        *_, last = self.additions.follow()
        assert last.is_over
        return last

    def add(self, files: dict[str, bytes]) -> Addition:
        self.send(files)
        return self.end()

    def texts(self) -> list[str]:
        return sorted(self.worker.do(lambda pipeline: [article.text for article in pipeline.archive.articles()]))

    def ask(self, question: str) -> str:
        with closing(self.worker.stream(question, (), None)) as events:
            *_, last = events
        assert isinstance(last, Answered)
        return " ".join(sentence.text for sentence in last.answer.sentences)


@contextmanager
def newsroom(folder: Path, encoder: HashEncoder | None = None, options: Options | None = None) -> Iterator[Newsroom]:
    told: list[str] = []

    def opened() -> Pipeline:
        archive = Archive.open(folder, encoder or HashEncoder(), create=True)
        return Pipeline(archive, OverlapReranker(), OverlapReader(), None, calibration=TRUSTING)

    with working(opened) as worker:
        additions = Additions(
            worker,
            Uploads(folder / "uploads"),
            on_change=lambda: told.append("changed"),
            options=options or Options(workers=1),
        )
        try:
            yield Newsroom(worker, additions, told)
        finally:
            additions.close()


def files(count: int) -> dict[str, bytes]:
    """Articles of two passages each."""
    return {f"{n:03}.txt": f"Pier {n} reopened after storm {n}. ".encode() * 9 for n in range(count)}


def held(folder: Path) -> list[str]:
    uploads = folder / "uploads"
    return sorted("/".join(path.relative_to(uploads).parts[1:]) for path in uploads.rglob("*") if path.is_file())


def test_what_is_uploaded_can_be_asked_about_and_shown_as_it_was(tmp_path: Path) -> None:
    with newsroom(tmp_path) as room:
        text = b"Harbour bridge\n\nThe harbour bridge reopens on 4 May.\n"
        end = room.add({"news/bridge.txt": text, "news/ferry.md": b"# Ferry\n\nThe ferry runs until midnight.\n"})

        assert (end.files, end.files_read, end.skipped, end.articles, end.passages) == (2, 2, 0, 2, 2)
        assert (end.trouble, end.stopping) == ("", False)
        assert end.changes and (end.changes.added, end.changes.passages) == (2, 2)
        assert end.report and dict(end.report.formats) == {"text": 1, "markdown": 1}
        assert sorted(end.added) == ["news/bridge.txt", "news/ferry.md"]
        assert room.told == ["changed"]
        assert room.ask("Which harbour bridge reopens?") == "The harbour bridge reopens on 4 May."
        origin = room.worker.do(lambda pipeline: pipeline.archive.article("news/bridge.txt").origin)
        assert Path(origin).read_bytes() == text


def test_questions_are_answered_between_the_steps(tmp_path: Path) -> None:
    encoder = HaltingEncoder(stops_at=1)
    with newsroom(tmp_path, encoder) as room:
        room.send(files(3 * STEP_ARTICLES))
        assert encoder.is_there.wait(PATIENCE)
        question = room.worker.stream("Which pier reopened after storm 1?", (), None)
        assert next(question) == Waiting(0)  # in the worker's line, while a step is being done

        encoder.stops_at = 3
        encoder.is_there.clear()
        encoder.may_go_on.set()
        encoder.may_go_on = Flag()
        *_, answered = question  # before the third step, which goes on only afterwards
        assert isinstance(answered, Answered)
        assert encoder.is_there.wait(PATIENCE)
        encoder.may_go_on.set()

        end = room.end()
        assert (end.articles, end.passages) == (3 * STEP_ARTICLES, 6 * STEP_ARTICLES)
        assert encoder.most == PASSAGES_AT_ONCE


def test_progress_counts_up_to_the_end(tmp_path: Path) -> None:
    encoder = HaltingEncoder(stops_at=2)
    with newsroom(tmp_path, encoder) as room:
        room.send({**files(STEP_ARTICLES), "zz.txt": b""})
        follow = room.additions.follow()
        assert encoder.is_there.wait(PATIENCE)
        halfway = next(follow)
        assert (halfway.files, halfway.files_read, halfway.articles) == (STEP_ARTICLES + 1, STEP_ARTICLES - 1, 16)
        assert (halfway.passages, halfway.is_over, halfway.report) == (PASSAGES_AT_ONCE, False, None)

        encoder.may_go_on.set()
        *_, end = follow
        assert (end.files_read, end.skipped, end.passages, end.is_over) == (STEP_ARTICLES + 1, 1, 32, True)
        assert list(room.additions.follow()) == [end]  # for a page that is opened later


def test_broken_files_are_told_and_cost_nothing_else(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("../../evil.txt", "The mayor resigned.")
    sent = {
        "good.txt": b"The bridge reopens in May.",
        "cut.zip": packed.getvalue()[:40],
        "whole.zip": packed.getvalue(),
        "broken.pdf": b"%PDF-1.7\n%%EOF",
        "noise.bin": bytes(range(256)) * 9,
        "empty.txt": b"",
        "deep.json": b"[" * 100_000,
        "../../../outside.txt": b"The ferry is late.",
        "n" * 300 + ".txt": b"Snow fell.",
    }
    with newsroom(tmp_path / "archive", options=Options(workers=2)) as room:
        end = room.add(sent)

        assert room.texts() == ["Snow fell.", "The bridge reopens in May.", "The ferry is late.", "The mayor resigned."]
        assert end.report and end.trouble == ""
        told = {Path(each.origin).name: each.reason for each in end.report.skipped}
        assert sorted(told) == ["broken.pdf", "cut.zip", "deep.json", "empty.txt", "noise.bin"]
        assert (end.files, end.files_read, end.skipped) == (9, 9, 5)
        assert held(tmp_path / "archive") == ["good.txt", "n" * 196 + ".txt", "outside.txt", "whole.zip"]
        assert sorted(each.name for each in tmp_path.iterdir()) == ["archive"]


def test_two_articles_of_one_id_are_told_across_steps(tmp_path: Path) -> None:
    records = [{"id": str(n % 20), "text": f"Pier {n} reopened."} for n in range(21)]
    with newsroom(tmp_path) as room:
        end = room.add({"a.jsonl": "\n".join(map(json.dumps, records)).encode()})

    assert end.changes and end.changes.added == 20
    assert [clash.origin.rpartition("/")[2] for clash in end.changes.clashes] == ["a.jsonl#21"]


def test_the_same_again_changes_nothing_and_is_not_kept_twice(tmp_path: Path) -> None:
    with newsroom(tmp_path) as room:
        room.add({"a.txt": b"The bridge reopens in May."})
        end = room.add({"a.txt": b"The bridge reopens in May."})
        assert end.changes and (end.changes.added, end.changes.unchanged, end.added) == (0, 1, ())
        assert held(tmp_path) == ["a.txt"]

        end = room.add({"a.txt": b"The bridge reopens in June."})  # perhaps somebody else's a.txt: both stay
        assert end.changes and end.changes.added == 1
        assert room.texts() == ["The bridge reopens in June.", "The bridge reopens in May."]


def test_what_was_done_before_stopping_is_kept(tmp_path: Path) -> None:
    encoder = HaltingEncoder(stops_at=3)
    with newsroom(tmp_path, encoder) as room:
        room.send(files(4 * STEP_ARTICLES))
        assert encoder.is_there.wait(PATIENCE)
        room.additions.stop()
        assert next(room.additions.follow()).stopping
        encoder.may_go_on.set()
        end = room.end()
        room.additions.stop()  # too late for anything

        assert (end.stopping, end.trouble) == (True, "")
        assert end.changes and end.changes.added == end.articles == len(end.added) == 2 * STEP_ARTICLES
        assert end.files_read < end.files == 4 * STEP_ARTICLES
        assert len(held(tmp_path)) == 2 * STEP_ARTICLES
        assert room.worker.do(lambda pipeline: pipeline.archive.check()) == []
        end = room.add(files(4 * STEP_ARTICLES))
        assert end.changes and (end.changes.added, end.changes.unchanged) == (2 * STEP_ARTICLES, 2 * STEP_ARTICLES)


def test_closing_the_program_stops_a_reading(tmp_path: Path) -> None:
    encoder = HaltingEncoder(stops_at=1)
    encoder.may_go_on.set()
    with newsroom(tmp_path, encoder) as room:
        room.send(files(4 * STEP_ARTICLES))
        assert encoder.is_there.wait(PATIENCE)
    with newsroom(tmp_path) as room:
        assert len(room.texts()) in {STEP_ARTICLES, 2 * STEP_ARTICLES}
        assert room.worker.do(lambda pipeline: pipeline.archive.check()) == []


def test_one_change_at_a_time(tmp_path: Path) -> None:
    encoder = HaltingEncoder(stops_at=1)
    with newsroom(tmp_path, encoder) as room:
        late = room.additions.begin([Announced("late.txt", 0)])
        room.additions.uploads.drop(late)
        room.send(files(2))
        assert encoder.is_there.wait(PATIENCE)
        told = r"The archive is being changed at the moment \(\d of 2 files read\)"
        with pytest.raises(Occupied, match=told):
            room.additions.begin([Announced("a.txt", 1)])
        with pytest.raises(Occupied, match=told):
            room.additions.remove(["000.txt"])
        encoder.may_go_on.set()
        room.end()

        assert room.add({"a.txt": b"Snow fell."}).added == ("a.txt",)


def test_what_has_not_arrived_is_not_read(tmp_path: Path) -> None:
    with newsroom(tmp_path) as room:
        key = room.additions.begin([Announced("a.txt", 4)])
        with pytest.raises(Refused, match="1 of 1 file did not arrive whole"):
            room.additions.start(key)
        assert list(room.additions.follow()) == []
        assert room.add({"a.txt": b"Snow fell."}).added == ("a.txt",)


def test_trouble_in_the_middle_is_told_and_not_for_ever(tmp_path: Path) -> None:
    encoder = HaltingEncoder(error=ModelDamaged("the encoder is damaged: onrecord models pull"))
    with newsroom(tmp_path, encoder) as room:
        end = room.add(files(1))
        assert (end.trouble, end.changes) == ("the encoder is damaged: onrecord models pull", None)
        encoder.error = None
        assert room.add(files(1)).trouble == ""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_foresaw_does_not_block_the_archive(tmp_path: Path) -> None:
    encoder = HaltingEncoder(error=ZeroDivisionError())
    with newsroom(tmp_path, encoder) as room:
        assert room.add(files(1)).trouble.startswith("Something went wrong that nobody foresaw")
        encoder.error = None
        assert room.add(files(1)).trouble == ""


def test_articles_go_with_the_files_that_only_they_were_read_from(tmp_path: Path) -> None:
    lines = b'{"id": "x", "text": "The bridge reopens."}\n{"id": "y", "text": "The ferry is late."}'
    with newsroom(tmp_path) as room:
        room.add({"a/snow.txt": b"Snow fell.", "two.jsonl": lines})
        room.told.clear()

        assert [each.id for each in room.additions.remove(["a/snow.txt", "x", "nobody"])] == ["a/snow.txt", "x"]
        assert room.texts() == ["The ferry is late."]
        assert held(tmp_path) == ["two.jsonl"]
        assert room.told == ["changed"]
        assert room.worker.do(lambda pipeline: pipeline.archive.matching("snow", 9, EVERYTHING)) == []

        room.additions.remove(["y"])
        assert list((tmp_path / "uploads").iterdir()) == []


def test_files_that_were_not_uploaded_stay_where_they_are(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "a.txt").write_text("Snow fell.")
    with newsroom(tmp_path / "archive") as room:
        articles = [each for each in read([mine]) if isinstance(each, Article)]
        room.worker.do(lambda pipeline: pipeline.archive.update(articles))
        room.additions.remove(["a.txt"])

        assert room.texts() == []
        assert (mine / "a.txt").exists()
