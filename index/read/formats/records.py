"""JSON in, Fields out: one object, an array, `{"articles": [...]}`, or one object a line. Knows no paths.

An object in IPTC's ninjs is read by its standard, every other by the names it uses.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from index.read.decode import decode, marked_encoding
from index.read.fields import Columns, kind, known_columns
from index.read.formats import ninjs
from index.read.types import Fault, Fields, Hints, Unreadable

_PROBE_BYTES = 8192  # enough to tell a binary file from lines of text
_LISTS = ("articles", "items", "results", "docs", "data")
"""What news interfaces and JSON Feed call their list of articles."""
_AROUND = "response"
"""What some of them put around it."""


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
    """The articles of a .jsonl file, a line at a time. Blank lines are no records and are not counted as such."""
    columns = Columns(hints.options.columns)
    record = 0
    for number, line in enumerate(_lines(stream), start=1):
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
    if not record:
        raise Unreadable("only white space" if stream.tell() else "empty")
    columns.close()


def _lines(stream: BinaryIO) -> Iterable[bytes | str]:
    """Lines of bytes, so that one line in a wrong encoding costs no other; of text where a line end is not one byte."""
    start = stream.read(_PROBE_BYTES)
    stream.seek(0)
    encoding = marked_encoding(start)
    if encoding is None or encoding == "utf-8":
        if b"\0" in start:
            decode(start)  # says that and where it is binary, once for the file instead of for every line
        return stream
    return _wide_lines(stream, encoding)


def _wide_lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    try:
        yield from text
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
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; thousands of brackets
        raise Unreadable(f"invalid JSON, line {line or 1}: {error}") from None


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
