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

from index.read.decode import clean, one_line, text_of
from index.read.fields import from_mapping
from index.read.tidy.header import header
from index.read.types import Fields, Hints, Unreadable

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_YAML_NOTHING = ("~", "null")
_HTML = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_LINE_END = "\r"  # of the file, as clean text has none; a line end that is meant becomes "\n"
_LINE_TAG = re.compile(r"<br\b", re.IGNORECASE)


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields]:
    """The one article of a .md file; without a title in the front matter it is the first heading of the first level."""
    front, body = _split(text_of(stream))
    blocks = MarkdownIt("commonmark").parse(body)
    text = clean(_plain_text(blocks))
    if not text:
        raise Unreadable("no text")
    given = from_mapping(front, text=text)
    heading = "" if given.title else _heading(blocks)
    yield replace(given, title=heading, given_by=(("title", "its heading"),)) if heading else given


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


def _plain_text(blocks: Sequence[Token]) -> str:
    """The words of every block, blocks apart by a blank line."""
    texts: list[str] = []
    item = ""
    for block in blocks:
        match block.type:
            case "list_item_open":
                item = f"{block.info}{block.markup} "
                continue
            case "inline":
                words = _paragraph(_words(block.children or []))
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


def _paragraph(words: str) -> str:
    """One line, as Markdown means it, unless header lines such as a byline were set as one paragraph."""
    lines = words.split(_LINE_END)
    return ("\n" if any(header(line, below_headline=False) for line in lines) else " ").join(lines)


def _words(parts: Sequence[Token]) -> str:
    """The words of one paragraph: link texts without targets, no images, marks or tags; lines end as in the file."""
    words: list[str] = []
    for part in parts:
        match part.type:
            case "text" | "code_inline":
                words.append(part.content)
            case "softbreak":
                words.append(_LINE_END)
            case "hardbreak":
                words.append("\n")
            case "html_inline" if _LINE_TAG.match(part.content):
                words.append("\n")
    return "".join(words)


def _heading(blocks: Sequence[Token]) -> str:
    """The words of the first heading of the first level."""
    for opening, inline in pairwise(blocks):
        if opening.type == "heading_open" and opening.tag == "h1":
            return one_line(_words(inline.children or []))
    return ""
