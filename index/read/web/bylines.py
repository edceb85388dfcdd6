"""What a page says about its authors in, people's names out. Knows no markup.

An author is left out where it is no name: an address, a role, the outlet itself. An agency stays.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from index.read.decode import letters, one_line
from index.read.fields import split_names
from index.read.tidy.header import header

_TAG = re.compile(r"<[^<>]{1,300}>")
_ADDRESS = re.compile(r"[(<\[]?\s*(?:mailto:)?[\w.+-]+@[\w-]+\.[\w.-]+\s*[)>\]]?")
_HANDLE = re.compile(r"[(\[]?(?<!\w)@\w+[)\]]?")
_WEB = re.compile(r"https?:|www\.|\w\.(?:com|org|net|co|gov|edu|info|io)\b|/", re.IGNORECASE)
# "Posted by", "Veröffentlicht von", "Post author: By"; a language's own "by" counts only in small letters without such
# a word, because "Von" and "Di" are names too.
_OPENING = re.compile(
    r"""^(?:
        (?:ein\s+(?:artikel|beitrag|bericht)\s+von|un\s+article\s+de|un\s+artículo\s+de|an?\s+article\s+by)\s+|
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
_COMPANY = re.compile(r"\b(?:GmbH|Inc|Ltd|LLC|LLP|Corp|plc|AG|Pty|S\.A\.(?=\s*$)|e\.\s?V|B\.V)(?!\w)")

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
_OFFICES = frozenset(
    """
    account advertisement articles attorney beiträge blog border center centre club college committee council department
    email facebook foundation group home inhalte institute instagram learning magazine media ministry newsletter
    office page posts press professor program programme project protection school scientist society supreme technologist
    television times twitter university verlag weitere
    """.split()
)
_LONGEST = 60
_LONGEST_LINE = 160
_JOINS = re.compile(r"[\W_]*|(?:by|von|par|por|di|door|and|und|et|y|e|en|og|och)[\W_]*", re.IGNORECASE)
_BY_OR_ROLE = re.compile(
    r"\b(?:by|von|par|por|di|door|reporters?|writers?|correspondents?|editors?|columnist|staff|special|redakt)"
    r"|기자|특파원|논설위원",
    re.IGNORECASE,
)
_BY = frozenset("by von par por di da door".split())
_NO_BEGIN = frozenset("more about all other most meet see follow contact last first by from edited photos".split())
# "Jane Doe y Tom Roe" are two, "Ortega y Gasset" is one: on both sides stand two words at least.
_FOREIGN_AND = re.compile(r"(?<=[^\W\d_])\s+(?:und|et|y|e|og|och)\s+(?=[^\W\d_a-z]\S*\s+\S)")
_POINT = re.compile(r"(?<=[가-힣])\s?[·ㆍ]\s?(?=[가-힣]{2,4}(?:\W|$))|(?<=[a-z])\s?·\s?(?=[A-Z]\S* \S)|、")
_MOST_WORDS = 6
_EDGES = re.compile(r"^[\s.,;:|/*\"“”‘’•·–—-]+|[\s,;:|/*\"“”‘•·–—-]+$")


def people(given: Iterable[str], *, outlets: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in what is given, in order, each once.

    Args:
        given: Names, lists of names, bylines.
        outlets: What the outlet is called, also its host name: no person.
    """
    barred = {letters(outlet) for outlet in outlets} - {""}
    found: dict[str, str] = {}
    for text in given:
        if _COMPANY.search(text) or _is_barred(text, barred):  # "Example Ltd, Munich", "Bricks & Mortar"
            continue
        for name in _names(text):
            if not _is_barred(name, barred):
                found.setdefault(letters(name), name)
    return tuple(found.values())


def leading(pieces: str) -> list[str]:
    """The names that a block about authors begins with, out of its pieces with ";" between them.

    What follows is about them or their page: "Follow", "Journalist in Paris", "Last updated".
    """
    found: list[str] = []
    is_joined = True
    for piece in pieces.split(" ; "):
        if _JOINS.fullmatch(piece):
            is_joined = True
        elif people([piece]) and is_joined:
            found.append(piece)
            is_joined = False
        elif found:
            break
    return found


def is_office(name: str) -> bool:
    """Whether a name has a word of an office, a page or a part of an outlet in it: "Staff Attorney", "More stories"."""
    return any(word in _NOBODY or word in _OFFICES for word in re.findall(r"[^\W\d_]+", name.lower()))


def by_line(pieces: list[str]) -> tuple[str, ...]:
    """The names in a line if it is a byline as newsrooms print it: "By Jane Doe and Tom Roe", "윤서진 기자".

    Args:
        pieces: Of the line, as the markup parts them.
    """
    whole = " ".join(pieces)
    if not _BY_OR_ROLE.search(whole):
        return ()
    pairs = (text for at, text in enumerate(pieces) for text in (" ".join(pieces[max(at - 1, 0) : at + 1]), text))
    for text in dict.fromkeys((whole, *pairs)):
        for said in header(text, below_headline=False) if len(text) <= _LONGEST_LINE else ():
            if said.field == "authors" and isinstance(said.value, tuple):
                return said.value
    return ()


def _is_barred(name: str, barred: set[str]) -> bool:
    key = letters(name)
    return key in barred or key.removeprefix("the") in barred or "the" + key in barred


def _names(text: str) -> Iterator[str]:
    text = _TAG.sub(" ; ", html.unescape(html.unescape(text)))
    text = one_line(_DEGREE.sub("", _HANDLE.sub(" ", _ADDRESS.sub(" ; ", text))))
    text = _POINT.sub(" ; ", text.replace(" And ", " and ").replace(" AND ", " and "))
    for piece in split_names(_parted(_OPENING.sub("", text))):
        name = _bare(piece)
        if _is_name(name):
            yield name


def _parted(text: str) -> str:
    """The text with "and" in "Jane Doe y Tom Roe"; "José Ortega y Gasset" stays: a name has two words at least."""
    at = 0
    while found := _FOREIGN_AND.search(text, at):
        before = re.split(r"[,;]| and ", text[: found.start()])[-1]
        at = found.end()
        if len(before.split()) > 1:
            text = f"{text[: found.start()]} and {text[at:]}"
            at = found.start() + len(" and ")
    return text


def _bare(piece: str) -> str:
    """The name without what is written before and behind it."""
    name = _EDGES.sub("", _OPENING.sub("", piece))
    short = _EDGES.sub("", _BEHIND.sub("", name))
    if " " in short:
        name = short
    words = name.split()
    if _is_ours([word.lower() for word in words]):
        return name
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
        and (words[-1] not in _ROLE or _is_ours(words))
        and words[0] not in _NO_BEGIN
        and words[-1] not in _BY
        and not all(word in _NOBODY for word in words)
    )


def _is_ours(words: list[str]) -> bool:
    """Whether this is how a newsroom signs as one: "Our Foreign Staff"."""
    return len(words) > 2 and words[0] == "our"
