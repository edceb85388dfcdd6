"""A conversation in, HTML for the page out. All text that was not written here is escaped.

Knows nothing about Gradio.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rag.serialize import REFUSAL
from ui.conversation import Exchange
from ui.understood import in_short
from ui.words import (
    cited_spans,
    clean,
    counted,
    differing,
    elapsed,
    elsewhere,
    headline,
    marked,
    marks,
    nearest,
    notices,
    unsaid,
    when,
)

if TYPE_CHECKING:
    from rag.types import Answer, Citation, Evidence, Sentence

WELCOME = (
    '<div class="welcome"><p class="lead">Ask what the articles say.</p>'
    "<p>Each sentence of an answer carries the numbers of the words it stands on. "
    "If the articles do not say, neither does onrecord.</p></div>"
)


def masthead(about: str) -> str:
    """The top of the page: the name, and one line on what is in the archive."""
    return f'<header class="masthead"><h1>on<span>record</span></h1><p>{_text(about)}</p></header>'


def conversation(exchanges: Sequence[Exchange]) -> str:
    """Every question with its answer, the latest last; screen readers are told what is added."""
    if not exchanges:
        return f'<div class="conversation">{WELCOME}</div>'
    told = "".join(
        f'<section class="exchange"><h2 dir="auto">{_text(each.question)}</h2>'
        f"{_understood(each)}{_reply(each, turn)}</section>"
        for turn, each in enumerate(exchanges, 1)
    )
    return f'<div class="conversation" role="log" aria-live="polite" aria-label="Conversation">{told}</div>'


def sources(exchanges: Sequence[Exchange]) -> str:
    """The evidence of every answer, the latest unfolded, each card with the id its marks point to.

    Earlier ones come first here and last on the page (page.css): a page that is updated in place then keeps each card's
    element, and with it what is scrolled to and highlighted.
    """
    shown = [(turn, each) for turn, each in enumerate(exchanges, 1) if each.evidence]
    if not shown:
        return '<div class="sources"><p class="hint">The words an answer stands on appear here first.</p></div>'
    latest, _ = shown[-1]
    groups = "".join(_group(turn, each, "open" if turn == latest else "") for turn, each in shown)
    return f'<div class="sources">{groups}</div>'


def link(url: str | None) -> str | None:
    """The address if it is a plain web address, else None: an article may carry `javascript:` or worse."""
    if url is None or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _text(text: str) -> str:
    return escape(clean(re.sub(r"\s+", " ", text)))


def _understood(exchange: Exchange) -> str:
    """One quiet line on what was made of the question; nothing where it was taken as it stands."""
    said = in_short(exchange.query) if exchange.query else ""
    return f'<p class="understood" dir="auto">{_text(said)}</p>' if said else ""


def _reply(exchange: Exchange, turn: int) -> str:
    """How far the answer has come: looking, draft, checked answer, refusal or trouble."""
    if exchange.answer is not None:
        return _refusal(exchange.answer, turn) if exchange.answer.refused else _answer(exchange.answer, turn)
    if exchange.trouble:
        return f'<div class="trouble">{_text(exchange.trouble)}</div>'
    if exchange.draft.strip():
        return f'<div class="draft"><p class="label">Draft, being checked</p><p>{_text(exchange.draft)}</p></div>'
    if exchange.evidence:
        return f'<div class="working">Reading {counted(len(exchange.evidence), "quote")} …</div>'
    if exchange.before:
        return f'<div class="working">{counted(exchange.before, "question")} before yours …</div>'
    return '<div class="working">Looking through the archive …</div>'


def _answer(answer: Answer, turn: int) -> str:
    said = " ".join(_sentence(each, turn) for each in answer.sentences)
    return f'<div class="answer"><div class="said">{said}</div>{_beside(answer, turn)}{_fine_print(answer)}</div>'


def _beside(answer: Answer, turn: int) -> str:
    """Where reports differ, side by side, and what of the question stays open."""
    told = "".join(
        '<div class="differing"><p class="label">Reports differ</p><ul>'
        + "".join(f"<li>{_text(words)}{_link(turn, n)}</li>" for words, n in sides)
        + "</ul></div>"
        for sides in differing(answer)
    )
    left = unsaid(answer)
    return told + (f'<p class="unsaid">The archive does not say: {_text(left)}</p>' if left else "")


def _sentence(sentence: Sentence, turn: int) -> str:
    cited = "".join(_mark(each, turn) for each in marks(sentence))
    if sentence.support == "quoted":
        return f'<q class="quoted" title="The article’s own words">{_text(sentence.text)}</q>{cited}'
    return f'<span class="sentence">{_text(sentence.text)}</span>{cited}'


def _mark(citation: Citation, turn: int) -> str:
    return _link(turn, citation.evidence, f' title="{_text(f"“{citation.quote}”")}"')


def _link(turn: int, n: int, attributes: str = "") -> str:
    return f'<a class="mark" href="#{_id(turn, n)}"{attributes}>{n}</a>'


def _refusal(answer: Answer, turn: int) -> str:
    items = "".join(
        f'<li><a href="#{_id(turn, each.n)}">{_title(each)}</a> {_byline(each)}</li>' for each in nearest(answer)
    )
    listing = f'<p class="label">The nearest articles</p><ul>{items}</ul>' if items else ""
    quotes = " ".join(_sentence(each, turn) for each in answer.closest)
    closest = f'<p class="label">The nearest that it says</p><div class="said">{quotes}</div>' if quotes else ""
    return f'<div class="refusal"><p class="notsaid">{REFUSAL}</p>{closest}{listing}{_fine_print(answer)}</div>'


def _fine_print(answer: Answer) -> str:
    return f'<p class="fine">{escape(elapsed(answer.seconds))}</p>'


def _group(turn: int, exchange: Exchange, unfolded: str) -> str:
    cards = "".join(_card(each, exchange, turn) for each in exchange.evidence)
    return f"<details {unfolded}><summary>{_text(exchange.question)}</summary>{cards}</details>"


def _card(evidence: Evidence, exchange: Exchange, turn: int) -> str:
    spans = cited_spans(evidence, exchange.answer) if exchange.answer else []
    answered = exchange.answer is not None and not exchange.answer.refused
    state = "cited" if spans else "unused" if answered else "found"
    title = _title(evidence)
    address = link(evidence.article.url)
    if address is not None:
        title = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    return (
        f'<article class="source-card {state}" id="{_id(turn, evidence.n)}" tabindex="-1">'
        f'<div class="head"><span class="n">{evidence.n}</span>{_byline(evidence)}</div>'
        f'<h3 dir="auto">{title}</h3>'
        f'<blockquote dir="auto">{_before(evidence)}{_highlighted(evidence, spans)}</blockquote>{_notices(evidence)}'
        f"{_elsewhere(evidence)}</article>"
    )


def _before(evidence: Evidence) -> str:
    return f'<span class="before">{_text(evidence.before)}</span> ' if evidence.before else ""


def _notices(evidence: Evidence) -> str:
    return "".join(f'<p class="notice">{_text(each)}</p>' for each in notices(evidence.article))


def _elsewhere(evidence: Evidence) -> str:
    names = _text(", ".join(evidence.also_in))
    return f'<p class="notice" title="{names}">{_text(elsewhere(evidence.also_in))}</p>' if names else ""


def _title(evidence: Evidence) -> str:
    return escape(headline(evidence.article))


def _byline(evidence: Evidence) -> str:
    article = evidence.article
    outlet = f'<bdi class="outlet">{_text(article.source)}</bdi>' if article.source else ""
    return f'<span class="byline">{outlet}<span class="day">{escape(when(article))}</span></span>'


def _highlighted(evidence: Evidence, spans: Sequence[tuple[int, int]]) -> str:
    pieces = ((escape(piece), is_cited) for piece, is_cited in marked(evidence.text, spans))
    return "".join(f"<mark>{piece}</mark>" if is_cited else piece for piece, is_cited in pieces)


def _id(turn: int, n: int) -> str:
    return f"source-{turn}-{n}"
