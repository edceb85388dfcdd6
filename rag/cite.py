"""A draft with [n] marks in, claims with the evidence they name out. Knows nothing about models, prompts or truth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.sentences import sentence_spans

_MARK = r"[^\S\n]*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]"
_MARKS = re.compile(rf"(?m:^)(?P<opening>(?:{_MARK})++)[^\S\n]*(?=\S)|(?:{_MARK})+")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a draft without its marks, and the numbers of the evidence it names, in order, each once."""

    text: str
    named: tuple[int, ...]


def read_draft(draft: str) -> list[Claim]:
    """Split a draft into claims.

    A mark belongs to the sentence it stands in; one that follows a full stop belongs to the sentence before it, one
    that opens a line to the sentence after it.

    Args:
        draft: What a model wrote, such as "A gas leak. [1] It killed 39 [2][3]."

    Returns:
        The claims in order; marks may name evidence that does not exist. A draft of marks alone is one claim without
        words.
    """
    plain: list[str] = []
    marks: list[tuple[int, int]] = []  # (characters of plain text before the mark, evidence number)
    length = position = 0
    for match in _MARKS.finditer(draft):
        plain.append(draft[position : match.start()])
        length += match.start() - position
        position = match.end()
        before = length + (match["opening"] is not None)
        marks += [(before, int(number)) for number in re.findall(r"\d+", match[0])]
    plain.append(draft[position:])
    text = "".join(plain)
    spans = sentence_spans(text)
    if marks and not spans:
        return [Claim("", tuple(dict.fromkeys(number for _, number in marks)))]
    named: list[dict[int, None]] = [{} for _ in spans]
    for before, number in marks:
        holder = max((i for i, (start, _) in enumerate(spans) if start < before), default=0)
        named[holder][number] = None
    return [Claim(text[start:end], tuple(numbers)) for (start, end), numbers in zip(spans, named, strict=True)]
