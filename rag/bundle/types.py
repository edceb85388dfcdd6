"""The nouns of what is kept of answers: a Bundle of answers with their articles as far as they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from index.types import Article
from rag.types import Answer, Citation, Sentence

Lookup = Callable[[Sequence[str]], Mapping[str, Article]]
"""Ids → the articles among them that an archive has, as `Archive.articles_by_id`."""


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """The archive that answered: how many articles it had, how often it had been changed, whose vectors it held."""

    articles: int
    generation: int
    encoder: str


@dataclass(frozen=True, slots=True)
class KeptArticle(Article):
    """An article as far as a bundle keeps it.

    Each character of its `text` that is kept stands in its own place, blanks and "…" where it is not. Its `origin`,
    which is a path on somebody's machine, is "".

    Attributes:
        text_hash: sha256 of the whole text in UTF-8.
        known: The parts of the text that are kept, in order, apart.
    """

    text_hash: str = ""
    known: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was asked of an archive and answered, in order.

    Attributes:
        made: When; with a zone.
        exchanges: Answers; once read from a file, and as written to one, without hits and with KeptArticles.
    """

    made: datetime
    archive: ArchiveFacts
    exchanges: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A kept answer beside the archive of today.

    Attributes:
        answer: As it was given, without hits; its articles are the archive's, but for those that are changed or gone:
            these are the KeptArticles.
        changed: Ids of the articles whose words are others now.
        gone: Ids of those that the archive has no more.
    """

    answer: Answer
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


Verdict = Literal["holds", "moved", "changed", "gone"]
"""holds: the article says it there; moved: it says the same words elsewhere; changed: it does not say them, or is not
what it is cited as; gone: there is no such article."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one citation.

    Attributes:
        exchange: The place of its question in the bundle, from 1.
        article: As it is kept.
        found: The id of the archive's article; None: gone.
        start: Where its words stand now; None where they do not.
        same_text: Whether the whole article still reads as it did.
        differs: What it is cited with that the archive has otherwise: "title", "outlet", "authors", "date", "address";
            or "surroundings", where its text is the one that was read and does not say what stands around the words.
    """

    exchange: int
    citation: Citation
    article: KeptArticle
    verdict: Verdict
    found: str | None = None
    start: int | None = None
    same_text: bool = False
    differs: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the archive says these words, wherever in the article."""
        return self.verdict in ("holds", "moved")


Words = Literal["hold", "differ", "unknown"]
"""hold: a sentence says what it quotes; differ: it does not; unknown: the archive has not all that it quotes."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """What became of the words of one sentence.

    Attributes:
        exchange: The place of its question in the bundle, from 1.
        why: What its words rest on no more; "" where they hold.
    """

    exchange: int
    sentence: Sentence
    words: Words
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reverified:
    """What became of a bundle: of each citation, and of the words of each sentence."""

    citations: tuple[Checked, ...]
    sentences: tuple[Reworded, ...]

    @property
    def stands(self) -> bool:
        """Whether the archive says all that is quoted, and each sentence says what it quotes."""
        return all(each.stands for each in self.citations) and all(each.words == "hold" for each in self.sentences)
