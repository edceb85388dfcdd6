from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fakes import make_article

from index.dates.mentions import mentions
from index.sentences import sentence_spans
from index.types import Article
from rag.cite import Claim
from rag.claims.dated import with_days
from rag.types import Evidence
from rag.verify import judge, unfounded


def article_of(text: str) -> Article:
    """Written on Wednesday 8 May 2024."""
    return replace(make_article("mill", text), mentions=mentions(text, date(2024, 5, 8)))


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("The mill closed on Sunday.", "The mill closed on Sunday 5 May 2024."),
        ("The mill closed on 5 May 2024.", "The mill closed on 5 May 2024."),
        ("The mill closed in 1998.", "The mill closed in 1998."),
        ("The mill closed last month.", "The mill closed last month April 2024."),
        ("The mill closed.", "The mill closed."),
    ],
)
def test_a_date_is_followed_by_its_day(text: str, dated: str) -> None:
    assert with_days(article_of(text), 0, len(text)) == dated


def test_only_the_slice_is_read() -> None:
    text = "It rained on Sunday. The mill closed on Monday."

    assert with_days(article_of(text), 21, len(text)) == "The mill closed on Monday 6 May 2024."


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("The mill closed on 5 May 2024.", True),
        ("The mill closed on May 5.", True),
        ("on Sunday", True),
        ("5 May", True),
        ("May 2024", True),
        ("2024", True),
        ("The mill closed on 6 May 2024.", False),
        ("The mill closed on Monday.", False),
        ("5 May 2023", False),
        ("yesterday", False),
    ],
)
def test_a_draft_may_name_the_day_that_the_article_means(claim: str, supported: bool) -> None:
    article = article_of("The mill closed on Sunday.")
    ((start, end),) = sentence_spans(article.text)
    evidence = (Evidence(1, article, start, end, article.text[start:end], 1.0),)

    (verdict,), _ = judge("When did the mill close?", [Claim(claim, (1,))], evidence)

    assert (not verdict.failures) is supported
    assert bool(verdict.strength) is supported
    assert [unfounded(sentence, evidence) for sentence in verdict.sentences] == [[]]
    assert [sentence.support for sentence in verdict.sentences] == ["supported" if supported else "quoted"]


def test_a_verdict_says_why() -> None:
    article = article_of("The mill employs 40 people.")
    evidence = (Evidence(2, article, 0, len(article.text), article.text, 1.0),)

    (verdict,), _ = judge("How many people work there?", [Claim("39 people", (2,))], evidence)

    assert verdict.why == ("the number 39 is not in [2]",)
    assert verdict.claim == Claim("39 people", (2,))
