"""A question that compares in; what it compares, by what, and the question to ask of each out. English, by its form.

"Who left first, A or B?" asks when each left, "Which is longer, A or B?" how long each is: what is asked of one thing
alone can be searched, answered and checked by itself, and what was asked follows from the answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.plan.verbs import PASTS, base_of, told

Form = Literal["all", "any", "order", "amount", "apart"]
"""Whether all or any of some did something; which came before; which is more; else each by itself."""


@dataclass(frozen=True, slots=True)
class Division:
    """A question and those that it is made of.

    Attributes:
        things: What is compared or listed, in the question's words; () where the questions are of different things.
        questions: What to ask of each, in the same order.
        said: Of a comparison, what holds of the one that is asked for, "was older at his death", as far as it is said.
        measure: Of amounts, what is measured: "old", "long", "cost", or what is counted: "people".
        sign: 1: the later or greater is asked for; -1: the earlier or smaller. 0: "before or after".
        is_whether: Whether it asks if this holds of the first thing, not of which it holds.
    """

    form: Form
    things: tuple[str, ...]
    questions: tuple[str, ...]
    said: str = ""
    measure: str = ""
    sign: int = 0
    is_whether: bool = False


AT = r"(?:in|on|at|of|to|from|by|with|for|under|about|against|after|before|since|until|through|into|over|during)"
FORM = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should)\b"

_MEASURES = {
    "older": ("old", 1), "younger": ("old", -1), "elder": ("old", 1), "larger": ("large", 1), "bigger": ("large", 1),
    "smaller": ("large", -1), "longer": ("long", 1), "shorter": ("long", -1), "taller": ("tall", 1),
    "higher": ("high", 1), "lower": ("high", -1), "deeper": ("deep", 1), "wider": ("wide", 1), "heavier": ("heavy", 1),
    "lighter": ("heavy", -1), "costlier": ("cost", 1), "more expensive": ("cost", 1), "cheaper": ("cost", -1),
    "less expensive": ("cost", -1),
}  # fmt: skip
_COMP = rf"(?P<comp>{'|'.join(_MEASURES)})"
_HOW = r"(?P<how>before or after|before|after)"
_QUANT = r"(?P<quant>more|fewer|less)"
_PAST = rf"(?:{'|'.join(sorted(PASTS - {'was'}))})"
_THING = r"(?:(?:the|an?|its|his|her|their) )?\S+(?: [^,?]+?)?"
_WHICH = r"(?:which|who|what)"

_ORDER = re.compile(
    r"(?:which|what)(?: one| event)? (?P<verb>came|happened|was|took place|began|started|occurred) "
    r"(?P<when>first|earlier|later|last|more recently)(?P<tail> (?:in|on|at|during|this|last) .+)?",
    re.IGNORECASE,
)
_DID_FIRST = re.compile(
    rf"{_WHICH}(?: [\w’'-]+){{0,3}}? (?P<verb>{_PAST}) (?P<tail>(?:[a-z]+ ){{0,4}}?)"
    r"(?P<when>first|earlier|later|last)(?P<more> .+)?",
    re.IGNORECASE,
)
_FIRST_TO = re.compile(
    rf"{_WHICH}(?: [\w’'-]+){{0,3}}? was (?:the )?(?P<when>first|last) to (?P<base>[a-z]+)(?P<more> .+)?",
    re.IGNORECASE,
)
_IS_MORE = re.compile(
    rf"{_WHICH}(?: [^,]+?)? (?P<said>(?P<be>is|was|are|were) (?P<the>the )?{_COMP}(?P<tail>.*))", re.I
)
_DID_MORE = re.compile(
    rf"{_WHICH}(?: [^,]+?)? (?P<said>(?P<verb>{_PAST}|has|have) {_QUANT} (?P<noun>[a-z]+)(?P<tail>.*))", re.IGNORECASE
)
_COST_MORE = re.compile(
    rf"{_WHICH}(?: [^,]+?)? (?P<verb>costs?) (?:more|less)(?P<tail>(?: (?:to|in|at) .+)?)",
    re.IGNORECASE,
)
_WHERE_MORE = re.compile(
    rf"(?:(?P<at>in|at|on) which [\w ]+?|(?P<where>where)) did {_QUANT} (?P<noun>[a-z]+) (?P<base>[a-z]+)(?P<tail>.*)",
    re.IGNORECASE,
)
_OF_TWO = re.compile(rf"(?P<who>which|who)(?: one)? of (?P<items>.+?) (?P<rest>(?:{FORM}|{_PAST}\b).+)", re.IGNORECASE)
_HAPPENED = re.compile(
    rf"did (?P<a>{_THING}) (?P<verb>come|happen|occur|take place|begin|start|end) {_HOW} (?P<b>{_THING})(?: did)?",
    re.IGNORECASE,
)
_BEFORE_OR_AFTER = re.compile(
    r"[Dd]id (?P<a>(?:the )?[A-Z]\S*(?: [A-Z]\S*)*) (?P<base>[a-z]+)(?P<tail>(?: [^,]+?)??) before or after "
    r"(?P<b>[A-Z]\S*(?: [A-Z]\S*)*|the [^,]+?)(?: did)?"
)
_WAS_BEFORE = re.compile(rf"was (?P<a>{_THING}) {_HOW} (?P<b>{_THING})", re.IGNORECASE)
_IS_MORE_THAN = re.compile(
    rf"(?P<be>[Ii]s|[Ww]as|[Aa]re|[Ww]ere) (?P<a>(?:[Tt]he |[A-Z])[^,]*?) {_COMP}"
    r"(?P<tail>(?: (?:in|at|on|when)\b.+?)?) than (?P<b>(?:the |[A-Z])[^,]*)"
)
_HOW_MUCH_MORE = re.compile(
    rf"how much {_COMP} (?P<be>is|was|are|were) (?P<a>{_THING}) than (?P<b>(?:the |[A-Z]).*)", re.IGNORECASE
)
_HOW_MANY_MORE = re.compile(
    rf"how (?P<much>many|much) {_QUANT} (?P<rest>[a-z].*?) (?P<at>in|at|on|from|by|for|under) (?P<a>[^,]+?) than "
    r"(?P=at) (?P<b>[^,]+)",
    re.IGNORECASE,
)
_HOW_MANY_MORE_DID = re.compile(
    rf"how (?P<much>many|much) {_QUANT} (?P<rest>[a-z][a-z ]*? {FORM}) (?P<a>(?:the )?[A-Z]\S*(?: [A-Z]\S*)*) "
    r"(?P<verb>[a-z][^,]*?) than (?P<b>(?:the )?[A-Z]\S*(?: [A-Z]\S*)*)(?: did)?",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:\w+(?:[ts]ion|ment|quake|strike|storm|fire)|fire|flood|vote|attack|strike|crash|blast|explosion|war|march|"
    r"protest|summit|trial|verdict|launch|landing|ban|coup|raid|rescue|arrest|death|wedding|match|final|debate|hearing|"
    r"riot|siege|shooting|bombing|merger|sale|opening|closure|outbreak|ceasefire|truce|deal|speech)",
    re.IGNORECASE,
)
_SAYS = re.compile(rf"\b(?:{FORM}|said|says|expected|planned|\w+ed)\b")


def chosen(stem: str, items: Sequence[str]) -> Division | None:
    """A choice between things: "Which is longer", of "the bridge" and "the tunnel".

    Args:
        stem: What is asked of them.
        items: The things.

    Returns:
        What is asked of each by itself, where the stem says by what they are compared.
    """
    for pattern, rule in (
        (_ORDER, _in_order), (_DID_FIRST, _did_first), (_FIRST_TO, _first_to), (_IS_MORE, _is_more),
        (_COST_MORE, _cost_more), (_DID_MORE, _did_more), (_WHERE_MORE, _where_more),
    ):  # fmt: skip
        match = pattern.fullmatch(stem)
        division = match and rule(match, tuple(items))
        if division:
            return division
    return None


def chosen_of(asked: str) -> tuple[str, list[str]] | None:
    """A choice that names its things first: "Which of A and B left first" is "Which left first" of A and B."""
    match = _OF_TWO.fullmatch(asked)
    if not match:
        return None
    items = re.split(r",? (?:and|or) |, ", re.sub(r"^(?:the two|both|either|these two),? |,$", "", match["items"]))
    return (f"{match['who']} {match['rest']}", items) if len(items) > 1 else None


def compared(asked: str) -> Division | None:
    """A comparison that stands in one clause: "Did A happen before B", "Is A longer than B", "How much older is A"."""
    for pattern, rule in (
        (_HAPPENED, _happened), (_BEFORE_OR_AFTER, _before_or_after), (_WAS_BEFORE, _was_before),
        (_IS_MORE_THAN, _is_more_than), (_HOW_MUCH_MORE, _how_much_more), (_HOW_MANY_MORE, _how_many_more),
        (_HOW_MANY_MORE_DID, _how_many_more_did),
    ):  # fmt: skip
        match = pattern.fullmatch(asked)
        division = match and rule(match)
        if division:
            return division
    return None


def singular(form: str, thing: str) -> str:
    """The form of a verb that fits one thing alone, where that has a name: "were Ana Ruiz" is "was Ana Ruiz"."""
    fits = {"were": "was", "are": "is", "have": "has", "do": "does"}.get(form.casefold(), form)
    return fits if thing[:1].isupper() and not thing.endswith("s") else form


def _later(when: str) -> int:
    return -1 if when.casefold() in {"first", "earlier", "before"} else 1


def _in_order(match: re.Match[str], items: tuple[str, ...]) -> Division:
    tail = match["tail"] or ""
    questions = tuple(f"when was {item}{tail}" for item in items)
    return Division("order", items, questions, said=match["verb"].casefold(), sign=_later(match["when"]))


def _did_first(match: re.Match[str], items: tuple[str, ...]) -> Division | None:
    tail = f" {match['tail']}".rstrip()
    questions = tuple(f"when did {item} {base_of(match['verb'])}{tail}{match['more'] or ''}" for item in items)
    return Division("order", items, questions, said=f"{match['verb']}{tail}", sign=_later(match["when"]))


def _first_to(match: re.Match[str], items: tuple[str, ...]) -> Division:
    questions = tuple(f"when did {item} {match['base']}{match['more'] or ''}" for item in items)
    return Division("order", items, questions, said=told(match["base"])[0], sign=_later(match["when"]))


def _is_more(match: re.Match[str], items: tuple[str, ...]) -> Division:
    measure, sign = _MEASURES[match["comp"].casefold()]
    tail = re.sub(r"^ (?!(?:at|in|on|by|when|of|for)\b)\S+", "", match["tail"]) if match["the"] else match["tail"]
    questions = tuple(_how(measure, match["be"], item, tail) for item in items)
    return Division("amount", items, questions, said=match["said"], measure=measure, sign=sign)


def _how(measure: str, be: str, item: str, tail: str) -> str:
    be = singular(be.casefold(), item)
    if measure == "cost":
        return f"how much {({'was': 'did', 'were': 'did', 'is': 'does', 'are': 'do'})[be]} {item} cost{tail}"
    return f"how {measure} {be} {item}{tail}"


def _many(noun: str) -> str:
    return "many" if noun.endswith("s") or noun in {"people", "men", "women", "children", "police"} else "much"


def _did_more(match: re.Match[str], items: tuple[str, ...]) -> Division:
    verb, noun = match["verb"].casefold(), match["noun"]
    form, base = ("does", "have") if verb in {"has", "have"} else ("did", base_of(verb))
    questions = tuple(f"how {_many(noun)} {noun} {form} {item} {base}{match['tail']}" for item in items)
    sign = 1 if match["quant"].casefold() == "more" else -1
    return Division("amount", items, questions, said=match["said"], measure=noun, sign=sign)


def _cost_more(match: re.Match[str], items: tuple[str, ...]) -> Division:
    """Each by itself: what it cost to build and what it sold for are not compared."""
    form = "does" if match["verb"].casefold() == "costs" else "did"
    return Division("apart", items, tuple(f"how much {form} {item} cost{match['tail']}" for item in items))


def _where_more(match: re.Match[str], items: tuple[str, ...]) -> Division:
    noun, at = match["noun"], match["at"] or "in"
    asks = f"how {_many(noun)} {noun} {told(match['base'])[0]}{match['tail']} {at.casefold()}"
    sign = 1 if match["quant"].casefold() == "more" else -1
    return Division("amount", items, tuple(f"{asks} {item}" for item in items), measure=noun, sign=sign)


def _happened(match: re.Match[str]) -> Division:
    return _order(match["a"], match["b"], _told_phrase(match["verb"]), match["how"])


def _was_before(match: re.Match[str]) -> Division | None:
    """Only of events: "Was he arrested before the trial" asks for something else."""
    heads = [re.split(rf" {AT} ", match[thing])[0].split()[-1] for thing in ("a", "b")]
    both = match["how"].casefold() == "before or after" or all(map(_EVENT.fullmatch, heads))
    return _order(match["a"], match["b"], "was", match["how"]) if both and _EVENT.fullmatch(heads[0]) else None


def _order(a: str, b: str, verb: str, how: str) -> Division:
    sign = {"before": -1, "after": 1}.get(how.casefold(), 0)
    return Division("order", (a, b), (f"when was {a}", f"when was {b}"), said=verb, sign=sign, is_whether=True)


def _told_phrase(verb: str) -> str:
    """The past of a verb that may carry words with it: "take place" gives "took place"."""
    first, _, rest = verb.casefold().partition(" ")
    return f"{told(first)[0]} {rest}".rstrip()


def _before_or_after(match: re.Match[str]) -> Division:
    a, b, tail = match["a"], match["b"], match["tail"] or ""
    other = f"when did {b} {match['base']}{tail}" if b[:1].isupper() else f"when was {b}"
    said = f"{told(match['base'])[0]}{tail}"
    return Division("order", (a, b), (f"when did {a} {match['base']}{tail}", other), said=said, is_whether=True)


def _is_more_than(match: re.Match[str]) -> Division | None:
    if _SAYS.search(match["b"]) or _SAYS.search(match["a"]):
        return None
    measure, sign = _MEASURES[match["comp"].casefold()]
    things = (match["a"], match["b"])
    questions = tuple(_how(measure, match["be"], thing, match["tail"]) for thing in things)
    return Division("amount", things, questions, measure=measure, sign=sign, is_whether=True)


def _how_much_more(match: re.Match[str]) -> Division | None:
    if _SAYS.search(match["b"]):
        return None
    things, measure = (match["a"], match["b"]), _MEASURES[match["comp"].casefold()][0]
    return Division("apart", things, tuple(_how(measure, match["be"], thing, "") for thing in things))


def _how_many_more(match: re.Match[str]) -> Division:
    things = (match["a"], match["b"])
    asks = f"how {match['much']} {match['rest']} {match['at']}"
    return Division("apart", things, tuple(f"{asks} {thing}" for thing in things))


def _how_many_more_did(match: re.Match[str]) -> Division:
    things = (match["a"], match["b"])
    asks = f"how {match['much']} {match['rest']}"
    return Division("apart", things, tuple(f"{asks} {thing} {match['verb']}" for thing in things))
