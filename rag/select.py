"""Ranked hits in, the few sentences that may answer out, as Evidence. Knows nothing about prompts or answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.sentences import sentence_spans
from index.types import Article, Hit
from rag.find.prior import POINTS
from rag.find.rerank import titled
from rag.types import Evidence, Reranker

PASSAGES_READ = 6
"""How many of the best passages are taken apart into sentences; about 30 sentences, 0.15 s."""

SENTENCES_KEPT = 6
"""Enough for the answer to be among them for 0.90 of wikinews_dev (the best one alone: 0.47; docs/LOG.md)."""

PASSAGE_SHARE = 0.5
"""How much a passage's score counts beside its sentence's own: a sentence is read better knowing where it stands."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    start: int
    end: int
    score: float
    preference: float

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def select(question: str, hits: Sequence[Hit], articles: Mapping[str, Article], reranker: Reranker) -> list[Evidence]:
    """Choose the sentences that answer best.

    Args:
        question: The standalone question.
        hits: Passages, best first; only the first PASSAGES_READ are read.
        articles: The articles of these hits by id.
        reranker: Judges each sentence together with its headline.

    Returns:
        At most SENTENCES_KEPT sentences; articles by their best one, within an article in reading order, so that
        the model reads neighbours as they were written. Scores are cross-encoder logits: higher is better.
    """
    candidates = _score(question, _candidates(_in_logits(hits[:PASSAGES_READ]), articles), reranker)
    best: list[_Candidate] = []
    seen: set[str] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.article.id, c.start)):
        words = " ".join(candidate.text.casefold().split())
        if words not in seen:  # a wire copy would only take the place of other words
            seen.add(words)
            best.append(candidate)
        if len(best) == SENTENCES_KEPT:
            break
    also_in = {hit.passage.article_id: hit.also_in for hit in hits}
    return [
        Evidence(n, c.article, c.start, c.end, c.text, c.score, c.preference, also_in[c.article.id])
        for n, c in enumerate(_by_article(best), start=1)
    ]


def _in_logits(hits: Sequence[Hit]) -> list[Hit]:
    """Hits with scores to be added to those of sentences: where none was reranked, how far each is below the best."""
    if not hits or hits[0].stage == "reranked":
        return list(hits)
    best, scale = max(hit.score for hit in hits), POINTS["reranked"] / POINTS[hits[0].stage]
    return [replace(hit, score=(hit.score - best) * scale, preference=hit.preference * scale) for hit in hits]


def _candidates(hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[_Candidate]:
    """Each sentence of the passages with its passage's score; of one that is longer, the part that was found."""
    spans = {key: sentence_spans(articles[key].text) for key in dict.fromkeys(hit.passage.article_id for hit in hits)}
    found: list[_Candidate] = []
    for hit in hits:
        article, passage = articles[hit.passage.article_id], hit.passage
        found += [
            _Candidate(article, max(start, passage.start), min(end, passage.end), hit.score, hit.preference)
            for start, end in spans[article.id]
            if start < passage.end and end > passage.start
        ]
    return found


def _score(question: str, candidates: Sequence[_Candidate], reranker: Reranker) -> list[_Candidate]:
    texts = [titled(c.article, c.text) for c in candidates]
    scores = reranker.score(question, texts)
    return [
        _Candidate(c.article, c.start, c.end, own + PASSAGE_SHARE * c.score, PASSAGE_SHARE * c.preference)
        for c, own in zip(candidates, scores, strict=True)
    ]


def _by_article(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    best: dict[str, float] = {}
    for candidate in candidates:
        best[candidate.article.id] = max(candidate.score, best.get(candidate.article.id, candidate.score))
    return sorted(candidates, key=lambda c: (-best[c.article.id], c.article.id, c.start))
