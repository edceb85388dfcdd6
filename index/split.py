"""An Article in, Passages with offsets out. Knows how much a window holds, and nothing about what is done with it.

A passage is a run of whole sentences, of whole paragraphs where they fit. Nothing is cut off unseen: a passage always
fits the window of the encoder it is made for, together with the headline that is encoded with it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from index.sentences import sentence_spans
from index.types import Article, Passage

PASSAGE_TOKENS = 160
"""Length aimed at, headline excluded. 120-240 tried on wikinews_dev (docs/LOG.md): shorter passages are found more
exactly and cost the cross-encoder less, longer ones hold more of what the answer needs."""

HEADLINE_TOKENS = 40
"""At most this much of the window, and never more than a quarter of it, goes to the headline."""

# The text handed to the splitter has its boundaries marked by ASCII's own separators: so the splitter cuts where
# sentences end, and the pieces still add up to the text. A text's own separators are read as the white space they are.
_PARAGRAPH_END = "\x1d"
_SENTENCE_END = "\x1e"
_NO_MARKS = str.maketrans({_PARAGRAPH_END: " ", _SENTENCE_END: " "})

CountTokens = Callable[[Sequence[str]], list[int]]


def encoded_text(headline: str, text: str) -> str:
    """What the encoder reads for a passage: the headline gives a lone paragraph its subject."""
    return f"{headline}\n{text}" if headline else text


def fitted_headline(title: str, count_tokens: CountTokens, max_tokens: int) -> str:
    """As many of a headline's first words as may stand before each passage; nearly always all of them.

    A headline that is too long is shortened here: left to the encoder, the end of the passage would go instead.
    """
    (markers,) = count_tokens([""])
    limit = markers + min(HEADLINE_TOKENS, max_tokens // 4)

    def length(end: int) -> int:
        return count_tokens([title[:end]])[0]

    if length(len(title)) <= limit:
        return title
    start = title[: max(0, bisect_right(range(len(title)), limit, key=length) - 1)]
    return start.rpartition(" ")[0] or start  # without spaces, as in Chinese, any character may be the last


def split(article: Article, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Split an article into passages that each fit the encoder's window.

    Args:
        article: Any article; its offsets are kept.
        count_tokens: The encoder's own count for texts, markers included.
        max_tokens: The encoder's window.

    Returns:
        Passages in order, not overlapping, that hold every character of the text that is not white space.
    """
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    markers, headline = count_tokens(["", fitted_headline(article.title, count_tokens, max_tokens)])
    budget = min(PASSAGE_TOKENS, max_tokens - headline)  # both counts hold the markers

    def length(piece: str) -> int:
        # At least 1: pieces without a token, such as a second space, are repeated by the splitter's merging.
        return max(count_tokens([piece])[0] - markers, min(1, len(piece)))

    splitter = RecursiveCharacterTextSplitter(
        separators=[_PARAGRAPH_END, _SENTENCE_END, " ", ""],
        keep_separator="end",
        chunk_size=budget,
        chunk_overlap=0,
        length_function=length,
        strip_whitespace=False,
    )
    passages: list[Passage] = []
    offset = 0
    for piece in splitter.split_text(_marked(article.text)):
        text = piece.replace(_PARAGRAPH_END, "").replace(_SENTENCE_END, "")
        start = offset + len(text) - len(text.lstrip())
        offset += len(text)
        if text.strip():
            end = start + len(text.strip())
            passages.append(Passage(article.id, len(passages), start, end, article.text[start:end]))
    return passages


def _marked(text: str) -> str:
    spans = sentence_spans(text)
    starts = [start for start, _ in spans[1:]]
    pieces: list[str] = []
    position = 0
    for (_, end), next_start in zip(spans, [*starts, len(text)], strict=False):  # no sentence, no piece
        mark = _PARAGRAPH_END if "\n" in text[end:next_start] else _SENTENCE_END
        pieces += [text[position:next_start].translate(_NO_MARKS), mark]
        position = next_start
    return "".join(pieces)
