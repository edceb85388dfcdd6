"""A kept answer and an archive in, the answer with the archive's articles out, and which of them are others by now."""

from __future__ import annotations

from dataclasses import replace

from index.types import Article
from rag.bundle.keeping import text_hash
from rag.bundle.types import Kept, KeptArticle, Lookup, Restored


def restore(kept: Kept, lookup: Lookup) -> Restored:
    """The answer as it was given; of an article that is changed or gone, what was kept of it stands in its place.

    Args:
        kept: From a bundle.
        lookup: The archive's articles by id.
    """
    found = lookup([each.article.id for each in kept.articles])
    same = {
        each.article.id: found[each.article.id]
        for each in kept.articles
        if each.article.id in found and _is_same(each, kept, found[each.article.id])
    }
    evidence = tuple(
        replace(piece, article=same.get(piece.article.id, piece.article)) for piece in kept.answer.evidence
    )
    others = [each.article.id for each in kept.articles if each.article.id not in same]
    return Restored(
        replace(kept.answer, evidence=evidence),
        changed=tuple(article_id for article_id in others if article_id in found),
        gone=tuple(article_id for article_id in others if article_id not in found),
    )


def _is_same(kept: KeptArticle, exchange: Kept, article: Article) -> bool:
    """Whether the text is the one that was read, and says all that is quoted from it."""
    answer = exchange.answer
    quoted = [(piece.start, piece.end, piece.text) for piece in answer.evidence if piece.article.id == article.id]
    quoted += [(c.start, c.end, c.quote) for c in exchange.citations() if c.article_id == article.id]
    return text_hash(article.text) == kept.text_hash and all(
        article.text[start:end] == words for start, end, words in quoted
    )
