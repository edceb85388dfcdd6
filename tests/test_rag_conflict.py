"""Where reports differ: pairs of invented articles, and the laws that what is told of a difference must keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from conflict_pairs import (
    AGREEING,
    DIFFERING,
    HARD_AGREEING,
    ONE_EVENT,
    OTHER_EVENT,
    UNSEEN_AGREEING,
    UNSEEN_DIFFERING,
    Pair,
    Report,
)
from fakes import make_article
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates.mentions import mentions
from index.sentences import sentence_spans
from index.types import Article
from rag.conflict import disagreements, worded
from rag.types import Citation, Disagreement, Evidence, Query, Sentence

PAIRS = [*DIFFERING, *AGREEING, *UNSEEN_DIFFERING, *UNSEEN_AGREEING, *HARD_AGREEING, *ONE_EVENT, *OTHER_EVENT]


def article_of(report: Report, article_id: str) -> Article:
    published = datetime.fromisoformat(report.published) if report.published else None
    article = make_article(article_id, report.text, title=report.title, source=report.source, published=published)
    return replace(article, mentions=mentions(report.text, published.date() if published else None))


def pool_of(*articles: Article) -> list[Evidence]:
    spans = [(article, start, end) for article in articles for start, end in sentence_spans(article.text)]
    return [Evidence(n, a, start, end, a.text[start:end], 1.0) for n, (a, start, end) in enumerate(spans, start=1)]


def quoted(piece: Evidence) -> Sentence:
    return Sentence(piece.text, (Citation(piece.n, piece.article.id, piece.start, piece.end, piece.text),), "quoted")


def asked(
    question: str, said: str, *reports: Report, phrase: bool = True
) -> tuple[tuple[Disagreement, ...], list[Evidence]]:
    """What is told when the first report's words answer: as a phrase before its sentence, or the sentence alone."""
    pool = pool_of(*(article_of(report, f"article-{n}") for n, report in enumerate(reports, start=1)))
    piece = next(each for each in pool if said.casefold() in each.text.casefold())
    sentence = quoted(piece)
    answer = [Sentence(said, sentence.citations, "supported"), sentence] if phrase else [sentence]
    return disagreements(Query(question, question), answer, pool[:6], pool), pool


@pytest.mark.parametrize("phrase", [True, False], ids=["phrase", "sentence"])
@pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
def test_two_reports_differ_or_agree(pair: Pair, phrase: bool) -> None:
    found, _ = asked(pair.question, pair.said, pair.first, pair.second, phrase=phrase)
    if pair.about is None:
        assert found == ()
        return
    (told,) = found
    assert told.about == pair.about
    assert told.superseding == pair.superseding
    assert pair.other.casefold() in " ".join(side.value for side in told.sides).casefold()


@pytest.mark.parametrize("pair", [*DIFFERING, *UNSEEN_DIFFERING], ids=lambda pair: pair.name)
def test_each_side_quotes_its_article_and_its_value_stands_in_the_quotation(pair: Pair) -> None:
    (told,), pool = asked(pair.question, pair.said, pair.first, pair.second)
    assert len({side.sentence.citations[0].article_id for side in told.sides}) == len(told.sides) == 2
    for side in told.sides:
        (citation,) = side.sentence.citations
        piece = next(each for each in pool if each.n == citation.evidence)
        assert piece.article.text[citation.start : citation.end] == citation.quote == side.sentence.text
        assert side.value in citation.quote
        assert side.sentence.support == "quoted"


@pytest.mark.parametrize("pair", [*DIFFERING, *UNSEEN_DIFFERING], ids=lambda pair: pair.name)
def test_the_order_of_what_was_read_decides_nothing(pair: Pair) -> None:
    pool = pool_of(article_of(pair.first, "one"), article_of(pair.second, "two"))
    piece = next(each for each in pool if pair.said.casefold() in each.text.casefold())
    query = Query(pair.question, pair.question)
    assert disagreements(query, [quoted(piece)], pool, pool) == disagreements(query, [quoted(piece)], (), pool[::-1])


TOLL = "How many people died in the ferry accident off Brisca?"
SATURDAY = Report(
    "Island Post", "2024-08-11", "Ferry sinks off Brisca", "A ferry sank off Brisca and 31 people died, police said."
)


def toll(source: str, published: str, words: str) -> Report:
    return Report(source, published, "Ferry sinks off Brisca", words)


def test_of_three_counts_the_newest_supersedes_both() -> None:
    monday = toll("National Wire", "2024-08-13", "The ferry accident off Brisca killed 39 people, rescuers said.")
    friday = toll("The Examiner", "2024-08-17", "The accident of the ferry off Brisca killed 46 people, it is known.")
    (told,), _ = asked(TOLL, "31", SATURDAY, friday, monday)
    assert [side.value for side in told.sides] == ["31 people", "39 people", "46 people"]
    assert told.superseding == 2


def test_reports_that_give_the_same_other_value_are_one_side() -> None:
    wire = toll("National Wire", "2024-08-13", "The ferry accident off Brisca killed 39 people, rescuers said.")
    echo = toll("The Echo", "2024-08-13", "In the ferry accident off Brisca, thirty-nine people died, rescuers said.")
    (told,), _ = asked(TOLL, "31", SATURDAY, wire, echo)
    assert len(told.sides) == 2


def test_an_undated_report_stands_last_and_supersedes_nothing() -> None:
    undated = toll("National Wire", "", "The ferry accident off Brisca killed 39 people, rescuers said.")
    (told,), pool = asked(TOLL, "31", SATURDAY, undated)
    assert [side.value for side in told.sides] == ["31 people", "39 people"]
    assert told.superseding is None
    assert worded(told, pool) == "“31 people”, says Island Post (11 August 2024); “39 people”, says National Wire"


def test_a_correction_of_the_same_day_supersedes_wherever_it_was_found() -> None:
    correction = toll("The Echo", "2024-08-11", "Correction: the ferry accident off Brisca killed 13 people, not more.")
    for reports in ((SATURDAY, correction), (correction, SATURDAY)):
        (told,), _ = asked(TOLL, "31" if reports[0] is SATURDAY else "13", *reports)
        assert told.superseding is not None
        assert told.sides[told.superseding].value == "13 people"


def test_an_answer_that_tells_both_sides_hears_of_their_difference_once() -> None:
    monday = toll("National Wire", "2024-08-13", "The ferry accident off Brisca killed 39 people, rescuers said.")
    pool = pool_of(article_of(SATURDAY, "one"), article_of(monday, "two"))
    (told,) = disagreements(Query(TOLL, TOLL), [quoted(piece) for piece in pool], pool, pool)
    assert [side.value for side in told.sides] == ["31 people", "39 people"]


def test_one_article_does_not_differ_from_itself() -> None:
    text = "A ferry sank off Brisca and 31 people died. The ferry accident off Brisca killed 39 people, others said."
    assert asked(TOLL, "31", toll("Island Post", "2024-08-11", text))[0] == ()


def test_what_the_answer_does_not_say_is_not_told() -> None:
    first = toll("Island Post", "2024-08-11", "A ferry sank off Brisca at noon on Saturday and 31 people died.")
    other = toll("National Wire", "2024-08-13", "The ferry sank off Brisca at noon and 39 people died, rescuers said.")
    assert asked("At what time did the ferry sink off Brisca?", "noon", first, other)[0] == ()


def test_what_supersedes_is_said_in_words() -> None:
    monday = toll("National Wire", "2024-08-13", "The ferry accident off Brisca killed at least 39 people, it said.")
    (told,), pool = asked(TOLL, "31", SATURDAY, monday)
    assert worded(told, pool) == (
        "“31 people”, says Island Post (11 August 2024); “at least 39 people”, says National Wire (13 August 2024), "
        "which supersedes what was reported before"
    )


words = st.lists(
    st.sampled_from(
        "Brisca ferry killed 31 39 people, $5 million on Friday said “the ferry sank off Brisca with all on board” "
        "called Blue Star Act not 4.5% 12 December U.S. . at least - \u00a0 é".split(" ")
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(words, words, st.sampled_from([TOLL, "When?", "What is the Act called?", "x"]))
def test_nothing_crashes_and_every_value_is_a_quotation(first: str, second: str, question: str) -> None:
    reports = (Report("A", "2024-08-11", first[:30], first), Report("B", "2024-08-12", "", second))
    pool = pool_of(*(article_of(report, report.source) for report in reports))
    said = [quoted(piece) for piece in pool if piece.article.id == "A"]
    for told in disagreements(Query(question, question), said, pool, pool):
        assert len(told.sides) >= 2
        assert all(side.value and side.value in side.sentence.citations[0].quote for side in told.sides)
        assert worded(told, pool)
