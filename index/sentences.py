"""Text in, sentence spans out, by the habits of news prose. Knows nothing about articles or models.

Rules, not a model: a citation must end where a reader sees a full stop, every time, in a few microseconds.
A boundary that is missed costs a longer quote; one that is invented cuts a quote in two, so doubtful ones stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

_OPENERS = "\"'“‘«([„`"
_CLOSERS = "\"'”’»)\\]`"
# Runs are entered at their first mark only and never given back: rows of dots take linear time.
_TERMINATOR = re.compile(
    rf"(?:(?<![.!?…])[.!?…]++(?:\s?[{_CLOSERS}]++)?(?=\s)|[。！？।]+[」』”’]*)"  # full-width marks need no space
)
_PARAGRAPH = re.compile(r"\n\s*")
_LINE_BEFORE_ANOTHER = re.compile(r"^([^\n]++)\n(?=\S)", re.MULTILINE)
_WORD_BEFORE = re.compile(r"([^\W\d_][\w.&'’-]*|\d+)\.$")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")

# Always followed by the rest of a name, a number or a date.
_NEVER_LAST = frozenset(
    "mr mrs ms mx dr prof sen rep gov gen lt col sgt capt cmdr adm maj rev fr pres supt insp hon msgr ft vs cf approx "
    "ca jan feb apr jun jul aug sept sep oct nov dec tue tues wed thu thur thurs e.g i.e nos pp eds v".split()
)
# The same when written with a capital or before a digit ("St. Ives", "Vol. 3"); else a word of its own.
_NEVER_LAST_AS_NAME = frozenset("mar mon fri sec ed st fig vol mt al supp det".split())
# Only before a digit: "No. 5", but "She said no."
_NEVER_LAST_BEFORE_DIGIT = frozenset("no art p ch".split())
# May end a sentence: they do when the next word looks like the start of one.
_MAY_BE_LAST = frozenset(
    "u.s u.k u.n e.u a.m p.m d.c l.a n.y ph.d m.d b.a m.a inc corp co ltd plc llc bros jr sr etc ave blvd rd".split()
)
_STARTERS = frozenset(
    "the a an this that these those he she it they we i you in on at by for from with as but and or if when while "
    "after before since although however there his her its their our my one two some many most no not what who why "
    "how according officials police both all each last earlier later meanwhile".split()
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Split text into sentences.

    Args:
        text: Plain text; a blank line ends a paragraph, and so does a single line break unless the text is
            hard-wrapped.

    Returns:
        Spans (start, end) counted in characters of `text`, in order, without surrounding white space, never
        overlapping; together they hold every character that is not white space.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _paragraphs(text):
        begin = start
        for match in _TERMINATOR.finditer(text, start, end):
            if _is_boundary(text, match, end):
                _append(spans, text, begin, match.end())
                begin = match.end()
        _append(spans, text, begin, end)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(stripped)))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    wrapped = _is_hard_wrapped(text)
    start = 0
    for match in _PARAGRAPH.finditer(text):
        if match.group().count("\n") == 1 and wrapped:
            continue
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _is_hard_wrapped(text: str) -> bool:
    """Lines broken at a column: of the lines followed by another, most are of one width and end mid-sentence."""
    lines = [line for line in _LINE_BEFORE_ANOTHER.findall(text) if line.strip()]
    if len(lines) < 4:
        return False
    open_ended = sum(line.rstrip()[-1] not in ".!?…:;\"'”’)" for line in lines)
    return 40 <= median(map(len, lines)) <= 110 and open_ended > 0.6 * len(lines)


def _is_boundary(text: str, match: re.Match[str], end: int) -> bool:
    after = text[match.end() : min(end, match.end() + 60)].lstrip()
    if not after:
        return True
    mark = match.group()
    if mark[0] in "。！？।":
        return True
    first = after.lstrip(_OPENERS)[:1]
    if first.islower() or (not first and after[0] not in _OPENERS):
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    return not _is_abbreviation(text[max(0, match.start() - 24) : match.start() + 1], after, closed=len(mark) > 1)


def _is_abbreviation(before: str, after: str, *, closed: bool) -> bool:
    found = _WORD_BEFORE.search(before)
    if not found or closed:
        return False
    word, key = found.group(1), found.group(1).lower()
    next_word = re.match(r"\W*([\w’']+)", after)
    starts_anew = next_word is not None and next_word.group(1).lower() in _STARTERS
    if key in _MAY_BE_LAST or (_INITIALS.fullmatch(word) and word.isupper()):  # "J.K. Rowling", "Charles I. He"
        return not starts_anew
    if key in _NEVER_LAST_BEFORE_DIGIT:
        return after[:1].isdigit()
    if key in _NEVER_LAST_AS_NAME:
        return word[0].isupper() or after[:1].isdigit()
    return key in _NEVER_LAST
