from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashEncoder, make_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.types import Article, Filter

SNOW = "Snow lay on the quay for nine days and nobody could land. " * 3


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEncoder(), create=True) as archive:
        yield archive


def fill(archive: Archive, *articles: Article) -> Archive:
    archive.update(articles)
    return archive


def found(archive: Archive, text: str, *phrases: str, k: int = 9) -> tuple[list[str], list[str]]:
    where = Filter(phrases=phrases)
    nearest, matching = archive.nearest(text, k, where), archive.matching(text, k, where)
    return sorted({hit.passage.article_id for hit in nearest}), sorted({hit.passage.article_id for hit in matching})


@pytest.fixture
def harbours(archive: Archive) -> Archive:
    return fill(
        archive,
        make_article("a", "The old harbour was closed on Monday. Ada Lind said so.", title="Storm"),
        make_article("b", "The harbour is old. Lind, Ada was not there.", title="Ferry"),
        make_article("c", "Nobody came to see the ships.", title="The old harbour, closed"),
        make_article("d", "Señora Nuñez’s crane fell; she didn't wait.", title="Crane"),
    )


@pytest.mark.parametrize(
    ("phrases", "ids"),
    [
        (["old harbour"], ["a", "c"]),  # in the text, or in the headline
        (["OLD HARBOURS"], ["a", "c"]),  # words are compared as full text compares them
        (["Ada Lind"], ["a"]),
        (["old harbour", "Ada Lind"], ["a"]),
        (["harbour closed"], ["c"]),  # a mark between words is no word
        (["senora nunez"], ["d"]),
        (["didn't wait"], ["d"]),
        (["harbour, closed!"], ["c"]),
        (["nowhere to be found"], []),
        (["old harbour", "nowhere"], []),
        (["?!", ""], ["a", "b", "c", "d"]),  # asks for nothing
        (['old" OR "crane'], []),  # a quotation mark is no end of the phrase
        (["old\0harbour"], ["a", "c"]),
    ],
)
def test_both_searches_give_the_passages_that_hold_each_phrase(
    harbours: Archive, phrases: list[str], ids: list[str]
) -> None:
    assert found(harbours, "harbour crane ships", *phrases) == (ids, ids)


def test_a_phrase_is_a_match_where_no_other_word_is(harbours: Archive) -> None:
    assert found(harbours, "volcano", "Ada Lind") == (["a"], ["a"])
    assert found(harbours, "", "Ada Lind")[1] == ["a"]


def test_of_passages_with_the_phrase_those_with_more_of_the_words_come_first(archive: Archive) -> None:
    fill(
        archive,
        make_article("a", "The old harbour lies in the north, far from the town and its market square."),
        make_article("b", "The old harbour lies in the south, far from the volcano and its black sand."),
    )

    hits = archive.matching("black volcano", 9, Filter(phrases=("old harbour",)))

    assert [hit.passage.article_id for hit in hits] == ["b", "a"]


def test_a_phrase_that_one_passage_in_a_thousand_holds_is_found(archive: Archive) -> None:
    fill(archive, *(make_article(f"n{number:04}", f"{SNOW} Report {number}.") for number in range(1_000)))
    fill(archive, make_article("z", "A grey seal slept on the slipway."))

    assert found(archive, "snow on the quay", "grey seal", k=1) == (["z"], ["z"])


def test_a_phrase_and_other_bounds_hold_together(archive: Archive) -> None:
    fill(archive, make_article("a", "Ice came.", source="Echo"), make_article("b", "Ice came.", source="Ledger"))
    where = Filter(sources=("echo",), phrases=("ice came",))

    assert [hit.passage.article_id for hit in archive.nearest("ice", 9, where)] == ["a"]
    assert [hit.passage.article_id for hit in archive.matching("ice", 9, where)] == ["a"]


@given(st.lists(st.text(max_size=20) | st.sampled_from(['"', "NEAR(", "title:", "*", "{text}", "old harbour"])))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_a_user_types_as_a_phrase_is_an_error(harbours: Archive, phrases: list[str]) -> None:
    nearest, matching = found(harbours, "harbour", *phrases)

    assert nearest == matching or not any(map(str.isalnum, "".join(phrases)))
