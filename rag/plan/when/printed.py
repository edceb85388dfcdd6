"""A question as it is typed in, the same characters as a newspaper prints them out: "on tuesday" → "on Tuesday".

Only months, weekdays and quarters change, and only where they can be nothing else: "may" and "march" are verbs too.
Every character keeps its place, so offsets count into both.
"""

from __future__ import annotations

import re

_MONTHS = "january|february|april|june|july|september|october|november|december"
_SHORT = "jan|feb|apr|jun|jul|aug|sept|sep|oct|nov|dec"
_ANY = f"{_MONTHS}|{_SHORT}|march|may|august|mar"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
# Behind "in may" or "12 may" nothing may follow that makes a verb of it, or an undertaking: "in march against the law".
_ENDS = (
    r"(?=\.?(?:\s*(?:[?.,;:!)]|$)|\s(?:\d|(?:and|to|until|or|in|at|by|with|from|when|after|before|as|did|was|were|is|are"
    r"|had|has|who|what|how|last|this)\b|of\s(?:last|this|next|[12]\d{3})\b)))"
)
_PATTERNS = (
    rf"\b(?:{_MONTHS})\b",
    rf"\b(?:{_ANY})\b(?=\.?\s(?:{_NUMBER}|[12]\d{{3}})(?!\w|\s?(?:%|k?m\b|miles\b|people\b)))",
    rf"(?<!\w){_NUMBER}\s(?:of\s)?(?P<day_led>{_ANY})\b{_ENDS}",
    r"\b(?:in|since|until|till|during|from|of|by|throughout|between|before|after|last|next|early|mid|late)[ -]"
    rf"(?P<led>{_ANY})\b{_ENDS}",
    r"(?<!black )(?<!good )(?<!bloody )(?<!super )(?<!easter )(?<!cyber )(?<!ash )(?<!palm )"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    r"\bq[1-4](?=,?\s(?:of\s)?[12]\d{3}\b)",
)
_TYPED = re.compile("|".join(_PATTERNS))


def as_printed(text: str) -> str:
    """The same text with capitals where a newspaper has them in dates; of the same length."""
    if text.isupper() and len(text.lower()) == len(text):
        text = text.lower()
    return _TYPED.sub(_capital, text)


def _capital(found: re.Match[str]) -> str:
    name = found.lastgroup
    at = (found.start(name) if name else found.start()) - found.start()
    return found[0][:at] + found[0][at].upper() + found[0][at + 1 :]
