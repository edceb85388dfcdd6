from __future__ import annotations

import pytest
from fakes import make_article

from index.sentences import sentence_spans
from rag.prompt import NOT_FOUND
from rag.settle import LEAST_SCORE, PHRASE_WORDS, settle, worth_reading
from rag.types import Evidence, Query, Sentence

BRIDGE = make_article(
    "bridge",
    "The Norvik bridge will close on Monday for six weeks, the port authority said. Repairs will cost $4.2 million.",
)
EVIDENCE = tuple(
    Evidence(n, BRIDGE, start, end, BRIDGE.text[start:end], 5.0)
    for n, (start, end) in enumerate(sentence_spans(BRIDGE.text), start=1)
)
QUERY = Query("How long?", "How long?")


def said(draft: str) -> tuple[Sentence, ...]:
    return settle(QUERY, draft, EVIDENCE)[0]


@pytest.mark.parametrize("draft", [NOT_FOUND, f" {NOT_FOUND}\n", "not found", "Not found [1].", "NOT FOUND.", "", "\n"])
def test_what_the_model_did_not_find_is_not_said(draft: str) -> None:
    assert settle(QUERY, draft, EVIDENCE) == ((), EVIDENCE)


def test_what_cannot_be_supported_is_not_said() -> None:
    assert said("It costs $5 million.") == ()


def test_a_phrase_is_followed_by_the_sentence_it_was_taken_from() -> None:
    assert len("Six weeks.".split()) < PHRASE_WORDS
    phrase, record = said("six weeks [1]")

    assert (phrase.text, phrase.support) == ("Six weeks.", "supported")
    assert (record.text, record.support) == (EVIDENCE[0].text, "quoted")
    assert record.citations == phrase.citations


def test_a_sentence_speaks_for_itself() -> None:
    whole = "The Norvik bridge will close on Monday for six weeks. [1]"
    assert len(whole.split()) > PHRASE_WORDS

    assert [sentence.support for sentence in said(whole)] == ["supported"]


def test_the_record_is_given_once_however_many_phrases_come_from_it() -> None:
    sentences = said("six weeks [1]\nthe port authority [1]\n$5 million [2]\n$4.2 million [2]")

    assert [(sentence.text, sentence.support) for sentence in sentences] == [
        ("Six weeks.", "supported"),
        (EVIDENCE[0].text, "quoted"),
        ("The port authority.", "supported"),
        (EVIDENCE[1].text, "quoted"),
        ("$4.2 million.", "supported"),
    ]


def test_a_mark_alone_is_the_sentence_it_names() -> None:
    assert [(sentence.text, sentence.support) for sentence in said("[2]")] == [(EVIDENCE[1].text, "quoted")]


def test_only_evidence_that_reads_like_an_answer_is_worth_a_model() -> None:
    def scored(*scores: float) -> list[Evidence]:
        return [Evidence(n, BRIDGE, 0, 3, "The", score) for n, score in enumerate(scores, start=1)]

    assert worth_reading(scored(LEAST_SCORE - 1, LEAST_SCORE))
    assert not worth_reading(scored(LEAST_SCORE - 1, LEAST_SCORE - 0.01))
    assert not worth_reading([])
