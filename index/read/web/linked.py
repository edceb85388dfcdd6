"""The JSON-LD of a page in, the article it describes out. Knows JSON-LD's habits and mistakes, not HTML."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from index.read.decode import letters

Thing = Mapping[str, object]
"""One JSON object: what schema.org says about an article, a person, an outlet."""

_MOST = 2000  # things in a page; the longest lists of comments have some hundreds

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?|;)\s*$"
)
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*(?:,|[}\]]))', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
_NEWS = frozenset(["NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"])
_POSTS = frozenset(["BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "DiscussionForumPosting"])


def things(scripts: Iterable[str]) -> tuple[Thing, ...]:
    """Every object that stands for itself in these scripts, in order; a script that cannot be mended is left out."""
    found: list[Thing] = []
    for script in scripts:
        waiting = [_loaded(script)]
        while waiting and len(found) < _MOST:
            each = waiting.pop()
            if isinstance(each, list):
                waiting.extend(reversed(each))
            elif isinstance(each, dict):
                found.append(each)
                waiting.extend(each[key] for key in reversed(_INSIDE) if isinstance(each.get(key), dict | list))
    return tuple(found)


def _loaded(script: str) -> object:
    """The value; None if it is broken beyond what can be mended without guessing."""
    script = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip()
    for text in _readings(script):
        try:
            # Not strict: line ends within strings. Raw: two objects in a row, or a rest of something else.
            return json.JSONDecoder(strict=False).raw_decode(text)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _readings(script: str) -> Iterator[str]:
    yield script
    mended = _STRING_OR_COMMA.sub(lambda found: found[1] or "", _BAD_ESCAPE.sub(r"\\\\", script))
    yield mended
    if "&quot;" in script:
        yield html.unescape(script)


def kinds(thing: Thing) -> tuple[str, ...]:
    """Its types without the address of the vocabulary."""
    types = thing.get("@type")
    return tuple(str(each).rsplit("/", 1)[-1] for each in (types if isinstance(types, list) else [types]) if each)


def is_article(thing: Thing) -> bool:
    """Whether it is said to be an article, a post or a report."""
    return any(kind in _NEWS or kind in _POSTS or kind.endswith("Article") for kind in kinds(thing))


def the_article(found: tuple[Thing, ...], titles: Iterable[str]) -> Thing:
    """What is said about the article of the page; empty if nothing is.

    Args:
        found: As `things` gives them.
        titles: What the page itself calls the article: of several, the one with such a headline is meant.
    """
    articles = [thing for thing in found if is_article(thing)]
    wanted = {letters(title) for title in titles} - {""}
    for thing in articles:
        if letters(words(thing.get("headline")) or words(thing.get("name"))) in wanted:
            return thing
    if len(articles) == 1 or (
        articles
        and all(
            letters(words(each.get("headline"))) == letters(words(articles[0].get("headline"))) for each in articles
        )
    ):
        return articles[0]
    return {}


def words(value: object) -> str:
    """A text, a text with its language, or the first of several; entities resolved; "" for anything else."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value", value.get("name"))
    return html.unescape(value) if isinstance(value, str) else ""


def follow(value: object, found: tuple[Thing, ...]) -> object:
    """The thing that `{"@id": "#jane"}` points to, else the value itself."""
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and "@id" in value:
        return next((thing for thing in found if thing.get("@id") == value["@id"] and len(thing) > len(value)), value)
    return value
