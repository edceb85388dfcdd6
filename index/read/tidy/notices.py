"""A line of an article in; what it is, if its words alone say that it is no reporting, out. Knows nothing of its place.

The rules stand in `notices.txt`. Each asks for a whole line of a form that reporting does not have: a caption left in
the text costs less than a sentence taken out of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast, get_args

from index.read.tidy.captions import is_caption
from index.types import RemovedKind

_LONGEST = 400  # characters; a longer line is judged by its beginning alone
_LONGEST_BUTTONS = 120

_PIECE = r"(?:articles?|story|stories|report|page|post|piece|column|video|interview|episode|podcast)"
_MEDIA = r"(?:twitter|x|facebook|instagram|linkedin|whatsapp|telegram|youtube|threads|bluesky|mastodon|tiktok|google)"
_IMAGE = r"(?:photo(?:graph)?s?|pictures?|images?|fotos?|bild|screenshot|illustration|graphic)"
_ANYTHING = r"(?!(?<=\w)\w).{0,160}"
_SHORTHANDS = {"{piece}": _PIECE, "{media}": _MEDIA, "{image}": _IMAGE}
_END = r"[\s.!:…|>»)\]–—-]*"

_QUOTES = "\"'“‘«„「『"
_FIRST_WORD = re.compile(r"[^\w@©ⓒ]*([^\W_]+(?:['’-]\w+)*)")
_COUNT = re.compile(
    r"\d+[ -]?min(?:ute)?s? read|\d+ minuten lesezeit|[\d,.]+k? (?:comments?|shares?|views?|likes?|reads|retweets)"
)
_BUTTONS = frozenset(
    "facebook twitter x whatsapp linkedin email e-mail print share tweet copy link pinterest reddit telegram messenger "
    "flipboard save comment comments icon instagram youtube bluesky threads mastodon gmail pocket tumblr kakaotalk "
    "line naver band bookmark like url on via and more article logo".split()
)
_SILENT_BUTTONS = frozenset("x line like link more on via and save copy article band logo icon comment".split())
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BESIDE_EMAIL = frozenset("by email e-mail mail contact reporter staff writer correspondent editor at or".split())
_REACH = re.compile(
    r"(?:can|may) be (?:reached|contacted|e-?mailed)|\breach (?:the |him|her|them)|\bfollow (?:him|her|them|me)\b"
    r"|(?:^|[.!?] )(?:e-?mail|write to|contact|send tips to) (?:the |him|her|them|me\b|us\b)"
)
_ASKS = r"(?:^|[.!?:] )(?:simply |just |please )?(?:subscribe|sign ?up|get|join|register|click|tap)\b"
# What may stand anywhere in a line: a word to look for first, because that is cheap; the kind; the form.
_INSIDE: tuple[tuple[str, RemovedKind, re.Pattern[str]], ...] = tuple(
    (word, cast(RemovedKind, kind), re.compile(form))
    for word, kind, form in (
        ("newsletter", "prompt", _ASKS),
        ("inbox", "prompt", _ASKS),
        ("abonnés", "prompt", r"réservée?s? (?:aux|à nos) abonnés"),
        ("会員", "prompt", r"会員登録(?:が必要|して)|有料会員(?:記事|限定|になる)"),
        ("click", "prompt", r"(?:^|[.!?:] |\()click here\b|\b(?:by clicking|click) here[.!)]*$"),
        ("affiliate", "prompt", r"\b(?:we|may|might)\b.{0,80}\b(?:commissions?|affiliate (?:links?|partners?))"),
        ("commission", "prompt", r"\bmay (?:earn|receive|get) (?:a|an|some) (?:\w+ )?commission"),
        ("follow", "contact", rf"(?:^|[.!?] )follow (?:him|her|them|us|me|@\w+|[^.!?,]{{2,40}}) on {_MEDIA}\b"),
        ("rights reserved", "copyright", r"\ball rights reserved"),
        ("redistribut", "copyright", r"\bmay not be (?:\w+, )*(?:reproduced|published|broadcast)"),
        ("무단", "copyright", r"무단 ?(?:전재|복제|배포)"),
        ("無断", "copyright", r"無断(?:転載|複製)"),
        ("©", "copyright", r"^\W*© ?(?:\d{4}|copyright|.*(?:\d{4}|reserved|\w\.\w{2,3}\b)).*"),
        ("©", "credit", r"^\W*©.{2,60}"),
        ("ⓒ", "copyright", r"^\W*ⓒ.{2,}"),
        ("contribut", "credit", r"\bcontributed (?:reporting|research|to (?:this|the) (?:report|story|article)\b)"),
        (".com/", "contact", rf"^\W*(?:https?://)?(?:www\.)?{_MEDIA}\.com/\S+$"),
        ("번역", "translation", r"(?:ai|인공지능|기계|자동)\S* ?번역|번역(?:한|된|했)\S* ?(?:기사|콘텐츠)"),
    )
)


def notice(line: str) -> RemovedKind | None:
    """What a line is that is no reporting; None for reporting, and where its place must decide.

    Args:
        line: Not blank, without blanks around it.
    """
    low = line.lower()
    first = _FIRST_WORD.match(low)
    if first and first[1] in _rules() and low[0] not in _QUOTES and (kind := _by_first_word(low, first)):
        return kind
    return _by_form(line, low) if len(line) <= _LONGEST else None


def _by_form(line: str, low: str) -> RemovedKind | None:
    for word, kind, form in _INSIDE:
        if word in low and form.search(low):
            return kind
    if ("@" in low and _is_contact(low)) or not line.strip("#"):  # "###" ends a press release
        return "contact"
    if is_caption(line):
        return "caption"
    short = len(line) <= _LONGEST_BUTTONS
    return "prompt" if short and (_COUNT.fullmatch(low) or _are_buttons(low)) else None


def _by_first_word(low: str, first: re.Match[str]) -> RemovedKind | None:
    rest = low[first.end() :].strip()
    if low[0] in "([<" and rest[-1:] in tuple(")]>"):
        rest = rest[:-1]
    return next((kind for kind, rule in _rules()[first[1]] if _compiled(rule).fullmatch(rest)), None)


def _is_contact(low: str) -> bool:
    beside, emails = _EMAIL.subn(" ", low)
    words = re.findall(r"[^\W\d_][\w'’.-]*:?", beside)
    if emails:
        names = [word for word in words if word.rstrip(":") not in _BESIDE_EMAIL]
        return (len(names) <= 3 and ":" not in "".join(names)) or bool(_REACH.search(low))
    return low[0] == "@" and len(low.split()) == 1


def _are_buttons(low: str) -> bool:
    words = re.findall(r"[\w-]+", low)
    return _BUTTONS.issuperset(words) and not _SILENT_BUTTONS.issuperset(words)


@cache
def _rules() -> Mapping[str, tuple[tuple[RemovedKind, str], ...]]:
    """For each first word the rules for what follows, in their order."""
    rules: dict[str, tuple[tuple[RemovedKind, str], ...]] = {}
    kind: RemovedKind = "prompt"
    for line in files("index.read.tidy").joinpath("notices.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            assert line[1:-1] in get_args(RemovedKind), line
            kind = cast(RemovedKind, line[1:-1])
        elif line and not line.startswith("#"):
            words, _, rest = line.partition(">")
            for word in words.split():
                rules[word] = (*rules.get(word, ()), (kind, rest.strip()))
    return rules


@cache
def _compiled(rule: str) -> re.Pattern[str]:
    """Compiled when its first word is first met: all of them would take longer than reading ten articles."""
    for short, long in _SHORTHANDS.items():
        rule = rule.replace(short, long)
    rule = re.sub("…(?=[(\\w])", lambda _: _ANYTHING + r"(?<!\w)", rule).replace("…", _ANYTHING)
    return re.compile(f"(?:{rule}){_END}")
