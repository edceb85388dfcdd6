"""What became of each sentence from one text to another."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans
from ui.looking.difference import MOST_COMPARED, MOST_WORDS, Edit, Piece, difference

OLD = """The bridge will reopen on 4 May. Repairs to the cables cost 12.4 million crowns.

“It was worth it,” the mayor said. Nobody was hurt."""
NEW = """The bridge will reopen on 11 May. Repairs to the cables cost 12.4 million crowns.

Nobody was hurt. The ferry runs until then."""


def told(edits: tuple[Edit, ...]) -> list[tuple[str, str, str]]:
    return [(edit.fate, edit.older, edit.newer) for edit in edits]


def test_each_sentence_is_kept_removed_added_or_edited() -> None:
    assert told(difference(OLD, NEW)) == [
        ("edited", "The bridge will reopen on 4 May.", "The bridge will reopen on 11 May."),
        ("kept", *["Repairs to the cables cost 12.4 million crowns."] * 2),
        ("removed", "“It was worth it,” the mayor said.", ""),
        ("kept", "Nobody was hurt.", "Nobody was hurt."),
        ("added", "", "The ferry runs until then."),
    ]


def test_the_words_of_an_edited_sentence_are_told_apart() -> None:
    assert difference(OLD, NEW)[0].pieces == (
        Piece("The bridge will reopen on", "kept"),
        Piece(" 4", "removed"),
        Piece(" 11", "added"),
        Piece(" May.", "kept"),
    )


def test_a_single_word_between_two_edits_is_part_of_them() -> None:
    (edit,) = difference(
        "Police said late on Monday that two men were held near the old port.",
        "Police said early on Tuesday that two men were held near the old port.",
    )

    assert [(piece.text, piece.fate) for piece in edit.pieces] == [
        ("Police said", "kept"),
        (" late on Monday", "removed"),
        (" early on Tuesday", "added"),
        (" that two men were held near the old port.", "kept"),
    ]


def test_an_edited_sentence_finds_its_own_among_new_ones() -> None:
    older = "The council voted on the budget of the city late on Friday."
    newer = "Rain fell. The council voted on the budget of the city on Saturday. Shops were shut."

    assert [edit.fate for edit in difference(older, newer)] == ["added", "edited", "added"]


def test_sentences_with_little_in_common_are_two() -> None:
    edits = difference("The mayor opened the new library.", "The mayor fined the old shipyard owner twice.")

    assert [edit.fate for edit in edits] == ["removed", "added"]


def test_what_moved_is_removed_and_added() -> None:
    edits = difference(
        "One came first. Two came then. Three came last.", "Two came then. Three came last. One came first."
    )

    assert [edit.fate for edit in edits] == ["removed", "kept", "kept", "added"]


@pytest.mark.parametrize("text", ["", "One sentence.", OLD])
def test_nothing_changed_between_a_text_and_itself_set_in_other_lines(text: str) -> None:
    assert {edit.fate for edit in difference(text, text.replace(" ", "  "))} <= {"kept"}
    assert {edit.fate for edit in difference("", text)} <= {"added"}


SENTENCE = st.lists(st.sampled_from("the mayor bridge ferry opened closed 4 May — 11 «no»".split()), min_size=1).map(
    lambda words: " ".join(words).capitalize() + "."
)
TEXT = st.lists(st.sampled_from(["One.", "Two."]) | SENTENCE, max_size=7).map("\n\n".join)


@given(TEXT | st.text(), TEXT | st.text())
def test_both_texts_can_be_read_from_their_difference(older: str, newer: str) -> None:
    def sentences(text: str) -> list[str]:
        return [" ".join(text[start:end].split()) for start, end in sentence_spans(text)]

    edits = difference(older, newer)

    assert [edit.older for edit in edits if edit.older] == sentences(older)
    assert [edit.newer for edit in edits if edit.newer] == sentences(newer)


def test_texts_without_end_are_told_as_a_whole_and_soon() -> None:
    side = int(MOST_COMPARED**0.5) + 1
    older, newer = ("\n".join(f"{word} line {n} of a list." for n in range(side)) for word in ("First", "Second"))
    begun = process_time()
    edits = difference(older, newer)
    words = difference(*(f"{word} " + "same " * 2 * MOST_WORDS for word in "ab"))
    assert [edit.fate for edit in edits] == ["removed"] * side + ["added"] * side
    assert [piece.fate for edit in words for piece in edit.pieces] == ["removed", "added"]
    assert process_time() - begun < 5
