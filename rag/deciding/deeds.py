"""A sentence and "Did A do it?" in, whether it tells that A did or did not out, and with which word.

A wrong yes is far worse than none: only "A[, who ...,] [has] done it" counts, in a sentence that opens with A, says it
itself, and neither doubts nor quotes it. English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from rag.claims.lexicon import CONDITIONS, DOUBTS, NEGATIONS, SAYING
from rag.plan.verbs import base_of, told
from rag.plan.wording import ASKING, has_topic, words_of
from rag.types import Evidence

_KNOWING = frozenset("said says confirmed confirms announced according".split())
_OFFICIAL = (
    r"(?:office|officials?|police|spokes\w+|government|ministry|minister|authorit\w+|company|firm|statement|court|"
    r"hospital|family|department|agency|union|council|army|military|prosecutors?|lawyers?)"
)
_OF_ITS_OWN = re.compile(
    rf"\b{_OFFICIAL}(?: [\w’'-]+){{0,2}} (?:said|says|confirmed|confirms|announced)\b"
    rf"|\b(?:said|announced|confirmed)(?: [\w’'-]+){{1,4}}? {_OFFICIAL}\b|according to "
    rf"(?:[\w’'-]+ ){{0,4}}{_OFFICIAL}\b",
    re.IGNORECASE,
)
"""Who says of its own work what it would know; what a rival says is not told."""

LONG_AGO_DAYS = 366

_WORD = re.compile(r"[\w’'-]+")
_CLAUSE = frozenset("who which that when where as while because was were is are had has been".split())
_UNSURE = SAYING | DOUBTS | CONDITIONS | NEGATIONS | _CLAUSE
_PLACING = frozenset(
    "of for with against to by from at in on than like unlike under over about behind after before since until during "
    "through into between among".split()
)
_NAME = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*"
ASIDE = rf"(?:, (?!(?:with|and|or|not|like|unlike|along|together)\b)[^,;]{{1,150}},| \([^()]*\)|,? and {_NAME})?"
_BETWEEN = (
    r"(?: (?:also|both|each|then|later|finally|since|[a-z]+ly|yesterday|today|(?:last|this) [a-z]+"
    r"|on [A-Z]\w+(?: \d+)?|on \d+ [A-Z]\w+))*"
)
_BACK_AT_ITSELF = re.compile(r" (?:him|her|it|them|my|your|our)sel(?:f|ves)\b| to [a-z]")
_NOT_QUITE = frozenset("nearly narrowly partly only merely almost".split())
_NONE_OF_IT = frozenset("no not none neither nothing never nobody without only yet".split())
_HEARD = frozenset("according heard hears shows showed reads".split())


@dataclass(frozen=True, slots=True)
class Deed:
    """What is asked of one thing: "Did Ana Ruiz ban cars?": who, "ban", its forms that tell, and the words after it."""

    who: str
    base: str
    forms: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Where a sentence tells it: offsets in the sentence of who and of the verb.

    Attributes:
        denied: Whether it tells that it was not done.
        perfect: Whether as news: "has resigned".
    """

    who: int
    start: int
    end: int
    denied: bool
    perfect: bool


def read_deed(question: str, who: str) -> Deed | None:
    """What a question asks of one thing, where it asks whether or when that did something."""
    asked = rf"(?:when )?(?P<form>did|has|have|had) {re.escape(who)} (?P<verb>[a-z]+)(?P<rest>.*)"
    match = re.fullmatch(asked, question.rstrip(" ?"), re.IGNORECASE)
    if not match:
        return None
    verb = match["verb"]
    base = verb if match["form"].casefold() == "did" else base_of(verb)
    forms = told(base) if base else (verb,)
    return Deed(who, base, tuple(dict.fromkeys(forms)), tuple(match["rest"].split()))


def tells(deed: Deed, text: str) -> Telling | None:
    """What a sentence tells of a deed, None where it does not surely tell."""
    for match in re.finditer(_pattern(deed), text):
        denied = match["not"] is not None
        after = text[match.end() :]
        if (
            stands_for_itself(text, match.start("who"), match["verb"])
            and not _BACK_AT_ITSELF.match(after)
            and not SAYING & {word.casefold() for word in _WORD.findall(match["aside"])}
            and not (_UNSURE | _NOT_QUITE) & set(_WORD.findall(match["between"] or ""))
            and _has_all(deed.rest, after)
            and "yet" not in _WORD.findall(text)
        ):
            perfect = re.search(r"\b(?:has|have)\b", match["had"] or "") is not None
            return Telling(match.start("who"), match.start("verb"), match.end("verb"), denied, perfect)
    return None


def _pattern(deed: Deed) -> str:
    forms = "|".join(deed.forms)
    name = re.escape(re.sub(r"^(?:the|an?) ", "", deed.who))
    any_form = "|".join(filter(None, (*deed.forms, deed.base)))
    denied = rf" (?P<not>(?:(?:did|has|have|had)(?: not|n['’]t)|never))(?: (?:{any_form}))"
    is_told = rf"(?P<had>(?: (?:has|have))?)(?P<between>{_BETWEEN}) (?:{forms})"
    return (
        rf"(?<![\w’'-])(?P<who>{name})(?!['’]s|[\w-])(?P<aside>{ASIDE})"
        rf"(?P<verb>{denied}|{is_told})(?![\w’'-])"
    )


def looks_back(piece: Evidence, after: int) -> bool:
    """Whether a piece tells, from a place in it on, of a time long before it was printed: another election or price."""
    published = piece.article.published
    return published is not None and any(
        mention.last < published.date() - timedelta(days=LONG_AGO_DAYS)
        for mention in piece.article.mentions
        if piece.start + after <= mention.start and mention.end <= piece.end
    )


def stands_for_itself(text: str, at: int, verb: str) -> bool:
    """Whether what begins at a place is the sentence's own statement: nobody else's, not doubted, quoted or nested.

    Args:
        text: The sentence.
        at: Where its subject begins.
        verb: What is told: a verb such as "announced" makes it no hearsay.
    """
    before = text[:at]
    words = _WORD.findall(before)
    lower = {word for word in words if word == word.casefold()}
    if lower & _UNSURE or any(word.endswith("ed") for word in lower) or (words and words[0].casefold() in _UNSURE):
        return False
    beside = _WORD.findall(before.rpartition(",")[2])[0 if "," in before else 1 :]
    if any(word.casefold() in _PLACING for word in beside):  # "talks between Norvik and", "the wife of"
        return False
    if text.rstrip().endswith("?"):
        return False
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return False
    told_words = {word.casefold() for word in _WORD.findall(verb)}
    others = {word.casefold() for word in _WORD.findall(text)} - told_words
    saying = others & (SAYING | _HEARD)
    return saying <= _KNOWING and (not saying or _OF_ITS_OWN.search(text) is not None)


def _has_all(asked: tuple[str, ...], after: str) -> bool:
    """Whether all that is asked for stands behind the verb as its object: no other thing, and not none, before it."""
    words = words_of(re.split(r";| but | although | while ", after)[0])
    own = words_of(" ".join(asked))
    stems = {word.stem for word in own if has_topic(word)}
    is_owner = any(re.search(rf"\b{re.escape(word.text)}(?:['’]s|s['’](?!\w))", after) for word in own[-1:])
    if is_owner or not stems <= {word.stem for word in words}:
        return False
    last = max((max(n for n, word in enumerate(words) if word.stem == stem) for stem in stems), default=-1)
    between = {word.lower for word in words[: last + 1]} - {word.lower for word in own}
    return not between & (_PLACING | _NONE_OF_IT | ASKING | _UNSURE | {"as", "that"})
