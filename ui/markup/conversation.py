"""A conversation in, its HTML out: questions, drafts, checked answers, refusals. All text from elsewhere is escaped.

Knows nothing about Gradio.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from rag.serialize import REFUSAL
from ui.conversation import Exchange
from ui.markup.text import byline, source_id, text
from ui.understood import in_short
from ui.words import counted, differing, elapsed, headline, marks, nearest, unsaid

if TYPE_CHECKING:
    from rag.types import Answer, Citation, Sentence

WELCOME = (
    '<div class="welcome"><p class="lead">Ask what the articles say.</p>'
    "<p>Each sentence of an answer carries the numbers of the words it stands on. "
    "If the articles do not say, neither does onrecord.</p></div>"
)


def masthead(about: str) -> str:
    """The top of the page: the name, and one line on what is in the archive."""
    return f'<header class="masthead"><h1>on<span>record</span></h1><p>{text(about)}</p></header>'


def conversation(exchanges: Sequence[Exchange]) -> str:
    """Every question with its answer, the latest last; screen readers are told what is added."""
    if not exchanges:
        return f'<div class="conversation">{WELCOME}</div>'
    told = "".join(
        f'<section class="exchange"><h2 dir="auto">{text(each.question)}</h2>'
        f"{_understood(each)}{_reply(each, turn)}</section>"
        for turn, each in enumerate(exchanges, 1)
    )
    return f'<div class="conversation" role="log" aria-live="polite" aria-label="Conversation">{told}</div>'


def _understood(exchange: Exchange) -> str:
    """One quiet line on what was made of the question; nothing where it was taken as it stands."""
    said = in_short(exchange.query) if exchange.query else ""
    return f'<p class="understood" dir="auto">{text(said)}</p>' if said else ""


def _reply(exchange: Exchange, turn: int) -> str:
    """How far the answer has come: looking, draft, checked answer, refusal or trouble."""
    if exchange.answer is not None:
        return _refusal(exchange.answer, turn) if exchange.answer.refused else _answer(exchange.answer, turn)
    if exchange.trouble:
        return f'<div class="trouble">{text(exchange.trouble)}</div>'
    if exchange.draft.strip():
        return f'<div class="draft"><p class="label">Draft, being checked</p><p>{text(exchange.draft)}</p></div>'
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
        + "".join(f"<li>{text(words)}{_link(turn, n)}</li>" for words, n in sides)
        + "</ul></div>"
        for sides in differing(answer)
    )
    left = unsaid(answer)
    return told + (f'<p class="unsaid">The archive does not say: {text(left)}</p>' if left else "")


def _sentence(sentence: Sentence, turn: int) -> str:
    cited = "".join(_mark(each, turn) for each in marks(sentence))
    if sentence.support == "quoted":
        return f'<q class="quoted" title="The article’s own words">{text(sentence.text)}</q>{cited}'
    return f'<span class="sentence">{text(sentence.text)}</span>{cited}'


def _mark(citation: Citation, turn: int) -> str:
    return _link(turn, citation.evidence, f' title="{text(f"“{citation.quote}”")}"')


def _link(turn: int, n: int, attributes: str = "") -> str:
    return f'<a class="mark" href="#{source_id(turn, n)}"{attributes}>{n}</a>'


def _refusal(answer: Answer, turn: int) -> str:
    items = "".join(
        f'<li><a href="#{source_id(turn, each.n)}">{escape(headline(each.article))}</a> {byline(each.article)}</li>'
        for each in nearest(answer)
    )
    listing = f'<p class="label">The nearest articles</p><ul>{items}</ul>' if items else ""
    quotes = " ".join(_sentence(each, turn) for each in answer.closest)
    closest = f'<p class="label">The nearest that it says</p><div class="said">{quotes}</div>' if quotes else ""
    return f'<div class="refusal"><p class="notsaid">{REFUSAL}</p>{closest}{listing}{_fine_print(answer)}</div>'


def _fine_print(answer: Answer) -> str:
    return f'<p class="fine">{escape(elapsed(answer.seconds))}</p>'
