"""JSON and lines of JSON: whose fields count, what a wrong value says, what a broken line costs."""

import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.read import Skipped, read
from index.types import Article


def found(folder: Path, content: object, name: str = "a.json") -> list[Article | Skipped]:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return list(read([path]))


def article(folder: Path, content: object) -> Article:
    (item,) = found(folder, content)
    assert isinstance(item, Article), item
    return item


def test_every_field_under_its_own_name(tmp_path: Path) -> None:
    read_back = article(
        tmp_path,
        {
            "id": " Kept exactly/ ",
            "title": " A\n title ",
            "text": "Cafe\u0301\r\nzwei\u2028drei \xa0",
            "published": "2025-12-22T15:29:00+09:00",
            "source": "The Example",
            "authors": ["Jane Doe, Reuters", "John Roe"],
            "url": "https://Example.com/A/?utm_source=x#y",
            "section": {"unknown": "fields are ignored"},
        },
    )
    assert read_back.id == " Kept exactly/ "
    assert read_back.title == "A title"
    assert read_back.text == "Café\nzwei\ndrei \xa0"
    assert read_back.published is not None
    assert read_back.published.isoformat() == "2025-12-22T15:29:00+09:00"
    assert read_back.source == "The Example"
    assert read_back.authors == ("Jane Doe, Reuters", "John Roe")
    assert read_back.url == "https://Example.com/A/?utm_source=x#y"


@pytest.mark.parametrize(
    "names",
    [
        ("headline", "body", "outlet", "byline", "date", "link"),
        ("Headline", "content", "publisher", "author", "published_at", "canonical_url"),
        ("title", "text", "site", "Author", "publishedAt", "canonicalUrl"),
        ("TITLE", "Body", "Source", "authors", "publish-date", "URL"),
    ],
)
def test_common_other_names(tmp_path: Path, names: tuple[str, ...]) -> None:
    values = ("A title", "A text.", "BBC", "By A One, B Two and C Three", 1766417340, "http://h.example/x")
    read_back = article(tmp_path, dict(zip(names, values, strict=True)))
    assert (read_back.title, read_back.text, read_back.source) == ("A title", "A text.", "BBC")
    assert read_back.authors == ("A One", "B Two", "C Three")
    assert read_back.published == datetime(2025, 12, 22, 15, 29, tzinfo=UTC)
    assert (read_back.url, read_back.id) == ("http://h.example/x", "http://h.example/x")


def test_the_best_name_that_has_a_value_counts(tmp_path: Path) -> None:
    read_back = article(
        tmp_path, {"body": "second", "content": "third", "text": " ", "date": None, "published": "2025-01-02"}
    )
    assert (read_back.text, read_back.published) == ("second", datetime(2025, 1, 2))


def test_a_name_may_stand_in_an_object(tmp_path: Path) -> None:
    content: object = {"text": "x", "source": {"id": None, "name": "BBC"}, "author": [{"name": "Jane Doe"}, "John Roe"]}
    assert (article(tmp_path, content).source, article(tmp_path, content).authors) == ("BBC", ("Jane Doe", "John Roe"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"id": "a#b"}, "a#b"),
        ({"id": 17}, "17"),
        ({"id": None}, "a.json"),
        ({"id": "", "url": "HTTP://H.example/?b=1&a=2"}, "http://h.example?a=2&b=1"),
        ({"url": "javascript:alert(1)"}, "a.json"),
        ({"url": "http://[half"}, "a.json"),
    ],
)
def test_what_a_record_is_called(tmp_path: Path, fields: dict[str, object], expected: str) -> None:
    assert article(tmp_path, {"text": "x", **fields}).id == expected


def test_only_web_addresses_are_urls(tmp_path: Path) -> None:
    assert article(tmp_path, {"text": "x", "url": "javascript:alert(1)"}).url is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": 5}, "text is a number where text is expected"),
        ({"text": ["a", "b"]}, "text is a list where text is expected"),
        ({"text": "x", "title": True}, "title is true or false where text is expected"),
        ({"text": "x", "source": {"id": 1}}, "source is an object where text is expected"),
        ({"text": "x", "authors": 1.5}, "authors is a number where text is expected"),
        ({"text": "x", "authors": ["a", 2]}, "authors is a number where text is expected"),
        ({"text": "x", "url": []}, "url is a list where text is expected"),
        ({"text": "x", "id": False}, "id is true or false where text is expected"),
        ({"text": "x", "id": "\ud83d"}, "id holds half a character"),
        ({"text": " \n", "title": "t", "description": "d"}, "the text is empty"),
        ({"title": "t", "summary": "s"}, "no text field"),
        ("x", "text, not an object"),
        (None, "null, not an object"),
    ],
)
def test_a_record_that_is_not_read_says_why(tmp_path: Path, content: object, expected: str) -> None:
    assert found(tmp_path, content) == [Skipped((tmp_path / "a.json").as_posix(), expected)]


def test_records_of_a_list_are_numbered_and_fail_alone(tmp_path: Path) -> None:
    content = ["no", {"text": "one"}, {"title": "none"}, {"text": "two"}]
    origin = (tmp_path / "a.json").as_posix()
    for shape in (content, {"status": "ok", "articles": content}):
        items = found(tmp_path, shape)
        assert [item.origin for item in items] == [f"{origin}#{n}" for n in (1, 2, 3, 4)]
        assert items[0] == Skipped(f"{origin}#1", "text, not an object")
        assert items[2] == Skipped(f"{origin}#3", "no text field")
        assert [item.id for item in items if isinstance(item, Article)] == ["a.json#2", "a.json#4"]


def test_an_unreadable_date_leaves_an_undated_article(tmp_path: Path) -> None:
    values: tuple[object, ...] = ("last Tuesday", "03/04/2025", [], {}, True, 5)
    for value in values:
        assert article(tmp_path, {"text": "x", "published": value}).published is None


def test_half_a_character_is_left_out_of_a_text(tmp_path: Path) -> None:
    assert article(tmp_path, {"text": "cut \ud83d here \ud83d\ude00"}).text == "cut  here 😀"


def test_a_broken_line_costs_no_other(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Text {n}"}).encode() for n in range(1, 1001)]
    lines[9] = b'{"text": "cut off'
    lines[499] = b'{"text": "caf\xe9"}'
    lines[999] = b"[1, 2]"
    (tmp_path / "a.ndjson").write_bytes(b"\r\n".join(lines))
    items = list(read([tmp_path]))
    skipped = {item.origin.rpartition("#")[2]: item.reason for item in items if isinstance(item, Skipped)}
    assert skipped == {
        "10": "invalid JSON, line 10: Invalid control character at",
        "500": "wrongly encoded: not UTF-8 at byte 13 and no other encoding is clearly the right one; save it as UTF-8",
        "1000": "a list, not an object",
    }
    assert [item.id for item in items if isinstance(item, Article)][8:10] == ["a.ndjson#9", "a.ndjson#11"]
    assert len(items) == 1000


def test_blank_lines_are_no_records_but_count_as_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('\ufeff{"text": "one"}\n\n  \n{"text": "two"}\n{\n', encoding="utf-8")
    one, two, broken = read([tmp_path])
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.id, two.id, broken.origin[-2:]) == ("a.jsonl#1", "a.jsonl#2", "#3")
    assert isinstance(broken, Skipped)
    assert broken.reason.startswith("invalid JSON, line 5: ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_lines_in_wide_encodings(tmp_path: Path, encoding: str) -> None:
    content = '{"text": "zwölf\\u2028drei"}\r\n\r\n{"text": "\u010a\u0a00"}\n'  # letters that have a 0A byte in them
    (tmp_path / "a.jsonl").write_bytes(content.encode(encoding))
    assert [item.text for item in read([tmp_path]) if isinstance(item, Article)] == ["zwölf\ndrei", "\u010a\u0a00"]
    (tmp_path / "a.jsonl").write_bytes(content.encode(encoding)[:-1])
    *_, last = read([tmp_path])
    assert isinstance(last, Skipped)
    assert last.reason == f"wrongly encoded: not {encoding.upper()} (truncated data); save it as UTF-8"


def test_lines_are_streamed(tmp_path: Path) -> None:
    line = json.dumps({"text": "word " * 2000}) + "\n"
    with (tmp_path / "a.jsonl").open("w") as file:
        file.writelines(line for _ in range(1000))
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Article) for item in read([tmp_path]))
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 1000
    assert peak_bytes < 1_000_000  # the file is ten times that
