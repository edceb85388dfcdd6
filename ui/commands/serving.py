"""An archive in, a page for the browser out, until Ctrl-C."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from ui.commands.opening import ANSWERED, Choice, open_pipeline
from ui.render import Terminal
from ui.words import counted, day

if TYPE_CHECKING:
    from index.counts import Stats
    from rag.pipeline import Pipeline


def serve(choice: Choice, *, host: str, port: int) -> int:
    """Serve the page until Ctrl-C. Returns the exit code."""
    from ui.app import build, serving
    from ui.worker import working

    terminal = Terminal()
    with terminal.status("Loading archive and models …") as status, working(lambda: _loaded(choice)) as worker:
        page = build(worker.stream, about=about(worker.do(lambda pipeline: pipeline.archive.stats())))
        with serving(page, host=host, port=port) as address:
            status.stop()
            terminal.line(f"The page is open at {address} (Ctrl-C ends)")
            try:
                Event().wait()
            except KeyboardInterrupt:
                terminal.note("Closing the page.")
    return ANSWERED


def _loaded(choice: Choice) -> Pipeline:
    """A pipeline whose models are in memory: otherwise the first reader would wait for them."""
    pipeline = open_pipeline(choice)
    pipeline.warm_up()
    return pipeline


def about(stats: Stats) -> str:
    """`45 articles from 6 outlets, 2 September 2024 to 2 December 2024, 3 undated`."""
    outlets = [source for source, _ in stats.sources if source]
    text = counted(stats.articles, "article") + (f" from {counted(len(outlets), 'outlet')}" if outlets else "")
    if stats.first and stats.last:
        days = dict.fromkeys((day(stats.first), day(stats.last)))
        text += f", {' to '.join(days)}"
    return f"{text}, {stats.undated:,} undated" if 0 < stats.undated < stats.articles else text
