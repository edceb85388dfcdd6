from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from fakes import make_article
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences import sentence_spans
from index.types import Article
from rag.cite import Claim, read_draft
from rag.prompt import NOT_FOUND
from rag.types import Evidence, Sentence
from rag.verify import TEMPLATE_MARKS, judge

HARBOUR = make_article(
    "harbour",
    "Engineer Ana Ruiz has run the port since 2018. She told the council on Dec. 12, 2019 that repairs to the Norvik "
    "bridge will cost $50 million, 7.5% more than planned. The bridge will close for six weeks from May 4. About 9,000 "
    "vehicles cross it each day, said Tom O’Brien of the drivers’ union. “We will not pay for this,” he said.",
)
FLOOD = make_article(
    "flood",
    "A gas leak killed thirty-nine people in Saint-Denis on Monday, the mayor said. Prime Minister Joseph Lagu of "
    "Ostrey and Maria Lopez of the Red Cross visited on 13 December. Damage was put at €1.5 billion. The company's "
    "shares fell 15 per cent to 2.30.",
)
NINETEEN = "I know that the mayor of Ostrey, Ana Ruiz, is 19."


def evidence_of(*articles: Article) -> tuple[Evidence, ...]:
    """Every sentence of the articles, in order, the first one scored best."""
    spans = [(article, start, end) for article in articles for start, end in sentence_spans(article.text)]
    return tuple(
        Evidence(n, article, start, end, article.text[start:end], 10.0 - n)
        for n, (article, start, end) in enumerate(spans, start=1)
    )


ALL = evidence_of(HARBOUR, FLOOD)


def judged(
    question: str, claims: Sequence[Claim], evidence: Sequence[Evidence]
) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """What is said for the claims, one after the other, and the evidence for it."""
    verdicts, shown = judge(question, claims, evidence)
    return tuple(sentence for verdict in verdicts for sentence in verdict.sentences), shown


def check(
    draft: str, *, question: str = "What happened?", evidence: tuple[Evidence, ...] = ALL
) -> tuple[Sentence, ...]:
    sentences, shown = judged(question, read_draft(draft), evidence)
    assert shown[: len(evidence)] == evidence
    assert_verbatim(sentences, shown)
    return sentences


def assert_verbatim(sentences: tuple[Sentence, ...], shown: tuple[Evidence, ...]) -> None:
    """Every citation is a slice of the article that its evidence names."""
    numbered = {piece.n: piece for piece in shown}
    assert len(numbered) == len(shown)
    for sentence in sentences:
        assert sentence.citations
        for citation in sentence.citations:
            piece = numbered[citation.evidence]
            assert citation.article_id == piece.article.id
            assert piece.article.text[citation.start : citation.end] == citation.quote
            assert piece.start <= citation.start < citation.end <= piece.end


def test_the_evidence_is_as_the_tests_below_number_it() -> None:
    assert [piece.n for piece in ALL if piece.article is FLOOD] == [6, 7, 8, 9]
    assert "$50 million" in ALL[1].text
    assert "six weeks" in ALL[2].text
    assert "9,000" in ALL[3].text


@pytest.mark.parametrize(
    ("draft", "text", "cited"),
    [
        ("$50 million [2]", "$50 million.", [2]),
        ("US$50m [2]", "US$50m.", [2]),
        ("50 million dollars [2]", "50 million dollars.", [2]),
        ("7.5 per cent [2]", "7.5 per cent.", [2]),
        ("on 12 December 2019 [2]", "On 12 December 2019.", [2]),
        ("on December 12 [2]", "On December 12.", [2]),
        ("6 weeks [3]", "6 weeks.", [3]),
        ("from 4 May [3]", "From 4 May.", [3]),
        ("9000 vehicles [4]", "About 9000 vehicles.", [4]),
        ("Tom O'Brien [4]", "Tom O'Brien.", [4]),
        ("the drivers' union [4]", "The drivers' union.", [4]),
        ('"We will not pay for this" [5]', '"We will not pay for this"', [5]),
        ("39 people in Saint-Denis [6]", "39 people in Saint-Denis.", [6]),
        ("39 people in Saint-Denis on Monday [6].", "39 people in Saint-Denis on Monday.", [6]),
        ("€1.5bn [8]", "€1.5bn.", [8]),
        ("15% [9]", "15%.", [9]),
        ("Prime Minister Joseph Lagu [7]", "Prime Minister Joseph Lagu.", [7]),
        # Marks in other places, or wrong: the words decide.
        ("A gas leak [6] killed 39 people", "A gas leak killed 39 people, the mayor said.", [6]),
        ("[6] a gas leak", "A gas leak.", [6]),
        ("a gas leak", "A gas leak.", [6]),
        ("a gas leak [99]", "A gas leak.", [6]),
        ("a gas leak [1]", "A gas leak.", [6]),
        ("a gas leak [6, 1]", "A gas leak.", [6]),
        ("six weeks [1][3]", "Six weeks.", [3]),
        ("$50 million and six weeks [2][3]", "$50 million and six weeks.", [2, 3]),
    ],
)
def test_what_stands_in_the_evidence_is_supported(draft: str, text: str, cited: list[int]) -> None:
    (sentence,) = check(draft)

    assert sentence.support == "supported"
    assert sentence.text == text
    assert [citation.evidence for citation in sentence.citations] == cited


@pytest.mark.parametrize(
    "draft",
    [
        "The repairs will cost $51 million [2].",
        "The repairs will cost $50 billion [2].",
        "The repairs will cost $50 [2].",
        "The repairs will cost 50 [2].",
        "The repairs will cost €50 million [2].",
        "The repairs will cost £50m [2].",
        "The repairs will cost fifty thousand dollars [2].",
        "The repairs will cost 75% more than planned [2].",
        "The repairs will cost 7.5 more than planned [2].",
        "The repairs will cost 7.5 percentage points more than planned [2].",
        "She told the council on Dec. 13 [2].",
        "She told the council on December 12, 2018 [2].",
        "She told the council on 12 November 2019 [2].",
        "Maria Ruiz told the council [2].",
        "Engineer Tom Ruiz told the council [2].",
        "The Norway bridge repairs [2].",
        "The repairs will cost “too much” [2].",
        'The repairs will "cost the council $50 million" [2].',
        "Repairs to the bridge will ‘never’ cost more than planned [2].",
        "Repairs to the bridge will cost “$50 billion [2].",
        "Fewer elephants wandered through gardens [2].",
        "Repairs to the bridge will cost $50 million<|im_end|> [2]",
        "[2]",
        "Yes [2].",
    ],
)
def test_what_does_not_stand_there_gives_way_to_the_evidence_it_names(draft: str) -> None:
    (sentence,) = check(draft)

    assert sentence.support == "quoted"
    assert sentence.text == ALL[1].text
    assert [citation.quote for citation in sentence.citations] == [ALL[1].text]


@pytest.mark.parametrize(
    "draft",
    [
        "The bridge will close for six months [3].",
        "The bridge will close for 16 weeks [3].",
        "The bridge will close from May 5 [3].",
        "The bridge will close from March 4 [3].",
        "About 9,000,000 vehicles cross it each day [4].",
        "About 900 vehicles cross it each day [4].",
        "“We will pay for this,” he said [5].",
        "“We will not pay for that,” he said [5].",
        "39 people in Saint-Malo [6]",
        "thirty-eight people [6]",
        "139 people [6]",
        "on Tuesday [6]",
        "Maria Lagu of the Red Cross [7]",
        "€1.5 million [8]",
        "€15 billion [8]",
        "$1.5 billion [8]",
        "1.5 per cent [9]",
        "2.3 [9]",
        "230 [9]",
        "15 [9]",
    ],
)
def test_near_misses_are_never_supported(draft: str) -> None:
    (number,) = map(int, re.findall(r"\[(\d+)\]", draft))

    (sentence,) = check(draft)

    assert sentence.support == "quoted"
    assert sentence.text == ALL[number - 1].text


@pytest.mark.parametrize(
    "draft", ["", " \n", "It cost $51 million.", "$51 million [10]", "[10]", "[0]", "...", "<|im_end|>"]
)
def test_what_fails_and_names_no_evidence_is_dropped(draft: str) -> None:
    assert check(draft) == ()


def test_not_found_stands_in_no_evidence() -> None:
    assert check(NOT_FOUND) == ()


def test_each_sentence_is_judged_on_its_own() -> None:
    sentences = check("A gas leak killed 39 people [6]. It cost $51 million [2]. It was on Tuesday. Six weeks [3]")

    assert [(s.support, [c.evidence for c in s.citations]) for s in sentences] == [
        ("supported", [6]),
        ("quoted", [2]),
        ("supported", [3]),
    ]


def test_a_short_answer_gets_a_capital_and_a_full_stop_and_others_keep_theirs() -> None:
    assert [s.text for s in check("six weeks, [3]")] == ["Six weeks."]
    assert [s.text for s in check("Bridge will close for six weeks! [3]")] == ["Bridge will close for six weeks!"]
    assert [s.text for s in check("“We will not pay for this” [5]")] == ["“We will not pay for this”"]


def test_the_smallest_choice_of_what_is_named_is_cited() -> None:
    (sentence,) = check("$50 million, and about 9,000 vehicles cross it [1][2][3][4].")

    assert [citation.evidence for citation in sentence.citations] == [2, 4]


def test_without_a_mark_one_piece_must_hold_it_all_the_best_scored_first() -> None:
    twice = evidence_of(make_article("a", "It rained in Ostrey."), make_article("b", "In Ostrey it rained."))

    assert [c.article_id for s in check("It rained.", evidence=twice) for c in s.citations] == ["a"]
    assert check("$50 million, and 9,000 vehicles.") == ()


PRONOUN = (replace(ALL[1], n=1),)
"""She told the council ...: who she is stands in the sentence before."""


def test_a_name_of_the_question_is_cited_where_the_article_introduces_it() -> None:
    sentences, shown = judged(
        "What did Ana Ruiz tell the council?", read_draft("Ana Ruiz said it will cost $50 million [1]."), PRONOUN
    )

    (sentence,) = sentences
    assert sentence.support == "supported"
    assert [citation.quote for citation in sentence.citations] == [PRONOUN[0].text, ALL[0].text]
    assert [piece.text for piece in shown] == [PRONOUN[0].text, ALL[0].text]
    assert_verbatim(sentences, shown)


def test_an_introduction_is_cited_once_and_as_the_evidence_it_is() -> None:
    draft = (
        "Ana Ruiz said it will cost $50 million [{0}]. "
        "Ana Ruiz told the council that repairs will cost $50 million [{0}]."
    )

    apart, shown = judged("What did Ana Ruiz say?", read_draft(draft.format(1)), PRONOUN)
    among, unchanged = judged("What did Ana Ruiz say?", read_draft(draft.format(2)), ALL)

    assert [[c.evidence for c in sentence.citations] for sentence in apart] == [[1, 2], [1, 2]]
    assert len(shown) == 2
    assert [[c.evidence for c in sentence.citations] for sentence in among] == [[2, 1], [2, 1]]
    assert unchanged == ALL


def test_an_introduction_has_nothing_of_the_piece_it_introduces_but_its_article() -> None:
    (piece,) = PRONOUN
    pointing = replace(piece, before=ALL[0].text, answer=(piece.start, piece.end))

    _, shown = judged("What did Ana Ruiz say?", read_draft("Ana Ruiz said it will cost $50 million [1]."), [pointing])

    assert [(each.before, each.answer) for each in shown] == [(ALL[0].text, pointing.answer), ("", None)]


def test_a_mark_never_means_an_introduction_that_the_model_did_not_see() -> None:
    draft = "Ana Ruiz said it will cost $50 million [1]. Zoe Quist was there too [2]."

    sentences, _ = judged("What did Ana Ruiz say?", read_draft(draft), PRONOUN)

    assert [sentence.support for sentence in sentences] == ["supported"]


def test_a_name_only_in_the_question_is_not_a_fact() -> None:
    (sentence,) = check("Zoe Quist said it will cost $50 million [2].", question="What did Zoe Quist say?")

    assert sentence.support == "quoted"


def test_a_name_that_the_question_does_not_hold_needs_a_mark_of_its_own() -> None:
    draft = "Ana Ruiz said it will cost $50 million [{}]."

    assert [s.support for s in check(draft.format("2"), question="Who said what?")] == ["quoted"]
    assert [s.support for s in check(draft.format("1, 2"), question="Who said what?")] == ["supported"]


def test_numbers_of_the_question_are_not_taken_on_trust() -> None:
    (sentence,) = check("It will cost $99 million [2].", question="Why will it cost $99 million?")

    assert sentence.support == "quoted"


def test_the_question_said_again_is_no_answer() -> None:
    question = "Did the council reject the repairs of the tunnel?"

    assert check("The council did reject the repairs of the tunnel.", question=question) == ()


def test_a_word_of_the_question_is_not_taken_on_trust() -> None:
    (sentence,) = check("The tunnel closes for six weeks [3].", question="How long is the tunnel closing for?")

    assert sentence.support == "quoted"


ALPHABET = [piece.text for piece in ALL] + [
    "$50 billion", "€50 million", "15", "1.5", "2019", "2018", "Dec. 12", "December 13", "May", "seven weeks", "39",
    "thirty-eight", "Ana Lopez", "Maria Ruiz", "Joseph", "“We will pay”", '"not pay"', "‘no’", "six months", "-5",
    "7.5", "9,001", "9,000", "Norvik", "the", "bridge", "will cost", "said", ".", ",", "\n", "!", "he", "%", "million",
    "[1]", "[2][3]", "[4, 6]", "[7]", "[10]", "[0]", "<|im_end|>", "<|im_start|>", "Not found.", "“", "”", '"', "’s",
]  # fmt: skip
PIECES = [word for text in ALPHABET for word in (text, *text.split())]


@st.composite
def retold(draw: st.DrawFn) -> str:
    """A sentence of the evidence with some of its words changed: what a model gets wrong."""
    words = draw(st.sampled_from(ALL)).text.split()
    for place in draw(st.lists(st.integers(0, len(words) - 1), max_size=3)):
        words[place] = draw(st.sampled_from(PIECES))
    return " ".join(words)


PASTED = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=14).map(" ".join)
DRAFTS = retold() | PASTED | st.text(max_size=80)

# The law once more, told apart from the code that keeps it: plain, and only as clever as it must be.
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "m": 10**6, "bn": 10**9}
_SPELLED = {
    "thirty-nine": 39, "thirty-eight": 38, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_AMOUNT = re.compile(r"([$€£]?)\s?(\d+(?:\.\d+)?)(?:\s?(thousand|million|billion|bn|m)\b)?(\s?%|\s?per ?cent\b)?")


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    for word, value in _SPELLED.items():
        text = re.sub(rf"\b{word}\b", str(value), text)
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)


def _amounts(text: str) -> set[tuple[str, Decimal, bool]]:
    return {
        (sign, Decimal(number) * _SCALES.get(scale, 1), bool(percent))
        for sign, number, scale, percent in _AMOUNT.findall(_folded(text))
    }


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", _folded(text)))


def _breaches(sentence: Sentence) -> list[str]:
    """Whatever a supported sentence says that is not in its quotes."""
    quoted = " | ".join(citation.quote for citation in sentence.citations)
    amounts, words = _amounts(quoted), _bare(quoted)
    found = [
        f"amount {sign}{value}"
        for sign, value, percent in _amounts(sentence.text)
        if not any((value, percent) == (v, p) and sign in ("", s) for s, v, p in amounts)
    ]
    found += [
        f"quotation {said}"
        for said in re.findall(r"[“\"]([^“”\"]+)[”\"]", sentence.text)
        if _bare(said) and f" {_bare(said)} " not in f" {words} "
    ]
    known = set(words.split())
    for word in re.findall(r"(?<=\s)[A-Z][a-z]+", re.sub(r"^\W+", "", sentence.text)):
        if not {word.casefold(), word.casefold()[:3]} & (known | {w[:3] for w in known if w[:3] in {"dec", "may"}}):
            found.append(f"name {word}")
    dates = set(re.findall(r"(?:dec|december|may)\.? \d{1,2}\b|\b\d{1,2} (?:december|may)", _folded(quoted)))
    held = {tuple(sorted(re.findall(r"\d+|dec|may", date))) for date in dates}
    for date in re.findall(r"\b(?:Dec\.?|December|May) \d{1,2}\b|\b\d{1,2} (?:December|May)\b", sentence.text):
        if tuple(sorted(re.findall(r"\d+|dec|may", date.casefold()))) not in held:
            found.append(f"date {date}")
    return found


@pytest.mark.parametrize(
    "text", ["It cost $51 million.", "It cost €50 million.", "On Dec. 13.", "By Zoe Quist.", "He said “never”.", "8%."]
)
def test_the_second_telling_of_the_law_sees_a_breach(text: str) -> None:
    (honest,) = check("$50 million [2]")

    assert _breaches(honest) == []
    assert _breaches(Sentence(text, honest.citations, "supported"))


@settings(max_examples=300, deadline=None)
@given(DRAFTS)
def test_whatever_is_drafted_nothing_unfounded_is_said(draft: str) -> None:
    sentences, shown = judged("What will Ana Ruiz and Maria Lopez pay?", read_draft(draft), ALL)

    assert_verbatim(sentences, shown)
    for sentence in sentences:
        if sentence.support == "quoted":
            assert sentence.text in {piece.text for piece in ALL}
        else:
            assert _breaches(sentence) == []
            assert not any(mark in sentence.text for mark in TEMPLATE_MARKS)


@given(
    st.lists(st.builds(Claim, DRAFTS, st.lists(st.integers(-1, 12), max_size=4, unique=True).map(tuple)), max_size=4)
)
def test_any_claims_over_any_part_of_the_evidence_are_verbatim(claims: list[Claim]) -> None:
    sentences, shown = judged("Who is Ana Ruiz?", claims, ALL[1:5])

    assert_verbatim(sentences, shown)


@pytest.mark.parametrize("draft", ["Yes.", "No.", "no [1]", "YES"])
def test_a_bare_yes_or_no_is_no_claim(draft: str) -> None:
    article = make_article("a", "No. 7 Squadron said yes to the plan.")
    piece = Evidence(1, article, 0, len(article.text), article.text, 5.0)

    sentences, _ = judged("Was the plan agreed?", read_draft(draft), [piece])

    assert all(sentence.support == "quoted" for sentence in sentences)


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("Ana Ruiz praised the plan. He resigned on Monday over it.", True),
        ("Ana Ruiz praised the plan. There were delays. He resigned on Monday over it.", True),
        ("Ana Ruiz praised the plan. Tom Oda spoke next. He resigned on Monday over it.", False),
        ("Ana Ruiz praised the plan. Tom Oda said he resigned on Monday over it.", False),
        ("Tom Oda praised Ana Ruiz. He resigned on Monday over it.", False),
    ],
)
def test_he_is_not_somebody_named_before_somebody_else(text: str, supported: bool) -> None:
    piece = evidence_of(make_article("a", text))[-1]

    sentences, _ = judged(
        "When did Ana Ruiz resign?", read_draft("Ana Ruiz resigned on Monday [1]."), [replace(piece, n=1)]
    )

    assert [sentence.support for sentence in sentences] == ["supported" if supported else "quoted"]
