"""An answer and its quotations as the archive has them in, whether each of its sentences says what it quotes out.

By the rules that answers are made by: a sentence is a quotation, or a claim that its quotations bear out
(rag/verify.py), or what follows from them for a question of several parts (rag/decide.py). Whether the archive has the
quotations is not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, product

from rag.bundle.types import Reworded
from rag.cite import Claim
from rag.decide import PartAnswer, decide
from rag.types import Answer, Citation, Evidence, Query, Sentence
from rag.verify import judge

LONGEST_SPEAKER = 4
"""Commas: "said A, head of B, C and D"."""

NOT_QUOTED = "its words are not what is quoted"


def reworded(exchange: int, answer: Answer, pieces: Mapping[Citation, Evidence]) -> Iterator[Reworded]:
    """Check the words of every sentence: what is said, reports that differ from it, what comes nearest.

    Args:
        exchange: Its place in the bundle, from 1.
        answer: As it is kept.
        pieces: Those of its citations that the archive's articles have, as evidence from there.
    """
    for sentence in answer.sentences:
        yield _checked(exchange, sentence, answer.query, pieces)
    for side in chain.from_iterable(each.sides for each in answer.disagreements):
        told = _checked(exchange, side.sentence, answer.query, pieces)
        is_told = any(_stands(side.value, citation.quote) for citation in side.sentence.citations)
        differ = Reworded(exchange, side.sentence, "differ", f"“{side.value}” is not in what is quoted")
        yield told if is_told or told.words == "differ" else differ
    for sentence in answer.closest:
        yield _checked(exchange, sentence, answer.query, pieces)


def _checked(exchange: int, sentence: Sentence, query: Query, pieces: Mapping[Citation, Evidence]) -> Reworded:
    if sentence.support == "quoted":
        is_quote = any(_spaced(citation.quote) == _spaced(sentence.text) for citation in sentence.citations)
        return Reworded(exchange, sentence, "hold" if is_quote else "differ", "" if is_quote else NOT_QUOTED)
    cited = [pieces[citation] for citation in sentence.citations if citation in pieces]
    if len(cited) < len(sentence.citations):
        return Reworded(exchange, sentence, "unknown", "the archive has not all that it quotes")
    why = _unsupported(sentence, query, cited)
    return Reworded(exchange, sentence, "differ", why) if why else Reworded(exchange, sentence, "hold")


def _unsupported(sentence: Sentence, query: Query, cited: Sequence[Evidence]) -> str:
    """Why an answer would not say it on these quotations; "" if it would, in these very words."""
    told: list[str] = []
    for asked, text in product((query, *query.parts), _drafts(sentence.text)):
        claim = Claim(text, tuple(dict.fromkeys(piece.n for piece in cited)))
        (verdict,), shown = judge(asked.text, (claim,), cited)
        if not verdict.failures and len(shown) == len(cited) and _is_said(sentence, *verdict.sentences):
            return ""
        told += verdict.why
    decided = decide(query, [PartAnswer(part, (sentence,), tuple(cited)) for part in query.parts])
    if decided is not None and _is_said(sentence, decided):
        return ""
    return f"{NOT_QUOTED}: {told[0]}" if told else NOT_QUOTED


def _drafts(text: str) -> Iterator[str]:
    """What a sentence may have been drafted as: itself, or without the speaker who was put behind it."""
    yield text
    for _ in range(LONGEST_SPEAKER):
        text, comma, _ = text.rpartition(", ")
        if not comma:
            return
        yield text


def _is_said(sentence: Sentence, *said: Sentence) -> bool:
    return [_spaced(each.text) for each in said] == [_spaced(sentence.text)]


def _stands(value: str, quote: str) -> bool:
    """Whether words stand in a quotation, neither a word nor a number cut in two: "12" is not in "120" or "12.4"."""
    words = re.escape(_spaced(value))
    whole = rf"(?<![^\W\d_])(?=[^\W\d_]){words}|(?<!\d)(?<!\d[.,])(?=\d){words}|(?=[\W_]){words}"
    ends = r"(?:(?<=[^\W\d_])(?![^\W\d_])|(?<=\d)(?!\d|[.,]\d)|(?<=[\W_]))"
    return bool(value.strip()) and re.search(f"(?:{whole}){ends}", _spaced(quote)) is not None


def _spaced(text: str) -> str:
    return " ".join(text.split())
