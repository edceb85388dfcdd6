"""Articles and questions in, a peer's ranked passages and replies out, as files of JSON lines. Measures nothing.

Both sides import this module, and the peer's has nothing of ours installed: it needs the standard library alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, TypeVar

DEPTH = 50
"""Passages asked of a peer, several of which may be of one article: so deep that ten articles are among them."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as a peer gets it, `text` beginning with the headline: the peers know no other place for it."""

    article_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a peer answered, and the words of the slices it was given to answer from."""

    text: str
    given: tuple[str, ...]


class Peer(Protocol):
    """Stock retrieval. Making one loads the encoder, so that indexing is timed without."""

    def index(self, texts: Sequence[Text], /) -> None:
        """Take in all articles."""

    def search(self, question: str, k: int, /) -> list[tuple[str, str]]:
        """The k best passages, best first, each as the id of its article and its words."""


class Writer(Protocol):
    """Stock answers. Making one loads the language model, so that answering is timed without."""

    def answer(self, question: str, /) -> Reply:
        """Search, and let the model answer from what is found."""


P = TypeVar("P", bound=Peer)


def serve(make: Callable[[str], P], writing: Callable[[P, str], Writer] | None = None) -> None:
    """What a peer does as a program: TEXTS QUESTIONS ENCODER-FOLDER OUT [MODEL-FOLDER].

    The first line written holds the seconds of indexing; then comes a line for each question with its id, its
    passages and the seconds of its search. Given a model, a question that is marked to be answered also gets its reply,
    what the model was given, and the seconds of both.
    """
    texts_file, questions_file, encoder, out, *model = sys.argv[1:]
    texts = [Text(line["id"], line["text"]) for line in read_lines(Path(texts_file))]
    peer = make(encoder)
    start = perf_counter()
    peer.index(texts)
    head = {"index_seconds": perf_counter() - start}
    asked = list(read_lines(Path(questions_file)))
    found = [_search(peer, line["id"], line["question"]) for line in asked]
    if model and writing:
        writer = writing(peer, model[0])
        writer.answer("warming up")  # weights are mapped, and read when they are first used
        found = [
            {**line, **_answer(writer, each["question"])} if each["answer"] else line
            for line, each in zip(found, asked, strict=True)
        ]
    write_lines(Path(out), [head, *found])


def _search(peer: Peer, question_id: str, question: str) -> Mapping[str, object]:
    start = perf_counter()
    passages = peer.search(question, DEPTH)
    return {"id": question_id, "seconds": perf_counter() - start, "passages": passages}


def _answer(writer: Writer, question: str) -> Mapping[str, object]:
    start = perf_counter()
    reply = writer.answer(question)
    return {"answer_seconds": perf_counter() - start, "reply": reply.text, "given": reply.given}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The object on every line."""
    with path.open(encoding="utf-8") as file:  # its lines end in \n alone; JSON strings may hold other breaks
        yield from map(json.loads, file)


def write_lines(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    """One object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
