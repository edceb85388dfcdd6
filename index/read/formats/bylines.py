"""What a page says about its authors in, people's names out. Knows no markup.

An author is left out where it is no name: an address, a role, the outlet itself. An agency stays.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from index.read.decode import one_line
from index.read.fields import split_names

_TAG = re.compile(r"<[^<>]{1,300}>")
_ADDRESS = re.compile(r"[(<\[]?\s*(?:mailto:)?[\w.+-]+@[\w-]+\.[\w.-]+\s*[)>\]]?")
_HANDLE = re.compile(r"[(\[]?(?<!\w)@\w+[)\]]?")
_WEB = re.compile(r"https?:|www\.|\w\.(?:com|org|net|co|gov|edu|info|io)\b|/", re.IGNORECASE)
_OPENING = re.compile(
    r"""^(?:(?:(?:written|story|posted|reported|reporting|words|text|report|article|published|created|submitted|compiled|analysis|opinion)\s+)?by
        |authors?|from\s+our\s+correspondent|text|words|von|par|por|door|av|af|przez|автор|auteur|autor|autore|autora)(?:\s*[:：]\s*|\s+)""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHER_LANGUAGES = frozenset("von par por door av af text words".split())
# Behind a name: "| The Outlet", " - The Outlet", "(Reuters)", "in Paris", "for The Outlet", "at PM".
_BEHIND = re.compile(r"\s*(?:[|•·\[(]|\s[-–—]\s|\s(?:in|for|at|on|with|is|was|has|covers|writes)\s).*$")
_INITIALS_BEHIND = re.compile(r",\s*(?:Ph\.?D|M\.?D|MBA|MA|MSc|BSc|RN|JD|Esq|CFA|CPA)\b\.?", re.IGNORECASE)

# "Jane Doe, Political correspondent": the second is no person. Whole words, the last one of a title or all of it.
_ROLES = frozenset(
    """
    admin administrator analyst anchor associate author blogger bureau chief columnist columnists contributor
    contributors contributing correspondent correspondents critic desk director editor editors editorial editors
    freelance freelancer guest host intern journalist journalists manager newsdesk newsroom photographer presenter
    producer publisher redactie redaktion redacción redaction rédaction redazione reporter reporters reporting senior
    specialist staff staffer team user webmaster writer writers writing webdesk online digital service services
    news web wire press office unknown anonymous agency agencies special our the a of by and from
    """.split()
)
_ROLE_ENDS = frozenset(
    """
    admin administrator analyst anchor blogger columnist contributor contributors correspondent correspondents critic
    desk editor editors intern journalist journalists newsdesk newsroom photographer presenter producer redactie
    redaktion redacción redaction rédaction redazione reporter reporters staff team webdesk writer writers
    """.split()
)
_LONGEST = 60
_MOST_WORDS = 6


def people(given: Iterable[str], *, outlets: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in what is given, in order, each once.

    Args:
        given: Names, lists of names, bylines.
        outlets: What the outlet is called, also its host name: no person.
    """
    barred = {_letters(outlet) for outlet in outlets} - {""}
    found: dict[str, str] = {}
    for text in given:
        for name in _names(text):
            key = _letters(name)
            if key and key not in barred and key.removeprefix("the") not in barred:
                found.setdefault(key, name)
    return tuple(found.values())


def _names(text: str) -> Iterable[str]:
    text = one_line(_TAG.sub(" ", html.unescape(html.unescape(text))))
    text = _INITIALS_BEHIND.sub("", _HANDLE.sub(" ", _ADDRESS.sub(" ; ", text)))
    text = _OPENING.sub("", one_line(text))
    for piece in split_names(text):
        name = _BEHIND.sub("", _OPENING.sub("", piece)).strip(" \t.,;:|/*\"'“”‘’-–—•·").strip()
        if _is_name(name):
            yield name


def _is_name(name: str) -> bool:
    words = name.lower().replace("-", " ").replace(".", " ").split()
    return (
        1 < len(name) <= _LONGEST
        and 0 < len(words) <= _MOST_WORDS
        and not any(letter.isdigit() for letter in name)
        and any(letter.isalpha() for letter in name)
        and not _WEB.search(name)
        and words[-1] not in _ROLE_ENDS
        and not all(word in _ROLES for word in words)
    )


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
