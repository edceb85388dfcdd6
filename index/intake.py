"""Articles as read in, articles to write out: is each one new, changed, the same, or a clash? Writes nothing.

An article is named by what it was given: an id says who it is wherever it lies, and a newer text under it is an update.
A URL says so too, but two files may hold what it showed at two times: those are two versions, and both stay readable.
A path says only where it lies: two folders may both hold a 001.txt, and both must stay readable.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from index.address import canonical_url
from index.read.types import Skipped
from index.types import Article

_ADDED = re.compile(r"~[0-9a-f]{8}$")


class Intake:
    """Sorts the articles of one run against those an archive knows.

    Args:
        known: id → (origin, content hash) of every article in the archive.
    """

    def __init__(self, known: Mapping[str, tuple[str, str]]) -> None:
        self._known = known
        self._id_at = {origin: article_id for article_id, (origin, _) in known.items()}
        self._taken: dict[str, tuple[str, str]] = {}
        self.seen = self.added = self.updated = self.unchanged = 0
        self.clashes: list[Skipped] = []

    def place(self, article: Article) -> Article | None:
        """The article under the id it goes by if it must be written, None if it is there already or clashes."""
        self.seen += 1
        if _is_named_by_path(article):
            article = dataclasses.replace(article, id=self._path_id(article))
        elif _is_named_by_url(article):
            article = dataclasses.replace(article, id=self._version_id(article))
        if first := self._taken.get(article.id):
            origin, content_hash = first
            same = "the same article" if content_hash == article.content_hash else "another article"
            self.clashes.append(Skipped(article.origin, f"{same} has the id {article.id!r} already: {origin}"))
            return None
        self._taken[article.id] = (article.origin, article.content_hash)
        self._id_at.setdefault(article.origin, article.id)
        before = self._known.get(article.id)
        if before is None:
            self.added += 1
            return article
        moved = _is_named_by_path(article) and before[0] != article.origin and not _still_there(before[0])
        if before[1] == article.content_hash and not moved:
            self.unchanged += 1
            return None
        self.updated += 1
        return article

    def _path_id(self, article: Article) -> str:
        here_before = self._id_at.get(article.origin)
        if here_before is not None and _names_place(here_before, article.origin):
            return here_before  # also when it was read from a folder further up or down this time
        taken = self._taken.get(article.id)
        origin, content_hash = taken or self._known.get(article.id, ("", ""))
        if content_hash == article.content_hash:
            return article.id  # a second copy of a folder holds the same articles, not more of them
        if origin in ("", article.origin) or not (taken or _still_there(origin)):
            return article.id
        return f"{article.id}~{sha256(article.origin.encode()).hexdigest()[:8]}"

    def _version_id(self, article: Article) -> str:
        here_before = self._id_at.get(article.origin)
        if here_before is not None and _ADDED.sub("", here_before) == article.id:
            return here_before
        taken = self._taken.get(article.id)
        origin, content_hash = taken or self._known.get(article.id, ("", ""))
        if content_hash in ("", article.content_hash):
            return article.id
        if taken is None and (_file(origin) == _file(article.origin) or not _still_there(origin)):
            return article.id  # what was there is replaced, not another version of it
        return f"{article.id}~{article.content_hash[:8]}"  # the same one wherever that version lies


def _is_named_by_url(article: Article) -> bool:
    return article.url is not None and article.id == canonical_url(article.url)


def _is_named_by_path(article: Article) -> bool:
    return _names_place(article.id, article.origin)


def _names_place(article_id: str, origin: str) -> bool:
    path = _ADDED.sub("", article_id)
    return origin.endswith(("/" + article_id, "/" + path)) or origin in (article_id, path)


def _still_there(origin: str) -> bool:
    return Path(origin).exists() or Path(_file(origin)).exists()


def _file(origin: str) -> str:
    """The file on disk that an article was read from, be it a record or a member of it."""
    return re.sub(r"(?:!.*|#\d+)$", "", origin, flags=re.DOTALL)
