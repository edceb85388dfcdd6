"""What a reader looks at: a question and which articles, as one record; from it a Filter, a URL's query and chips.

Knows nothing about the page that shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, urlencode

from ui.looking.languages import language_name
from ui.words import day, days, one_line

if TYPE_CHECKING:
    from index.types import Filter

ChipKind = Literal["days", "as_of", "outlet", "language"]

MOST_FIELDS = 200
"""Of a URL's query; a view of every outlet of a large archive has fewer."""

LONGEST_VALUE = 2_000
"""In characters, as the longest question that is read."""


LONGEST_TOLD = 40
"""In characters, of what is told to be wrong."""


@dataclass(frozen=True, slots=True)
class View:
    """A question, and which articles may be seen.

    Attributes:
        question: "" for none.
        since: The first day of publication.
        until: The last one.
        as_of: The day that is asked on; None: today.
        outlets: Only these, as the archive writes them; () for all.
        languages: Only these, as ISO 639-1; () for all.
    """

    question: str = ""
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def where(self) -> Filter:
        """Which articles it shows: once days are chosen, only dated ones. The day of asking is no part of it.

        Raises:
            UsageError: The last day is before the first.
        """
        from rag.bounds import first_moment, last_moment, narrowed

        return narrowed(
            replace(self.where_any_day, dated=bool(self.since or self.until)),
            since=first_moment(self.since) if self.since else None,
            until=last_moment(self.until) if self.until else None,
        )

    @property
    def where_any_day(self) -> Filter:
        """The same whatever the days of publication: among which articles days are to be chosen."""
        from index.types import Filter

        return Filter(sources=self.outlets, languages=self.languages)


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of a view that can be removed: `without(view, kind, value)`."""

    label: str
    kind: ChipKind
    value: str = ""


def chips(view: View) -> tuple[Chip, ...]:
    """Every condition of a view, in words."""
    found = []
    if view.since or view.until:
        found.append(Chip(f"Published {days(view.since, view.until)}", "days"))
    if view.as_of:
        found.append(Chip(f"As of {day(view.as_of)}", "as_of"))
    found += [Chip(one_line(outlet), "outlet", outlet) for outlet in view.outlets]
    return (*found, *(Chip(language_name(code), "language", code) for code in view.languages))


def without(view: View, kind: str, value: str = "") -> View:
    """The view without a condition, or without "all"; one that it has not is no loss."""
    match kind:
        case "days":
            return replace(view, since=None, until=None)
        case "as_of":
            return replace(view, as_of=None)
        case "outlet":
            return replace(view, outlets=tuple(each for each in view.outlets if each != value))
        case "language":
            return replace(view, languages=tuple(each for each in view.languages if each != value))
        case "all":
            return View(view.question)
        case _:
            return view


def query_of(view: View) -> str:
    """A view as the query of a URL, without "?": `q=…&since=2025-01-01&outlet=A&outlet=B`; "" where it is empty."""
    single = (("q", view.question), ("since", view.since), ("until", view.until), ("as_of", view.as_of))
    fields = [(name, str(value)) for name, value in single if value]
    fields += [("outlet", outlet) for outlet in view.outlets]
    fields += [("language", code) for code in view.languages]
    return urlencode(fields, errors="replace")


def view_of(query: str, outlets: Collection[str], languages: Collection[str]) -> tuple[View, tuple[str, ...]]:
    """The view that the query of a URL means, and what of it is left out, a sentence each.

    Args:
        query: With or without "?".
        outlets: Those of the archive, as it writes them.
        languages: Those of the archive.
    """
    faults: list[str] = []
    try:
        given = parse_qsl(query.removeprefix("?"), errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:  # too many, or bytes that are no text
        return View(), ("The address cannot be read, so everything is shown.",)
    values = {name: list(_values(name, given, faults)) for name in dict.fromkeys(name for name, _ in given)}
    since, until = (_days(values, name, faults) for name in ("since", "until"))
    as_of = _days(values, "as_of", faults)
    if as_of and as_of[0] != as_of[1]:
        faults.append(f"“as_of={one_line(values['as_of'][0])}” is no single day, so it is left out.")
        as_of = None
    if since and until and since[0] > until[1]:
        faults.append(f"The days end on {day(until[1])} before they begin on {day(since[0])}, so both are left out.")
        since = until = None
    view = View(
        question=next(iter(values.get("q", ())), ""),
        since=since[0] if since else None,
        until=until[1] if until else None,
        as_of=as_of[0] if as_of else None,
        outlets=_known(values.get("outlet", ()), outlets, "No outlet of this archive is called {}.", faults),
        languages=_known(values.get("language", ()), languages, "No article is known to be in {}.", faults),
    )
    return view, tuple(faults)


_NAMES = ("q", "since", "until", "as_of", "outlet", "language")
_REPEATED = ("outlet", "language")


def _values(name: str, given: Sequence[tuple[str, str]], faults: list[str]) -> Iterator[str]:
    """What a name is given, cleaned; what no view has is told, unless it is the page's own ("__theme")."""
    told = one_line(name)[:LONGEST_TOLD]
    if name not in _NAMES:
        if not name.startswith("_"):
            faults.append(f"“{told}” is nothing that can be chosen here, so it is left out.")
        return
    values = [value.strip() for own, value in given if own == name and value.strip()]
    if len(values) > 1 and name not in _REPEATED:
        faults.append(f"“{told}” is given {len(values)} times; the first one counts.")
        values = values[:1]
    for value in values:
        if len(value) > LONGEST_VALUE:
            faults.append(f"What is given as “{told}” is longer than {LONGEST_VALUE:,} characters, so it is left out.")
        else:
            yield value


def _days(values: dict[str, list[str]], name: str, faults: list[str]) -> tuple[date, date] | None:
    from rag.bounds import days_written

    if not values.get(name):
        return None
    if (found := days_written(values[name][0])) is None:
        told = one_line(values[name][0])[:LONGEST_TOLD]
        faults.append(f"“{name}={told}” is no day such as 2026-03-14, so it is left out.")
    return found


def _known(asked: Sequence[str], known: Collection[str], fault: str, faults: list[str]) -> tuple[str, ...]:
    """Those that the archive has, in its spelling; the others are told."""
    spelled = {name.casefold(): name for name in known}
    faults += [fault.format(f"“{one_line(name)[:LONGEST_TOLD]}”") for name in asked if name.casefold() not in spelled]
    return tuple(dict.fromkeys(spelled[name.casefold()] for name in asked if name.casefold() in spelled))
