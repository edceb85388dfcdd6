from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from decisions import DECIDED, OTHER_DEEDS, PLAIN_DEEDS, TRAPS, UNDECIDED, Story
from hypothesis import given
from hypothesis import strategies as st

from index.dates.mentions import mentions
from index.sentences import sentence_spans
from index.types import Article
from rag.claims.facts import facts_of, stands_in
from rag.claims.normal import normal
from rag.decide import PartAnswer, decide
from rag.plan.parts import split_question
from rag.types import Evidence, Query, Sentence
from rag.verify import quote


def part(question: str, story: Story, n: int) -> PartAnswer:
    """Every sentence of a story as evidence, numbered from n; the first one is the answer."""
    published = datetime.fromisoformat(story[0]) if story[0] else None
    text = story[1]
    article = Article(
        f"article-{n}", "", text, "", (), published, None, "", "",
        mentions=mentions(text, published.date() if published else None),
    )  # fmt: skip
    evidence = tuple(
        Evidence(n + place, article, start, end, text[start:end], 1.0 - place / 10)
        for place, (start, end) in enumerate(sentence_spans(text))
    )
    return PartAnswer(Query(question, question), (quote(evidence[0]),), evidence)


def decided(question: str, stories: tuple[Story, ...]) -> tuple[Sentence | None, tuple[PartAnswer, ...]]:
    texts = split_question(question)
    parts = tuple(part(text, story, 10 * n + 1) for n, (text, story) in enumerate(zip(texts, stories, strict=True)))
    query = Query(question, question, parts=tuple(each.query for each in parts))
    return decide(query, parts), parts


@pytest.mark.parametrize(("question", "stories", "expected"), (*DECIDED, *PLAIN_DEEDS))
def test_what_follows_from_the_parts_is_said(question: str, stories: tuple[Story, ...], expected: str) -> None:
    sentence, parts = decided(question, stories)

    assert sentence is not None
    assert sentence.text == expected
    assert sentence.support == "supported"
    pieces = {piece.n: piece for each in parts for piece in each.evidence}
    assert sentence.citations
    for citation in sentence.citations:
        piece = pieces[citation.evidence]
        assert piece.article.text[citation.start : citation.end] == citation.quote
    quotes = [normal(citation.quote) for citation in sentence.citations]
    assert all(any(stands_in(fact, words) for words in quotes) for fact in facts_of(sentence.text))


@pytest.mark.parametrize(("question", "stories"), (*UNDECIDED, *OTHER_DEEDS))
def test_what_does_not_surely_follow_is_left_open(question: str, stories: tuple[Story, ...]) -> None:
    assert decided(question, stories)[0] is None


@pytest.mark.parametrize(("question", "stories", "begins"), TRAPS)
def test_sentences_that_look_like_an_answer_are_read_as_they_stand(
    question: str, stories: tuple[Story, ...], begins: str
) -> None:
    sentence, _ = decided(question, stories)

    assert (sentence.text if sentence else "").startswith(begins)
    assert bool(sentence) == bool(begins)


WORDS = (
    "Ana Ruiz|Orla Finn|resigned|has|did not|on Tuesday|in 2029|,|.|who|said|died|aged|78|55|the fire|A fire|at Norvik|"
    'killed|39 people|nine people|41 seats|won|is|4.2 km|long|The Norvik Bridge|"|(|and|because|was|$499|costs'
).split("|")
QUESTIONS = tuple(dict.fromkeys(question for question, *_ in (*DECIDED, *UNDECIDED)))
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=20).map(" ".join)


@given(st.sampled_from(QUESTIONS), st.lists(TEXTS, min_size=3, max_size=3))
def test_whatever_is_said_stands_in_what_it_cites(question: str, texts: list[str]) -> None:
    stories = tuple(("2030-05-03", text) for text in texts)
    sentence, parts = decided(question, stories[: len(split_question(question))])

    if sentence:
        pieces = {piece.n: piece for each in parts for piece in each.evidence}
        assert all(pieces[c.evidence].text == c.quote for c in sentence.citations)
        quotes = [normal(citation.quote) for citation in sentence.citations]
        assert all(any(stands_in(fact, words) for words in quotes) for fact in facts_of(sentence.text))


def test_a_part_that_the_archive_does_not_answer_leaves_the_question_open() -> None:
    question, stories, _ = DECIDED[0]
    _, parts = decided(question, stories)
    query = Query(question, question, parts=tuple(each.query for each in parts))

    assert decide(query, (parts[0], replace(parts[1], sentences=()))) is None
    assert decide(query, parts[:1]) is None


def test_whose_it_is_is_left_out_where_the_sentence_does_not_say() -> None:
    sentence, _ = decided(
        "Who was older when she died, Tarn's Ana Ruiz or Ostrey's Orla Finn?",
        (("2030-05-03", "Ana Ruiz has died at 78."), ("2030-06-11", "Orla Finn has died at 55.")),
    )

    assert sentence is not None
    assert sentence.text == "Ana Ruiz was older when she died: 78 against 55."


def test_a_name_that_stands_beside_the_deciding_sentence_is_cited_there() -> None:
    sentence, parts = decided(
        "Who was older when she died, Ana Ruiz of Tarn or Orla Finn of Ostrey?",
        (
            ("2030-05-03", "Ana Ruiz of Tarn has died at 78. The port mourned."),
            ("2030-06-11", "Orla Finn of Ostrey has died at 55."),
        ),
    )

    assert sentence is not None
    assert sentence.text == "Ana Ruiz of Tarn was older when she died: 78 against 55."
    assert [citation.evidence for citation in sentence.citations] == [
        parts[0].evidence[0].n,
        parts[1].evidence[0].n,
    ]
