"""A reply and what it was found by in, the signals that tell whether to give it out. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Article
from index.words import topic_words
from rag.claims.facts import Fact, facts_of, stands_in
from rag.claims.normal import normal, stem
from rag.confidence import Signals
from rag.contrast import Contrast
from rag.respond import Reply
from rag.select import NO_ANSWER
from rag.types import Evidence, Wish

NO_PASSAGE = -10.0
"""The logit of a passage that is not there: as unlike an answer as the cross-encoder finds any."""


def signals(reply: Reply, unmet: Sequence[Wish], contrast: Contrast | None = None) -> Signals:
    """What is known of a reply.

    Args:
        reply: What came of the question.
        unmet: What the question asks for that none of the first passages has.
        contrast: Asks the question again with other names; None: what comes of that counts for nothing, so it is not.
    """
    selection, written = reply.selection, reply.written
    best, cited = selection.best, _cited(reply)
    return Signals(
        passage=max(selection.passage, NO_PASSAGE),
        read=best.margin if best else NO_ANSWER,
        named=float(-_strangers(reply)),
        met=float(-len(unmet)),
        swapped=0.0 - contrast.gain(selection.query, *cited) if contrast and cited else 0.0,
        belief=written.belief or 0.0,
        approval=written.approval or 0.0,
        agreed=float(best is not None and not _topics(_claimed(reply)).isdisjoint(_topics(_answer(best)))),
        written=max((verdict.strength for verdict in reply.settled.verdicts), default=0.0),
    )


def _cited(reply: Reply) -> tuple[Article, tuple[int, int]] | None:
    """The article and the place of the first quotation that a reply stands on; None where nothing was found."""
    articles = {piece.n: piece.article for piece in reply.settled.evidence}
    citations = (citation for sentence in reply.settled.sentences for citation in sentence.citations)
    return next(((articles[each.evidence], (each.start, each.end)) for each in citations), None)


def _strangers(reply: Reply) -> int:
    """How many of a question's names stand, not even in part, in none of the articles that are cited for it."""
    cited = {citation.article_id for sentence in reply.settled.sentences for citation in sentence.citations}
    articles = {p.article.id: p.article for p in reply.settled.evidence if p.article.id in cited}
    told = normal("\n".join(f"{article.title}\n{article.text}" for article in articles.values()))
    names = [fact for fact in facts_of(reply.selection.query.text) if fact.kind == "name"]
    return sum(not any(stands_in(Fact("name", word), told) for word in name.text.split()) for name in names)


def _claimed(reply: Reply) -> str:
    """What a draft claims: neither its marks, which are numbers too, nor that it finds nothing."""
    return " ".join(verdict.claim.text for verdict in reply.settled.verdicts)


def _answer(piece: Evidence) -> str:
    """The words that the reader takes for the answer, else the sentence."""
    return piece.article.text[slice(*piece.answer)] if piece.answer else piece.text


def _topics(text: str) -> set[str]:
    return {stem(word) for word in topic_words(normal(text))} if text.strip() else set()
