"""Answers, hits and findings in, a terminal's look out. Results go to stdout, everything on the way to stderr.

Text of articles and models is shown as text: it can neither style the terminal nor send it commands. What is piped is
not wrapped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.status import Status
from rich.table import Table
from rich.text import Text

from ui.meter import Meter, Pace, TimeLeft
from ui.understood import missing, scores
from ui.words import (
    UNTITLED,
    cited_spans,
    clean,
    dated_by,
    day,
    differing,
    elapsed,
    elsewhere,
    headline,
    marked,
    marks,
    nearest,
    notices,
    one_line,
    suspicious,
    unsaid,
    when,
)

if TYPE_CHECKING:
    from index.read.types import Suspicion
    from index.types import Article, CopyGroup, Hit, Mention, Passage, Removed
    from rag.types import Answer, Evidence, Query, Sentence

WIDEST = 100
"""Columns: longer lines of prose are hard to read."""


class Terminal:
    """Where a command writes. `out` is for results, `err` for the rest."""

    def __init__(self) -> None:
        # A terminal that cannot show a character shows a substitute instead of breaking off.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        self.out = Console(markup=False, emoji=False, highlight=False)
        self.err = Console(markup=False, emoji=False, highlight=False, stderr=True)

    def record(self, record: Mapping[str, object]) -> None:
        """One JSON object on one line, in UTF-8 whatever the terminal's encoding, and nothing else."""
        if isinstance(sys.stdout, TextIOWrapper):
            # A lone surrogate, from a file name or an argument, has no UTF-8; its backslash form is its JSON escape.
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")

    def line(self, text: str | Text = "", *, indent: int = 0) -> None:
        """One paragraph to stdout; wrapped on a terminal only."""
        shown = Text(text) if isinstance(text, str) else text
        if self.out.is_terminal:
            width = min(self.out.width, WIDEST)
            self.out.print(Padding(shown, (0, 0, 0, indent), expand=False), width=width)
        else:
            self.out.print(Text(" " * indent) + shown, soft_wrap=True)

    def heading(self, text: str) -> None:
        """One bold line to stdout."""
        self.line(Text(one_line(text), style="bold"))

    def note(self, text: str, style: str = "dim") -> None:
        """One line to stderr."""
        self.err.print(Text(clean(text), style=style), soft_wrap=True)

    def status(self, text: str) -> Status:
        """A line on stderr that says what is going on, while it does; nothing where stderr is no terminal."""
        return self.err.status(Text(text, style="dim"), spinner="dots")

    @contextmanager
    def progress(self, what: str, total: float | None, *, unit: str) -> Iterator[Meter]:
        """A bar on stderr with how much a second and the time left; nothing where stderr is no terminal."""
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), Pace(unit), TimeLeft())
        with Progress(*columns, console=self.err, transient=True, disable=not self.err.is_terminal) as bar:
            yield Meter(bar, bar.add_task(what, total=total))

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns to stdout; tabs in between where it is piped."""
        if not self.out.is_terminal:
            for row in (header, *rows):
                self.out.file.write("\t".join(one_line(cell) for cell in row) + "\n")  # rich would expand tabs
            return
        table = Table(box=None, pad_edge=False, header_style="dim")
        for name in header:
            table.add_column(name, overflow="fold")
        for row in rows:
            table.add_row(*(Text(one_line(cell)) for cell in row))
        self.out.print(table)

    def answer(self, answer: Answer) -> None:
        """The sentences with their marks, then each source with the quoted words; or that there is none."""
        self._missing(answer.query)
        if answer.refused:
            self._refusal(answer)
        else:
            self.line(_sentences(answer.sentences))
            self._beside(answer)
            for evidence in answer.evidence:
                if spans := cited_spans(evidence, answer):
                    self.line()
                    self.line(_source(evidence))
                    for start, end in spans:
                        self.line(Text(f"“{one_line(evidence.text[start:end])}”", style="italic"), indent=4)
                    for notice in notices(evidence.article):
                        self.line(Text(notice, style="dim"), indent=4)
                    self._elsewhere(evidence.also_in)
        self.note(elapsed(answer.seconds))

    def _missing(self, query: Query) -> None:
        if said := missing(query):
            self.line(Text(said, style="dim"))
            self.line()

    def _refusal(self, answer: Answer) -> None:
        from rag.serialize import REFUSAL

        self.line(Text(REFUSAL, style="bold"))
        if answer.closest:
            self.line()
            self.line(Text("The nearest that it says: ") + _sentences(answer.closest))
        if answer.evidence:
            self.line()
            self.line("The nearest articles:")
            for evidence in nearest(answer):
                self.line(_source(evidence), indent=2)

    def _beside(self, answer: Answer) -> None:
        """Where reports differ, and what of the question stays open."""
        for sides in differing(answer):
            told = Text("Reports differ: ", style="yellow")
            for place, (words, n) in enumerate(sides):
                told.append("; " if place else "", style="").append(words, style="").append(f" [{n}]", style="cyan")
            self.line(told)
        if left := unsaid(answer):
            self.line(Text(f"The archive does not say: {left}", style="bold"))

    def source(self, evidence: Evidence) -> None:
        """A piece of evidence in full."""
        self.line(_source(evidence))
        self.line(one_line(evidence.text), indent=4)
        self._elsewhere(evidence.also_in)

    def explanation(self, lines: Sequence[tuple[str, str]]) -> None:
        """What was understood of a question, line by line, before its answer."""
        for what, words in lines:
            self.line(Text(f"{what}: {words}", style="dim"))
        if lines:
            self.line()

    def hit(self, hit: Hit, article: Article, spans: Sequence[tuple[int, int]] = (), *, explain: bool = False) -> None:
        """A hit's rank and article, then the passage with what matches in it; `explain`: with its scores by stage."""
        self.line(Text.assemble((f"{hit.rank}. ", "bold cyan"), _byline(article)))
        passage = Text()
        for piece, is_match in marked(hit.passage.text, spans):
            passage.append(piece, style="bold yellow" if is_match else "")
        self.line(passage, indent=4)
        self._elsewhere(hit.also_in)
        if explain:
            self.line(Text(scores(hit), style="dim"), indent=4)
        self.line()

    def hit_scores(self, hit: Hit) -> None:
        """A hit in one line: its rank, the id of its article, its scores by stage."""
        self.line(Text(f"{hit.rank}. {one_line(hit.passage.article_id)}: {scores(hit)}", style="dim"))

    def listed(self, article: Article) -> None:
        """An article in one line, and where it is to be had."""
        self.line(_byline(article))
        self.line(Text(one_line(article.id), style="dim"), indent=4)

    def article(self, article: Article, *, raw: bool = False) -> None:
        """A whole article, its paragraphs kept; `raw`: with what was taken out of it, marked, where it stood."""
        self.heading(article.title or UNTITLED)
        about = (article.source, ", ".join(article.authors), when(article), article.url, article.id)
        self.line(Text(" · ".join(one_line(each) for each in about if each), style="dim"))
        reached = 0
        for removed in article.removed if raw else ():
            self._paragraphs(article.text[reached : removed.at])
            self._removed(removed)
            reached = removed.at
        self._paragraphs(article.text[reached:])

    def inspected(self, article: Article, passages: Sequence[Passage], suspicions: Sequence[Suspicion] = ()) -> None:
        """All that reading made of an article: fields and what gave them, text, what was taken out, dates, passages.

        And what in it is meant for a language model.
        """
        told = dict(article.given_by)
        self.line(Text(f"{one_line(article.origin)}  ({article.format})", style="cyan"))
        fields = (
            ("title", article.title or UNTITLED, told.get("title", "")),
            ("source", article.source, told.get("source", "")),
            ("authors", ", ".join(article.authors), told.get("authors", "")),
            ("published", when(article), dated_by(article)),
            ("url", article.url or "", told.get("url", "")),
            ("language", article.language, told.get("language", "")),
            ("section", article.section, told.get("section", "")),
        )
        for name, value, source in fields:
            if value:
                origin = Text(f"  ({one_line(source)})" if source else "", style="dim")
                self.line(Text(f"{name:<10}", style="dim") + one_line(value) + origin, indent=2)
        if passages:
            for each in passages:
                self.line(Text(f"[{each.ordinal + 1}] {each.start}–{each.end}", style="dim"), indent=2)
                self._paragraphs(each.text, indent=4)
        else:
            self._paragraphs(article.text, indent=4)
        for removed in article.removed:
            self._removed(removed, indent=2)
        for mention in article.mentions:
            self.line(_mentioned(article, mention), indent=2)
        for suspicion in suspicions:
            self.line(Text(f"! {suspicious(suspicion)}", style="yellow"), indent=2)
        self.line()

    def _elsewhere(self, also_in: Sequence[str]) -> None:
        if also_in:
            self.line(Text(elsewhere(also_in), style="dim"), indent=4)

    def group(self, group: CopyGroup) -> None:
        """The origin of some copies, then each of them: what it is, where and when it stood, how much is the same."""
        origin, *others = group.members
        self.heading(origin.title or UNTITLED)
        for each in (origin, *others):
            parts = (each.outlet, day(each.published) if each.published else "undated", each.article_id)
            same = "" if each is origin else f" · {each.alike:.0%} the same"
            newer = f" · superseded by {one_line(each.superseded_by)}" if each.superseded_by else ""
            about = " · ".join(one_line(part) for part in parts if part)
            self.line(Text(f"{each.role:<8}", style="cyan") + about + Text(same + newer, style="dim"), indent=2)
        self.line()

    def _paragraphs(self, text: str, indent: int = 0) -> None:
        for paragraph in clean(text).strip("\n").split("\n") if text.strip() else ():
            self.line(paragraph, indent=indent)

    def _removed(self, removed: Removed, indent: int = 0) -> None:
        self.line(Text(f"− {removed.kind}: {one_line(removed.text)}", style="dim"), indent=indent)


def _sentences(sentences: Sequence[Sentence]) -> Text:
    text = Text()
    for sentence in sentences:
        words = one_line(sentence.text)
        text.append(f"“{words}”" if sentence.support == "quoted" else words)
        text.append("".join(f" [{mark.evidence}]" for mark in marks(sentence)) + " ", style="cyan")
    text.rstrip()
    return text


def _source(evidence: Evidence) -> Text:
    return Text.assemble((f"[{evidence.n}] ", "cyan"), _byline(evidence.article))


def _mentioned(article: Article, mention: Mention) -> Text:
    first, last = day(mention.first), day(mention.last)
    days = first if first == last else f"{first} to {last}"
    return Text(f"“{one_line(article.text[mention.start : mention.end])}”") + Text(f" → {days}", style="dim")


def _byline(article: Article) -> Text:
    text = Text()
    if article.source:
        text.append(one_line(article.source), style="bold").append(" · ")
    return text.append(f"{headline(article)} · {when(article)}")
