"""An Article in, Passages with offsets out. Knows how much a window holds, and nothing about what is done with it.

A passage is a run of whole sentences, of whole paragraphs where they fit. Nothing is cut off unseen: a passage always
fits the window of the encoder it is made for, together with the headline that is encoded with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.sentences import sentence_spans
from index.types import Article, Passage

PASSAGE_TOKENS = 160
"""Length aimed at, headline excluded. 120-240 tried on wikinews_dev (docs/LOG.md): shorter passages are found more
exactly and cost the cross-encoder less, longer ones hold more of what the answer needs."""

HEADLINE_TOKENS = 40
"""At most this much of the window goes to the headline."""

# The text handed to the splitter has its boundaries marked by ASCII's own separators, which readers remove from
# articles: so the splitter cuts where sentences end, and the pieces still add up to the text.
_PARAGRAPH_END = "\x1d"
_SENTENCE_END = "\x1e"

CountTokens = Callable[[Sequence[str]], list[int]]


def encoded_text(article: Article, text: str) -> str:
    """What the encoder reads for a passage: the headline gives a lone paragraph its subject."""
    return f"{article.title}\n{text}" if article.title else text


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

    markers, headline = count_tokens(["", article.title])
    budget = min(PASSAGE_TOKENS, max_tokens - markers - min(headline, HEADLINE_TOKENS))
    splitter = RecursiveCharacterTextSplitter(
        separators=[_PARAGRAPH_END, _SENTENCE_END, " ", ""],
        keep_separator="end",
        chunk_size=budget,
        chunk_overlap=0,
        length_function=lambda piece: count_tokens([piece])[0] - markers,
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
    pieces: list[str] = []
    position = 0
    for (_, end), following in zip(spans, [*spans[1:], None], strict=True):
        gap_end = following[0] if following else len(text)
        mark = _PARAGRAPH_END if "\n" in text[end:gap_end] else _SENTENCE_END
        pieces += [text[position:gap_end], mark]
        position = gap_end
    return "".join(pieces) if pieces else text
