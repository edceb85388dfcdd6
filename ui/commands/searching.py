"""Words, operators and filters in, the passages or articles found on the terminal out: search."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from index.errors import UsageError
from ui.commands.opening import ANSWERED, NOT_SAID, Choice, open_pipeline
from ui.dates import parse_days
from ui.render import Terminal
from ui.understood import filters, in_full, missing, quoted, stages
from ui.words import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.archive import Archive
    from index.types import Article, Filter, Hit
    from rag.pipeline import Pipeline
    from rag.types import Query

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for, as typed; `words` may hold operators, and be empty where something else is said."""

    words: str
    since: str | None
    until: str | None
    sources: tuple[str, ...]
    articles: tuple[str, ...]
    sort: Literal["relevance", "date"]
    k: int
    as_of: date
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Passages:
    """What was found for words: hits in the order to show, each with its article and where its passage matches."""

    query: Query
    hits: tuple[tuple[Hit, Article, Spans], ...]
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Listing:
    """What passes where no words were given: articles, newest first, of `passing` in all."""

    query: Query
    articles: tuple[Article, ...]
    passing: int


def search(wish: Wish, choice: Choice, *, as_json: bool) -> int:
    """Show the passages found, or without words the newest articles that pass. Returns the exit code."""
    terminal = Terminal()
    wish = replace(wish, words=(sys.stdin.read() if wish.words == "-" else wish.words).strip())
    dates = _dates(wish)
    if not (wish.words or wish.sources or wish.articles or wish.since or wish.until):
        raise UsageError(
            'nothing to look for: write words, such as onrecord search "bridge repair", or --since 2025-12'
        )
    with open_pipeline(choice) as pipeline, terminal.status("Searching …"):
        found = _found(pipeline, wish, _filter(pipeline.archive, wish, dates))
        is_empty = not (found.hits if isinstance(found, Passages) else found.articles)
        nothing = _nothing(found.query, pipeline.archive) if is_empty else ""
    if as_json:
        _record(found, choice, terminal)
        return NOT_SAID if is_empty else ANSWERED
    if wish.explain:
        seconds = [("seconds", stages(found.seconds))] if isinstance(found, Passages) else []
        terminal.explanation([*in_full(found.query, choice.without), *seconds])
    if is_empty:
        terminal.line(nothing)
    elif isinstance(found, Passages):
        if said := missing(found.query):
            terminal.note(said)
        for hit, article, spans in found.hits:
            terminal.hit(hit, article, spans, explain=wish.explain)
    else:
        for article in found.articles:
            terminal.listed(article)
        if found.passing > len(found.articles):
            terminal.note(f"the newest {len(found.articles):,} of {counted(found.passing, 'article')}; -k shows more")
    return NOT_SAID if is_empty else ANSWERED


def _found(pipeline: Pipeline, wish: Wish, where: Filter) -> Passages | Listing:
    from rag.bounds import last_moment, narrowed
    from rag.plan.operators import Typed, read_operators
    from rag.types import Query

    archive = pipeline.archive
    typed = Typed(wish.words, (), where)
    if "operators" not in pipeline.settings.without:
        typed = read_operators(wish.words, archive.outlets(), where)
    if typed.text:
        return _passages(pipeline, wish, replace(where, phrases=typed.phrases))
    query = Query(wish.words, "", wish.as_of, narrowed(typed.where, until=last_moment(wish.as_of)))
    articles, passing = archive.newest(query.where, wish.k)
    return Listing(query, tuple(articles), passing)


def _passages(pipeline: Pipeline, wish: Wish, where: Filter) -> Passages:
    archive = pipeline.archive
    found = pipeline.search(wish.words, k=wish.k, as_of=wish.as_of, where=where)
    articles = archive.articles_by_id([hit.passage.article_id for hit in found.hits])
    words = found.query.text
    for phrase in found.query.phrases:  # "second crack": not every "second" matches
        words = words.replace(phrase, " ")
    spans = archive.highlights(words, [hit.passage for hit in found.hits], found.query.phrases)
    hits = [(hit, articles[hit.passage.article_id], marked) for hit, marked in zip(found.hits, spans, strict=True)]
    if wish.sort == "date":
        hits.sort(key=lambda each: _by_age(each[1]))  # stable: of one article the best passage comes first
    hits = [(replace(hit, rank=n), article, marked) for n, (hit, article, marked) in enumerate(hits, start=1)]
    return Passages(found.query, tuple(hits), found.seconds)


def _dates(wish: Wish) -> Filter:
    """--since and --until as a filter."""
    from index.types import EVERYTHING
    from rag.bounds import first_moment, last_moment, narrowed

    return narrowed(
        EVERYTHING,
        since=first_moment(parse_days(wish.since)[0]) if wish.since else None,
        until=last_moment(parse_days(wish.until)[1]) if wish.until else None,
    )


def _filter(archive: Archive, wish: Wish, dates: Filter) -> Filter:
    """All options as a filter; outlets may be named in part, articles by whatever they go by."""
    from rag.plan.called import outlets_called

    outlets = tuple(archive.outlets()) if wish.sources else ()
    sources = [outlet for name in wish.sources for outlet in outlets_called(name, outlets)]
    articles = [archive.find(name).id for name in wish.articles]
    return replace(dates, sources=tuple(dict.fromkeys(sources)), articles=tuple(dict.fromkeys(articles)))


def _nothing(query: Query, archive: Archive) -> str:
    """That nothing was found, for what, and which conditions keep nothing even alone."""
    kept = filters(query.where)
    if query.text:
        text = f"Nothing found for {', '.join([one_line(query.text), *kept])}."
    else:
        text = f"No article is {', '.join(kept)}."
    reasons = []
    alone = _conditions(query.where)
    for each in alone if query.text or len(alone) > 1 else ():
        if each.phrases and not archive.matching("", 1, each):
            reasons.append(f"no passage has {quoted(each.phrases)}")
        elif not each.phrases and not archive.newest(each, 1)[1]:
            reasons.append(f"no article is {filters(each)[0]}")
    return f"{text} Even alone: {'; '.join(reasons)}." if reasons else text


def _conditions(where: Filter) -> list[Filter]:
    """Each condition of a filter alone, as a filter: days, outlets, articles, every phrase."""
    from index.types import EVERYTHING, Filter

    alone = (
        Filter(since=where.since, until=where.until),
        Filter(sources=where.sources),
        Filter(articles=where.articles),
        Filter(languages=where.languages),
        *(Filter(phrases=(phrase,)) for phrase in where.phrases),
    )
    return [each for each in alone if each != EVERYTHING]


def _by_age(article: Article) -> tuple[bool, float]:
    """What puts the newest article first and undated ones last, as `Archive.newest` does."""
    from index.rows import seconds

    return article.published is None, -seconds(article.published) if article.published else 0.0


def _record(found: Passages | Listing, choice: Choice, terminal: Terminal) -> None:
    from rag.serialize import hit_record, listed_record, plan_record

    hits = found.hits if isinstance(found, Passages) else ()
    terminal.record(
        {
            "question": found.query.question,
            "query": found.query.text,
            "hits": [hit_record(hit, article, spans) for hit, article, spans in hits],
            "articles": [listed_record(each) for each in found.articles] if isinstance(found, Listing) else [],
            "plan": plan_record(found.query, choice.without),
            "seconds": dict(found.seconds) if isinstance(found, Passages) else {},
        }
    )
