"""What is copied: the words, their sources, and in Markdown nothing but text."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st
from made_bundles import HOSTILE, LAW, answers
from markdown_it import MarkdownIt
from ui_fakes import BILL, BRIDGE, E_BILL, E_BRIDGE, E_FERRY, an_answer, cite

from rag.types import Answer, Disagreement, Query, Sentence, Side
from ui.keeping.clipboard import escaped, footnoted, markdown, plain
from ui.words import one_line

ANSWER = an_answer("When does it reopen?")


def test_plain_is_what_is_said() -> None:
    assert plain(ANSWER) == (
        "It reopens on 4 May after repairs for 12.4 million crowns. "
        "“Councillor Mara Lind called the rise “hard to explain”.”"
    )


def test_footnotes_say_who_when_and_in_which_words() -> None:
    assert footnoted(ANSWER) == (
        "It reopens on 4 May after repairs for 12.4 million crowns.[1] "
        "“Councillor Mara Lind called the rise “hard to explain”.”[2]\n"
        "\n"
        "[1] Harbour Post, 14 March 2026, “Harbour bridge to reopen in May”: “The bridge will reopen on 4 May, the "
        "port authority said. … Repairs to the cables cost 12.4 million crowns.” https://harbourpost.example/bridge\n"
        "[2] The Ledger, undated, “Bridge bill climbs”: “Councillor Mara Lind called the rise “hard to explain”.”"
    )


def test_markdown_links_to_the_articles() -> None:
    assert markdown(replace(ANSWER, sentences=ANSWER.sentences[:1])) == (
        "It reopens on 4 May after repairs for 12.4 million crowns.[\\[1\\]](<https://harbourpost.example/bridge>)\n"
        "\n"
        "1. Harbour Post, 14 March 2026, [“Harbour bridge to reopen in May”](<https://harbourpost.example/bridge>): "
        "“The bridge will reopen on 4 May, the port authority said. … Repairs to the cables cost 12.4 million crowns.”"
    )


def test_marks_are_numbered_as_they_stand() -> None:
    """The page may call the first one 3: what is copied has no page beside it."""
    ferry = Sentence("It runs.", (cite(E_FERRY, "run until midnight"),), "supported")
    bridge = Sentence("It opens.", (cite(E_BRIDGE, "reopen"), cite(E_FERRY, "The ferry")), "supported")

    copied = footnoted(replace(ANSWER, sentences=(ferry, bridge)))

    assert copied.startswith("It runs.[1] It opens.[2][1]\n\n[1] undated, “Untitled (ferry)”: “The ferry … run until")
    assert "javascript" not in copied
    assert copied.splitlines()[-1].startswith("[2] Harbour Post, 14 March 2026,")


def test_where_reports_differ_and_what_stays_open_is_copied() -> None:
    sides = tuple(
        Side(value, Sentence(e.text, (cite(e, e.text),), "quoted"))
        for value, e in (("12.4 million", E_BRIDGE), ("hard", E_BILL))
    )
    answer = replace(ANSWER, disagreements=(Disagreement("number", sides),), unsaid=(Query("?", "Who pays?"),))

    assert plain(answer).split("\n\n")[1:] == [
        "Reports differ: “12.4 million”, says Harbour Post (14 March 2026); “hard”, says The Ledger.",
        "The archive does not say: Who pays?",
    ]
    assert footnoted(answer).split("\n\n")[1] == (
        "Reports differ: “12.4 million”, says Harbour Post (14 March 2026)[1]; “hard”, says The Ledger[2]."
    )


def test_a_refusal_is_copied_with_what_comes_nearest() -> None:
    closest = Sentence(BILL.text, (cite(E_BILL, BILL.text),), "quoted")
    refused = an_answer("Who painted it?", ())

    assert plain(refused) == footnoted(refused) == markdown(refused) == "The archive does not say."
    assert footnoted(replace(refused, closest=(closest,))) == (
        "The archive does not say.\n\n"
        f"The nearest that it says: “{BILL.text}”[1]\n\n"
        f"[1] The Ledger, undated, “Bridge bill climbs”: “{BILL.text}”"
    )


LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [*HOSTILE, "1. one", "2) two", "- a", "+ b", "= c", "# d", "> e", "a | b", "---", "***", "| - |", ": x", "~~x~~"]
)


@settings(max_examples=150, deadline=None)
@given(LINES.map(one_line).filter(bool))
def test_escaped_markdown_shows_just_the_words(words: str) -> None:
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escaped(words))

    text = re.fullmatch(r"<p>(.*)</p>\n", shown, re.DOTALL)
    assert text
    assert unescape(text[1]) == words


@LAW
@given(answers())
def test_whatever_an_answer_holds_its_markdown_is_text_lists_and_web_links(answer: Answer) -> None:
    shown = MarkdownIt("commonmark").render(markdown(answer))

    assert set(re.findall(r"<(/?\w+)", shown)) <= {"p", "/p", "ol", "/ol", "li", "/li", "a", "/a"}
    assert all(re.match("https?://", address) for address in re.findall(r'href="(.*?)"', shown))
    told, _, notes = footnoted(answer).rpartition("\n\n")
    if told and re.search(r"\[1\]", told):
        assert [line.partition(" ")[0] for line in notes.split("\n")] == [
            f"[{n + 1}]" for n in range(notes.count("\n") + 1)
        ]


def test_an_address_cannot_end_its_link() -> None:
    article = replace(BRIDGE, url="https://post.example/a)(>b<c&copy;=1")
    evidence = replace(E_BRIDGE, article=article)
    shown = MarkdownIt("commonmark").render(
        markdown(replace(ANSWER, sentences=ANSWER.sentences[:1], evidence=(evidence,)))
    )

    assert 'href="https://post.example/a)(%3Eb%3Cc&amp;copy;=1"' in shown
