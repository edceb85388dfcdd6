"""A text in, its words with offsets out, and each word's forms: folded, capital or not. Knows nothing about names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from index.names.lexicon import WITHIN_HYPHENS

_LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|{_LETTERS}(?:['’ʼ&‐‑-]{_LETTERS})*")
_BEFORE_NAMES = frozenset(("al", "el", "an", "ar", "as", "at", "ash", "ad", "d", "l", "o", "ul", "ibn", "bin"))
_JOINT = re.compile(r"['’ʼ&‐‑-]")


class Word(NamedTuple):  # a third of the time of a frozen dataclass, and texts have many
    """A word of a text, `text` at [start, end), without the possessive 's that may follow it."""

    text: str
    folded: str
    start: int
    end: int
    possessive: bool


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        own = match[0]
        if possessive := len(own) > 2 and own[-1] in "sS" and own[-2] in "'’ʼ":
            own, end = own[:-2], end - 2
        words.append(Word(own, folded(own), start, end, possessive))
    return words


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """A word without case, accents and the full stops of its letters; "&" is "and"."""
    if word.isascii():
        bare = word.lower()
    else:
        apart = unicodedata.normalize("NFKD", word.replace("’", "'").replace("‑", "-"))
        bare = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
    return "and" if bare == "&" else bare.replace(".", "")


@lru_cache(maxsize=65_536)
def is_capital(word: str) -> bool:
    """Whether a word is written as names are: "Lam", "al-Assad", "Port-au-Prince", "iPhone"; not "US-led"."""
    parts = [part for part in _JOINT.split(word) if part]
    if not any(part[0].isupper() or part[0].istitle() for part in parts):
        return len(word) > 2 and word[0].islower() and word[1].isupper()
    rest = [part for part in parts if not (part[0].isupper() or part[0].istitle() or part[0].isdigit())]
    if parts[0] in rest:
        return len(parts) > 1 and folded(parts[0]) in _BEFORE_NAMES and len(rest) == 1
    return all(folded(part) in WITHIN_HYPHENS for part in rest)


def is_shout(word: str) -> bool:
    """Whether a word owes its capitals to no place: "NATO", "U.S."."""
    return len(word) > 1 and word.isupper()
