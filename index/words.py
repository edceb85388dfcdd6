"""Anything a user types in, an FTS5 expression out. Knows nothing about tables.

Every word is quoted, so no text is ever read as FTS5 syntax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)+")

FUNCTION_WORDS = frozenset(
    "a about all am an and any are as at be been but by can could did do does for from had has have he her his how i "
    "if in into is it its me my of on or our she so some than that the their them then there these they this those "
    "to up us was we were what when where which who whom whose why will with would you your".split()
)
"""Words that carry no topic: they match every article and cost time."""


def topic_words(text: str) -> list[str]:
    """The words and numbers of a text that can tell one article from another, lower case, each once, in order."""
    words = [*_NUMBER.findall(text), *_WORD.findall(text)]
    found = dict.fromkeys(re.sub(r"['’]s$", "", word.lower()) for word in words)
    return [word for word in found if word not in FUNCTION_WORDS] or list(found)


def match_expression(text: str) -> str:
    """An FTS5 expression that matches passages with any of the words; "" if there are none."""
    return " OR ".join(f'"{word}"' for word in topic_words(text))


def quoted(phrases: Sequence[str]) -> list[str]:
    """Each phrase as an FTS5 expression, of those that have a letter or digit; the others ask for nothing.

    FTS5 itself takes a phrase apart, so its words are compared as those of the passages are.
    """
    asked = (phrase.replace("\0", " ").replace('"', '""') for phrase in phrases if any(map(str.isalnum, phrase)))
    return [f'"{phrase}"' for phrase in asked]


def phrase_expression(phrases: Sequence[str]) -> str:
    """An FTS5 expression for passages that hold each of the phrases, or whose headlines do; "" if there are none."""
    together = " AND ".join(quoted(phrases))
    return together and f"{{title text}} : ({together})"
