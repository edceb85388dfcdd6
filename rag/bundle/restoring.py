"""A kept answer and an archive in, the answer with the archive's articles out, and which of them are others by now."""

from __future__ import annotations

from dataclasses import replace

from index.types import Article
from rag.bundle.keeping import citations, kept_articles, text_hash
from rag.bundle.types import KeptArticle, Lookup, Restored
from rag.types import Answer


def restore(kept: Answer, lookup: Lookup) -> Restored:
    """The answer as it was given; of an article that is changed or gone, what was kept of it stands in its place.

    Args:
        kept: From a bundle.
        lookup: The archive's articles by id.
    """
    articles = kept_articles(kept)
    found = lookup(list(articles))
    same = {
        article_id: found[article_id]
        for article_id, article in articles.items()
        if article_id in found and _is_same(article, kept, found[article_id])
    }
    others = [article_id for article_id in articles if article_id not in same]
    return Restored(
        replace(kept, evidence=tuple(replace(e, article=same.get(e.article.id, e.article)) for e in kept.evidence)),
        changed=tuple(article_id for article_id in others if article_id in found),
        gone=tuple(article_id for article_id in others if article_id not in found),
    )


def _is_same(kept: KeptArticle, answer: Answer, article: Article) -> bool:
    """Whether the text is the one that was read, and says all that is quoted from it."""
    quoted = [(piece.start, piece.end, piece.text) for piece in answer.evidence if piece.article.id == article.id]
    quoted += [(c.start, c.end, c.quote) for c in citations(answer) if c.article_id == article.id]
    return text_hash(article.text) == kept.text_hash and all(
        article.text[start:end] == words for start, end, words in quoted
    )
