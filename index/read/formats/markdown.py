"""A Markdown file in, Fields out: front matter for what it says about itself, the body as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import BinaryIO

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.read.formats import plain
from index.read.decode import clean, one_line, text_of
from index.read.fields import from_mapping
from index.read.types import Fields, Hints, Unreadable

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_YAML_NOTHING = ("~", "null")
_HTML = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_LINE_TAG = re.compile(r"<br\b", re.IGNORECASE)


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields]:
    """The one article of a .md file. What the front matter does not say is looked for as in a .txt file."""
    front, body = _split(text_of(stream))
    blocks = MarkdownIt("commonmark").parse(body)
    text = clean(_plain_text(blocks, line_end=" "))
    if not text:
        raise Unreadable("no text")
    given = from_mapping(front, text=text)
    shown = plain.describe(clean(_plain_text(blocks, line_end="\n")))
    yield replace(
        given,
        title=given.title or _heading(blocks) or shown.title,
        source=given.source or shown.source,
        authors=given.authors or shown.authors,
        dating=given.dating or shown.dating,
        url=given.url or shown.url,
    )


def _split(text: str) -> tuple[dict[str, object], str]:
    """Front matter and body. Text between two thematic breaks is no front matter: it is no mapping."""
    front = _FRONT.match(text)
    if front is None:
        return {}, text
    try:
        # The loader that leaves every scalar a string: a title may be 1984, and 2025-02-30 is not for YAML to judge.
        said = yaml.load(front[1], Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise Unreadable(f"broken front matter, line {line}: {error.problem}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Unreadable(f"broken front matter, line 1: {one_line(str(error))}") from None
    if said and not isinstance(said, dict):
        return {}, text
    return {name: value for name, value in (said or {}).items() if value not in _YAML_NOTHING}, text[front.end() :]


def _plain_text(blocks: Sequence[Token], *, line_end: str) -> str:
    """The words of every block, blocks apart by a blank line; `line_end` stands where a line of a paragraph ended."""
    texts: list[str] = []
    item = ""
    for block in blocks:
        match block.type:
            case "list_item_open":
                item = f"{block.info}{block.markup} "
                continue
            case "inline":
                words = _words(block.children or [], line_end)
            case "fence" | "code_block":
                words = block.content
            case "html_block":
                words = html.unescape(_HTML.sub("", block.content))
            case _:
                continue
        if words.strip():
            texts.append(item + words.strip())
            item = ""
    return "\n\n".join(texts)


def _words(parts: Sequence[Token], line_end: str) -> str:
    """The words of one paragraph: link texts without targets, no images, no marks, no tags."""
    words: list[str] = []
    for part in parts:
        match part.type:
            case "text" | "code_inline":
                words.append(part.content)
            case "softbreak":
                words.append(line_end)
            case "hardbreak":
                words.append("\n")
            case "html_inline" if _LINE_TAG.match(part.content):
                words.append("\n")
    return "".join(words)


def _heading(blocks: Sequence[Token]) -> str:
    """The words of the first heading of the first level."""
    for opening, inline in pairwise(blocks):
        if opening.type == "heading_open" and opening.tag == "h1":
            return one_line(_words(inline.children or [], " "))
    return ""
