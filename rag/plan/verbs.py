"""A verb's first form in, the forms in which news tells that it happened out, and back. English; a table and a rule."""

from __future__ import annotations

import re

_IRREGULAR = """
be was been|become became become|beat beat beaten|begin began begun|break broke broken|bring brought brought
build built built|buy bought bought|catch caught caught|come came come|cost cost cost|cut cut cut
do did done|draw drew drawn|fall fell fallen|fight fought fought|find found found|flee fled fled|fly flew flown
get got got|give gave given|go went gone|grow grew grown|have had had|hit hit hit|hold held held|keep kept kept
lead led led|leave left left|lose lost lost|make made made|meet met met|pay paid paid
put put put|quit quit quit|read read read|rise rose risen|run ran run|say said said
see saw seen|sell sold sold|send sent sent|set set set|shut shut shut|sink sank sunk|speak spoke spoken
spend spent spent|split split split|stand stood stood|strike struck struck|swear swore sworn
take took taken|tell told told|win won won|withdraw withdrew withdrawn|write wrote written
"""
_REGULAR = (
    "admit announce appear apologise apologize approve arrive attack ban call carry cause claim close collapse crash "
    "create cross declare destroy die earn elapse employ end enter erupt fail fire finish happen injure invade join "
    "kill land last launch marry move name occur open order own pass plead promise propose produce publish raise reach "
    "receive record reject release report resign retire score serve sign start step stop sue suffer surrender visit "
    "vote warn"
).split()
"""Verbs of news whose first form a rule would not find again: "scored" is of "score", "entered" of "enter"."""

_FORMS: dict[str, tuple[str, str]] = {}
for _line in _IRREGULAR.strip().replace("\n", "|").split("|"):
    _base, _past, _participle = _line.split()
    _FORMS[_base] = (_past, _participle)


def _doubles(base: str) -> bool:
    """Whether "ban" becomes "banned": one syllable, one vowel before one last consonant."""
    return re.search(r"^[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]$", base) is not None or base in {"admit", "occur"}


def told(base: str) -> tuple[str, str]:
    """The past and the participle: "leave" gives "left" and "left"."""
    if base in _FORMS:
        return _FORMS[base]
    if base.endswith("e"):
        past = f"{base}d"
    elif base.endswith("y") and base[-2:-1] not in "aeiou":
        past = f"{base[:-1]}ied"
    else:
        past = f"{base}{base[-1] if _doubles(base) else ''}ed"
    return past, past


_BASES = {told(base)[0]: base for base in (*_REGULAR, *_FORMS)}

PASTS = frozenset(_BASES)
"""The forms whose verb is known."""


def base_of(past: str) -> str:
    """The first form of a past: "left" gives "leave"; "" for a verb that is not in the table."""
    return _BASES.get(past.casefold(), "")
