"""A question in, the archive's names in it out, and the question as the archive would write it."""

from __future__ import annotations

import re
from dataclasses import replace

from index.names.forms import words_of
from index.types import NameFound
from rag.plan.known import Known

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»")


def named(text: str, known: Known) -> tuple[str, tuple[NameFound, ...]]:
    """Find the names that a question speaks of.

    What is misspelt is written as the archive writes it, or full text would not find it. Small letters and parts of
    names stay: they find what they should. Words in quotation marks are meant as they stand.

    Args:
        text: The question, standing alone.
        known: Knows the archive's names.

    Returns:
        The question with misspelt names as the archive writes them, and the names, in order: their offsets count into
        that question, `asked` is what stood there before.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    pieces: list[str] = []
    names: list[NameFound] = []
    done = shift = 0
    for found in known.names_in(text):
        within_quotes = any(start < found.end and found.start < end for start, end in quoted)
        misspelt = _is_misspelt(found)
        if within_quotes and misspelt:
            continue
        start, written = found.start + shift, found.name if misspelt else found.asked
        pieces += [text[done : found.start], written]
        done, shift = found.end, shift + len(written) - len(found.asked)
        names.append(replace(found, start=start, end=start + len(written)))
    return "".join([*pieces, text[done:]]), tuple(names)


def _is_misspelt(found: NameFound) -> bool:
    """Whether what was asked has words that the name has not, whatever their case and accents."""
    return not {word.folded for word in words_of(found.asked)} <= {word.folded for word in words_of(found.name)}
