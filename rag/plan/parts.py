"""A question in, the questions it is made of out: comparisons, "which came first", "did A and B both"."""

from __future__ import annotations


def split_question(text: str) -> tuple[str, ...]:
    """The questions that must each be answered to answer this one.

    Args:
        text: The question, standing alone.

    Returns:
        Two or more questions that stand alone, in order; () for a question that is one.
    """
    return ()
