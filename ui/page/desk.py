"""What the page asks of the program, as functions; what it has no function for, it does not offer.

Each may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from index.counts import Months
from index.types import Filter
from ui.conversation import Exchange
from ui.dates import Clock, today

if TYPE_CHECKING:
    from rag.types import Event, Turn
    from ui.opened import Bookmark, Opened
    from ui.worker import Waiting

Events = Callable[[str, Sequence["Turn"], "date | None", "Filter"], "Generator[Event | Waiting]"]
"""Question, history, "as of" and which articles may be seen → the events of its answer."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page can do.

    Attributes:
        events: Answers a question.
        search: An exchange that is a search → the same with what was found.
        open_article: An article and what to mark in it → what is shown of it.
        months: Which articles may be seen → how many of each month.
        outlets: Those of the archive → how many articles each has.
        languages: The same of languages, as ISO 639-1.
        about: One line on what is in the archive.
        examples: Questions to begin with.
        clock: Tells the day of asking where the reader does not.
    """

    events: Events
    search: Callable[[Exchange], Exchange] | None = None
    open_article: Callable[[Bookmark], Opened] | None = None
    months: Callable[[Filter], Months] = lambda _: Months()
    outlets: Callable[[], Mapping[str, int]] = dict
    languages: Callable[[], Mapping[str, int]] = dict
    about: Callable[[], str] = lambda: ""
    examples: Callable[[], Sequence[str]] = tuple
    clock: Clock = today
