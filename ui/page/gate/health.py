"""Whether archive and pipeline answer, as a reply that a monitor reads; it tells nothing of what is in them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse

from index.errors import OnRecordError

PATIENCE_SECONDS = 3.0


class Health:
    """Asks for the archive's generation, one time after another however many want to know."""

    def __init__(self, generation: Callable[[], int]) -> None:
        self._generation = generation
        self._thread = ThreadPoolExecutor(1, "health")
        self._asked: Future[int] | None = None

    async def reply(self, request: Request) -> JSONResponse:
        """200 with the generation, or 503."""
        if self._asked is None or self._asked.done():
            self._asked = self._thread.submit(self._generation)
        try:
            # Shielded: others may wait for the same.
            generation = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._asked)), PATIENCE_SECONDS)
        except (OnRecordError, TimeoutError, RuntimeError):  # the last: what should answer has been closed
            return JSONResponse({"ok": False}, 503)
        return JSONResponse({"ok": True, "generation": generation})
