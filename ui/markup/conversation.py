"""A conversation in, its HTML out: questions, drafts, checked answers, refusals. All text from elsewhere is escaped.

Knows nothing about Gradio. What opens an article carries `data-article` and `data-at`, the characters to show in it;
what does something with an answer is a button with `data-act` (page/js/room.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from rag.serialize import REFUSAL
from ui.conversation import Exchange
from ui.keeping.clipboard import footnoted, markdown, plain
from ui.markup.text import at, byline, source_id, text
from ui.understood import in_short
from ui.words import counted, elapsed, headline, marks, nearest, one_line, unsaid, when

if TYPE_CHECKING:
    from rag.types import Answer, Citation, Disagreement, Evidence, Sentence, Side

WELCOME = (
    '<p class="lead">Ask what the articles say.</p>'
    "<p>Each sentence of an answer carries the numbers of the words it stands on. "
    "If the articles do not say, neither does onrecord.</p>"
)
QUOTATION_MARKS = tuple("“\"„«‘'")
"""A quotation that begins with one brings its own."""

COPIES = (("Text", plain), ("Text with footnotes", footnoted), ("Markdown", markdown))
"""The forms in which an answer is copied: what they are called and what makes them."""


def masthead(about: str, reader: str = "") -> str:
    """The top of the page: the name, one line on what is in the archive, and who has logged in, if one has to."""
    leave = f'<form method="post" action="logout"><button>Log out {text(reader)}</button></form>' if reader else ""
    return f'<header class="masthead"><h1>on<span>record</span></h1><p>{text(about)}</p>{leave}</header>'


def conversation(exchanges: Sequence[Exchange], examples: Sequence[str] = ()) -> str:
    """Every question with its answer, the latest last; screen readers are told what is added.

    Args:
        exchanges: What was asked so far.
        examples: Questions to begin with, shown while nothing was asked.
    """
    if not exchanges:
        return f'<div class="conversation"><div class="welcome">{WELCOME}{_examples(examples)}</div></div>'
    running = not exchanges[-1].is_over  # then nothing is to be begun beside it
    told = "".join(
        f'<section class="exchange" data-turn="{turn}"><h2 dir="auto">{text(each.question)}</h2>'
        f"{_understood(each)}{_noted(each)}{reply(each, turn)}{'' if running else _tools(each, turn)}</section>"
        for turn, each in enumerate(exchanges, 1)
    )
    return f'<div class="conversation" role="log" aria-live="polite" aria-label="Conversation">{told}</div>'


def _examples(examples: Sequence[str]) -> str:
    items = "".join(f'<li><button data-act="example">{text(each)}</button></li>' for each in examples)
    return f'<p class="label">From these articles</p><ul class="examples">{items}</ul>' if items else ""


def _understood(exchange: Exchange) -> str:
    """One quiet line on what was made of the question; nothing where it was taken as it stands."""
    said = in_short(exchange.query) if exchange.query else ""
    return f'<p class="understood" dir="auto">{text(said)}</p>' if said else ""


def _noted(exchange: Exchange) -> str:
    return f'<p class="noted" role="note">{text(exchange.note)}</p>' if exchange.note else ""


def reply(exchange: Exchange, turn: int) -> str:
    """How far the answer has come, without its question: looking, draft, checked answer, refusal or trouble."""
    if exchange.answer is not None:
        return _refusal(exchange.answer, turn) if exchange.answer.refused else _answer(exchange.answer, turn)
    if exchange.trouble:
        return f'<div class="trouble" role="alert">{text(exchange.trouble)}</div>'
    if exchange.is_search and exchange.query:
        return _passages(exchange, turn)
    if exchange.draft.strip():
        return f'<div class="draft"><p class="label">Draft, being checked</p><p>{text(exchange.draft)}</p></div>'
    return f'<div class="working">{_doing(exchange)} …</div>'


def _doing(exchange: Exchange) -> str:
    if exchange.evidence:
        return f"Reading {counted(len(exchange.evidence), 'quote')}"
    if exchange.before:
        return f"{counted(exchange.before, 'question')} before yours"
    return "Looking through the archive"


def _answer(answer: Answer, turn: int) -> str:
    said = " ".join(_sentence(each, answer, turn) for each in answer.sentences)
    differ = "".join(_differing(each, answer, turn) for each in answer.disagreements)
    left = unsaid(answer)
    open_part = f'<p class="unsaid">The archive does not say: {text(left)}</p>' if left else ""
    return f'<div class="answer"><div class="said">{said}</div>{differ}{open_part}{_fine_print(answer)}</div>'


def _sentence(sentence: Sentence, answer: Answer, turn: int) -> str:
    cited = "".join(_mark(each, sentence, answer, turn) for each in marks(sentence))
    if sentence.support == "quoted":
        own = " own" if sentence.text.lstrip()[:1] in QUOTATION_MARKS else ""
        return f'<q class="quoted{own}" title="The article’s own words">{text(sentence.text)}</q>{cited}'
    return f'<span class="sentence">{text(sentence.text)}</span>{cited}'


def _mark(citation: Citation, sentence: Sentence, answer: Answer, turn: int) -> str:
    """A number that opens its article; the quote is shown while it is pointed at."""
    article = next(each.article for each in answer.evidence if each.n == citation.evidence)
    same = [(each.start, each.end) for each in sentence.citations if each.evidence == citation.evidence]
    about = ", ".join(filter(None, (one_line(article.source), when(article))))
    return (
        f'<a class="mark" href="#{source_id(turn, citation.evidence)}" data-article="{escape(article.id)}" '
        f'data-at="{at(same)}" data-quote="{text(citation.quote)}" data-about="{text(about)}">{citation.evidence}</a>'
    )


def _differing(differ: Disagreement, answer: Answer, turn: int) -> str:
    """What each report says, side by side; one that corrects the others says so."""
    sides = "".join(
        f"<li>{_side(side, answer, turn, is_newest=place == differ.superseding)}</li>"
        for place, side in enumerate(differ.sides)
    )
    return f'<div class="differing"><p class="label">Reports differ</p><ul>{sides}</ul></div>'


def _side(side: Side, answer: Answer, turn: int, *, is_newest: bool) -> str:
    first = marks(side.sentence)[0]
    article = next(each.article for each in answer.evidence if each.n == first.evidence)
    newest = '<span class="newest">replaces what was said before</span>' if is_newest else ""
    quote = f"<q>{text(first.quote)}</q>{_mark(first, side.sentence, answer, turn)}"
    return f"<strong>{text(side.value)}</strong>{byline(article)}{newest}<blockquote>{quote}</blockquote>"


def _refusal(answer: Answer, turn: int) -> str:
    quotes = " ".join(_sentence(each, answer, turn) for each in answer.closest)
    closest = f'<p class="label">The nearest that it says</p><div class="said">{quotes}</div>' if quotes else ""
    listing = _listing("The nearest articles", nearest(answer), turn)
    return f'<div class="refusal"><p class="notsaid">{REFUSAL}</p>{closest}{listing}{_fine_print(answer)}</div>'


def _passages(exchange: Exchange, turn: int) -> str:
    """What a search found: each article once, in the order of its best passage."""
    if not exchange.evidence:
        return '<div class="refusal"><p class="notsaid">Nothing found.</p></div>'
    first = {each.article.id: each for each in reversed(exchange.evidence)}
    articles = [each for each in exchange.evidence if first[each.article.id] is each]
    found = f"{counted(len(exchange.evidence), 'passage')} in {counted(len(articles), 'article')}"
    return f'<div class="refusal">{_listing(found, articles, turn)}</div>'


def _listing(label: str, evidence: Sequence[Evidence], turn: int) -> str:
    items = "".join(
        f'<li><a href="#{source_id(turn, each.n)}" data-article="{escape(each.article.id)}" '
        f'data-at="{at([(each.start, each.end)])}">{escape(headline(each.article))}</a> {byline(each.article)}</li>'
        for each in evidence
    )
    return f'<p class="label">{text(label)}</p><ul>{items}</ul>' if items else ""


def _fine_print(answer: Answer) -> str:
    return f'<p class="fine">{escape(elapsed(answer.seconds))}</p>'


def _tools(exchange: Exchange, turn: int) -> str:
    """What can be done with an answer once it is there; with what failed, to ask it again."""
    if not exchange.is_over:
        return ""
    again = '<button data-act="retry">Ask again</button><button data-act="edit">Edit question</button>'
    if exchange.answer is None:
        return f'<div class="tools" role="group" aria-label="Question {turn}">{again}</div>'
    forms = "".join(
        f'<button data-act="copy" data-text="{escape(form(exchange.answer))}">{name}</button>' for name, form in COPIES
    )
    copy = f'<details class="menu"><summary>Copy</summary><div>{forms}</div></details>'
    wrong = (
        '<details class="menu wrong"><summary>Wrong</summary><form data-act="wrong">'
        f'<label for="because-{turn}">This is wrong because</label>'
        f'<textarea id="because-{turn}" name="because" rows="2" maxlength="2000"></textarea>'
        f'<label for="right-{turn}">The right answer, if you know it</label>'
        f'<input id="right-{turn}" name="right" maxlength="500">{_kinds(exchange.answer)}<button>Send</button>'
        "</form></details>"
    )
    judge = f'<button data-act="right">Right</button>{wrong}<span class="thanks" role="status"></span>'
    return f'<div class="tools" role="group" aria-label="Answer {turn}">{copy}{again}{judge}</div>'


def _kinds(answer: Answer) -> str:
    """In what way an answer is wrong: it may be that the archive does not say it at all."""
    if answer.refused:
        return '<input type="hidden" name="judgement" value="wrong">'
    return (
        '<label><input type="radio" name="judgement" value="wrong" checked> It is another answer</label>'
        '<label><input type="radio" name="judgement" value="unanswerable"> The archive does not say it</label>'
    )
