"""What answers stand on in, its HTML out: a card for each piece of evidence, the cited words marked.

All text from elsewhere is escaped. Knows nothing about Gradio.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from ui.conversation import Exchange
from ui.markup.text import byline, source_id, text, titled
from ui.words import cited_spans, elsewhere, marked, notices

if TYPE_CHECKING:
    from rag.types import Evidence


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


def _group(turn: int, exchange: Exchange, unfolded: str) -> str:
    cards = "".join(_card(each, exchange, turn) for each in exchange.evidence)
    return f"<details {unfolded}><summary>{text(exchange.question)}</summary>{cards}</details>"


def _card(evidence: Evidence, exchange: Exchange, turn: int) -> str:
    spans = cited_spans(evidence, exchange.answer) if exchange.answer else []
    answered = exchange.answer is not None and not exchange.answer.refused
    state = "cited" if spans else "unused" if answered else "found"
    return (
        f'<article class="source-card {state}" id="{source_id(turn, evidence.n)}" tabindex="-1">'
        f'<div class="head"><span class="n">{evidence.n}</span>{byline(evidence.article)}</div>'
        f'<h3 dir="auto">{titled(evidence.article)}</h3>'
        f'<blockquote dir="auto">{_before(evidence)}{_highlighted(evidence, spans)}</blockquote>{_notices(evidence)}'
        f"{_elsewhere(evidence)}</article>"
    )


def _before(evidence: Evidence) -> str:
    return f'<span class="before">{text(evidence.before)}</span> ' if evidence.before else ""


def _notices(evidence: Evidence) -> str:
    return "".join(f'<p class="notice">{text(each)}</p>' for each in notices(evidence.article))


def _elsewhere(evidence: Evidence) -> str:
    names = text(", ".join(evidence.also_in))
    return f'<p class="notice" title="{names}">{text(elsewhere(evidence.also_in))}</p>' if names else ""


def _highlighted(evidence: Evidence, spans: Sequence[tuple[int, int]]) -> str:
    pieces = ((escape(piece), is_cited) for piece, is_cited in marked(evidence.text, spans))
    return "".join(f"<mark>{piece}</mark>" if is_cited else piece for piece, is_cited in pieces)
