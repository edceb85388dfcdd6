"""An upload in, its articles in the archive out, step by step between the questions; and articles out of it again.

Parsing is done by processes of its own, encoding and writing by the pipeline's thread in steps so small that questions
come in between. One change at a time: who comes second is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from threading import Condition, Lock, Thread
from threading import Event as Flag
from typing import TYPE_CHECKING

from index.errors import OnRecordError
from index.read import Options, Skipped, read
from index.read.report import Tally
from index.read.walk import walk
from ui.library.uploads import Announced, Uploads
from ui.words import UNFORESEEN, counted

if TYPE_CHECKING:
    from index.archive import Archive
    from index.read.report import ReadingReport
    from index.types import Article
    from index.update import Changes, UpdateProgress
    from rag.pipeline import Pipeline
    from ui.threads.worker import Worker

PASSAGES_AT_ONCE = 16
"""Encoded in one step: half a second on a slow core, what a question may have to wait."""

STEP_CHARACTERS = 10_000
STEP_ARTICLES = 16
"""Of the articles in one transaction, until one of the two is reached: about as many passages."""

READERS = 2
"""Processes that parse: what makes a parser crash must not end the page, so never this one."""

BEAT_SECONDS = 0.5
"""A page hears something at least this often; only then it notices that nobody looks at it any more."""


class Occupied(OnRecordError):
    """The archive is being changed already."""


@dataclass(frozen=True, slots=True)
class Addition:
    """How far the reading of an upload is.

    Attributes:
        place: The folder it lies in.
        files: How many there are.
        files_read: How many of them are done.
        skipped: What gave no article so far.
        articles: How many went through the archive's hands so far, the unchanged among them.
        passages: How many were encoded so far.
        stopping: Whether it was asked to stop.
        is_over: Whether there is nothing more to wait for.
        trouble: Why it ended before its end, in one line; "" if it did not.
        report: What came of reading, at the end.
        changes: What the archive made of it, at the end.
        added: The ids of the articles that were read from it and are new or changed, at the end.
    """

    place: Path
    files: int
    files_read: int = 0
    skipped: int = 0
    articles: int = 0
    passages: int = 0
    stopping: bool = False
    is_over: bool = False
    trouble: str = ""
    report: ReadingReport | None = None
    changes: Changes | None = None
    added: tuple[str, ...] = ()


class Additions:
    """What comes into an archive and goes out of it while questions are asked.

    Args:
        worker: Owns the pipeline and its archive.
        uploads: Where files arrive.
        on_change: Told when the archive holds something else than before.
        options: How to read.
    """

    def __init__(
        self,
        worker: Worker[Pipeline],
        uploads: Uploads,
        *,
        on_change: Callable[[], None] = lambda: None,
        options: Options | None = None,
    ) -> None:
        self.uploads = uploads
        self._worker = worker
        self._on_change = on_change
        self._options = options or Options(workers=READERS)
        self._changing = Lock()  # held by whoever changes the archive, for as long as it takes
        self._stop = Flag()
        self._news = Condition()
        self._thread: Thread | None = None
        self._latest: Addition | None = None

    def begin(self, files: Sequence[Announced]) -> str:
        """Make room for files that are going to be sent. Returns the key to send them with, to `uploads`.

        Raises:
            Occupied: The archive is being changed.
            Refused: See `Uploads.begin`.
        """
        if self._changing.locked():
            raise self._occupied()
        return self.uploads.begin(files)

    def start(self, key: str) -> None:
        """Begin to read what has been sent with a key; `follow` tells what comes of it.

        Raises:
            Occupied: The archive is being changed; what was sent is removed.
            Refused: Not everything has arrived.
        """
        if not self._changing.acquire(blocking=False):
            self.uploads.drop(key)
            raise self._occupied()
        try:
            place = self.uploads.finish(key)
        except OnRecordError:
            self._changing.release()
            raise
        self._stop.clear()
        files = [Path(each.origin) for each in walk(place)]
        self._latest = Addition(place, len(files))
        self._thread = Thread(target=self._run, args=(place, files), name="adding")
        self._thread.start()

    def follow(self) -> Iterator[Addition]:
        """What is being added, or was last, as it goes on: each time something is new, and every BEAT_SECONDS."""
        while now := self._latest:
            yield now
            if now.is_over:
                break
            with self._news:
                if now is self._latest:
                    self._news.wait(BEAT_SECONDS)

    def stop(self) -> None:
        """Let the reading that is going on end after the articles at hand, which are kept."""
        self._stop.set()
        with self._news:
            if self._latest and not self._latest.is_over:
                self._latest = replace(self._latest, stopping=True)
                self._news.notify_all()

    def close(self) -> None:
        """Stop, wait for the end, and remove what has not arrived whole."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        self.uploads.close()

    def remove(self, article_ids: Sequence[str]) -> list[Article]:
        """Remove articles, and the uploaded files that no other article was read from. Returns those that were there.

        Raises:
            Occupied: The archive is being changed.
        """
        if not self._changing.acquire(blocking=False):
            raise self._occupied()
        try:
            removed, left = self._worker.do(lambda pipeline: self._taken_out(pipeline.archive, article_ids))
            for place, origins in left.items():
                self.uploads.keep_only(place, origins)
        finally:
            self._changing.release()
        self._on_change()
        return removed

    def _taken_out(
        self, archive: Archive, article_ids: Sequence[str]
    ) -> tuple[list[Article], dict[Path, Iterable[str]]]:
        removed = list(archive.articles_by_id(article_ids).values())
        archive.remove([article.id for article in removed])
        places = dict.fromkeys(filter(None, (self.uploads.place_of(article.origin) for article in removed)))
        return removed, {place: archive.read_from(place.as_posix()).values() for place in places}

    def _run(self, place: Path, files: Sequence[Path]) -> None:
        """Runs in a thread of its own."""
        tally = Tally(datetime.now())
        trouble = UNFORESEEN
        changes, added = None, dict[str, str]()
        try:
            found = takewhile(lambda _: not self._stop.is_set(), read([place], self._options))
            changes = self._index(tally.articles(self._counted(found, files)))
            added = self._worker.do(lambda pipeline: pipeline.archive.read_from(place.as_posix()))
            self.uploads.keep_only(place, added.values())
            trouble = ""
        except OnRecordError as error:
            trouble = str(error)
        finally:
            self._changing.release()
            self._on_change()
            end = replace(self._now(), trouble=trouble, report=tally.report(), changes=changes, added=tuple(added))
            self._tell(replace(end, is_over=True))

    def _index(self, articles: Iterable[Article]) -> Changes:
        run = self._worker.do(lambda pipeline: pipeline.archive.updating())
        for batch in _batches(articles):
            steps = run.add(batch, at_once=PASSAGES_AT_ONCE)
            while progress := self._step(steps):
                self._tell(replace(self._now(), articles=progress.seen, passages=progress.passages))
        return self._worker.do(lambda _: run.end())

    def _step(self, steps: Iterator[UpdateProgress]) -> UpdateProgress | None:
        return self._worker.do(lambda _: next(steps, None))

    def _counted(self, found: Iterable[Article | Skipped], files: Sequence[Path]) -> Iterator[Article | Skipped]:
        """What was found, as it is; files and what was skipped are counted on the way."""
        places = {path: n for n, path in enumerate(files)}
        skipped = 0
        for each in found:
            skipped += isinstance(each, Skipped)
            file = self.uploads.file_of(each.origin)
            self._tell(replace(self._now(), files_read=places[file] if file else 0, skipped=skipped))
            yield each
        if not self._stop.is_set():
            self._tell(replace(self._now(), files_read=len(files)))

    def _now(self) -> Addition:
        assert self._latest
        return self._latest

    def _tell(self, addition: Addition) -> None:
        with self._news:
            self._latest = replace(addition, stopping=self._stop.is_set())
            self._news.notify_all()

    def _occupied(self) -> Occupied:
        now = self._latest
        how_far = f" ({now.files_read:,} of {counted(now.files, 'file')} read)" if now and not now.is_over else ""
        return Occupied(f"The archive is being changed at the moment{how_far}. Try again when that is done.")


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) >= STEP_ARTICLES or sum(len(each.text) for each in batch) >= STEP_CHARACTERS:
            yield batch
            batch = []
    if batch:
        yield batch
