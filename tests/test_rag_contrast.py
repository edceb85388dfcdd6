"""Whom an answer is about: a question asked again with the names that stand where its own do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from fakes import make_article

from index.sentences import sentence_spans
from index.types import NameFound
from rag.contrast import EXCHANGES, MOST, NEAR, Contrast
from rag.reader import Reading
from rag.types import Query

CLAIM = "Norvik filed its claim on day 12."
PLAIN = "The council meets in the hall."
OTHERS = ("Norvik", "Sund", "Tarn", "Lund", "Voss", "Ana Ruiz")


@dataclass
class PatternReader:
    """Finds what a pattern matches: each match the likelier, the more of the question's words its sentence has."""

    pattern: str = r"\d+"
    worth: float = 1.0
    asked: list[str] = field(default_factory=list)
    id: str = "pattern-reader@1"

    def read(self, question: str, passages: Sequence[tuple[str, str]], /) -> list[list[Reading]]:
        self.asked.append(question)
        wanted = set(re.findall(r"\w+", question.casefold()))
        found = []
        for _, text in passages:
            read = []
            for start, end in sentence_spans(text):
                shared = wanted & set(re.findall(r"\w+", text[start:end].casefold()))
                for match in re.finditer(self.pattern, text[start:end]):
                    score = self.worth * len(shared)
                    read.append(Reading(start + match.start(), start + match.end(), score, 0.0))
            found.append(sorted(read, key=lambda each: (-each.score, each.start)))
        return found


def named(text: str, names: Sequence[str] = OTHERS) -> tuple[NameFound, ...]:
    places = [(match.start(), match.end(), name) for name in names for match in re.finditer(name, text)]
    return tuple(NameFound(start, end, text[start:end], name, 1) for start, end, name in sorted(places))


def gain(
    question: str,
    text: str = CLAIM,
    *,
    title: str = "",
    quote: str = CLAIM,
    reader: PatternReader | None = None,
    names: Sequence[str] = OTHERS,
    asked: Sequence[str] = (),
) -> float:
    article = make_article("claim", text, title=title)
    start = text.index(quote)
    contrast = Contrast(reader or PatternReader(), lambda words: named(words, names))
    return contrast.gain(Query(question, question, names=named(question, asked)), article, (start, start + len(quote)))


def test_what_is_told_of_another_answers_better_about_that_one() -> None:
    assert gain("On which day did Orsund file a claim?") == 1.0
    assert gain("On which day did Orsund file a claim?", reader=PatternReader(worth=2.5)) == 2.5


def test_what_is_told_of_who_was_asked_about_is_not_asked_again() -> None:
    reader = PatternReader()

    assert gain("On which day did Norvik file a claim?", reader=reader) == 0.0
    assert reader.asked == []


def test_a_part_of_a_name_is_enough_but_not_its_small_words() -> None:
    text = f"{CLAIM} The port of Orsund was shut."

    assert gain("On which day did Orsund Harbour file a claim?", text) == 0.0
    assert gain("On which day did Bank of Lom file a claim?", text, asked=["Bank of Lom"]) == 1.0


@pytest.mark.parametrize(("between", "expected"), [(NEAR - 1, 0.0), (NEAR, 1.0)])
def test_a_name_counts_as_spoken_of_a_few_sentences_before_and_after(between: int, expected: float) -> None:
    before = " ".join(["Orsund was quiet.", *[PLAIN] * between, CLAIM])
    after = " ".join([CLAIM, *[PLAIN] * between, "Orsund was quiet."])

    assert [gain("On which day did Orsund file a claim?", text) for text in (before, after)] == [expected] * 2


def test_a_name_counts_as_spoken_of_in_the_headline() -> None:
    assert gain("On which day did Orsund file a claim?", title="What Orsund wants") == 0.0


def test_names_in_small_letters_are_those_that_the_archive_knows() -> None:
    assert gain("on which day did orsund file a claim?") == 0.0
    assert gain("on which day did orsund file a claim?", asked=["orsund"]) == 1.0


@pytest.mark.parametrize(
    "question",
    [
        "When did the claim of May, on a Tuesday, come?",
        "Which Norwegian and which Kenyans filed a claim?",
        "Roughly on which day was it? Perhaps on the day of the claim?",
        "WHICH day was it?",
    ],
)
def test_times_nationalities_and_first_words_are_no_names_to_be_exchanged(question: str) -> None:
    assert gain(question) == 0.0


def test_a_first_word_all_in_capitals_is_a_name() -> None:
    assert gain("ORF filed a claim on which day?") == 1.0


def test_the_answer_itself_is_not_asked_about() -> None:
    assert gain("Who filed a claim with Orsund?", reader=PatternReader("Norvik")) == 0.0


def test_only_the_words_that_answered_count() -> None:
    text = f"{CLAIM} Sund paid 900."

    assert gain("On which day did Orsund file a claim?", text, names=["Sund"]) == 0.0
    assert gain("On which day did Orsund file a claim?", text, names=["Sund", "Norvik"]) == 1.0


def test_names_behind_the_quotation_are_not_tried() -> None:
    text = f"{PLAIN} It filed its claim on day 12. Norvik is a port."

    assert gain("On which day did Orsund file a claim?", text, quote="It filed its claim on day 12.") == 0.0


def test_a_name_of_the_sentence_before_is_tried_and_the_nearest_first() -> None:
    text = "Norvik and Sund and Tarn and Lund and Voss are ports. It filed its claim on day 12."
    reader = PatternReader()
    gain("On which day did Orsund file a claim?", text, quote="It filed its claim on day 12.", reader=reader)

    assert len(reader.asked) == 1 + EXCHANGES
    assert reader.asked[1] == "On which day did Voss file a claim?"


def test_where_no_other_name_stands_or_nothing_answers_there_is_nothing_to_tell() -> None:
    assert gain("On which day did Orsund file a claim?", PLAIN, quote=PLAIN) == 0.0
    assert gain("On which day did Orsund file a claim?", names=[]) == 0.0


def test_a_gain_is_bounded() -> None:
    assert gain("On which day did Orsund file a claim?", reader=PatternReader(worth=1000.0)) == MOST


def test_a_quotation_is_found_by_its_place_wherever_it_stands() -> None:
    article = make_article("two", f"Orsund rests. {' '.join([PLAIN] * 9)} {CLAIM}")
    contrast = Contrast(PatternReader(), named)
    query = Query("On which day did Orsund file a claim?", "On which day did Orsund file a claim?")
    start = article.text.index(CLAIM)

    assert contrast.gain(query, article, (start, start + 6)) == 1.0
    assert contrast.gain(query, article, (0, 6)) == 0.0
