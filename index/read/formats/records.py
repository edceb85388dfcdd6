"""JSON in, Fields out: one object, an array, `{"articles": [...]}`, or one object a line. Knows no paths.

An object in IPTC's ninjs is read by its standard, every other by the names it uses.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from index.read.decode import decode, lines_in, marked_encoding
from index.read.fields import Columns, kind, known_columns
from index.read.formats import ninjs
from index.read.types import Fault, Fields, Hints, Piece, Unreadable

_PROBE_BYTES = 8192  # enough to tell a binary file from lines of text
_MAY_HOLD_SEVERAL = (b"associations", b"\\u00", b"\0")
"""One of these stands in a line of several records: how ninjs calls what an object holds, however that is written."""
_LISTS = ("articles", "items", "results", "docs", "data")
"""What news interfaces and JSON Feed call their list of articles."""
_AROUND = "response"
"""What some of them put around it."""
_BEGIN = Piece(line=1, record=1)


def read_json(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of a .json file. A file that is one object is no file of many: its record has no number."""
    text = decode(stream.read())
    if not text.strip():
        raise Unreadable("only white space" if text else "empty")
    content = _parse(text)
    del text
    columns = Columns(hints.options.columns)
    items = _listed(content)
    if items is None:
        within = _objects(content)
        if len(within) == 1:
            yield _fields(content, columns, None)
            columns.close()
            return
        items = within
    if not items:
        raise Unreadable("an empty list")
    every = (each for item in items for each in _objects(item))
    for record, item in enumerate(every, start=1):
        yield _found(item, columns, record)
    columns.close()


def read_lines(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of a .jsonl file, or a piece of one, by the line. Blank lines are not counted as records."""
    columns = Columns(hints.options.columns)
    begin = hints.piece or _BEGIN
    record = begin.record - 1
    lines: Iterator[bytes | str] = lines_in(stream) if hints.piece or _is_narrow(stream) else _wide_lines(stream)
    for number, line in enumerate(lines, start=begin.line):
        if not line.strip():
            continue
        try:
            items = _objects(_parse(line if isinstance(line, str) else decode(line), number))
        except Unreadable as problem:
            record += 1
            yield Fault(str(problem), record)
            continue
        for item in items:
            record += 1
            yield _found(item, columns, record)
    if record < begin.record:
        raise Unreadable("only white space" if stream.tell() else "empty")
    columns.close()


def cut_lines(stream: BinaryIO, hints: Hints, size: int) -> Iterator[tuple[bytes, Hints]] | None:
    """A .jsonl file, or a piece of one, in pieces of whole lines, `size` bytes or somewhat more, for `read_lines`.

    None where the records hang together: what --map names is looked for in all of them, and a line of bytes is no line
    of text in every encoding.
    """
    if hints.options.columns or not (hints.piece or _is_narrow(stream)):
        return None
    return _pieces(_groups(lines_in(stream), size), hints)


def _pieces(groups: Iterable[list[bytes]], hints: Hints) -> Iterator[tuple[bytes, Hints]]:
    begin = hints.piece or _BEGIN
    line, record = begin.line, begin.record
    for group in groups:
        if count := sum(map(_count, group)):
            yield b"".join(group), replace(hints, piece=Piece(line, record))
        line += len(group)
        record += count
    if record == begin.record:
        raise Unreadable("only white space" if line > begin.line else "empty")


def _groups(lines: Iterator[bytes], size: int) -> Iterator[list[bytes]]:
    """So many lines at a time as make up the size. What comes before a break is given before it is told."""
    group: list[bytes] = []
    room = size
    try:
        for line in lines:
            group.append(line)
            room -= len(line)
            if room <= 0:
                yield group
                group, room = [], size
    except (Unreadable, OSError, MemoryError):
        yield group
        raise
    yield group


def _count(line: bytes) -> int:
    """How many records a line holds; parsed only if that may be more than one."""
    if not any(mark in line for mark in _MAY_HOLD_SEVERAL):
        return 0 if line.isspace() else 1
    try:
        return len(_objects(_parse(decode(line))))
    except Unreadable:
        return 1


def _is_narrow(stream: BinaryIO) -> bool:
    """Whether its lines are lines of bytes, so that one line in a wrong encoding costs no other."""
    start = stream.read(_PROBE_BYTES)
    stream.seek(0)
    if marked_encoding(start) not in {None, "utf-8"}:
        return False
    if b"\0" in start:
        decode(start)  # says that and where it is binary, once for the file instead of for every line
    return True


def _wide_lines(stream: BinaryIO) -> Iterator[str]:
    """Lines of text, where a line end is not one byte."""
    encoding = marked_encoding(stream.read(_PROBE_BYTES)) or "utf-8"
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    try:
        yield from lines_in(text)
    except UnicodeDecodeError as error:
        raise Unreadable(f"wrongly encoded: not {encoding.upper()} ({error.reason}); save it as UTF-8") from None
    finally:
        text.detach()


def _parse(text: str, line: int | None = None) -> object:
    """What the JSON says; a line number in the message counts in the file (`line` is where the text stands in it)."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"invalid JSON, line {line or error.lineno}: {error.msg}") from None
    except RecursionError:
        raise Unreadable(f"invalid JSON, line {line or 1}: nested too deeply") from None
    except ValueError:
        raise Unreadable(f"invalid JSON, line {line or 1}: a number of thousands of digits") from None


def _listed(content: object) -> list[object] | None:
    """The records of a file of many; an object that has a text is one article, whatever else it lists."""
    if isinstance(content, dict):
        if "text" in dict(known_columns(tuple(content))):
            return None
        around = content.get(_AROUND)
        inner = around if isinstance(around, dict) else content
        content = next((inner[name] for name in _LISTS if isinstance(inner.get(name), list)), None)
    return content if isinstance(content, list) else None


def _objects(item: object) -> list[object]:
    """The record, and the texts that a ninjs object holds beside its own."""
    return list(ninjs.with_associated(item)) if isinstance(item, dict) and ninjs.is_ninjs(item) else [item]


def _found(item: object, columns: Columns, record: int) -> Fields | Fault:
    try:
        return _fields(item, columns, record)
    except Unreadable as problem:
        return Fault(str(problem), record)


def _fields(item: object, columns: Columns, record: int | None) -> Fields:
    if not isinstance(item, dict):
        raise Unreadable(f"{kind(item)}, not an object")
    return columns.fields({**item, **ninjs.known(item)} if ninjs.is_ninjs(item) else item, record)
