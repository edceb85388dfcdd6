from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans

# Pieces that boundaries are made of, so that random texts hold many of them.
MARKS = st.sampled_from(
    [
        *".!?…:\"'”’»)]([“‘«。！？।」",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\u00a0",
        "\u2028",
        "\u3000",
        "\x1d",
        "\x1e",
        "\u200b",
    ]
)
WORDS = st.sampled_from(
    ["The", "he", "Mr", "U.S", "p.m", "J", "No", "5", "2.5", "東京", "हाँ", "é", "e\u0301", "👩‍👩‍👧", "ﷺ"]
)
PROSE = st.lists(MARKS | WORDS, max_size=40).map("".join)
ANYTHING = st.text(max_size=80) | PROSE


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@given(ANYTHING)
def test_spans_are_in_order_without_overlap_and_hold_every_visible_character(text: str) -> None:
    spans = sentence_spans(text)

    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
    inside = {place for start, end in spans for place in range(start, end)}
    assert [character for place, character in enumerate(text) if place not in inside and not character.isspace()] == []


@given(st.lists(PROSE, min_size=2, max_size=4))
def test_a_blank_line_always_ends_a_sentence(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    breaks = [place for place in range(len(text)) if text.startswith("\n\n", place)]

    assert not [(start, end) for start, end in sentence_spans(text) for place in breaks if start <= place < end]


NEWS = {
    "two sentences": ["The harbour closed.", "Nobody was hurt."],
    "title": ["Mr. Okafor met Gen. Lind and Dr. Ruiz.", "They talked for an hour."],
    "title of two words": ["Lt. Gov. Anna Pohl spoke.", "She left at once."],
    "initials": ["J. K. Marlow wrote it.", "George W. Hale read it."],
    "initials without a space": ["J.D. Marlow met A.J.P. Hale.", "They agreed."],
    "numeral": ["It was Charles I.", "He was king."],
    "p.m. inside": ["The train left at 5 p.m. on Monday."],
    "p.m. at the end": ["It ended at 5 p.m.", "The crowd went home."],
    "U.S. inside": ["The U.S. Army came.", "It stayed."],
    "U.S. at the end": ["He moved to the U.S.", "The move was hard."],
    "company": ["Marlow Inc. shares fell.", "Hale & Co. did not comment."],
    "company at the end": ["He works for Marlow Inc.", "The firm is old."],
    "decimal": ["Prices rose 2.5 percent.", "Oil fell to $61.40 a barrel."],
    "date": ["On Jan. 5 it snowed.", "By Sept. 11 it was dry."],
    "number word": ["No. 5 won.", "She said no.", "He left."],
    "versus": ["The case is Marlow v. Hale.", "It is old."],
    "Latin": ["Fruit, e.g. Apples, was dear.", "Bread was not."],
    "address": ["It is on www.example.org/a.b.", "Look there."],
    "question and exclamation": ["Is it?!", "It is!", "Good."],
    "dots": ["Well... maybe so.", "Then it rained."],
    "ellipsis before a name": ["And…", "Then it rained."],
    "quotation that goes on": ['"We won." said nobody.', "The end."],
    "quotation with a comma": ['"We won," she said.', '"We lost," he said.'],
    "exclamation that goes on": ['"Go!" he cried.', "They went."],
    "quotation that ends": ["“We won.”", "The crowd cheered."],
    "quotation that starts": ["He spoke.", "“We won,” he said."],
    "brackets": ["(It had rained.)", "The pitch was wet."],
    "bracket with a page": ["So he says (see p. 5).", "It is true."],
    "guillemets": ["Il a dit « oui. »", "Puis il est parti."],
    "umlaut": ["Der Zug fuhr ab.", "Über allem lag Schnee."],
    "spanish": ["Se fue.", "¿Por qué?", "Nadie lo sabe."],
    "cyrillic": ["Поезд ушёл.", "Он опоздал."],
    "chinese": ["今天晴。", "明天下雨！", "真的吗？"],
    "japanese quotation": ["「はい。」", "彼は言った。"],
    "danda": ["वह आया।", "वह गया।"],
    "mixed": ["東京で雨。", "The match was off.", "残念！"],
    "sentence of one number": ["How many came?", "42.", "Few stayed."],
}


@pytest.mark.parametrize("wanted", NEWS.values(), ids=list(NEWS))
def test_news_prose_ends_where_a_reader_sees_it_end(wanted: list[str]) -> None:
    assert sentences(" ".join(wanted)) == wanted


def test_full_width_marks_need_no_space() -> None:
    assert sentences("今天晴。明天下雨！真的吗？") == ["今天晴。", "明天下雨！", "真的吗？"]
    assert sentences("「はい。」彼は言った。雨") == ["「はい。」", "彼は言った。", "雨"]


def test_a_line_break_ends_a_sentence_without_a_full_stop() -> None:
    assert sentences("Harbour closed\nNobody hurt\n\nThe mayor spoke. She left.") == [
        "Harbour closed",
        "Nobody hurt",
        "The mayor spoke.",
        "She left.",
    ]


WRAPPED = """\
The harbour of the old town was closed on Monday morning after a
crane fell into the water, and the port authority said that it did
not know when ships would be able to enter again. Nobody was hurt.
The mayor said that the crane, which was built in 1961, had been
inspected last year."""


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    assert sentences(f"{WRAPPED}\n\nThe end") == [
        WRAPPED[: WRAPPED.index(" Nobody")],
        "Nobody was hurt.",
        WRAPPED[WRAPPED.index("The mayor") :],
        "The end",
    ]


def test_short_lines_are_a_list_and_not_wrapped() -> None:
    assert sentences("Results\nMarlow 3\nHale 2\nPohl 1\nRuiz 0\nLind 0") == [
        "Results",
        "Marlow 3",
        "Hale 2",
        "Pohl 1",
        "Ruiz 0",
        "Lind 0",
    ]


# Where the rules are wrong, and known to be. All but the first two keep a sentence too long, the cheaper mistake.
MISTAKES = {
    "a name with a mark": ("Wahoo! Inc. bought it.", ["Wahoo!", "Inc. bought it."]),
    "spaced dots": ("He wept. . . Then he left.", ["He wept.", ".", ".", "Then he left."]),
    "no space": ("He came.He left.", ["He came.He left."]),
    "footnote": ("He came.[1] Then he left.", ["He came.[1] Then he left."]),
    "letter at the end": ("The war was World War I. Germany lost.", ["The war was World War I. Germany lost."]),
    "starts with a small letter": ("He left. iPods sold.", ["He left. iPods sold."]),
    "no as a vote": ("He voted no. 5 others left.", ["He voted no. 5 others left."]),
    "dash": ("“We can’t.”—He left.", ["“We can’t.”—He left."]),
    "starts with a number after a month": ("It was in Dec. 5 men came.", ["It was in Dec. 5 men came."]),
}


@pytest.mark.parametrize(("text", "found"), MISTAKES.values(), ids=list(MISTAKES))
def test_known_mistakes(text: str, found: list[str]) -> None:
    assert sentences(text) == found


@pytest.mark.parametrize("text", ["", " ", "\n \n\t", "\u3000\u2028"])
def test_no_text_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "." * 40_000 + "x",
        "a" + " " * 40_000 + "b",
        "word and " * 5_000 + "\n\nEnd.",
        "." + '"' * 40_000 + "x",
        "\n " * 20_000,
    ],
    ids=["dots", "spaces", "one long line", "quotes", "blank lines"],
)
def test_time_grows_with_the_length_and_not_with_its_square(text: str) -> None:
    begun = time.perf_counter()
    sentence_spans(text)

    assert time.perf_counter() - begun < 1.0  # some milliseconds; squared, it was 10 to 60 seconds
