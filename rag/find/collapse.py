"""Ranked hits in, those of one article of each group of copies out. Knows nothing about how copies are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.types import CopyGroup, Hit


def collapse(hits: Sequence[Hit], groups: Mapping[str, CopyGroup]) -> list[Hit]:
    """Let one article speak for each group: one story is one hit and one piece of evidence, however often it was sold.

    The article with the group's best hit speaks, unless a newer version of it may be seen: what a newsroom has replaced
    is no evidence any more. Then the best hit among the latest versions counts, and there may be none.

    Args:
        hits: Of one stage, best first.
        groups: Article id → its group, as far as the question's filter lets it be seen.

    Returns:
        The hits that are left, ranked anew, each with the other outlets of its group.
    """
    if not groups:
        return list(hits)
    superseded = {each.article_id for group in groups.values() for each in group.members if each.superseded_by}
    speakers: dict[str, str] = {}
    kept: list[Hit] = []
    for hit in hits:
        article_id = hit.passage.article_id
        group = groups.get(article_id)
        if group is None:
            kept.append(replace(hit, rank=len(kept) + 1))
        elif article_id not in superseded and speakers.setdefault(_name(group), article_id) == article_id:
            kept.append(replace(hit, rank=len(kept) + 1, also_in=other_outlets(group, article_id)))
    return kept


def other_outlets(group: CopyGroup, article_id: str) -> tuple[str, ...]:
    """The outlets of a group beside the article's own, each once, in the group's order; unknown ones do not count."""
    own = next(each.outlet.casefold() for each in group.members if each.article_id == article_id)
    names = {each.outlet.casefold(): each.outlet for each in reversed(group.members)}
    order = dict.fromkeys(each.outlet.casefold() for each in group.members)
    return tuple(names[name] for name in order if name and name != own)


def _name(group: CopyGroup) -> str:
    return group.members[0].article_id
