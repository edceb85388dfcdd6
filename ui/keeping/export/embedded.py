"""A bundle's JSON in, data in a page that browsers neither run nor show out; a file in, its Bundle out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import BundleError

if TYPE_CHECKING:
    from rag.bundle import Bundle

LARGEST_FILE = 256_000_000
"""Bytes: a character of a bundle may take four, and its page says most of it twice."""

_ID = "onrecord-bundle"
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
"""JSON says these in its strings only, where it may write them so. No tag and no comment can begin or end there."""


def embedded(json_text: str) -> str:
    """JSON as data in a page."""
    return f'<script type="application/json" id="{_ID}">{json_text.translate(_ESCAPES)}</script>'


def opened(path: Path) -> Bundle:
    """The bundle in a file: JSON, an exported page, or a history, whose exchanges become those of one bundle.

    Raises:
        BundleError: The file cannot be read, there is no sound bundle in it, or it is a page that shows something else
            than its bundle; the message names the file.
    """
    text = _read(path)
    try:
        return _parsed(text)
    except BundleError as error:
        raise BundleError(f"{path}: {error}") from error


def _parsed(text: str) -> Bundle:
    from rag.bundle import parse

    if text.lstrip().startswith("<"):
        return _shown(text, parse(_extracted(text)))
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if len(lines) < 2 or not lines[0][1].rstrip().endswith("}"):  # where one object is printed over several lines
        return parse(text)
    bundles = []
    for number, line in lines:
        try:
            bundles.append(parse(line))
        except BundleError as error:
            raise BundleError(f"line {number}: {error}") from error
    return _together(bundles)


def _shown(file: str, bundle: Bundle) -> Bundle:
    """The bundle of a page, which shows that and nothing else: a reader sees the page, and not what lies in it."""
    from ui.keeping.export.page import page

    if file.splitlines() != page(bundle).splitlines():
        raise BundleError(
            "the page shows something else than the bundle in it holds: it was altered, or made by another onrecord; "
            "ask whoever gave it for the page as it was exported, or for the bundle as JSON"
        )
    return bundle


def _together(bundles: Sequence[Bundle]) -> Bundle:
    """All exchanges, in order, beside the archive as it was last."""
    return replace(bundles[-1], exchanges=tuple(each for bundle in bundles for each in bundle.exchanges))


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BundleError(f"{path}: too large for a bundle")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BundleError(
            f"{path}: {error.strerror or error}; give the path of a bundle or an exported page"
        ) from error
    except UnicodeDecodeError as error:
        raise BundleError(f"{path}: not UTF-8, so no bundle and no exported page") from error


class _Finder(HTMLParser):
    """Collects the data of the elements that hold a bundle."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and dict(attrs).get("id") == _ID
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


def _extracted(page: str) -> str:
    finder = _Finder()
    finder.feed(page)
    finder.close()
    if len(finder.found) != 1:
        raise BundleError(f"a page with {len(finder.found) or 'no'} bundles in it: give one that onrecord exported")
    return finder.found[0]
