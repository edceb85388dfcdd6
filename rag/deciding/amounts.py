"""A sentence and "How long is A?" in, what it surely tells of the amount out, as an interval, in its own words.

The only amount of its kind in a sentence that tells it of A itself; "at least 39" is an interval without an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rag.claims.normal import normal
from rag.deciding.deeds import ASIDE, looks_back, stands_for_itself
from rag.plan.verbs import told
from rag.plan.wording import has_topic, words_of
from rag.types import Evidence

ABOUT = Decimal("0.1")
"""How far "about 9,000" may be from it, as a share."""

_WRITTEN = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty)(?:-[a-z]+)?)"
)
_SCALE = r"(?: (?:hundred|thousand|million|billion|trillion|m|bn|k)\b|(?:m|bn|k)\b)?"
_NUMBER = rf"(?:(?<![\w.,$€£¥/-])(?:\d+(?:[,.]\d+)*|{_WRITTEN}){_SCALE})"
_MONEY = rf"(?:(?:US|A|C)?[$€£¥]\d+(?:[,.]\d+)*{_SCALE}|{_NUMBER} (?:dollars|euros|pounds|yen))"
_LENGTH = r"(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|feet|foot|ft)"
_UNITS = {
    "long": rf"[ -](?:{_LENGTH}|hours?|minutes?|days?|weeks?|months?|years?)", "tall": f"[ -]{_LENGTH}",
    "deep": f"[ -]{_LENGTH}", "wide": f"[ -]{_LENGTH}", "high": rf"(?:[ -]{_LENGTH}|%| per ?cent| degrees)",
    "heavy": r"[ -](?:tonnes?|tons?|kg|kilograms?|pounds?)",
    "large": r"[ -](?:square (?:kilomet(?:re|er)s?|miles?|met(?:re|er)s?|feet)|hectares?|acres?)",
}  # fmt: skip
_SHOWS = {
    "long": ("stretches|spans|measures|runs|lasted|runs for|lasted for", "long|in length"),
    "tall": ("stands|rises|measures", "tall|high|in height"),
    "high": ("stands|rises|stands at|reached|hit", "high|tall|in height"),
    "deep": ("measures|reaches", "deep"), "wide": ("measures|spans", "wide|across"),
    "heavy": ("weighs|weighed", "in weight"), "large": ("covers|spans|measures|covered", "large|in area"),
    "cost": ("costs|cost|will cost|sells for|sold for|is priced at|was priced at|is sold for|was sold for", ""),
}  # fmt: skip
"""How a sentence tells it of its subject: by which verbs beside "is" and "was", and by what behind the amount."""

_HEDGES = {
    "at least": (0, None), "more than": (0, None), "over": (0, None), "no fewer than": (0, None),
    "up to": (None, 0), "fewer than": (None, 0), "less than": (None, 0), "under": (None, 0), "at most": (None, 0),
    "as many as": (None, 0), "about": (1, 1), "around": (1, 1), "roughly": (1, 1), "some": (1, 1), "nearly": (1, 1),
    "almost": (1, 1), "approximately": (1, 1), "an estimated": (1, 1),
}  # fmt: skip
_HEDGE = rf"(?:(?P<hedge>{'|'.join(sorted(_HEDGES, key=lambda words: -len(words)))}) )?"
_UNSURE = re.compile(
    r"\b(?:may|might|could|would|should|if|unless|not|never|no|nor|nobody|allegedly|reportedly|expected|feared|"
    r"fears|projected|forecast|planned|plans|hopes?|another|other|additional|further|unlike|alone|only|just|"
    r"more(?! than \d)|fewer(?! than))\b",
    re.IGNORECASE,
)
_COUNT = "number of "
_DEATH = frozenset(word.stem for word in words_of("die died dies dead death deaths kill killed kills"))
_ENDS = (
    r"(?=[.!?]|$|, (?!a |an |per )| (?:in|on|at|since|after|when|over|from|last|this|and|as|during|by|with|for the)\b)"
)
"""What may follow an amount: not "more than last time", "taller than", "a year"."""

_OPENS = r"^(?:(?:[A-Z][A-Z .,]+ \([^)]*\) [-–—] )|(?:(?:On|In|By) [^,]{1,30}, ))?"
_ANY_AGE = re.compile(
    r"\b(?P<a>\d{1,3})[- ]years?[- ]olds?\b|\b(?:aged|age of|at age) (?P<b>\d{1,3})\b|, (?P<c>\d{1,3})(?=[,.)])|"
    r"\((?P<d>\d{1,3})\)|\bat (?P<e>\d{2,3})(?=[.,]|$)|\b(?:is|was|turned) (?P<f>\d{1,3})(?=[.,]|$| years? old| when)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a sentence tells.

    Attributes:
        least: At least so much; None: no bound.
        most: At most so much.
        kind: Amounts of one kind can be compared: "km", "$", "people".
        words: As it stands there: "at least 39 people".
    """

    least: Decimal | None
    most: Decimal | None
    kind: str
    words: str

    @property
    def is_of_its_time(self) -> bool:
        """Whether another year may have another: prices, seats; not a length, nor who died."""
        return self.kind[:1] in set("$€£¥") or self.kind.startswith(_COUNT)

    def is_below(self, other: Amount) -> bool:
        """Whether it is surely less than another."""
        if self.kind != other.kind or self.most is None or other.least is None:
            return False
        is_told_so = self.kind != "age" or int(self.words) < int(other.words)  # 44 of long ago against 61 tells nobody
        return is_told_so and self.most < other.least


def amount_of(question: str, thing: str, measure: str, piece: Evidence) -> Amount | None:
    """What a piece of evidence tells of how much a thing is or has.

    Args:
        question: Of this thing alone: "How many seats did the Greens win".
        thing: In the question's words.
        measure: What is measured, "old", or counted, "seats".
        piece: A sentence.
    """
    text = piece.text
    if _UNSURE.search(text) or not stands_for_itself(text, 0, ""):
        return None
    if measure == "old":
        return _age(question, thing, piece)
    pattern = _pattern(measure)
    if len(re.findall(pattern.replace("?P<value>", "?:").replace("?P<hedge>", "?:"), text, re.IGNORECASE)) != 1:
        return None
    name = rf"(?:(?i:the|an?) )?{re.escape(_bare(thing))}(?!['’]s|[\w’'-])"
    for form in (
        _counted(question, thing, name, pattern) if measure not in _SHOWS else _measured(measure, name, pattern)
    ):
        match = re.search(_OPENS + form, text)
        if match:
            is_toll = any(word.stem in _DEATH for word in words_of(question))
            amount = _read(match, measure, counted="dead" if is_toll else _COUNT)
            return None if amount and amount.is_of_its_time and looks_back(piece, after=0) else amount
    return None


def _bare(thing: str) -> str:
    """Without its article and without whose it is: "Tonga's Akilisi Pohiva" is Akilisi Pohiva."""
    return re.sub(r"^(?:(?:the|an?) |[A-Z][\w.-]*['’]s (?=[A-Z]))", "", thing)


def _measured(measure: str, name: str, amount: str) -> Iterator[str]:
    """Sentences that tell how long a thing is."""
    verbs, behind = _SHOWS[measure]
    yield rf"{name}{ASIDE} (?:{verbs}) {amount}(?: (?:{behind or '$'}))?{_ENDS}"
    if behind:
        yield rf"{name}{ASIDE} (?:is|was) {amount} (?:{behind}){_ENDS}"
        yield rf"(?i:the|an?) {amount}(?:[- ](?:{behind}))? {name.replace('(?:(?i:the|an?) )?', '')}"
        yield rf"At {amount}(?: (?:{behind}))?, {name} (?:is|was)\b"


def _counted(question: str, thing: str, name: str, amount: str) -> Iterator[str]:
    """Sentences that tell how many a thing won, or how many died in it."""
    does = re.fullmatch(rf"how \w+ \w+ (?:did|does|do) {re.escape(thing)} (?P<verb>[a-z]+)(?P<rest>.*)", question, re.I)
    if does and not any(map(has_topic, words_of(does["rest"]))):
        verb = does["verb"]
        forms = {*told(verb), *(("has", "have") if verb == "have" else ())}
        yield rf"{name}{ASIDE}(?: (?:has|have))? (?:{'|'.join(sorted(forms))}) {amount}{_ENDS}"
        if verb == "kill":
            yield rf"{amount} (?:were|have been|are|was) (?:killed|dead) (?:in|by) {name}"
    asked = rf"how \w+ \w+ (?P<verb>[a-z]+) (?P<at>in|at|on) {re.escape(thing)}"
    within = re.fullmatch(asked, question, re.IGNORECASE)
    if within:
        dead = {word.stem for word in words_of(within["verb"])} <= _DEATH
        forms_of = "died|were killed|have died|had died|was killed" if dead else re.escape(within["verb"])
        yield rf"{amount} (?:{forms_of}) (?:{within['at']}|during) {name}"
        if dead:
            yield rf"{name}{ASIDE}(?: has)? (?:killed|claimed the lives of) {amount}{_ENDS}"


def _pattern(measure: str) -> str:
    if measure == "cost":
        value = _MONEY
    elif measure in _UNITS:
        value = rf"{_NUMBER}{_UNITS[measure]}"
    else:
        noun = (
            "(?:people|persons?|men|women|children)" if measure == "people" else f"{re.escape(measure.rstrip('s'))}s?"
        )
        value = rf"{_NUMBER} (?:[a-z]+ )?{noun}"
    return rf"(?i:{_HEDGE}(?P<value>{value}))(?!\w)"


def _read(match: re.Match[str], measure: str, *, counted: str) -> Amount | None:
    """An amount as an interval; None for one that cannot be read."""
    value = normal(match["value"])
    number = re.search(r"\d+(?:\.\d+)?", value)
    if not number:
        return None
    try:
        size = Decimal(number[0])
    except InvalidOperation:
        return None
    unit = " ".join(re.sub(r"\d+(?:\.\d+)?", "", value).split())
    kind = unit if measure in _SHOWS else counted if counted != _COUNT else f"{_COUNT}{unit}"
    below, above = _HEDGES.get((match["hedge"] or "").casefold(), (0, 0))
    least = None if below is None else size * (1 - ABOUT * below)
    most = None if above is None else size * (1 + ABOUT * above)
    words = " ".join(filter(None, (match["hedge"], match["value"])))
    return Amount(least, most, kind, f"{words[0].lower()}{words[1:]}")


def _age(question: str, thing: str, piece: Evidence) -> Amount | None:
    """An age that stands beside its name; as years of birth where it may be of any day, for ages are of their day."""
    text = piece.text
    ages = {next(filter(None, match.groups())) for match in _ANY_AGE.finditer(text)}
    if len(ages) != 1:
        return None
    age = ages.pop()
    name = re.escape(_bare(thing)) if " " in thing else rf"(?:[A-Z][\w.-]* )?{re.escape(thing)}"
    dies = (
        r"(?:has died|died|was killed|was shot dead)"
        r"(?: (?!(?:who|when|and|his|her|leaving|with|alongside|beside|as|at \d+\.)\b)(?:\([^()]*\)|[^\s,;]+))*?"
    )
    beside = (
        rf"{name}(?: \({age}\)|, (?:aged )?{age}(?=[,.)])| (?:is|turned) {age}(?=[.,]|$| years old))",
        rf"\b{age}-year-old (?:(?!(?:of|to|and|with|from|for) )[a-z-]+ ){{0,3}}{name}\b",
        rf"{name}{ASIDE} {dies},? (?:aged|at the age of|at age|at) {age}\b",
    )
    if not any(re.search(pattern, text) for pattern in beside):
        return None
    asked_of_death = {word.stem for word in words_of(question)} & _DEATH
    if asked_of_death:
        told_of_death = {word.stem for word in words_of(text)} & _DEATH
        return Amount(Decimal(age), Decimal(age), "age at death", age) if told_of_death else None
    is_dated = re.search(r"\b(?:when|at|in|on)\b", question) or looks_back(piece, after=0)  # "in 1910, 19-year-old ..."
    if is_dated or piece.article.published is None:
        return None
    year = piece.article.published.year
    return Amount(Decimal(int(age) - year), Decimal(int(age) + 1 - year), "age", age)
