from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from fakes import HashEncoder, make_article

import ui.library.holdings
from index.archive import Archive
from ui.library.holdings import added, holdings, listing

ARTICLES = (
    make_article("a", "The bridge reopens.", title="Bridge", source="Post", published=datetime(2026, 3, 14)),
    make_article(
        "b", "The bridge bill climbs.", source="Echo", published=datetime(2026, 3, 2), url="https://e.example/b"
    ),
    make_article("c", "Snow fell.", source="post", published=datetime(2025, 1, 1), origin="/in/snow.txt"),
    make_article("d", "The ferry is late.", source="", origin="/in/deep/ferry notes.txt"),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), HashEncoder(), create=True) as archive:
        archive.update(ARTICLES)
        yield archive


def test_what_is_held_is_counted(archive: Archive) -> None:
    held = holdings(archive)

    assert (held.stats.articles, held.stats.undated) == (4, 1)
    assert dict(held.outlets) == {"Echo": 1, "Post": 2}
    assert held.months.counts == ((date(2025, 1, 1), 1), (date(2026, 3, 1), 2))


@pytest.mark.parametrize(
    ("typed", "ids", "total"),
    [
        ("", "abcd", 4),
        ("bridge", "ab", 2),
        ("  bridge   bill ", "ba", 2),
        ('"bridge bill"', "ba", 2),
        ("bridge source:echo", "b", 1),
        ("source:post", "ac", 2),
        ("since:2026", "abd", 3),  # undated articles pass every bound
        ("volcano", "", 0),
        ("d", "d", 1),
        ("https://e.example/b", "b", 1),
        ("snow.txt", "c", 1),
        ("ferry notes.txt", "d", 1),
        ("deep/ferry notes.txt", "d", 1),
    ],
)
def test_articles_are_found_by_words_operators_and_names(archive: Archive, typed: str, ids: str, total: int) -> None:
    found = listing(archive, typed)

    assert "".join(article.id for article in found.articles) == ids
    assert (found.total, found.trouble, found.is_new) == (total, "", False)
    assert found.typed == " ".join(typed.split())


def test_what_cannot_be_understood_is_told(archive: Archive) -> None:
    found = listing(archive, "bridge after:yesterdayish")

    assert found.articles == ()
    assert found.trouble.startswith("'yesterdayish' is not a date: write after:2025-12-22")


def test_a_long_list_is_cut_and_says_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.library.holdings, "LISTED", 2)
    monkeypatch.setattr(ui.library.holdings, "PASSAGES", 3)

    assert [(len(found.articles), found.total) for found in (listing(archive), listing(archive, "the"))] == [
        (2, 4),
        (2, None),
    ]
    new = added(archive, ["d", "c", "a"])
    assert ([article.id for article in new.articles], new.total, new.is_new) == (["d", "c"], 3, True)
