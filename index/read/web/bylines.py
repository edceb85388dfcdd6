"""What a page says about its authors in, people's names out. Knows no markup.

An author is left out where it is no name: an address, a role, the outlet itself. An agency stays.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from index.read.decode import one_line
from index.read.fields import split_names

_TAG = re.compile(r"<[^<>]{1,300}>")
_ADDRESS = re.compile(r"[(<\[]?\s*(?:mailto:)?[\w.+-]+@[\w-]+\.[\w.-]+\s*[)>\]]?")
_HANDLE = re.compile(r"[(\[]?(?<!\w)@\w+[)\]]?")
_WEB = re.compile(r"https?:|www\.|\w\.(?:com|org|net|co|gov|edu|info|io)\b|/", re.IGNORECASE)
# "Posted by", "Veröffentlicht von", "Post author: By"; a language's own "by" counts only in small letters without such
# a word, because "Von" and "Di" are names too.
_OPENING = re.compile(
    r"""^(?:
        (?:(?:article|by|published|posted|written|reported|story|words|text|report|submitted|compiled|post\s+author|authors?
            |veröffentlicht|geschrieben|erstellt|eingestellt|verfasst|autor(?:in|en)?|publié|écrit|rédigé|auteurs?|publicado|escrito
            |autore|autora|scritto|pubblicato|geschreven|geplaatst|автор)
         (?:\s*[:：]\s*|\s+by:?\s+|\s+(?:von|par|por|da|door)\s+))
        |by:?\s+|(?-i:von|par|por|door|av|af)\s+)""",
    re.VERBOSE | re.IGNORECASE,
)
# Behind a name: "| The Outlet", " - The Outlet", "(Reuters)", "in Paris", "for The Outlet".
_BEHIND = re.compile(
    r"\s*(?:[|•·\[(]|\s[-–—]\s|\s(?:in|for|at|on|with|is|was|has|covers|writes|am|für|pour|para)\s).*$"
)
_DEGREE = re.compile(r",\s*(?:Ph\.?D|M\.?D|MBA|MA|MSc|BSc|RN|JD|Esq|CFA|CPA)\b\.?", re.IGNORECASE)
_COMPANY = re.compile(r"\b(?:GmbH|Inc|Ltd|LLC|LLP|Corp|plc|AG|Pty|S\.A\.|e\.\s?V|B\.V)(?!\w)")

# What people are, and what stands for nobody: "Jane Doe, Political correspondent", "Staff writer", "No author".
_ROLE = frozenset(
    """
    admin administrator analyst anchor blogger columnist columnists contributor contributors correspondent
    correspondents critic desk editor editors host intern journalist journalists newsdesk newsroom photographer
    presenter producer reporter reporters staff staffer team teams webdesk webmaster writer writers
    redaktion redakteur redakteurin chefredakteur chefredakteurin journalistin korrespondent korrespondentin volontär
    redacción redaction rédaction redazione redactie redakcja redaksi journaliste correspondant correspondante
    periodista corresponsal giornalista inviato redactor redactora editora
    """.split()
)
_NOBODY = _ROLE | frozenset(
    """
    a about all an and anonymous article articles associate author authors bureau by chief comments contributing deputy
    die digital director editorial feed follow freelance freelancer from guest here image managing more news no none
    of office online our photo photos political post posts press published reporting senior service services share
    special specialist sponsored sports sport super tech the uncategorized unknown updated user video view web wire
    world writing
    """.split()
)
_LONGEST = 60
_MOST_WORDS = 6
_EDGES = re.compile(r"^[\s.,;:|/*\"“”‘’•·–—-]+|[\s,;:|/*\"“”‘•·–—-]+$")


def people(given: Iterable[str], *, outlets: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in what is given, in order, each once.

    Args:
        given: Names, lists of names, bylines.
        outlets: What the outlet is called, also its host name: no person.
    """
    barred = {_letters(outlet) for outlet in outlets} - {""}
    found: dict[str, str] = {}
    for text in given:
        if _COMPANY.search(text) or _is_barred(text, barred):  # "Example Ltd, Munich", "Bricks & Mortar"
            continue
        for name in _names(text):
            if not _is_barred(name, barred):
                found.setdefault(_letters(name), name)
    return tuple(found.values())


def _is_barred(name: str, barred: set[str]) -> bool:
    key = _letters(name)
    return key in barred or key.removeprefix("the") in barred or "the" + key in barred


def _names(text: str) -> Iterator[str]:
    text = _TAG.sub(" ; ", html.unescape(html.unescape(text)))
    text = one_line(_DEGREE.sub("", _HANDLE.sub(" ", _ADDRESS.sub(" ; ", text))))
    for piece in split_names(_OPENING.sub("", text.replace(" And ", " and ").replace(" AND ", " and "))):
        name = _bare(piece)
        if _is_name(name):
            yield name


def _bare(piece: str) -> str:
    """The name without what is written before and behind it."""
    name = _EDGES.sub("", _OPENING.sub("", piece))
    short = _EDGES.sub("", _BEHIND.sub("", name))
    if " " in short:
        name = short
    words = name.split()
    while len(words) > 2 and words[-1].lower().strip(".") in _ROLE:
        words.pop()
    return " ".join(words)


def _is_name(name: str) -> bool:
    words = re.findall(r"[^\W\d_]+", name.lower())
    return (
        1 < len(name) <= _LONGEST
        and 0 < len(words) <= _MOST_WORDS
        and len(max(words, key=len)) > 1
        and not any(letter.isdigit() for letter in name)
        and not _WEB.search(name)
        and words[-1] not in _ROLE
        and not all(word in _NOBODY for word in words)
    )


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
