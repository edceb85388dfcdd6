"""Tables in, Fields out: CSV and its kin, Parquet. A row is a record; both are streamed. Knows no paths."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from index.read.decode import decode, lines_in, marked_encoding, one_line
from index.read.fields import Columns, known_columns
from index.read.types import Fault, Fields, Hints, Unreadable

if TYPE_CHECKING:
    import pyarrow

_DELIMITERS = (",", "\t", ";", "|")
_PROBE_BYTES = 65536  # a header and then some
_LEGACY_BYTES = 64 << 20  # what is not UTF-8 is read at once, so that its encoding can be told
_LONGEST_CELL = 64 << 20  # characters; the library's own limit, 131072, is less than some articles have
_OLD_MAC = re.compile(rb"[^\r\n]*\r(?!\n)")  # lines that end in a carriage return alone
_ROWS = 256  # of a Parquet file at a time: a row group may hold a million


def read_csv(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of a .csv or .tsv file: the first row names the columns."""
    csv.field_size_limit(_LONGEST_CELL)  # of the whole process; nothing else here reads CSV
    start = stream.read(_PROBE_BYTES)
    stream.seek(0)
    header, delimiter = _header(start, hints.options.columns)
    lines = _Lines(stream, start)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    columns = Columns(hints.options.columns)
    record, line, broken = 0, 1, 0
    while (row := _row(rows)) is not None:
        first, line = line, rows.line_num + 1
        if first > 1 and row:
            record += 1
            place = f"line {first}" if line == first + 1 else f"lines {first} to {line - 1}"
            if lines.broken > broken:
                broken = lines.broken
                yield Fault(f"wrongly encoded: not UTF-8, {place}; save it as UTF-8", record)
            elif isinstance(row, csv.Error):
                yield Fault(f"broken quotes, {place}: {row}", record)
            elif len(row) != len(header):
                yield Fault(f"{len(row)} values for {len(header)} columns, {place}", record)
            else:
                # Of two columns of one name the first counts.
                yield _found(dict(zip(reversed(header), reversed(row), strict=True)), columns, record)
    if not record:
        raise Unreadable("a header without rows")
    columns.close()


def read_parquet(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of a .parquet file; only the columns that give something are read."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise Unreadable("Parquet needs an extra: pip install 'onrecord[parquet]'") from None
    columns = Columns(hints.options.columns)
    record = 0
    try:
        with parquet.ParquetFile(stream) as file:
            names = file.schema_arrow.names
            wanted = _needed(names, hints.options.columns)
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in _rows(batch):
                    record += 1
                    yield _found(row, columns, record) if row else Fault("wrongly encoded: not UTF-8", record)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:  # the last: a damaged name of a column
        reason = " ".join(str(error).split())[:200]
        raise Unreadable(f"damaged Parquet{f' after row {record}' if record else ''}: {reason}") from None
    if not record:
        raise Unreadable("no rows")
    columns.close()


class _Lines:
    """The lines of a file as text, one at a time where it is UTF-8 or says by a mark what it is."""

    def __init__(self, stream: BinaryIO, start: bytes) -> None:
        self.broken = 0
        """How many lines so far are not UTF-8, in a file that is."""
        self._lines = self._read(stream, start)

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def _read(self, stream: BinaryIO, start: bytes) -> Iterator[str]:
        encoding = marked_encoding(start)
        if encoding not in {None, "utf-8"}:
            text = io.TextIOWrapper(stream, encoding=encoding, newline="")
            try:
                yield from lines_in(text)
            except UnicodeDecodeError as error:
                message = f"wrongly encoded: not {str(encoding).upper()} ({error.reason}); save it as UTF-8"
                raise Unreadable(message) from None
            finally:
                text.detach()
        elif _OLD_MAC.match(start):
            yield from _at_once(stream, b"")
        else:
            yield from self._utf8(stream)

    def _utf8(self, stream: BinaryIO) -> Iterator[str]:
        foreign = False
        for number, line in enumerate(lines_in(stream)):
            try:
                text = line.decode("utf-8-sig" if not number else "utf-8")
                foreign = foreign or not text.isascii()
                yield text
            except UnicodeDecodeError:
                if not foreign:  # so far any encoding would do
                    yield from _at_once(stream, line)
                    return
                self.broken += 1
                yield line.decode("utf-8", "replace")


def _at_once(stream: BinaryIO, line: bytes) -> Iterator[str]:
    """The line and all that follows, in the encoding that fits."""
    data = line + stream.read(_LEGACY_BYTES)
    if len(data) > _LEGACY_BYTES:
        raise Unreadable("wrongly encoded: not UTF-8, and too large for its encoding to be told; save it as UTF-8")
    yield from io.StringIO(decode(data), newline="")


def _row(rows: Iterator[list[str]]) -> list[str] | csv.Error | None:
    """The next row, or why it cannot be read; None at the end."""
    try:
        return next(rows, None)
    except csv.Error as error:
        return error


def _header(start: bytes, columns: Sequence[tuple[str, str]]) -> tuple[list[str], str]:
    """The names of the columns, and what stands between them: what gives most names that mean something here.

    Raises:
        Unreadable: Empty, binary, or no column is known to hold the text.
    """
    encoding = marked_encoding(start)
    if encoding in {None, "utf-8"} and b"\0" in start:
        decode(start)  # says where
    # Names are mostly ASCII: what a legacy encoding makes of the others is looked at when the rows are read.
    text = start.decode(encoding or "utf-8", "replace").removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable("only white space" if text else "empty")
    best: tuple[bool, int, int] = (False, 0, 0)
    found: tuple[list[str], str] = ([], ",")
    for delimiter in _DELIMITERS:
        names = _row(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if isinstance(names, list):
            names = [one_line(name) for name in names]
            known = dict(known_columns(tuple(names)))
            merit = (dict(columns).get("text") in names or "text" in known, len(known), len(names))
            if merit > best:
                best, found = merit, (names, delimiter)
    if not best[0]:
        raise Unreadable(f"no column is known to hold the text; name it with --map text=COLUMN: {_some(found[0])}")
    return found


def _found(row: dict[str, object] | dict[str, str], columns: Columns, record: int) -> Fields | Fault:
    try:
        return columns.fields(row, record)
    except Unreadable as problem:
        return Fault(str(problem), record)


def _needed(names: Sequence[str], columns: Sequence[tuple[str, str]]) -> list[str]:
    """The columns that give something, in the order of the file."""
    ours = {name for _, here in known_columns(tuple(names)) for name in here}
    ours |= {theirs if theirs in names else theirs.partition(".")[0] for _, theirs in columns}
    if not ours:
        raise Unreadable(f"no column is known to hold the text; name it with --map text=COLUMN: {_some(names)}")
    return [name for name in names if name in ours]


def _rows(batch: pyarrow.RecordBatch) -> Iterator[dict[str, object] | None]:
    """The rows of a batch, one by one where a text is wrongly encoded; None for that row."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for at in range(batch.num_rows):
            try:
                yield from batch.slice(at, 1).to_pylist()
            except UnicodeDecodeError:
                yield None


def _some(names: Sequence[str]) -> str:
    return "there are " + ", ".join(names[:20])[:300]
