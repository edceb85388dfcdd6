"""Questions in, answers on the terminal out: ask, show and chat."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from index.errors import OnRecordError, UsageError
from ui.commands.opening import ANSWERED, NOT_SAID, Choice, open_archive, open_pipeline
from ui.render import Terminal
from ui.understood import in_full, stages
from ui.words import counted, one_line, reasons

if TYPE_CHECKING:
    from rag.pipeline import Pipeline
    from rag.types import Answer
    from ui.conversation import Exchange

HELP = "/sources shows the last answer's sources in full, /quit or Ctrl-D ends"


def ask(question: str, choice: Choice, *, as_of: date, as_json: bool, explain: bool) -> int:
    """Answer one question; `-` reads it from stdin; `explain`: with how it came about. Returns the exit code."""
    text = _asked(question)
    terminal = Terminal()
    with open_pipeline(choice) as pipeline:
        answer = _answered(pipeline, text, (), as_of, terminal)
    if as_json:
        from rag.serialize import answer_record

        terminal.record(answer_record(answer, choice.without))
    else:
        if explain:
            _explain(answer, choice, terminal)
        terminal.answer(answer)
    return NOT_SAID if answer.refused else ANSWERED


def show(name: str, archive: Path, encoder: str | None, *, raw: bool, as_json: bool) -> int:
    """Show the article that goes by this id, URL, file name or path. Returns the exit code."""
    terminal = Terminal()
    with open_archive(archive, encoder) as opened:
        article = opened.find(name)
    if as_json:
        from index.serialize import article_record

        terminal.record(article_record(article))
    else:
        terminal.article(article, raw=raw)
    return ANSWERED


def chat(choice: Choice, *, as_of: date) -> int:
    """Ask question after question, each understood in the light of those before. Returns the exit code."""
    from ui.conversation import Exchange

    terminal = Terminal()
    exchanges: list[Exchange] = []
    with open_pipeline(choice) as pipeline:
        with terminal.status("Loading the models …"):
            pipeline.warm_up()
        terminal.note(f"{counted(pipeline.archive.stats().articles, 'article')}. {HELP}")
        for line in _lines():
            if line == "/quit":
                break
            if line == "/sources":
                _show_sources(exchanges, terminal)
            elif line.startswith("/"):
                terminal.note(f"{line} is not a command: {HELP}")
            else:
                answer = _reply(pipeline, line, exchanges, as_of, terminal)
                if answer is not None:
                    exchanges.append(Exchange(line, answer.evidence, answer=answer, query=answer.query))
    return ANSWERED


def _explain(answer: Answer, choice: Choice, terminal: Terminal) -> None:
    terminal.explanation(
        [*in_full(answer.query, choice.without), *reasons(answer), ("seconds", stages(answer.seconds))]
    )
    for hit in answer.hits:
        terminal.hit_scores(hit)
    terminal.line()


def _reply(
    pipeline: Pipeline, question: str, before: Sequence[Exchange], as_of: date, terminal: Terminal
) -> Answer | None:
    """The answer, shown; None where the question could not be answered, which does not end the chat."""
    try:
        answer = _answered(pipeline, question, before, as_of, terminal)
    except OnRecordError as error:
        terminal.note(str(error), style="")
        return None
    terminal.answer(answer)
    terminal.line()
    return answer


def _asked(question: str) -> str:
    text = (_piped().read() if question == "-" else question).strip()
    if not text:
        raise UsageError('the question is empty: write it in quotes, such as onrecord ask "Who won the election?"')
    return text


def _answered(pipeline: Pipeline, question: str, before: Sequence[Exchange], as_of: date, terminal: Terminal) -> Answer:
    from ui.conversation import Exchange, follow, turns

    with terminal.status("Looking through the archive …") as status:
        for exchange in follow(Exchange(question), pipeline.stream(question, as_of=as_of, history=turns(before))):
            reading = f"Reading {counted(len(exchange.evidence), 'quote')} …"
            status.update(f"Draft: {one_line(exchange.draft)}" if exchange.draft.strip() else reading)
    assert exchange.answer is not None  # a stream ends with Answered
    return exchange.answer


def _piped() -> TextIO:
    if sys.stdin is None:  # closed by whoever started us
        raise UsageError("there is no standard input to read questions from")
    return sys.stdin


def _lines() -> Iterator[str]:
    """Typed or piped lines that say something, until the end of input."""
    if not (typed := _piped()).isatty():
        yield from filter(None, (line.strip() for line in typed))
        return
    with suppress(ImportError):  # Windows has none
        import readline  # noqa: F401  importing it gives input() line editing and history

    while True:
        try:
            line = input("› ").strip()
        except EOFError:
            return
        if line:
            yield line


def _show_sources(exchanges: Sequence[Exchange], terminal: Terminal) -> None:
    if not exchanges:
        terminal.note("No answer yet: ask something first.")
        return
    for evidence in exchanges[-1].evidence:
        terminal.source(evidence)
