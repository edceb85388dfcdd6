"""Answers and hits in, plain records for JSON out: what `ask --json` and `search --json` print.

These shapes are the contract with other programs: a field may be added, none renamed. Prints nothing itself.
"""

from __future__ import annotations

from index.serialize import iso, notices
from index.types import Article, Hit
from rag.types import Answer, Citation, Evidence, Sentence

REFUSAL = "The archive does not say."
"""The whole reply when the archive holds no answer."""


def reply(answer: Answer) -> str:
    """The answer as one text: its sentences joined by a space, or `REFUSAL`."""
    return REFUSAL if answer.refused else " ".join(sentence.text for sentence in answer.sentences)


def answer_record(answer: Answer) -> dict[str, object]:
    """The object of `ask --json`: offsets count characters of an article's text, times are seconds."""
    return {
        "question": answer.question,
        "query": answer.query.text,
        "refused": answer.refused,
        "answer": reply(answer),
        "sentences": [_sentence_record(sentence) for sentence in answer.sentences],
        "evidence": [_evidence_record(evidence) for evidence in answer.evidence],
        "seconds": {"total": answer.seconds["total"], **answer.seconds},
    }


def hit_record(hit: Hit, article: Article) -> dict[str, object]:
    """One element of `search --json`'s hits. `article` is the one that the hit's passage is a slice of."""
    return {
        "article": article.id,
        "title": article.title,
        "source": article.source,
        "published": iso(article.published),
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.passage.text,
        "score": hit.score,
        "rank": hit.rank,
        "stage": hit.stage,
        "also_in": list(hit.also_in),
    }


def _sentence_record(sentence: Sentence) -> dict[str, object]:
    return {
        "text": sentence.text,
        "support": sentence.support,
        "citations": [_citation_record(citation) for citation in sentence.citations],
    }


def _citation_record(citation: Citation) -> dict[str, object]:
    return {
        "evidence": citation.evidence,
        "article": citation.article_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def _evidence_record(evidence: Evidence) -> dict[str, object]:
    return {
        "n": evidence.n,
        "article": evidence.article.id,
        "title": evidence.article.title,
        "source": evidence.article.source,
        "published": iso(evidence.article.published),
        "url": evidence.article.url,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "score": evidence.score,
        "also_in": list(evidence.also_in),
        "notices": notices(evidence.article),
    }
