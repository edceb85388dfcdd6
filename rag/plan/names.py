"""A question in, the archive's names in it out, and the question as the archive would write it."""

from __future__ import annotations

from index.types import NameFound
from rag.types import Known


def named(text: str, known: Known) -> tuple[str, tuple[NameFound, ...]]:
    """Find the names that a question speaks of.

    Args:
        text: The question, standing alone.
        known: Knows the archive's names.

    Returns:
        The question with misspelt names as the archive writes them, and the names, in order.
    """
    return text, known.names_in(text)
