"""A sentence in, its words out as they are compared: in normal form, each told apart by what it does.

Knows the words of rag/claims/lexicon.py, and nothing of grammar beyond them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.dates.words import WEEKDAYS
from rag.claims.facts import Fact, facts_of, stands_in
from rag.claims.lexicon import (
    AUXILIARIES,
    DOUBTS,
    GLUE,
    JOINTS,
    LINKS,
    NEGATIONS,
    NEUTRAL_SAYING,
    PAST,
    PRONOUNS,
    SAYING,
)
from rag.claims.normal import parted, stem

Kind = Literal["joint", "glue", "link", "date", "number", "name", "plain"]
CONTENT = frozenset(("date", "number", "name", "plain"))

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = re.compile(rf"(?:\d{{4}}-)?(?:{'|'.join(_MONTHS)})(?:-\d{{1,2}})?|(?:1[5-9]|20)\d\d")
_ONE_FORM = {"would": "will", "could": "can", "might": "may"}
"""What is reported stands a tense back: "said it would" tells of what will be."""
_KNOWN_VERBS = SAYING | DOUBTS | NEGATIONS
_PARTLY = frozenset(("only", "just", "merely", "simply"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word in normal form. `owns`: it has a possessive's ending, which is not part of `text`."""

    text: str
    kind: Kind
    owns: bool = False

    @property
    def is_content(self) -> bool:
        """Whether it says something of its own, so that a claim may hold it only if its source does."""
        return self.kind in CONTENT

    def means(self, other: Word) -> bool:
        """Whether this word of a claim is that word of a source."""
        if "date" in (self.kind, other.kind) or "number" in (self.kind, other.kind):
            return self.text == other.text or (
                other.kind == "date" and stands_in(Fact("number", self.text), other.text)
            )
        if self.kind == other.kind == "name":
            return self.text == other.text
        return _form(self.text) == _form(other.text)


@lru_cache(maxsize=512)
def read_words(text: str) -> tuple[Word, ...]:
    """The words of a sentence, with what parts its clauses."""
    names = frozenset(word for fact in facts_of(text) if fact.kind == "name" for word in fact.text.split())
    words = (_word(token, names) for token in _without_partly(parted(text)))
    return tuple(Word("may", "plain") if word.text == "may" and "May" not in text else word for word in words)


def is_verb(words: Sequence[Word], place: int) -> bool:
    """Whether a word is surely a finite verb: an auxiliary, a past form, or in "ed" behind what can be its subject.

    Verbs in the present look like nouns and are not told.
    """
    word = words[place]
    if word.text in AUXILIARIES or word.text in PAST:
        return True
    before = words[place - 1] if place else None
    has_subject = before is not None and (before.is_content or before.text in PRONOUNS)
    return has_subject and word.kind == "plain" and (word.text.endswith("ed") or word.text in _KNOWN_VERBS)


def asserts(words: Sequence[Word]) -> bool:
    """Whether words say something by themselves, as "the bridge will close" does and "six weeks" does not."""
    if len(words) > 1 and words[0].text in PRONOUNS:
        return True
    return any(is_verb(words, place) for place in range(len(words)))


def _word(token: str, names: frozenset[str]) -> Word:
    text = re.sub(r"'s?$", "", token) if len(token) > 2 else token
    owns = text != token
    if _DATE.fullmatch(text) or text in WEEKDAYS:
        return Word(text, "date", owns)
    if any(character.isdigit() for character in text):
        return Word(text, "number", owns)
    if text in JOINTS:
        return Word(text, "joint")
    if text in LINKS:
        return Word(text, "link")
    if text in names:
        return Word(text, "name", owns)
    return Word(text, "glue" if text in GLUE else "plain", owns)


def _without_partly(tokens: Sequence[str]) -> list[str]:
    """Without the "not only" of "not only A but B": nothing is denied by it."""
    kept: list[str] = []
    for place, token in enumerate(tokens):
        before, after = tokens[max(0, place - 1)], tokens[min(place + 1, len(tokens) - 1)]
        rest = tokens[place + 1 :]
        partly = (token == "not" and after in _PARTLY) or (token in _PARTLY and before == "not")
        if not (partly and ("but" in rest or "also" in rest)):
            kept.append(token)
    return kept


@lru_cache(maxsize=4096)
def _form(word: str) -> str:
    return "say" if word in NEUTRAL_SAYING else stem(_ONE_FORM.get(word, word))
