"""What a reader says of a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reading:
    """One place where a passage may answer: passage[start:end], in whole words."""

    start: int
    end: int
    score: float  # logit of the span: higher is better
    null: float  # logit of "not answered here", the same for every span of a passage

    @property
    def margin(self) -> float:
        """About the log-odds that the answer stands there, against that it does not stand in the passage."""
        return self.score - self.null


class Reader(Protocol):
    """Finds the words of a passage that answer a question."""

    @property
    def id(self) -> str:
        """Names the weights."""
        ...

    def read(self, question: str, passages: Sequence[tuple[str, str]], /) -> list[list[Reading]]:
        """The few best spans of each (title, passage), best first, none overlapping another; [] where nothing stands.

        Offsets count into the passage, not the title.
        """
        ...
