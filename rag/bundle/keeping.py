"""An Answer in, what a bundle keeps of it out: each article with the paragraphs that its evidence stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from index.serialize import notices
from index.types import Removed
from rag.bundle.types import KeptArticle
from rag.types import Answer, Citation, Evidence

SURROUNDING = 400
"""Characters of its paragraph on either side of the evidence: enough to see what is meant, and some 5 kB an answer."""

_ELLIPSIS = "…"


def keep(answer: Answer) -> Answer:
    """What is needed to show an answer again, and to check it: no hits, and its articles as KeptArticles.

    What is kept already stays as it is, such as in an answer whose articles the archive has no more.
    """
    pieces: dict[str, list[Evidence]] = {}
    for piece in answer.evidence:
        pieces.setdefault(piece.article.id, []).append(piece)
    articles = {article_id: _kept(evidence) for article_id, evidence in pieces.items()}
    evidence = tuple(replace(piece, article=articles[piece.article.id]) for piece in answer.evidence)
    return replace(answer, evidence=evidence, hits=())


def kept_articles(answer: Answer) -> dict[str, KeptArticle]:
    """Id → article of an answer that is kept, in the order of its evidence."""
    return {each.article.id: each.article for each in answer.evidence if isinstance(each.article, KeptArticle)}


def citations(answer: Answer) -> Iterator[Citation]:
    """Every citation: of what is said, of reports that differ from it, of what comes nearest."""
    sides = (side.sentence for each in answer.disagreements for side in each.sides)
    for sentence in (*answer.sentences, *sides, *answer.closest):
        yield from sentence.citations


def text_hash(text: str) -> str:
    """sha256 of a text in UTF-8, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def text_with_gaps(characters: int, known: Iterable[tuple[int, str]]) -> str:
    """A text of so many characters, of which only some pieces are known: (start, piece), in order, apart."""
    pieces: list[str] = []
    reached = 0
    for start, piece in (*known, (characters, "")):
        pieces += [_ELLIPSIS.center(start - reached) if start > reached else "", piece]
        reached = start + len(piece)
    return "".join(pieces)


def noticed(texts: Iterable[str]) -> tuple[Removed, ...]:
    """What a reader of a quotation should know of its article, as an article has it."""
    return tuple(Removed("translation", text, 0) for text in texts)


def _kept(evidence: Sequence[Evidence]) -> KeptArticle:
    article = evidence[0].article
    if isinstance(article, KeptArticle):
        return article
    known = joined(sorted(_surroundings(article.text, piece.start, piece.end) for piece in evidence))
    return KeptArticle(
        id=article.id,
        title=article.title,
        text=text_with_gaps(len(article.text), ((start, article.text[start:end]) for start, end in known)),
        source=article.source,
        authors=article.authors,
        published=article.published,
        url=article.url,
        origin="",
        content_hash=article.content_hash,
        language=article.language,
        section=article.section,
        published_from=article.published_from,
        published_sure=article.published_sure,
        published_until=article.published_until,
        removed=noticed(notices(article)),
        text_hash=text_hash(article.text),
        known=known,
    )


def _surroundings(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph that a slice stands in, as far as it is near, no word cut in two where it has spaces."""
    first = text.rfind("\n", 0, start) + 1
    if first < start - SURROUNDING:
        first = text.find(" ", start - SURROUNDING, start) + 1 or start
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last > end + SURROUNDING:
        last = max(text.rfind(" ", end, end + SURROUNDING), end)
    return first, last


def joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order as such that are apart: what overlaps or touches becomes one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
