"""A question and its day in, the dates that its words name out, as claims. Knows nothing about articles.

The dates of articles' own reader (`index.dates`), and what only questions leave to the reader: names that hold a year,
"between May and July 2019", "since the 3rd", "the week before 12 March".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from index.dates import spans
from index.dates.mentions import mentions
from index.dates.tense import Leaning, leaning
from index.dates.words import ENGLISH_MONTHS, MONTHS
from index.dates.written import moment
from index.types import Mention
from rag.plan.when.claims import AFTERMATH_DAYS, Claim, Kind, days_from
from rag.plan.when.printed import as_printed

_ENGLISH = rf"(?:{'|'.join(ENGLISH_MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_NOUN = (
    r"['’]?s?\s(?!(?:and|or|to|as|was|were|is|are|be|the|a|an|he|she|it|they|when|by|in|at|on|for|with|without|has|had"
    r"|have|until|did|do|does|that|who|which|what|how|why|where|after|before|during|of|from|about|because|if|but|than"
    r"|over|under|so|while|against|into|near|off|outside|inside|between|will|would|could|should|may|not|only|alone"
    r"|his|her|its|their|our|my|this|both|compared|following|according|due)\b)[^\W\d_]"
)
_NOUN_BEHIND = re.compile(_NOUN)
_YEAR = re.compile(r"(?<![\w$€£,.:'’/+-])(?:19|20)\d\d(?!\d)")
_SEASON = re.compile(r"(?<![\w$€£,.:'’/+-])(?P<first>(?:19|20)\d\d)[-–/](?P<last>\d\d)(?![\d/–-])")
_SLASHED = re.compile(r"(?<![\d/.])\d{1,2}([/.])\d{1,2}\1(?:19|20)\d\d(?![\d/.])")
_DAY_AND_MONTH = re.compile(rf"\b(?:{_NTH}\s(?:of\s)?{_ENGLISH}|{_ENGLISH}\s{_NTH})(?![\w,.]*\d)")
_MONTH_IN_NAME = re.compile(rf"(?:\b(?:the|its|his|her|their)|['’]s)\s(?P<month>{_ENGLISH})(?={_NOUN})")
_MONTH_BEHIND = re.compile(
    rf"\b(?:in|during|since|before|after|between)\s(?P<month>{_ENGLISH})"
    r"(?=\s*(?:[,.;?!]|$)|\s(?:and|to|in|did|was|were|has|have)\b)",
    re.IGNORECASE,
)
_MONTH_PAIR = re.compile(
    rf"\b(?:between|from)\s{_ENGLISH}\s(?:and|to|until|till|through)\s(?P<month>{_ENGLISH})(?!\w|\s\d)", re.IGNORECASE
)
_NTH_BEHIND = re.compile(
    rf"\b(?:before|after|around)\s(?P<nth>the\s{_NTH})(?=\s*(?:[,.;?!]|$)|\sof\sthis\smonth)", re.IGNORECASE
)
_RANGE = re.compile(
    r"\b(?:between|from)\s(?P<from>[^,.;?!]{3,24}?)\s(?:and|to|until|till|through)\s(?:on\s)?$", re.IGNORECASE
)
_BOUND = re.compile(
    r"\b(?:(?P<since>since|starting|beginning)"
    r"|(?P<until>until|till|up (?:to(?: and including)?|until)|through|by|as (?:of|at))"
    r"|(?P<before>before|prior to|ahead of)|(?P<after>after|following))\s(?:on\s)?$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:the\s)?(?:(?:(?P<first>first|opening)|(?P<last>last|final|closing))\s(?P<unit>day|week)"
    r"|(?P<early>start|beginning)|(?P<mid>middle)|(?P<late>end|close))\sof\s$",
    re.IGNORECASE,
)
_THE_YEAR = re.compile(
    r"\b(?:start|beginning|middle) of the (?P<unit>year|month|week)\b(?!\s(?:of|before)\b)", re.IGNORECASE
)
_WEEK_OF = re.compile(r"\b(?:the\s)?week\s(?:of|beginning|starting)\s$", re.IGNORECASE)
_COUNTS = {"the": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
SHIFT = (
    rf"\b(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}})\s(?P<unit>day|week|month)s?\s"
    r"(?:(?P<back>before|prior to|ahead of|leading up to)|after|following|since)"
)
"""What tells a time from another: "the day after", "two weeks before"."""
_SHIFT = re.compile(rf"{SHIFT}\s(?:on\s)?$", re.IGNORECASE)
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30}
_ADVERBIAL = re.compile(
    r"\b(?:in|on|during|throughout|of|for|from|since|until|till|by|before|after|between|to|and|around|over|through)\s"
    r"(?:early\s|late\s|mid-?\s?)?$",
    re.IGNORECASE,
)
_NUMBER_OR_MONTH = re.compile(rf"\d|\b{_ENGLISH}(?!\w)")
_JOINT = re.compile(rf"(?:,|,?\s(?:and|or|to))\s|,\s{_ENGLISH},?\s(?:and|or)\s")
_AGO = re.compile(r"\bago $")  # "ten years ago today"
_LOOK_BACK = 40  # characters


def dates_asked(text: str, as_of: date | None) -> list[Claim]:
    """The dates that a question names, in order; none that lies ahead of the day it is asked on.

    Args:
        text: The question.
        as_of: The day it is asked on; None: only what is complete in itself is a date.
    """
    text = as_printed(text)
    read = [one for one in mentions(text, as_of) if not _AGO.search(text, 0, one.start)]
    found = read + [extra for extra in _passed_over(text, as_of) if not any(_overlap(extra, one) for one in read)]
    if as_of:
        found = [mention for mention in found if mention.first <= as_of]
        extras = [*_bare_months(text, as_of), *_running(text, as_of)]
        found += [bare for bare in extras if not any(_overlap(bare, one) for one in found)]
    claims: list[Claim] = []
    for mention in _with_years(text, sorted(found, key=lambda mention: mention.start)):
        claim = _claim(text, mention, as_of)
        if claims and claim.start < claims[-1].end:  # "from March to May" holds what was read of March alone
            claims.pop()
        if not as_of or (claim.first or mention.first) <= as_of:
            claims.append(claim)
    return [_asked_by(claim, as_of) for claim in claims]


def _with_years(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The same dates; in "March and April 2021" both are of 2021."""
    dated: list[Mention] = []
    for mention in reversed(found):
        words = text[mention.start : mention.end]
        behind = dated[-1] if dated else None
        if behind and not _YEAR.search(words) and _YEAR.search(text, behind.start, behind.end):
            joint = _JOINT.fullmatch(text, mention.end, behind.start)
            span = _alone(f"was in {words}", behind.last) if joint else None
        else:
            span = None
        dated.append(Mention(mention.start, mention.end, *span) if span else mention)
    return dated[::-1]


def shifted(day: date, found: re.Match[str]) -> tuple[date, date]:
    """The days in "the day after" or "two weeks before" a day, from a match of SHIFT."""
    unit, word = found["unit"].lower(), found["count"].lower()
    count = (_COUNTS.get(word) or int(word)) * _UNIT_DAYS[unit]
    sign = -1 if found["back"] else 1
    ends = (sign * count, sign * (count if unit == "day" else 1))
    return days_from(day, min(ends)), days_from(day, max(ends))


def _passed_over(text: str, as_of: date | None) -> Iterator[Mention]:
    """Dates that an article's reader is right to leave alone, and a question's is not; they may overlap others."""
    for found in _SLASHED.finditer(text):
        if written := moment(found[0].replace(".", "/")):
            yield Mention(found.start(), found.end(), written.date(), written.date())
    for found in _SEASON.finditer(text):
        year = int(found["first"])
        if (year + 1) % 100 == int(found["last"]):
            yield Mention(*found.span(), date(year, 7, 1), date(year + 1, 6, 30))
    for found in _YEAR.finditer(text):
        if span := _alone("of " + text[found.start() : found.end() + 16], as_of):  # "2000 people" is no year
            yield Mention(*found.span(), *span)
    for pattern, group in (_DAY_AND_MONTH, 0), (_NTH_BEHIND, "nth"):
        for found in pattern.finditer(text):
            if span := _alone("on " + found[group], as_of):
                yield Mention(*found.span(group), *span)


def _bare_months(text: str, as_of: date) -> Iterator[Mention]:
    """Months without a year or a day: the latest one, unless the question looks ahead."""
    for pattern in (_MONTH_IN_NAME, _MONTH_BEHIND, _MONTH_PAIR):
        for found in pattern.finditer(text):
            start, end = found.span("month")
            if leaning(text, start, end) is not Leaning.AHEAD:
                yield Mention(start, end, *_latest(MONTHS[found["month"].rstrip(".").lower()], as_of))


def _running(text: str, as_of: date) -> Iterator[Mention]:
    """The year, month or week of asking, in "since the start of the year"."""
    for found in _THE_YEAR.finditer(text):
        start, end = found.span("unit")
        if span := _alone(f"this {found['unit'].lower()}", as_of):
            yield Mention(start - len("the "), end, *span)


def _latest(month: int, as_of: date) -> spans.Span:
    """The latest month of this number that has begun."""
    return spans.month(as_of.year - (month > as_of.month), month)


def _alone(words: str, written: date | None) -> spans.Span | None:
    """What words mean that stand alone."""
    read = mentions(words, written)
    return (read[0].first, read[0].last) if read else None


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _claim(text: str, mention: Mention, as_of: date | None) -> Claim:
    """The claim that a date makes with the words before it."""
    start, span = mention.start, (mention.first, mention.last)
    before = text[max(0, start - _LOOK_BACK) : start]
    offset = start - len(before)
    if text[start : mention.end].lower() == "this week" and as_of:  # on a Monday the days before it are meant as well
        span = days_from(as_of, -6), as_of
    if part := _PART.search(before):
        span = _part(span, part)
        start, before = offset + part.start(), before[: part.start()]
    elif week := _WEEK_OF.search(before):
        return Claim(offset + week.start(), mention.end, *spans.week(span[0]), "days")
    if (pair := _RANGE.search(before)) and (begin := _range_begin(pair["from"], span[1])):
        return Claim(offset + pair.start(), mention.end, begin, span[1], _kind(begin, span[1]))
    if shift := _SHIFT.search(before):
        base = span[0] if shift["back"] else span[1]
        return Claim(offset + shift.start(), mention.end, *shifted(base, shift), "days")
    if bound := _BOUND.search(before):
        if bound["after"] and _NOUN_BEHIND.match(text, mention.end):  # "after Tuesday's vote"
            return Claim(offset + bound.start(), mention.end, span[0], days_from(span[1], AFTERMATH_DAYS), "event")
        return Claim(offset + bound.start(), mention.end, *_bounded(span, bound, as_of), "open")
    kind = "name" if _is_in_name(text, mention) else _kind(*span)
    return Claim(start, mention.end, *span, kind)


def _part(span: spans.Span, part: re.Match[str]) -> spans.Span:
    """The days in "the end of March 2020", "the first week of 2019"."""
    first, last = span
    if part["unit"]:
        more = min(_UNIT_DAYS[part["unit"].lower()] - 1, (last - first).days)
        return (first, days_from(first, more)) if part["first"] else (days_from(last, -more), last)
    return spans.third(span, 0 if part["early"] else 1 if part["mid"] else 2)


def _range_begin(words: str, last: date) -> date | None:
    """The first day in "between May and July 2019", told from the last one."""
    span = _alone(f"in {words}", last) or _alone(words, last)
    return span[0] if span and span[0] <= last else None


def _bounded(span: spans.Span, bound: re.Match[str], as_of: date | None) -> tuple[date | None, date | None]:
    match bound.lastgroup:
        case "since":
            return span[0], as_of
        case "after":
            return days_from(span[1], 1), as_of
        case "before":
            return None, days_from(span[0], -1)
    return None, span[1]


def _kind(first: date, last: date) -> Kind:
    length = last - first
    if length < timedelta(days=10):
        return "days"
    return "month" if length < timedelta(days=62) else "year"


def _is_in_name(text: str, mention: Mention) -> bool:
    """Whether the date belongs to a noun, as in "the 2019 marathon" and "World Cup 2022"."""
    words = text[mention.start : mention.end]
    if not _NUMBER_OR_MONTH.search(words):
        return False
    if _ADVERBIAL.search(text[max(0, mention.start - 16) : mention.start]):
        return False
    before = text[: mention.start].rstrip().rpartition(" ")[2]
    return bool(_NOUN_BEHIND.match(text, mention.end)) or before[:1].isupper()


def _asked_by(claim: Claim, as_of: date | None) -> Claim:
    """The claim with nothing in it that lies ahead of the day of asking."""
    if not as_of or not claim.last or claim.last <= as_of:
        return claim
    return Claim(claim.start, claim.end, claim.first and min(claim.first, as_of), as_of, claim.kind)
