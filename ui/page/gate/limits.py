"""How often somebody may do something in, the seconds to wait out. Knows nothing about pages."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil
from threading import Lock
from time import monotonic

from index.errors import OnRecordError
from ui.words import counted

QUESTIONS_A_MINUTE = 12
"""Of one reader; an answer takes some 3 s, and reading it longer."""

FROM_A_PLACE = 120
"""From one address, where many may sit behind one."""

MOST_KNOWN = 10_000
"""Of whom something is remembered, at most: who has been quiet longest is forgotten."""


class TooFast(OnRecordError):
    """Somebody has to wait."""


class Pace:
    """Lets everybody do something so many times in any so many seconds.

    Args:
        most: How many times.
        seconds: In how many seconds.
        clock: Tells the seconds since some moment.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._done: OrderedDict[str, deque[float]] = OrderedDict()  # who was quiet longest comes first
        self._lock = Lock()

    def take(self, who: str) -> int:
        """Do it once more, if that may be now. Returns the whole seconds to wait; 0: it is done."""
        with self._lock:
            now = self._clock()
            done = self._done.setdefault(who, deque())
            while done and done[0] + self._seconds <= now:
                done.popleft()
            if len(done) >= self._most:
                return ceil(done[0] + self._seconds - now)
            done.append(now)
            self._done.move_to_end(who)
            if len(self._done) > MOST_KNOWN:
                self._done.popitem(last=False)
            return 0

    def forget(self, who: str) -> None:
        """Count nothing of what was done before."""
        with self._lock:
            self._done.pop(who, None)


def admitting(own: Pace, places: Pace) -> Callable[[str, str], None]:
    """What lets a reader ask from some place, or raises TooFast."""

    def admit(who: str, place: str) -> None:
        if wait := own.take(who) or places.take(place):
            raise TooFast(f"That was many questions at once. You can ask again in {counted(wait, 'second')}.")

    return admit
