"""A text in, the names it speaks of out: people, organisations, places, by capitals and what stands beside them.

Only what stands inside sentences counts, since any word may begin one with a capital. What cannot be told is left out.
Knows nothing about other texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.names import lexicon
from index.names.forms import Word, folded, is_capital, is_shout, words_of
from index.names.lexicon import is_nationality

MOST_WORDS = 8
"""A longer run of capitals is a title of a work or a heading, not a name."""

_HEADING_SHARE = 0.7  # of a line's longer words with capitals
_STARTS = re.compile(r"[.!?…:;—–\"“„«‹•*|)\]-]")
_ENDS = (".", "!", "?", "…", ":", ",", '"', "”", "»", "。")
_SPACE = frozenset((" ", "\u00a0"))


@dataclass(frozen=True, slots=True)
class Mined:
    """What one text adds to an archive's names.

    Attributes:
        names: Folded → as the text writes it.
        shorts: (word, folded name that it may stand for): the last word of what may be a person's name.
        words: Each word within names, folded → as the text writes it.
        small: Folded words that the text has in small letters.
    """

    names: dict[str, str]
    shorts: frozenset[tuple[str, str]]
    words: dict[str, str]
    small: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that belong together, as written; `opens`: the first one may owe its capital to its place."""

    words: tuple[str, ...]
    opens: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(map(folded, self.words))


def mine(text: str, language: str = "") -> Mined:
    """The names in a text."""
    runs: list[_Run] = []
    small: set[str] = set()
    for line in text.split("\n"):
        found = words_of(line)
        small.update(word.folded for word in found if word.text.islower())
        if not _is_heading(line, found):
            runs += (part for run in _runs(line, found) for part in _parts(run))
    alone = language not in lexicon.CAPITALISING
    counts = Counter(words for run in _settled(runs, small) if len(words := run.words) > 1 or alone)
    return _mined(counts, small)


def _is_heading(line: str, words: Sequence[Word]) -> bool:
    if line.rstrip().endswith(_ENDS):
        return False
    long = [word for word in words if len(word.text) > 3]
    return len(long) > 2 and sum(word.text[0].isupper() for word in long) > _HEADING_SHARE * len(long)


def _runs(line: str, words: Sequence[Word]) -> Iterator[_Run]:
    """Words with capitals that follow each other, with the small words that may stand between them."""
    run: list[str] = []
    opens = False
    between: list[str] = []
    end, closed = 0, True
    for word in words:
        gap, end = line[end : word.start], word.end
        capital = is_capital(word.text)
        glued = bool(run) and not closed and _joins(gap, run[-1] if not between else "")
        closed = word.possessive
        if glued and capital and (not between or _may_join(run, between)):
            run += [*(["&"] if "&" in gap else []), *between, word.text]
            between = []
        elif glued and not capital and len(between) < 2 and word.folded in _CONNECTORS:
            between.append(word.text)
        else:
            if run:
                yield _Run(tuple(run), opens)
            run, between = ([word.text] if capital else []), []
            opens = not gap.isspace() and bool(not gap or _STARTS.search(gap)) and not is_shout(word.text)
    if run:
        yield _Run(tuple(run), opens)


_CONNECTORS = lexicon.PARTICLES | {"of", "for", "and", "the"}


def _joins(gap: str, before: str) -> bool:
    if gap in _SPACE or gap == " & ":
        return True
    return gap == ". " and (len(before) == 1 or folded(before) in lexicon.ABBREVIATED)


def _may_join(run: Sequence[str], between: Sequence[str]) -> bool:
    last, small = folded(run[-1]), [folded(word) for word in between]
    if all(word in lexicon.PARTICLES for word in small):
        return True
    if small[0] == "of":
        return (last in lexicon.OF or last in lexicon.TITLES) and all(
            word in lexicon.PARTICLES or word == "the" for word in small[1:]
        )
    if small == ["for"]:
        return last in lexicon.BODIES
    of_body = any(folded(word) in lexicon.BODIES for word in run) and not {"of", "for"}.isdisjoint(run)
    return small == ["and"] and of_body


def _parts(run: _Run) -> Iterator[_Run]:
    """A run without titles, dates and what else is no name, in as many parts as that leaves."""
    part: list[str] = []
    opens = run.opens
    for at, word in enumerate(run.words):
        key = folded(word)
        follow = len(run.words) - at - 1
        title = key in lexicon.TITLES and (follow > 1 or key not in lexicon.WIDE_TITLES)
        if title or _is_date(key, part, last=not follow):
            yield from _trimmed(part, opens=opens, before_title=title)
            part, opens = [], False
        else:
            part.append(word)
    yield from _trimmed(part, opens=opens, before_title=False)


def _is_date(key: str, part: Sequence[str], *, last: bool) -> bool:
    if key not in lexicon.CALENDAR:
        return False
    called = last and any(folded(word) not in lexicon.OPENERS for word in part)
    return not (key in lexicon.GIVEN_AND_MONTH and called)


def _trimmed(part: Sequence[str], *, opens: bool, before_title: bool) -> Iterator[_Run]:
    words = list(part)
    while words and before_title and folded(words[-1]) in lexicon.BESIDE_TITLES:
        words.pop()
    office = bool(words) and words[0] == "of"  # "President of the United States Joe Biden": who, and of what?
    while words and (_is_small(words[0]) or _is_opener(words[0])):
        del words[0]
        opens = False
    while words and office and folded(words[0]) in lexicon.BESIDE_TITLES:
        del words[0]
        office = False
    while words and (
        _is_small(words[-1]) or (_is_opener(words[-1]) and folded(words[-1]) not in lexicon.GIVEN_AND_MONTH)
    ):
        words.pop()
    if 0 < len(words) <= (2 if office else MOST_WORDS) and not _says_nothing(words):
        yield _Run(tuple(words), opens)


def _is_opener(word: str) -> bool:
    return word.lower() in lexicon.OPENERS and not is_shout(word)  # not folded: "Ås" is no "as"


def _is_small(word: str) -> bool:
    return word == "&" or (word.islower() and word in _CONNECTORS)


def _says_nothing(words: Sequence[str]) -> bool:
    keys = [folded(word) for word in words]
    if len(keys) == 1:
        return len(words[0]) == 1 or (keys[0] in _NO_NAMES and not is_shout(words[0])) or is_nationality(keys[0])
    return all(key in lexicon.TITLES or key in lexicon.BESIDE_TITLES for key in keys)


_NO_NAMES = lexicon.OPENERS | lexicon.TITLES | lexicon.OF_PLACES


def _settled(runs: Sequence[_Run], small: set[str]) -> Iterator[_Run]:
    """Runs without the words before a name that only stand beside it, as far as the text tells."""
    inside = {run.key for run in runs if not run.opens}
    for run in runs:
        key = run.key
        if cut := _beside(run, inside, small):
            yield _Run(run.words[cut:])
        elif not run.opens or key in inside or (len(key) > 1 and key[0] not in small):
            yield run


def _beside(run: _Run, inside: set[tuple[str, ...]], small: set[str]) -> int:
    """How many words before a name the text has elsewhere without them: "Vermont Bernie Sanders"."""
    key = run.key
    if len(key) == 2:
        idle = is_nationality(key[0]) or (run.opens and key[0] in small and key not in inside)
        return int(idle and key[1:] in inside)
    cuts = (cut for cut in (1, 2) if len(key) - cut > 1 and key[cut - 1] not in _CONNECTORS and key[cut:] in inside)
    return next(cuts, 0)


def _mined(counts: Counter[tuple[str, ...]], small: set[str]) -> Mined:
    spellings: defaultdict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for words, count in counts.items():
        spellings[tuple(map(folded, words))][words] += count
    shorts = _shorts(spellings)
    resolved = {(word,) for word, _ in shorts}
    names, inner = dict[str, str](), dict[str, str]()
    for key, own in sorted(spellings.items()):
        words = min(own, key=lambda each: (-own[each], each))
        inner |= dict(zip(key, words, strict=True))
        if key not in resolved:
            names[" ".join(key)] = " ".join(words)
    inner = {word: text for word, text in inner.items() if len(word) > 1 and text[0] != word[0]}
    return Mined(names, frozenset((word, " ".join(key)) for word, key in shorts), inner, frozenset(small))


def _shorts(keys: Iterable[tuple[str, ...]]) -> set[tuple[str, tuple[str, ...]]]:
    """The last words of what may be people's names. First words are left: "London" is not short for "London Bridge"."""
    return {(family, key) for key in keys if (family := _family(key))}


def _family(key: tuple[str, ...]) -> str:
    family = next((word for word in reversed(key) if word not in lexicon.GENERATIONS), "")
    of_people = 2 <= len(key) <= 4 and key[0] not in lexicon.OF_PLACES and _BINDING.isdisjoint(key)
    return family if of_people and family not in lexicon.OF and family != key[0] and len(family) > 1 else ""


_BINDING = frozenset(("of", "for", "and", "the", "de", "du", "des", "del", "della"))
