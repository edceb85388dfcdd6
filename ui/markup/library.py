"""What an archive holds in, its HTML out: counts as bars, the articles somebody looks for, the findings of doctor.

All text from elsewhere is escaped. Knows nothing about Gradio. Buttons carry what they do in `data-act`
(page/js/library.js).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ui.links import link
from ui.markup.histogram import bars
from ui.markup.text import byline, text
from ui.words import counted, day, days, headline

if TYPE_CHECKING:
    from index.types import Article
    from ui.doctor import Finding, State
    from ui.library.holdings import Holdings, Listing

OUTLETS_SHOWN = 10
"""The others are folded away."""

STATES: dict[State, str] = {"good": "good", "note": "worth knowing", "wrong": "wrong"}

Row = tuple[str, int]
"""What is counted, as HTML, and how many there are of it."""


def holdings(held: Holdings) -> str:
    """How much there is, in all, by outlet and by month."""
    stats = held.stats
    dated = dict.fromkeys(day(each) for each in (stats.first, stats.last) if each)
    lead = f"{counted(stats.articles, 'article')}, {counted(stats.passages, 'passage')}"
    span = f", {' to '.join(dated)}" if dated else ""
    return (
        '<section class="holdings" aria-labelledby="holdings-title"><h2 id="holdings-title">What the archive holds</h2>'
        f'<p class="lead">{lead}{span}</p>{_by_outlet(held)}{_by_month(held)}</section>'
    )


def _by_outlet(held: Holdings) -> str:
    named = sorted(held.outlets.items(), key=lambda item: (-item[1], item[0]))
    rows = [(f"<bdi>{text(name)}</bdi>", count) for name, count in named]
    if unnamed := held.stats.articles - sum(held.outlets.values()):
        rows.append(("no outlet known", unnamed))
    most = max((count for _, count in rows), default=1)
    first, rest = rows[:OUTLETS_SHOWN], rows[OUTLETS_SHOWN:]
    table = _table("Articles by outlet", first, most)
    if not rest:
        return f"<div>{table}</div>"
    more = f"<details><summary>{len(rest):,} more</summary>{_table('More outlets', rest, most)}</details>"
    return f"<div>{table}{more}</div>"


def _by_month(held: Holdings) -> str:
    rows = [(escape(days(each.first, each.last)), each.articles) for each in reversed(bars(held.months))]
    if held.months.undated:
        rows.append(("undated", held.months.undated))
    most = max((count for _, count in rows), default=1)
    # A region that scrolls has to be reachable by keyboard.
    return (
        '<div class="months" tabindex="0" role="region" aria-label="Articles by month">'
        f"{_table('Articles by month', rows, most)}</div>"
    )


def _table(caption: str, rows: Sequence[Row], most: int) -> str:
    if not rows:
        return ""
    lines = "".join(
        f'<tr><th scope="row">{name}</th><td><i aria-hidden="true" style="--share:{count / most:.3f}"></i>'
        f"<span>{count:,}</span></td></tr>"
        for name, count in rows
    )
    return f'<table class="bars"><caption>{caption}</caption><tbody>{lines}</tbody></table>'


def listing(found: Listing, *, uploaded: Callable[[str], bool] | None = None, notice: str = "") -> str:
    """Articles with a field to look for others.

    Args:
        found: What is shown.
        uploaded: Whether the file at an origin was uploaded, which goes with its article; None: nothing can be removed.
        notice: What has just been done, in one line.
    """
    items = "".join(_article(each, uploaded) for each in found.articles)
    return (
        '<section class="listing" aria-labelledby="listing-title"><h2 id="listing-title">Articles</h2>'
        f"{_search(found.typed)}"
        f'<p class="notice" role="status">{text(notice)}</p><p class="hint">{text(_how_many(found))}</p>'
        f"<ol>{items}</ol></section>"
    )


def _search(typed: str) -> str:
    return (
        '<form role="search"><label class="unseen" for="library-find">Find articles</label>'
        f'<input id="library-find" name="typed" type="search" value="{escape(typed)}" autocomplete="off" '
        'placeholder="Words, source:outlet, after:2025, a file’s name …"><button type="submit">Find</button></form>'
    )


def _how_many(found: Listing) -> str:
    if found.trouble:
        return found.trouble
    shown, total = len(found.articles), counted(found.total or 0, "article")
    if found.is_new:
        return f"{total} added just now" if shown == found.total else f"{shown:,} of {total} added just now"
    if not found.typed:
        return f"The newest {shown:,} of {total}" if shown else "There are no articles."
    if not shown:
        return f"No article was found for “{found.typed}”. Try fewer words."
    if found.total == shown:
        return f"{counted(shown, 'article')} for “{found.typed}”"
    of = "many" if found.total is None else f"{found.total:,}"
    return f"{shown:,} of {of} articles for “{found.typed}”: more words find fewer"


def _article(article: Article, uploaded: Callable[[str], bool] | None) -> str:
    title, address = text(headline(article)), link(article.url)
    linked = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{title}</a>' if address else title
    removal = "" if uploaded is None else _removal(article, is_uploaded=uploaded(article.origin))
    return (
        f'<li><div><h3 dir="auto">{linked}</h3><p>{byline(article)}'
        f'<bdi class="origin">{text("/".join(PurePosixPath(article.origin).parts[-2:]))}</bdi></p></div>{removal}</li>'
    )


def _removal(article: Article, *, is_uploaded: bool) -> str:
    title = text(headline(article))
    file = (
        "The uploaded file goes with it, unless other articles were read from it."
        if is_uploaded
        else f"Its file stays where it is; indexing it again brings it back: <bdi>{text(article.origin)}</bdi>"
    )
    return (
        f'<details class="removal"><summary aria-label="Remove {title}">Remove</summary><div>'
        f"<p>Take this article out of the archive? {file}</p>"
        f'<button type="button" data-act="remove" data-id="{escape(article.id)}">Take it out</button> '
        '<button type="button" data-act="keep">Keep it</button></div></details>'
    )


def removed(articles: Sequence[Article]) -> str:
    """What was taken out, as one line of plain text."""
    if not articles:
        return "It is not in the archive any more."
    return f"Taken out of the archive: {', '.join(f'“{headline(each)}”' for each in islice(articles, 3))}"


def findings(found: Iterable[Finding] | None, *, is_over: bool = True) -> str:
    """What is wrong and what is worth knowing, each with the command that mends it; what is good, folded.

    Args:
        found: None: nobody has looked yet.
        is_over: Whether that is all.
    """
    return (
        '<section class="findings" aria-labelledby="findings-title"><h2 id="findings-title">Is all well?</h2>'
        '<p><button type="button" data-act="examine">Look at archive, models and machine</button></p>'
        f'<div role="status">{"" if found is None else _found(list(found), is_over=is_over)}</div></section>'
    )


def _found(found: Sequence[Finding], *, is_over: bool) -> str:
    good = [each for each in found if each.state == "good"]
    bad = sorted((each for each in found if each.state != "good"), key=lambda each: each.state != "wrong")
    told = f"<ul>{''.join(map(_finding, bad))}</ul>" if bad else ""
    if good:
        fine = "1 is as it should be" if len(good) == 1 else f"{len(good)} are as they should be"
        told += f"<details><summary>{fine}</summary><ul>{''.join(map(_finding, good))}</ul></details>"
    if not is_over:
        return f'{told}<p class="hint">Looking …</p>'
    return told if bad else f'<p class="lead">All is well.</p>{told}'


def _finding(finding: Finding) -> str:
    remedy = f'<p class="remedy">To mend it: <code>{text(finding.remedy)}</code></p>' if finding.remedy else ""
    return (
        f'<li class="{finding.state}"><strong>{text(finding.topic)}</strong> '
        f'<span class="state">{STATES[finding.state]}</span> <bdi>{text(finding.text)}</bdi>{remedy}</li>'
    )
