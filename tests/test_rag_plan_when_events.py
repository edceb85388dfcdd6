"""The day of an event: what the archive's articles agree on, and nothing where they do not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.mentions import mentions
from index.types import EVERYTHING, Article, Filter, Hit, NameFound, Passage
from index.words import topic_words
from rag.plan.when.events import day_of, event_asked

CRASH = date(2025, 11, 3)  # a Monday


class Shelf:
    """An archive of articles, each one passage; the more words of a query one has, the better it matches."""

    def __init__(self, *articles: Article) -> None:
        self._articles = {article.id: article for article in articles}

    def outlets(self) -> Mapping[str, int]:
        return {}

    def names_in(self, text: str, /) -> tuple[NameFound, ...]:
        return ()

    def matching(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        wanted = set(topic_words(text))
        scores = {
            id: len(wanted.intersection(topic_words(f"{article.title} {article.text}")))
            for id, article in self._articles.items()
            if not where.until or not article.published or article.published <= where.until
        }
        best = sorted((id for id in scores if scores[id]), key=lambda id: (-scores[id], id))[:k]
        return [
            Hit(Passage(id, 0, 0, len(text), text), float(scores[id]), rank, "words")
            for rank, id in enumerate(best, start=1)
            if (text := self._articles[id].text)
        ]

    def article(self, article_id: str, /) -> Article:
        return self._articles[article_id]


def article(id: str, published: date | None, text: str, title: str = "News of the day") -> Article:
    when = datetime(published.year, published.month, published.day, 9) if published else None
    return Article(id, title, text, "", (), when, None, id, "", mentions=mentions(text, published))


def test_articles_that_tell_the_same_day_settle_it() -> None:
    shelf = Shelf(
        article("a", date(2025, 11, 5), "It rained. The Velden ferry crash on Monday cost nine lives."),
        article("b", date(2025, 11, 8), "The mayor spoke of the Velden ferry crash of Nov. 3, 2025."),
        article("c", date(2025, 11, 20), "A harbour was closed. Nobody spoke of ferries."),
    )

    assert day_of("the Velden ferry crash", shelf, EVERYTHING) == CRASH


def test_news_of_the_next_days_is_of_the_same_event() -> None:
    shelf = Shelf(
        article("a", date(2025, 11, 4), "Nine died.", "Velden ferry crash: nine dead"),
        article("b", date(2025, 11, 6), "The captain was held.", "Velden ferry crash: captain held"),
    )

    assert day_of("the Velden ferry crash", shelf, EVERYTHING) == date(2025, 11, 4)


def test_one_article_settles_it_where_its_headline_is_about_it_and_matches_best() -> None:
    title = "Ferry crash in Velden"

    assert day_of("the ferry crash", Shelf(article("a", CRASH, "Nine died.", title)), EVERYTHING) == CRASH
    told = article("a", date(2025, 11, 5), "Nine died on Monday.", title)
    assert day_of("the ferry crash", Shelf(told), EVERYTHING) == CRASH


@pytest.mark.parametrize(
    "articles",
    [
        (),
        (article("a", None, "Nine died.", "Ferry crash in Velden"),),
        (article("a", date(2025, 11, 5), "The ferry is old. A train hit a wall in Oakmere on Monday."),),
        (  # one word is too little to tell one crash from another
            article("a", date(2025, 11, 5), "He spoke of the crash of Monday."),
            article("b", date(2025, 7, 9), "She spoke of the crash of Tuesday."),
        ),
    ],
)
def test_where_articles_do_not_tell_or_agree_there_is_no_day(articles: tuple[Article, ...]) -> None:
    assert day_of("the Velden ferry crash", Shelf(*articles), EVERYTHING) is None
    assert day_of("the crash", Shelf(*articles), EVERYTHING) is None


def test_days_long_before_the_news_are_of_other_events() -> None:
    shelf = Shelf(
        article("a", date(2025, 11, 5), "It rained. The Velden ferry crash of Nov. 3, 1987, is remembered by a bell."),
        article("b", date(2025, 11, 9), "It rained. After the Velden ferry crash on 3 November 1987 a law was made."),
    )

    assert day_of("the Velden ferry crash", shelf, EVERYTHING) not in {date(1987, 11, 3)}


def test_what_may_not_be_seen_does_not_count() -> None:
    shelf = Shelf(article("a", CRASH, "Nine died.", "Ferry crash in Velden"))

    assert day_of("the Velden ferry crash", shelf, Filter(until=datetime(2025, 11, 2))) is None


@pytest.mark.parametrize(
    ("question", "words", "event"),
    [
        ("Who resigned after the summit in Velden?", "after the summit in Velden", "the summit in Velden"),
        ("After the Tarnow dam burst, who was blamed?", "After the Tarnow dam burst", "the Tarnow dam burst"),
        ("who fled the day after the ferry crash was told", "the day after the ferry crash", "the ferry crash"),
        ("What did Brask say in the week before the vote?", "the week before the vote", "the vote Brask"),
        ("What has grown since Okara's speech?", "since Okara's speech", "Okara's speech"),
        ("Who spoke on the eve of the election?", "on the eve of the election", "the election"),
    ],
)
def test_the_event_that_a_question_speaks_of(question: str, words: str, event: str) -> None:
    events = []

    def day_told(asked: str) -> date:
        events.append(asked)
        return CRASH

    claim = event_asked(question, None, day_told)

    assert claim
    assert (question[claim.start : claim.end], events) == (words, [event])


@pytest.mark.parametrize(
    "question",
    [
        "Who looked after the child?",
        "Which ship was named after the queen?",
        "Who appeared before the court?",
        "What did firms do during the pandemic?",
        "What has grown since the start?",
        "Who ran after the others?",
        "What was sold during the night?",
        "What comes after that?",
    ],
)
def test_what_is_no_event_is_not_looked_up(question: str) -> None:
    assert event_asked(question, None, pytest.fail) is None


@given(st.text(), st.text(), st.none() | st.dates())
def test_any_event_in_any_article_gives_a_day_or_none(event: str, text: str, published: date | None) -> None:
    day = day_of(event, Shelf(article("a", published, text, event)), EVERYTHING)

    assert day is None or (published is not None and abs((day - published).days) <= 30)
