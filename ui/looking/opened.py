"""A place in an archive's articles in, all that its reader is shown out: the article, its words to mark, its relations.

Knows nothing about how it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.rows import seconds
from rag.bundle.keeping import citations, joined
from ui.looking.difference import Edit, difference

if TYPE_CHECKING:
    from index.archive import Archive
    from index.types import Article, Copy, CopyGroup
    from rag.types import Answer, Evidence
    from ui.conversation import Exchange

Span = tuple[int, int]
"""Characters of an article's text, [start, end)."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An article, and the words in it to mark.

    Attributes:
        spans: What to mark, in any order.
        focus: Those of them to show first.
        content_hash: Of the article that the spans were told from; "" where there are none.
    """

    article_id: str
    spans: tuple[Span, ...] = ()
    focus: tuple[Span, ...] = ()
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of an article by the same outlet.

    Attributes:
        title: What became of the headline, from the older to the newer of the two; None: it was not compared.
        text: The same of the text.
    """

    copy: Copy
    title: tuple[Edit, ...] | None = None
    text: tuple[Edit, ...] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An article as its reader sees it.

    Attributes:
        spans: What to mark, in order; none touches another.
        focus: Those of them to show first.
        outdated: Whether the article was changed after its spans were told: then there are none.
        earlier: Its outlet's versions before it, the nearest first; that one alone is compared with it.
        later: Those after it, the nearest first; the same.
        elsewhere: The other articles that tell the story in the same words, the origin first, then by time.
        outlets: Where they stood, each outlet once, its own left out.
    """

    article: Article
    spans: tuple[Span, ...] = ()
    focus: tuple[Span, ...] = ()
    outdated: bool = False
    earlier: tuple[Version, ...] = ()
    later: tuple[Version, ...] = ()
    elsewhere: tuple[Copy, ...] = ()
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is among the sources of an answer: at `evidence[at]`, or at a relation of that article."""

    turn: int
    at: int
    evidence: tuple[Evidence, ...]


def places(written: str) -> tuple[Span, ...]:
    """`12-80,95-140`, as a page writes down places in a text → spans."""
    return tuple((int(start), int(end)) for start, end in re.findall(r"([0-9]{1,9})-([0-9]{1,9})", written))


def bookmark(exchange: Exchange, article_id: str, focus: Sequence[Span] = ()) -> Bookmark:
    """An article with all the words that an answer uses of it: what it cites, or its evidence where it cites nothing.

    Args:
        exchange: A question and how far its answer has come.
        article_id: One of its evidence, or any other: then nothing is marked.
        focus: Places to show first; what is no part of the evidence is left out. Of a piece of evidence, what the
            answer cites of it is shown.
    """
    evidence = [each for each in exchange.evidence if each.article.id == article_id]
    if not evidence:
        return Bookmark(article_id)
    cited = _cited(exchange.answer, article_id) if exchange.answer else []
    used = cited or [(each.start, each.end) for each in evidence]
    asked = [(a, b) for a, b in focus if any(e.start <= a < b <= e.end for e in evidence)] or used[:1]
    shown = [(a, b) for a, b in cited if any(start <= a and b <= end for start, end in asked)] or asked
    return Bookmark(article_id, (*used, *shown), tuple(shown), evidence[0].article.content_hash)


def place(exchange: Exchange, turn: int, bookmark: Bookmark, n: int | None = None) -> Place | None:
    """Where a bookmark is among the sources of an answer; None: nowhere.

    Args:
        exchange: The question and its answer.
        turn: Its number in the conversation.
        bookmark: What is opened.
        n: Number of the evidence that it was opened from, if it is a copy or another version of that.
    """
    start = bookmark.focus[0][0] if bookmark.focus else -1
    found = (
        at
        for at, each in enumerate(exchange.evidence)
        if each.n == n or (n is None and each.article.id == bookmark.article_id and each.start <= start < each.end)
    )
    at = next(found, None)
    return None if at is None else Place(turn, at, exchange.evidence)


def open_at(archive: Archive, bookmark: Bookmark) -> Opened:
    """What a reader is shown of an article. For the thread that owns the archive.

    Raises:
        ArticleNotFound: It is not in the archive any more.
    """
    article = archive.article(bookmark.article_id)
    outdated = bool(bookmark.spans) and bookmark.content_hash != article.content_hash
    spans = () if outdated else merged(bookmark.spans)
    focus = tuple(each for each in spans if any(each[0] <= start < each[1] for start, _ in bookmark.focus))
    opened = Opened(article, spans, focus, outdated)
    group = archive.groups_of([article.id]).get(article.id)
    return opened if group is None else _among(group, opened, archive)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters in order, each span apart from the next; what overlaps or touches is one."""
    return joined(sorted(spans))


def _cited(answer: Answer, article_id: str) -> list[Span]:
    """What an answer, reports that differ from it, or the nearest to one cite of an article."""
    return [(each.start, each.end) for each in citations(answer) if each.article_id == article_id]


def _among(group: CopyGroup, opened: Opened, archive: Archive) -> Opened:
    """An article with its relations: versions of it, and who else tells the story in the same words."""
    from rag.find.collapse import other_outlets

    article = opened.article
    versions = _versions(group, article.id)
    at = [each.article_id for each in versions].index(article.id)
    return replace(
        opened,
        earlier=_compared(versions[:at][::-1], article, archive, later=False),
        later=_compared(versions[at + 1 :], article, archive, later=True),
        elsewhere=tuple(each for each in group.members if each not in versions),
        outlets=other_outlets(group, article.id),
    )


def _versions(group: CopyGroup, article_id: str) -> list[Copy]:
    """The article and those that became, or came of, the same latest version, by time."""
    newer = {each.article_id: each.superseded_by for each in group.members}

    def latest(each: str) -> str:
        while following := newer[each]:
            each = following
        return each

    alike = [each for each in group.members if latest(each.article_id) == latest(article_id)]
    return sorted(alike, key=lambda each: (seconds(each.published) if each.published else 0.0, each.article_id))


def _compared(versions: Sequence[Copy], article: Article, archive: Archive, *, later: bool) -> tuple[Version, ...]:
    """Versions, the nearest first: that one compared with the article, of the others only that they exist."""
    if not versions:
        return ()
    nearest, *others = versions
    pair = (article, archive.article(nearest.article_id))
    older, newer = pair if later else reversed(pair)
    compared = Version(nearest, difference(older.title, newer.title), difference(older.text, newer.text))
    return (compared, *map(Version, others))
