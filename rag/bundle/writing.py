"""A Bundle in, its JSON out: one object, the same for a browser's memory, a history, an export and a check.

An exchange is the object of `ask --json` with its articles. These shapes are a contract with other programs and later
versions: a field may be added, none renamed; what reads otherwise raises VERSION.
"""

from __future__ import annotations

import json

from index.serialize import iso, notices
from rag.bundle.keeping import keep, kept_articles
from rag.bundle.types import Bundle, KeptArticle, Reverified
from rag.serialize import answer_record
from rag.types import Answer

FORMAT = "onrecord-bundle"
VERSION = 1


def written(bundle: Bundle) -> str:
    """A bundle as JSON on one line."""
    return json.dumps(bundle_record(bundle), ensure_ascii=False, allow_nan=False)


def bundle_record(bundle: Bundle) -> dict[str, object]:
    """A bundle as what JSON is made of; offsets count characters of an article's text."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": bundle.made.isoformat(),
        "archive": {
            "articles": bundle.archive.articles,
            "generation": bundle.archive.generation,
            "encoder": bundle.archive.encoder,
        },
        "exchanges": [_exchange_record(each) for each in bundle.exchanges],
    }


def checks_record(bundle: Bundle, checked: Reverified) -> dict[str, object]:
    """The object of `verify --json`: `stands` where every citation does and the words of every sentence hold."""
    return {
        "made": bundle.made.isoformat(),
        "stands": checked.stands,
        "citations": [
            {
                "exchange": each.exchange,
                "question": bundle.exchanges[each.exchange - 1].question,
                "verdict": each.verdict,
                "article": each.citation.article_id,
                "title": each.article.title,
                "source": each.article.source,
                "published": iso(each.article.published),
                "start": each.citation.start,
                "end": each.citation.end,
                "quote": each.citation.quote,
                "found": each.found,
                "found_at": each.start,
                "same_text": each.same_text,
                "differs": list(each.differs),
            }
            for each in checked.citations
        ],
        "sentences": [
            {
                "exchange": each.exchange,
                "question": bundle.exchanges[each.exchange - 1].question,
                "text": each.sentence.text,
                "support": each.sentence.support,
                "words": each.words,
                "why": each.why,
            }
            for each in checked.sentences
        ],
    }


def _exchange_record(answer: Answer) -> dict[str, object]:
    answer = keep(answer)
    return {**answer_record(answer), "articles": [_article_record(each) for each in kept_articles(answer).values()]}


def _article_record(article: KeptArticle) -> dict[str, object]:
    return {
        "id": article.id,
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
        "notices": notices(article),
        "content_hash": article.content_hash,
        "text_hash": article.text_hash,
        "characters": len(article.text),
        "known": [{"start": start, "text": article.text[start:end]} for start, end in article.known],
    }
