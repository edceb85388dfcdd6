from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder, make_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import index.database
from index.errors import ArchiveDamaged, ArchiveError, ArchiveLocked, ArchiveMissing, StaleArchive
from index.split import split
from index.store import DATABASE, SqliteStore
from index.types import EVERYTHING, Article, Filter, Hit, Matrix, Passage

ENCODER = HashEncoder()
NO_ROOT = 65_534  # the number of "nobody"


def put(store: SqliteStore, *articles: Article) -> list[Passage]:
    passages = [passage for a in articles for passage in split(a, ENCODER.count_tokens, ENCODER.max_tokens)]
    store.add(articles, passages, ENCODER.encode_passages([passage.text for passage in passages]))
    return passages


def vector(text: str) -> Matrix:
    row: Matrix = ENCODER.encode_queries([text])[0]
    return row


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.article_id for hit in hits]


def found(store: SqliteStore, text: str, where: Filter = EVERYTHING) -> tuple[list[str], list[str]]:
    """What both searches say, sorted: for tests in which they must agree."""
    return sorted(ids(store.nearest(vector(text), 9, where))), sorted(ids(store.matching(text, 9, where)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "archive", ENCODER.id, create=True)
    yield store
    store.close()


def test_an_article_comes_back_as_it_was_put_in(store: SqliteStore) -> None:
    article = Article(
        id="news/2031 ü.txt",
        title="Häfen “zu”",
        text="Der Hafen 港 ist zu. 🙂\n\nNiemand wurde verletzt.",
        source="Die Zeitung",
        authors=("Ö. Pohl", 'Q. "Q" Hale'),
        published=datetime(2031, 5, 6, 7, 30, 1, 250_000, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
        url="https://ledger.example/a?b=1",
        origin="/somewhere/news/2031 ü.txt#3",
        content_hash="0" * 64,
    )
    plain = make_article("plain", "Nothing is known of it.")
    put(store, article, plain)

    assert store.article(article.id) == article
    assert list(store.articles()) == [article, plain]
    assert store.article("news") is None
    assert store.known() == {article.id: (article.origin, "0" * 64), "plain": (plain.origin, plain.content_hash)}
    assert store.addresses() == [(article.id, article.origin, article.url), ("plain", plain.origin, None)]


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)


@given(TEXTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_passages_come_back_with_the_offsets_they_went_in_with(store: SqliteStore, text: str) -> None:
    passages = put(store, make_article("a", text))
    hits = store.nearest(vector("a"), 100, EVERYTHING)

    assert sorted((hit.passage for hit in hits), key=lambda passage: passage.ordinal) == passages
    assert store.check() == []


def test_more_articles_than_a_page_come_in_order_each_once(store: SqliteStore) -> None:
    put(store, *(make_article(f"a{number:03}", "The harbour closed.") for number in range(450, 0, -1)))

    assert [article.id for article in store.articles()] == [f"a{number:03}" for number in range(1, 451)]
    assert store.passage_count() == 450


def test_every_change_raises_the_generation(store: SqliteStore) -> None:
    seen = [store.generation]
    put(store, make_article("a", "One."), make_article("b", "Two."))
    seen.append(store.generation)
    put(store, make_article("a", "Three."))
    seen.append(store.generation)
    store.remove(["a", "nobody"])
    seen.append(store.generation)

    assert seen == [0, 1, 2, 3]


def test_a_note_is_no_change(store: SqliteStore) -> None:
    put(store, make_article("a", "One."))

    store.keep_note("calibration", "kept")
    store.keep_note("calibration", "kept anew")
    assert (store.note("calibration"), store.generation) == ("kept anew", 1)
    store.keep_note("calibration", None)
    assert (store.note("calibration"), store.generation) == (None, 1)
    assert store.check() == []


@given(st.lists(st.tuples(TEXTS, TEXTS | st.none()), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_last_note_of_a_name_is_the_one_that_is_kept(
    store: SqliteStore, notes: list[tuple[str, str | None]]
) -> None:
    for name, text in notes:
        store.keep_note(name, text)

    for name, text in dict(notes).items():
        assert store.note(name) == text
    assert (store.encoder_id, store.generation) == (ENCODER.id, 0)


def test_a_note_is_there_for_another_connection(store: SqliteStore, tmp_path: Path) -> None:
    other = SqliteStore(tmp_path / "archive", ENCODER.id)
    store.keep_note("calibration", "kept")
    assert other.note("calibration") == "kept"
    other.keep_note("calibration", None)
    assert store.note("calibration") is None
    other.close()


def test_a_replaced_article_is_found_by_its_new_words_only(store: SqliteStore) -> None:
    put(store, make_article("a", "The crane fell. " * 30), make_article("b", "Snow came."))
    put(store, make_article("a", "The lighthouse burned."))

    assert found(store, "lighthouse")[1] == ["a"]
    assert found(store, "crane")[1] == []
    assert store.passage_count() == 2
    assert [hit.passage.text for hit in store.nearest(vector("The lighthouse burned."), 1, EVERYTHING)] == [
        "The lighthouse burned."
    ]
    assert store.check() == []


def test_a_removed_article_is_found_no_more(store: SqliteStore) -> None:
    put(store, make_article("a", "The crane fell. " * 30), make_article("b", "The crane stands."))
    store.nearest(vector("crane"), 1, EVERYTHING)  # so that an index is in memory
    store.remove(["a"])

    assert found(store, "crane") == (["b"], ["b"])
    assert store.article("a") is None
    assert store.check() == []


class Broken(RuntimeError):
    """Something that goes wrong in the middle."""


def test_an_error_in_the_middle_leaves_no_trace(store: SqliteStore) -> None:
    old = make_article("a", "The crane fell.")
    put(store, old)
    new = [make_article("a", "The lighthouse burned."), make_article("b", "Snow came.")]
    passages = [*split(new[0], ENCODER.count_tokens, 64), Passage("unknown", 0, 0, 1, "x")]

    with pytest.raises(KeyError):  # a passage of an article that is not there: after the articles were written
        store.add(new, passages, ENCODER.encode_passages(["", ""]))

    assert store.generation == 1
    assert list(store.articles()) == [old]
    assert found(store, "crane") == (["a"], ["a"])
    assert found(store, "lighthouse")[1] == []
    assert store.check() == []
    put(store, *new)  # nothing is left open
    assert store.generation == 2


def test_an_error_at_any_statement_leaves_no_trace(store: SqliteStore) -> None:
    put(store, make_article("a", "The crane fell."))
    connection = store._connection
    steps = 0
    for allowed in range(400):  # SQLite asks after every 20 of its own instructions whether to go on
        steps = 0

        def interrupt(allowed: int = allowed) -> bool:
            nonlocal steps
            steps += 1
            return steps == allowed + 1

        connection.set_progress_handler(interrupt, 20)
        try:
            put(store, make_article("a", "The lighthouse burned."), make_article("b", "Snow came."))
            break
        except ArchiveError:
            pass
        finally:
            connection.set_progress_handler(None, 0)
        assert store.generation == 1
        assert [article.text for article in store.articles()] == ["The crane fell."]
    assert 10 < allowed < 399
    assert found(store, "lighthouse")[1] == ["a"]
    assert store.check() == []


def test_a_full_disk_is_an_error_that_says_so_and_leaves_no_trace(store: SqliteStore) -> None:
    put(store, make_article("a", "The crane fell."))
    store._connection.execute("PRAGMA max_page_count = 1")  # SQLite takes it as: no page more than there are
    with pytest.raises(ArchiveError, match=r"archive\.db cannot be used: database or disk is full"):
        put(store, *(make_article(f"b{number}", "Snow came. " * 500) for number in range(9)))
    store._connection.execute("PRAGMA max_page_count = 1000000")

    assert [article.id for article in store.articles()] == ["a"]
    assert store.check() == []


def test_check_names_what_is_wrong(store: SqliteStore) -> None:
    put(store, make_article("a", "The crane fell."), make_article("b", "Snow came."), make_article("c", " \n"))
    assert store.check() == []

    connection = store._connection
    connection.execute("UPDATE passages SET vector = zeroblob(16) WHERE article = 1")
    connection.execute("UPDATE articles SET text = 'It never snowed.' WHERE id = 'b'")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO passages (article, ordinal, start, \"end\", vector) VALUES (99, 1, 0, 1, x'')")
    connection.execute("UPDATE articles SET text = 'Now it has some.' WHERE id = 'c'")

    problems = store.check()
    assert problems[:6] == [
        "1 passages belong to no article",
        "1 articles have passages missing in between",
        "1 articles have text but no passage",
        "2 of 3 articles speak of names that were not counted",
        "2 vectors are not of length 1",
        "vectors differ in size: [0, 16, 256] bytes",
    ]
    assert problems[6].startswith("the full-text index does not match the passages (")


def test_check_says_locked_and_not_damaged_while_another_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.database, "_LOCK_TIMEOUT_SECONDS", 0.05)
    store = SqliteStore(tmp_path, ENCODER.id, create=True)
    put(store, make_article("a", "The crane fell."))
    other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(ArchiveLocked, match="is being written by another process"):
        store.check()
    with pytest.raises(ArchiveLocked):
        put(store, make_article("b", "Snow came."))
    assert found(store, "crane") == (["a"], ["a"])  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    put(store, make_article("b", "Snow came."))
    assert store.check() == []
    store.close()


# Filters


def dated(name: str, day: int | None, source: str) -> Article:
    published = None if day is None else datetime(2031, 5, day, 12, tzinfo=UTC)
    return make_article(name, "The harbour closed.", source=source, published=published)


@pytest.fixture
def dates(store: SqliteStore) -> SqliteStore:
    put(
        store,
        dated("first", 1, "The Ledger"),
        dated("second", 2, "L’ÉCHO"),
        dated("third", 3, "STRASSE"),
        dated("undated", None, "The Ledger"),
        dated("nameless", 2, ""),
    )
    return store


@pytest.mark.parametrize(
    ("where", "names"),
    [
        (Filter(), ["first", "nameless", "second", "third", "undated"]),
        (Filter(since=datetime(2031, 5, 2, 12, tzinfo=UTC)), ["nameless", "second", "third", "undated"]),
        (Filter(since=datetime(2031, 5, 2, 12, 0, 1, tzinfo=UTC)), ["third", "undated"]),
        (Filter(until=datetime(2031, 5, 2, 12, tzinfo=UTC)), ["first", "nameless", "second", "undated"]),
        (Filter(until=datetime(2031, 5, 2, 11, 59, 59, tzinfo=UTC)), ["first", "undated"]),
        (Filter(until=datetime(2031, 5, 2, 12)), ["first", "nameless", "second", "undated"]),  # no zone: UTC
        (Filter(until=datetime(2031, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))), ["first", "undated"]),
        (Filter(since=datetime(2032, 1, 1)), ["undated"]),
        (Filter(since=datetime.min.replace(tzinfo=timezone(timedelta(hours=9))), until=datetime.max), None),
        (Filter(sources=("the ledger",)), ["first", "undated"]),
        (Filter(sources=("l’écho",)), ["second"]),  # SQLite's own lower() knows ASCII only
        (Filter(sources=("L’ÉCHO",)), ["second"]),
        (Filter(sources=("straße",)), ["third"]),
        (Filter(sources=("",)), ["nameless"]),
        (Filter(sources=("nobody", "STRASSE", "The Ledger")), ["first", "third", "undated"]),
        (Filter(sources=("The Ledger",), since=datetime(2031, 5, 2)), ["undated"]),
        (Filter(sources=("' OR 1=1 --",)), []),
    ],
)
def test_filters(dates: SqliteStore, where: Filter, names: list[str] | None) -> None:
    wanted = names if names is not None else ["first", "nameless", "second", "third", "undated"]

    assert found(dates, "harbour closed", where) == (wanted, wanted)
    newest, passing = dates.newest(where, 9)
    assert (sorted(article.id for article in newest), passing) == (wanted, len(wanted))


def test_the_newest_come_first_and_undated_ones_last(dates: SqliteStore) -> None:
    newest, passing = dates.newest(EVERYTHING, 9)

    assert [article.id for article in newest] == ["third", "nameless", "second", "first", "undated"]
    assert passing == 5
    assert dates.newest(EVERYTHING, 2) == (newest[:2], 5)
    assert [article.id for article in dates.newest(Filter(articles=("first", "none")), 9)[0]] == ["first"]
    assert dates.newest(Filter(dated=True), 9) == (newest[:4], 4)


def test_a_filter_is_not_a_choice_among_the_first_k(dates: SqliteStore) -> None:
    where = Filter(sources=("STRASSE",))

    assert ids(dates.nearest(vector("harbour"), 1, where)) == ["third"]
    assert ids(dates.matching("harbour", 1, where)) == ["third"]


MOMENTS = st.datetimes(timezones=st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=-11))))


@given(published=st.none() | MOMENTS, since=st.none() | MOMENTS, until=st.none() | MOMENTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_date_bounds_agree_with_datetime(
    store: SqliteStore, published: datetime | None, since: datetime | None, until: datetime | None
) -> None:
    def utc(moment: datetime) -> float:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

    put(store, make_article("a", "Snow came.", published=published))
    late = since is not None and published is not None and utc(published) < utc(since)
    early = until is not None and published is not None and utc(published) > utc(until)
    wanted = [] if late or early else ["a"]

    assert found(store, "snow", Filter(since, until)) == (wanted, wanted)


# Rankings


def test_ties_are_ordered_by_article_and_ordinal_wherever_the_list_is_cut(store: SqliteStore) -> None:
    for name in ("d", "b", "e", "a", "c"):  # as inserted, which must not matter
        put(store, make_article(name, "The harbour closed.\n\n" + "The harbour closed. " * 15))
    full = store.nearest(vector("The harbour closed."), 99, EVERYTHING)
    words = store.matching("harbour", 99, EVERYTHING)

    for hits in (full, words):
        keys = [(-hit.score, hit.passage.article_id, hit.passage.ordinal) for hit in hits]
        assert keys == sorted(keys)
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len(full) == store.passage_count()
    for k in range(1, len(full)):
        assert store.nearest(vector("The harbour closed."), k, EVERYTHING) == full[:k]
        assert store.matching("harbour", k, EVERYTHING) == words[:k]


def test_a_hundred_copies_do_not_hide_the_first_by_id(store: SqliteStore) -> None:
    put(store, *(make_article(f"a{number:03}", "The harbour closed.") for number in range(100, 0, -1)))

    assert ids(store.nearest(vector("harbour"), 3, EVERYTHING)) == ["a001", "a002", "a003"]


def test_scores_are_inner_products_and_higher_is_better(store: SqliteStore) -> None:
    passages = put(store, make_article("a", "The crane fell."), make_article("b", "The crane stands. It is red."))
    hits = store.nearest(vector("crane fell"), 2, EVERYTHING)

    assert [(hit.rank, hit.stage, hit.passage) for hit in hits] == [
        (1, "dense", passages[0]),
        (2, "dense", passages[1]),
    ]
    for hit in hits:
        assert hit.score == pytest.approx(float(vector("crane fell") @ vector(hit.passage.text)), abs=1e-6)


def test_headline_outlet_authors_and_section_count_like_the_passage(store: SqliteStore) -> None:
    put(
        store,
        make_article("a", "Snow came.", title="Crane", source="The Post"),
        make_article("b", "Crane came.", title="Snow", source="The Post"),
        make_article("c", "Snow went.", title="Snow", source="The Crane"),
        replace(make_article("d", "Snow went.", title="Snow", source="Post"), authors=("J. Crane",)),
        replace(make_article("e", "Snow went.", title="Snow", source="Post"), section="Crane"),
        *(make_article(f"n{number}", "Nothing at all.", title="Nothing") for number in range(20)),
    )
    hits = store.matching("crane", 9, EVERYTHING)

    assert sorted(ids(hits)) == ["a", "b", "c", "d", "e"]
    assert max(hit.score for hit in hits) < 1.3 * min(hit.score for hit in hits)
    assert {hit.stage for hit in hits} == {"words"}
    assert store.check() == []


@pytest.mark.parametrize("k", [0, -1])
def test_no_hits_asked_for_none_given(store: SqliteStore, k: int) -> None:
    put(store, make_article("a", "The crane fell."))

    assert store.nearest(vector("crane"), k, EVERYTHING) == []
    assert store.matching("crane", k, EVERYTHING) == []


def test_an_empty_archive_has_no_hits(store: SqliteStore) -> None:
    assert found(store, "crane") == ([], [])
    assert found(store, "crane", Filter(sources=("x",))) == ([], [])
    assert store.check() == []


@given(st.text(max_size=40) | st.text('"()*:^-+{}ANDORTE \x00’', max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_a_user_types_is_an_error(dates: SqliteStore, text: str) -> None:
    dates.matching(text, 5, Filter(sources=(text,)))
    assert [hit.rank for hit in dates.matching(text + " harbour", 5, EVERYTHING)] == [1, 2, 3, 4, 5]


# Two at once


def test_a_reader_sees_what_another_connection_writes(tmp_path: Path) -> None:
    writer = SqliteStore(tmp_path, ENCODER.id, create=True)
    reader = SqliteStore(tmp_path, ENCODER.id)
    put(writer, make_article("a", "The crane fell."))
    assert (reader.generation, found(reader, "crane")) == (1, (["a"], ["a"]))

    put(writer, make_article("b", "A crane again."))
    assert (reader.generation, found(reader, "crane")) == (2, (["a", "b"], ["a", "b"]))

    writer.remove(["a"])
    assert (reader.generation, found(reader, "crane")) == (3, (["b"], ["b"]))
    reader.close()
    writer.close()


class Interrupted(SqliteStore):
    """A reader to whom something happens while it reads the vectors."""

    happens: SqliteStore | None = None

    def _vectors(self, ids: np.typing.NDArray[np.int64]) -> Matrix:
        if self.happens:
            self.happens.remove(["a", "b"])
        return super()._vectors(ids)


def test_a_reader_builds_its_index_from_one_moment(tmp_path: Path) -> None:
    writer = SqliteStore(tmp_path, ENCODER.id, create=True)
    put(writer, make_article("a", "The crane fell."), make_article("b", "Another crane."), make_article("c", "Snow."))
    reader = Interrupted(tmp_path, ENCODER.id)
    reader.happens = writer

    assert ids(reader.nearest(vector("crane"), 9, EVERYTHING)) == ["c"]  # the texts are read after, so c alone is left
    reader.happens = None
    assert found(reader, "snow") == (["c"], ["c"])
    reader.close()
    writer.close()


# Folders that are no archive


def test_a_folder_without_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match=r"onrecord index PATH\.\.\. --archive "):
        SqliteStore(tmp_path / "nothing", ENCODER.id)

    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_what_a_killed_first_run_leaves(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    with pytest.raises(ArchiveMissing):
        SqliteStore(tmp_path, ENCODER.id)
    assert (tmp_path / DATABASE).read_bytes() == b""

    SqliteStore(tmp_path, ENCODER.id, create=True).close()
    assert SqliteStore(tmp_path, ENCODER.id).check() == []


def test_another_encoder_is_refused_by_name(tmp_path: Path) -> None:
    SqliteStore(tmp_path, "small@123", create=True).close()

    for create in (False, True):
        with pytest.raises(StaleArchive, match=r"built with small@123, but big@456 was asked for.*--encoder small,"):
            SqliteStore(tmp_path, "big@456", create=create)


def test_the_same_name_with_other_weights_is_another_encoder(tmp_path: Path) -> None:
    SqliteStore(tmp_path, "small@123", create=True).close()

    with pytest.raises(StaleArchive):
        SqliteStore(tmp_path, "small@124")


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("content", [b"not a database" * 1000, b"\x00" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes, create: bool) -> None:
    (tmp_path / DATABASE).write_bytes(content)

    with pytest.raises(ArchiveDamaged, match=r"archive\.db"):
        SqliteStore(tmp_path, ENCODER.id, create=create)
    assert (tmp_path / DATABASE).read_bytes() == content


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / DATABASE)
    other.execute("CREATE TABLE recipes (name)")
    other.close()
    content = (tmp_path / DATABASE).read_bytes()

    with pytest.raises(ArchiveDamaged, match="is no archive: it holds 'recipes'"):
        SqliteStore(tmp_path, ENCODER.id, create=True)
    assert (tmp_path / DATABASE).read_bytes() == content


def test_a_later_layout_is_refused(store: SqliteStore, tmp_path: Path) -> None:
    store._connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")

    with pytest.raises(ArchiveDamaged, match="has layout 99, this onrecord reads 3"):
        SqliteStore(tmp_path / "archive", ENCODER.id)


def test_a_damaged_archive_is_told_and_never_a_traceback(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "whole", ENCODER.id, create=True)
    put(store, *(make_article(f"a{number}", "The crane fell. " * 40) for number in range(40)))
    store.close()
    content = (tmp_path / "whole" / DATABASE).read_bytes()
    found_out = 0
    for place in range(4096, len(content), 4096):
        folder = tmp_path / f"at-{place}"
        folder.mkdir()
        (folder / DATABASE).write_bytes(content[:place] + b"\xa5" * 2048 + content[place + 2048 :])
        try:
            damaged = SqliteStore(folder, ENCODER.id)
            try:
                found_out += damaged.check() != []
            finally:
                damaged.close()
        except ArchiveDamaged:
            found_out += 1
        shutil.rmtree(folder)
    assert found_out == len(range(4096, len(content), 4096))


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_cut_off_archive_is_told(tmp_path: Path, cut: float) -> None:
    store = SqliteStore(tmp_path, ENCODER.id, create=True)
    put(store, *(make_article(f"a{number}", "The crane fell. " * 40) for number in range(40)))
    store.close()
    file = tmp_path / DATABASE
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * cut)])

    with pytest.raises(ArchiveDamaged):
        SqliteStore(tmp_path, ENCODER.id).check()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ArchiveError, match=r"file cannot be made \(File exists\). Name another: --archive FOLDER"):
        SqliteStore(tmp_path / "file", ENCODER.id, create=True)
    with pytest.raises(ArchiveMissing):
        SqliteStore(tmp_path / "file", ENCODER.id)


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / DATABASE).mkdir()

    with pytest.raises(ArchiveDamaged, match="cannot be used: unable to open database file"):
        SqliteStore(tmp_path, ENCODER.id)


AS_SOMEBODY_ELSE = """
import os, sys
from pathlib import Path
from index.errors import OnRecordError
from index.store import SqliteStore
if os.geteuid() == 0:
    os.setuid(int(sys.argv[2]))  # root may write anywhere
try:
    SqliteStore(Path(sys.argv[1]), "hash-encoder@1", create=sys.argv[3] == "create").passage_count()
except OnRecordError as error:
    sys.stdout.write(f"{type(error).__name__}: {error}")
"""


@pytest.mark.parametrize("create", ["create", "read"])
def test_a_read_only_folder_is_told(tmp_path: Path, create: str) -> None:
    for folder in [tmp_path, *tmp_path.parents][:3]:
        folder.chmod(0o755)  # pytest's own are closed to others
    folder = tmp_path / "archive"
    store = SqliteStore(folder, ENCODER.id, create=True)
    put(store, make_article("a", "The crane fell."))
    store.close()
    if create == "create":
        (folder / DATABASE).unlink()
    folder.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", AS_SOMEBODY_ELSE, folder, str(NO_ROOT), create],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(Path(index.database.__file__).parents[1])},
        )
    finally:
        folder.chmod(0o755)

    assert done.stdout.startswith(f"ArchiveDamaged: {folder}/archive.db cannot be used: ")
    assert "\n" not in done.stdout


def test_several_articles_come_in_the_order_asked_for(dates: SqliteStore) -> None:
    asked = ["undated", "nobody", "first", "undated"]

    assert list(dates.articles_by_id(asked)) == ["undated", "first"]
    assert dates.articles_by_id(asked)["first"] == dates.article("first")
    assert dates.articles_by_id([]) == {}


def test_all_passages_of_an_article_come_in_order(store: SqliteStore) -> None:
    passages = put(
        store, make_article("b", "The crane fell. " * 60), make_article("a", "Snow came."), make_article("c", "")
    )

    own = store.passages_of(["b", "nobody", "c", "a"])

    assert list(own) == ["b", "a"]  # one has no text
    assert [passage for each in own.values() for passage in each] == passages
    assert len(own["b"]) > 2


def test_outlets_are_counted_anew_after_every_change(store: SqliteStore, tmp_path: Path) -> None:
    put(store, dated("a", 1, "The Ledger"), dated("b", 1, "the ledger"), dated("c", 1, "the ledger"), dated("d", 1, ""))
    seen = store.outlets()
    other = SqliteStore(tmp_path / "archive", ENCODER.id)
    put(other, dated("e", 1, "Echo"))
    other.close()

    assert seen == {"the ledger": 3}
    assert store.outlets() == {"Echo": 1, "the ledger": 3}
    assert store.outlets() is store.outlets()  # not looked up with every question
