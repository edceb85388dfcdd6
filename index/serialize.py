"""Articles in, plain records for JSON out: what `inspect`, `show` and `copies` print with `--json`.

These shapes are the contract with other programs: a field may be added, none renamed. Prints nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING

from index.injection.signs import REASONS

if TYPE_CHECKING:
    from index.read import Skipped
    from index.read.report import ReadingReport
    from index.read.types import Suspicion
    from index.types import Article, CopyGroup
    from index.update import Changes


def article_record(article: Article) -> dict[str, object]:
    """One article with all that is known of it; offsets count characters of `text`."""
    return {
        "id": article.id,
        "path": article.origin,
        "format": article.format,
        "title": article.title,
        "source": article.source,
        "authors": list(article.authors),
        "published": iso(article.published),
        "published_until": iso(article.published_until),
        "published_from": article.published_from or None,
        "published_sure": article.published_sure,
        "url": article.url,
        "language": article.language or None,
        "section": article.section or None,
        "given_by": dict(article.given_by),
        "text": article.text,
        "dropped": [each.text for each in article.removed],
        "notices": [{"kind": each.kind, "text": each.text, "at": each.at} for each in article.removed],
        "dates": [
            {
                "start": each.start,
                "end": each.end,
                "text": article.text[each.start : each.end],
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
            }
            for each in article.mentions
        ],
    }


def copies_record(groups: Iterable[CopyGroup]) -> dict[str, object]:
    """The object of `copies --json`: each group's members, the origin first; `alike` is between 0 and 1."""
    return {
        "groups": [
            [
                {
                    "article": each.article_id,
                    "role": each.role,
                    "title": each.title,
                    "source": each.outlet,
                    "published": iso(each.published),
                    "alike": round(each.alike, 3),
                    "superseded_by": each.superseded_by,
                }
                for each in group.members
            ]
            for group in groups
        ]
    }


def notices(article: Article) -> list[str]:
    """What a reader of a quotation should know of its article: that it was translated, and how."""
    return [each.text for each in article.removed if each.kind == "translation"]


def iso(moment: datetime | None) -> str | None:
    """ISO 8601. Midnight without a zone is how a date without a time is kept, so it is written as a date."""
    if moment is None:
        return None
    if moment.tzinfo is None and moment.time() == time.min:
        return moment.date().isoformat()
    return moment.isoformat()


def suspicion_record(suspicion: Suspicion) -> dict[str, object]:
    """A place that is meant for a language model; offsets count characters of the article's field."""
    sign = suspicion.sign
    return {
        "origin": suspicion.origin,
        "field": suspicion.field,
        "start": sign.start,
        "end": sign.end,
        "kind": sign.kind,
        "reason": REASONS[sign.kind],
        "words": sign.words,
    }


def reading_record(report: ReadingReport, changes: Changes) -> dict[str, object]:
    """The object of `index --report`: what was read, skipped and found odd, and what the archive made of it."""
    skipped: list[Skipped] = [*report.skipped, *changes.clashes]
    return {
        "articles": {"added": changes.added, "updated": changes.updated, "unchanged": changes.unchanged},
        "passages": changes.passages,
        "copies": {"groups": changes.groups, "copies": changes.copies},
        "formats": dict(report.formats),
        "skipped": [{"origin": each.origin, "reason": each.reason} for each in skipped],
        "undated": list(report.undated),
        "future": [{"origin": origin, "published": iso(moment)} for origin, moment in report.future],
        "suspicious": [suspicion_record(each) for each in report.suspicious],
    }
