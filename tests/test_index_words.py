from __future__ import annotations

import sqlite3
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import FUNCTION_WORDS, match_expression, topic_words

# What FTS5 reads as its own, and what people paste.
SYNTAX = st.lists(
    st.sampled_from(
        [
            '"',
            "'",
            "(",
            ")",
            "*",
            "^",
            ":",
            "-",
            "+",
            "{",
            "}",
            "NEAR",
            "AND",
            "OR",
            "NOT",
            "title:",
            "words",
            " ",
            "\x00",
            "5",
        ]
    ),
    max_size=12,
).map("".join)


@cache
def table() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(
        "CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    connection.executemany(
        "INSERT INTO words VALUES (?, ?)",
        [("Harbour closed", "The crane fell on 2.5 ships at 10:30."), ("NOT NEAR", "AND OR title")],
    )
    return connection


def matching(text: str) -> list[int]:
    expression = match_expression(text)
    if not expression:
        return []
    return [
        row[0] for row in table().execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (expression,))
    ]


@given(st.text(max_size=60) | SYNTAX)
def test_no_text_is_read_as_syntax(text: str) -> None:
    matching(text)  # would raise OperationalError


@given(st.text(max_size=60) | SYNTAX)
def test_words_are_lower_case_once_each_and_without_quotes(text: str) -> None:
    words = topic_words(text)

    assert len(words) == len(dict.fromkeys(words))
    assert [word for word in words if word != word.lower() or '"' in word or not word] == []
    assert not FUNCTION_WORDS.intersection(words) or FUNCTION_WORDS.issuperset(words)


@given(st.lists(st.sampled_from(["crane", "Ships", "harbour", "über", "10", "2024"]), min_size=1, unique=True))
def test_every_topic_word_is_kept_in_order(words: list[str]) -> None:
    assert topic_words("What is the " + " of ".join(words) + "?") == [word.lower() for word in words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who closed the harbour, and why?", ["closed", "harbour"]),
        ("Why was it?", ["why", "was", "it"]),  # nothing else to go by
        ("Pohl's and Pohl’s crane", ["pohl", "crane"]),
        ("O'Hara said", ["o'hara", "said"]),
        ("CRANE Crane crane", ["crane"]),
        ("snake_case", ["snake", "case"]),
        ("?!", []),
        ("", []),
    ],
)
def test_topic_words(text: str, words: list[str]) -> None:
    assert topic_words(text) == words


def test_numbers_stay_whole_beside_their_parts() -> None:
    assert topic_words("rose 2.5 or 1,300 at 10:30") == [
        "2.5",
        "1,300",
        "10:30",
        "rose",
        "2",
        "5",
        "1",
        "300",
        "10",
        "30",
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("harbours", [1]),
        ("HARBOUR", [1]),
        ("2.5", [1]),
        ("NOT", [2]),
        ("near OR crane", [1, 2]),
        ('text:"crane"', [1]),
        ("cran", []),  # a word, not a beginning of one
        ("cran*", []),
    ],
)
def test_what_is_found(text: str, rows: list[int]) -> None:
    assert matching(text) == rows


def test_a_pasted_article_is_a_question_too() -> None:
    assert matching(" ".join(f"word{number}" for number in range(5_000)) + " crane") == [1]
