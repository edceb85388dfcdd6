"""What a reader is shown of an article: its words that an answer uses, its versions, who else has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from fakes import HashEncoder, make_article
from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import BILL, BRIDGE, E_BILL, E_BRIDGE, an_answer, cite, evidence_of

from index.archive import Archive
from index.errors import ArticleNotFound
from rag.types import Disagreement, Sentence, Side
from ui.conversation import Exchange
from ui.looking.opened import Bookmark, Place, bookmark, merged, open_at, place, places

STORY = [
    "The port authority said on Tuesday that the harbour bridge would reopen on 4 May after months of work.",
    "Repairs to the cables cost 12.4 million crowns, twice as much as the city had set aside for them.",
    "Councillor Mara Lind called the rise hard to explain and asked the auditors to look at every bill.",
    "Until then a ferry takes cyclists and walkers across from six in the morning until midnight.",
    "Drivers have to go round by the northern ring, where queues reached three kilometres last week.",
]
FIRST = "\n\n".join(STORY)
SECOND = FIRST.replace("4 May", "11 May")
THIRD = f"{SECOND}\n\nThe mayor apologised to the drivers on Friday."


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 5, day, hour)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEncoder(), create=True) as archive:
        archive.update(
            [
                make_article("first", FIRST, title="Bridge to reopen", source="Post", published=at(1)),
                make_article("second", SECOND, title="Bridge to reopen", source="Post", published=at(2, 9)),
                make_article("third", THIRD, title="Bridge to reopen late", source="Post", published=at(2, 17)),
                make_article("echo", FIRST, title="Bridge", source="Echo", published=at(3)),
                make_article("alone", "Nothing like it.", source="Post"),
            ]
        )
        yield archive


def test_versions_are_told_nearest_first_and_the_nearest_is_compared(archive: Archive) -> None:
    opened = open_at(archive, Bookmark("second"))
    (earlier,), (later,) = opened.earlier, opened.later

    assert (earlier.copy.article_id, later.copy.article_id) == ("first", "third")
    assert earlier.text and later.text and later.title
    changed = [(edit.older, edit.newer) for edit in earlier.text if edit.fate != "kept"]
    assert changed == [(STORY[0], STORY[0].replace("4 May", "11 May"))]
    assert [edit.newer for edit in later.text if edit.fate == "added"] == [
        "The mayor apologised to the drivers on Friday."
    ]
    assert [(edit.older, edit.newer) for edit in later.title] == [("Bridge to reopen", "Bridge to reopen late")]


def test_of_versions_further_away_it_is_told_that_they_exist(archive: Archive) -> None:
    near, far = open_at(archive, Bookmark("first")).later

    assert (near.copy.article_id, far.copy.article_id) == ("second", "third")
    assert near.text is not None
    assert (far.title, far.text) == (None, None)
    assert [each.copy.article_id for each in open_at(archive, Bookmark("third")).earlier] == ["second", "first"]


def test_other_outlets_are_apart_from_versions(archive: Archive) -> None:
    post, echo = open_at(archive, Bookmark("second")), open_at(archive, Bookmark("echo"))

    assert (post.outlets, [each.article_id for each in post.elsewhere]) == (("Echo",), ["echo"])
    assert (echo.outlets, [each.article_id for each in echo.elsewhere]) == (("Post",), ["first", "second", "third"])
    assert echo.earlier == echo.later == ()


def test_an_article_by_itself_has_no_relations(archive: Archive) -> None:
    opened = open_at(archive, Bookmark("alone"))

    assert (opened.earlier, opened.later, opened.elsewhere, opened.outlets) == ((), (), (), ())
    with pytest.raises(ArticleNotFound, match="'gone'"):
        open_at(archive, Bookmark("gone"))


def test_words_of_an_article_that_was_changed_since_are_not_marked(archive: Archive) -> None:
    article = archive.article("alone")
    mark = Bookmark("alone", ((0, 7), (5, 10)), ((5, 10),), article.content_hash)

    opened = open_at(archive, mark)
    assert (opened.spans, opened.focus, opened.outdated) == (((0, 10),), ((0, 10),), False)

    archive.update([make_article("alone", "There was nothing like it.", source="Post")])
    opened = open_at(archive, mark)
    assert (opened.spans, opened.focus, opened.outdated) == ((), (), True)
    assert not open_at(archive, Bookmark("alone")).outdated


def words(mark: Bookmark, text: str) -> tuple[list[str], list[str]]:
    return [text[a:b] for a, b in mark.spans], [text[a:b] for a, b in mark.focus]


REOPENS = "The bridge will reopen on 4 May, the port authority said."
REPAIRS = "Repairs to the cables cost 12.4 million crowns."
ANSWERED = Exchange("When?", answer=an_answer("When?"), evidence=an_answer("When?").evidence)


def test_all_that_an_answer_cites_is_marked_and_what_was_asked_for_is_shown_first() -> None:
    start = BRIDGE.text.index(REPAIRS)
    asked = bookmark(ANSWERED, "bridge", [(start, start + len(REPAIRS))])

    assert words(asked, BRIDGE.text) == ([REOPENS, REPAIRS, REPAIRS], [REPAIRS])
    assert asked.content_hash == BRIDGE.content_hash


def test_of_a_whole_card_what_the_answer_cites_is_shown() -> None:
    card = bookmark(ANSWERED, "bridge", [(E_BRIDGE.start, E_BRIDGE.end)])

    assert words(card, BRIDGE.text)[1] == [REOPENS, REPAIRS]


def test_before_an_answer_is_checked_the_evidence_is_marked() -> None:
    mark = bookmark(Exchange("When?", evidence=(E_BRIDGE, E_BILL)), "bridge")

    assert words(mark, BRIDGE.text) == ([E_BRIDGE.text] * 2, [E_BRIDGE.text])


def test_evidence_that_an_answer_leaves_unused_is_marked_where_it_is_asked_for() -> None:
    unused = evidence_of(2, BRIDGE, "Work began in January.")
    reopens = Sentence("It reopens.", (cite(E_BRIDGE, REOPENS),), "supported")
    answer = an_answer("When?", (reopens,), (E_BRIDGE, unused))
    exchange = Exchange("When?", answer=answer, evidence=answer.evidence)

    assert words(bookmark(exchange, "bridge"), BRIDGE.text) == ([REOPENS, REOPENS], [REOPENS])
    asked = bookmark(exchange, "bridge", [(unused.start, unused.end)])
    assert words(asked, BRIDGE.text) == ([REOPENS, unused.text], [unused.text])


def test_what_differing_reports_and_the_nearest_words_cite_is_marked_too() -> None:
    sentence = Sentence(BILL.text, (cite(E_BILL, "hard to explain"),), "quoted")
    refused = replace(an_answer("Why?", (), (E_BILL,)), closest=(sentence,))
    differing = replace(refused, closest=(), disagreements=(Disagreement("wording", (Side("hard", sentence),)),))

    for answer in (refused, differing):
        mark = bookmark(Exchange("Why?", answer=answer, evidence=answer.evidence), "bill")
        assert words(mark, BILL.text)[0] == ["hard to explain"] * 2


def test_places_that_are_no_evidence_are_not_believed() -> None:
    forged = bookmark(ANSWERED, "bridge", [(0, 5), (30, 9_999), (40, 40)])

    assert words(forged, BRIDGE.text)[1] == [REOPENS]
    assert bookmark(ANSWERED, "elsewhere", [(0, 5)]) == Bookmark("elsewhere")


def test_a_bookmark_has_its_place_among_the_sources() -> None:
    evidence = ANSWERED.evidence

    assert place(ANSWERED, 3, bookmark(ANSWERED, "bill")) == Place(3, 1, evidence)
    assert place(ANSWERED, 3, bookmark(ANSWERED, "copy of bill"), n=2) == Place(3, 1, evidence)
    assert place(ANSWERED, 3, bookmark(ANSWERED, "copy of bill")) is None
    assert place(ANSWERED, 3, bookmark(ANSWERED, "bill"), n=9) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [("12-80,95-140", ((12, 80), (95, 140))), ("", ()), ("a-b,1-,²-³", ()), ("9" * 5000 + "-1", ((999999999, 1),))],
)
def test_places_are_read_as_a_page_writes_them(written: str, read: tuple[tuple[int, int], ...]) -> None:
    assert places(written) == read


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair))))


@given(SPANS)
def test_merged_spans_are_the_same_characters_apart_and_in_order(spans: list[tuple[int, int]]) -> None:
    found = merged(spans)

    assert {n for span in found for n in range(*span)} == {n for span in spans for n in range(*span)}
    assert all(end < start for (_, end), (start, _) in pairwise(found))
