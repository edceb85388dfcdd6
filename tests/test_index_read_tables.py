"""Tables: what parts the columns, quotes and line ends, encodings, Parquet; the same fields from every kind of file."""

import builtins
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pyarrow
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from index.read.formats import records, tables
from index.read.types import Fault, Fields, Hints, Options, Unreadable

Reader = Callable[[io.BytesIO, Hints], Iterator[Fields | Fault]]


def found(data: bytes, read: Reader = tables.read_csv, **columns: str) -> list[Fields | Fault]:
    return list(read(io.BytesIO(data), Hints(options=Options(columns=tuple(columns.items())))))


def texts(items: list[Fields | Fault]) -> list[str]:
    return [item.text if isinstance(item, Fields) else f"{item.record}: {item.reason}" for item in items]


def packed(**columns: object) -> bytes:
    file = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), file, row_group_size=2)
    return file.getvalue()


def test_fields_of_a_row() -> None:
    (one,) = found(
        b"Title,Body,Outlet,Byline,Publish_Date,Link,Lang,Category,clicks\r\n"
        b"""Harbour closes,"It closes, they ""said"".\r\nFor weeks.",Post,"['Jane Doe', 'J. Roe']",2025-12,"""
        b"https://p.example/a?utm_source=x,en-GB,Local,7\r\n"
    )
    assert isinstance(one, Fields)
    assert one.text == 'It closes, they "said".\nFor weeks.'
    assert (one.title, one.source, one.authors) == ("Harbour closes", "Post", ("Jane Doe", "J. Roe"))
    assert one.dating is not None
    assert (one.dating.moment, one.dating.until) == (datetime(2025, 12, 1), datetime(2025, 12, 31, 23, 59, 59))
    assert (one.url, one.language, one.section, one.record) == ("https://p.example/a?utm_source=x", "en", "Local", 1)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_parts_the_columns_is_told_by_the_header(delimiter: str, end: str, encoding: str) -> None:
    rows = [["title", "text"], ["A; B, C | D", "one, two; three | four\nfive é"], ["", "six"]]
    data = end.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + end
    assert texts(found(data.encode(encoding))) == ["one, two; three | four\nfive é", "six"]


def test_a_legacy_encoding_that_shows_late() -> None:
    rows = [f"{n},The harbour of Ostwick is closed for the {n}th day." for n in range(3000)]
    rows += [f"{n},The café at the “old” harbour said that it would stay open – for now." for n in range(200)]
    items = texts(found(("id,text\n" + "\n".join(rows)).encode("cp1252")))
    assert len(items) == 3200
    assert items[-1] == "The café at the “old” harbour said that it would stay open – for now."


def test_a_broken_row_costs_no_other() -> None:
    data = b'text,title\none,a\nt"wo,b\n"three" x,c\nfour\nfive,e,5\n\n'
    data += b'six \xc3\xa9,f\ns\xe9ven,g\neight,h\n"nine,i\nand on\n'
    assert texts(found(data)) == [
        "one",
        't"wo',
        "3: broken quotes, line 4: ',' expected after '\"'",
        "4: 1 values for 2 columns, line 5",
        "5: 3 values for 2 columns, line 6",
        "six é",
        "7: wrongly encoded: not UTF-8, line 9; save it as UTF-8",
        "eight",
        "9: broken quotes, lines 11 to 12: unexpected end of data",
    ]


def test_columns_with_other_names() -> None:
    data = b"Schlagzeile,Inhalt,text\nTitel,Der Text.,no\n"
    (one,) = found(data, title="Schlagzeile", text="Inhalt")
    assert isinstance(one, Fields)
    assert (one.title, one.text) == ("Titel", "Der Text.")
    with pytest.raises(Unreadable) as problem:
        found(data, text="Korpus")
    assert str(problem.value) == (
        "no record has “Korpus”, which --map gives as the text; there are: text, Inhalt, Schlagzeile"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n", "only white space"),
        (b"text,title\n", "a header without rows"),
        (b"a,b\n1,2\n", "no column is known to hold the text; name it with --map text=COLUMN: there are a, b"),
        (b"te\0xt", "binary: a NUL at byte 2"),
        ("text\nab".encode("utf-16")[:-1], "wrongly encoded: not UTF-16 (truncated data); save it as UTF-8"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        found(data)
    assert str(problem.value) == reason


def test_rows_are_streamed() -> None:
    data = b"text\n" + b"word " * 2000 + b"\n"
    stream = io.BytesIO(data + data[5:] * 1000)
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Fields) for item in tables.read_csv(stream, Hints()))
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (count, peak_bytes < 1_000_000) == (1001, True)


def test_parquet() -> None:
    data = packed(
        headline=["One", None, "Three"],
        text=["A", "B", "  "],
        authors=[["Jane Doe"], [], None],
        date=[datetime(2025, 12, 22, 15, 29, tzinfo=UTC), None, None],
        meta=[{"section": "Local"}, None, None],
        vector=[[0.5], [0.25], None],
    )
    one, two, three = found(data, tables.read_parquet, section="meta.section")
    assert isinstance(one, Fields)
    assert (one.title, one.authors, one.section, one.record) == ("One", ("Jane Doe",), "Local", 1)
    assert one.dating is not None
    assert one.dating.moment == datetime(2025, 12, 22, 15, 29, tzinfo=UTC)
    assert texts([two, three]) == ["B", "3: the text is empty"]
    days = packed(text=["A"], date=[date(2025, 12, 22)])
    (day,) = found(days, tables.read_parquet)
    assert isinstance(day, Fields)
    assert day.dating is not None
    assert day.dating.moment == datetime(2025, 12, 22)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged Parquet: "),
        (b"PAR1" + bytes(50) + b"PAR1", "damaged Parquet: "),
        (packed(text=["A", "B"])[:-30], "damaged Parquet: "),
        (packed(text=pyarrow.array([], pyarrow.string())), "no rows"),
        (packed(a=[1]), "no column is known to hold the text; name it with --map text=COLUMN: there are a"),
    ],
)
def test_parquet_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        found(data, tables.read_parquet)
    assert str(problem.value).startswith(reason)
    assert "\n" not in str(problem.value)


def test_parquet_needs_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return whole(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(Unreadable, match=r"^Parquet needs an extra: pip install 'onrecord\[parquet\]'$"):
        found(packed_before, tables.read_parquet)


packed_before = packed(text=["A"])

LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
RECORD = st.fixed_dictionaries(
    {
        "id": LINE,
        "title": LINE,
        "text": LINE.map(lambda line: f"x{line}"),
        "source": LINE,
        "published": st.sampled_from(["2025", "2025-12", "2025-12-22T15:29:00+09:00", "1766417340", "soon", ""]),
        "url": st.sampled_from(["https://p.example/a", "no address", ""]),
        "language": st.sampled_from(["en", "de-AT", "Klingon", ""]),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=4))
def test_the_same_fields_from_every_kind_of_file(rows: list[dict[str, str]]) -> None:
    names = list(rows[0])
    cells = [names, *([row[name] for name in names] for row in rows)]
    csv = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells)
    lines = "\n".join(map(json.dumps, rows))
    expected = found(lines.encode(), records.read_lines)
    assert found(json.dumps(rows).encode(), records.read_json) == expected
    assert found(csv.encode()) == expected
    assert found(packed(**{name: [row[name] for row in rows] for name in names}), tables.read_parquet) == expected


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_do_harm(noise: bytes, headed: bool) -> None:
    try:
        found((b"text,title\n" if headed else b"") + noise)
    except Unreadable as problem:
        assert "\n" not in str(problem)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 800))
@example(b"\x00\x00\x80\x01\x00\x01\x80\x80", 89)  # in the name of a column
def test_no_bytes_in_parquet_do_harm(noise: bytes, at: int) -> None:
    data = packed_before[:at] + noise + packed_before[at + len(noise) :]
    try:
        found(data, tables.read_parquet)
    except Unreadable as problem:
        assert "\n" not in str(problem)
