"""Two sentences in, the names or the quoted words in which they differ out. Knows no article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from index.names.forms import folded, is_capital
from index.names.lexicon import TITLES
from index.words import FUNCTION_WORDS
from rag.claims.normal import stem
from rag.differing.tokens import Token, akin, opens, tokens

Span = tuple[int, int]

_QUOTED = re.compile(r"[“\"„]([^“”\"„]+)[”\"“]?")
_EDITED = re.compile(r"\[[^\]]*\]")
LEAST_QUOTED = 8
"""Words of a quotation that can be told to be another wording of one statement, not another statement."""
LEAST_ALIKE = 0.5
"""Share of the stems of two quotations that stand in both in one order: translations of one statement have 0.6-0.9."""
LEAST_COMMON = 0.5
"""Share of the stems with a topic of the longer one that stand in the other: two statements may end in one phrase."""
_SPELLING = 0.65  # "stable" and "reliable" have 0.57

_HEADS = frozenset(
    map(
        stem,
        "program programme scheme plan act bill law project initiative operation agreement treaty accord deal pact "
        "partnership directive".split(),
    )
)
"""What a thing with a name of several words may be; not prizes, bodies, places and people, of which many are alike."""
_JOINERS = frozenset("of for and the on to in".split())
_CALLED = re.compile(
    r"\b(?:called|dubbed|titled|entitled|nicknamed|codenamed|known as|named(?: as)?|identified as"
    r"|identified\b[^.;]{3,90}?\bas) (?:the )?[“\"'‘„]?"
)


@dataclass(frozen=True, slots=True)
class Called:
    """A name at `text[start:end]`, its stems, and those of the words around it; `cue`: it is said to be the name."""

    start: int
    end: int
    stems: tuple[str, ...]
    cue: bool


def called(text: str) -> list[Called]:
    """The names of programmes, laws and the like in a sentence, and what it says that something is called."""
    words = tokens(text)
    found = [each for run in _runs(text, words) if (each := _headed(run))]
    for match in _CALLED.finditer(text):
        run = _run_at(words, match.end())
        if run and folded(run[0].text) not in TITLES:
            found = [each for each in found if each.start != run[0].start]
            found.append(Called(run[0].start, run[-1].end, tuple(word.stem for word in run), cue=True))
    return sorted(found, key=lambda each: each.start)


def _runs(text: str, words: tuple[Token, ...]) -> Iterator[list[Token]]:
    """Words with capitals one after another; a possessive ends a run, and so does any mark."""
    run: list[Token] = []
    for word in words:
        gap = text[run[-1].end : word.start] if run else ""
        goes_on = gap == " " and (is_capital(word.text) or word.text[0].isupper())
        if run and not goes_on:
            yield run
            run = []
        if is_capital(word.text) or (word.text[0].isupper() and not opens(text, word.start)) or word.text[:4] == "U.S.":
            run.append(word)
    if run:
        yield run


def _headed(run: list[Token]) -> Called | None:
    if len(run) > 1 and folded(run[0].text) in FUNCTION_WORDS:
        run = run[1:]
    if len(run) < 3 and not (len(run) == 2 and run[-1].stem in _HEADS):
        return None
    if run[-1].stem not in _HEADS:
        return None
    return Called(run[0].start, run[-1].end, tuple(word.stem for word in run), cue=False)


def _run_at(words: tuple[Token, ...], at: int) -> list[Token]:
    run: list[Token] = []
    for word in words:
        if word.start < at:
            continue
        if (not run and word.start != at) or not is_capital(word.text) or (run and word.start - run[-1].end != 1):
            break
        run.append(word)
    return run


def other_name(ours: Called, theirs: Called) -> bool:
    """Whether two names can be names of one thing and are not the same: neither is a short or another spelling of one.

    Without being said to be the name, they must be the same sort of thing and share half of their words.
    """
    mine, others = set(ours.stems), set(theirs.stems)
    if mine <= others or others <= mine or _spelt_alike(ours.stems, theirs.stems):
        return False
    if ours.cue and theirs.cue:
        return not mine & others or ours.stems[-1] == theirs.stems[-1]
    common = mine & others
    return ours.stems[-1] == theirs.stems[-1] and len(common) > 1 and 2 * len(common) >= min(len(mine), len(others))


def _spelt_alike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return SequenceMatcher(None, " ".join(ours), " ".join(theirs), autojunk=False).ratio() >= 0.85


def other_words(ours: str, theirs: str, asked: frozenset[str]) -> list[tuple[Span, Span]]:
    """Where two sentences quote one statement in different words: what differs, up to the next word that does not.

    The places next to words that are asked for come first, then the longest.
    """
    for our_quote in _QUOTED.finditer(ours):
        for their_quote in _QUOTED.finditer(theirs):
            found = _differing(_within(ours, our_quote), _within(theirs, their_quote), asked)
            if found:
                return found
    return []


def _within(text: str, quotation: re.Match[str]) -> list[Token]:
    """The words of a quotation without what an editor put in in brackets."""
    edited = [match.span() for match in _EDITED.finditer(text)]
    return [
        word
        for word in tokens(text)
        if quotation.start(1) <= word.start < quotation.end(1) and not any(a < word.start < b for a, b in edited)
    ]


def _differing(ours: list[Token], theirs: list[Token], asked: frozenset[str]) -> list[tuple[Span, Span]]:
    if min(len(ours), len(theirs)) < LEAST_QUOTED:
        return []
    mine, others = ({word.stem for word in side if not word.idle} for side in (ours, theirs))
    if len(mine & others) < LEAST_COMMON * max(len(mine), len(others)):
        return []
    matcher = SequenceMatcher(None, [w.stem for w in ours], [w.stem for w in theirs], autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return []
    found: list[tuple[int, int, int, tuple[Span, Span]]] = []
    for (kind, a, b, c, d), (_, _, common, _, _) in pairwise([*matcher.get_opcodes(), ("", 0, 0, 0, 0)]):
        if kind == "replace" and _in_substance(ours[a:b], theirs[c:d]):
            beside = {word.stem for word in (*ours[max(0, a - 3) : b + 3], *theirs[max(0, c - 3) : d + 3])}
            length = min(sum(len(word.stem) for word in side if not word.idle) for side in (ours[a:b], theirs[c:d]))
            shown = _shown(ours, a, b, common - b), _shown(theirs, c, d, common - b)
            found.append((-len(beside & asked), -length, a, shown))
    return [shown for *_, shown in sorted(found)]


def _in_substance(ours: list[Token], theirs: list[Token]) -> bool:
    """Whether words that stand for each other differ by more than grammar, spelling and adverbs."""
    mine, others = ([word for word in side if not word.idle and word.text[-2:] != "ly"] for side in (ours, theirs))
    return bool(mine and others) and not any(
        akin(one.stem, other.stem)
        or _consonants(one.stem) == _consonants(other.stem)
        or SequenceMatcher(None, one.stem, other.stem, autojunk=False).ratio() >= _SPELLING
        for one in mine
        for other in others
    )


def _consonants(word: str) -> str:
    """What two spellings of a sound have in common: "Mama" and "Momma"."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=.)[aeiouy]", "", word))


def _shown(words: list[Token], start: int, end: int, common: int) -> Span:
    """The words that differ, without those without topic before them, up to the next with a topic that is common."""
    while start < end - 1 and words[start].idle:
        start += 1
    topic = next((n for n in range(end, min(end + common, len(words))) if not words[n].idle), end - 1)
    return words[start].start, words[topic].end
