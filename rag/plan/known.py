"""What reading a question asks of an archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from index.types import Article, Filter, Hit, NameFound


class Known(Protocol):
    """What a plan asks of an archive."""

    def outlets(self) -> Mapping[str, int]:
        """Every outlet, as articles write it → how many articles it has; by name."""

    def names_in(self, text: str, /) -> tuple[NameFound, ...]:
        """The names of people, organisations and places that a text speaks of and the archive knows, in order."""

    def matching(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        """The k passages that best match the words, best first."""

    def article(self, article_id: str, /) -> Article:
        """The article with this id."""
