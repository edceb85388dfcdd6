"""Files in, an archive with a summary out: index, and the demonstration that indexes, asks and explains."""

from __future__ import annotations

import json
import shlex
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from threading import Event
from time import perf_counter
from types import FrameType
from typing import TYPE_CHECKING

from ui.commands.opening import ANSWERED, INTERRUPTED, Choice, open_archive, open_pipeline
from ui.render import Terminal
from ui.reported import SHOWN, copies, done, skipped, summary
from ui.words import counted, day, one_line, suspicious

if TYPE_CHECKING:
    from index.read import Options
    from index.read.report import ReadingReport
    from index.update import Changes

DEMO_QUESTIONS = (
    ("Who is going to run city hall in Vennmouth from the new year?", date(2024, 12, 2)),
    ("How much rain came down at Callow Dam in one day during the October storm?", date(2024, 12, 2)),
    ("How many years in prison did the museum burglar get?", date(2024, 12, 2)),  # nobody was sentenced
)


def index(paths: Sequence[Path], archive: Path, encoder: str | None, how: Options, report: Path | None) -> int:
    """Bring the archive up to date with these files and folders. Returns the exit code.

    The first Ctrl-C stops after the articles at hand, so that nothing that was read is lost; the second at once.
    """
    from index.errors import OnRecordError
    from index.read import FORMATS, read, size_of
    from index.read.report import Tally
    from index.serialize import reading_record

    terminal = Terminal()
    start = perf_counter()
    tally = Tally(datetime.now())
    found = tally.articles(read(paths, how, tally.reach))  # first: a mistyped path leaves no archive behind
    with (
        open_archive(archive, encoder, create=True) as opened,
        stoppable(terminal) as stopped,
        terminal.progress("Indexing", size_of(paths), unit="articles") as meter,
    ):
        changes = opened.update(
            takewhile(lambda _: not stopped.is_set(), found),
            lambda progress: meter.move(tally.reached, count=progress.seen),
        )
        empty = not (changes.added or changes.updated or changes.unchanged) and not opened.stats().articles
    seen, seconds = changes.added + changes.updated + changes.unchanged, perf_counter() - start
    terminal.note(f"{counted(seen, 'article')} in {seconds:.1f} s, {seen / seconds:,.1f}/s")
    read_in = tally.report()
    if report:
        _write(report, reading_record(read_in, changes))
    _summarise(archive, read_in, changes, terminal)
    if stopped.is_set():
        terminal.line("stopped before the end: run it again to read the rest", indent=2)
        return INTERRUPTED
    if empty:
        raise OnRecordError(f"no article was found in {', '.join(map(str, paths))}. Readable are: {', '.join(FORMATS)}")
    return ANSWERED


@contextmanager
def stoppable(terminal: Terminal) -> Iterator[Event]:
    """An event that the first Ctrl-C sets; the second one interrupts."""
    asked = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        terminal.note("Stopping after the articles at hand; Ctrl-C again stops at once.", style="")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def demo(archive: Path | None) -> int:
    """Index the demonstration newsroom, ask it three questions and say how to go on. Returns the exit code."""
    from platformdirs import user_data_path

    folder = archive or user_data_path("onrecord") / "demo"
    newsroom = Path(str(files("eval") / "demo" / "articles"))
    from index.read import Options

    code = index([newsroom], folder, None, Options(), None)
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


def _summarise(archive: Path, read_in: ReadingReport, changes: Changes, terminal: Terminal) -> None:
    left_out = skipped(read_in, changes)
    terminal.line(f"{archive}: {done(read_in, changes)}")
    if read_in.formats:
        terminal.line(summary(read_in), indent=2)
    if told := copies(changes):
        terminal.line(f"{told} (onrecord copies)", indent=2)
    for origin, moment in read_in.future[:SHOWN]:
        terminal.line(f"dated in the future, {day(moment)}: {one_line(origin)}", indent=2)
    for place in read_in.suspicious[:SHOWN]:
        terminal.line(f"suspicious {one_line(place.origin)}: {suspicious(place)}", indent=2)
    if len(read_in.suspicious) > SHOWN:
        more = len(read_in.suspicious) - SHOWN
        terminal.line(f"and {more:,} more suspicious places (--report FILE names all)", indent=2)
    for each in left_out[:SHOWN]:
        terminal.line(f"skipped {one_line(each.origin)}: {one_line(each.reason)}", indent=2)
    if len(left_out) > SHOWN:
        terminal.line(f"and {len(left_out) - SHOWN:,} more (--report FILE names all)", indent=2)


def _write(path: Path, record: Mapping[str, object]) -> None:
    from index.errors import OnRecordError

    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise OnRecordError(
            f"the report {path} cannot be written ({error.strerror}); the articles are indexed"
        ) from None
