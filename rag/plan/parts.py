"""A question in, the questions it is made of out: comparisons, "which came first", "did A and B both", two in one.

The question is always searched whole as well, so a wrong split costs more than a missed one: "and" and "or" divide only
where the form of the question says that they join two things. English; nothing is known about articles.
"""

from __future__ import annotations

import re

from rag.plan.wording import ASKING, has_topic, own_words, points_back, words_of

MOST_PARTS = 4
"""Each costs a search."""

LEFT_WORDS = 6
"""Of the first question, said after a second one that leans on it."""

_AT = r"(?:in|on|at|of|to|from|by|with|for|under|about|against|after|before|since|until|through|into|over|during)"
_ASKS = rf"(?:{_AT} )?(?:{'|'.join(sorted(ASKING))})\b"
_FORM = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should)\b"
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'&-]*"
_MORE = rf"(?: (?:(?:de|da|del|der|van|von|bin|al|el|la|le|du|dos) )?{_WORD})"
_ANY_NAME = rf"{_WORD}(?:(?: of(?: the)?)?{_MORE})*"
_FULL_NAME = rf"{_WORD}{_MORE}+"
_TITLE = rf"(?!(?:and|or|{_AT}) |{_FORM})(?:(?!the )[a-z]+ )?(?:the )?"
_LIST = r"(?<!between )(?<= )(?P<items>{name}(?:, {title}{name})*,? (?:and|or) {title}{name})"

_TWO = (
    re.compile(rf"(?P<first>(?:{_ASKS}|{_FORM}).+?),? and (?P<second>{_ASKS} .+)", re.IGNORECASE),
    re.compile(rf"(?P<first>(?:{_ASKS}|{_FORM}).+?), and (?P<second>{_FORM} .+)", re.IGNORECASE),
)
_LATER = re.compile(r"\b(?:later|then|also|again|too|afterwards|eventually|answer|react|respond)\b", re.IGNORECASE)
_CHOICE = re.compile(rf"(?P<stem>{_ASKS}.+?) ?[,:–—] (?P<items>[^?]+ or .+)", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:which|what)(?: one| event| of (?:the|these) two)? (?:came|happened|was|took place|began|started|occurred) "
    r"(?:first|earlier|later|last|more recently)",
    re.IGNORECASE,
)
_POSSESSIVES = re.compile(
    rf"(?P<stem>.*\b(?:{_FORM}|{_AT}|which|what|whose)) (?P<a>(?:the )?(?:[\w-]+ ){{0,3}}?[\w-]+(?:['’]s|s['’])) and "
    r"(?P<b>(?:the )?(?:[\w-]+ ){0,3}?[\w-]+(?:['’]s|s['’])) (?P<rest>[a-z].*)"
)
_AGAIN = re.compile(
    r"(?P<stem>.+) (?P<at>in|of|at|on|from|by|for) (?P<a>[^,]+?),? (?P<joint>and|or) (?P=at) (?P<b>[^,]+)",
    re.IGNORECASE,
)
_OPENINGS = frozenset("the a an in at on of from by for his her its their".split())
_WITHIN_NAME = re.compile(rf"{_WORD} (?:of|for) (?:the )?$")
_NAMES = re.compile(_LIST.format(name=_ANY_NAME, title=_TITLE))
_FULL_NAMES = re.compile(_LIST.format(name=_FULL_NAME, title=_TITLE))
_EACH = re.compile(r",? \b(?:both|each|respectively|either)\b|\bboth (?!of\b)", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:more|fewer|less|first|earlier|later|longer|\w+er than|older|younger|bigger|larger)\b", re.I
)
_TOGETHER = re.compile(
    r"\b(?:between|agree\w*|me[et]t(?:ing)?s?|sign\w*|marr\w+|wed|talks?|clash\w*|fight\w*|fought|play\w*|merge\w*|deals?"
    r"|war|relations?|divorce\w*|found(?:ed|ers?)|together|joint(?:ly)?|each other|one another|treaty|border|beat)\b",
    re.IGNORECASE,
)
_REPORTS = r"(?:reports?|articles?|outlets?|accounts?|sources|newspapers?|papers|stories|media|coverage|agencies)"
_SIDES = re.compile(
    rf"\b(?:across|among|between) (?:(?:the|these|those|all|different|several|various) )*{_REPORTS}\b"
    rf"|\b(?:different|various|several|conflicting|differing|competing|other|both|all) (?:news )?{_REPORTS}\b"
    rf"|\b{_REPORTS} (?:\w+ ){{0,3}}?(?:differ|disagree|vary|conflict|contradict|diverge|agree|compare)"
    rf"|\b(?:discrepanc\w+|inconsisten\w+|contradict\w*|disagree\w*|conflicting)\b.*\b{_REPORTS}\b"
    rf"|\beach (?:outlet|article|report|newspaper|paper|source)\b",
    re.IGNORECASE,
)


def several_sided(text: str) -> bool:
    """Whether a question wants the reports of several outlets side by side: "Do the papers differ on the toll?"."""
    return _SIDES.search(text) is not None


def split_question(text: str) -> tuple[str, ...]:
    """The questions that must each be answered to answer this one.

    Args:
        text: The question, standing alone; what a conversation adds may follow its question mark.

    Returns:
        Two to MOST_PARTS questions that stand alone, in order, none longer than the text; () for a question that is
        one, and for one that wants several outlets' reports of one thing.
    """
    asked, mark, carried = " ".join(text.split()).partition("?")
    if several_sided(asked):
        return ()
    for rule in (_two_questions, _choice, _possessives, _repeated, _listed):
        parts = [" ".join(part.split()) for part in rule(asked.rstrip(" .!"))]
        if 2 <= len(parts) <= MOST_PARTS and all(_is_question(part) for part in parts):
            return tuple(f"{part[0].upper()}{part[1:]}{mark}{carried}" for part in parts)
    return ()


def _two_questions(asked: str) -> list[str]:
    """Two questions joined by "and"; what the second leaves to the first is said after it."""
    for pattern in _TWO:
        match = pattern.fullmatch(asked)
        if match and has_topic(words_of(match["first"])[-1]):
            first, second = match["first"], match["second"]
            return [first, f"{second}, {_left_to(first, second)}".rstrip(", ")]
    return []


def _left_to(first: str, second: str) -> str:
    """The names of the first question, or else its words, if the second cannot be understood without."""
    earlier, later = words_of(first), words_of(second)
    said = {word.stem for word in earlier}
    named = any(word.named for word in later)
    if named and not points_back(later, said) and not _LATER.search(second):
        return ""
    telling = [word for word in own_words(earlier) if word.stem not in {own.stem for own in later}]
    kept = sorted(telling, key=lambda word: not word.named)[:LEFT_WORDS]
    return " ".join(word.text for word in telling if word in kept)


def _choice(asked: str) -> list[str]:
    """Asks for one of two: "Which is longer, the bridge or the tunnel", "Which came first, the fire or the flood"."""
    match = _CHOICE.fullmatch(asked)
    if not match or len(match["stem"].split()) < 3:
        return []
    items = [item.removeprefix("either ") for item in re.split(r",? or |, (?=[^,]* or )", match["items"])]
    is_order = _ORDER.fullmatch(match["stem"]) is not None
    openings = {_opening(item) for item in items}
    if "" in openings or (len(openings) > 1 and not is_order):
        return []
    return [f"When was {item}" if is_order else f"{match['stem']}, {item}" for item in items]


def _opening(item: str) -> str:
    """How one of several things begins, which is alike where they are things to choose from; "" for anything else."""
    first = item.partition(" ")[0]
    if first[:1].isupper():
        return "name"
    return {"a": "the", "an": "the"}.get(first, first) if first in _OPENINGS else ""


def _possessives(asked: str) -> list[str]:
    """What two have each: "What were Finn's and Ruiz's times"."""
    match = _POSSESSIVES.fullmatch(asked)
    return [f"{match['stem']} {match[item]} {match['rest']}" for item in ("a", "b")] if match else []


def _repeated(asked: str) -> list[str]:
    """A preposition said twice: "How many died in the Norvik fire and in the Ostrey flood"."""
    match = _AGAIN.fullmatch(asked)
    if not match or (match["joint"] == "or" and not _COMPARED.search(asked)):
        return []
    return [f"{match['stem']} {match['at']} {match[item]}" for item in ("a", "b")]


def _listed(asked: str) -> list[str]:
    """Names joined by "and": "Did Ana Ruiz and Orla Finn both resign"; without "both", only full names."""
    each = _EACH.search(asked) or asked.casefold().startswith("compare")
    match = (_NAMES if each or _COMPARED.search(asked) else _FULL_NAMES).search(asked)
    if not match or (
        not each and (_TOGETHER.search(asked) or (" or " in match["items"] and not _COMPARED.search(asked)))
    ):
        return []
    before, after = asked[: match.start()], asked[match.end() :]
    if _WITHIN_NAME.search(before) or re.match(r",? (?:and|or)\b|,", after):
        return []
    items = re.split(r",? (?:and|or) |, ", match["items"])
    return [_EACH.sub("", f"{before}{item}{after}").replace(" the the ", " the ") for item in items]


def _is_question(part: str) -> bool:
    words = words_of(part)
    return len(words) >= 3 and any(map(has_topic, words))
