"""A Bundle and an archive in, what became of it out: does the article still say the words, and the sentence these?

A citation names words and whose they are. Both are compared with the archive, which is believed; and with what stands
there, the sentence that rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from index.serialize import iso
from index.types import Article
from rag.bundle.keeping import citations, keep, kept_articles, text_hash
from rag.bundle.types import Bundle, Checked, KeptArticle, Reverified, Reworded
from rag.types import Citation, Evidence


class Articles(Protocol):
    """What is asked of an archive."""

    def articles_by_id(self, article_ids: Sequence[str], /) -> Mapping[str, Article]:
        """Id → article; unknown ids are left out."""

    def articles(self) -> Iterator[Article]:
        """Every article, ordered by id."""


def reverify(bundle: Bundle, archive: Articles) -> Reverified:
    """Check the citations and sentences of a bundle, in order; the same citation twice in an exchange once."""
    from rag.bundle.wording import reworded  # the rules for claims take their time to load

    kept = [kept_articles(keep(answer)) for answer in bundle.exchanges]
    by_id = archive.articles_by_id(sorted({article_id for articles in kept for article_id in articles}))
    elsewhere = _by_hash(kept, by_id, archive)
    checked: list[Checked] = []
    sentences: list[Reworded] = []
    for n, (answer, articles) in enumerate(zip(bundle.exchanges, kept, strict=True), start=1):
        pieces: dict[Citation, Evidence] = {}
        for citation in dict.fromkeys(citations(answer)):
            cited = articles[citation.article_id]
            article = by_id.get(cited.id) or elsewhere.get(cited.content_hash)
            checked.append(each := _checked(n, citation, cited, article))
            if article is not None and each.start is not None:
                pieces[citation] = _piece(citation, article, each.start)
        sentences += reworded(n, answer, pieces)
    return Reverified(tuple(checked), tuple(sentences))


def _piece(citation: Citation, article: Article, start: int) -> Evidence:
    """The words of a citation as evidence from the archive's article."""
    return Evidence(citation.evidence, article, start, start + len(citation.quote), citation.quote, score=0.0)


def _by_hash(
    kept: Iterable[Mapping[str, KeptArticle]], known: Collection[str], archive: Articles
) -> dict[str, Article]:
    """Content hash → the archive's article, of those that it does not have under their ids. One pass, if any."""
    wanted = {each.content_hash for articles in kept for each in articles.values() if each.id not in known}
    found: dict[str, Article] = {}
    for article in archive.articles() if wanted else ():
        if article.content_hash in wanted:
            found.setdefault(article.content_hash, article)
    return found


def _checked(exchange: int, citation: Citation, cited: KeptArticle, article: Article | None) -> Checked:
    if article is None:
        return Checked(exchange, citation, cited, "gone")
    same_text = text_hash(article.text) == cited.text_hash
    start = citation.start if same_text and _is_there(citation, article.text) else _place(citation, article.text)
    differs = (*_differs(cited, article), *(_around(cited, article) if same_text else ()))
    return Checked(
        exchange,
        citation,
        cited,
        "changed" if start is None or differs else "holds" if start == citation.start else "moved",
        article.id,
        start,
        same_text,
        differs,
    )


def _is_there(citation: Citation, text: str) -> bool:
    return text[citation.start : citation.end] == citation.quote


def _place(citation: Citation, text: str) -> int | None:
    """Where a text says the words of a citation, no word cut in two: at their place if it does, else the first time."""
    words = re.compile(rf"(?<!\w){re.escape(citation.quote)}(?!\w)")
    found = words.match(text, citation.start) or words.search(text)
    return found.start() if found else None


def _around(cited: KeptArticle, article: Article) -> tuple[str, ...]:
    """Whether what is shown around a quotation stands in the text that the bundle says it read."""
    shown = all(article.text[start:end] == cited.text[start:end] for start, end in cited.known)
    return () if shown else ("surroundings",)


def _differs(cited: Article, article: Article) -> tuple[str, ...]:
    """What an article is cited with that the archive has otherwise."""
    facts = {
        "title": (cited.title, article.title),
        "outlet": (cited.source, article.source),
        "authors": (cited.authors, article.authors),
        "date": (
            (iso(cited.published), iso(cited.published_until)),
            (iso(article.published), iso(article.published_until)),
        ),
        "address": (cited.url, article.url),
    }
    return tuple(name for name, (before, now) in facts.items() if before != now)
