"""Ranked hits in, the few sentences that may answer out, as Evidence. Knows nothing about prompts or answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import inf

from index.injection.signs import addresses_a_model
from index.sentences import sentence_spans
from index.types import Article, Hit
from rag.find.prior import POINTS
from rag.find.rerank import titled
from rag.types import Evidence, Query, Reranker

PASSAGES_READ = 6
"""How many of the best passages are taken apart into sentences; about 30 sentences, 0.15 s."""

SENTENCES_KEPT = 6
"""Enough for the answer to be among them for 0.90 of wikinews_dev (the best one alone: 0.47; docs/LOG.md)."""

PASSAGE_SHARE = 0.5
"""How much a passage's score counts beside its sentence's own: a sentence is read better knowing where it stands."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The sentences that were read for one question.

    Attributes:
        query: The question.
        evidence: Those that answer best: articles by their best one, within an article in reading order, so that the
            model reads neighbours as they were written.
        others: The rest, best first: where other reports may say otherwise.
        passage: The logit of the best passage, without what preferences add to it.
    """

    query: Query

    evidence: tuple[Evidence, ...]
    others: tuple[Evidence, ...]
    passage: float = -inf


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


def select(query: Query, hits: Sequence[Hit], articles: Mapping[str, Article], reranker: Reranker) -> Selection:
    """Choose the sentences that answer best.

    Args:
        query: What is asked.
        hits: Passages, best first; only the first PASSAGES_READ are read.
        articles: The articles of these hits by id.
        reranker: Judges each sentence together with its headline.

    Returns:
        At most SENTENCES_KEPT sentences as evidence. Scores are cross-encoder logits: higher is better.
    """
    passages = _in_logits(hits[:PASSAGES_READ])
    candidates = _score(query.text, _candidates(passages, articles), reranker)
    unlike: dict[str, _Candidate] = {}  # a wire copy would only take the place of other words
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.article.id, c.start)):
        unlike.setdefault(" ".join(candidate.text.casefold().split()), candidate)
    best = list(unlike.values())
    also_in = {hit.passage.article_id: hit.also_in for hit in hits}
    pieces = [
        Evidence(n, c.article, c.start, c.end, c.text, c.score, c.preference, also_in[c.article.id])
        for n, c in enumerate([*_by_article(best[:SENTENCES_KEPT]), *best[SENTENCES_KEPT:]], start=1)
    ]
    passage = max((hit.score - hit.preference for hit in passages), default=-inf)
    return Selection(query, tuple(pieces[:SENTENCES_KEPT]), tuple(pieces[SENTENCES_KEPT:]), passage)


def numbered(selections: Sequence[Selection]) -> list[Selection]:
    """The selections for the parts of a question with one numbering: a sentence that serves two parts has one number.

    What is evidence for any of them is numbered first, the rest follows.
    """
    pieces = [
        *chain.from_iterable(each.evidence for each in selections),
        *chain.from_iterable(each.others for each in selections),
    ]
    n_of = {place: n for n, place in enumerate(dict.fromkeys(map(place_of, pieces)), start=1)}
    return [
        replace(
            each,
            evidence=tuple(replace(piece, n=n_of[place_of(piece)]) for piece in each.evidence),
            others=tuple(replace(piece, n=n_of[place_of(piece)]) for piece in each.others),
        )
        for each in selections
    ]


def chosen(selections: Sequence[Selection]) -> tuple[Evidence, ...]:
    """The evidence for all parts of a question, each piece once, in the order of the numbers that `numbered` gave."""
    return tuple({piece.n: piece for each in selections for piece in each.evidence}.values())


def place_of(piece: Evidence) -> tuple[str, int, int]:
    """Which words of which article a piece of evidence is."""
    return piece.article.id, piece.start, piece.end


def _in_logits(hits: Sequence[Hit]) -> list[Hit]:
    """Hits with scores to be added to those of sentences: where none was reranked, how far each is below the best."""
    if not hits or hits[0].stage == "reranked":
        return list(hits)
    best, scale = max(hit.score for hit in hits), POINTS["reranked"] / POINTS[hits[0].stage]
    return [replace(hit, score=(hit.score - best) * scale, preference=hit.preference * scale) for hit in hits]


def _candidates(hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[_Candidate]:
    """Each sentence of the passages with its passage's score; of one that is longer, the part that was found.

    What an article says to language models is not reporting, and never evidence.
    """
    spans = {key: sentence_spans(articles[key].text) for key in dict.fromkeys(hit.passage.article_id for hit in hits)}
    found: list[_Candidate] = []
    for hit in hits:
        article, passage = articles[hit.passage.article_id], hit.passage
        found += [
            _Candidate(article, max(start, passage.start), min(end, passage.end), hit.score, hit.preference)
            for start, end in spans[article.id]
            if start < passage.end and end > passage.start and not addresses_a_model(article.text[start:end])
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
