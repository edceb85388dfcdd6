"""Text that should be JSON in, its values out, each told apart from what was expected by its place in the file.

Knows nothing about bundles. What is wrong is a BundleError such as `exchanges[0].evidence[2].n should be a whole number
from 1, but is "two"`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn, TypeVar

from index.errors import BundleError

MOST_ITEMS = 10_000
LONGEST_TEXT = 100_000
"""Characters; what a question, a quotation or an explanation is far below."""

MOST = 2**53
"""Above it a number is not the same one in every program that reads JSON."""

_T = TypeVar("_T")


def loaded(text: str) -> Place:
    """The value that a JSON text holds.

    Raises:
        BundleError: It holds none, twice the same name in an object, or a number that is none.
    """
    try:
        return Place(json.loads(text, object_pairs_hook=_named_once, parse_constant=_no_number), "")
    except json.JSONDecodeError as error:
        raise BundleError(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except ValueError as error:
        raise BundleError(f"not JSON as it should be: {error}") from error
    except RecursionError as error:
        raise BundleError("not JSON as it should be: nested too deeply") from error


@dataclass(frozen=True, slots=True)
class Place:
    """A value, and where it stands."""

    value: object
    path: str

    def field(self, name: str) -> Place:
        """What an object has under a name."""
        if not isinstance(self.value, dict):
            self.should_be("an object")
        path = f"{self.path}.{name}" if self.path else name
        if name not in self.value:
            raise BundleError(f"{path} is missing")
        return Place(self.value[name], path)

    def maybe(self, read: Callable[[Place], _T]) -> _T | None:
        """What is read here; None where it is null."""
        return None if self.value is None else read(self)

    def items(self, read: Callable[[Place], _T], *, least: int = 0, most: int = MOST_ITEMS) -> tuple[_T, ...]:
        """What is read of each item of a list."""
        if not isinstance(self.value, list) or not least <= len(self.value) <= most:
            self.should_be(f"a list of {least:,} to {most:,}")
        return tuple(read(Place(item, f"{self.path}[{n}]")) for n, item in enumerate(self.value))

    def text(self, *, least: int = 0, most: int = LONGEST_TEXT) -> str:
        """A text of so many characters."""
        if not isinstance(self.value, str):
            self.should_be("text")
        if not least <= len(self.value) <= most:
            raise BundleError(f"{self.path} should have {least:,} to {most:,} characters, but has {len(self.value):,}")
        return self.value

    def whole(self, *, least: int = 0, most: int = MOST) -> int:
        """A whole number within bounds."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not least <= self.value <= most:
            self.should_be(f"a whole number from {least:,}" + (f" to {most:,}" if most < MOST else ""))
        return self.value

    def number(self) -> float:
        """A number, whole or not."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not abs(self.value) <= MOST:
            self.should_be("a number")
        return float(self.value)

    def numbers(self) -> Mapping[str, float]:
        """An object that has a number under each name."""
        if not isinstance(self.value, dict):
            self.should_be("an object")
        return {name: self.field(name).number() for name in self.value}

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.should_be("true or false")
        return self.value

    def one_of(self, names: Sequence[_T]) -> _T:
        """One of these texts."""
        if self.value not in names:
            self.should_be(" or ".join(f'"{name}"' for name in names))
        return names[names.index(self.value)]

    def span(self, length: int | None = None) -> tuple[int, int]:
        """Two whole numbers, the first below the second, which is at most `length`."""
        found = self.items(Place.whole, least=2, most=2)
        if not found[0] < found[1] <= (MOST if length is None else length):
            self.should_be("a first place and a later end within the text")
        return found[0], found[1]

    def moment(self) -> datetime:
        """A moment in ISO 8601, or a day, whose begin is meant."""
        return self._parsed(datetime.fromisoformat, "a moment such as 2026-03-14T09:30:00+01:00, or a day")

    def day(self) -> date:
        """A day in ISO 8601."""
        return self._parsed(date.fromisoformat, "a day such as 2026-03-14")

    def should_be(self, wanted: str) -> NoReturn:
        """Raise: this is not what it should be."""
        found = json.dumps(self.value, ensure_ascii=False)
        shown = found if len(found) <= 60 else f"{found[:60]}…"
        raise BundleError(f"{self.path or 'the whole'} should be {wanted}, but is {shown}")

    def _parsed(self, parse: Callable[[str], _T], wanted: str) -> _T:
        if not isinstance(self.value, str):
            self.should_be(wanted)
        try:
            return parse(self.value)
        except ValueError:
            self.should_be(wanted)


def _named_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Two programs may read two different values under a name that is given twice."""
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError("an object has the same name twice")
    return record


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")
