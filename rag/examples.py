"""A pipeline in, a few questions that its archive answers out: what a page offers to begin with.

Who said what about whom is asked: that can be told from a sentence and its headline. Each question is tried, and only
those are given whose evidence comes from the article they were made from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from index.sentences import sentence_spans
from index.types import EVERYTHING, Article
from rag.claims.speech import attribution
from rag.types import Event, Retrieved

if TYPE_CHECKING:
    from index.archive import Archive

LOOKED_AT = 60
"""The newest articles: an archive opens where the news is."""

TRIED = 6
"""Questions at the most; each costs what finding evidence costs."""

LANGUAGES = ("en", "")
"""Of the articles: the questions are English."""


class Asked(Protocol):
    """What is asked of a pipeline."""

    @property
    def archive(self) -> Archive:
        """Where its articles are."""

    def stream(self, question: str, /) -> Iterator[Event]:
        """The events of one answer."""


def examples(pipeline: Asked, most: int = 3) -> tuple[str, ...]:
    """Questions to begin with, each about another article, at most as many as asked for; may be none."""
    articles, _ = pipeline.archive.newest(EVERYTHING, LOOKED_AT)
    questions = ((article, question) for article in articles if (question := _question(article, pipeline.archive)))
    answered = (question for article, question in islice(questions, TRIED) if _answers(pipeline, question, article))
    return tuple(islice(answered, most))


def _question(article: Article, archive: Archive) -> str:
    """Who is asked about, and on what: "What did Mara Lind say about the Norvik bridge?"; "" if it cannot be told."""
    topics = [found.name for found in archive.names_in(article.title)]
    for start, end in sentence_spans(article.text) if article.language in LANGUAGES and topics else ():
        said = attribution(article.text[start:end])
        if said is None or not said.names_its_speaker or "," in said.speaker:
            continue
        speakers = [found.name for found in archive.names_in(said.speaker)]
        others = [topic for topic in topics if not any(set(topic.split()) & set(name.split()) for name in speakers)]
        if len(speakers) == 1 and others:
            return f"What did {speakers[0]} say about {max(others, key=len)}?"
    return ""


def _answers(pipeline: Asked, question: str, article: Article) -> bool:
    """Whether the best evidence is of this article and the reader finds an answer in it."""
    with closing(pipeline.stream(question)) as events:  # type: ignore[type-var]
        found = next(events)
    best = max(found.evidence, key=lambda each: each.margin, default=None) if isinstance(found, Retrieved) else None
    return best is not None and best.article.id == article.id and best.margin > 0
