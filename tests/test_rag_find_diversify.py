from __future__ import annotations

from fakes import make_article
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Hit, Passage
from rag.find.diversify import PASSAGES_PER_ARTICLE, TO_THE_POINT, join_neighbours, spread
from rag.find.prior import POINTS

TEXT = "".join(f"Sentence {n}. " for n in range(8))
ARTICLES = {key: make_article(key, TEXT, source=f"Outlet {key}") for key in "abc"}
STEP = len("Sentence 0. ")


def passage(key: str, ordinal: int) -> Passage:
    start, end = ordinal * STEP, (ordinal + 1) * STEP - 1
    return Passage(key, ordinal, start, end, TEXT[start:end])


def hits(*keys: tuple[str, int]) -> list[Hit]:
    return [Hit(passage(*key), -float(rank), rank, "reranked") for rank, key in enumerate(keys, start=1)]


def keys(found: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.passage.article_id, hit.passage.ordinal) for hit in found]


SOME = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 7)), unique=True, max_size=14)


def test_neighbours_among_the_first_become_one_in_the_better_place() -> None:
    found = join_neighbours(hits(("a", 4), ("b", 1), ("a", 3), ("a", 6)), ARTICLES, within=3)

    assert keys(found) == [("a", 3), ("b", 1), ("a", 6)]
    assert found[0].passage.text == "Sentence 3. Sentence 4."
    assert [(hit.score, hit.rank) for hit in found] == [(-1.0, 1), (-2.0, 2), (-4.0, 3)]


def test_what_stands_too_low_is_not_joined() -> None:
    assert keys(join_neighbours(hits(("a", 4), ("b", 1), ("a", 3)), ARTICLES, within=2)) == [
        ("a", 4),
        ("b", 1),
        ("a", 3),
    ]


@given(SOME, st.integers(0, 14))
def test_joined_passages_are_slices_and_hold_every_word_that_was_found(
    found: list[tuple[str, int]], within: int
) -> None:
    given_hits = hits(*found)

    joined = join_neighbours(given_hits, ARTICLES, within=within)

    assert [hit.rank for hit in joined] == list(range(1, len(joined) + 1))
    for hit in joined:
        assert ARTICLES[hit.passage.article_id].text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert hit.passage.end - hit.passage.start < 2 * STEP
    for hit in given_hits:
        assert any(
            other.passage.article_id == hit.passage.article_id
            and other.passage.start <= hit.passage.start
            and hit.passage.end <= other.passage.end
            for other in joined
        )


def test_after_three_passages_of_one_article_others_speak() -> None:
    found = spread(hits(*(("a", n) for n in (0, 2, 4, 6)), ("b", 0), ("c", 0)), ARTICLES, by_outlet=False)

    assert PASSAGES_PER_ARTICLE == 3
    assert keys(found) == [("a", 0), ("a", 2), ("a", 4), ("b", 0), ("c", 0), ("a", 6)]


def test_each_outlet_to_the_point_speaks_before_one_speaks_twice() -> None:
    given_hits = hits(("a", 0), ("a", 2), ("b", 0), ("b", 2))
    far_off = Hit(passage("c", 0), -1.1 - TO_THE_POINT * POINTS["reranked"], 5, "reranked")

    found = spread([*given_hits, far_off], ARTICLES, by_outlet=True)

    assert keys(found) == [("a", 0), ("b", 0), ("a", 2), ("b", 2), ("c", 0)]


def test_two_articles_of_one_outlet_are_one_side_and_unknown_outlets_are_many() -> None:
    articles: dict[str, Article] = {
        "a": make_article("a", TEXT, source="Post"),
        "b": make_article("b", TEXT, source="Post"),
        "c": make_article("c", TEXT, source=""),
        "d": make_article("d", TEXT, source=""),
    }

    found = spread(hits(("a", 0), ("b", 0), ("c", 0), ("d", 0)), articles, by_outlet=True)

    assert keys(found) == [("a", 0), ("c", 0), ("d", 0), ("b", 0)]


@given(SOME, st.booleans())
def test_spreading_loses_nothing_and_keeps_the_first(found: list[tuple[str, int]], by_outlet: bool) -> None:
    order = keys(spread(hits(*found), ARTICLES, by_outlet=by_outlet))

    assert sorted(order) == sorted(found)
    assert order[:1] == found[:1]
