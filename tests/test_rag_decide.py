from __future__ import annotations

from datetime import datetime

import pytest

from index.dates.mentions import mentions
from index.sentences import sentence_spans
from index.types import Article
from rag.claims.facts import facts_of, stands_in
from rag.claims.normal import normal
from rag.decide import PartAnswer, decide, label
from rag.plan.parts import split_question
from rag.types import Evidence, Query, Sentence
from rag.verify import quote
from tests.decisions import DECIDED, UNDECIDED, Story


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


@pytest.mark.parametrize(("question", "stories", "expected"), DECIDED)
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


@pytest.mark.parametrize(("question", "stories"), UNDECIDED)
def test_what_does_not_surely_follow_is_left_open(question: str, stories: tuple[Story, ...]) -> None:
    assert decided(question, stories)[0] is None
