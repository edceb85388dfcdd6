"""A question in, events out: the stages of an answer, in order. The one place where settings and stages meet.

plan → retrieve → rerank → select → prompt → generate → cite → verify
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from index.archive import Archive
from index.encode import SentenceEncoder
from index.errors import UsageError
from index.models import DEFAULTS, locate
from index.types import EVERYTHING, Filter
from rag.clock import Stopwatch
from rag.find import Finder, Found
from rag.find.rerank import load_reranker
from rag.generate import TransformersGenerator
from rag.plan import plan
from rag.prompt import NOT_FOUND, build_prompt
from rag.select import select
from rag.settle import GREATEST_DOUBT, settle, worth_reading
from rag.types import Answer, Answered, Drafted, Event, Evidence, Part, Query, Reranker, Retrieved, Sentence, Turn
from rag.types import Generator as LanguageModel

LONGEST_QUESTION = 1000
"""In characters, about 200 tokens: with a passage beside it, it still fits the models' windows."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers a pipeline runs with; every other choice is argued where it is made."""

    candidates: int = 30  # passages the cross-encoder reads; 24-50 found the same, 15 fewer (docs/LOG.md)
    max_answer_tokens: int = 80
    prompt_tokens: int = 2048
    without: frozenset[Part] = frozenset()  # parts of finding to leave out; "rerank" is what makes it fast


class Pipeline:
    """Answers questions from one archive.

    Args:
        archive: Where the articles are.
        reranker: Judges passages and sentences.
        generator: Words the answer; None: the evidence's own sentence is the answer.
        settings: The numbers.
    """

    def __init__(
        self, archive: Archive, reranker: Reranker, generator: LanguageModel | None, settings: Settings | None = None
    ) -> None:
        self.archive = archive
        self.reranker = reranker
        self.generator = generator
        self.settings = settings or Settings()
        if {"dense", "words"} <= self.settings.without:
            raise UsageError("Without dense and without words nothing can be found: leave out one of them.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the archive."""
        self.archive.close()

    def stream(self, question: str, *, as_of: date | None = None, history: Sequence[Turn] = ()) -> Iterator[Event]:
        """Answer a question step by step: Retrieved once, Drafted as the model writes, Answered last.

        Args:
            question: As asked.
            as_of: The day it is asked on; nothing published later is seen.
            history: Earlier turns of the conversation, oldest first.

        Raises:
            UsageError: The question is empty, or an operator in it cannot be understood.
        """
        clock = Stopwatch()
        query = self._plan(question, clock, as_of=as_of, history=history)
        if not query.text:
            raise UsageError(f"{question} says where to look and asks nothing. To list articles: onrecord search.")
        query, found = self._find(query, clock, self.settings.candidates)
        with clock.stage("select"):
            evidence = tuple(select(query.text, found.read, found.articles, self.reranker))
        clock.mark("first_evidence")
        yield Retrieved(query, found.hits, evidence, clock.seconds())
        sentences: tuple[Sentence, ...] = ()
        if worth_reading(evidence):
            with clock.stage("generate"):
                draft = yield from self._draft(query, evidence)
            with clock.stage("verify"):
                sentences, evidence = settle(query, draft, evidence)
        yield Answered(
            Answer(question, query, sentences, evidence, found.hits, refused=not sentences, seconds=clock.seconds())
        )

    def answer(self, question: str, *, as_of: date | None = None, history: Sequence[Turn] = ()) -> Answer:
        """The end of `stream`."""
        for event in self.stream(question, as_of=as_of, history=history):
            if isinstance(event, Answered):
                return event.answer
        raise AssertionError("a stream of events ends in Answered")

    def retrieve(self, question: str, *, as_of: date | None = None, history: Sequence[Turn] = ()) -> Retrieved:
        """Find passages without choosing evidence or writing an answer."""
        return self.search(question, k=self.settings.candidates, as_of=as_of, history=history)

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        as_of: date | None = None,
        where: Filter = EVERYTHING,
        history: Sequence[Turn] = (),
    ) -> Retrieved:
        """The k best passages, without evidence.

        Args:
            question: As asked, or words and operators as typed into a search box.
            k: How many at the most.
            as_of: The day it is asked on.
            where: Which articles may be seen.
            history: Earlier turns of the conversation, oldest first.

        Raises:
            UsageError: The question is empty, or an operator in it cannot be understood.
        """
        clock = Stopwatch()
        query = self._plan(question, clock, as_of=as_of, history=history, where=where)
        query, found = self._find(query, clock, max(k, self.settings.candidates))
        return Retrieved(query, found.hits[:k], (), clock.seconds())

    def _plan(
        self,
        question: str,
        clock: Stopwatch,
        *,
        as_of: date | None,
        history: Sequence[Turn],
        where: Filter = EVERYTHING,
    ) -> Query:
        if not question.strip():
            raise UsageError('The question is empty. Ask something: onrecord ask "Who ... ?"')
        if len(question) > LONGEST_QUESTION:
            raise UsageError(
                f"The question has {len(question):,} characters; beyond {LONGEST_QUESTION:,} the models would not read "
                "all of it. Ask in fewer words."
            )
        if any("\ud800" <= character <= "\udfff" for character in question):
            raise UsageError("The question is not valid text (broken UTF-8). Type it again.")
        with clock.stage("plan"):
            query = plan(
                question, self.archive, as_of=as_of, history=history, where=where, without=self.settings.without
            )
        if query.text and not any(character.isalnum() for character in query.text):
            raise UsageError(f"There is nothing to look for in {question!r}: no letter and no digit. Ask in words.")
        return query

    def _find(self, query: Query, clock: Stopwatch, candidates: int) -> tuple[Query, Found]:
        found = Finder(self.archive, self.reranker, self.settings.without).find(query, candidates, clock)
        return replace(query, unmet=found.unmet), found

    def _prompt_budget(self, generator: LanguageModel) -> int:
        return min(self.settings.prompt_tokens, generator.context_tokens - self.settings.max_answer_tokens)

    def _draft(self, query: Query, evidence: Sequence[Evidence]) -> Generator[Event, None, str]:
        """Let the model write, event by event; without a model the best evidence is the draft."""
        if self.generator is None:
            return f"[{max(evidence, key=lambda piece: (piece.score, -piece.n)).n}]"
        messages, _ = build_prompt(
            query, evidence, count_tokens=self.generator.count_tokens, budget_tokens=self._prompt_budget(self.generator)
        )
        if self.generator.chance(messages, NOT_FOUND) > GREATEST_DOUBT:
            return NOT_FOUND
        draft = ""
        with closing(self.generator.stream(messages, max_tokens=self.settings.max_answer_tokens)) as pieces:
            for piece in pieces:
                draft += piece
                yield Drafted(draft)
        return draft


def open_pipeline(
    archive_folder: Path,
    *,
    encoder: str | None = None,
    reranker: str | None = None,
    model: str | None = None,
    settings: Settings | None = None,
) -> Pipeline:
    """Bring an archive and its models together.

    Args:
        archive_folder: An archive made by `onrecord index`.
        encoder: A model's name, folder or hub id; None: the default one.
        reranker: The same.
        model: The same; "none": no language model, the best evidence itself is the answer.
        settings: The numbers; None: the default ones.

    Raises:
        ModelMissing: A model is not on this machine yet.
        ArchiveMissing: Nothing has been indexed there.
        StaleArchive: The archive was made with another encoder.
    """
    generator = None
    if model != "none":
        generator = TransformersGenerator(locate(model or DEFAULTS["generator"], "generator"))
    ranker = load_reranker(locate(reranker or DEFAULTS["reranker"], "reranker"))
    archive = Archive.open(archive_folder, SentenceEncoder(locate(encoder or DEFAULTS["encoder"], "encoder")))
    return Pipeline(archive, ranker, generator, settings)
