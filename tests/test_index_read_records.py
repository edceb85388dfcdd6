"""JSON and lines of JSON: whose fields count, what a wrong value says, what a broken line costs."""

import io
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.read.formats.records import cut_lines, read_json, read_lines
from index.read.types import Fault, Fields, Hints, Options, Unreadable


def found(content: object, **columns: str) -> list[Fields | Fault]:
    data = io.BytesIO(json.dumps(content).encode())
    return list(read_json(data, Hints(options=Options(columns=tuple(columns.items())))))


def lines(data: bytes, **columns: str) -> list[Fields | Fault]:
    return list(read_lines(io.BytesIO(data), Hints(options=Options(columns=tuple(columns.items())))))


def fields(content: object, **columns: str) -> Fields:
    (item,) = found(content, **columns)
    assert isinstance(item, Fields), item
    return item


def reason(content: object, **columns: str) -> str:
    with pytest.raises(Unreadable) as problem:
        found(content, **columns)
    return str(problem.value)


def moment(item: Fields) -> datetime | None:
    return item.dating.moment if item.dating else None


def test_every_field_under_its_own_name() -> None:
    one = fields(
        {
            "id": " Kept exactly/ ",
            "title": " A\n title ",
            "text": "Cafe\u0301\r\nzwei\u2028drei \xa0",
            "published": "2025-12-22T15:29:00+09:00",
            "source": "The Example",
            "authors": ["Jane Doe, Reuters", "John Roe"],
            "url": "https://Example.com/A/?utm_source=x#y",
            "language": "en-GB",
            "section": ["World", "Asia"],
            "other": {"unknown": "fields are ignored"},
        }
    )
    assert one.id == " Kept exactly/ "
    assert one.title == "A title"
    assert one.text == "Café\nzwei\ndrei \xa0"
    assert one.dating is not None
    assert (one.dating.moment.isoformat(), one.dating.source) == ("2025-12-22T15:29:00+09:00", "its own field")
    assert one.source == "The Example"
    assert one.authors == ("Jane Doe, Reuters", "John Roe")
    assert one.url == "https://Example.com/A/?utm_source=x#y"
    assert (one.language, one.section, one.record) == ("en", "World", None)


@pytest.mark.parametrize(
    "names",
    [
        ("headline", "body", "outlet", "byline", "date", "link", "lang", "category"),
        ("Headline", "content", "publisher", "author", "published_at", "canonical_url", "language", "desk"),
        ("title", "text", "site", "Author", "publishedAt", "canonicalUrl", "inLanguage", "articleSection"),
        ("TITLE", "Body", "Source", "authors", "publish-date", "URL", "Lang", "Section"),
        ("headline", "articleBody", "publisher", "creator", "datePublished", "webUrl", "lang", "sectionName"),
        ("title", "maintext", "publication", "writer", "date_publish", "permalink", "lang", "rubric"),
    ],
)
def test_common_other_names(names: tuple[str, ...]) -> None:
    values = ("A title", "A text.", "BBC", "By A One, B Two and C Three", 1766417340, "http://h.example/x", "de", "Sea")
    one = fields(dict(zip(names, values, strict=True)))
    assert (one.title, one.text, one.source) == ("A title", "A text.", "BBC")
    assert one.authors == ("A One", "B Two", "C Three")
    assert moment(one) == datetime(2025, 12, 22, 15, 29, tzinfo=UTC)
    assert (one.url, one.id, one.language, one.section) == ("http://h.example/x", None, "de", "Sea")


def test_the_best_name_that_has_a_value_counts() -> None:
    one = fields({"body": "second", "content": "third", "text": " ", "date": None, "published": "2025-01-02"})
    assert (one.text, moment(one)) == ("second", datetime(2025, 1, 2))


def test_a_name_may_stand_in_an_object() -> None:
    one = fields({"text": "x", "source": {"id": None, "name": "BBC"}, "author": [{"name": "Jane Doe"}, "John Roe"]})
    assert (one.source, one.authors) == ("BBC", ("Jane Doe", "John Roe"))


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("['Jane Doe', 'John Roe']", ("Jane Doe", "John Roe")),
        ('["Jane Doe"]', ("Jane Doe",)),
        ("[]", ()),
        ("Von Jana Muster und Kai Beispiel", ("Jana Muster und Kai Beispiel",)),
        ("Von Trier", ("Von Trier",)),
        ("[Jane Doe]", ("[Jane Doe]",)),
    ],
)
def test_authors_in_one_text(line: str, authors: tuple[str, ...]) -> None:
    assert fields({"text": "x", "authors": line}).authors == authors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One &amp; two.</p><p>Three.</p>", "One & two.\n\nThree."),
        ("One<br/>two", "One\ntwo"),
        ('See <a href="https://x.example">this</a> &mdash; now', "See this — now"),
        ("1 < 2 and 3 > 2 &amp;", "1 < 2 and 3 > 2 &amp;"),
        ("if <b then", "if <b then"),
    ],
)
def test_a_text_may_be_html(text: str, expected: str) -> None:
    assert fields({"text": text}).text == expected


@pytest.mark.parametrize(
    ("written", "first", "until"),
    [
        ("2025", datetime(2025, 1, 1), datetime(2025, 12, 31, 23, 59, 59)),
        ("2024-02", datetime(2024, 2, 1), datetime(2024, 2, 29, 23, 59, 59)),
        ("1766417340", datetime(2025, 12, 22, 15, 29, tzinfo=UTC), None),
        ("2025-12-22", datetime(2025, 12, 22), None),
    ],
)
def test_dates(written: str, first: datetime, until: datetime | None) -> None:
    dating = fields({"text": "x", "date": written}).dating
    assert dating is not None
    assert (dating.moment, dating.until) == (first, until)


@pytest.mark.parametrize("value", ["last Tuesday", "03/04/2025", "2025-13", "20", [], {}, True, 5])
def test_an_unreadable_date_leaves_an_undated_article(value: object) -> None:
    assert fields({"text": "x", "published": value}).dating is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"id": "a#b"}, "a#b"),
        ({"id": 17}, "17"),
        ({"id": None}, None),
        ({"id": "", "url": "HTTP://H.example/?b=1&a=2"}, None),
        ({"url": "javascript:alert(1)"}, None),
        ({"url": "http://[half"}, None),
    ],
)
def test_what_a_record_is_called(given: dict[str, object], expected: str | None) -> None:
    assert fields({"text": "x", **given}).id == expected


def test_only_web_addresses_are_urls() -> None:
    assert fields({"text": "x", "url": "javascript:alert(1)"}).url is None


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
        ({"text": "<p> </p>"}, "the text is empty"),
        ({"title": "t", "summary": "s"}, "no text field"),
        ("x", "text, not an object"),
        (None, "null, not an object"),
        ([], "an empty list"),
    ],
)
def test_a_record_that_is_not_read_says_why(content: object, expected: str) -> None:
    assert reason(content) == expected


@pytest.mark.parametrize(
    "shape", [lambda c: c, lambda c: {"status": "ok", "articles": c}, lambda c: {"response": {"results": c}}]
)
def test_records_of_a_list_are_numbered_and_fail_alone(shape: Callable[[object], object]) -> None:
    items = found(shape(["no", {"text": "one"}, {"title": "none"}, {"text": "two"}]))
    assert [item.record for item in items] == [1, 2, 3, 4]
    assert items[0] == Fault("text, not an object", 1)
    assert items[2] == Fault("no text field", 3)
    assert [item.text for item in items if isinstance(item, Fields)] == ["one", "two"]


def test_an_article_that_lists_something_is_one_article() -> None:
    assert fields({"text": "x", "items": [{"text": "y"}]}).text == "x"


def test_the_names_that_the_user_gives_go_first() -> None:
    given = {"title": "ours", "text": "no", "kopf": {"zeile": "theirs"}, "kopf.zeile": "", "inhalt": "The text."}
    one = fields(given, title="kopf.zeile", text="inhalt")
    assert (one.title, one.text) == ("ours", "The text.")  # the name with a dot in it exists, and is blank
    del given["kopf.zeile"]
    assert fields(given, title="kopf.zeile").title == "theirs"


def test_a_given_name_that_no_record_has_is_said_at_the_end() -> None:
    read = read_json(
        io.BytesIO(json.dumps([{"text": "x", "head": "t"}, {"text": "y", "kind": 1}]).encode()),
        Hints(options=Options(columns=(("title", "headline"), ("text", "text")))),
    )
    assert [isinstance(next(read), Fields) for _ in range(2)] == [True, True]
    with pytest.raises(Unreadable) as problem:
        next(read)
    assert str(problem.value) == (
        "no record has “headline”, which --map gives as the title; there are: text, head, kind"
    )
    assert len(lines(b'{"text": "x"}\n{"text": "y", "headline": null}\n', title="headline")) == 2


def test_half_a_character_is_left_out_of_a_text() -> None:
    assert fields({"text": "cut \ud83d here \ud83d\ude00"}).text == "cut  here 😀"


def test_a_broken_line_costs_no_other() -> None:
    written = [json.dumps({"text": f"Text {n}"}).encode() for n in range(1, 1001)]
    written[9] = b'{"text": "cut off'
    written[499] = b'{"text": "caf\xe9"}'
    written[999] = b"[1, 2]"
    items = lines(b"\r\n".join(written))
    faults = {item.record: item.reason for item in items if isinstance(item, Fault)}
    assert faults[10] == "invalid JSON, line 10: Invalid control character at"
    assert faults[500].startswith("wrongly encoded: not UTF-8 at byte 13")
    assert faults[1000] == "a list, not an object"
    assert len(faults) == 3
    assert [item.record for item in items] == list(range(1, 1001))


def test_blank_lines_are_no_records_but_count_as_lines() -> None:
    one, two, broken = lines('\ufeff{"text": "one"}\n\n  \n{"text": "two"}\n{\n'.encode())
    assert isinstance(one, Fields)
    assert isinstance(two, Fields)
    assert (one.record, two.record, broken.record) == (1, 2, 3)
    assert isinstance(broken, Fault)
    assert broken.reason.startswith("invalid JSON, line 5: ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_lines_in_wide_encodings(encoding: str) -> None:
    content = '{"text": "zwölf\\u2028drei"}\r\n\r\n{"text": "\u010a\u0a00"}\n'  # letters that have a 0A byte in them
    data = content.encode(encoding)
    assert [item.text for item in lines(data) if isinstance(item, Fields)] == ["zwölf\ndrei", "\u010a\u0a00"]
    with pytest.raises(Unreadable) as problem:
        lines(data[:-1])
    assert str(problem.value) == f"wrongly encoded: not {encoding.upper()} (truncated data); save it as UTF-8"


def test_lines_are_streamed() -> None:
    stream = io.BytesIO((json.dumps({"text": "word " * 2000}) + "\n").encode() * 1000)
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Fields) for item in read_lines(stream, Hints()))
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 1000
    assert peak_bytes < 1_000_000  # the file is ten times that


def test_a_line_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.read.decode._LONGEST_LINE", 1 << 20)
    for encoding in ("utf-8", "utf-16"):
        read = read_lines(io.BytesIO(('{"text": "one"}\n{"text": "' + "x" * (1 << 20)).encode(encoding)), Hints())
        assert isinstance(next(read), Fields)
        with pytest.raises(Unreadable, match="line 2 is longer than 1 MB: break it into a line per record"):
            next(read)


SEVERAL = {
    "uri": "http://a.example/1",
    "body_text": "one",
    "associations": {"b": {"uri": "http://a.example/2", "body_text": "two"}},
}
LINES = st.sampled_from(
    [
        *(b"", b" \t", b"{broken", b"[1]", b"\xff\xfe{", "\ufeff{}".encode(), b"\0", b'"caf\xe9"'),
        *(b'{"text": "Words."}', '{"text": "\u2028Zw\u00f6lf"}'.encode(), b'{"text": "\\u00e9\\u0000"}'),
        *(json.dumps(SEVERAL).encode(), json.dumps(SEVERAL).replace("assoc", "\\u0061ssoc").encode()),
        json.dumps(SEVERAL).encode("utf-16-le"),
    ]
)


@given(st.lists(LINES, max_size=12), st.sampled_from([b"\n", b"\r\n"]), st.integers(1, 150))
def test_a_file_in_pieces_says_the_same_as_a_whole_one(given: list[bytes], end: bytes, size: int) -> None:
    data = end.join([b'{"text": "' + b"x" * 8192 + b'"}', *given])  # what comes first tells the encoding
    pieces = cut_lines(io.BytesIO(data), Hints(), size)
    assert pieces is not None
    assert [found for piece, hints in pieces for found in read_lines(io.BytesIO(piece), hints)] == lines(data)


def test_what_hangs_together_is_not_cut() -> None:
    assert cut_lines(io.BytesIO(b"{}"), Hints(options=Options(columns=(("title", "head"),))), 10) is None
    assert cut_lines(io.BytesIO('{"text": "x"}'.encode("utf-16")), Hints(), 10) is None


@pytest.mark.parametrize(("blank", "reason"), [(b"", "empty"), (b"\n \n\n", "only white space")])
def test_nothing_in_pieces_is_said_once(blank: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        list(cut_lines(io.BytesIO(blank), Hints(), 1) or ())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["id", "title", "text", "source", "authors", "date", "url", "section", "uri", "bodies", "headlines", "associations"]
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first import of what reads HTML
@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_no_values_do_harm(record: dict[str, object]) -> None:
    try:
        found([record, {"versionCreated": "2025", "bodies": [], **record}])
    except Unreadable as problem:
        assert str(problem) == "an empty list"


@given(st.binary(max_size=100))
def test_no_bytes_do_harm(noise: bytes) -> None:
    for read in (read_json, read_lines):
        try:
            list(read(io.BytesIO(noise), Hints()))
        except Unreadable as problem:
            assert "\n" not in str(problem)
