"""The words of a bundle's sentences beside what they quote: as the program says them they hold, altered they do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from made_bundles import bundle_of
from test_rag_bundle_reverify import Shelf
from ui_fakes import an_answer, cite, evidence_of

from index.types import Article, Mention
from rag.bundle import parse, reverify, written
from rag.decide import PartAnswer, decide
from rag.plan.parts import divided
from rag.settle import settle
from rag.types import Answer, Disagreement, Evidence, Query, Sentence, Side
from rag.verify import quote


def article(id: str, text: str, **facts: Any) -> Article:
    return Article(
        id, f"About {id}", text, "Post", (), datetime(2031, 5, 2), None, f"{id}.txt", f"hash of {id}", **facts
    )


MILL = article(
    "mill",
    "Mayor Ana Ruiz spoke first. The mill on Quay Street closed on Tuesday, the owner Tom Hale said. "
    "It had 12 workers. She called it “a loss for the town”.",
    mentions=(Mention(67, 74, date(2031, 4, 29), date(2031, 4, 29)),),
)
ECHO = article("echo", "The mill on Quay Street had 120 workers.")
SENTENCES = ("Mayor Ana Ruiz spoke first.", "The mill on Quay Street closed on Tuesday, the owner Tom Hale said.",
             "It had 12 workers.", "She called it “a loss for the town”.")  # fmt: skip
EVIDENCE = tuple(evidence_of(n, MILL, words) for n, words in enumerate(SENTENCES, start=1))


def said(draft: str, question: str = "What of the mill?", evidence: tuple[Evidence, ...] = EVIDENCE) -> Answer:
    """What the program itself makes of a draft."""
    settled = settle(Query(question, question), draft, evidence)
    return an_answer(question, settled.sentences, settled.evidence)


def words(answer: Answer, *articles: Article, alter: Callable[[Any], None] = lambda _: None) -> list[tuple[str, str]]:
    """What becomes of its sentences, once it was written, perhaps altered, and read again."""
    record = json.loads(written(bundle_of(answer)))
    alter(record["exchanges"][0])
    found = reverify(parse(json.dumps(record)), Shelf(*(articles or (MILL, ECHO))))
    assert found.stands == all(each.words == "hold" for each in found.sentences) or not articles
    return [(each.words, each.why) for each in found.sentences]


def says(text: str) -> Callable[[Any], None]:
    def alter(exchange: Any) -> None:
        exchange["sentences"][0]["text"] = text

    return alter


@pytest.mark.parametrize(
    ("draft", "printed"),
    [
        ("12 workers [3]", "12 workers."),
        ("29 April 2031 [2]", "29 April 2031."),
        ("quay street [2]", "Quay street."),
        ("It had 12 workers. [3]", "It had 12 workers."),
        ("“a loss for the town” [4]", "“a loss for the town”"),
        ("Nobody knows. [1]", "Mayor Ana Ruiz spoke first."),
    ],
)
def test_what_the_program_says_holds(draft: str, printed: str) -> None:
    answer = said(draft)

    assert printed in [sentence.text for sentence in answer.sentences]
    assert set(words(answer)) == {("hold", "")}


def test_words_the_quotation_does_not_have_are_told() -> None:
    answer = said("12 workers [3]")

    assert [each.support for each in answer.sentences[:2]] == ["supported", "quoted"]
    (claim, *others) = words(answer, alter=says("120 workers."))
    assert claim == ("differ", "its words are not what is quoted: the number 120 is not in [3]")
    assert {each for each, _ in others} == {"hold"}


@pytest.mark.parametrize("altered", ["It had 120 workers.", "It had 12 workers", "It had no 12 workers.", "", "It had"])
def test_a_quotation_has_the_words_it_quotes(altered: str) -> None:
    answer = said("It had 12 workers. [3]")

    assert words(answer, alter=says(altered))[0] == ("differ", "its words are not what is quoted")
    assert words(answer, alter=says(" It had\n12  workers. "))[0] == ("hold", "")


def test_who_said_it_cannot_be_taken_off_or_put_on() -> None:
    (piece,) = [evidence_of(1, MILL, SENTENCES[1])]
    owned = Sentence("The mill on Quay Street closed on 29 April 2031, the owner Tom Hale said.", (), "supported")
    answer = an_answer("?", (replace(owned, citations=(cite(piece, piece.text),)),), (piece,))

    assert words(answer) == [("hold", "")]
    for altered in ("The mill on Quay Street closed on 29 April 2031.", owned.text.replace("Tom Hale", "Ana Ruiz"),
                    owned.text.replace("29", "30"), owned.text.replace("closed", "did not close")):  # fmt: skip
        ((verdict, why),) = words(answer, alter=says(altered))
        assert verdict == "differ", altered
        assert why.startswith("its words are not what is quoted"), altered


def test_days_are_those_of_the_archive() -> None:
    answer = said("29 April 2031 [2]")
    other = replace(MILL, mentions=(replace(MILL.mentions[0], first=date(2031, 5, 6), last=date(2031, 5, 6)),))

    assert words(answer, other)[0][0] == "differ"


def test_a_claim_whose_article_is_gone_cannot_be_told() -> None:
    found = reverify(bundle_of(said("12 workers [3]")), Shelf(ECHO))

    assert [(each.words, each.why) for each in found.sentences[:2]] == [
        ("unknown", "the archive has not all that it quotes"),
        ("hold", ""),
    ]
    assert not found.stands


def test_what_follows_for_a_question_of_two_parts_holds_and_its_opposite_does_not() -> None:
    question = "Did both Norland and Suvia sign the treaty?"
    division = divided(question)
    assert division is not None
    query = Query(question, question, parts=tuple(Query(each, each) for each in division.questions))
    pieces = tuple(
        evidence_of(n, article(name, f"{name} signed the treaty.")) for n, name in enumerate(("Norland", "Suvia"), 1)
    )
    parts = [PartAnswer(p, (quote(piece),), (piece,)) for p, piece in zip(query.parts, pieces, strict=True)]
    decided = decide(query, parts)
    assert decided is not None
    answer = replace(an_answer(question, (decided, *map(quote, pieces)), pieces), query=query)
    shelf = [piece.article for piece in pieces]

    assert decided.text == "Yes: both Norland and Suvia."
    assert words(answer, *shelf) == [("hold", "")] * 3
    for altered in ("No: neither Norland nor Suvia.", "Yes: Norland.", "No: Norland did not sign the treaty."):
        assert words(answer, *shelf, alter=says(altered))[0][0] == "differ", altered


def test_what_a_report_is_said_to_give_stands_in_its_sentence() -> None:
    pieces = (EVIDENCE[2], evidence_of(5, ECHO))
    sides = tuple(Side(v, quote(p)) for v, p in zip(("12 workers", "120 workers"), pieces, strict=True))
    answer = replace(an_answer("?", (quote(pieces[0]),), pieces), disagreements=(Disagreement("number", sides),))

    def value(words: str) -> Callable[[Any], None]:
        def alter(exchange: Any) -> None:
            exchange["disagreements"][0]["sides"][1]["value"] = words

        return alter

    assert words(answer) == [("hold", "")] * 3
    for altered in ("12 workers", "20 workers", "120 work", "12", ""):
        assert words(answer, alter=value(altered))[2] == ("differ", f"“{altered}” is not in what is quoted")
    assert words(answer, alter=value("120"))[2] == ("hold", "")


def test_what_comes_nearest_is_checked_too() -> None:
    refused = replace(an_answer("Who painted it?", (), EVIDENCE), closest=(quote(EVIDENCE[2]),))

    def alter(exchange: Any) -> None:
        exchange["closest"][0]["text"] = "It had 13 workers."

    assert words(refused) == [("hold", "")]
    assert words(refused, alter=alter) == [("differ", "its words are not what is quoted")]
