"""What is known of a reply, signal by signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import copysign, inf

import pytest
from fakes import make_article

from index.types import Article, NameFound
from rag.contrast import Contrast
from rag.judge import NO_PASSAGE, signals
from rag.reader import Reading
from rag.respond import Reply, Written
from rag.select import NO_ANSWER, Selection
from rag.settle import settle
from rag.types import Evidence, Query

NORVIK = make_article(
    "norvik", "The Norvik bridge will close for six weeks. Repairs will cost $4.2 million.", title="Bridge to close"
)
FERRY = make_article("ferry", "Ana Ruiz saw the ferry hit the pier.", title="Ferry accident in Orsund")
QUERY = Query("How long will the bridge close?", "How long will the bridge close?")


def piece(
    n: int, article: Article, words: str, answer: str = "", *, score: float = 0.0, margin: float = 0.0
) -> Evidence:
    start = article.text.index(words)
    span = (article.text.index(answer), article.text.index(answer) + len(answer)) if answer else None
    return Evidence(n, article, start, start + len(words), words, score, answer=span, margin=margin)


CLOSES = piece(1, NORVIK, "The Norvik bridge will close for six weeks.", "six weeks", score=2.0, margin=3.5)
COSTS = piece(2, NORVIK, "Repairs will cost $4.2 million.", score=1.0, margin=-8.0)
HIT = piece(3, FERRY, FERRY.text, score=-1.0, margin=-9.0)


def replied(
    draft: str, *evidence: Evidence, query: Query = QUERY, passage: float = 4.25, written: Written | None = None
) -> Reply:
    selection = Selection(query, evidence, (), passage)
    return Reply(selection, replace(written or Written(), draft=draft), settle(query, draft, evidence))


def test_where_nothing_was_found_every_signal_speaks_against_an_answer_or_is_0() -> None:
    known = signals(replied("", passage=-inf), ())

    assert (known.passage, known.read) == (NO_PASSAGE, NO_ANSWER)
    assert (known.named, known.met, known.belief, known.approval, known.agreed, known.written) == (0.0,) * 6
    assert copysign(1.0, known.named) == copysign(1.0, known.met) == 1.0  # -0.0 would be shown as such


def test_the_passage_and_what_the_reader_finds_in_the_best_piece() -> None:
    known = signals(replied("", COSTS, CLOSES, HIT), ())

    assert (known.passage, known.read) == (4.25, 3.5)


def test_of_equally_good_pieces_the_first_counts() -> None:
    assert signals(replied("", replace(COSTS, score=2.0), CLOSES), ()).read == 3.5


def test_what_the_model_believes_is_taken_over_and_0_where_it_does_not_tell() -> None:
    told = signals(replied("six weeks [1]", CLOSES, written=Written(belief=1.5, approval=-0.5)), ())
    silent = signals(replied("six weeks [1]", CLOSES), ())

    assert (told.belief, told.approval) == (1.5, -0.5)
    assert (silent.belief, silent.approval) == (0.0, 0.0)


class NameReader:
    """Finds the first word of a passage, the likelier where the question has a certain name."""

    id = "name-reader@1"

    def read(self, question: str, passages: Sequence[tuple[str, str]], /) -> list[list[Reading]]:
        return [[Reading(0, 1, 2.5 if "Lund" in question else 1.0, 0.0)] for _ in passages]


def test_what_is_cited_first_is_asked_again_about_others_where_that_counts() -> None:
    article = make_article("pier", "A pier in Lund closes for six weeks. Repairs cost $4.2 million.")
    closes, costs = (
        piece(1, article, "A pier in Lund closes for six weeks."),
        piece(2, article, "Repairs cost $4.2 million."),
    )
    seen: list[str] = []

    def names_in(text: str) -> list[NameFound]:
        seen.append(text)
        return [NameFound(10, 14, "Lund", "Lund", 1)]

    contrast = Contrast(NameReader(), names_in)
    about_tarn, about_lund = (Query(text, text) for text in ("How long does Tarn close?", "How long does Lund close?"))

    assert signals(replied("six weeks [1]", closes, costs, query=about_tarn), (), contrast).swapped == -1.5
    assert signals(replied("six weeks [1]", closes, costs, query=about_tarn), ()).swapped == 0.0
    unswapped = signals(replied("six weeks [1]", closes, costs, query=about_lund), (), contrast).swapped
    assert (unswapped, copysign(1.0, unswapped)) == (0.0, 1.0)
    assert signals(replied("", query=about_tarn), (), contrast).swapped == 0.0
    assert seen == ["A pier in Lund closes for six weeks."]


def test_each_unmet_wish_counts() -> None:
    assert signals(replied("", CLOSES), ("time", "phrases")).met == -2.0


@pytest.mark.parametrize(
    ("question", "strangers"),
    [
        ("How long will the bridge close?", 0),
        ("How long will the Norvik bridge close?", 0),
        ("Why did Ana Ruiz close the bridge?", 1),  # she is in an article that is not cited
        ("Why did Ana Ruiz and Orla Finn visit Norvik?", 2),
        ("Why did Mayor Norvik close the bridge?", 0),  # a part of the name is there
        ("Why did Norv close the bridge?", 1),  # a part of a word is no name
    ],
)
def test_names_of_which_no_cited_article_has_a_word_are_counted(question: str, strangers: int) -> None:
    assert signals(replied("six weeks [1]", CLOSES, HIT, query=Query(question, question)), ()).named == -strangers


def test_a_name_may_stand_in_the_headline() -> None:
    query = Query("?", "What happened in Orsund?")

    assert signals(replied("", HIT, query=query), ()).named == 0.0
    assert signals(replied("", CLOSES, query=query), ()).named == -1.0


@pytest.mark.parametrize(
    ("draft", "agreed"),
    [
        ("six weeks [1]", 1.0),
        ("For six days [1]", 1.0),
        ("$4.2 million [2]", 0.0),
        ("It closes at the bridge", 0.0),  # words of the sentence, none of the reader's
        ("", 0.0),
    ],
)
def test_draft_and_reader_agree_where_they_have_a_word_in_common(draft: str, agreed: float) -> None:
    assert signals(replied(draft, CLOSES, COSTS), ()).agreed == agreed


def test_where_the_reader_finds_no_words_the_sentence_is_held_against_the_draft() -> None:
    assert signals(replied("It costs $4.2 million [2]", COSTS), ()).agreed == 1.0


def test_how_well_the_best_claim_is_supported() -> None:
    assert signals(replied("It costs $5 million [2]. Six weeks [1].", CLOSES, COSTS), ()).written == 1.0
    assert signals(replied("It costs $5 million [2].", CLOSES, COSTS), ()).written == 0.0
    assert signals(replied("Six weeks [2].", CLOSES, COSTS), ()).written == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("draft", "text", "answer"),
    [("six weeks [2]", "It opens on 2 May.", "2 May"), ("Not found.", "Police found 40 kg.", "Police found 40 kg")],
)
def test_marks_and_refusals_agree_with_nothing(draft: str, text: str, answer: str) -> None:
    article = make_article("a", text)

    assert signals(replied(draft, piece(1, article, text, answer)), ()).agreed == 0.0
