"""A question in, what it says of the moment it is asked at out: "latest", "so far", "recently", "last summer"."""

from __future__ import annotations

import re
from datetime import date
from math import ceil

from index.dates import spans
from rag.plan.when.claims import Claim, days_from

_LOOKS_BACK = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)
_THING = r"(?=\s[^\W\d_])"

# Of several reports the newest is asked for, however old it is.
_NEWEST = re.compile(
    r"(?<!at the )\b(?:latest|newest|most recent(?:ly)?)\b"
    r"|\bso far\b(?!\s(?:as|away|from|apart|out|to the|right|left|behind|ahead)\b)"
    r"|\bto date\b(?!\s(?:a|an|the|his|her|him|them|it|someone|somebody|other|people|men|women|back)\b)"
    r"|\bany (?:news|updates?|word) (?:on|of|about|from)\b|\bwhat(?:['’]?s| is) new (?:with|in|on|about|at)\b"
    r"|\b(?:as yet|until now|up to now|by now|thus far"
    r"|as of (?:today|now|this (?:morning|week|month)))\b",
    re.IGNORECASE,
)
_YET = re.compile(r"\b(?:has|have|is|are|do|does)\b.*?\b(?P<yet>yet)\s*\?*$", re.IGNORECASE)
# How things stand; "was still" tells how they stood.
_STANDS = re.compile(
    r"\b(?:(?:at the moment|at this (?:time|point|moment))(?!\s(?:of|when|that|the|in)\b)|at present|right now"
    r"|these days|nowadays|currently)\b"
    r"|(?<!alternating )(?<!direct )(?<!electric )(?<!electrical )(?<!ocean )(?<!tidal )\bcurrent\b"
    r"(?!\s(?:accounts?|affairs|events|of|in|and|or|through|flows?|flowing|from|assets|is|was|between)\b)" + _THING,
    re.IGNORECASE,
)
# Elsewhere a capital makes a name of it: "Apocalypse Now".
_NOW = re.compile(r"\b(?:now|still)\b|^(?:Now|Still)\b")
_NO_NOW = re.compile(
    r"(?:-|['’]s\b|\s(?:and (?:then|again|forever)|or never|that|defunct|former|retired|deceased|dead|famous|infamous"
    r"|extinct|life|lifes|photos?|photographs?|pictures?|images?|water|birth|births)\b)",
    re.IGNORECASE,
)
_STANDING = re.compile(r"\b(?:for|stand|stands|stood|standing|hold|sit|sat|keep|stay|stock)[\s-]$", re.IGNORECASE)

# A count in the present perfect still grows, and a day to come may be moved: what was told last counts, without a word.
_MOVES = re.compile(
    r"\bhow (?:many|much|far|long)\b[^.?!;]*\b(?:has|have)\b(?!\sto\b)|\b(?:when|how soon) will\b"
    r"|\b(?:when|how soon) (?:is|are)\b[^.?!;]*\b(?:expected|due|planned|scheduled|supposed|set) ",
    re.IGNORECASE,
)

_UNITS = {"hour": (1, 1 / 24), "day": (7, 1), "week": (28, 7), "month": (120, 30)}
"""Days: of a few of them, of one of them."""
_FEW = re.compile(
    r"\b(?:(?:in|over|during)\s)?(?:the\s)?"
    r"(?:recent|(?:last|past)\s(?:few|couple of|several|some|(?P<count>\d{1,3})))\s(?P<unit>hour|day|week|month)s\b"
    r"|\b(?:a few|a couple of|several|some)\s(?P<ago>day|week|month)s\sago\b",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r"(?<!most )\b(?:recently|lately|of late)\b"
    r"|(?<!most )\brecent\b(?!\s(?:years?|decades|history|memory|times|centuries|months|past)\b)(?=\s[a-z])"
    r"|\bthe (?P<other>other day)\b|\b(?P<overnight>overnight)\b"
    r"|\b(?:the )?(?P<before>day before yesterday)\b|\b(?:the )?(?:past|last)\s(?P<fortnight>fortnight)\b",
    re.IGNORECASE,
)
_RECENT_DAYS = {None: (30, 0), "other": (14, 0), "overnight": (1, 0), "before": (2, 2), "fortnight": (14, 0)}
"""From so many days ago to so many days ago. Nobody says "recently" of the news of last quarter."""
_SEASON = re.compile(
    r"\b(?:(?P<how>last|this|this past|past)|(?:over|during|in|since|throughout) the)\s"
    r"(?P<season>spring|summer|autumn|fall|winter)\b(?!\s(?:of\b|olympics?\b|games\b|['’]?[a-z]*\s?camps?\b|transfer\b))",
    re.IGNORECASE,
)
_FIRST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # of the northern half


def newest_asked(text: str) -> tuple[str, bool] | None:
    """The words that ask for the newest report, and whether it must be a recent one: "now" but not "so far"."""
    if found := _NEWEST.search(text):
        return found[0], False
    if found := _YET.search(text):
        return found["yet"], False
    if found := _STANDS.search(text):
        return found[0], True
    for found in _NOW.finditer(text):
        before = text[: found.start()]
        if _NO_NOW.match(text, found.end()) or _STANDING.search(before) or _LOOKS_BACK.search(before):
            continue
        return found[0], True
    return None


def is_moving(text: str) -> bool:
    """Whether the answer changes with every report, though no word says so, as in "How many have died?"."""
    return bool(_MOVES.search(text)) and not _LOOKS_BACK.search(text)


def lately_asked(text: str, as_of: date) -> list[Claim]:
    """What a question says of the time before it is asked, without a date in it; the first such words only."""
    if found := _FEW.search(text):
        many, one = _UNITS[(found["unit"] or found["ago"]).lower()]
        back = ceil(int(found["count"]) * one) if found["count"] else many
        return [Claim(*found.span(), days_from(as_of, -back), as_of, "vague")]
    if found := _RECENT.search(text):
        since, until = _RECENT_DAYS[found.lastgroup]
        return [Claim(*found.span(), days_from(as_of, -since), days_from(as_of, -until), "vague")]
    if (found := _SEASON.search(text)) and as_of.year > 2:
        first, last = _season(found["season"].lower(), as_of, over=(found["how"] or "").lower() == "last")
        return [Claim(*found.span(), first, min(last, as_of), "year")] if first <= as_of else []
    return []


def _season(name: str, as_of: date, *, over: bool) -> spans.Span:
    """The latest season of this name that has begun, or that is over."""
    month = _FIRST_MONTH[name]
    year = as_of.year if as_of >= date(as_of.year, month, 1) else as_of.year - 1
    last = spans.month(year, month + 2)[1] if month < 12 or year < date.max.year else date.max
    if over and last >= as_of:
        year -= 1
        last = spans.month(year, month + 2)[1]
    return date(year, month, 1), last
