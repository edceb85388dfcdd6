"""JSON in, Fields out: one object, an array, `{"articles": [...]}`, or one object a line. Knows no paths.

A record is identified by what it says: its id, else its canonical URL.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from index.read.decode import decode, marked_encoding
from index.read.fields import canonical_url, from_mapping, kind
from index.read.types import Fault, Fields, Hints, Unreadable

_PROBE_BYTES = 8192  # enough to tell a binary file from lines of text


def read_json(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of a .json file. A file that is one object is no file of many: its record has no number."""
    text = decode(stream.read())
    if not text.strip():
        raise Unreadable("only white space" if text else "empty")
    content = _parse(text)
    if isinstance(content, dict) and isinstance(content.get("articles"), list):
        content = content["articles"]
    if not isinstance(content, list):
        yield _fields(content, record=None)
        return
    if not content:
        raise Unreadable("an empty list")
    for record, item in enumerate(content, start=1):
        try:
            yield _fields(item, record)
        except Unreadable as problem:
            yield Fault(str(problem), record)


def read_lines(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of a .jsonl file, a line at a time. Blank lines are no records and are not counted as such."""
    record = 0
    for number, line in enumerate(_lines(stream), start=1):
        if not line.strip():
            continue
        record += 1
        try:
            yield _fields(_parse(line if isinstance(line, str) else decode(line), number), record)
        except Unreadable as problem:
            yield Fault(str(problem), record)
    if not record:
        raise Unreadable("only white space" if stream.tell() else "empty")


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


def _fields(item: object, record: int | None) -> Fields:
    if not isinstance(item, dict):
        raise Unreadable(f"{kind(item)}, not an object")
    fields = from_mapping(item, record=record)
    return fields if fields.id or not fields.url else replace(fields, id=canonical_url(fields.url))
