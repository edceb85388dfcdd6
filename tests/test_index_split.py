from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from fakes import HashEncoder, make_article
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encode import SentenceEncoder
from index.split import HEADLINE_TOKENS, PASSAGE_TOKENS, encoded_text, fitted_headline, split
from index.types import Article, Encoder, Passage

SENTENCE = "The council of the old town met on Tuesday and voted to close the harbour. "
PIECES = st.sampled_from(
    [
        *(SENTENCE, "\n\n", "\n", " ", "  ", ". ", "Mr. ", "word ", "a" * 90, "-" * 70, "漢字", "각", "🙂", "e\u0301"),
        *("\u200b", "\u00ad", "\u3000", "\u2028", "\x1d", "\x1e", "\x1f", "。", "”"),
    ]
)
NASTY = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200)
TITLES = st.text(max_size=40) | st.sampled_from(["", "Harbour closed", "Harbour " * 60, "漢" * 300, "x" * 400])


def holds_the_law(article: Article, encoder: Encoder) -> list[Passage]:
    """What must be true of every split, whatever the article."""
    passages = split(article, encoder.count_tokens, encoder.max_tokens)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    for passage in passages:
        assert passage.article_id == article.id
        assert article.text[passage.start : passage.end] == passage.text == passage.text.strip() != ""
    ends = [(0, 0), *((p.start, p.end) for p in passages), (len(article.text), len(article.text))]
    assert [article.text[end:start] for (_, end), (start, _) in pairwise(ends) if article.text[end:start].strip()] == []
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))
    headline = fitted_headline(article.title, encoder.count_tokens, encoder.max_tokens)
    seen = [encoded_text(headline, passage.text) for passage in passages]
    assert not passages or max(encoder.count_tokens(seen)) <= encoder.max_tokens
    return passages


@given(text=NASTY, title=TITLES, window=st.sampled_from([8, 16, 64, 256]))
@settings(deadline=None, max_examples=60)
def test_every_passage_is_a_slice_all_is_covered_and_nothing_exceeds_the_window(
    text: str, title: str, window: int
) -> None:
    holds_the_law(make_article("a", text, title=title), HashEncoder(max_tokens=window))


@pytest.mark.models
@given(text=NASTY, title=TITLES)
@settings(deadline=None, max_examples=12)
def test_the_same_with_the_real_encoder(real_encoder: SentenceEncoder, text: str, title: str) -> None:
    holds_the_law(make_article("a", text, title=title), real_encoder)


# Each was cut, lost or refused once, or looks as if it could be.
HARD = {
    "a headline longer than the window": ("Harbour " * 300, SENTENCE * 40),
    "a headline without spaces": ("漢" * 300, SENTENCE * 40),
    "a headline of one word": ("x" * 400, SENTENCE * 40),
    "one giant sentence": ("Harbour", "word " * 900),
    "giant, with double spaces": ("Harbour", "word  " * 900),
    "lines of a zero-width space": ("Harbour", (SENTENCE + "\n\n\u200b\n\n") * 40),
    "an endless word": ("Harbour", "a-b" * 900),
    "unknown word": ("Harbour", "a" * 5_000),
    "punctuation": ("Harbour", "-" * 1_500),
    "Chinese without spaces": ("Harbour", "今天晴朗" * 300),
    "emoji": ("", "🙂" * 900),
    "separators in the text": ("Harbour", "One\x1etwo\x1d three. " * 200),
}


@pytest.fixture(scope="module")
def real_encoder(encoder_folder: Path) -> Iterator[SentenceEncoder]:
    yield SentenceEncoder(encoder_folder)


@pytest.mark.parametrize(("title", "text"), HARD.values(), ids=list(HARD))
def test_hard_articles(title: str, text: str) -> None:
    assert holds_the_law(make_article("a", text, title=title), HashEncoder(max_tokens=64))


@pytest.mark.models
@pytest.mark.parametrize(("title", "text"), HARD.values(), ids=list(HARD))
def test_hard_articles_with_the_real_encoder(real_encoder: SentenceEncoder, title: str, text: str) -> None:
    assert holds_the_law(make_article("a", text, title=title), real_encoder)


@pytest.mark.parametrize("text", ["", " ", "\n\n \u3000\n"])
def test_no_text_no_passage(text: str) -> None:
    assert holds_the_law(make_article("a", text, title="Harbour closed"), HashEncoder()) == []


def test_a_short_article_is_one_passage() -> None:
    text = "  The harbour closed.\n\nNobody was hurt. \n"

    assert holds_the_law(make_article("a", text), HashEncoder()) == [Passage("a", 0, 2, 39, text.strip())]


def test_a_passage_is_whole_paragraphs_where_they_fit() -> None:
    paragraphs = [
        f"The {name} closed. It was late. {'Nobody was hurt. ' * 4}".strip() for name in ("port", "pier", "dock")
    ]
    # 28 tokens each: two of them in a window of 64, with its two markers.
    passages = holds_the_law(make_article("a", "\n\n".join(paragraphs)), HashEncoder(max_tokens=64))

    assert [passage.text for passage in passages] == ["\n\n".join(paragraphs[:2]), paragraphs[2]]


def test_a_passage_ends_where_a_sentence_ends() -> None:
    passages = holds_the_law(make_article("a", SENTENCE * 12), HashEncoder(max_tokens=64))

    assert [passage.text.count(".") for passage in passages] == [3, 3, 3, 3]  # 16 tokens each
    assert all(passage.text == (SENTENCE * 3).strip() for passage in passages)


def test_a_passage_is_no_longer_than_aimed_at_however_wide_the_window() -> None:
    encoder = HashEncoder(max_tokens=2_000)
    passages = holds_the_law(make_article("a", SENTENCE * 40), encoder)
    lengths = [count - 2 for count in encoder.count_tokens([passage.text for passage in passages])]

    assert max(lengths) == PASSAGE_TOKENS // 16 * 16


def test_the_headline_stands_before_the_passage() -> None:
    assert encoded_text("Harbour closed", "Nobody was hurt.") == "Harbour closed\nNobody was hurt."
    assert encoded_text("", "Nobody was hurt.") == "Nobody was hurt."


def test_a_headline_that_fits_is_kept_and_a_longer_one_loses_its_last_words() -> None:
    count = HashEncoder().count_tokens
    title = " ".join(f"word{number}" for number in range(60))
    kept = fitted_headline(title, count, 256)

    assert fitted_headline("word " * HEADLINE_TOKENS, count, 256) == "word " * HEADLINE_TOKENS
    assert kept.split() == title.split()[: len(kept.split())]
    assert HEADLINE_TOKENS - 1 <= len(kept.split()) <= HEADLINE_TOKENS
    assert len(fitted_headline(title, count, 64).split()) in (15, 16)  # a quarter of a narrow window


@given(TITLES, st.sampled_from([8, 64, 256]))
def test_a_headline_is_a_beginning_that_fits(title: str, window: int) -> None:
    count = HashEncoder().count_tokens
    kept = fitted_headline(title, count, window)

    assert title.startswith(kept)
    assert count([kept])[0] - 2 <= min(HEADLINE_TOKENS, window // 4)
