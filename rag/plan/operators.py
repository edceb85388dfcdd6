"""What somebody types in a search box in, its words and its operators out: `"a phrase"`, source:, before:, after:."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.types import Filter


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, taken apart.

    Attributes:
        text: The words, phrases among them, without operators.
        phrases: What stood in quotation marks.
        where: The filter given, narrowed by the operators.
    """

    text: str
    phrases: tuple[str, ...]
    where: Filter


def read_operators(typed: str, outlets: Iterable[str], where: Filter) -> Typed:
    """Take apart what was typed.

    Args:
        typed: With operators or without.
        outlets: Those of the archive, which `source:` may name in part and without case.
        where: What holds besides.

    Raises:
        UsageError: An operator cannot be understood, or no outlet is called so.
    """
    return Typed(" ".join(typed.split()), (), where)
