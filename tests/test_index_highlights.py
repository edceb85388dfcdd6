from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.highlights import TOKENS, highlights


def marked(typed: str, text: str, *phrases: str) -> list[str]:
    (spans,) = highlights(typed, [text], phrases)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("typed", "phrases", "text", "found"),
    [
        ("harbours closing", [], "The Harbour was closed.", ["Harbour", "closed"]),
        ("senor", [], "Señor Pohl’s señores", ["Señor", "señores"]),
        ("Who was the harbour?", [], "Who was the man at the harbour?", ["harbour"]),
        ("", ["old harbour"], "The old, old harbours. An old man.", ["old harbours"]),
        ("man", ["old harbour"], "The old harbour. An old man.", ["old harbour", "man"]),
        ("harbour", ["old harbour"], "The old harbour.", ["old harbour"]),
        ("2.5", [], "It rose 2.5 points.", ["2.5"]),
        ("港", [], "🙂 港 🙂", ["港"]),
        ("crane", [], "No match.", []),
        ("?!", ["!"], "No match?!", []),
        ("match", [], "No\0match", ["match"]),
    ],
)
def test_what_is_marked(typed: str, phrases: list[str], text: str, found: list[str]) -> None:
    assert marked(typed, text, *phrases) == found


def test_each_text_has_its_own_spans() -> None:
    assert highlights("crane", ["a crane", "", "none", "crane crane"]) == [((2, 7),), (), (), ((0, 5), (6, 11))]
    assert highlights("crane", []) == []


@given(st.text(max_size=30), st.lists(st.text(max_size=60), max_size=4), st.lists(st.text(max_size=10), max_size=2))
def test_spans_lie_in_the_text_in_order(typed: str, texts: list[str], phrases: list[str]) -> None:
    every = [*texts, typed, chr(0xF0000) + typed]
    for text, spans in zip(every, highlights(typed, every, phrases), strict=True):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_texts_are_taken_apart_as_the_archive_does() -> None:
    assert f"tokenize = '{TOKENS}'" in files("index").joinpath("schema.sql").read_text("utf-8")
