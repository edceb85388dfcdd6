"""A question in, its words with what they do in it out: names, words with a topic, words that point back. English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from index.dates.words import ENGLISH_MONTHS, WEEKDAYS
from index.words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W_]+(?:[.,:'’&/-][^\W_]+)*")
_BREAK = re.compile(r"[.?!:;,\n\"“”()\[\]]")

ASKING = frozenset("who whom whose what which when where why how".split())
"""What a question begins with."""

_VERBS_OF_FORM = frozenset("is are was were be been has have had do does did will would can could should may".split())
_PLACES = frozenset("in at on of to from for by with about after before since than behind against during into".split())
_NO_TOPIC = (
    FUNCTION_WORDS
    | ASKING
    | frozenset(
        "many much long old far often big exactly roughly people person man woman thing day date year month week time "
        "place name part kind sort number happen happened happens say says said write wrote tell told think thought "
        "do doing done get got go went come came make made take took give gave put else more most other others another "
        "one ones two both either neither same such not no yes also just even ever yet still again during since until "
        "against between through because before after over under off out there's it's who's what's please there then "
        "reason call called known mean respond responded react reacted comment commented reply replied answer want "
        "wanted ask asked while though although however according only least each every own very now later ago".split()
    )
)
"""Words that any question may hold: they do not tell what it is about."""

_SAYING = frozenset(
    "say says said write wrote tell told think thought do mean respond responded react reacted comment commented reply "
    "replied answer want wanted ask asked".split()
)
_SUBJECTS = frozenset("he she they his their its".split())
"""May stand for what the question itself said before; "it" and "her" too, unless they are objects."""

_BACK = frozenset("it her him them hers theirs then this these those others ones else same such".split())
_SPANS = frozenset(
    "day days week month year morning afternoon evening night weekend spring summer autumn winter season".split()
)
_NOT_BACK = _SPANS | {"who", "as"}
"""After such a word: "those who", "such as", "this week"."""

_BACK_AT_THE_END = frozenset("one so both either neither".split())
_OF_NOTHING = frozenset("true possible legal likely".split())
"""After an "it" that stands for nothing: "Is it true that ..."."""

_MONTHS = frozenset(map(str.lower, ENGLISH_MONTHS))
_DAYS = frozenset(name for name in WEEKDAYS if name.endswith("day")) | {"today", "yesterday", "tomorrow"}
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        text: As it stands, without a possessive 's.
        lower: The same in small letters.
        stem: Enough of it to meet "close" and "closed".
        named: Whether it is part of a name: it has a capital and does not have it only for standing first.
        before: The word before it, in small letters; "" for the first of a clause.
        joined: Whether it goes on with the name before it.
    """

    text: str
    lower: str
    stem: str
    named: bool
    before: str
    joined: bool


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    found: list[Word] = []
    reached, possessed = 0, False
    for match in _WORD.finditer(text):
        bare = re.sub(r"['’]s$", "", match[0])
        lower = bare.casefold()
        broken = not found or _BREAK.search(text, reached, match.start()) is not None
        named = any(letter.isupper() for letter in bare) and not (
            lower in _NO_TOPIC and not (len(bare) > 1 and bare.isupper()) and (broken or lower in FUNCTION_WORDS)
        )
        joined = named and not broken and not possessed and found[-1].named
        found.append(Word(bare, lower, _stem(lower), named, "" if broken else found[-1].lower, joined))
        reached, possessed = match.end(), bare != match[0]
    return found


def has_topic(word: Word) -> bool:
    """Whether a word can tell what a question is about."""
    return word.named or word.lower not in _NO_TOPIC


def own_words(asked: Sequence[Word]) -> list[Word]:
    """The words with which a question says what it is about. What stands after "the" presumes that one knows which."""
    presumed = {"the", "his", "her", "its", "their", "this", "that", "these", "those"}
    return [word for word in asked if has_topic(word) and (word.named or word.before not in presumed)]


def names_of(words: Iterable[Word]) -> list[list[Word]]:
    """The names of a text, each as its words."""
    runs: list[list[Word]] = []
    for word in words:
        if word.joined and runs and runs[-1][-1].lower == word.before:
            runs[-1].append(word)
        elif word.named:
            runs.append([word])
    return runs


def only_says(asked: Sequence[Word]) -> bool:
    """Whether all that a question names is who speaks: "What did the minister say?" says nothing of what about."""
    return len(names_of(own_words(asked))) == 1 == len({word.named for word in own_words(asked)}) and any(
        word.lower in _SAYING for word in asked
    )


def date_kind(word: Word) -> Literal["year", "month", "day", ""]:
    """What part of a date a word is; "" for none."""
    if word.named and word.lower in _MONTHS and (not word.joined or word.before in _DAYS):  # "Theresa May" is no month
        return "month"
    if word.lower in _DAYS:
        return "day"
    return "year" if _YEAR.fullmatch(word.lower) else ""


def asks_of_a_time(asked: Sequence[Word]) -> bool:
    """Whether a question points back to a time: "then", "that day"."""
    return any(
        word.lower == "then" or (word.before in {"that", "same"} and word.lower in {"time", "moment", *_SPANS})
        for word in asked
    )


def goes_on(asked: Sequence[Word]) -> bool:
    """Whether a question begins as one that goes on with another does."""
    first = [word.lower for word in asked[:2]]
    return first[:1] in (["and"], ["or"], ["but"]) or first in (["what", "about"], ["how", "about"])


def points_back(asked: Sequence[Word], said: Set[str]) -> bool:
    """Whether a question has a word that stands for something said before it.

    A pronoun may also stand for something in the question itself: for who is asked about ("Who sold his shares?"),
    or for a name that nobody has said before ("When did Tesla recall its cars?").

    Args:
        asked: The question.
        said: Stems of the words said before.
    """
    return any(_points_back(asked, place, said) for place in range(len(asked)))


def _points_back(asked: Sequence[Word], place: int, said: Set[str]) -> bool:
    word, before = asked[place].lower, asked[place].before
    after = asked[place + 1].lower if place + 1 < len(asked) else ""
    if asked[place].named:
        return False
    if word in _SUBJECTS or (word in {"it", "her"} and after and after not in _PLACES):
        return after not in _OF_NOTHING and not _stands_for_own(asked[:place], word, said)
    if word == "there":
        return not after or not {before, after} & _VERBS_OF_FORM
    if word == "that":
        return not after or before in _VERBS_OF_FORM | _PLACES
    return (word in _BACK and after not in _NOT_BACK) or (word in _BACK_AT_THE_END and not after)


def _stands_for_own(earlier: Sequence[Word], pronoun: str, said: Set[str]) -> bool:
    """Whether a pronoun stands for something that the question itself said before it."""
    if any(word.named and word.stem not in said for word in earlier):
        return True
    first = earlier[0].lower if earlier else ""
    asks_for_it = first in {"who", "which", "what"} and not {"do", "does", "did"} & {word.lower for word in earlier}
    return asks_for_it and pronoun in {"his", "her", "its", "their"}


def replaces(asked: Sequence[Word]) -> bool:
    """Whether a question only puts something in another's place: "What about Berlin?", "And in May?"."""
    rest = asked[1 + (asked[:1] != [] and asked[0].lower in ASKING) :]
    return goes_on(asked) and not any(word.lower in ASKING | _VERBS_OF_FORM for word in rest if not word.named)


def _stem(word: str) -> str:
    """Without the endings of English inflection; four letters stay."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
