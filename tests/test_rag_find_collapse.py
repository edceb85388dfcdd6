from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.types import Copy, CopyGroup, Hit, Passage
from rag.find.collapse import collapse, other_outlets


def ranked(*articles: str) -> list[Hit]:
    return [Hit(Passage(a, n, 0, 1, "x"), 1 / n, n, "fused") for n, a in enumerate(articles, start=1)]


def member(article_id: str, outlet: str, superseded_by: str | None = None) -> Copy:
    return Copy(article_id, "", outlet, None, "copy", 1.0, superseded_by)


def group(*members: Copy) -> dict[str, CopyGroup]:
    return dict.fromkeys([each.article_id for each in members], CopyGroup(members))


def kept(hits: Sequence[Hit]) -> list[tuple[str, int, int]]:
    return [(hit.passage.article_id, hit.passage.ordinal, hit.rank) for hit in hits]


WIRE = group(member("wire", "Agency"), member("echo", "The Echo"), member("post", "The Post"), member("lost", ""))


def test_without_groups_nothing_changes() -> None:
    hits = ranked("a", "b", "a")

    assert collapse(hits, {}) == hits


def test_the_article_with_the_best_hit_speaks_with_all_its_hits() -> None:
    hits = collapse(ranked("a", "echo", "wire", "echo", "b", "post"), WIRE)

    assert kept(hits) == [("a", 1, 1), ("echo", 2, 2), ("echo", 4, 3), ("b", 5, 4)]
    assert [hit.also_in for hit in hits] == [(), ("Agency", "The Post"), ("Agency", "The Post"), ()]
    assert [hit.score for hit in hits] == [1, 1 / 2, 1 / 4, 1 / 5]


def test_groups_are_told_apart() -> None:
    other = group(member("x", "The Echo"), member("y", "The Post"))

    assert kept(collapse(ranked("y", "post", "x", "echo"), WIRE | other)) == [("y", 1, 1), ("post", 2, 2)]


def test_a_newer_version_speaks_instead() -> None:
    versions = group(member("old", "Echo", "new"), member("new", "Echo"), member("copy", "Post"))

    assert kept(collapse(ranked("old", "new", "copy"), versions)) == [("new", 2, 1)]
    assert kept(collapse(ranked("old", "copy", "new"), versions)) == [("copy", 2, 1)]


def test_what_the_newer_version_no_longer_says_is_not_found() -> None:
    versions = group(member("old", "Echo", "new"), member("new", "Echo"))

    assert kept(collapse(ranked("old", "a"), versions)) == [("a", 2, 1)]


@pytest.mark.parametrize(
    ("outlets", "others"),
    [
        (("Echo", "Post", "Tribune"), ("Post", "Tribune")),
        (("Echo", "echo", "ECHO"), ()),
        (("Echo", "Post", "POST", ""), ("Post",)),
        (("", "Post", ""), ("Post",)),
    ],
)
def test_every_other_outlet_counts_once(outlets: Sequence[str], others: Sequence[str]) -> None:
    members = tuple(member(str(n), outlet) for n, outlet in enumerate(outlets))

    assert other_outlets(CopyGroup(members), "0") == tuple(others)
