"""A question and an archive's outlets in, the outlets whose report is asked for out.

An outlet is asked where the words around its name say that it reported; one that is only spoken of is not. A mistake
costs the right article its place, an outlet overlooked costs nothing: what is in doubt is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from index.words import FUNCTION_WORDS
from rag.plan.called import OutletFound, outlets_in

_LOOK_BACK = 80
"""In characters; a frame before a name is no longer."""

_THE = r"(?:(?:the|le|la|les|el|il|der|die|das)\s+)?"
_KIND = r"(?:(?:newspaper|news (?:agency|site|service|outlet)|website|magazine|broadcaster|daily|weekly)\s+)?"
_REPORTS = (
    r"(?:report(?:s|ing)?|articles?|stor(?:y|ies)|coverage|editorials?|pieces?|interviews?|investigations?|analys[ie]s"
    r"|accounts?|columns?|headlines?|dispatch(?:es)?)"
)
_TOLD = (
    r"(?:reported|said|written|published|printed|quoted|cited|mentioned|described|covered|named|told|broadcast|aired)"
)
_FIRST = r"(?:(?:first|previously|originally|also|both|recently|ever)\s+)?"
# "Reuters reported a loss": of itself.
_NO_FIGURES = (
    r"(?!\s+(?:(?!(?:that|how|about|on|of|in|for|from|by)\b|\S+['’]s)\S+\s+){0,5}"
    r"(?:loss(?:es)?|profits?|earnings|revenues?|results|sales|income)\b)"
)
_GOES_ON_WITH = "|".join(sorted(FUNCTION_WORDS - {"s"} | {"when", "because", "since", "after", "before", "during"}))
# Behind a name: the clause ends, or goes on with a word that cannot belong to the outlet ("Herald owner Ana Ruiz").
_CLAUSE_ENDS = r"\s*(?:[,;:.?!)\]–—]|$)"
_NAME_ENDS = (
    rf"(?:{_CLAUSE_ENDS}|\s+(?:{_GOES_ON_WITH})\b"
    r"|\s+(?:reporters?|journalists?|correspondents?|columnists?|newspaper|website|magazine|yesterday|today|this|last)\b)"
)
_OWNS = r"(?:['’]s|(?<=[sxz])['’])?\s+(?:own\s+|first\s+|latest\s+|recent\s+)?"

_FRAMES = tuple(
    (re.compile(rf"(?:{before})$", re.IGNORECASE), re.compile(behind, re.IGNORECASE), takes_bare)
    for before, behind, takes_bare in (
        # (what stands before the name, what stands behind it, whether a bare name will do)
        (rf"\b(?:according to|as per|laut|selon|según|secondo|volgens)\s+{_THE}{_KIND}", _NAME_ENDS, True),
        (rf"\b{_TOLD}\s+(?:by|in|on)\s+{_THE}{_KIND}", _NAME_ENDS, True),
        (rf"\b{_REPORTS}\s+(?:by|in|from|with)\s+{_THE}{_KIND}", _NAME_ENDS, True),
        (rf"\b(?:latest|news)\s+(?:in|from)\s+{_THE}{_KIND}", _NAME_ENDS, True),
        (rf"(?:^|[,.?!:;(]\s*)per\s+{_THE}", _NAME_ENDS, True),
        (rf"\bper\s+{_THE}", _CLAUSE_ENDS, True),
        (rf"(?:^|[.?!]\s+)in\s+{_THE}", rf",|\s+(?:{_GOES_ON_WITH})\b", False),
        (
            rf"\b(?:says?|said|read|appear(?:s|ed)?|interviewed|speak(?:ing)?|spoke)\s+(?:in|on)\s+{_THE}",
            _NAME_ENDS,
            False,
        ),
        (rf"\b(?:tell|tells|told|telling)\s+{_THE}{_KIND}", rf"(?!\s+to\b){_NAME_ENDS}", False),
        ("", rf"{_OWNS}{_REPORTS}{_NO_FIGURES}\b", True),
        ("", rf"\s+{_FIRST}(?:reported|reports|reporting){_NO_FIGURES}\b", False),
        ("", rf"\s+{_FIRST}(?:wrote|writes|has reported|has written)\b", False),
        (
            rf"\b(?:did|does|do|has|have|had)\s+(?:both\s+|either\s+)?{_THE}{_KIND}",
            rf"\s+{_FIRST}(?:say|write|report(?:ed)?{_NO_FIGURES}|publish|print|quote|cite|describe|cover|mention|note"
            r"|claim|written|published|said|tell)\b",
            False,
        ),
        (
            rf"\b(?:what|as)\s+{_THE}{_KIND}",
            r"\s+(?:said|says|claims|claimed|(?:puts?|tells|told|has|had|reports|reported|describes|described)\s+it)\b",
            False,
        ),
    )
)
# "Who is described as reckless in The Verge?": only at the end, and in nothing that one works or invests in.
_SAID_IN = re.compile(
    rf"\b(?:sa(?:y|ys|id)|writ(?:e|es|ten)|wrote|describes?|claim(?:s|ed)?|{_TOLD}|{_REPORTS})\b"
    r"(?:.*\s)?(?!(?:invest|stake|share|interest|holding|job|cut|change|role|loss|trust|confidence|faith|work)\w*\s)"
    r"\S+\s+in\s+(?:The\s+)?$"
)
_JOINS = re.compile(
    rf"(?:['’]s?)?(?:\s+{_REPORTS})?(?:,\s+|,?\s+(?:and|or|than|versus|vs\.?|&)\s+(?:in\s+|by\s+|from\s+)?){_THE}",
    re.IGNORECASE,
)
_DIFFER = re.compile(r"\s+(?:disagree|differ|contradict)\b", re.IGNORECASE)
_AT_LAST = re.compile(rf"(?:['’]s?)?{_NAME_ENDS}|{_OWNS}{_REPORTS}\b", re.IGNORECASE)


def outlets_asked(text: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """The outlets that a question asks the report of: "according to the Herald", "what did the Post write".

    An outlet that is only spoken of ("Who bought the Herald?") is not asked.

    Args:
        text: The question.
        outlets: Those of the archive.

    Returns:
        Outlets as the archive writes them, in the order of the question.
    """
    named = outlets_in(text, tuple(outlets))
    joined = [bool(_JOINS.fullmatch(text, one.end, other.start)) for one, other in pairwise(named)]
    asked = [_is_asked(text, each) for each in named]
    for at, is_joined in reversed(list(enumerate(joined))):  # "Did the Herald and the Post report ...?"
        asked[at] |= is_joined and (asked[at + 1] or bool(_DIFFER.match(text, named[at + 1].end)))
    for at, is_joined in enumerate(joined):  # "according to the Herald and the Post"
        ends = _AT_LAST.match(text, named[at + 1].end) or _DIFFER.match(text, named[at + 1].end)
        asked[at + 1] |= is_joined and asked[at] and bool(ends)
    chosen = (outlet for is_one, each in zip(asked, named, strict=True) if is_one for outlet in each.outlets)
    return tuple(dict.fromkeys(chosen))


def _is_asked(text: str, name: OutletFound) -> bool:
    before = text[max(0, name.start - _LOOK_BACK) : name.start]
    for leads, follows, takes_bare in _FRAMES:
        if (takes_bare or not name.bare) and follows.match(text, name.end) and leads.search(before):
            return True
    capital = text[name.start].isupper() and (before.endswith(" The ") or " " in text[name.start : name.end])
    at_the_end = re.match(r"\s*(?:[.?!,]|$)", text[name.end :])
    return bool(capital and at_the_end and _SAID_IN.search(before))
