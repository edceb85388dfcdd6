"""An opened article in, its HTML out: what is known of it, its versions and copies, its text with the words marked.

All text from elsewhere is escaped. Knows nothing about Gradio. Whatever opens an article carries `data-article`, and
may carry `data-at`, the characters to show, and `data-n`, the evidence it belongs to (page/js/reader.js).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from ui.links import link
from ui.looking.languages import language_name
from ui.markup.text import at, byline, text
from ui.words import clean, counted, dated_by, day, elsewhere, headline, notices, one_line

if TYPE_CHECKING:
    from datetime import datetime

    from index.types import Article, Copy, Removed, RemovedKind
    from ui.looking.difference import Edit, Piece
    from ui.looking.opened import Opened, Place, Span, Version

REMOVED: Mapping[RemovedKind, str] = {
    "headline": "the headline again",
    "header": "above the text",
    "caption": "caption",
    "credit": "credit",
    "translation": "translation",
    "copyright": "copyright",
    "contact": "contact",
    "related": "other articles",
    "prompt": "to the reader",
}
"""What a line was that is no reporting."""

_FOCUS = '<mark class="focus"'


def reader(opened: Opened, place: Place | None = None) -> str:
    """An article to read.

    Args:
        opened: What is shown of it.
        place: Where it stands among an answer's sources, to go on to the next; None: by itself.
    """
    article = opened.article
    n = f' data-n="{place.evidence[place.at].n}"' if place else ""
    turn = f' data-turn="{place.turn}"' if place else ""
    language = f' lang="{escape(article.language)}"' if article.language else ""
    return (
        f'<article class="reader" aria-labelledby="reader-title" data-said="{text(_said(opened, place))}"{turn}>'
        f"{_bar(article, place)}{_header(article)}{_newest(opened, n)}{_outdated(opened)}{_relations(opened, n)}"
        f'<div class="reader-text"{language}>{passages(article.text, opened.spans, opened.focus)}</div>'
        f"{_removed(article.removed)}</article>"
    )


def trouble(words: str) -> str:
    """Why an article cannot be shown, in its place."""
    return (
        f'<article class="reader"><div class="reader-bar">{_CLOSE}</div><p class="trouble">{text(words)}</p></article>'
    )


def passages(words: str, spans: Sequence[Span], focus: Sequence[Span] = ()) -> str:
    """A text in paragraphs, one for each line, with marks; read without its tags it is the text, cleaned.

    Args:
        words: The text.
        spans: What to mark: in order, apart. Where one reaches over several lines, each has a mark of its own.
        focus: Those of the spans to show first; the first of their marks has the id `reader-focus`.
    """
    lines, start = [], 0
    for line in words.split("\n"):
        lines.append(_line(line, [(a - start, b - start, (a, b) in focus) for a, b in spans]))
        start += len(line) + 1
    return "\n".join(lines).replace(_FOCUS, f'{_FOCUS} id="reader-focus"', 1)


def _line(line: str, spans: Sequence[tuple[int, int, bool]]) -> str:
    if not line.strip():
        return escape(clean(line))
    pieces, reached = [], 0
    for start, end, is_focus in spans:
        begin, stop = max(start, 0), min(end, len(line))
        if begin < stop and (marked := escape(clean(line[begin:stop]))):
            mark = _FOCUS if is_focus else "<mark"
            pieces += [escape(clean(line[reached:begin])), f"{mark}>{marked}</mark>"]
            reached = stop
    return f'<p dir="auto">{"".join(pieces)}{escape(clean(line[reached:]))}</p>'


def _said(opened: Opened, place: Place | None) -> str:
    """What a screen reader is told beside the headline."""
    where = f"Source {place.at + 1} of {len(place.evidence)}. " if place else ""
    return f"{where}{counted(len(opened.spans), 'passage')} marked."


_CLOSE = '<button type="button" data-act="close" title="Close (Esc)">Close</button>'
_FIND = (
    '<div class="reader-find" role="search"><label class="unseen" for="reader-find">Find in this article</label>'
    '<input id="reader-find" type="search" placeholder="Find in article" autocomplete="off" spellcheck="false">'
    '<output for="reader-find"></output></div>'
)


def _bar(article: Article, place: Place | None) -> str:
    """What can be done: go to another source, open the original, close, find words."""
    address = link(article.url)
    original = (
        f'<a class="original" href="{escape(address)}" target="_blank" rel="noopener noreferrer">Original ↗</a>'
        if address
        else ""
    )
    return f'<div class="reader-bar">{_sources(place) if place else ""}{original}{_CLOSE}{_FIND}</div>'


def _sources(place: Place) -> str:
    count = f"{place.at + 1} of {len(place.evidence)}"
    return (
        '<div class="reader-sources" role="group" aria-label="Sources of this answer">'
        f"{_source(place, place.at - 1, 'previous', 'Previous source', '←')}"
        f"{_source(place, place.at, 'here', f'Source {count}: back to its words', count)}"
        f"{_source(place, place.at + 1, 'next', 'Next source', '→')}</div>"
    )


def _source(place: Place, number: int, act: str, name: str, sign: str) -> str:
    """A button that opens one of an answer's sources; it can't be pressed where there is none."""
    if not 0 <= number < len(place.evidence):
        return f'<button type="button" data-act="{act}" aria-label="{name}" disabled>{sign}</button>'
    source = place.evidence[number]
    return (
        f'<button type="button" data-act="{act}" data-article="{escape(source.article.id)}" data-n="{source.n}" '
        f'data-at="{at([(source.start, source.end)])}" aria-label="{name}" title="{name}">{sign}</button>'
    )


def _header(article: Article) -> str:
    authors = text(", ".join(article.authors))
    language = "" if article.language in ("", "en") else f"in {language_name(article.language)}"
    about = " · ".join(filter(None, (f"By {authors}" if authors else "", text(article.section), text(language))))
    known = f"Date from {dated_by(article)}" if article.published_from else ""
    title = escape(headline(article))
    return (
        f'<header><h2 id="reader-title" dir="auto" tabindex="-1">{title}</h2><p>{byline(article)}</p>'
        + (f'<p class="about" dir="auto">{about}</p>' if about else "")
        + (f'<p class="known">{text(known)}</p>' if known else "")
        + "".join(f'<p class="notice" dir="auto">{text(each)}</p>' for each in notices(article))
        + "</header>"
    )


def _newest(opened: Opened, n: str) -> str:
    """That the outlet has replaced this text, and with which."""
    if not opened.later:
        return ""
    newest = opened.later[-1].copy
    return (
        f'<p class="superseded">A newer version exists: {_moment(newest.published)} {_opener(newest, "Open it", n)}</p>'
    )


def _outdated(opened: Opened) -> str:
    said = "This article was changed in the archive after the answer was given. Ask again to see the words marked."
    return f'<p class="superseded">{said}</p>' if opened.outdated else ""


def _relations(opened: Opened, n: str) -> str:
    versions = [_version(each, "Newer", n) for each in opened.later]
    versions += [_version(each, "Earlier", n) for each in opened.earlier]
    return "".join(versions) + _elsewhere(opened, n)


def _version(version: Version, which: str, n: str) -> str:
    name = f"{which} version of {_moment(version.copy.published)}"
    if version.title is None or version.text is None:
        return f'<p class="version">{name} {_opener(version.copy, "Open it", n)}</p>'
    title = " ".join(_pieces(each.pieces) for each in version.title) if _is_changed(version.title) else ""
    told = [f'<li dir="auto">Headline: {title}</li>'] if title else []
    told += _edits(version.text) if _is_changed(version.text) else []
    changes = f'<ol class="changes">{"".join(told)}</ol>' if told else "<p>The words are the same.</p>"
    return (
        f'<details class="version"><summary>{name}: what changed</summary>{changes}'
        f"<p>{_opener(version.copy, f'Open the {which.lower()} version', n)}</p></details>"
    )


def _is_changed(edits: Sequence[Edit]) -> bool:
    return any(edit.fate != "kept" for edit in edits)


def _edits(edits: Sequence[Edit]) -> list[str]:
    """What changed, sentence by sentence; what did not is counted."""
    told: list[str] = []
    for is_kept, run in groupby(edits, key=lambda edit: edit.fate == "kept"):
        if is_kept:
            told.append(f'<li class="kept">{counted(len(list(run)), "sentence")} unchanged</li>')
        else:
            told += [f'<li dir="auto">{_pieces(edit.pieces)}</li>' for edit in run]
    return told


def _pieces(pieces: Sequence[Piece]) -> str:
    """The words of a sentence, with those that were removed and added; each also says so to those who can't see it."""
    told = ""
    for piece in pieces:
        words = text(piece.text.lstrip())
        if told and (piece.text[:1].isspace() or (piece.fate == "added" and told.endswith("</del>"))):
            told += " "
        match piece.fate:
            case "kept":
                told += words
            case "removed":
                told += f'<del><span class="unseen">removed: </span>{words}</del>'
            case "added":
                told += f'<ins><span class="unseen">added: </span>{words}</ins>'
    return told


def _elsewhere(opened: Opened, n: str) -> str:
    """Who else tells the story in the same words, each to be opened."""
    if not opened.elsewhere:
        return ""
    others = text(elsewhere(opened.outlets)) or counted(len(opened.elsewhere), "other copy", "other copies")
    items = "".join(f"<li>{_copy(each, n)}</li>" for each in opened.elsewhere)
    return f'<details class="elsewhere"><summary>{others[0].upper()}{others[1:]}</summary><ul>{items}</ul></details>'


def _copy(copy: Copy, n: str) -> str:
    about = (
        _moment(copy.published),
        "the origin" if copy.role == "origin" else "",
        "replaced by a newer version" if copy.superseded_by else "",
    )
    outlet = f'<bdi class="outlet">{text(copy.outlet)}</bdi> ' if copy.outlet else ""
    name = one_line(copy.title) or one_line(copy.article_id)
    return f'{outlet}{_opener(copy, name, n)} <span class="day">{" · ".join(filter(None, about))}</span>'


def _opener(copy: Copy, words: str, n: str) -> str:
    return f'<button type="button" class="opener" data-article="{escape(copy.article_id)}"{n}>{text(words)}</button>'


def _moment(published: datetime | None) -> str:
    """A day, with the time where one is known: versions of one day must be told apart."""
    if published is None:
        return "undated"
    has_time = published.tzinfo is not None or published.hour or published.minute
    return f"{day(published)}, {published:%H:%M}" if has_time else day(published)


def _removed(removed: Sequence[Removed]) -> str:
    """The lines that were taken out of the text."""
    if not removed:
        return ""
    items = "".join(
        f'<li><span class="kind">{REMOVED[each.kind]}</span> <bdi>{text(each.text)}</bdi></li>' for each in removed
    )
    lines = counted(len(removed), "line")
    return f'<details class="removed"><summary>Left out of the text: {lines}</summary><ul>{items}</ul></details>'
