"""Text in, one form of it for comparing out. Knows nothing about facts or evidence.

"39" and "thirty-nine", "$4.2 million" and "$4,200,000", "Dec. 12" and "12 December", "six-week" and "6 weeks" meet;
what makes a number another one (scale, currency, per cent sign, unit, the rest of a date) stays with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from math import prod

Rewrite = tuple[str, str | Callable[[re.Match[str]], str]]

_ONES = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
_ORDINALS = {
    word: f"{value}th"
    for value, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}
_SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9,
    "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}
"""Only after a currency sign: "£5m" is money, "5m" may be metres."""
_CURRENCIES = {"dollar": "$", "euro": "€", "pound": "£", "yen": "¥", "usd": "$", "eur": "€", "gbp": "£", "jpy": "¥"}
_FORMS = {
    "sec": "second seconds", "minute": "minute minutes", "hour": "hour hours", "day": "day days",
    "week": "week weeks", "month": "month months", "year": "year years", "decade": "decade decades",
    "century": "century centuries", "km": "km kilometre kilometres kilometer kilometers", "mile": "mile miles",
    "metre": "metre metres meter meters", "foot": "foot feet ft", "inch": "inch inches", "acre": "acre acres",
    "hectare": "hectare hectares", "ton": "ton tons", "tonne": "tonne tonnes", "gram": "gram grams",
    "kg": "kg kilo kilos kilogram kilograms", "litre": "litre litres liter liters", "degree": "degree degrees",
    "cent": "cent cents", "percentage": "percentage",
}  # fmt: skip
_UNITS = {form: unit for unit, forms in _FORMS.items() for form in forms.split()}

UNITS = frozenset(_FORMS)
"""The words that belong to the number before them."""


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


_TEN, _ONE, _SCALE, _CURRENCY = (_any(w) for w in (_TENS.split(), _ONES.split()[1:10], _SCALES, _CURRENCIES))
_PLAIN = r"(\d+(?:\.\d+)?)"
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?<![\w.:/,$€£¥-])(\d{1,2})(?:st|nd|rd|th)?(?![\w%-]|[.:/]\d)"
_YEAR = r"((?:1[5-9]|20)\d\d)(?![\w%-]|[.:/]\d)"


def _date(year: str | None, month: str, day: str | None) -> str:
    """The parts that are known, largest first, so that "dec-12" and "2019-dec" stand in "2019-dec-12"."""
    return "-".join(part for part in (year, month[:3], day and day.lstrip("0")) if part)


def _amount(number: str, scales: Iterable[int]) -> str:
    value = f"{Decimal(number) * prod(scales):f}"
    return value.rstrip("0").rstrip(".") if "." in value else value


_NUMBERS: tuple[Rewrite, ...] = (
    (r"(?<![\w.])([^\W\d_](?:\.[^\W\d_])+)\b\.?", lambda m: m[1].replace(".", "")),  # U.S., p.m.
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (r"(?<![\w.])(?=\.\d)", "0"),
    (rf"\b({_TEN})[- ]({_ONE})\b", lambda m: str(_VALUES[m[1]] + _VALUES[m[2]])),
    (rf"\bhalf an? (?={_SCALE}\b)", "0.5 "),
    (rf"\ban? (?={_SCALE}\b)", "1 "),
    (rf"\b{_any(_VALUES)}\b", lambda m: str(_VALUES[m[0]])),
    (
        rf"(?<![\w.:/]){_PLAIN}((?:[ -]?{_SCALE}\b)+)",
        lambda m: _amount(m[1], [_SCALES[word] for word in re.findall(_SCALE, m[2])]),
    ),
)
_AMOUNTS: tuple[Rewrite, ...] = (
    (r"\bus(?=\$)", ""),
    (rf"([$€£¥]) ?{_PLAIN}([kmb])\b", lambda m: m[1] + _amount(m[2], [_LETTERS[m[3]]])),
    (rf"\b({_CURRENCY}) ?(?=\d)", lambda m: _CURRENCIES[m[1]]),
    (rf"(?<![\w.:/$€£¥]){_PLAIN}[ -]?({_CURRENCY})s?\b", lambda m: _CURRENCIES[m[2]] + m[1]),
    (rf"(?<![\w.:/$€£¥]){_PLAIN} ?([€£])(?!\d)", r"\2\1"),
    (r"([$€£¥]) (?=\d)", r"\1"),
    (r"(?<=\d)[ -]?(?:%|per ?cent\b|pct?\b)", "%"),
    (r"(?<=\d) ([ap]m)\b", r"\1"),
    (r"(?<=\d)-(?=[^\W\d_])", " "),
    (rf"(?<=\d) ?({_any(_UNITS)})\b-?", lambda m: f" {_UNITS[m[1]]} "),
)
_DATES: tuple[Rewrite, ...] = (
    (rf"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?", lambda m: _date(m[3], m[2], m[1])),
    (rf"\b{_MONTH} {_DAY}(?:,? {_YEAR})?", lambda m: _date(m[3], m[1], m[2])),
    (rf"\b{_MONTH},? {_YEAR}", lambda m: _date(m[2], m[1], None)),
    (rf"\b{_any(_ORDINALS)}\b", lambda m: _ORDINALS[m[0]]),
    (r"(?<=\d)(?:st|nd|rd)\b", "th"),
)

# In this order: what is one number or one date is made whole before its neighbours are read.
_REWRITES = [(re.compile(pattern), form) for pattern, form in (*_NUMBERS, *_AMOUNTS, *_DATES)]
_MARKS = re.compile(r"[^\w%$€£¥.:/'-]|[.:/](?!\d)|(?<!\w)'|'(?!\w)")
_PARTING = (
    (re.compile(r"\bca(?:n't|nnot)\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\b(there|it|that|he|she|who|what|here)'s\b"), r"\1 is"),
    (re.compile(r"\s-+\s|[;:](?!\d)"), " ; "),
    (re.compile(r"([(),\[\]])(?!\d{3}\b)"), r" \1 "),
    (re.compile(r"[^\w%$€£¥.:/'(),;-]|[.:/](?!\d)|(?<!\w)'|'(?!\w)"), " "),
)
"""What is left of the marks where clauses are told apart: commas, semicolons, round brackets."""
_CHARACTERS = str.maketrans(dict(zip("’‘—–‐‑−", "'' ----", strict=True)) | {"½": ".5", "¼": ".25", "¾": ".75"})
_NAMED_MONTH = re.compile(rf"\b(?=[A-Z])(?i:{_MONTH})")


@lru_cache(maxsize=1024)
def normal(text: str) -> str:
    """The text in lower case on one line, each number, amount and date in one form, other marks dropped.

    A month is known by its capital ("in March", "a march"), and then by its first three letters.
    """
    return " ".join(_MARKS.sub(" ", _rewritten(text)).split())


@lru_cache(maxsize=1024)
def parted(text: str) -> tuple[str, ...]:
    """The words of the normal form, and between them the marks that part clauses: "," ";" "(" ")".

    "n't" is a word of its own, "not", for what it does to a sentence.
    """
    text = _rewritten(text.replace("—", " ; "))
    for pattern, form in _PARTING:
        text = pattern.sub(form, text)
    return tuple(text.split())


def stem(word: str) -> str:
    """Enough to meet "close" and "closed", "plan" and "planned": English inflection cut, four letters kept."""
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)] + instead
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1].isalpha() else word


def _rewritten(text: str) -> str:
    text = " ".join(unicodedata.normalize("NFKC", text.translate(_CHARACTERS)).split())
    text = _NAMED_MONTH.sub(lambda m: m[1][:3].lower(), text).casefold()
    for pattern, form in _REWRITES:
        text = pattern.sub(form, text)
    return text
