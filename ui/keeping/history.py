"""Exchanges in, a file of them on this machine out, and the conversations in it back; kept only where it was asked for.

A line is an evidence bundle of one exchange with the session that it belongs to. What of a file cannot be read is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from index.errors import BundleError
from index.read.types import Skipped
from rag.bundle import Bundle, parse
from rag.bundle.place import loaded
from rag.bundle.writing import bundle_record
from ui.keeping.journal import Journal, Line

_SESSION = "session"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked in one session, in order; the bundle was `made` with its last exchange."""

    session: str
    begun: datetime
    bundle: Bundle


@dataclass(frozen=True, slots=True)
class Remembered:
    """The conversations of a file, the latest last, and the lines that cannot be read, with the reason."""

    conversations: tuple[Conversation, ...]
    skipped: tuple[Skipped, ...]


class History:
    """A file that exchanges are added to. Several threads may add.

    Args:
        path: The file; made if there is none.

    Raises:
        UsageError: It cannot be written, or holds something else.
    """

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path, field=_SESSION)

    def append(self, session: str, bundle: Bundle) -> None:
        """Keep what was asked and answered last in a session.

        Raises:
            NotKept: It could not be written.
        """
        self._journal.append({_SESSION: session, **bundle_record(bundle)})

    def conversations(self) -> Remembered:
        """All that was kept so far."""
        found: dict[str, Conversation] = {}
        skipped: list[Skipped] = []
        for line in self._journal.lines():
            try:
                session, bundle = loaded(line.text).field(_SESSION).text(least=1), parse(line.text)
            except BundleError as error:
                skipped.append(Skipped(f"{self._journal.path}, line {line.number}", _why(line, error)))
                continue
            begun = found.pop(session, Conversation(session, bundle.made, replace(bundle, exchanges=())))
            exchanges = (*begun.bundle.exchanges, *bundle.exchanges)
            found[session] = replace(begun, bundle=replace(bundle, exchanges=exchanges))
        return Remembered(tuple(found.values()), tuple(skipped))


def _why(line: Line, error: BundleError) -> str:
    return str(error) if line.is_whole else "broken off: onrecord or the machine stopped while it was written"
