"""The lines of an article in; the same with what each is, by its words, its form and its neighbours, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.read.tidy.captions import before_credit, is_bare_name, is_sourced_caption
from index.read.tidy.lines import Line
from index.read.tidy.notices import notice

_PARAGRAPH = 100  # characters; a bare name between two paragraphs is a caption, in an interview it is an answer
_LONGEST_LINK = 150  # characters of another article's headline
_LINKS_HEADING = re.compile(r"(?:\W*\S+){1,4}|.*:\s*")
_BULLET = re.compile(r"[-–*•·▶►▪>]\s?\S")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_SENTENCE_START = re.compile(r" (?<=[.!?”\")\]。] ) *(?=[^\sa-z])")  # beginning with a blank it is twice as fast


def judged(lines: Sequence[Line]) -> list[Line]:
    """The lines with their kinds. A notice that closes a paragraph of reporting becomes a line of its own."""
    found = [part for line in lines for part in _by_itself(line)]
    _part_ending(found)
    reporting = [at for at, line in enumerate(found) if line.kind is None]
    for number, at in enumerate(reporting[:-1]):
        text = found[at].text
        if is_sourced_caption(text) or (is_bare_name(text) and _is_between_paragraphs(found, reporting, number)):
            found[at] = found[at]._replace(kind="caption")
    end = 0  # of the last list of links: what looks like a heading within it is none
    for at, line in enumerate(found):
        if at >= end and line.kind == "related" and _LINKS_HEADING.fullmatch(line.text):
            end = _end_of_links(found, at + 1)
            for link in _links(found, at + 1, end):
                found[link] = found[link]._replace(kind="related")
    return found


def _by_itself(line: Line) -> Iterator[Line]:
    """The line with its kind; in two if a picture's credit was set behind a paragraph of reporting."""
    kind = line.kind or notice(line.text)
    cut = before_credit(line.text) if kind == "caption" and not line.kind else 0
    if cut:
        yield line._replace(text=line.text[:cut].rstrip())
        yield Line(line.text[cut:].lstrip(), apart=False, kind="credit")
    else:
        yield line if kind is None else line._replace(kind=kind)


def _part_ending(lines: list[Line]) -> None:
    """Takes the notices that close the last paragraph, such as "... he said. (END)", to lines of their own."""
    last = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].kind is None), None)
    if last is None:
        return
    text, apart, _ = lines[last]
    starts = [start.end() for start in _SENTENCE_START.finditer(text)]
    endings: list[Line] = []
    while starts and (kind := notice(text[starts[-1] :])):
        endings.insert(0, Line(text[starts[-1] :], apart=False, kind=kind))
        text = text[: starts.pop()].rstrip()
    lines[last : last + 1] = [Line(text, apart, None), *endings]


def _is_between_paragraphs(lines: Sequence[Line], reporting: Sequence[int], number: int) -> bool:
    beside = [lines[at].text for at in (*reporting[max(number - 1, 0) : number], reporting[number + 1])]
    return all(len(text) >= _PARAGRAPH and _SENTENCE_END.search(text) for text in beside)


def _end_of_links(lines: Sequence[Line], start: int) -> int:
    return next((at for at in range(start, len(lines)) if not (lines[at].kind or _is_link(lines[at].text))), len(lines))


def _links(lines: Sequence[Line], start: int, end: int) -> list[int]:
    """The lines of a list of links: all to the end of the article, or those with bullets if reporting follows."""
    found = [at for at in range(start, end) if lines[at].kind is None]
    return found if end == len(lines) else [at for at in found if _BULLET.match(lines[at].text)]


def _is_link(text: str) -> bool:
    return len(text) <= _LONGEST_LINK and not text.endswith((".", ".”", '."'))
