"""Questions to begin with: made from who says what about whom, and given only if their own article answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from fakes import TRUSTING, HashEncoder, OverlapReader, OverlapReranker, make_article

from index.archive import Archive
from index.types import Article
from rag.examples import TRIED, examples
from rag.pipeline import Pipeline

SPOKEN = make_article(
    "spoken",
    "The council met in the hall. Ana Ruiz said the works at Norvik Harbour would take six weeks. "
    "Later the Sund ferries of Norvik Harbour were discussed, and people listened to Ana Ruiz.",
    title="Repairs at Norvik Harbour take longer",
    published=datetime(2031, 5, 6),
)
UNNAMED = make_article(
    "unnamed",
    "She said the works would take nine weeks. The people of Tarn Bridge waited, near Tarn Bridge.",
    title="Works on Tarn Bridge go on",
    published=datetime(2031, 5, 7),
)
QUESTION = "What did Ana Ruiz say about Norvik Harbour?"

Over = Callable[..., Pipeline]


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Over]:
    """A pipeline over some articles, without a language model."""
    opened: list[Pipeline] = []

    def over_(*articles: Article, reader: OverlapReader | None = None) -> Pipeline:
        archive = Archive.open(tmp_path / f"archive{len(opened)}", HashEncoder(), create=True)
        archive.update(articles)
        pipeline = Pipeline(archive, OverlapReranker(), reader or OverlapReader(), None, calibration=TRUSTING)
        opened.append(pipeline)
        return pipeline

    yield over_
    for pipeline in opened:
        pipeline.close()


def test_who_speaks_is_asked_about_what_the_headline_names(over: Over) -> None:
    assert examples(over(SPOKEN, UNNAMED)) == (QUESTION,)


def test_who_is_no_name_is_not_asked_about(over: Over) -> None:
    assert examples(over(UNNAMED)) == ()


def test_articles_in_another_language_and_without_a_headline_are_left_alone(over: Over) -> None:
    untitled = make_article("untitled", SPOKEN.text, title="")

    assert examples(over(untitled)) == ()
    assert examples(over()) == ()


class Sceptic(OverlapReader):
    """Finds no answer anywhere; counts what it was asked."""

    def __init__(self) -> None:
        self.questions: set[str] = set()

    def read(self, question: str, passages: Sequence[tuple[str, str]], /) -> list[list[object]]:  # type: ignore[override]
        self.questions.add(question)
        return [[] for _ in passages]


def test_what_is_not_answered_is_not_offered_and_not_everything_is_tried(over: Over) -> None:
    many = [
        make_article(
            f"spoken-{n}",
            SPOKEN.text.replace("Ana Ruiz", f"Ana Ruiz{chr(97 + n)}"),
            title=SPOKEN.title,
            published=datetime(2031, 5, 1 + n),
        )
        for n in range(TRIED + 3)
    ]
    sceptic = Sceptic()

    assert examples(over(*many, reader=sceptic)) == ()
    assert len(sceptic.questions) == TRIED
