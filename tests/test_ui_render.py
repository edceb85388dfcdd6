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
from rag.types import Answer, Disagreement, LeftOut, Query, Sentence, Side, Unsupported
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


TOLLS = [
    an_article(
        name,
        f"{name.title()} on the fire",
        f"The fire killed {dead} people.",
        name.title(),
        published=datetime(2026, 3, n),
    )
    for n, (name, dead) in enumerate((("herald", 39), ("post", 44)), start=3)
]
E_TOLLS = tuple(evidence_of(n, article) for n, article in enumerate(TOLLS, start=4))
SIDES = tuple(
    Side(f"{dead} people", Sentence(each.text, (cite(each, each.text),), "quoted"))
    for each, dead in zip(E_TOLLS, (39, 44), strict=True)
)
DIFFER = Disagreement("number", SIDES)
WHO = Query("and who?", "Who built\nthe bridge?")


def test_what_differs_and_what_stays_open_follows_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    answer = replace(an_answer("q", evidence=(*EVIDENCE, *E_TOLLS)), disagreements=(DIFFER,), unsaid=(WHO,))
    Terminal().answer(answer)

    lines = capsys.readouterr().out.splitlines()
    assert lines[1:4] == [
        "Reports differ: “39 people”, says Herald (3 March 2026) [4]; “44 people”, says Post (4 March 2026) [5]",
        "The archive does not say: Who built the bridge?",
        "",
    ]
    assert lines[-5:] == [
        "[4] Herald · Herald on the fire · 3 March 2026",
        "    “The fire killed 39 people.”",
        "",
        "[5] Post · Post on the fire · 4 March 2026",
        "    “The fire killed 44 people.”",
    ]


def test_what_supersedes_is_called_so() -> None:
    answer = replace(an_answer("q", evidence=E_TOLLS), disagreements=(DIFFER, replace(DIFFER, superseding=1)))

    both, newer = words.differing(answer)
    assert both == [("“39 people”, says Herald (3 March 2026)", 4), ("“44 people”, says Post (4 March 2026)", 5)]
    assert newer == [
        both[0],
        ("“44 people”, says Post (4 March 2026), which supersedes what was reported before", 5),
    ]
    assert words.differing(an_answer("q")) == []


def test_a_report_that_differs_is_marked_in_its_source() -> None:
    answer = replace(an_answer("q", evidence=(*EVIDENCE, *E_TOLLS)), disagreements=(DIFFER,))

    assert [words.cited_spans(each, answer) for each in E_TOLLS] == [[(0, len(each.text))] for each in E_TOLLS]
    assert "<mark>The fire killed 44 people.</mark>" in markup.sources([Exchange("q", answer.evidence, answer=answer)])


def test_the_parts_that_stay_open_are_one_line() -> None:
    assert words.unsaid(replace(an_answer("q"), unsaid=(WHO, Query("", "\x1b[31mWhen?")))) == (
        "Who built the bridge? [31mWhen?"
    )
    assert words.unsaid(an_answer("q")) == ""


def test_a_refusal_shows_what_comes_nearest_in_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    again = evidence_of(4, BRIDGE, "Work began in January.")
    closest = (Sentence(again.text, (cite(again, again.text),), "quoted"),)
    Terminal().answer(replace(an_answer("q", (), (*EVIDENCE, again)), closest=closest))

    assert capsys.readouterr().out.splitlines() == [
        "The archive does not say.",
        "",
        "The nearest that it says: “Work began in January.” [4]",
        "",
        "The nearest articles:",
        "  [4] Harbour Post · Harbour bridge to reopen in May · 14 March 2026",
        "  [2] The Ledger · Bridge bill climbs · undated",
        "  [3] Untitled (ferry) · undated",
    ]


def test_every_mark_of_a_refusal_is_listed() -> None:
    again = evidence_of(4, BRIDGE, "Work began in January.")
    closest = tuple(Sentence(each.text, (cite(each, each.text),), "quoted") for each in (E_BRIDGE, again))
    answer = replace(an_answer("q", (), (*EVIDENCE, again)), closest=closest)

    assert [each.n for each in words.nearest(answer)] == [1, 4, 2, 3]
    assert [each.n for each in words.nearest(replace(answer, closest=()))] == [1, 2, 3]


def test_how_an_answer_came_about() -> None:
    answer = replace(
        an_answer("q"),
        confidence=0.734,
        signals={"passage": 4.256, "read": -1.5, "named": 0.0, "approval": 2.0},
        unsupported=(Unsupported("It costs\n$5.", "the amount $5 is not in [1]"),),
        left_out=(LeftOut(3, "the prompt would take 9 tokens of 8"),),
    )

    assert words.reasons(answer) == [
        ("confidence", "0.73, from 0.00 on an answer is given (passage 4.26, read -1.50, approval 2.00)"),
        ("not said", "“It costs $5.”: the amount $5 is not in [1]"),
        ("not shown to the model", "[3]: the prompt would take 9 tokens of 8"),
    ]
    assert words.reasons(replace(an_answer("q"), confidence=0.5)) == [
        ("confidence", "0.50, from 0.00 on an answer is given")
    ]


def test_the_page_tells_what_differs_what_stays_open_and_what_comes_nearest() -> None:
    answer = replace(an_answer("q", evidence=(*EVIDENCE, *E_TOLLS)), disagreements=(DIFFER,), unsaid=(WHO,))
    html = markup.conversation([Exchange("q", answer.evidence, answer=answer)])
    marks = [attrs["href"] for tag, attrs in Tags(html).tags if attrs.get("class") == "mark"]

    assert marks == [f"#source-1-{n}" for n in (1, 2, 4, 5)]
    sides = html[html.index("Reports differ") :]
    assert "<strong>39 people</strong>" in sides and 'Herald</bdi><span class="day">3 March 2026</span>' in sides
    assert '<p class="unsaid">The archive does not say: Who built the bridge?</p>' in html

    refused = replace(an_answer("q", (), E_TOLLS), closest=(SIDES[1].sentence,))
    page = Tags(markup.conversation([Exchange("q", refused.evidence, answer=refused)]))
    assert "The nearest that it saysThe fire killed 44 people.5" in page.text
    assert [attrs["href"] for tag, attrs in page.tags if tag == "a"] == ["#source-1-5"] * 2 + ["#source-1-4"]
    plain = markup.conversation([Exchange("q", EVIDENCE, answer=an_answer("q"))])
    assert "Reports differ" not in plain and 'class="unsaid"' not in plain and 'class="refusal"' not in plain


def test_a_quote_that_points_back_follows_what_it_points_to() -> None:
    exchange = Exchange("q", (replace(E_BRIDGE, before="Work began in\nJanuary."), EVIDENCE[1]))
    html = markup.sources([exchange])

    assert html.count('class="before"') == 1
    assert '<span class="before">Work began in January.</span> The bridge will reopen on 4 May' in html


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

    unfolded = [("open" in attrs) for tag, attrs in Tags(html).tags if tag == "details" and "data-turn" in attrs]
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
        Exchange(text, (replace(evidence, before=text),)),
        Exchange(text, (evidence,), answer=with_all_beside(answer, text)),
        Exchange(text, (evidence,), answer=replace(answer, sentences=(), refused=True, closest=answer.sentences)),
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


def with_all_beside(answer: Answer, text: str) -> Answer:
    """The same answer with reports that differ about it and a part that stays open."""
    (said,) = answer.sentences
    differ = Disagreement("wording", (Side(text, said), Side(text, said)), 1)
    return replace(answer, disagreements=(differ,), unsaid=(Query("", text),))


def replace_text(exchange: Exchange, text: str) -> Exchange:
    """The same exchange as if every text in it were `text`."""
    article = an_article(text, text, text, text)
    evidence = evidence_of(1, article)
    if any(each.before for each in exchange.evidence):
        evidence = replace(evidence, before=text)
    answer = exchange.answer
    if answer is not None:
        said, closest = (
            tuple(replace(s, text=text, citations=(cite(evidence, text),)) for s in sentences)
            for sentences in (answer.sentences, answer.closest)
        )
        plain = replace(an_answer(text, said, (evidence,)), closest=closest)
        answer = with_all_beside(plain, text) if answer.unsaid else plain
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
    links = [a for t, a in Tags(markup.sources([Exchange("q", EVIDENCE)])).tags if a.get("class") == "out"]
    assert [(each["href"], each["target"], each["rel"]) for each in links] == [
        ("https://harbourpost.example/bridge", "_blank", "noopener noreferrer")
    ]


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
