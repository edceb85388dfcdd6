"""A question in, the questions it is made of out: comparisons, "which came first", "did A and B both", two in one.

The question is always searched whole as well, so a wrong split costs more than a missed one: "and" and "or" divide only
where the form of the question says that they join two things. English; nothing is known about articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.plan.compared import AT, FORM, Division, Form, chosen, chosen_of, compared, singular
from rag.plan.wording import ASKING, has_topic, own_words, points_back, words_of

MOST_PARTS = 4
"""Each costs a search."""

LEFT_WORDS = 6
"""Of the first question, said after a second one that leans on it."""

_ASKS = rf"(?:{AT} )?(?:{'|'.join(sorted(ASKING))})\b"
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.’'&-]*"
_MORE = rf"(?: (?:(?:de|da|del|der|van|von|bin|al|el|la|le|du|dos) )?{_WORD})"
_ANY_NAME = rf"{_WORD}(?:(?: of(?: the)?)?{_MORE})*"
_FULL_NAME = rf"{_WORD}{_MORE}+"
_TITLE = rf"(?!(?:and|or|{AT}) |{FORM})(?:(?!the )[a-z]+ )?(?:the )?"
_LIST = r"(?<!between )(?<= )(?P<items>{name}(?:, {title}{name})*,? (?:and|or) {title}{name})"

_TWO = (
    re.compile(rf"(?P<first>(?:{_ASKS}|{FORM}).+?)(?P<comma>,?) and (?P<second>{_ASKS} .+)", re.IGNORECASE),
    re.compile(rf"(?P<first>(?:{_ASKS}|{FORM}).+?), and(?P<comma>) (?P<second>{FORM} .+)", re.IGNORECASE),
)
_GAP = re.compile(
    rf"(?P<ask>\w+ {FORM}) (?P<a>(?:the )?[^,]+?) "
    rf"(?P<rest>(?:say|do|think|promise|propose|offer|want|ask|give)\b.*?),? and "
    rf"(?P=ask) (?P<b>(?!(?:{AT}|he|she|it|they) )[^,]+?)(?: say| do)?",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:later|then|also|again|too|afterwards|eventually|answer|react|respond)\b", re.IGNORECASE)
_CHOICE = re.compile(rf"(?P<stem>{_ASKS}.+?) ?[,:–—] (?P<items>[^?]+ or .+)", re.IGNORECASE)
_POSSESSIVES = re.compile(
    rf"(?P<stem>.*\b(?:{FORM}|{AT}|which|what|whose)) (?P<a>(?:the )?(?:[\w-]+ ){{0,3}}?[\w-]+(?:['’]s|s['’])) and "
    r"(?P<b>(?:the )?(?:[\w-]+ ){0,3}?[\w-]+(?:['’]s|s['’])) (?P<rest>[a-z].*)"
)
_AGAIN = re.compile(
    r"(?P<stem>.+) (?P<at>in|of|at|on|from|by|for) (?P<a>[^,]+?),? (?P<joint>and|or) (?P=at) (?P<b>[^,]+)",
    re.IGNORECASE,
)
_ENDS_COMPARED = re.compile(
    r"\b(?:more|less|fewer|most|least|better|worse|best|worst|(?:fast|soon|quick|slow)(?:er|est))$", re.I
)
"""Asked of one thing alone, "Which sold more" is no question."""

_OPENINGS = frozenset("the a an in at on of from by for his her its their".split())
_WITHIN_NAME = re.compile(rf"{_WORD} (?:of|for) (?:the )?$")
_WITHIN_CLAUSE = re.compile(r" (?:when|after|before|because|while|since|if|that|who) ")
"""What happened "when A and B were held" happened to them together."""
_NAMES = re.compile(_LIST.format(name=_ANY_NAME, title=_TITLE))
_FULL_NAMES = re.compile(_LIST.format(name=_FULL_NAME, title=_TITLE))
_EACH = re.compile(
    r",? \b(?:(?:both|each|either|any) of|both|each|respectively|either)\b|\bboth (?!of\b)", re.IGNORECASE
)
_BEFORE_EACH = re.compile(
    rf"(?P<before>(?:.*\b)?{FORM} )(?P<items>[^?]+? and [^?]+?),? (?:both|each)(?P<after> [a-z].*)", re.IGNORECASE
)
_MORE_DID = re.compile(r"did (?:more|fewer|less) .+", re.IGNORECASE)
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
    r"|\beach (?:outlet|article|report(?! (?:an?|the|its|their)\b)|newspaper|paper|source)\b",
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
    division = divided(text)
    return division.questions if division else ()


def divided(text: str) -> Division | None:
    """The same with what it says of how the parts belong together."""
    asked, mark, carried = " ".join(text.split()).partition("?")
    if several_sided(asked):
        return None
    asked = asked.rstrip(" .!")
    for rule in (compared, _two_questions, _choice, _possessives, _repeated, _each, _listed):
        division = rule(asked)
        if division is None:
            continue
        parts = [" ".join(part.split()) for part in division.questions]
        if 2 <= len(parts) <= MOST_PARTS and all(_is_question(part) and len(part) <= len(asked) for part in parts):
            questions = tuple(f"{part[0].upper()}{part[1:]}{mark}{carried}" for part in parts)
            return replace(division, questions=questions)
    return None


def _two_questions(asked: str) -> Division | None:
    """Two questions joined by "and"; what the second leaves to the first is said after it."""
    gap = _GAP.fullmatch(asked)
    if gap:  # "What did A say about it, and what did B"
        things = (gap["a"], gap["b"])
        return Division("apart", things, tuple(f"{gap['ask']} {thing} {gap['rest']}" for thing in things))
    for pattern in _TWO:
        match = pattern.fullmatch(asked)
        if match and (match["comma"] or has_topic(words_of(match["first"])[-1])):
            first, second = match["first"], match["second"]
            return Division("apart", (), (first, f"{second}, {_left_to(first, second)}".rstrip(", ")))
    return None


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


def _choice(asked: str) -> Division | None:
    """Asks for one of two: "Which is longer, the bridge or the tunnel", "Which of Ruiz and Finn left first"."""
    of_two, match = chosen_of(asked), _CHOICE.fullmatch(asked)
    if of_two:
        return chosen(*of_two) if all(map(_opening, of_two[1])) else None
    if not match or len(match["stem"].split()) < 3:
        return None
    stem = match["stem"]
    items = [item.removeprefix("either ") for item in re.split(r",? or |, (?=[^,]* or )", match["items"])]
    openings = {_opening(item) for item in items}
    division = chosen(stem, items)
    is_order = division is not None and division.form == "order"
    if "" in openings or (len(openings) > 1 and not is_order) or (not division and _ENDS_COMPARED.search(stem)):
        return None
    return division or Division("apart", tuple(items), tuple(f"{stem}, {item}" for item in items))


def _opening(item: str) -> str:
    """How one of several things begins, which is alike where they are things to choose from; "" for anything else."""
    first = item.partition(" ")[0]
    if first[:1].isupper():
        return "name"
    return {"a": "the", "an": "the"}.get(first, first) if first in _OPENINGS else ""


def _possessives(asked: str) -> Division | None:
    """What two have each: "What were Finn's and Ruiz's times"."""
    match = _POSSESSIVES.fullmatch(asked)
    if not match:
        return None
    things = (match["a"], match["b"])
    return Division("apart", things, tuple(f"{match['stem']} {thing} {match['rest']}" for thing in things))


def _repeated(asked: str) -> Division | None:
    """A preposition said twice: "How many died in the Norvik fire and in the Ostrey flood"."""
    match = _AGAIN.fullmatch(asked)
    if not match or (match["joint"] == "or" and not _COMPARED.search(asked)):
        return None
    things = (match["a"], match["b"])
    more = _MORE_DID.fullmatch(match["stem"]) if match["joint"] == "or" else None
    division = chosen(f"{match['at']} which place {match['stem']}", things) if more else None
    return division or Division("apart", things, tuple(f"{match['stem']} {match['at']} {item}" for item in things))


def _each(asked: str) -> Division | None:
    """Whoever stands before "each" or "both": "In which towns did Ruiz and the mayor each speak"."""
    match = _BEFORE_EACH.fullmatch(asked)
    if not match or match["items"].count(" and ") > 1:  # "Salt and Pepper Inc and Brim": who can tell
        return None
    items = re.split(r",? and |, ", match["items"])
    return _spread(match["before"], items, match["after"], joint="and") if all(map(_opening, items)) else None


def _listed(asked: str) -> Division | None:
    """Names joined by "and": "Did Ana Ruiz and Orla Finn both resign"; without "both", only full names."""
    each = _EACH.search(asked) or asked.casefold().startswith("compare")
    match = (_NAMES if each or _COMPARED.search(asked) else _FULL_NAMES).search(asked)
    if not match:
        return None
    before, after, joint = asked[: match.start()], asked[match.end() :], "or" if " or " in match["items"] else "and"
    asks_whether = re.fullmatch(FORM, before.strip(), re.IGNORECASE) is not None
    is_choice = joint == "or" and not _COMPARED.search(asked) and not asks_whether
    if not each and (_TOGETHER.search(asked) or is_choice):
        return None
    if _ENDS_COMPARED.search(before.rstrip(" ,:–—")):
        return None
    if _WITHIN_NAME.search(before) or _WITHIN_CLAUSE.search(before) or re.match(r",? (?:and|or)\b|,", after):
        return None
    return _spread(before, re.split(r",? (?:and|or) |, ", match["items"]), after, joint)


def _spread(before: str, items: Sequence[str], after: str, joint: str) -> Division:
    """A question of several as one of each."""
    any_of = joint == "or" or re.search(r"\b(?:either|any)\b", before, re.IGNORECASE)
    lead = _EACH.sub("", before).rstrip()
    form: Form = "apart" if not re.fullmatch(FORM, lead, re.IGNORECASE) else "any" if any_of else "all"
    questions = []
    for item in items:
        verb = re.search(rf"(?:^|(?<= )){FORM}$", lead, re.IGNORECASE)
        opening = f"{lead[: verb.start()]}{singular(verb[0], item)}" if verb else lead
        questions.append(_EACH.sub("", f"{opening} {item}{after}").replace(" the the ", " the "))
    return Division(form, tuple(items), tuple(questions))


def _is_question(part: str) -> bool:
    words = words_of(part)
    return len(words) >= 3 and any(map(has_topic, words))
