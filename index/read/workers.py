"""Units of reading in, Articles out in the same order, parsed by several processes. Knows no format.

A worker is another Python that reads batches of units from its standard input and answers with what came of them. It is
no multiprocessing.Process: that would run the main module of whoever calls `read` once more in each worker. One thread
stands behind each worker and waits for it, so that nothing here polls.
"""

from __future__ import annotations

import copyreg
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from queue import SimpleQueue
from threading import Lock
from typing import IO

from index.errors import OnRecordError
from index.read.parsing import Record, Unit, Whole, apart, articles
from index.read.types import Fault, Skipped
from index.types import Article, Mention, Removed

_BATCH_BYTES = 500_000  # what is sent at once: less costs time for sending, more lets the others wait
_BATCH_UNITS = 64
_FILE_BYTES = 50_000  # what a file on disk is taken for: a web page
_FEW_BYTES = 10_000_000  # takes about a second to parse: a worker needs half a second to start
_AHEAD_BYTES = 50_000_000  # waiting or being parsed at once, unless one unit alone is larger

_START = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from index.read.workers import serve; serve()"
)
_ALONE = "read with one process (--workers 1)"

_Found = list[Article | Skipped]


def _send_by_values(kind: type) -> None:
    """Of a frozen dataclass only the values travel: by its own way of being pickled that takes twice as long."""
    values = attrgetter(*(field.name for field in fields(kind)))
    copyreg.pickle(kind, lambda sent: (kind, values(sent)))


for _kind in (Article, Mention, Removed):
    _send_by_values(_kind)


def in_order(units: Iterable[Unit], workers: int) -> Generator[Article | Skipped, None, None]:
    """What comes of each unit, in their order.

    Args:
        units: Are asked for only some batches ahead of what was taken.
        workers: How many processes parse.

    Raises:
        OnRecordError: No process can be started.
    """
    crew = _Crew(workers)
    waiting: deque[tuple[Future[_Found], int]] = deque()
    ahead = 0
    try:
        for batch, size in _batches(units):
            waiting.append((crew.submit(batch), size))
            ahead += size
            while waiting and (len(waiting) > 3 * workers or ahead > _AHEAD_BYTES):
                found, done = waiting.popleft()
                yield from found.result()
                ahead -= done
        for found, _ in waiting:
            yield from found.result()
    finally:
        crew.end()


def few(units: Iterator[Unit]) -> Iterator[Unit]:
    """The first units, as many as are not worth the start of a worker."""
    size = 0
    while size < _FEW_BYTES and (unit := next(units, None)) is not None:
        size += _size(unit)
        yield unit


def _batches(units: Iterable[Unit]) -> Iterator[tuple[list[Unit], int]]:
    batch: list[Unit] = []
    size = 0
    for unit in units:
        batch.append(unit)
        size += _size(unit)
        if size >= _BATCH_BYTES or len(batch) >= _BATCH_UNITS:
            yield batch, size
            batch, size = [], 0
    if batch:
        yield batch, size


def _size(unit: Unit) -> int:
    match unit:
        case Whole():
            return _FILE_BYTES if unit.data is None else len(unit.data)
        case Record() if not isinstance(unit.found, Fault):
            return len(unit.found.text)
    return 0


class _Crew:
    """Some workers, and a thread for each."""

    def __init__(self, size: int) -> None:
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="reading")
        self._workers = [_Worker() for _ in range(size)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def submit(self, batch: Sequence[Unit]) -> Future[_Found]:
        return self._threads.submit(self._run, batch)

    def _run(self, batch: Sequence[Unit]) -> _Found:
        worker = self._idle.get()
        try:
            return worker.run(batch)
        finally:
            self._idle.put(worker)

    def end(self) -> None:
        """End all processes, whatever they are doing."""
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(cancel_futures=True)


class _Worker:
    """A process that parses; it is started when it is needed, and again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._lock = Lock()  # between the thread that uses it and the one that ends it

    def run(self, batch: Sequence[Unit]) -> _Found:
        """What comes of a batch. If that ends the process, the one unit that did it is skipped."""
        process = self._started()
        if process is None:
            return []
        assert process.stdout
        try:
            _send(batch, process.stdin)
            found: _Found = pickle.load(process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            how = _how(self._forget(process))
            alone = [single for unit in batch for single in apart(unit)]
            if len(alone) > 1:
                return [each for unit in alone for each in self.run([unit])]
            why = "it takes more memory than there is, or a reader failed"
            return [Skipped(_origin(batch[0]), f"parsing it ended the process that did it ({how}): {why}")]
        return found

    def end(self) -> None:
        """End the process, whatever it is doing."""
        with self._lock:
            self._ended = True
            process = self._process
        if process:
            _end(process)

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The process; None if nobody waits for its answers any more."""
        with self._lock:
            if self._ended:
                return None
            if self._process is None:
                self._process = _start()
            return self._process

    def _forget(self, process: subprocess.Popen[bytes]) -> int:
        """Let go of a process that has died. Returns its exit code."""
        with self._lock:
            self._process = None
        return _end(process)


def _start() -> subprocess.Popen[bytes]:
    try:
        # In a session of its own, Ctrl-C reaches only the process that can say what is to be done.
        process = subprocess.Popen(
            [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
    except OSError as error:
        raise OnRecordError(f"no process could be started to read with ({error.strerror}): {_ALONE}") from None
    try:
        _send(sys.path, process.stdin)
        assert process.stdout
        pickle.load(process.stdout)
    except (EOFError, OSError, pickle.UnpicklingError):
        how = _how(_end(process))
        raise OnRecordError(f"a process to read with ended at its start ({how}): {_ALONE}") from None
    return process


def _send(what: object, pipe: IO[bytes] | None) -> None:
    assert pipe
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _end(process: subprocess.Popen[bytes]) -> int:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError, ValueError):  # what was not sent yet goes nowhere; its thread may be reading
            if pipe:
                pipe.close()
    return process.wait()


def _how(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _origin(unit: Unit) -> str:
    match unit:
        case Skipped(origin):
            return origin
        case Record(place, found):
            return place.file.origin + ("" if found.record is None else f"#{found.record}")
        case Whole(place):
            piece = place.hints.piece
            return place.file.origin + ("" if piece is None else f"#{piece.record}")


def serve() -> None:
    """Be a worker: answer batches until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.WARNING)  # what libraries think of a page is no news; what we skip is told
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        _send("ready", answers)
        while True:
            try:
                batch: Sequence[Unit] = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            found = [each for unit in batch for each in articles(unit)]
            try:
                _send(found, answers)
            except BrokenPipeError:
                return


def processors() -> int:
    """How many workers can work at the same time here."""
    if hasattr(os, "sched_getaffinity"):  # Linux: what this process may use, not what there is
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
