from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fakes import make_article
from hypothesis import given
from hypothesis import strategies as st

from index.intake import Intake
from index.read import read
from index.read.types import Skipped
from index.types import Article

Known = dict[str, tuple[str, str]]


def take_in(known: Known, articles: Iterable[Article]) -> tuple[Intake, Known]:
    """One run, and what an archive knows after it."""
    intake = Intake(known)
    after = dict(known)
    for article in articles:
        placed = intake.place(article)
        if placed:
            after[placed.id] = (placed.origin, placed.content_hash)
    return intake, after


def counts(intake: Intake) -> tuple[int, int, int, int]:
    return intake.added, intake.updated, intake.unchanged, len(intake.clashes)


def from_folder(*paths: Path) -> Iterator[Article]:
    for found in read(paths):
        assert isinstance(found, Article)
        yield found


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def named(article_id: str, text: str, origin: str = "/news.jsonl#1") -> Article:
    return make_article(article_id, text, origin=origin)


def test_new_then_unchanged_then_updated() -> None:
    one, two = named("1", "One."), named("2", "Two.")
    first, known = take_in({}, [one, two])
    assert (counts(first), first.seen) == ((2, 0, 0, 0), 2)

    second, known = take_in(known, [one, two])
    assert counts(second) == (0, 0, 2, 0)

    third, known = take_in(known, [named("1", "One, corrected."), two])
    assert counts(third) == (0, 1, 1, 0)


def test_a_given_id_is_the_article_wherever_it_lies() -> None:
    _, known = take_in({}, [named("1", "One.", "/a/news.jsonl#1")])
    intake, _ = take_in(known, [named("1", "One.", "/b/other.jsonl#7")])

    assert counts(intake) == (0, 0, 1, 0)


def test_the_first_of_one_run_stays_and_the_clash_is_named() -> None:
    intake, known = take_in(
        {},
        [
            named("1", "One.", "/a#1"),
            named("1", "One.", "/a#2"),
            named("1", "Another.", "/a#3"),
            named("2", "", "/a#4"),
        ],
    )

    assert counts(intake) == (2, 0, 0, 2)
    assert intake.clashes == [
        Skipped("/a#2", "the same article has the id '1' already: /a#1"),
        Skipped("/a#3", "another article has the id '1' already: /a#1"),
    ]
    assert known["1"][0] == "/a#1"


def test_a_clash_with_an_unchanged_article_is_one_too() -> None:
    _, known = take_in({}, [named("1", "One.", "/a#1")])
    intake, _ = take_in(known, [named("1", "One.", "/a#1"), named("1", "Another.", "/a#2")])

    assert counts(intake) == (0, 0, 1, 1)


# Articles that are called by where they lie, as `read` gives them.


@pytest.fixture
def news(tmp_path: Path) -> Path:
    for folder in ("north", "south"):
        write(tmp_path / folder / "001.txt", f"Snow in the {folder}.")
        write(tmp_path / folder / "deep" / "002.txt", f"Rain in the {folder}.")
    return tmp_path


def test_two_folders_with_the_same_file_names_are_both_kept(news: Path) -> None:
    intake, known = take_in({}, from_folder(news / "north", news / "south"))

    assert counts(intake) == (4, 0, 0, 0)
    assert sorted(Path(origin).relative_to(news).as_posix() for origin, _ in known.values()) == [
        "north/001.txt",
        "north/deep/002.txt",
        "south/001.txt",
        "south/deep/002.txt",
    ]
    assert [article_id for article_id in known if "~" not in article_id] == ["001.txt", "deep/002.txt"]


@pytest.mark.parametrize("second", [("north", "south"), ("south", "north"), ("south",), ("north",)])
def test_they_keep_their_ids_in_any_order(news: Path, second: tuple[str, ...]) -> None:
    _, known = take_in({}, from_folder(news / "north", news / "south"))
    intake, after = take_in(known, from_folder(*(news / name for name in second)))

    assert counts(intake) == (0, 0, 2 * len(second), 0)
    assert after == known


def test_one_folder_after_the_other_is_the_same_as_both_at_once(news: Path) -> None:
    _, at_once = take_in({}, from_folder(news / "north", news / "south"))
    _, known = take_in({}, from_folder(news / "north"))
    intake, one_by_one = take_in(known, from_folder(news / "south"))

    assert counts(intake) == (2, 0, 0, 0)
    assert one_by_one == at_once


def test_a_moved_folder_keeps_its_ids(news: Path) -> None:
    _, known = take_in({}, from_folder(news / "north"))
    (news / "north").rename(news / "elsewhere")
    intake, after = take_in(known, from_folder(news / "elsewhere"))

    assert counts(intake) == (0, 2, 0, 0)  # the place is new, and is what the archive must tell
    assert list(after) == list(known)
    assert {Path(origin).relative_to(news).parts[0] for origin, _ in after.values()} == {"elsewhere"}
    assert counts(take_in(after, from_folder(news / "elsewhere"))[0]) == (0, 0, 2, 0)


def test_a_file_is_the_same_article_from_whatever_folder_it_is_read(news: Path) -> None:
    _, known = take_in({}, from_folder(news / "north"))
    for path in (news, news / "north", news / "north" / "deep", news / "north" / "deep" / "002.txt"):
        intake, after = take_in(known, from_folder(path))
        assert intake.updated == 0
        assert {name: after[name] for name in known} == known
        assert len({origin for origin, _ in after.values()}) == len(after)


def test_a_file_read_twice_in_one_run_is_a_clash_and_no_second_article(news: Path) -> None:
    intake, _ = take_in({}, from_folder(news / "north", news / "north" / "deep"))

    assert counts(intake) == (2, 0, 0, 1)
    assert intake.clashes[0].reason.startswith("the same article has the id 'deep/002.txt' already: ")


def test_a_changed_file_is_an_update_of_its_own_article(news: Path) -> None:
    _, known = take_in({}, from_folder(news / "north", news / "south"))
    write(news / "south" / "001.txt", "Sun in the south.")
    intake, after = take_in(known, from_folder(news / "north", news / "south"))

    assert counts(intake) == (0, 1, 3, 0)
    changed = [name for name in known if known[name] != after[name]]
    assert [after[name][0] for name in changed] == [(news / "south" / "001.txt").as_posix()]


@pytest.mark.parametrize("name", ["a~b.txt", "notes~1.txt", "x~0123abcd.txt", "y~0123abcd", "~.txt"])
def test_a_tilde_in_a_file_name_is_part_of_the_name(tmp_path: Path, name: str) -> None:
    def lying_in(folder: str) -> Article:
        return make_article(name, f"Snow in the {folder}.", origin=write(tmp_path / folder / name, "x").as_posix())

    intake, known = take_in({}, [lying_in("north"), lying_in("south")])
    assert counts(intake) == (2, 0, 0, 0)

    again, _ = take_in(known, [lying_in("south"), lying_in("north")])
    assert counts(again) == (0, 0, 2, 0)


def test_records_of_two_files_with_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write(tmp_path / folder / "news.jsonl", f'{{"text": "One {folder}."}}\n{{"text": "Two {folder}."}}\n')
    intake, known = take_in({}, from_folder(tmp_path / "a", tmp_path / "b"))

    assert counts(intake) == (4, 0, 0, 0)
    assert counts(take_in(known, from_folder(tmp_path / "b", tmp_path / "a"))[0]) == (0, 0, 4, 0)


RUNS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "a.txt", "b/a.txt"]), st.sampled_from("xyz"), st.sampled_from("/1 /2 /3".split())
        ),
        max_size=6,
    ),
    max_size=4,
)


@given(RUNS)
def test_every_article_is_counted_once_and_no_id_is_written_twice_in_a_run(
    runs: list[list[tuple[str, str, str]]],
) -> None:
    known: Known = {}
    for run in runs:
        articles = [
            named(name, text, f"{folder}/{name}" if name.endswith(".txt") else folder) for name, text, folder in run
        ]
        intake = Intake(known)
        placed = [article for given in articles if (article := intake.place(given))]

        assert intake.seen == len(articles) == sum(counts(intake))
        assert len({article.id for article in placed}) == len(placed) == intake.added + intake.updated
        assert sum(article.id not in known for article in placed) == intake.added
        known |= {article.id: (article.origin, article.content_hash) for article in placed}


def test_articles_are_not_kept_in_memory() -> None:
    intake = Intake({})
    for number in range(2_000):
        intake.place(named(str(number), "x", f"/a#{number}"))
    gc.collect()

    assert sum(type(thing) is Article for thing in gc.get_objects()) < 1_000


def test_a_second_copy_of_a_folder_holds_the_same_articles(tmp_path: Path) -> None:
    write(tmp_path / "one/news/a.txt", "A text.")
    write(tmp_path / "two/news/a.txt", "A text.")
    write(tmp_path / "two/news/b.txt", "Another text.")
    _, known = take_in({}, from_folder(tmp_path / "one/news"))

    intake, after = take_in(known, from_folder(tmp_path / "two/news"))

    assert counts(intake) == (1, 0, 1, 0)
    assert sorted(after) == ["a.txt", "b.txt"]


# Articles that are called by their address.

PAGE = "https://echo.example/story"


def at_page(text: str, origin: Path, article_id: str = PAGE) -> Article:
    return make_article(article_id, text, url=f"{PAGE}?utm_source=feed", origin=origin.as_posix())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_files_of_one_page_are_two_versions(tmp_path: Path, order: tuple[int, int]) -> None:
    files = [write(tmp_path / name, "x") for name in ("monday.html", "tuesday.html")]
    articles = [at_page(text, file) for text, file in zip(("Nine were hurt.", "Ten were hurt."), files, strict=True)]
    intake, known = take_in({}, [articles[n] for n in order])

    assert counts(intake) == (2, 0, 0, 0)
    assert list(known) == [PAGE, f"{PAGE}~{articles[order[1]].content_hash[:8]}"]
    for again in (articles, articles[::-1], articles[:1], articles[1:]):
        assert take_in(known, again)[1] == known

    one_by_one = take_in(take_in({}, [articles[order[0]]])[1], [articles[order[1]]])[1]
    assert one_by_one == known


def test_a_page_that_was_fetched_anew_is_an_update(tmp_path: Path) -> None:
    file = write(tmp_path / "story.html", "x")
    _, known = take_in({}, [at_page("Nine were hurt.", file)])
    intake, after = take_in(known, [at_page("Ten were hurt.", file)])
    assert (counts(intake), list(after)) == ((0, 1, 0, 0), [PAGE])

    file.unlink()
    intake, after = take_in(known, [at_page("Ten were hurt.", write(tmp_path / "other.html", "x"))])
    assert (counts(intake), list(after)) == ((0, 1, 0, 0), [PAGE])


def test_a_feed_that_lists_an_item_elsewhere_updates_it(tmp_path: Path) -> None:
    feed = write(tmp_path / "feed.xml", "x").as_posix()
    _, known = take_in({}, [at_page("Nine were hurt.", Path(f"{feed}#3"))])
    intake, after = take_in(known, [at_page("Ten were hurt.", Path(f"{feed}#4"))])

    assert (counts(intake), list(after)) == ((0, 1, 0, 0), [PAGE])


def test_the_same_page_twice_is_named(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{n}.html", "x") for n in range(3)]
    intake, known = take_in(
        {}, [at_page(text, file) for text, file in zip(["One.", "Two.", "Two."], files, strict=True)]
    )

    assert counts(intake) == (2, 0, 0, 1)
    assert intake.clashes[0].origin == files[2].as_posix()
    assert intake.clashes[0].reason.startswith("the same article has the id ")
    assert len(known) == 2


def test_an_id_of_its_own_is_no_address(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{n}.html", "x") for n in range(2)]
    intake, _ = take_in({}, [at_page(text, file, "s-17") for text, file in zip(["One.", "Two."], files, strict=True)])

    assert counts(intake) == (1, 0, 0, 1)
    assert intake.clashes[0].reason.startswith("another article has the id 's-17' already")
