"""Files in, what would be read of them on the terminal out: inspect; and the options of reading as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import OnRecordError, UsageError
from ui.commands.opening import ANSWERED, open_encoder
from ui.render import Terminal
from ui.reported import summary
from ui.words import one_line

if TYPE_CHECKING:
    from index.read import Options
    from index.types import Article, Passage


def options(columns: Sequence[str], *, keep_all: bool, file_time: bool, workers: int) -> Options:
    """How to read, from the command line; each column as `title=headline`.

    Raises:
        UsageError: A mapping that is none, or of a field that we do not have.
    """
    from index.read.types import FIELDS, Options

    pairs = []
    for given in columns:
        ours, sign, theirs = (part.strip() for part in given.partition("="))
        if not sign or not theirs:
            raise UsageError(f'"{given}" maps nothing: write --map title=headline, our field first')
        if ours not in FIELDS:
            raise UsageError(f'"{ours}" is none of our fields: {", ".join(FIELDS)}')
        pairs.append((ours, theirs))
    return Options(tuple(pairs), keep_all, file_time, workers)


def inspect(paths: Sequence[Path], how: Options, *, as_json: bool) -> int:
    """Show what would be read, article by article; what gives none is told on stderr. Returns the exit code."""
    from index.read import FORMATS, read
    from index.read.report import Tally, suspicions

    terminal = Terminal()
    found = read(paths, how)
    passages = None if as_json else _splitter(terminal)
    tally = Tally(datetime.now())
    for article in tally.articles(found):
        if as_json:
            from index.serialize import article_record, suspicion_record

            suspicious = [suspicion_record(each) for each in suspicions(article)]
            terminal.record({**article_record(article), "suspicious": suspicious})
        else:
            terminal.inspected(article, passages(article) if passages else (), suspicions(article))
    report = tally.report()
    for each in report.skipped:
        terminal.note(f"skipped {one_line(each.origin)}: {one_line(each.reason)}", style="")
    if not report.formats:
        raise OnRecordError(f"no article was found in {', '.join(map(str, paths))}. Readable are: {', '.join(FORMATS)}")
    terminal.note(summary(report))
    return ANSWERED


def _splitter(terminal: Terminal) -> Callable[[Article], Sequence[Passage]] | None:
    """What splits an article as indexing would; None where the encoder that decides it is not on this machine yet."""
    from index.errors import ModelMissing
    from index.split import split

    try:
        encoder = open_encoder(None)
    except ModelMissing:
        terminal.note("Where passages begin is not shown: the encoder is not on this machine (onrecord models pull).")
        return None
    return lambda article: split(article, encoder.count_tokens, encoder.max_tokens)
