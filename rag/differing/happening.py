"""Two sentences in, whether what they say happened can be one happening out. Knows no value, and no event by name.

What happened is a noun or verb of a short list, with what stands in its own noun phrase: the bus of a bus crash, the
Tarn of "the crash near Tarn". In doubt they are two happenings: a count is never told to supersede that of another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from index.names.forms import folded, is_capital
from index.names.lexicon import CALENDAR
from rag.claims.normal import stem
from rag.differing.amounts import OF_COUNTS
from rag.differing.event import Statement
from rag.differing.tokens import Token, tokens, without

_BY_CHANCE, _ON_PURPOSE, _BY_NATURE = "accident", "attack", "disaster of nature"
_SORTS: dict[str, tuple[str, ...]] = {
    "crash crashed collision collided wreck pileup plunge overturned": (_BY_CHANCE,),
    "derailment derailed": (_BY_CHANCE,),
    "sinking sank sunk capsize capsized shipwreck": (_BY_CHANCE,),
    "collapse collapsed": (_BY_CHANCE,),
    "stampede crush": (_BY_CHANCE,),
    "spill leak": (_BY_CHANCE,),
    "explosion exploded blast bomb bombing bombed": (_BY_CHANCE, _ON_PURPOSE),
    "fire blaze inferno wildfire": (_BY_CHANCE, _ON_PURPOSE, _BY_NATURE),
    "shooting shot gunfire gun gunman gunmen": (_ON_PURPOSE,),
    "stabbing stabbed knife": (_ON_PURPOSE,),
    "raid": (_ON_PURPOSE,),
    "strike airstrike": (_ON_PURPOSE,),
    "shelling shelled bombardment": (_ON_PURPOSE,),
    "clash battle fighting": (_ON_PURPOSE,),
    "riot": (_ON_PURPOSE,),
    "protest demonstration rally": (_ON_PURPOSE,),
    "flood flooding flooded": (_BY_NATURE,),
    "earthquake quake tremor aftershock": (_BY_NATURE,),
    "storm hurricane typhoon cyclone": (_BY_NATURE,),
    "tornado twister": (_BY_NATURE,),
    "landslide mudslide": (_BY_NATURE,),
    "avalanche": (_BY_NATURE,),
    "tsunami": (_BY_NATURE,),
    "eruption": (_BY_NATURE,),
    "hailstorm hail": (_BY_NATURE,),
    "heatwave": (_BY_NATURE,),
    "drought famine": (_BY_NATURE,),
    "outbreak epidemic pandemic": (_BY_NATURE,),
}
"""Words for one sort of happening, and by which general words it may be called, too."""
_GENERAL: dict[str, tuple[str, ...]] = {
    "accident mishap": (_BY_CHANCE,),
    "attack assault massacre attacked": (_ON_PURPOSE,),
    "disaster tragedy catastrophe incident": (_BY_CHANCE, _ON_PURPOSE, _BY_NATURE),
}
_SORT = {stem(word): words.split()[0] for words in _SORTS for word in words.split()}
_CALLED = {
    **{words.split()[0]: general for words, general in _SORTS.items()},
    **{stem(word): general for words, general in _GENERAL.items() for word in words.split()},
}
_GENERALLY = frozenset(stem(word) for words in _GENERAL for word in words.split())

_HOW_BAD = OF_COUNTS | frozenset(
    map(
        stem,
        "deadly deadliest fatal huge massive major serious severe terrible tragic horrific devastating powerful big "
        "large worst night morning afternoon evening early late weekend nearby".split(),
    )
)
"""A deadly crash may be a bus crash."""
_ROUGHLY = frozenset(
    map(
        stem,
        "day hour week month year road motorway highway street city town village region province district area country "
        "coast".split(),
    )
)
"""What tells when and where only roughly, behind "in" and the like: a bus crash may be a crash on a motorway."""
_LINKS = frozenset("in at near off on outside of involving between aboard inside with around".split())
_DETERMINERS = frozenset("a an the this that two three several".split())
_OTHER = frozenset(
    "another second third fourth previous earlier similar separate other latest different previously".split()
)
_SHOTS = frozenset("opened opens open under returned exchanged".split())
"""Before "fire": shots, not flames."""
_COMPARES = re.compile(
    r"(?i:\bthan (?:in|at|on|during|after|those|that of|any|last|the (?:previous|earlier|last|one))\b"
    r"|\bcompared (?:with|to|against)\b|\bin contrast (?:to|with)\b|\blike (?:the one|that|those) (?:in|at|near|of)\b"
    r"|\bas (?:many|much|bad|deadly) as (?:in|at|during|after|last|those)\b"
    r"|\b(?:after|since|like|unlike|following) (?:last \w+['’]s|(?:a|an|the) (?:previous|earlier|similar|other))\b"
    r"|\b(?:months?|years?) (?:after|before) (?:a|an|the)\b|\b(?:after|before) another\b)"
    r"|\b(?:than|unlike) (?:the )?(?=[A-Z])"
)
"""Words by which a sentence sets what it tells beside another happening."""


LONGEST_PHRASE = 4
"""Words before or behind the noun that are looked at."""


class Happening(NamedTuple):
    """What a sentence says happened, in a word for its sort or a general one.

    Attributes:
        of: The stems of its noun phrase: "bus", "coal", "mine".
        named: The names in it, folded.
        other: Whether it is called another one than one that was told of.
    """

    sort: str
    of: frozenset[str]
    named: frozenset[str]
    other: bool


def same_happening(ours: Statement, theirs: Statement) -> bool:
    """Whether what two statements say happened can be one happening; where one says nothing of it, its headline may."""
    mine, others = _told(ours), _told(theirs)
    if any(_COMPARES.search(each.text) or not _is_one(told) for each, told in ((ours, mine), (theirs, others))):
        return False
    fewer, more = sorted((mine, others), key=len)
    return all(any(_agree(one, other) for other in more) for one in fewer)


def _told(statement: Statement) -> tuple[Happening, ...]:
    named = statement.names
    return happenings(statement.text, named) or happenings(statement.piece.article.title, named | statement.headline)


def _is_one(told: Sequence[Happening]) -> bool:
    """Whether a sentence tells of one happening, in however many words: not of one in Tarn and one in Norvik."""
    return all(
        not one.other and not _contradict(one.named, other.named) and (one.sort != other.sort or _agree(one, other))
        for one in told
        for other in told
    )


def _agree(ours: Happening, theirs: Happening) -> bool:
    general = ours.sort in _GENERALLY or theirs.sort in _GENERALLY
    if ours.sort != theirs.sort and not (general and set(_CALLED[ours.sort]) & set(_CALLED[theirs.sort])):
        return False
    return not _contradict(ours.of, theirs.of) and not _contradict(ours.named, theirs.named)


def _contradict(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether each says what the other does not: a coal mine is a mine, a school bus is no city bus."""
    return bool(without(ours, theirs) and without(theirs, ours))


@lru_cache(maxsize=2048)
def happenings(text: str, names: frozenset[str] = frozenset()) -> tuple[Happening, ...]:
    """What a sentence says happened, in order; `names`, folded, are what is a name even where it opens it."""
    words = tokens(text)
    return tuple(_read(words, place, names) for place in range(len(words)) if _is_head(words, place))


def _is_head(words: Sequence[Token], place: int) -> bool:
    word = words[place]
    before = words[place - 1] if place else None
    if before and word.stem in _GENERALLY and before.stem in _SORT and before.clause == word.clause:
        return False  # "a bomb attack" is told by "bomb"
    return word.stem in _SORT or word.stem in _GENERALLY


def _read(words: Sequence[Token], place: int, names: frozenset[str]) -> Happening:
    start, behind = place, place + 1
    while start and place - start < LONGEST_PHRASE and _goes_on(words[start - 1], words[start]):
        start -= 1
    if behind < len(words) and words[behind].stem in _GENERALLY and words[behind].clause == words[place].clause:
        behind += 1
    where = [each for each in _behind(words, behind) if each.stem not in _ROUGHLY]
    phrase = [*words[start:place], *where]
    shots = words[place].stem == "fire" and place > 0 and folded(words[place - 1].text) in _SHOTS
    named = [each for each in phrase if is_capital(each.text) and (each.start or folded(each.text) in names)]
    return Happening(
        "shooting" if shots else _SORT.get(words[place].stem, words[place].stem),
        frozenset(each.stem for each in phrase if each not in named and each.stem not in _HOW_BAD),
        frozenset(small for each in named if (small := folded(each.text)) not in CALENDAR),
        any(folded(each.text) in _OTHER for each in words[max(0, start - 1) : place]),
    )


def _behind(words: Sequence[Token], at: int) -> list[Token]:
    """The words of where it happened and to what: "of a bus near Tarn" behind "crash"."""
    found: list[Token] = []
    while at < len(words) and folded(words[at].text) in _LINKS and words[at].clause == words[at - 1].clause:
        at += 1
        while at < len(words) and folded(words[at].text) in _DETERMINERS:
            at += 1
        end = at
        while end < len(words) and end - at < LONGEST_PHRASE and _goes_on(words[end], words[end - 1]):
            end += 1
        found += words[at:end]
        at = end
    return found


def _goes_on(word: Token, beside: Token) -> bool:
    """Whether a word is one of the noun phrase that the word beside it is of."""
    is_year = word.figure and re.fullmatch(r"(?:1[89]|20)\d\d", word.text) is not None
    of_a_name = beside.end + 1 == word.start and is_capital(beside.text) and folded(beside.text) not in CALENDAR
    is_noun = not (word.idle or word.figure or (word.text.endswith("ed") and word.text.islower()))
    is_noun = is_noun or is_year or (word.figure and of_a_name)  # "Flight 302"
    return is_noun and word.clause == beside.clause and word.stem not in OF_COUNTS
