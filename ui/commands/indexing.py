"""Files in, an archive with a summary out: index, and the demonstration that indexes, asks and explains."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from ui.commands.opening import ANSWERED, Choice, open_archive, open_pipeline
from ui.render import Terminal
from ui.words import counted, one_line

if TYPE_CHECKING:
    from index.archive import Archive, Changes
    from index.intake import Clash
    from index.read import Skipped
    from index.types import Article

SHOWN_SKIPPED = 20

DEMO_QUESTIONS = (
    ("Who is going to run city hall in Vennmouth from the new year?", date(2024, 12, 2)),
    ("How much rain came down at Callow Dam in one day during the October storm?", date(2024, 12, 2)),
    ("How many years in prison did the museum burglar get?", date(2024, 12, 2)),  # nobody was sentenced
)


def index(paths: Sequence[Path], archive: Path, encoder: str | None) -> int:
    """Bring the archive up to date with these files and folders. Returns the exit code."""
    from index.errors import OnRecordError
    from index.read import FORMATS, read

    terminal = Terminal()
    found = read(paths)  # before the archive is made: a mistyped path leaves nothing behind
    with open_archive(archive, encoder, create=True) as opened:
        changes, skipped = _update(opened, found, terminal)
        empty = not (changes.added or changes.updated or changes.unchanged) and not opened.stats().articles
    _summarise(changes, skipped, archive, terminal)
    if empty:
        raise OnRecordError(f"no article was found in {', '.join(map(str, paths))}. Readable are: {', '.join(FORMATS)}")
    return ANSWERED


def demo(archive: Path | None) -> int:
    """Index the demonstration newsroom, ask it three questions and say how to go on. Returns the exit code."""
    from platformdirs import user_data_path

    folder = archive or user_data_path("onrecord") / "demo"
    newsroom = Path(str(files("eval") / "demo" / "articles"))
    code = index([newsroom], folder, None)
    if code != ANSWERED:
        return code
    terminal = Terminal()
    with open_pipeline(Choice(folder)) as pipeline:
        for question, as_of in DEMO_QUESTIONS:
            terminal.line()
            terminal.heading(question)
            with terminal.status("Looking through the archive …"):
                answer = pipeline.answer(question, as_of=as_of)
            terminal.answer(answer)
    terminal.line()
    program = shlex.quote(sys.argv[0]) if Path(sys.argv[0]).name == "onrecord" else "onrecord"  # as it was called
    terminal.line(f"Open the page:         {program} serve --archive {shlex.quote(str(folder))}")
    terminal.line(f"Index your own folder: {program} index FOLDER && {program} serve")
    return ANSWERED


def _update(
    archive: Archive, found: Iterator[Article | Skipped], terminal: Terminal
) -> tuple[Changes, list[Skipped | Clash]]:
    from index.read import Skipped

    skipped: list[Skipped | Clash] = []

    def articles() -> Iterator[Article]:
        for each in found:
            if isinstance(each, Skipped):
                skipped.append(each)
            else:
                yield each

    start = perf_counter()
    with terminal.progress("Indexing", None, unit="articles") as meter:
        changes = archive.update(articles(), lambda progress: meter.move(progress.seen))
    seconds = perf_counter() - start
    seen = changes.added + changes.updated + changes.unchanged
    terminal.note(f"{counted(seen, 'article')} in {seconds:.1f} s, {seen / seconds:,.1f}/s")
    return changes, [*skipped, *changes.clashes]


def _summarise(changes: Changes, skipped: Sequence[Skipped | Clash], archive: Path, terminal: Terminal) -> None:
    counts = (
        f"{changes.added:,} added, {changes.updated:,} updated, {changes.unchanged:,} unchanged, "
        f"{len(skipped):,} skipped; {counted(changes.passages, 'new passage')}"
    )
    terminal.line(f"{archive}: {counts}")
    for each in skipped[:SHOWN_SKIPPED]:
        terminal.line(f"skipped {one_line(each.origin)}: {one_line(each.reason)}", indent=2)
    if len(skipped) > SHOWN_SKIPPED:
        terminal.line(f"and {len(skipped) - SHOWN_SKIPPED:,} more", indent=2)
