"""The nouns of the archive: Article, Passage, Hit, Filter, and what an archive is made of: Encoder and Store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
"""Rows of unit length, float32, shape (n, dim)."""

Stage = Literal["dense", "words", "fused", "reranked"]
"""Which list a hit stands in: nearest vectors, full text, both fused, or the cross-encoder's order."""

Certainty = Literal["stated", "inferred"]
"""stated: written down as the date of publication; inferred: from a URL, a file name or a date that stands alone."""

RemovedKind = Literal[
    "headline",  # repeated at the top of the text; it is the article's title
    "header",  # byline, dateline of the page, "Published: ..."
    "caption",  # of a picture
    "credit",  # who took the picture, or who wrote and edited: "Reporting by ..."
    "translation",  # "This article has been translated by AI"
    "copyright",
    "contact",  # an author's e-mail address
    "related",  # links to other articles, "Read more"
    "prompt",  # share, subscribe, comment, cookies, advertisement
]


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that stood in an article and is no reporting. It stood before `article.text[at]`, in this order."""

    kind: RemovedKind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A date an article speaks of: `article.text[start:end]`, such as "on Tuesday", means `first` to `last`, days.

    Both are the same day unless the words mean a longer time, such as "last month".
    """

    start: int
    end: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as clean plain text.

    Attributes:
        id: Stable: the id it was given, else its canonical URL, else its path inside the corpus.
        title: Headline, "" if none was found.
        text: NFC, "\\n" line ends; every offset elsewhere counts characters into this string.
        source: Outlet, "" if unknown.
        authors: As printed, in order.
        published: Without a zone where none is known; None when undated. Never the file's own time unless asked for.
        url: As given, None if unknown.
        origin: Where it was read: an absolute file path, with "#n" for the n-th record of a file of many (from 1) and
            "!name" for a member of an archive file.
        content_hash: sha256 of what the article says, all but id, origin, given_by, format and mentions; tells an
            update from a repeat.
        language: ISO 639-1, "" if it cannot be told.
        section: As the outlet calls it, "" if unknown.
        published_from: What gave `published`, such as "JSON-LD" or "URL"; "" when undated.
        published_sure: How sure that is; None when undated.
        published_until: The end of the range when no day is known: `published` is its begin. Else None.
        given_by: (field, what gave it) for title, source, authors, url, language and section, where they are known.
        format: What it was read as, such as "html".
        removed: What was taken out of the text, in order.
        mentions: The dates that the text speaks of, in order, not overlapping.
    """

    id: str
    title: str
    text: str
    source: str
    authors: tuple[str, ...]
    published: datetime | None
    url: str | None
    origin: str
    content_hash: str
    language: str = ""
    section: str = ""
    published_from: str = ""
    published_sure: Certainty | None = None
    published_until: datetime | None = None
    given_by: tuple[tuple[str, str], ...] = ()
    format: str = ""
    removed: tuple[Removed, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of an article: `article.text[start:end] == text`. Ordinals count from 0 within the article."""

    article_id: str
    ordinal: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage's place in one ranked list. Higher scores are better; ranks count from 1.

    Attributes:
        preference: What of the score is for the time, the outlet or the phrase that was asked for; the rest is for how
            well the passage answers.
        also_in: The other outlets that published copies of its article; told once copies are brought together.
        why: What brought it here, in order: its rank in the lists it was found in ("dense", "words"), its score in
            later stages ("fused", "reranked"), and what else was added to it, by name.
    """

    passage: Passage
    score: float
    rank: int
    stage: Stage
    preference: float = 0.0
    also_in: tuple[str, ...] = ()
    why: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in a text that the archive knows: `asked` is `text[start:end]`, `name` is how most articles write it.

    They differ where the text has it in small letters, without accents, in part or misspelt. Where a misspelt name was
    put right in the text, `asked` is what stood there before.
    """

    start: int
    end: int
    asked: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles a search may see. Undated articles pass every date bound: they are neither favoured nor dropped.

    Attributes:
        since: Nothing published before this moment.
        until: Nothing published after this moment ("as of").
        sources: Only these outlets, compared without case; empty means all.
        articles: Only these, by id; empty means all.
        phrases: Only passages (or headlines) that hold each of these, word by word, as full text compares words.
        dated: Only articles that have a date.
        languages: Only these, as ISO 639-1; empty means all. Articles whose language cannot be told pass only then.
    """

    since: datetime | None = None
    until: datetime | None = None
    sources: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    dated: bool = False
    languages: tuple[str, ...] = ()


EVERYTHING = Filter()

Role = Literal["origin", "copy", "version"]
"""origin: of the agency that the others credit, else the earliest; version: newer than another one of its outlet."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An article's place among those that tell the same story in the same words.

    Attributes:
        outlet: Its outlet, else the host of its address, "" if neither is known.
        alike: How much of the shorter one's wording it has in common with the origin: 0.6 to 1.
        superseded_by: The id of its outlet's next version of it; None if it is the latest that may be seen.
    """

    article_id: str
    title: str
    outlet: str
    published: datetime | None
    role: Role
    alike: float
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Copies and versions of one article: the origin first, then by time, ties by id. A Filter may hide some."""

    members: tuple[Copy, ...]


class Encoder(Protocol):
    """Turns text into unit vectors. Queries may need another prefix than passages."""

    @property
    def id(self) -> str:
        """Name and weights in one string, such as `all-MiniLM-L6-v2@53aa5117`; an archive refuses another one."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """The window: what lies beyond it in a text would not be seen."""

    def count_tokens(self, texts: Sequence[str], /) -> list[int]:
        """How much of the window each text takes, the model's own markers included, nothing cut off."""

    def encode_passages(self, texts: Sequence[str], /) -> Matrix:
        """(n texts) → (n, dim) float32, rows of length 1, in the order given."""

    def encode_queries(self, texts: Sequence[str], /) -> Matrix:
        """(n texts) → (n, dim) float32, rows of length 1, in the order given."""


class Store(Protocol):
    """Where an archive lives: SQLite + FAISS on one machine, a vector database on many, behind the same calls."""

    def add(self, articles: Sequence[Article], passages: Sequence[Passage], vectors: Matrix, /) -> None:
        """Add or replace whole articles with their passages and vectors (row i belongs to passage i), atomically."""

    def remove(self, article_ids: Sequence[str], /) -> None:
        """Remove articles with all that was derived from them, atomically; unknown ids are ignored."""

    def article(self, article_id: str, /) -> Article | None:
        """The article with this id, or None."""

    def articles(self) -> Iterator[Article]:
        """Every article, ordered by id."""

    def nearest(self, vector: Matrix, k: int, where: Filter, /) -> list[Hit]:
        """The k passages nearest to a (dim,) unit vector by inner product, best first, ties by article and ordinal."""

    def matching(self, words: str, k: int, where: Filter, /) -> list[Hit]:
        """The k passages that best match the words by BM25, best first, ties by article and ordinal."""
