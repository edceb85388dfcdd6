"""What a reader finds in, the articles alone out, and a report: what was read, skipped, undated, odd or suspicious."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from index.injection.signs import signs
from index.read.types import Skipped, Suspicion
from index.types import Article

CLOCKS_DIFFER = timedelta(days=2)
"""An article of tomorrow is one from the other side of the date line; later ones are dated in the future."""


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What came of reading. Articles are named by their origins.

    Attributes:
        formats: Articles read by format, the most first.
        skipped: What gave no article, in order.
        undated: Articles without a date of publication.
        future: Articles dated after they were read, and the date: read all the same, but somebody should look.
        suspicious: Places in articles that are meant for a language model, in order; such articles are read whole, and
            what they say to a model is no evidence.
    """

    formats: tuple[tuple[str, int], ...]
    skipped: tuple[Skipped, ...]
    undated: tuple[str, ...]
    future: tuple[tuple[str, datetime], ...]
    suspicious: tuple[Suspicion, ...] = ()


class Tally:
    """Counts what goes through it.

    Args:
        now: When it is read; what is dated later is told.

    Attributes:
        reached: How many bytes have been read, as `reach` was told.
    """

    def __init__(self, now: datetime) -> None:
        self.reached = 0
        self._latest = now.replace(tzinfo=None) + CLOCKS_DIFFER
        self._formats = Counter[str]()
        self._skipped: list[Skipped] = []
        self._undated: list[str] = []
        self._future: list[tuple[str, datetime]] = []
        self._suspicious: list[Suspicion] = []

    def reach(self, read_bytes: int) -> None:
        """Note how far reading has come; to be handed to `index.read.read`."""
        self.reached = read_bytes

    def articles(self, found: Iterable[Article | Skipped]) -> Iterator[Article]:
        """The articles among what was found, in order; everything is counted on the way."""
        for each in found:
            if isinstance(each, Skipped):
                self._skipped.append(each)
                continue
            self._formats[each.format] += 1
            if each.published is None:
                self._undated.append(each.origin)
            elif each.published.replace(tzinfo=None) > self._latest:
                self._future.append((each.origin, each.published))
            self._suspicious += suspicions(each)
            yield each

    def report(self) -> ReadingReport:
        """What went through so far."""
        formats = sorted(self._formats.items(), key=lambda item: (-item[1], item[0]))
        return ReadingReport(
            tuple(formats),
            tuple(self._skipped),
            tuple(self._undated),
            tuple(self._future),
            tuple(self._suspicious),
        )


def suspicions(article: Article) -> list[Suspicion]:
    """The places in an article that are meant for a language model, field by field."""
    fields = (
        ("title", article.title),
        ("source", article.source),
        ("authors", ", ".join(article.authors)),
        ("section", article.section),
        ("text", article.text),
    )
    return [Suspicion(article.origin, name, sign) for name, value in fields for sign in signs(value)]
