"""A text in, the places in it that are meant for a language model out, and why; and the sentences that are no evidence.

Rules, not a model: what is flagged must be told in words, and be the same every time. Finding a place says nothing
about the rest of the text: it may well be a report about such places.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.injection.foreign import FOREIGN
from index.injection.marks import TEMPLATE
from index.injection.orders import ORDERS, goes_on, is_order_beside_others, is_told_to_others
from index.injection.seen import Seen, hidden_words, seen
from index.sentences import sentence_spans

SignKind = Literal["order", "template", "hidden", "encoded"]

REASONS: Mapping[SignKind, str] = {
    "order": "tells a language model what to do",
    "template": "has a mark of a chat template",
    "hidden": "has what no reader sees",
    "encoded": "has words in a code for machines",
}

_SHOWN = 80
"""Characters of a place that are told."""

_QUOTED = re.compile(
    r"“[^”\n]{0,500}”|\"[^\"\n]{0,500}\"|«[^»\n]{0,500}»|„[^“”\n]{0,500}[“”]|「[^」\n]{0,500}」"
    r"|(?<!\w)[‘'][^\n]{0,500}?[’'](?!\w)"
)
# Of a sentence that reports such words: who says them, or what they are called.
_REPORTED = re.compile(
    r"\b(?:said|says|wrote|writes|read|reads|reading|told|tells|typed|asked|message|text|prompts?|instructions?|command|"
    r"phrase|words|tweet|post|attack\w*|researchers?|hidden|injection|embedded|placed|called|containing|contained)\b",
    re.IGNORECASE,
)
_FEWEST_AROUND = 5  # words beside a quotation that make it one in a report
_OVERRIDE = re.compile("[\u202d\u202e]")  # turns the letters after it round; right-to-left writing needs no such thing
_RUN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]{5,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
_SPLIT_WORD = re.compile("[a-zA-Z](?:[\u200b-\u200f\u2060-\u2064\ufeff]+[a-zA-Z]){2,}")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{24,4000}={0,2}(?![A-Za-z0-9+/=])")
_DATA_URL = re.compile(r"\bdata:[a-z]+/[\w.+-]+(?:;[\w=-]+)*,\S{8,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sign:
    """A place, `text[start:end]`, that is meant for a language model.

    Attributes:
        kind: order: it is told what to do; template: a mark of a chat template; hidden: words that no reader sees;
            encoded: words that no reader reads.
        words: What stands there, in brief; of hidden and encoded words what they say, where that can be told.
    """

    start: int
    end: int
    kind: SignKind
    words: str


def signs(text: str) -> list[Sign]:
    """Look for places that are meant for a language model.

    Args:
        text: An article's text, headline or outlet.

    Returns:
        In order, not overlapping: of those that do, the first and longest.
    """
    found = sorted(_all(text), key=lambda sign: (sign.start, -sign.end))
    kept: list[Sign] = []
    for sign in found:
        if not kept or sign.start >= kept[-1].end:
            kept.append(sign)
    return kept


def addresses_a_model(sentence: str) -> bool:
    """Whether a sentence is meant for a language model, and does not merely report such words in quotation marks."""
    return any(not _is_reported(sentence, sign) for sign in signs(sentence) if sign.kind in ("order", "template"))


@lru_cache(maxsize=256)
def asides(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of an article that are meant for a language model, and so are no evidence of anything.

    With each the next one of its paragraph where that goes on speaking to a model; and elsewhere in an article that
    has one, what begins as an order too.

    Args:
        text: An article's text.

    Returns:
        Spans of sentences as `index.sentences` tells them, in order; () for nearly every article.
    """
    places = [sign for sign in signs(text) if sign.kind in ("order", "template")]
    if not places:
        return ()
    spans = sentence_spans(text)
    meant = [
        any(
            sign.start < end and sign.end > start and not _is_reported(text[start:end], _within(sign, start))
            for sign in places
        )
        for start, end in spans
    ]
    if not any(meant):
        return ()
    ordered = [
        is_meant or is_order_beside_others(seen(text[start:end]).latin)
        for is_meant, (start, end) in zip(meant, spans, strict=True)
    ]
    return tuple(
        (start, end)
        for at, (start, end) in enumerate(spans)
        if ordered[at]
        or (at and ordered[at - 1] and "\n" not in text[spans[at - 1][1] : start] and goes_on(text[start:end]))
    )


def _within(sign: Sign, start: int) -> Sign:
    return Sign(max(0, sign.start - start), sign.end - start, sign.kind, sign.words)


def _is_reported(sentence: str, sign: Sign) -> bool:
    """Whether a sentence tells of words rather than says them: in quotation marks, or as they were told to others."""
    if sign.kind == "order" and is_told_to_others(sentence[: sign.start], sentence[sign.start :]):
        return True
    quoted = [(match.start(), match.end()) for match in _QUOTED.finditer(sentence)]
    if not any(start <= sign.start and sign.end <= end for start, end in quoted):
        return False
    around = _QUOTED.sub(" ", sentence)
    return len(around.split()) >= _FEWEST_AROUND and bool(_REPORTED.search(around))


def _all(text: str) -> Iterator[Sign]:
    yield from _encoded(text)
    if not text.isascii():
        yield from _hidden(text)
    shown = seen(text)
    for kind, match in _written(shown):
        words = match[0].strip()
        begin = match.start() + match[0].find(words)
        start, end = shown.places[begin], shown.places[begin + len(words) - 1] + 1
        yield Sign(start, end, kind, _brief(shown.text[begin : begin + _SHOWN + 1]))


def _written(shown: Seen) -> Iterator[tuple[SignKind, re.Match[str]]]:
    for match in TEMPLATE.finditer(shown.latin):
        yield "template", match
    for families, text in ((ORDERS, shown.latin), (FOREIGN, shown.text)):
        small = text.replace("İ", "I").lower()  # the one letter that becomes two
        for family in families:
            for match in family.found(text, small):
                yield "order", match


def _hidden(text: str) -> Iterator[Sign]:
    for start, end, words in hidden_words(text):
        yield Sign(start, end, "hidden", f'in tag characters: "{_brief(words)}"')
    for pattern in (_OVERRIDE, _RUN, _SPLIT_WORD):
        for match in pattern.finditer(text):
            yield Sign(match.start(), match.end(), "hidden", _named(match[0]))


def _named(text: str) -> str:
    """A text with invisible characters by their numbers: `i‹U+200B›g`."""
    return _brief("".join(char if char.isalnum() else f"‹U+{ord(char):04X}›" for char in text[:_SHOWN]))


def without_codes(text: str) -> str:
    """The text with an ellipsis for each order that stands in it in a code for machines, and for each data URL."""
    pieces, reached = [], 0
    for sign in sorted(_encoded(text), key=lambda sign: (sign.start, -sign.end)):
        if sign.start >= reached:
            pieces += [text[reached : sign.start], "…"]
            reached = sign.end
    return "".join([*pieces, text[reached:]])


def _encoded(text: str) -> Iterator[Sign]:
    for match in _DATA_URL.finditer(text):
        yield Sign(match.start(), match.end(), "encoded", _brief(match[0]))
    for match in _BASE64.finditer(text):
        try:
            words = base64.b64decode(match[0] + "=" * (-len(match[0]) % 4), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        if any(True for _ in _written(seen(words))):
            yield Sign(match.start(), match.end(), "encoded", f'in Base64: "{_brief(words)}"')


def _brief(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
