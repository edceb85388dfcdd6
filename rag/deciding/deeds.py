"""A sentence and "Did A do it?" in, whether it tells that A did or did not out, and with which word.

A wrong yes is far worse than none: only "A[, who ...,] [has] done it" counts, in a sentence that opens with A, says it
itself, and neither doubts nor quotes it. English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from index.dates.words import ENGLISH_MONTHS
from rag.claims.lexicon import CONDITIONS, DOUBTS, NEGATIONS, SAYING
from rag.plan.verbs import base_of, told
from rag.plan.wording import date_kind, words_of
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
    r"(?: (?:also|both|each|then|later|finally|since|abruptly|suddenly|unexpectedly|officially|recently|quickly"
    r"|immediately|unanimously|yesterday|today|(?:last|this) [a-z]+|on [A-Z]\w+(?: \d+)?|on \d+ [A-Z]\w+))*"
)
"""Not any adverb: who "informally" or "temporarily" banned cars has not plainly banned them."""

_BACK_AT_ITSELF = re.compile(r" (?:him|her|it|them|my|your|our)sel(?:f|ves)\b| to [a-z]")
_NOT_QUITE = frozenset("nearly narrowly partly only merely almost".split())
_HEARD = frozenset("according heard hears shows showed reads".split())

_ANOTHER = frozenset(
    "north south east west northern southern eastern western new greater upper lower old young junior late".split()
)
"""Before a name, they make it another one's."""

_MONTH = rf"(?:{'|'.join(month.capitalize() for month in sorted(ENGLISH_MONTHS))})\b"
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
_YEAR = r"(?:19|20)\d\d\b"
_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})\b(?:,? {_YEAR})?"
_WHEN = (
    rf"(?: on (?:{_DAY}(?:,? {_DATE})?|{_DATE})(?: (?:morning|afternoon|evening|night))?"
    rf"| (?:in|since) (?:{_MONTH}(?: {_YEAR})?|{_YEAR})|(?: earlier)? (?:this|last) (?:week|month|year|{_DAY}|{_MONTH})"
    r"| (?:yesterday|today)| (?:a few|\w+) (?:days?|weeks?|months?|years?) ago"
    r"| for the [a-z]+ (?:time|(?:[a-z]+ )?(?:year|quarter|month)))(?![\w’'-])"
)
_WHERE = re.compile(r"(?:in|at) [A-Z][\w.’-]*(?: [A-Z][\w.’-]*)*")
_SUM = r"(?: of [$€£]\d[\d.,]*\d?(?: (?:million|billion|trillion)\b)?)?"
_END = re.compile(
    r"[.!;](?=\s|$)|$|,(?! (?:and|or|but|only|though|although|albeit|if|unless|in|as|at least|then|before|not)\b)"
)
_WHY = re.compile(r",? (?:after|because|following|amid|despite)\b")
_FROM_WHERE = re.compile(r"(?:as|from) |(?:in|at) [A-Z]")
_DYING = re.compile(
    r"(?:peacefully )?(?:aged \d|at (?:the age of |age )?\d|at (?:his|her) home|of |from "
    r"|in (?:[A-Z]|(?:an? |the )?hospital))"
)
_WHOSE = re.compile(r"\b(?:his|her|its|their)\b")
_KINDS = ("the", "an?", "(?:his|her|its|their)", "(?:this|that|these|those)")


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
        beside: What it says of the deed that was not asked, but when it was: "as head of the port", "the party".
    """

    who: int
    start: int
    end: int
    denied: bool
    perfect: bool
    beside: str

    @property
    def is_asked(self) -> bool:
        """Whether it is the deed asked for, whatever else is said: "won applause" is not all that winning is."""
        return not self.beside or _FROM_WHERE.match(self.beside) is not None


def is_one_deed(tellings: Sequence[Telling]) -> bool:
    """Whether all tell of the same deed: they leave the party, or they just leave; "his team" may be any."""
    besides = {telling.beside.casefold() for telling in tellings}
    return len(besides) <= 1 and not any(_WHOSE.search(beside) for beside in besides)


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
        beside = _beside(deed, after, denied=denied)
        if (
            beside is not None
            and stands_for_itself(text, match.start("who"), match["verb"])
            and not (denied and _places(text[: match.start("who")]))
            and not _BACK_AT_ITSELF.match(after)
            and not SAYING & {word.casefold() for word in _WORD.findall(match["aside"])}
            and not (_UNSURE | _NOT_QUITE) & set(_WORD.findall(match["between"] or ""))
            and "yet" not in _WORD.findall(text)
        ):
            perfect = re.search(r"\b(?:has|have)\b", match["had"] or "") is not None
            return Telling(match.start("who"), match.start("verb"), match.end("verb"), denied, perfect, beside)
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
    beside = before.rpartition(",")[2]
    if _places(beside if "," in before else beside.lstrip().partition(" ")[2]):  # "talks between Norvik and"
        return False
    if before.endswith(" ") and words and words[-1].casefold() in _ANOTHER:
        return False
    if text.rstrip().endswith("?"):
        return False
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return False
    told_words = {word.casefold() for word in _WORD.findall(verb)}
    others = {word.casefold() for word in _WORD.findall(text)} - told_words
    saying = others & (SAYING | _HEARD)
    return saying <= _KNOWING and (not saying or _OF_ITS_OWN.search(text) is not None)


def _places(text: str) -> bool:
    return any(word.casefold() in _PLACING for word in _WORD.findall(text))


def _beside(deed: Deed, after: str, *, denied: bool) -> str | None:
    """What a sentence says behind a verb beyond what was asked, without when; None if it does not plainly say that.

    The words asked for stand there in their order, nothing between them and nothing that makes the last of them
    another thing: no noun behind it, no "of", no "as". What was not done "on Monday" or "in Tarn" may have been done.
    """
    is_dated = any(date_kind(word) for word in words_of(" ".join(deed.rest)))
    when = "" if is_dated or denied else rf"(?:{_WHEN})*"
    asked = "".join(f" {_as_asked(word)}" for word in deed.rest)
    match = re.match(rf"{when}(?i:{asked}){_SUM if asked else ''}(?![\w’'&/-])(?P<beside>.*)", after, re.DOTALL)
    if not match:
        return None
    said = _END.split(match["beside"], maxsplit=1)[0]
    if denied:
        return None if said else ""
    beside = " ".join(re.sub(when or "(?!)", "", _WHY.split(said, maxsplit=1)[0]).split())
    if deed.base == "die" and not deed.rest:  # once, wherever and of whatever
        return "" if not beside or _DYING.match(beside) else None
    is_plain = not asked or not beside or _WHERE.fullmatch(beside)
    return beside if is_plain else None


def _as_asked(word: str) -> str:
    """A word as a sentence may say it: "their phones" are "its phones", but "the office" is not "office"."""
    return next((kind for kind in _KINDS if re.fullmatch(kind, word, re.IGNORECASE)), re.escape(word))
