from __future__ import annotations

import os
import random
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from time import perf_counter, process_time

import pytest
from fakes import HashEncoder, make_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_copies import AGENCY, Made, World, newsroom, reworded

from index.copies.likeness import LEAST_PHRASES, keys, shares, sketch, wording
from index.copies.table import SETTLED_EVERY
from index.split import split
from index.store import SqliteStore
from index.types import EVERYTHING, Article, CopyGroup, Filter

ENCODER = HashEncoder()
NOON = datetime(2031, 5, 6, 12)
STORY = World(random.Random(1)).story(20)
TEXT = "\n\n".join(STORY)
OTHER = "\n\n".join(World(random.Random(2)).story(20))


def put(store: SqliteStore, *articles: Article) -> None:
    passages = [passage for each in articles for passage in split(each, ENCODER.count_tokens, ENCODER.max_tokens)]
    store.add(articles, passages, ENCODER.encode_passages([passage.text for passage in passages]))


def grouped(store: SqliteStore) -> list[list[str]]:
    """Every group's ids, the origin first."""
    assert store.check() == []
    return [[each.article_id for each in group.members] for group in store.groups()]


def told(store: SqliteStore, article_id: str = "a", where: Filter = EVERYTHING) -> CopyGroup:
    return store.groups_of([article_id], where)[article_id]


def by(name: str, text: str, outlet: str = "", *, hours: int | None = 0, url: str | None = None) -> Article:
    published = None if hours is None else NOON + timedelta(hours=hours)
    return make_article(name, text, source=outlet or f"The {name}", published=published, url=url)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "archive", ENCODER.id, create=True)
    yield store
    store.close()


# How alike two texts are


def alike(one: str, other: str, *, same_page: bool = False) -> tuple[float, float] | None:
    first, second = wording(one), wording(other)
    assert first is not None
    assert second is not None
    both = shares(first, second, same_page=same_page)
    swapped = shares(second, first, same_page=same_page)
    assert (both is None) == (swapped is None)
    assert both is None or swapped == both[::-1]
    return both


def test_line_ends_case_and_punctuation_make_no_difference() -> None:
    assert alike(TEXT, TEXT.upper().replace("\n\n", " ").replace(",", " –")) == (1.0, 1.0)


def test_an_excerpt_stands_in_the_whole_and_not_the_other_way_round() -> None:
    half = alike("\n\n".join(STORY[: len(STORY) // 2]), TEXT)

    assert half is not None
    assert half[0] == 1.0
    assert 0.4 < half[1] < 0.6


@pytest.mark.parametrize(
    "text",
    [
        f"VELMAR, May 6 ({AGENCY}) - {TEXT}",
        reworded(TEXT, random.Random(3), 0.015),
        "\n\n".join([*STORY[:4], *World(random.Random(4)).story(4), *STORY[4:]]),
        "\n\n".join([*STORY[2:7], *World(random.Random(5)).story(2)]),
    ],
    ids=["dateline", "edited", "paragraphs added", "cut at both ends and added to"],
)
def test_what_desks_do_to_a_text_leaves_it_a_copy(text: str) -> None:
    assert alike(TEXT, text) is not None


def test_other_texts_are_no_copies() -> None:
    half = len(STORY) // 2

    assert alike(TEXT, OTHER) is None
    assert alike(TEXT, "\n\n".join([*STORY[:half], OTHER])) is None  # background to another story
    assert alike(TEXT, STORY[0]) is None  # says too little of it
    assert alike(TEXT, reworded(TEXT, random.Random(6), 0.2)) is None


def test_the_same_frame_with_other_facts_is_a_series_unless_it_is_one_page() -> None:
    def draw(numbers: str, day: str, place: str) -> str:
        return f"The numbers drawn on {day} were {numbers}. The ticket was sold in {place}. {' '.join(STORY[:6])}"

    one, two = draw("4, 8, 15, 16, 23", "Monday", "Velmar"), draw("7, 9, 31, 40, 41", "Friday", "Tarsen")

    assert alike(one, two) is None
    assert alike(one, two, same_page=True) is not None
    assert alike(one, one.replace("Velmar", "Tarsen")) is not None  # one mistake corrected


def test_a_text_of_few_phrases_is_not_judged() -> None:
    words = [f"word{n}" for n in range(LEAST_PHRASES + 4)]

    assert wording(" ".join(words[:-1])) is None
    assert wording(" ".join(words)) is not None
    assert wording("the harbour is shut again " * 50) is None
    assert wording("") is None


def test_texts_without_blanks_between_words_are_compared_by_character() -> None:
    text = "".join(chr(0x4E00 + n * 37 % 3000) for n in range(120))

    assert alike(text, text[:80]) == (76 / 116, 1.0)


def test_a_figure_does_not_hide_the_characters_beside_it() -> None:
    text = "".join(chr(0x4E00 + n * 37 % 3000) for n in range(120))
    with_year = f"{text[:10]}2031{text[10:]}"

    assert alike(text, with_year) == (112 / 116, 112 / 117)


def test_keys_are_the_same_in_every_release() -> None:
    """They are kept on disk: other keys would need another layout number."""
    words = wording(" ".join(f"word{n}" for n in range(60)))
    assert words is not None

    assert keys(sketch(words))[:3] == [49628246181741699, 22394163493821814, 110132964457617490]
    assert len(keys(sketch(words))) == 32


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_breaks_it(one: str, other: str) -> None:
    first, second = wording(one), wording(other)
    if first and second:
        assert shares(first, first, same_page=False) == (1.0, 1.0)
        assert (shares(first, second, same_page=True) is None) == (shares(second, first, same_page=True) is None)


# Groups in an archive


def test_who_is_alone_has_no_group(store: SqliteStore) -> None:
    put(store, by("a", TEXT), by("b", OTHER), by("c", "Snow came."), by("d", "Snow came."))

    assert grouped(store) == []
    assert store.groups_of(["a", "b", "nobody"], EVERYTHING) == {}
    assert store.copy_counts() == (0, 0)


def test_the_earliest_is_the_origin_and_undated_ones_come_last(store: SqliteStore) -> None:
    put(store, by("a", TEXT, hours=None), by("b", TEXT, hours=5), by("c", TEXT, hours=2), by("d", TEXT, hours=2))

    assert grouped(store) == [["c", "d", "b", "a"]]
    assert [each.role for each in told(store).members] == ["origin", "copy", "copy", "copy"]
    assert store.copy_counts() == (1, 3)


@pytest.mark.parametrize(
    ("outlet", "line"),
    [
        ("Norland Press Agency", "VELMAR, May 6 (Norland Press Agency) - {}"),
        ("Norland Press Agency", "VELMAR (NPA) — {}"),
        ("Norland Press Agency", "By Norland Press\n\n{}"),
        ("Velmer News Agency", "{}\n\nSource: Velmer"),
        ("Velmer", "{} (Velmer)"),
        ("velmer.example", "Velmer – {}"),
    ],
)
def test_the_agency_that_copies_credit_is_the_origin_even_if_it_is_later(
    store: SqliteStore, outlet: str, line: str
) -> None:
    put(store, by("a", line.format(TEXT)), by("b", TEXT), by("c", TEXT, outlet, hours=3))

    assert grouped(store) == [["c", "a", "b"]]


def test_an_agency_named_in_the_story_or_by_itself_is_not_credited(store: SqliteStore) -> None:
    middle = "\n\n".join([*STORY[:4], "A spokesman told Velmer News Agency so.", *STORY[4:]])
    put(store, by("a", middle), by("b", f"TARSEN (Velmer) - {TEXT}", "Velmer News Agency", hours=3))

    assert grouped(store) == [["a", "b"]]


def test_authors_and_removed_credits_name_an_agency_too(store: SqliteStore) -> None:
    put(store, replace(by("a", TEXT), authors=("Norland Press Agency",)), by("b", TEXT, AGENCY, hours=1))

    assert grouped(store) == [["b", "a"]]


def test_likeness_is_not_handed_on(store: SqliteStore) -> None:
    """The halves have nothing in common: only one of them can stand with the whole."""
    half = len(STORY) // 2
    first, second = "\n\n".join(STORY[:half]), "\n\n".join(STORY[half:])
    put(store, by("first", first, hours=0), by("second", second, hours=1), by("whole", TEXT, hours=2))

    assert grouped(store) == [["first", "whole"]]

    put(store, by("whole", TEXT, hours=-1))
    assert grouped(store) == [["whole", "first", "second"]]


def test_a_later_text_of_the_same_outlet_is_a_version_that_supersedes(store: SqliteStore) -> None:
    more = "\n\n".join([TEXT, *World(random.Random(7)).story(3)])
    put(store, by("a", TEXT, "Echo"), by("b", more, "echo", hours=2), by("c", TEXT, "Post", hours=1))
    put(store, by("d", more, "Echo", hours=4))

    assert [(each.article_id, each.role, each.superseded_by) for each in told(store).members] == [
        ("a", "origin", "b"),
        ("c", "copy", None),
        ("b", "version", "d"),
        ("d", "version", None),
    ]
    early = told(store, "a", Filter(until=NOON + timedelta(hours=1)))
    assert [(each.article_id, each.superseded_by) for each in early.members] == [("a", None), ("c", None)]
    assert [each.article_id for each in told(store, "c", Filter(sources=("POST",))).members] == ["c"]


@pytest.mark.parametrize("hours", [None, 0], ids=["no dates", "one date"])
def test_where_no_date_tells_versions_apart_both_stay_and_are_a_group(store: SqliteStore, hours: int | None) -> None:
    page = "https://echo.example/story"
    less = "\n\n".join(STORY[:15])
    put(store, by("a", TEXT, "Echo", hours=hours, url=page), by("b", less, "Echo", hours=hours, url=page))

    assert [(each.article_id, each.role, each.superseded_by) for each in told(store).members] == [
        ("a", "origin", None),
        ("b", "copy", None),
    ]


def test_a_later_excerpt_supersedes_nothing(store: SqliteStore) -> None:
    put(store, by("a", TEXT, "Echo"), by("b", "\n\n".join(STORY[: len(STORY) // 2]), "Echo", hours=2))

    assert [each.superseded_by for each in told(store).members] == [None, None]


def test_at_one_address_much_may_change(store: SqliteStore) -> None:
    toll = "".join(str((int(each) * 3 + 4) % 10) if each.isdigit() else each for each in TEXT)
    put(
        store,
        by("a", TEXT, "Echo", url="https://echo.example/story?utm_source=x"),
        by("b", toll, "Echo", hours=2, url="https://echo.example/story/"),
        by("c", toll, "Echo", hours=3, url="https://echo.example/another"),
    )

    assert told(store, "a").members[0].superseded_by == "b"
    assert "c" not in [each.article_id for each in told(store, "a").members]


def test_an_unknown_outlet_goes_by_its_host(store: SqliteStore) -> None:
    unknown = replace(by("a", TEXT, url="https://www.echo.example/story"), source="")
    put(store, unknown, replace(by("b", TEXT), source=""))

    assert [each.outlet for each in told(store).members] == ["echo.example", ""]


def test_a_removed_or_replaced_article_leaves_its_group(store: SqliteStore) -> None:
    put(store, *(by(name, TEXT, hours=n) for n, name in enumerate("abc")))
    store.remove(["a"])
    assert grouped(store) == [["b", "c"]]

    put(store, by("c", OTHER))
    assert grouped(store) == []

    put(store, by("c", TEXT), by("d", TEXT, hours=9))
    assert grouped(store) == [["c", "b", "d"]]

    store.remove(["b", "c", "d"])
    assert grouped(store) == []


def test_what_goes_wrong_in_the_middle_leaves_the_groups_as_they_were(store: SqliteStore) -> None:
    put(store, by("a", TEXT), by("b", TEXT, hours=1))
    with pytest.raises(TypeError):
        put(store, by("c", TEXT), replace(by("d", TEXT), removed=None))  # type: ignore[arg-type]

    assert grouped(store) == [["a", "b"]]


def test_keys_that_have_settled_find_copies_and_are_taken_back(store: SqliteStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "archive" / "archive.db") as connection:
        connection.execute("INSERT INTO sqlite_sequence VALUES ('articles', ?)", (SETTLED_EVERY - 2,))
    for n, name in enumerate("abc"):  # the second one's number is the last before keys settle
        put(store, by(name, TEXT, hours=n))
        waiting = connection.execute("SELECT count(*) FROM new_keys").fetchone()[0]
        assert waiting == (32, 0, 32)[n]
    assert grouped(store) == [["a", "b", "c"]]

    store.remove(["a", "c"])
    put(store, by("d", TEXT, hours=9))
    assert grouped(store) == [["b", "d"]]
    store.remove(["b", "d"])
    assert connection.execute("SELECT count(*) FROM keys").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM new_keys").fetchone() == (0,)
    connection.close()


MADE = newsroom(5, 12, 60)


@given(st.permutations(range(len(MADE))), st.integers(1, 60), st.sets(st.integers(0, 59), max_size=8))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_groups_do_not_depend_on_the_order_or_on_what_was_there_before(
    tmp_path_factory: pytest.TempPathFactory, order: Sequence[int], size: int, gone: set[int]
) -> None:
    articles = [MADE[n].article for n in order]
    kept = [article for n, article in enumerate(articles) if n not in gone]
    stores = [
        SqliteStore(tmp_path_factory.mktemp("archive"), ENCODER.id, create=True) for _ in ("by and by", "at once")
    ]
    for begin in range(0, len(articles), size):
        put(stores[0], *articles[begin : begin + size])
    stores[0].remove([articles[n].id for n in gone])
    put(stores[1], *sorted(kept, key=lambda article: article.id))

    assert list(stores[0].groups()) == list(stores[1].groups())
    assert grouped(stores[0]) == grouped(stores[1])
    for each in stores:
        each.close()


def pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, ...]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def test_copies_among_two_thousand_articles_of_which_half_only_look_like_it(store: SqliteStore) -> None:
    made = newsroom(1, 300, 2_000)
    store.add([each.article for each in made], [], ENCODER.encode_passages([]))

    assert [line for line in store.check() if "no passage" not in line] == []
    precision, recall = measured(store, made)
    assert precision >= 0.99
    assert recall >= 0.95


def measured(store: SqliteStore, made: Sequence[Made]) -> tuple[float, float]:
    stories: dict[int, list[str]] = defaultdict(list)
    for each in made:
        stories[each.story].append(each.article.id)
    found = pairs([each.article_id for each in group.members] for group in store.groups())
    true = pairs(stories.values())
    return len(found & true) / len(found), len(found & true) / len(true)


@pytest.mark.soak
def test_a_hundred_thousand_articles(store: SqliteStore, record_property: Callable[[str, object], None]) -> None:
    made = newsroom(7, 15_000, 100_000)
    nothing = ENCODER.encode_passages([])
    begin, worked = perf_counter(), process_time()
    for first in range(0, len(made), 2_048):
        store.add([each.article for each in made[first : first + 2_048]], [], nothing)
    seconds, worked = perf_counter() - begin, process_time() - worked
    precision, recall = measured(store, made)
    asked = [each.article.id for each in made]

    def one_more(n: int) -> None:
        store.add([replace(made[n].article, id=f"more {n}")], [], nothing)

    def ask(n: int) -> None:
        store.groups_of(asked[n * 50 : n * 50 + 50], EVERYTHING)

    singly, asking = sorted(timed(one_more, n) for n in range(50)), sorted(timed(ask, n) for n in range(50))
    record_property(
        "measured",
        f"{seconds:.0f} s ({worked:.0f} s of work, load {os.getloadavg()[0]:.1f}), precision {precision:.4f}, "
        f"recall {recall:.4f}; one more {singly[25] * 1e3:.1f} ms, groups of 50 {asking[25] * 1e3:.1f} ms",
    )

    assert precision >= 0.99
    assert recall >= 0.95
    assert worked <= 240  # seconds of one core; the aim is 60 and is missed: docs/LOG.md
    assert singly[25] < 0.05
    assert asking[25] < 0.005


def timed(do: Callable[[int], None], n: int) -> float:
    begin = perf_counter()
    do(n)
    return perf_counter() - begin


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("DELETE FROM likenesses WHERE article = 1", "likenesses are not mutual, or of no article"),
        ("DELETE FROM likenesses", "copies do not resemble their origin, or it is no origin"),
        ("DELETE FROM copies WHERE article = 1", "copies do not resemble their origin, or it is no origin"),
        ("DELETE FROM copies WHERE article <> 1", "groups of copies have one member"),
        ("UPDATE copies SET newer = 9", "newer versions are of another group"),
        ("INSERT INTO keys VALUES (1, 99)", "keys of copies belong to no article"),
    ],
)
def test_check_finds_what_is_wrong_with_groups(store: SqliteStore, tmp_path: Path, damage: str, problem: str) -> None:
    put(store, by("a", TEXT), by("b", TEXT, hours=1), by("c", TEXT, hours=2))
    with sqlite3.connect(tmp_path / "archive" / "archive.db") as connection:
        connection.execute(damage)
    connection.close()

    assert any(line.endswith(problem) for line in store.check())
