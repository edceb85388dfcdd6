from __future__ import annotations

import pytest
from fakes import make_article

from index.sentences import sentence_spans
from rag.prompt import NOT_FOUND
from rag.settle import PHRASE_WORDS, settle
from rag.types import Evidence, Query, Sentence
from rag.verify import quote

BRIDGE = make_article(
    "bridge",
    "The Norvik bridge will close on Monday for six weeks, the port authority said. Repairs will cost $4.2 million.",
)
EVIDENCE = tuple(
    Evidence(n, BRIDGE, start, end, BRIDGE.text[start:end], 6.0 - n)
    for n, (start, end) in enumerate(sentence_spans(BRIDGE.text), start=1)
)
QUERY = Query("How long?", "How long?")


def said(draft: str) -> tuple[Sentence, ...]:
    return settle(QUERY, draft, EVIDENCE).sentences


@pytest.mark.parametrize("draft", [NOT_FOUND, f" {NOT_FOUND}\n", "not found", "Not found [1].", "NOT FOUND.", "", "\n"])
def test_where_nothing_was_written_the_best_evidence_speaks(draft: str) -> None:
    assert settle(QUERY, draft, EVIDENCE).sentences == (quote(EVIDENCE[0]),)


def test_without_evidence_nothing_is_said() -> None:
    assert settle(QUERY, "six weeks", ()).sentences == ()


def test_what_came_of_each_claim_is_kept() -> None:
    settled = settle(QUERY, "It costs $5 million [2]. Six weeks [1].", EVIDENCE)

    assert [verdict.claim.text for verdict in settled.verdicts] == ["It costs $5 million.", "Six weeks."]
    assert [bool(verdict.failures) for verdict in settled.verdicts] == [True, False]
    assert settled.evidence == EVIDENCE


def test_what_cannot_be_supported_is_not_said() -> None:
    assert said("It costs $5 million.") == (quote(EVIDENCE[0]),)


def test_the_best_evidence_is_said_where_a_draft_rests_on_another() -> None:
    assert said("$4.2 million [2]")[-1] == quote(EVIDENCE[0])
    assert [sentence.text for sentence in said("six weeks [1]")] == ["Six weeks.", EVIDENCE[0].text]


def test_a_phrase_is_followed_by_the_sentence_it_was_taken_from() -> None:
    assert len("Six weeks.".split()) < PHRASE_WORDS
    phrase, record = said("six weeks [1]")

    assert (phrase.text, phrase.support) == ("Six weeks.", "supported")
    assert (record.text, record.support) == (EVIDENCE[0].text, "quoted")
    assert record.citations == phrase.citations


@pytest.mark.parametrize(
    "claim", ["The Norvik bridge will close for six weeks, the port authority said. [1]", "The bridge will close. [1]"]
)
def test_of_a_claim_that_asserts_something_the_article_s_own_sentence_is_said(claim: str) -> None:
    assert said(claim) == (quote(EVIDENCE[0]),)


def test_a_draft_may_begin_like_finding_nothing() -> None:
    assert settle(QUERY, "Not found guilty [1]", EVIDENCE).verdicts != ()
    assert settle(QUERY, "not found", EVIDENCE).verdicts == ()


def test_the_record_is_given_once_however_many_phrases_come_from_it() -> None:
    sentences = said("six weeks [1]\nthe port authority [1]\n$5 million [2]\n$4.2 million [2]")

    assert [(sentence.text, sentence.support) for sentence in sentences] == [
        ("Six weeks.", "supported"),
        (EVIDENCE[0].text, "quoted"),
        ("The port authority.", "supported"),
        (EVIDENCE[1].text, "quoted"),
        ("$4.2 million.", "supported"),
    ]


def test_nothing_is_said_twice() -> None:
    phrase, one, other = ("Six weeks.", *(piece.text for piece in EVIDENCE))

    assert [sentence.text for sentence in said("six weeks [1]. Six weeks. [1] Six weeks [2]")] == [phrase, one]
    assert [sentence.text for sentence in said("It cost $5 million [2]. It cost $6 million [2].")] == [other, one]


def test_a_mark_alone_is_the_sentence_it_names() -> None:
    assert [(sentence.text, sentence.support) for sentence in said("[1]")] == [(EVIDENCE[0].text, "quoted")]


def test_a_claim_that_is_a_whole_sentence_of_the_article_is_a_quotation() -> None:
    assert said(f"{EVIDENCE[0].text} [1]") == (quote(EVIDENCE[0]),)


def test_where_several_outlets_are_asked_for_each_article_has_its_say() -> None:
    other = make_article("other", "The bridge opens in May. It is blue.")
    pieces = (
        *EVIDENCE,
        Evidence(3, other, 0, 24, other.text[:24], 1.0),
        Evidence(4, other, 25, 36, other.text[25:], 9.0),
    )

    one = settle(QUERY, "six weeks [1]", pieces).sentences
    each = settle(Query("How?", "How?", several_sided=True), "six weeks [1]", pieces).sentences

    assert [sentence.text for sentence in one] == ["Six weeks.", EVIDENCE[0].text, "It is blue."]
    assert each == one
    assert [sentence.text for sentence in settle(Query("?", "?", several_sided=True), "", pieces).sentences] == [
        "It is blue.",
        EVIDENCE[0].text,
    ]
