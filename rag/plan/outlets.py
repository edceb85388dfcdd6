"""A question and an archive's outlets in, the outlets whose report is asked for out."""

from __future__ import annotations

from collections.abc import Iterable


def outlets_asked(text: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """The outlets that a question asks the report of: "according to the Herald", "what did the Post write".

    An outlet that is only spoken of ("Who bought the Herald?") is not asked.

    Args:
        text: The question.
        outlets: Those of the archive.

    Returns:
        Outlets as the archive writes them, in the order of the question.
    """
    return ()
