from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import FrameType

import pytest
from fakes import HashEncoder, make_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import index.archive
from index.archive import Archive
from index.counts import Stats
from index.errors import ArchiveMissing, ArticleNotFound, StaleArchive
from index.read.types import Skipped
from index.split import PASSAGE_TOKENS
from index.types import EVERYTHING, Article, Filter
from index.update import Changes, UpdateProgress

Ranking = list[tuple[str, int, float]]


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture
def archive(tmp_path: Path, encoder: HashEncoder) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", encoder, create=True) as archive:
        yield archive


def corpus(count: int, edition: int = 1) -> list[Article]:
    """Articles of which every third is another in another edition."""
    places = "harbour museum bridge school market station river hospital".split()
    return [
        make_article(
            f"news/{number:04}",
            f"The {places[number % 8]} of district {number} opened. " * (1 + number % 5)
            + f"This is edition {edition if number % 3 == 0 else 1}. The mayor spoke to {number * 7} people. " * 3,
            title=f"District {number}",
        )
        for number in range(count)
    ]


def rankings(archive: Archive) -> list[Ranking]:
    """What an archive answers, to compare two archives by."""
    return [
        [(hit.passage.article_id, hit.passage.ordinal, round(hit.score, 5)) for hit in search(text, 9, EVERYTHING)]
        for search in (archive.nearest, archive.matching)
        for text in ("The museum opened", "edition 2", "district 7", "the mayor")
    ]


def ids(archive: Archive, text: str) -> list[str]:
    return [hit.passage.article_id for hit in archive.matching(text, 99, EVERYTHING)]


# What an update does


def test_an_update_counts_what_it_did(archive: Archive, encoder: HashEncoder) -> None:
    assert archive.update(corpus(10)) == Changes(added=10, passages=len(encoder.encoded))
    assert archive.update([*corpus(9, 2), make_article("zoo", "It is new.")]) == Changes(1, 3, 6, passages=5)
    assert [article.text for article in archive.articles()] == [a.text for a in [*corpus(9, 2), corpus(10)[9]]] + [
        "It is new."
    ]
    assert archive.check() == []


def test_a_second_update_encodes_and_writes_nothing(archive: Archive, encoder: HashEncoder, tmp_path: Path) -> None:
    archive.update(corpus(10))
    encoder.encoded.clear()
    before = {path.name: path.read_bytes() for path in (tmp_path / "archive").iterdir() if "shm" not in path.name}

    assert archive.update(corpus(10)) == Changes(unchanged=10)
    assert encoder.encoded == []
    assert archive.stats().generation == 1
    assert before == {
        path.name: path.read_bytes() for path in (tmp_path / "archive").iterdir() if "shm" not in path.name
    }


def test_only_what_changed_is_encoded(archive: Archive, encoder: HashEncoder) -> None:
    archive.update(corpus(10))
    encoder.encoded.clear()
    archive.update(corpus(10, 2))

    assert {text.partition("\n")[0] for text in encoder.encoded} == {
        "District 0",
        "District 3",
        "District 6",
        "District 9",
    }


def test_the_encoder_reads_the_headline_and_never_more_than_its_window(archive: Archive, encoder: HashEncoder) -> None:
    archive.update(
        [
            make_article("a", "The crane fell.", title="Harbour closed"),
            make_article("b", "Snow came. " * 100, title="Weather " * 100),
            make_article("c", "word " * 500),
        ]
    )

    assert encoder.encoded[0] == "Harbour closed\nThe crane fell."
    assert max(encoder.count_tokens(encoder.encoded)) <= encoder.max_tokens


def test_clashes_are_named_across_batches(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.archive, "BATCH_ARTICLES", 2)
    articles = [*corpus(5), make_article("news/0001", "Another.", origin="/other")]

    assert archive.update(articles).clashes == (
        Skipped("/other", "another article has the id 'news/0001' already: /news/news/0001"),
    )
    assert archive.article("news/0001") == articles[1]


def test_progress_after_every_batch(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.archive, "BATCH_ARTICLES", 4)
    archive.update(corpus(3))
    seen: list[UpdateProgress] = []
    archive.update(corpus(10), seen.append)

    assert seen == [UpdateProgress(4, 3, 2), UpdateProgress(8, 3, 7), UpdateProgress(10, 3, 11)]
    assert archive.stats().generation == 4


def test_articles_are_read_lazily(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.archive, "BATCH_ARTICLES", 4)
    taken = 0

    def articles() -> Iterator[Article]:
        nonlocal taken
        for article in corpus(12):
            taken += 1
            yield article

    written: list[tuple[int, int]] = []
    archive.update(articles(), lambda progress: written.append((taken, archive.stats().articles)))
    assert written == [(4, 4), (8, 8), (12, 12)]


def test_a_reader_that_fails_costs_no_finished_batch(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.archive, "BATCH_ARTICLES", 4)

    def articles() -> Iterator[Article]:
        yield from corpus(10)
        raise OSError("the disk was unplugged")

    with pytest.raises(OSError, match="unplugged"):
        archive.update(articles())
    assert [article.id for article in archive.articles()] == [f"news/{number:04}" for number in range(8)]
    assert archive.check() == []
    assert archive.update(corpus(10)) == Changes(added=2, unchanged=8, passages=4)


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_an_update_in_steps_does_the_same(tmp_path: Path, encoder: HashEncoder, at_once: int) -> None:
    with (
        Archive.open(tmp_path / "at once", HashEncoder(), create=True) as whole,
        Archive.open(tmp_path / "in steps", encoder, create=True) as archive,
    ):
        wanted = whole.update(corpus(10))
        run = archive.updating()
        sizes: list[int] = []
        held: list[int] = []
        for start in (0, 4, 8):
            for _ in run.add(corpus(10)[start : start + 4], at_once=at_once):
                sizes.append(len(encoder.encoded) - sum(sizes))
                held.append(archive.stats().articles)

        assert run.end() == wanted
        assert max(sizes) == min(at_once, 5)
        assert sorted(set(held)) == ([0, 4, 8, 10] if at_once < 4 else [4, 8, 10])  # a batch is there whole or not
        assert rankings(archive) == rankings(whole)
        assert archive.check() == []


def test_steps_know_what_came_before_them(archive: Archive) -> None:
    run = archive.updating()
    for article in (*corpus(2), make_article("news/0001", "Another.", origin="/other")):
        list(run.add([article]))

    assert [clash.origin for clash in run.end().clashes] == ["/other"]
    assert archive.article("news/0001") == corpus(2)[1]


def test_what_was_read_from_a_place(archive: Archive) -> None:
    origins = ["/in/a.txt", "/in/a.txt.bak", "/in/b.jsonl#1", "/in/b.jsonl#2", "/in/c.zip!d/a.txt", "/inn/a.txt"]
    archive.update([make_article(str(n), f"Article {n}.", origin=origin) for n, origin in enumerate(origins)])

    assert list(archive.read_from("/in").values()) == origins[:5]
    assert archive.read_from("/in/a.txt") == {"0": "/in/a.txt"}
    assert archive.read_from("/in/b.jsonl") == {"2": "/in/b.jsonl#1", "3": "/in/b.jsonl#2"}
    assert archive.read_from("/in/c.zip") == {"4": "/in/c.zip!d/a.txt"}
    assert archive.read_from("/i") == {}


def test_an_update_of_nothing(archive: Archive) -> None:
    assert archive.update([]) == Changes()
    assert archive.nearest("crane", 3, EVERYTHING) == []
    assert archive.stats() == Stats(0, 0, (), None, None, 0, "hash-encoder@1", 0)


def test_articles_without_words(archive: Archive) -> None:
    assert archive.update([make_article("a", ""), make_article("b", " \n\n\u3000")]) == Changes(added=2)
    assert archive.check() == []
    assert archive.update([make_article("a", ""), make_article("b", "Snow.")]) == Changes(0, 1, 1, passages=1)
    assert ids(archive, "snow") == ["b"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_last_update_decides_what_an_archive_holds(archive: Archive, steps: list[tuple[str, str]]) -> None:
    for name, word in steps:
        archive.update([make_article(name, f"The {word} crane.")])
    last = dict(steps)

    held = {article.id: article.text for article in archive.articles()}
    assert {name: held[name] for name in last} == {name: f"The {word} crane." for name, word in last.items()}
    assert sorted(ids(archive, "crane")) == sorted(held)


# Opening


def test_another_encoder_is_refused(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(StaleArchive, match="was built with hash-encoder@1, but other@2 was asked for"):
        Archive.open(tmp_path / "archive", HashEncoder(name="other@2"))


def test_there_is_nothing_to_open(tmp_path: Path, encoder: HashEncoder) -> None:
    with pytest.raises(ArchiveMissing, match="holds no archive"):
        Archive.open(tmp_path, encoder)


def test_all_is_there_after_opening_again(tmp_path: Path, encoder: HashEncoder) -> None:
    with Archive.open(tmp_path, encoder, create=True) as archive:
        archive.update(corpus(20))
        before = rankings(archive)
    with Archive.open(tmp_path, encoder) as archive:
        assert rankings(archive) == before
        assert list(archive.articles()) == corpus(20)


@pytest.mark.parametrize("keep", [0, 100, 1000])
def test_a_lost_or_cut_index_gives_the_same_hits(tmp_path: Path, encoder: HashEncoder, keep: int) -> None:
    with Archive.open(tmp_path, encoder, create=True) as archive:
        archive.update(corpus(20))
        before = rankings(archive)
    (dense,) = tmp_path.glob("dense-*")
    if keep:
        dense.write_bytes(dense.read_bytes()[:keep])
    else:
        dense.unlink()
    encoder.encoded.clear()
    with Archive.open(tmp_path, encoder) as archive:
        assert rankings(archive) == before
        archive.update(corpus(21))
    assert encoder.encoded[0].startswith("District 20")  # nothing else had to be encoded again
    assert len(list(tmp_path.glob("dense-*"))) == 1


def test_an_update_that_changes_nothing_restores_a_lost_index(tmp_path: Path, encoder: HashEncoder) -> None:
    with Archive.open(tmp_path, encoder, create=True) as archive:
        archive.update(corpus(5))
        next(tmp_path.glob("dense-*")).unlink()
        archive.update(corpus(5))
    assert len(list(tmp_path.glob("dense-*"))) == 1


def test_updates_in_any_order_and_number_end_in_the_same_hits(tmp_path: Path, encoder: HashEncoder) -> None:
    answers = []
    for name, steps in {
        "at once": [corpus(20, 2)],
        "after an older edition": [corpus(20), corpus(20, 2)],
        "backwards": [corpus(20, 2)[::-1]],
        "one by one": [[article] for article in corpus(20, 2)],
    }.items():
        with Archive.open(tmp_path / name, encoder, create=True) as archive:
            for articles in steps:
                archive.update(articles)
            answers.append(rankings(archive))

    assert answers == [answers[0]] * 4


def test_removing(archive: Archive) -> None:
    archive.update(corpus(4))
    archive.remove(["news/0001", "nobody"])

    assert [article.id for article in archive.articles()] == ["news/0000", "news/0002", "news/0003"]
    assert "news/0001" not in [
        hit.passage.article_id for hit in archive.nearest("The museum of district 1", 99, EVERYTHING)
    ]
    assert "news/0001" not in ids(archive, "museum district")
    assert archive.check() == []
    with pytest.raises(ArticleNotFound, match="no article has the id 'news/0001'"):
        archive.article("news/0001")


# Places


def lying(folder: Path, text: str) -> Article:
    """The article in `folder/001.txt`, as it is read from there."""
    folder.mkdir(exist_ok=True)
    (folder / "001.txt").write_text(text, encoding="utf-8")
    return make_article("001.txt", text, origin=(folder / "001.txt").as_posix())


def test_two_folders_with_the_same_file_name_are_both_kept(archive: Archive, tmp_path: Path) -> None:
    one, two = lying(tmp_path / "one", "A crane in one."), lying(tmp_path / "two", "A crane in two.")

    assert archive.update([one, two]) == Changes(added=2, passages=2)
    assert archive.update([two]) == Changes(unchanged=1)
    assert archive.find((tmp_path / "one" / "001.txt").as_posix()).text == "A crane in one."
    assert archive.find("two/001.txt").text == "A crane in two."
    assert archive.find("001.txt").text == "A crane in one."  # an id goes before a file name


def test_a_moved_folder_keeps_its_ids(archive: Archive, tmp_path: Path) -> None:
    archive.update([lying(tmp_path / "one", "A crane.")])
    (tmp_path / "one").rename(tmp_path / "two")

    assert archive.update([lying(tmp_path / "two", "A crane.")]).updated == 1
    assert [(a.id, a.origin) for a in archive.articles()] == [("001.txt", (tmp_path / "two/001.txt").as_posix())]


# Finding by name


@pytest.fixture
def named(archive: Archive) -> Archive:
    archive.update(
        [
            make_article(
                "harbour-1", "One.", url="https://ledger.example/harbour?id=1", origin="/news/2031/day.jsonl#1"
            ),
            make_article("harbour-2", "Two.", origin="/news/2031/day.jsonl#2"),
            make_article("north/a.txt", "Three.", origin="/news/north/a.txt"),
            make_article("south/a.txt", "Four.", origin="/news/south/a.txt"),
            make_article("south/b c.txt", "Five.", origin="/news/south/b c.txt"),
        ]
    )
    return archive


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("harbour-1", "One."),
        ("https://ledger.example/harbour?id=1", "One."),
        ("day.jsonl#2", "Two."),
        ("2031/day.jsonl#2", "Two."),
        ("/news/2031/day.jsonl#2", "Two."),
        ("north/a.txt", "Three."),
        ("./south/a.txt", "Four."),
        ("/news/south/a.txt", "Four."),
        ("b c.txt", "Five."),
    ],
)
def test_an_article_is_found_by_what_people_call_it(named: Archive, name: str, text: str) -> None:
    assert named.find(name).text == text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("harbour-3", "no article is named 'harbour-3'. Did you mean: harbour-2, harbour-1?"),
        ("a.txt", "several articles are named 'a.txt'. Did you mean: north/a.txt, south/a.txt?"),
        ("c.txt", "no article is named 'c.txt'. Did you mean: "),  # part of a file's name is not its name
        ("zzz", "no article is named 'zzz'. onrecord search finds articles by what they say."),
        ("", "no article is named ''. onrecord search finds articles by what they say."),
        (".", "no article is named '.'. onrecord search finds articles by what they say."),
        ("/", "no article is named '/'. onrecord search finds articles by what they say."),
        ("day.jsonl", "no article is named 'day.jsonl'. "),
    ],
)
def test_what_is_not_found_names_what_comes_near(named: Archive, name: str, message: str) -> None:
    with pytest.raises(ArticleNotFound) as error:
        named.find(name)

    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


@given(st.text(max_size=30))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_is_an_error_of_another_kind(named: Archive, name: str) -> None:
    try:
        assert named.find(name) in list(named.articles())
    except ArticleNotFound as error:
        assert repr(name) in str(error)


# Notes


def test_a_note_outlives_the_archive_being_closed_and_changed(tmp_path: Path, encoder: HashEncoder) -> None:
    with Archive.open(tmp_path, encoder, create=True) as archive:
        archive.update(corpus(3))
        assert archive.note("calibration") is None
        archive.keep_note("calibration", '{"ü": 1}\n')
    with Archive.open(tmp_path, encoder) as archive:
        assert archive.note("calibration") == '{"ü": 1}\n'
        archive.update(corpus(6, 2))
        archive.remove(["news/0001"])
        assert archive.note("calibration") == '{"ü": 1}\n'


def test_a_note_is_replaced_and_let_go(archive: Archive) -> None:
    archive.keep_note("calibration", "one")
    archive.keep_note("other", "")
    archive.keep_note("calibration", "two")
    assert (archive.note("calibration"), archive.note("other")) == ("two", "")

    archive.keep_note("calibration", None)
    archive.keep_note("nothing of this name", None)
    assert (archive.note("calibration"), archive.note("other")) == (None, "")


def test_a_note_changes_nothing_of_what_the_archive_holds(
    archive: Archive, encoder: HashEncoder, tmp_path: Path
) -> None:
    archive.update(corpus(10))
    before = (archive.stats(), rankings(archive), list(archive.articles()), sorted(p.name for p in tmp_path.rglob("*")))
    encoder.encoded.clear()

    archive.keep_note("generation", "99")
    archive.keep_note("encoder", "other@2")
    archive.keep_note("schema", None)

    assert before == (
        archive.stats(),
        rankings(archive),
        list(archive.articles()),
        sorted(p.name for p in tmp_path.rglob("*")),
    )
    assert archive.check() == []
    assert archive.update(corpus(10)) == Changes(unchanged=10)
    assert encoder.encoded == []


# Telling and filtering


def test_stats(archive: Archive) -> None:
    east = timezone(timedelta(hours=9))
    archive.update(
        [
            make_article("a", "One. " * 60, source="The Ledger", published=datetime(2031, 5, 6, 3, tzinfo=east)),
            make_article("b", "Two.", source="The Post", published=datetime(2031, 5, 5, 20, tzinfo=UTC)),
            make_article("c", "Three.", source="The Ledger", published=datetime(2031, 5, 5, 19)),
            make_article("d", "Four.", source=""),
        ]
    )

    assert archive.stats() == Stats(
        articles=4,
        passages=5,
        sources=(("The Ledger", 2), ("", 1), ("The Post", 1)),
        first=datetime(2031, 5, 6, 3, tzinfo=east),  # 18:00 UTC the day before
        last=datetime(2031, 5, 5, 20, tzinfo=UTC),
        undated=1,
        encoder="hash-encoder@1",
        generation=1,
    )


def test_filters_hold_for_both_searches(archive: Archive) -> None:
    archive.update(
        [
            make_article("old", "The crane fell.", source="Le Monde", published=datetime(2030, 1, 1)),
            make_article("new", "The crane fell.", source="Le Monde", published=datetime(2032, 1, 1)),
            make_article("undated", "The crane fell.", source="The Post"),
        ]
    )
    for where, wanted in (
        (Filter(until=datetime(2031, 1, 1)), ["old", "undated"]),
        (Filter(since=datetime(2031, 1, 1)), ["new", "undated"]),
        (Filter(until=datetime(2031, 1, 1), sources=("le monde",)), ["old"]),
    ):
        for search in (archive.nearest, archive.matching):
            assert [hit.passage.article_id for hit in search("The crane fell", 9, where)] == wanted


def test_the_passages_of_an_article_can_be_quoted_from_it(archive: Archive) -> None:
    text = "Ärzte 🙂 sagten “nein”.\n\n" + "Der Hafen 港 bleibt zu. " * 60
    archive.update([make_article("a", text)])
    hits = archive.nearest("Hafen", 99, EVERYTHING)

    assert len(hits) > 400 // PASSAGE_TOKENS
    for hit in hits:
        assert archive.article("a").text[hit.passage.start : hit.passage.end] == hit.passage.text


# Several at once


def test_searching_from_several_threads_while_one_writes(tmp_path: Path, encoder: HashEncoder) -> None:
    with Archive.open(tmp_path, encoder, create=True) as archive:
        archive.update(corpus(24))
        texts = {article.text for edition in (1, 2) for article in corpus(24, edition)}
        stop = threading.Event()

        def search() -> int:
            searches = 0
            while not stop.is_set() or not searches:
                for hits in (archive.nearest("museum", 9, EVERYTHING), archive.matching("museum", 9, EVERYTHING)):
                    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
                    assert all(any(hit.passage.text in text for text in texts) for hit in hits)
                searches += 1
            return searches

        with ThreadPoolExecutor(4) as pool:
            futures = [pool.submit(search) for _ in range(4)]
            for edition in (2, 1, 2, 1, 2):
                archive.update(corpus(24, edition))
            stop.set()
            assert min(future.result() for future in futures) > 0
        after = rankings(archive)
    with Archive.open(tmp_path / "fresh", encoder, create=True) as fresh:
        fresh.update(corpus(24, 2))
        assert rankings(fresh) == after


def test_a_reader_sees_every_update_of_another_connection(tmp_path: Path, encoder: HashEncoder) -> None:
    with Archive.open(tmp_path, encoder, create=True) as writer, Archive.open(tmp_path, encoder) as reader:
        for edition in (1, 2, 3):
            writer.update(corpus(12, edition))
            assert reader.stats().generation == edition
            assert rankings(reader) == rankings(writer)


# A process that is killed in the middle

ARTICLES = 40
BATCH = 8


def update_and_die(folder: str, calls: int) -> None:
    """Bring an archive to the second edition, and be killed at the n-th call of any function, C functions included.

    With 0 calls it lives, and writes down how many there were.
    """
    index.archive.BATCH_ARTICLES = BATCH
    seen = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")
        if seen == calls:
            os.kill(os.getpid(), signal.SIGKILL)

    archive = Archive.open(Path(folder), HashEncoder(), create=True)
    sys.setprofile(count)
    archive.update(corpus(ARTICLES, 2))
    sys.setprofile(None)
    Path(folder, "calls").write_text(str(seen), encoding="ascii")


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that start at once, with everything imported, and without the threads of this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["test_index_archive", "faiss", "langchain_text_splitters"])
    return context


class Kills:
    """Archives whose update is killed at a moment that follows from a seed.

    Args:
        had_some: Whether they held an older edition of all articles before.
    """

    def __init__(self, processes: ForkServerContext, folder: Path, *, had_some: bool) -> None:
        self.processes = processes
        self.folder = folder
        self.encoder = HashEncoder()
        self.older = corpus(ARTICLES) if had_some else []
        self.newer = corpus(ARTICLES, 2)
        with Archive.open(folder / "whole", self.encoder, create=True) as whole:
            whole.update(self.newer)
            self.wanted = rankings(whole)
        assert self.run(folder / "counted", 0) == 0
        self.calls = int((folder / "counted" / "calls").read_text(encoding="ascii"))

    def run(self, folder: Path, calls: int) -> int | None:
        with Archive.open(folder, self.encoder, create=True) as archive:
            archive.update(self.older)
        process = self.processes.Process(target=update_and_die, args=(str(folder), calls))
        process.start()
        process.join(60)
        return process.exitcode

    def survives(self, seed: int) -> int:
        """Kill one, look at what is left, and finish it. Returns how many batches it had written."""
        folder = self.folder / str(seed)
        moment = random.Random(seed).randint(1, int(0.98 * self.calls))
        assert self.run(folder, moment) == -signal.SIGKILL
        with Archive.open(folder, self.encoder) as archive:
            assert archive.check() == []
            batches = self.batches(archive)
            self.hits_are_true(archive)
            changes = archive.update(self.newer)
            assert changes.added + changes.updated + changes.unchanged == ARTICLES
            assert changes.unchanged >= batches * BATCH
            assert rankings(archive) == self.wanted
            assert archive.check() == []
            assert archive.update(self.newer) == Changes(unchanged=ARTICLES)
        return batches

    def batches(self, archive: Archive) -> int:
        held = list(archive.articles())
        states = [
            [*self.newer[:end], *self.older[end:]] for end in range(0, ARTICLES + 1, BATCH)
        ]  # after each whole batch
        assert held in states
        return max(number for number, state in enumerate(states) if state == held)

    def hits_are_true(self, archive: Archive) -> None:
        for search in (archive.nearest, archive.matching):
            for hit in search("The museum opened", 99, EVERYTHING):
                text = archive.article(hit.passage.article_id).text
                assert hit.passage.text == text[hit.passage.start : hit.passage.end]


@pytest.mark.parametrize("had_some", [False, True], ids=["from nothing", "over an older edition"])
def test_a_killed_update_loses_nothing_that_was_written(
    processes: ForkServerContext, tmp_path: Path, had_some: bool
) -> None:
    kills = Kills(processes, tmp_path, had_some=had_some)

    assert len({kills.survives(seed) for seed in range(3)}) > 1


@pytest.mark.soak
@pytest.mark.parametrize("had_some", [False, True], ids=["from nothing", "over an older edition"])
def test_a_hundred_killed_updates(processes: ForkServerContext, tmp_path: Path, had_some: bool) -> None:
    kills = Kills(processes, tmp_path, had_some=had_some)

    assert {kills.survives(seed) for seed in range(100, 200)} == set(range(ARTICLES // BATCH + 1))


def test_copies_are_counted_and_listed(archive: Archive) -> None:
    story = " ".join(f"On day {n} the crew of boat {n * 7} found mast {n * 13}." for n in range(12))
    changes = archive.update(
        [
            make_article("a", story, source="Echo", published=datetime(2031, 5, 6)),
            make_article("b", f"TARSEN - {story}", source="Post", published=datetime(2031, 5, 7)),
            make_article("c", "Snow came."),
        ]
    )

    assert (changes.groups, changes.copies) == (1, 1)
    assert [[each.article_id for each in group.members] for group in archive.copies()] == [["a", "b"]]
    assert set(archive.groups_of(["c", "b"])) == {"b"}
    assert archive.groups_of(["a"], Filter(until=datetime(2031, 5, 6)))["a"].members[0].outlet == "Echo"
    assert archive.update([make_article("b", "Snow came to the hills.")]).groups == 0
    assert archive.check() == []
