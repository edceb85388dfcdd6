"""A Bundle in, one HTML file out that holds all of it: for reading anywhere, for printing, and for checking again.

It asks for nothing from elsewhere and runs no script, and its policy forbids both. All text from elsewhere is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import escape
from pathlib import Path

from rag.bundle import Bundle, written
from rag.bundle.keeping import keep, kept_articles
from rag.serialize import REFUSAL
from rag.types import Answer, Disagreement, Evidence, Sentence
from ui.keeping.export.embedded import embedded
from ui.links import link
from ui.markup.text import text
from ui.understood import in_full
from ui.words import (
    cited_spans,
    counted,
    dated_by,
    day,
    differing,
    elsewhere,
    headline,
    marked,
    marks,
    nearest,
    notices,
    unsaid,
    when,
)

_STYLE = Path(__file__).with_name("style.css")


def page(bundle: Bundle) -> str:
    """The whole file."""
    style = _STYLE.read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    questions = "".join(_exchange(answer, turn) for turn, answer in enumerate(bundle.exchanges, start=1))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_title(bundle)}</title><style>{style}</style></head>\n"
        f"<body><header><h1>on<span>record</span></h1><p>{_about(bundle)}</p></header>\n"
        f"<main>{questions}</main>\n<footer><p>The words of every quotation, their places and the hashes of their "
        "articles lie in this file. To check them: <code>onrecord verify FILE --archive FOLDER</code></p></footer>\n"
        f"{embedded(written(bundle))}</body></html>\n"
    )


def _title(bundle: Bundle) -> str:
    first = text(bundle.exchanges[0].question) if bundle.exchanges else "nothing asked"
    return f"onrecord: {first}"


def _about(bundle: Bundle) -> str:
    asked = counted(len(bundle.exchanges), "question")
    articles = counted(bundle.archive.articles, "article")
    return f"{asked} to an archive of {articles}, kept on {day(bundle.made)}"


def _exchange(answer: Answer, turn: int) -> str:
    answer = keep(answer)
    understood = "".join(f"<li>{text(what)}: {text(words)}</li>" for what, words in in_full(answer.query))
    told = _refusal(answer, turn) if answer.refused else _said(answer, turn)
    notes = "".join(_note(each, answer, turn) for each in _shown(answer))
    return (
        f'<section id="q{turn}"><h2 dir="auto">{text(answer.question)}</h2>'
        + (f'<ul class="understood" dir="auto">{understood}</ul>' if understood else "")
        + told
        + (f'<ol class="notes" aria-label="Sources">{notes}</ol>' if notes else "")
        + "</section>\n"
    )


def _said(answer: Answer, turn: int) -> str:
    left = unsaid(answer)
    return (
        f'<p class="said" dir="auto">{_sentences(answer.sentences, turn)}</p>'
        + "".join(
            _differing(each, told, turn) for each, told in zip(answer.disagreements, differing(answer), strict=True)
        )
        + (f'<p class="unsaid">The archive does not say: {text(left)}</p>' if left else "")
    )


def _refusal(answer: Answer, turn: int) -> str:
    quotes = f'<p class="said" dir="auto">{_sentences(answer.closest, turn)}</p>'
    closest = f'<p class="label">The nearest that it says</p>{quotes}' if answer.closest else ""
    nearby = '<p class="label">The nearest articles</p>' if answer.evidence else ""
    return f'<p class="refusal">{REFUSAL}</p>{closest}{nearby}'


def _sentences(sentences: tuple[Sentence, ...], turn: int) -> str:
    return " ".join(_sentence(each, turn) for each in sentences)


def _sentence(sentence: Sentence, turn: int) -> str:
    words = text(sentence.text)
    said = f'<q title="The article’s own words">{words}</q>' if sentence.support == "quoted" else words
    return said + "".join(_mark(each.evidence, turn) for each in marks(sentence))


def _mark(n: int, turn: int) -> str:
    return f'<sup><a href="#{_id(turn, n)}" aria-label="Source {n}">{n}</a></sup>'


def _differing(disagreement: Disagreement, told: list[tuple[str, int]], turn: int) -> str:
    """The sides of a disagreement beside each other, each with the sentence it stands in."""
    sides = "".join(
        f'<figure><blockquote dir="auto">{text(side.sentence.text)}</blockquote>'
        f"<figcaption>{text(words)}{_mark(n, turn)}</figcaption></figure>"
        for side, (words, n) in zip(disagreement.sides, told, strict=True)
    )
    return f'<div class="differing"><p class="label">Reports differ</p><div class="sides">{sides}</div></div>'


def _shown(answer: Answer) -> list[Evidence]:
    """The evidence to list: what is cited, or what comes nearest, in the order of the marks."""
    shown = nearest(answer) if answer.refused else [each for each in answer.evidence if cited_spans(each, answer)]
    return sorted(shown, key=lambda each: each.n)


def _note(evidence: Evidence, answer: Answer, turn: int) -> str:
    """A source: whose it is, its words with what is quoted of them, their place and the hash of the article."""
    article = kept_articles(answer)[evidence.article.id]
    outlet = f'<bdi class="outlet">{text(article.source)}</bdi> · ' if article.source else ""
    dated = f' <span class="dated">({text(dated_by(article))})</span>' if article.published else ""
    beside = [*notices(article), elsewhere(evidence.also_in)]
    return (
        f'<li id="{_id(turn, evidence.n)}" value="{evidence.n}"><p class="source">{outlet}'
        f'<cite dir="auto">{_linked(evidence)}</cite> · {escape(when(article))}{dated}</p>'
        f'<blockquote dir="auto">{_quoted(evidence, answer)}</blockquote>'
        + "".join(f'<p class="notice">{text(each)}</p>' for each in beside if each)
        + f'<p class="fine">characters {evidence.start:,}–{evidence.end:,} of {len(article.text):,} in '
        f"{text(article.id)}; sha256 of the text {text(article.text_hash)}</p></li>"
    )


def _linked(evidence: Evidence) -> str:
    address, title = link(evidence.article.url), escape(headline(evidence.article))
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{title}</a>' if address else title


def _quoted(evidence: Evidence, answer: Answer) -> str:
    """The evidence in its paragraph, as far as that is kept, what is cited of it marked."""
    known = kept_articles(answer)[evidence.article.id].known
    answer = replace(answer, sentences=(*answer.sentences, *answer.closest))
    spans = [(evidence.start + start, evidence.start + end) for start, end in cited_spans(evidence, answer)]
    begin, end = next(at for at in known if at[0] <= evidence.start and evidence.end <= at[1])
    pieces = marked(evidence.article.text[begin:end], [(start - begin, last - begin) for start, last in spans])
    return "".join(f"<mark>{escape(piece)}</mark>" if is_cited else escape(piece) for piece, is_cited in pieces)


def _id(turn: int, n: int) -> str:
    return f"q{turn}-{n}"
