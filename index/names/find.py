"""A question in, the names of the archive in it out, whatever their case, in part or misspelt. Reads the tables by key.

A wrong name is worse than none: a word in small letters is a name only where the articles hardly ever write it small, a
misspelt one only where the archive has never seen it and one name alone is near.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index import fulltext
from index.names import table
from index.names.forms import Word, is_capital, is_shout, words_of
from index.names.lexicon import BESIDE_TITLES, CALENDAR, OPENERS, PARTICLES, TITLES, is_nationality
from index.names.mine import MOST_WORDS
from index.names.spelling import edits_allowed, nearest
from index.types import NameFound

SMALL_SHARE = 0.2
"""A word is an ordinary one if more than this many articles have it in small letters for each that has it in a name."""

DOMINANT = 0.6
"""A surname means the fuller name that has this share of all articles with the surname."""

MOST_WORDS_ASKED = 400
"""Names are looked for in this much of a text: nobody asks a longer question."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the question. `key`: the folded word that it stands for; `clear`: it can be a name by itself."""

    word: Word
    key: str
    capital: bool
    clear: bool = False
    misspelt: bool = False


def names_in(connection: sqlite3.Connection, text: str) -> tuple[NameFound, ...]:
    """The archive's names in a text: longer ones first where they overlap, then in order."""
    words = words_of(text)[:MOST_WORDS_ASKED]
    if not words:
        return ()
    asked = _judged(connection, [_Asked(w, w.folded, _stands_out(w, words)) for w in words])
    spans = list(_spans(text, asked))
    keys = {span: " ".join(asked[at].key for at in range(*span)) for span in spans}
    singles = [asked[first].key for first, last in spans if last == first + 1]
    fuller = table.fuller(connection, singles)
    known = table.names(connection, [*keys.values(), *(own[0][0] for own in fuller.values())])
    found: list[NameFound] = []
    taken: set[int] = set()
    for first, last in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(first, last)):
            key = keys[first, last]
            own = {} if _has_company(text, asked, first, last) else fuller
            if spelled := _meant(key, known, own) or _lone(connection, asked[first:last]):
                start, end = asked[first].word.start, asked[last - 1].word.end
                found.append(NameFound(start, end, text[start:end], spelled.text, spelled.articles))
                taken.update(range(first, last))
    return tuple(sorted(found, key=lambda each: each.start))


def _stands_out(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word's capital says something: not where everything is in capitals."""
    return is_capital(word.text) and not (len(words) > 2 and all(is_shout(each.text) for each in words))


def _judged(connection: sqlite3.Connection, asked: Sequence[_Asked]) -> list[_Asked]:
    known = table.name_words(connection, (each.key for each in asked))
    small = table.small_words(connection, (each.key for each in asked))
    judged: list[_Asked] = []
    for at, each in enumerate(asked):
        if each.key not in known and each.key not in small:
            beside = (asked[at - 1].key if at else "", asked[at + 1].key if at + 1 < len(asked) else "")
            if meant := _misspelt(connection, each.key, beside):
                judged.append(replace(each, key=meant, clear=True, misspelt=True))
                continue
        of_names = known[each.key].articles if each.key in known else 0
        ordinary = small.get(each.key, 0) > SMALL_SHARE * of_names
        shout = each.capital and is_shout(each.word.text)
        clear = shout or (not _is_idle(each.key) and len(each.key) > 1 and (not ordinary or (each.capital and at > 0)))
        judged.append(replace(each, clear=clear))
    return judged


def _is_idle(key: str) -> bool:
    return key in OPENERS or key in CALENDAR or is_nationality(key)


def _misspelt(connection: sqlite3.Connection, word: str, beside: tuple[str, str]) -> str | None:
    """The word of a name that is meant by one that no text of the archive has."""
    if not (edits := edits_allowed(word)) or not word.isalpha() or fulltext.knows(connection, word):
        return None
    names, small = table.alike(connection, word, edits)
    near = nearest(word, {*names, *small})
    if len(near) > 1:  # with the word before or after it one of them may be a name
        joined = {f"{beside[0]} {each}": each for each in near} | {f"{each} {beside[1]}": each for each in near}
        near = sorted({joined[key] for key in table.names(connection, joined)})
    return near[0] if len(near) == 1 and near[0] in names and near[0] not in small else None


def _spans(text: str, asked: Sequence[_Asked]) -> Iterator[tuple[int, int]]:
    """(first, after the last) of all runs of words that may be a name."""
    for first, each in enumerate(asked):
        if each.clear:
            yield first, first + 1
        for last in range(first + 1, min(first + MOST_WORDS, len(asked))):
            gap = text[asked[last - 1].word.end : asked[last].word.start]
            if asked[last - 1].word.possessive or gap.strip() not in ("", "."):
                break
            if _may_be_name(asked[first : last + 1]):
                yield first, last + 1


def _may_be_name(run: Sequence[_Asked]) -> bool:
    telling = [each for each in run if each.key not in OPENERS and each.key not in PARTICLES]
    ends = run[0].key not in PARTICLES or run[0].capital
    return (
        ends
        and bool(telling)
        and (any(each.clear for each in telling) or all(each.capital for each in telling) or len(telling) > 2)
    )


def _has_company(text: str, asked: Sequence[_Asked], first: int, last: int) -> bool:
    """Whether a word with a capital stands right beside: "Elizabeth Taylor" is another Elizabeth than the one known."""
    beside = [at for at in (first - 1, last) if 0 <= at < len(asked)]
    return any(
        each.capital and not _is_idle(each.key) and each.key not in TITLES and each.key not in BESIDE_TITLES
        for each in (asked[at] for at in beside)
        if text[min(each.word.end, asked[last - 1].word.end) : max(each.word.start, asked[first].word.start)] == " "
    )


def _meant(key: str, known: dict[str, table.Spelled], fuller: dict[str, list[tuple[str, int]]]) -> table.Spelled | None:
    """The name that a text means: the fuller one of a surname where one is dominant, else the name itself."""
    own = known.get(key)
    if candidates := fuller.get(key):
        best, articles = candidates[0]
        total = sum(count for _, count in candidates) + (own.articles if own else 0)
        if articles >= DOMINANT * total and best in known:
            return known[best]
        if own is None:  # the archive has the word for several people: which one is open
            return None
    return own


def _lone(connection: sqlite3.Connection, run: Sequence[_Asked]) -> table.Spelled | None:
    """A misspelt word that stands in names only, such as a given name."""
    return table.name_words(connection, [run[0].key])[run[0].key] if len(run) == 1 and run[0].misspelt else None
