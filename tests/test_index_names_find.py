from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from fakes import HashEncoder, make_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.names import table
from index.names.spelling import edits, nearest
from index.store import DATABASE
from index.types import Article, NameFound

TEXTS = {
    "a": "Ada Lindqvist of Moravia Steel met Bo Pohl. It was Lindqvist who spoke, in front of The Hague's court.",
    "b": "Ada Lindqvist came to Port Ellis. The green crane fell, said Lindqvist.",
    "c": "Officials said Cy Pohl ran for the Green Party in Port Ellis. A pool was green, and a green sea too.",
    "d": "The harbour of steel was green. The party was green. The crane of the Bank of Moravia was green.",
    "e": "It hit the World Health Council, and Zoë Brûlé of NATO, and O'Hara, and Northern Ellis.",
}


def article(name: str) -> Article:
    return make_article(name, TEXTS[name])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEncoder(), create=True) as archive:
        archive.update(map(article, TEXTS))
        yield archive


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Ada Lindqvist say?", {"Ada Lindqvist": "Ada Lindqvist"}),
        ("what did ada lindqvist say", {"ada lindqvist": "Ada Lindqvist"}),
        ("WHAT DID ADA LINDQVIST SAY", {"ADA LINDQVIST": "Ada Lindqvist"}),
        ("Is Lindqvist's steel green?", {"Lindqvist": "Ada Lindqvist"}),  # of one person
        ("Who is Pohl?", {}),  # of two
        ("Who is Cy Pohl?", {"Cy Pohl": "Cy Pohl"}),
        ("Who is President Lindqvist?", {"Lindqvist": "Ada Lindqvist"}),
        ("Who is Eva Lindqvist?", {}),  # somebody else
        ("Who is Lindqvits?", {"Lindqvits": "Ada Lindqvist"}),
        ("who is ada lindkvist and where is port elis", {"ada lindkvist": "Ada Lindqvist"}),  # four letters are too few
        ("the green party and the green pool", {}),
        ("Did the Green Party win?", {"Green Party": "Green Party"}),
        ("the world health council", {"world health council": "World Health Council"}),
        ("the bank of moravia in port ellis", {"bank of moravia": "Bank of Moravia", "port ellis": "Port Ellis"}),
        ("moravia steel", {"moravia steel": "Moravia Steel"}),
        ("zoe brule", {"zoe brule": "Zoë Brûlé"}),
        ("nato and o’hara", {"nato": "NATO", "o’hara": "O'Hara"}),
        ("Did it fall in May?", {}),
        ("harbour crane", {}),
        ("Who was there, and why?", {}),
        ("", {}),
    ],
)
def test_names_in_a_question(archive: Archive, question: str, names: dict[str, str]) -> None:
    assert {found.asked: found.name for found in archive.names_in(question)} == names


def test_how_many_articles_have_a_name_whatever_stands_in_the_question(archive: Archive) -> None:
    assert [found.articles for found in archive.names_in("Lindqvits in Port Ellis")] == [2, 2]


WORDS = st.lists(
    st.sampled_from('Ada ada Lindqvist lindqvits Pohl the of Bank Moravia green Party port Ellis . ’s "'.split())
)


@given(st.text(max_size=100) | WORDS.map(" ".join))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_offsets_are_true_in_order_and_do_not_overlap(archive: Archive, text: str) -> None:
    found = archive.names_in(text)

    assert [text[each.start : each.end] for each in found] == [each.asked for each in found]
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(each.name and each.articles > 0 for each in found)


def test_a_long_text_is_looked_through_at_its_beginning(archive: Archive) -> None:
    assert len(archive.names_in("Ada Lindqvist spoke. " * 5_000)) > 50


TABLES = ("names", "short_names", "name_words", "small_words")


def counted(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]


def empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(files("index").joinpath("schema.sql").read_text("utf-8"))
    return connection


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.sampled_from(sorted(TEXTS.values()))), max_size=8))
@settings(max_examples=30, deadline=None)
def test_whatever_came_and_went_the_counts_are_those_of_what_is_there(changes: list[tuple[int, str | None]]) -> None:
    connection, there = empty(), dict[int, str]()
    for place, text in changes:
        if old := there.pop(place, None):
            table.drop(connection, [(old, "en")])
        if text:
            there[place] = text
            table.add(connection, [(text, "en")])
    at_once = empty()
    table.add(at_once, [(text, "en") for text in reversed(there.values())])

    assert counted(connection) == counted(at_once)


def test_an_archive_forgets_the_names_of_what_is_replaced_and_removed(archive: Archive, tmp_path: Path) -> None:
    archive.update([make_article("a", "It was Eva Hale."), make_article("e", "It was Eva Hale.")])
    archive.remove(["b", "c", "d"])

    assert archive.names_in("Ada Lindqvist, Port Ellis, Eva Hale") == (NameFound(27, 35, "Eva Hale", "Eva Hale", 2),)
    with closing(sqlite3.connect(tmp_path / "archive" / DATABASE)) as connection:
        assert counted(connection) == [
            [("eva hale", "Eva Hale", 2)],
            [("hale", "eva hale", 2)],
            [("eva", "Eva", 2, "ave"), ("hale", "Hale", 2, "elah")],
            [("was", 2)],
        ]


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("DELETE FROM names WHERE folded = 'nato'", "1 of 5 articles speak of names that were not counted"),
        ("DELETE FROM names WHERE folded = 'cy pohl'", "1 surnames stand for names that are not there"),
        ("DELETE FROM small_words WHERE word = 'was'", "3 of 5 articles speak of names that were not counted"),
        (
            "UPDATE name_words SET articles = 0 WHERE word = 'cy'",
            "1 names are in no article, or in more than there are",
        ),
        ("UPDATE names SET articles = 6 WHERE folded = 'nato'", "1 names are in no article, or in more than there are"),
    ],
)
def test_check_finds_what_is_wrong_with_names(archive: Archive, tmp_path: Path, damage: str, problem: str) -> None:
    with closing(sqlite3.connect(tmp_path / "archive" / DATABASE)) as connection, connection:
        connection.execute(damage)

    assert problem in archive.check()


@pytest.mark.parametrize(
    ("word", "other", "count"),
    [("lind", "lind", 0), ("lind", "lin", 1), ("lind", "lidn", 1), ("lind", "linds", 1), ("lind", "land", 1),
     ("", "", 0), ("lindqvist", "lundkvist", 2), ("abc", "xyz", 3), ("abcdef", "ghijkl", 3)],
)  # fmt: skip
def test_edits(word: str, other: str, count: int) -> None:
    assert edits(word, other, 2) == count
    assert edits(other, word, 2) == count


def test_the_nearest_words() -> None:
    assert nearest("lindqvits", ["lindqvist", "lindkvist", "undqvits"]) == ["lindqvist"]
    assert nearest("hales", ["haley", "haler", "dales"]) == ["haler", "haley"]
    assert nearest("hale", ["hales"]) == []  # too short to be sure
    assert nearest("marinus", ["martinez"]) == []
