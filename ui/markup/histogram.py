"""Articles per month and the days chosen in, a histogram to choose days on out, as HTML.

The bars are one SVG that stretches to any width; all words stand beside it as text. `js/histogram.js` lets days be
chosen by dragging over the bars or with the keyboard. Knows nothing about Gradio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from index.dates import spans
from index.dates.words import ENGLISH_MONTHS
from ui.markup.text import text
from ui.words import counted, days

if TYPE_CHECKING:
    from index.counts import Months

Unit = Callable[[date], spans.Span]
"""A day → the first and last day of the month, year or decade that it lies in."""

MOST_BARS = 60
"""More would be under 5 px wide on a phone, and could not be told from each other."""

LONGEST_GAP = 6
"""Bars without an article that are drawn one by one; a longer run is drawn as one gap."""

LEAST_HEIGHT = 3
"""In percent: a month with one article is seen beside one with a thousand."""

BAR_PIXELS, LABEL_PIXELS, NARROWEST_PIXELS = 64, 60, 300
"""The widest that a bar becomes, since one month alone shall not fill the page; a label, and a plot on a phone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Days and how many articles were published on them; a gap stands for a long time without any."""

    first: date
    last: date
    articles: int
    is_gap: bool = False


def histogram(months: Months, since: date | None = None, until: date | None = None) -> str:
    """Bars for all months, those chosen marked, and two fields for the first and the last day.

    Args:
        months: Of the articles among which days are chosen.
        since: The first day chosen; None: open.
        until: The last one.
    """
    found = bars(months)
    fields = _field("From", "since", since) + _field("to", "until", until)
    shown = _plot(found, since, until) if found else '<p class="hint">No article here has a date.</p>'
    note = f'<p class="hint">{_undated(months.undated)}</p>' if months.undated and found else ""
    return f'<div class="histogram">{shown}<div class="days">{fields}</div>{note}</div>'


def bars(months: Months) -> tuple[Bar, ...]:
    """One bar for each month, or year, or decade, so that there are no more than MOST_BARS where that can be."""
    found: tuple[Bar, ...] = ()
    for unit in (_month, _year, _decade):
        found = tuple(_with_gaps(_counted(months, unit), unit))
        if len(found) <= MOST_BARS:
            break
    return found


def _month(day: date) -> spans.Span:
    return spans.month(day.year, day.month)


def _year(day: date) -> spans.Span:
    return spans.year(day.year)


def _decade(day: date) -> spans.Span:
    first = day.year - day.year % 10
    return date(max(first, 1), 1, 1), date(first + 9, 12, 31)


def _counted(months: Months, unit: Unit) -> list[Bar]:
    """The bars that have articles."""
    counts: dict[spans.Span, int] = {}
    for month, articles in months.counts:
        counts[unit(month)] = counts.get(unit(month), 0) + articles
    return [Bar(first, last, articles) for (first, last), articles in counts.items()]


def _with_gaps(full: Sequence[Bar], unit: Unit) -> Iterator[Bar]:
    """The same with what lies between them."""
    yield from full[:1]
    for before, after in pairwise(full):
        first, last = before.last + spans.DAY, after.first - spans.DAY
        between: list[Bar] = []
        while first <= last and len(between) <= LONGEST_GAP:
            between.append(Bar(*unit(first), 0))
            first = between[-1].last + spans.DAY
        if len(between) > LONGEST_GAP:
            between = [Bar(between[0].first, last, 0, is_gap=True)]
        yield from (*between, after)


def _plot(found: Sequence[Bar], since: date | None, until: date | None) -> str:
    most, unit = max(bar.articles for bar in found), _unit(found[0])
    picked = days(since, until)
    drawn = "".join(_drawn(n, bar, most, chosen=_overlaps(bar, since, until)) for n, bar in enumerate(found))
    begin, end = _place(found, since, 0) if since else 0.0, _place(found, until, 1) if until else 1.0
    now = next((n for n, bar in enumerate(found) if _overlaps(bar, since, until)), 0)
    axis = "".join(f'<span style="--at: {100 * at:.2f}%">{words}</span>' for at, words in _labels(found))
    return (
        f'<div class="head" aria-hidden="true"><span>Articles per {unit}, at most {most:,}</span>'
        f'<output class="picked">{picked}</output></div>'
        f'<div class="plot{" narrowed" if picked else ""}" style="max-width: {BAR_PIXELS * len(found)}px">'
        f'<svg viewBox="0 0 {len(found)} 100" preserveAspectRatio="none" role="img" '
        f'aria-label="{_summary(found, unit)}">{drawn}</svg>'
        '<div class="range" role="slider" tabindex="0" aria-label="Days of publication" '
        'aria-description="Arrow keys move, with shift they widen, Escape clears." aria-valuemin="1" '
        f'aria-valuemax="{len(found)}" aria-valuenow="{now + 1}" aria-valuetext="{picked or "any day"}" '
        f'style="left: {100 * begin:.2f}%; width: {100 * max(end - begin, 0):.2f}%"></div>'
        f'<div class="axis" aria-hidden="true">{axis}</div></div>'
    )


def _drawn(n: int, bar: Bar, most: int, *, chosen: bool) -> str:
    """A bar in a slot of width 1 that is as high as the plot: what is pointed at and dragged over is the slot."""
    height = max(100 * bar.articles / most, LEAST_HEIGHT) if bar.articles else 0
    seen = f'<rect class="bar" x="{n + 0.12:g}" y="{100 - height:.4g}" width="0.76" height="{height:.4g}"/>'
    kind = f"slot{' chosen' if chosen else ''}{' gap' if bar.is_gap else ''}"
    return (
        f'<g class="{kind}" data-first="{bar.first}" data-last="{bar.last}"><title>{_told(bar)}</title>'
        f'<rect class="ground" x="{n}" y="0" width="1" height="100"/>{seen if height else ""}</g>'
    )


def _told(bar: Bar) -> str:
    return f"{days(bar.first, bar.last)}: {counted(bar.articles, 'article') if bar.articles else 'no article'}"


def _summary(found: Sequence[Bar], unit: str) -> str:
    """All of the plot in a sentence."""
    total, best = sum(bar.articles for bar in found), max(found, key=lambda bar: bar.articles)
    return (
        f"Articles per {unit}, {days(found[0].first, found[-1].last)}: {total:,} in all, "
        f"most in {days(best.first, best.last)}, {best.articles:,}."
    )


def _unit(bar: Bar) -> str:
    length = (bar.last - bar.first).days
    return "month" if length < 31 else "year" if length < 366 else "decade"


def _overlaps(bar: Bar, since: date | None, until: date | None) -> bool:
    return bool(since or until) and not ((since and bar.last < since) or (until and bar.first > until))


def _place(found: Sequence[Bar], day: date, later: int) -> float:
    """Where so many days after the beginning of a day are on the axis, from 0 to 1."""
    for n, bar in enumerate(found):
        if day <= bar.last:
            return (n + max((day - bar.first).days + later, 0) / ((bar.last - bar.first).days + 1)) / len(found)
    return 1.0


def _labels(found: Sequence[Bar]) -> list[tuple[float, str]]:
    """(Place, words) of bars that say where on the calendar the others are, in order, none over another.

    First those that a reader would miss: the first bar, those behind a gap, Januaries.
    """
    share = LABEL_PIXELS / min(NARROWEST_PIXELS, BAR_PIXELS * len(found))
    apart = share / (1 - share) if share < 1 else 1.0  # a label is moved to the left by its place's share of its width
    unit = _unit(found[0])
    wanted = sorted(
        (n for n, bar in enumerate(found) if not bar.is_gap),
        key=lambda n: (n > 0, n > 0 and not found[n - 1].is_gap, unit != "month" or found[n].first.month > 1, n),
    )
    chosen: list[tuple[float, int]] = []
    for n in wanted:
        at = (n + 0.5) / len(found)
        if all(abs(at - other) >= apart for other, _ in chosen):
            chosen.append((at, n))
    return [(at, _short(found[n].first, unit)) for at, n in sorted(chosen)]


def _short(day: date, unit: str) -> str:
    if unit == "month":
        return f"{ENGLISH_MONTHS[day.month - 1][:3]} {day.year}"
    return str(day.year) if unit == "year" else f"{day.year - day.year % 10}s"


def _field(label: str, name: str, day: date | None) -> str:
    bounds = 'min="1000-01-01" max="2999-12-31"'
    return f'<label>{label} <input type="date" name="{name}" value="{day or ""}" {bounds}></label>'


def _undated(articles: int) -> str:
    return text(f"{counted(articles, 'article')} without a date {'is' if articles == 1 else 'are'} always included.")
