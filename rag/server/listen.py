"""An asynchronous writer in, an ordinary stream out that can be closed at any moment, also while nothing comes.

A thread that waits for a socket cannot be woken; a task in an event loop can. So each stream has a loop in a thread of
its own, and its reader is never out of reach for longer than BEAT_SECONDS. Knows nothing about servers.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, closing
from queue import Empty, SimpleQueue
from typing import TypeVar

BEAT_SECONDS = 0.1
"""Half of the 200 ms that stopping may take."""

T = TypeVar("T")


def listen(writer: AsyncGenerator[T]) -> Generator[T | None]:
    """What is written, as it comes, and None whenever nothing came for BEAT_SECONDS; raises what the writer raises.

    Closing it cancels the writer where it stands and returns once that has let go of all it held.
    """
    heard: SimpleQueue[T | None] = SimpleQueue()

    async def forward() -> None:
        async with aclosing(writer):
            async for piece in writer:
                heard.put(piece)

    loop = asyncio.new_event_loop()
    task = loop.create_task(forward())
    task.add_done_callback(lambda _: heard.put(None))
    thread = threading.Thread(target=loop.run_until_complete, args=(_until_still(task),), name="model-server")
    thread.start()
    try:
        while True:
            try:
                piece = heard.get(timeout=BEAT_SECONDS)
            except Empty:
                yield None
                continue
            if piece is None:
                break
            yield piece
        task.result()
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()


def hear(writer: AsyncGenerator[T]) -> T:
    """The only thing that is written."""
    with closing(listen(writer)) as pieces:
        for piece in pieces:
            if piece is not None:
                return piece
    raise AssertionError("a writer that is heard once writes once")


async def _until_still(task: asyncio.Task[None]) -> None:
    """Wait for a task, then for those that close what it dropped: openai's library leaves generators in the middle.

    Closing one drops the next, inside it, and a dropped one gets its task only in the loop's next round.
    """
    waiting = {task}
    while waiting:
        await asyncio.wait(waiting)
        await asyncio.sleep(0)
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
