"""What the page asks of the program, as functions; what it has no function for, it does not offer.

Each may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from index.counts import Months
from index.types import Filter
from rag.bundle import ArchiveFacts, Bundle, keep
from ui.dates import Clock, today

if TYPE_CHECKING:
    from rag.bundle.types import Lookup
    from rag.types import Answer, Event, Turn
    from ui.keeping.feedback import Verdict
    from ui.keeping.history import Conversation
    from ui.looking.opened import Bookmark, Opened
    from ui.page.evaluation import Examiner
    from ui.page.library import Librarian
    from ui.threads.worker import Waiting

NO_ARCHIVE = ArchiveFacts(0, 0, "")

Events = Callable[[str, Sequence["Turn"], "date | None", "Filter"], "Generator[Event | Waiting]"]
"""Question, history, "as of" and which articles may be seen → the events of its answer."""


def bundled(answers: Sequence[Answer], facts: ArchiveFacts = NO_ARCHIVE) -> Bundle:
    """Answers as they are kept, made now."""
    return Bundle(datetime.now(UTC), facts, tuple(keep(answer) for answer in answers))


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page can do.

    Attributes:
        events: Answers a question.
        admit: Told who asks and from where before anything is done for them; raises where they have to wait.
        search: Looks for passages: words, "as of" and which articles may be seen → the events of it.
        open_article: An article and what to mark in it → what is shown of it.
        months: Which articles may be seen → how many of each month.
        outlets: Those of the archive → how many articles each has.
        languages: The same of languages, as ISO 639-1.
        articles: Ids → those of them that the archive has.
        bundle: Answers → what is kept of them.
        feedback: Keeps what a reader says of an answer: session, answer, verdict, the turns before it. None: nothing is
            kept.
        remember: Keeps an answer, of a session, where conversations are kept on this machine.
        conversations: Those that were kept there and may be opened again, the latest last.
        about: One line on what is in the archive.
        examples: Questions to begin with.
        library: Shows what the archive holds, adds to it and takes out of it; None: it does not.
        examiner: Asks question sets; None: it does not.
        clock: Tells the day of asking where the reader does not.
    """

    events: Events
    admit: Callable[[str, str], None] = lambda *_: None
    search: Callable[[str, date, Filter], Generator[Event | Waiting]] | None = None
    open_article: Callable[[Bookmark], Opened] | None = None
    months: Callable[[Filter], Months] = lambda _: Months()
    outlets: Callable[[], Mapping[str, int]] = dict
    languages: Callable[[], Mapping[str, int]] = dict
    articles: Lookup = lambda _: {}
    bundle: Callable[[Sequence[Answer]], Bundle] = bundled
    feedback: Callable[[str, Answer, Verdict, Sequence[Turn]], None] | None = None
    remember: Callable[[str, Answer], None] = lambda *_: None
    conversations: Callable[[], Sequence[Conversation]] = tuple
    about: Callable[[], str] = lambda: ""
    examples: Callable[[], Sequence[str]] = tuple
    library: Librarian | None = None
    examiner: Examiner | None = None
    clock: Clock = today
