"""How answers look: on the terminal, and as HTML in which nothing of an article is more than text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import BRIDGE, E_BRIDGE, EVIDENCE, FERRY, SECONDS, SENTENCES, an_answer, an_article, cite, evidence_of

from index.types import Filter, Hit, Passage
from rag.types import Query, Sentence
from ui import markup, words
from ui.conversation import Exchange
from ui.render import Terminal
from ui.words import clean, one_line

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</div></article><iframe src=javascript:alert(1)>",
    "${alert(1)} {{constructor.constructor('alert(1)')()}}",
    "<!-- <style>*{display:none}</style>",
    "&lt;script&gt;",
    "<b>\x1b[31m\u202e\u2066",
]


class Tags(HTMLParser):
    """Collects what a browser would build: tags with attributes, and the text in between."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_an_answer_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().answer(an_answer("q"))

    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "It reopens on 4 May after repairs for 12.4 million crowns. [1] "
        "“Councillor Mara Lind called the rise “hard to explain”.” [2]",
        "",
        "[1] Harbour Post · Harbour bridge to reopen in May · 14 March 2026",
        "    “The bridge will reopen on 4 May, the port authority said.”",
        "    “Repairs to the cables cost 12.4 million crowns.”",
        "",
        "[2] The Ledger · Bridge bill climbs · undated",
        "    “Councillor Mara Lind called the rise “hard to explain”.”",
    ]
    assert err.strip() == "0.6 s to the evidence, 2.9 s in all"


def test_a_refusal_on_the_terminal_shows_each_near_article_once(capsys: pytest.CaptureFixture[str]) -> None:
    again = evidence_of(4, BRIDGE, "Work began in January.")
    Terminal().answer(an_answer("q", (), (*EVIDENCE, again)))

    assert capsys.readouterr().out.splitlines() == [
        "The archive does not say.",
        "",
        "The nearest articles:",
        "  [1] Harbour Post · Harbour bridge to reopen in May · 14 March 2026",
        "  [2] The Ledger · Bridge bill climbs · undated",
        "  [3] Untitled (ferry) · undated",
    ]


def test_article_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    article = an_article("x", "\x1b[2J\x1b]0;owned\x07[bold]Title[/bold]", "one\x9b31m\r\ntwo \u202eevil", "S\x08ource")
    Terminal().article(article)

    out = capsys.readouterr().out
    assert out.splitlines() == ["[2J]0;owned[bold]Title[/bold]", "Source · undated · x", "one31m", "two evil"]


@given(st.text())
def test_cleaned_text_keeps_every_printable_character(text: str) -> None:
    assert [c for c in clean(text) if c.isprintable()] == [c for c in text if c.isprintable()]
    assert not set(clean(text)) & set("\x1b\x07\x08\r\x9b\u202e\u2066")
    assert "\n" not in one_line(text)


def test_json_is_utf8_on_a_terminal_that_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(raw, encoding="ascii"))
    terminal = Terminal()
    terminal.line("“Žižkov”")
    terminal.record({"question": "Žižkov \udc80"})
    terminal.out.file.flush()

    human, record = raw.getvalue().splitlines()
    assert human == b"??i?kov?"
    assert json.loads(record.decode("utf-8")) == {"question": "Žižkov \udc80"}


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [({"total": 1.26}, "1.3 s in all"), (SECONDS, "0.6 s to the evidence, 2.9 s in all")],
)
def test_elapsed(seconds: dict[str, float], shown: str) -> None:
    assert words.elapsed(seconds) == shown


def test_dates_do_not_follow_the_locale() -> None:
    assert words.day(datetime(2024, 9, 1, 23, 59)) == "1 September 2024"
    assert words.when(FERRY) == "undated"
    assert words.when(replace(BRIDGE, published_until=datetime(2026, 3, 31))) == "14 March 2026 to 31 March 2026"


def test_overlapping_citations_are_one_after_the_other() -> None:
    whole = "The bridge will reopen on 4 May, the port authority said."
    overlapping = Sentence("s", (cite(E_BRIDGE, "4 May, the port authority said."), cite(E_BRIDGE, whole)), "supported")

    assert words.cited_spans(E_BRIDGE, an_answer("q", (overlapping,))) == [(0, len(whole))]
    assert words.cited_spans(EVIDENCE[1], an_answer("q", (overlapping,))) == []


def test_marks_point_to_cards_and_cited_words_are_highlighted() -> None:
    exchanges = [Exchange("q", EVIDENCE, answer=an_answer("q"))]
    talk, sources = Tags(markup.conversation(exchanges)), Tags(markup.sources(exchanges))

    marks = [attrs["href"] for tag, attrs in talk.tags if attrs.get("class") == "mark"]
    cards = {attrs["id"]: attrs["class"] for tag, attrs in sources.tags if tag == "article"}
    assert marks == ["#source-1-1", "#source-1-2"]
    assert cards == {
        "source-1-1": "source-card cited",
        "source-1-2": "source-card cited",
        "source-1-3": "source-card unused",
    }
    assert "<mark>Repairs to the cables cost 12.4 million crowns.</mark>" in markup.sources(exchanges)
    assert [tag for tag, attrs in talk.tags if attrs.get("class") == "quoted"] == ["q"]


def test_what_matches_in_a_passage_is_bold_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hit = Hit(Passage("bridge", 0, 0, len(BRIDGE.text), BRIDGE.text), 0.5, 1, "fused")
    Terminal().hit(hit, BRIDGE, [(9, 14)])
    assert "Work began in January." in capsys.readouterr().out  # no style where it is piped

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    Terminal().hit(hit, BRIDGE, [(5, 10)])
    assert "Work \x1b[1;33mbegan\x1b[0m in January." in capsys.readouterr().out


def test_a_draft_is_called_one_and_evidence_comes_before_it() -> None:
    found = Exchange("q", EVIDENCE)
    assert "Reading 3 quotes …" in markup.conversation([found])
    assert Tags(markup.sources([found])).tags[0][1]["class"] == "sources"
    assert "source-card found" in markup.sources([found])
    assert "Draft, being checked" in markup.conversation([replace(found, draft="It reopens")])


def test_only_the_latest_sources_stand_open() -> None:
    exchanges = [Exchange("first", EVIDENCE, answer=an_answer("first")), Exchange("second", EVIDENCE)]
    html = markup.sources(exchanges)

    unfolded = [("open" in attrs) for tag, attrs in Tags(html).tags if tag == "details"]
    assert unfolded == [False, True]
    assert html.index("<summary>first</summary>") < html.index("source-1-1") < html.index("source-2-1")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    evil = an_article(text, text, text, text, url=text)
    evidence = evidence_of(1, evil)
    answer = an_answer(text, (Sentence(text, (cite(evidence, text),), "quoted"),), (evidence,))
    for exchange in (
        Exchange(text, (evidence,), answer=answer),
        Exchange(text, (evidence,), answer=an_answer(text, (), (evidence,))),
        Exchange(text, (evidence,), draft=text),
        Exchange(text, query=Query("", text, where=Filter(sources=(text,)))),
        Exchange(text, trouble=text),
    ):
        innocent = replace_text(exchange, "innocent")
        for render in (markup.conversation, markup.sources):
            hostile, plain = Tags(render([exchange])), Tags(render([innocent]))
            assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
            assert [sorted(attrs) for _, attrs in hostile.tags] == [sorted(attrs) for _, attrs in plain.tags]
    assert clean(text) in Tags(markup.masthead(text)).text


def replace_text(exchange: Exchange, text: str) -> Exchange:
    """The same exchange as if every text in it were `text`."""
    article = an_article(text, text, text, text)
    evidence = evidence_of(1, article)
    answer = exchange.answer
    if answer is not None:
        said = tuple(replace(s, text=text, citations=(cite(evidence, text),)) for s in answer.sentences)
        answer = an_answer(text, said, (evidence,))
    return Exchange(
        text,
        (evidence,) if exchange.evidence else (),
        exchange.draft and text,
        answer,
        exchange.trouble and text,
        exchange.query and replace(exchange.query, text=text, where=Filter(sources=(text,))),
    )


@given(st.text(min_size=1))
def test_any_question_can_be_read_back_from_the_page(question: str) -> None:
    shown = Tags(markup.conversation([Exchange(question)])).text
    assert "".join(shown.split()) == "".join(clean(question).split()) + "Lookingthroughthearchive…"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?y=1&z=2", "https://a.example/x?y=1&z=2"),
        ("http://a.example", "http://a.example"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https:alert(1)", None),
        ("java\nscript:alert(1)", None),
        (" https://a.example", None),
        ("https://a.example\\@b.example", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, shown: str | None) -> None:
    assert markup.link(url) == shown


def test_links_leave_no_trace_of_the_page() -> None:
    links = [a for t, a in Tags(markup.sources([Exchange("q", EVIDENCE)])).tags if t == "a"]
    assert links == [{"href": "https://harbourpost.example/bridge", "target": "_blank", "rel": "noopener noreferrer"}]


def test_every_sentence_shown_has_a_mark() -> None:
    talk = Tags(markup.conversation([Exchange("q", EVIDENCE, answer=an_answer("q"))]))
    shown = [attrs.get("class") for _, attrs in talk.tags if attrs.get("class") in ("sentence", "quoted", "mark")]
    assert shown == ["sentence", "mark", "quoted", "mark"]
    assert len(SENTENCES) == 2


def test_other_outlets_are_told_and_up_to_three_named(capsys: pytest.CaptureFixture[str]) -> None:
    few, many = replace(E_BRIDGE, also_in=("The Echo", "A & B")), replace(E_BRIDGE, also_in=tuple("WXYZ"))
    Terminal().source(few)
    Terminal().source(many)
    Terminal().source(E_BRIDGE)
    lines = capsys.readouterr().out.splitlines()

    assert lines[2] == "    also in 2 outlets (The Echo, A & B)"
    assert lines[5] == "    also in 4 outlets"
    assert len(lines) == 8
    shown = markup.sources([Exchange("?", (few, many))])
    assert '<p class="notice" title="The Echo, A &amp; B">also in 2 outlets (The Echo, A &amp; B)</p>' in shown
    assert '<p class="notice" title="W, X, Y, Z">also in 4 outlets</p>' in shown
    assert "also in" not in markup.sources([Exchange("?", (E_BRIDGE,))])
