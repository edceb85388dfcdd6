"""The lines of an article in; what they say about it, and which of them are headline and header, out.

Looks for what the file itself does not state. Knows no format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from index.dates.words import MONTHS, WEEKDAYS
from index.read.dating import from_dateline, from_name, from_url
from index.read.fields import web_address
from index.read.language import language_code, language_of
from index.read.tidy.captions import AGENCY
from index.read.tidy.header import Says, header
from index.read.tidy.lines import Line
from index.read.types import Dating, Fields
from index.types import RemovedKind

_HEAD_LINES = 14
_FOOT_LINES = 8
_LONGEST_BIOGRAPHY = 300  # characters
_LONG_PARAGRAPH = 250  # characters; below one, or below two sentences, there is no header line
_LONGEST_HEADLINE = 150  # characters; longer is a paragraph
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
_LONGEST_QUESTION = 100  # a lead may be one
_FEWEST_WORDS = 3  # "Sports" and "Jane Doe" stand above an article, too
# A list's item, a byline, two sentences, "Jane Doe | Staff Writer | 5 days ago".
_NO_HEADLINE = re.compile(
    r"^[-*•·]|^(?:By|BY) [A-Z]|[a-z]{2}[.?!] [A-Z]|[|•].*\b(?:[Ww]riter|[Rr]eporter|[Ee]ditor|ago)\b"
)
_LANGUAGE_LINES = 6
_LONGEST_ENDING = 40  # characters that an outlet adds to a headline: " - The Vennmouth Herald"

_STATEMENT_END = re.compile(r"[.…。．:;,][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_OUTLET_BEHIND = re.compile(r"\s*[|–—»]|\s+-\s")
_SIGNS = re.compile(r"[\W_]+")

_AGENCY_ALONE = re.compile(rf"[-–—/(\[\s]*(?P<agency>{AGENCY}|Associated Press|Agence France-Presse)[)\]\s.]*")
_RIGHTS = re.compile(
    r"(?:©|ⓒ|\([cC]\)|[Cc]opyright|COPYRIGHT|<저작권자)[\s©ⓒ:(cC)]*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:20)?\d\d)?[\s,]*)?"
    r"(?:[Bb]y\s+)?(?P<name>[^\W\d_a-z](?:[^\n.,(|©<>]|\.(?=\w)|,(?= Inc| Ltd| LLC))*?)"
    r"(?=\s*(?:[(|,<>©]|\.(?:\s|$)|[-–—]\s|\b[Aa]ll |\bALL |무단|$))"
)
_HAS_YEAR = re.compile(r"\d{4}")
_DATELINE = re.compile(
    r"\W{0,2}(?:[A-Z][A-Z.'’ -]{2,30}(?:[,/]\s?[\w.,' /]{1,40}?)?"  # "SEOUL, Dec. 22"
    r"|[A-Z][\w .'-]{1,30},\s[A-Z]\w+\.?\s\d{1,2}(?:,\s\d{4})?)?"  # "Seoul, Dec. 22"
    r"\s*[(\[](?P<agency>[^\W\d_a-z][^()\[\]\n=]{1,38})[)\]]\s*(?:--?|[–—=:])\s"
)
_KOREAN_DATELINE = re.compile(
    r"[(\[]\S+=(?P<agency>[가-힣A-Za-z]{2,12})[)\]]\s*(?:(?P<name>[가-힣]{2,4})\s?(?:기자|특파원)\s*=)?"
)
_MOST_WORDS_BESIDE_EMAIL = 4  # the reporter's name; "Mail the town at x@y" is no outlet's address
_EMAIL_HOST = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[a-zA-Z]{2,})")
_MAIL_SERVICES = re.compile(
    r"(?:.*\.)?(?:gmail|googlemail|yahoo|hotmail|outlook|live|msn|aol|icloud|me|mac|protonmail|proton|gmx|web|naver|daum|"
    r"hanmail|kakao|qq|163|126|mail|yandex|zoho|t-online|orange|free|laposte)\.[\w.]+"
)


Header = tuple[RemovedKind, tuple[Says, ...]]
"""What a line is, and what it says."""


def headers(lines: Sequence[Line], title: str, authors: Sequence[str]) -> dict[int, Header]:
    """The lines of an article that are headline or header, by their number.

    Args:
        lines: Of the article.
        title: What the file states, or "".
        authors: What the file states.
    """
    found = _head(lines, title)
    found = _of_one_day(found | _foot(lines, after=max(found, default=-1)))
    known = {*authors, *(name for _, said in found.values() for one in said for name in _authors(one))}
    return found | _about_authors(lines, known, found)


def _authors(one: Says) -> tuple[str, ...]:
    return one.value if isinstance(one.value, tuple) else ()


def _about_authors(lines: Sequence[Line], authors: Set[str], found: Mapping[int, Header]) -> dict[int, Header]:
    """The last lines if they tell who an author is, and "Words by Jane Doe" wherever it stands."""
    about: dict[int, Header] = {}
    if not authors:
        return about
    begins, ends = tuple(f"{name} " for name in authors), tuple(authors)
    ending = True
    for at in range(len(lines) - 1, -1, -1):
        text, _, kind = lines[at]
        if kind is not None or at in found:
            continue
        if ending and len(text) <= _LONGEST_BIOGRAPHY and text.startswith(begins):
            about[at] = "credit", ()
            continue
        ending = False
        if len(text) <= _LONGEST_BIOGRAPHY and text.endswith(ends) and (said := header(text, below_headline=False)):
            about[at] = "header", said
    return about


def _head(lines: Sequence[Line], title: str) -> dict[int, Header]:
    found: dict[int, Header] = {}
    headline, sentences, first = -2, 0, True
    for at, (line, _, kind) in enumerate(lines[:_HEAD_LINES]):
        if kind is not None:
            continue
        if is_headline_of(line, title):
            found[at], headline = ("headline", ()), at
        elif (said := header(line, below_headline=at == headline + 1)) and not (sentences and web_address(line)):
            found[at] = "header", said
        elif first and not title and _is_headline(line, lines[at + 1 :]):
            found[at], headline, first = ("headline", (Says("title", line, line),)), at, False
        else:
            first = first and line.count(" ") < _FEWEST_WORDS - 1  # the name of a section
            sentences += bool(_SENTENCE_END.search(line) or len(line) > _LONGEST_HEADLINE)
            if sentences == 2 or len(line) > _LONG_PARAGRAPH:
                break
    return found


def _of_one_day(found: dict[int, Header]) -> dict[int, Header]:
    """The same without lines that hold nothing but a date, if there are two: they are a list of days."""
    bare = [at for at, (_, said) in found.items() if said and said[0].field == "dating" and _is_day(said[0].line)]
    return {at: one for at, one in found.items() if at not in bare} if len(bare) > 1 else found


def _is_day(line: str) -> bool:
    word = _FIRST_WORD.match(line)
    return word is None or word[1].lower() in MONTHS or word[1].lower() in WEEKDAYS


def _foot(lines: Sequence[Line], *, after: int) -> dict[int, Header]:
    found: dict[int, Header] = {}
    for at in range(len(lines) - 1, max(len(lines) - _FOOT_LINES, after + 1), -1):
        line, _, kind = lines[at]
        if kind is not None:
            continue
        if agency := _AGENCY_ALONE.fullmatch(line):
            found[at] = "credit", (Says("source", agency["agency"], line),)
        elif not web_address(line) and (said := header(line, below_headline=False)):
            found[at] = "header", said
        else:
            break
    return found


def is_headline_of(line: str, title: str) -> bool:
    """Whether the line is the title, with or without the outlet that one of them ends in."""
    if not title or len(line) > len(title) + _LONGEST_ENDING:
        return False
    one, other = (_SIGNS.sub("", text.casefold()) for text in (line, title))
    if one == other:
        return bool(one)
    longer, shorter = (title, line) if len(title) > len(line) else (line, title)
    ending = longer[len(shorter) :]
    return longer.startswith(shorter) and len(ending) <= _LONGEST_ENDING and bool(_OUTLET_BEHIND.match(ending))


def _is_headline(line: str, below: Sequence[Line]) -> bool:
    """Whether this is a short line without a full stop, and sentences follow."""
    return (
        len(line) <= (_LONGEST_QUESTION if line[-1] in "?!" else _LONGEST_HEADLINE)
        and (line.count(" ") >= _FEWEST_WORDS - 1 or not line.isascii())
        and not _STATEMENT_END.search(line)
        and not _NO_HEADLINE.search(line)
        and any(_SENTENCE_END.search(text) for text, _, _ in below)
    )


def complete(fields: Fields, said: Sequence[Says], lines: Sequence[Line], name: str) -> Fields:
    """The fields with what their file does not state, and what gave it.

    Args:
        fields: As the format gives them.
        said: What headline and header lines say, in order.
        lines: Of the article.
        name: Of the file.
    """
    reporting = [text for text, _, kind in lines if kind is None]
    opening = reporting[0] if reporting else ""
    found: dict[str, Any] = {}
    given_by: list[tuple[str, str]] = []
    stated = ((one.field, one.value, f"the line “{one.line}”") for one in said if one.field not in {"dating", "url"})
    url = fields.url or next((url for one in said if one.field == "url" and (url := web_address(str(one.value)))), None)
    told = chain(
        stated,
        [("url", url, "a line of its own"), ("authors", _reporter(opening), "the dateline")],
        () if fields.source else _sources(lines, opening, url),
        () if fields.dating else (("dating", dating, "") for dating in _datings(said, opening, url, fields, name)),
    )
    for field, value, source in told:
        if value and field not in found and not getattr(fields, field):
            found[field] = value
            if field != "dating":
                given_by.append((field, source))
    language = language_code(fields.language) or fields.language
    if not language and (language := language_of("\n".join(reporting[:_LANGUAGE_LINES]))):
        given_by.append(("language", "the text"))
    return replace(fields, language=language, given_by=(*fields.given_by, *given_by), **found)


def rights_holder(line: str) -> str:
    """Who holds the rights by a line such as "© 2025 The Harrow Post. All rights reserved.", "" if nobody is named."""
    rights = _RIGHTS.search(line)
    return rights["name"].strip() if rights and not _HAS_YEAR.search(rights["name"]) else ""


def _sources(lines: Sequence[Line], opening: str, url: str | None) -> Iterator[tuple[str, str, str]]:
    """Outlets, the surest first: who holds the rights, where the page is, which agency the dateline names."""
    for text, _, kind in reversed(lines):
        if kind == "copyright" and (name := rights_holder(text)):
            yield "source", name, f"the line “{text}”"
    dateline = _DATELINE.match(opening) or _KOREAN_DATELINE.match(opening)
    agency = dateline["agency"] if dateline else ""
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    if agency and (not host or _SIGNS.sub("", agency.casefold()) in host):
        yield "source", agency, "the dateline"
    for text, _, kind in lines:
        own = kind == "header" or (kind == "contact" and len(text.split()) <= _MOST_WORDS_BESIDE_EMAIL)
        mail = _EMAIL_HOST.search(text) if own else None
        if mail and not _MAIL_SERVICES.fullmatch(mail[1].lower()):
            yield "source", mail[1].lower(), f"the line “{text}”"
    yield "source", host, "its URL"


def _reporter(opening: str) -> tuple[str, ...]:
    korean = _KOREAN_DATELINE.match(opening)
    return (korean["name"],) if korean and korean["name"] else ()


def _datings(said: Sequence[Says], opening: str, url: str | None, fields: Fields, name: str) -> Iterator[Dating | None]:
    """Dates of publication, the surest first."""
    lines = [one.value for one in said if isinstance(one.value, Dating)]
    yield from sorted(lines, key=lambda dating: dating.sure != "stated")
    yield from_dateline(opening)
    yield from_url(url) if url else None
    if fields.record is None:  # a file of many is named after the day it was made
        yield from_name(name)
