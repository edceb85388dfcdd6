"""One numbering for what several replies cite, and what becomes of it when only what is cited is shown."""

from __future__ import annotations

from dataclasses import replace

from fakes import make_article
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans
from rag.numbering import as_shown, one_numbering
from rag.respond import Reply, Written
from rag.select import Selection, numbered, place_of
from rag.settle import Settled
from rag.types import Citation, Disagreement, Evidence, Query, Sentence, Side
from rag.verify import quote

ARTICLES = [
    make_article(name, " ".join(f"Sentence {n} of the {name} tells something." for n in range(4))) for name in "abc"
]
PIECES = [
    Evidence(0, article, start, end, article.text[start:end], 1.0)
    for article in ARTICLES
    for start, end in sentence_spans(article.text)
]
PLACES = st.integers(0, len(PIECES) - 1)


def told(*pieces: Evidence) -> Sentence:
    """A sentence that stands on all of these."""
    cited = tuple(Citation(p.n, p.article.id, p.start, p.end, p.text) for p in pieces)
    return Sentence(" ".join(p.text for p in pieces), cited, "supported")


def replied(selection: Selection, cited: list[Evidence]) -> Reply:
    """A reply that cites these; those of them that its selection lacks have been numbered on from it, as they are."""
    shown = {place_of(piece): piece for piece in selection.evidence}
    for piece in cited:
        following = max((each.n for each in shown.values()), default=0) + 1
        shown.setdefault(place_of(piece), replace(piece, n=following))
    sentences = tuple(told(shown[place_of(piece)]) for piece in cited)
    return Reply(selection, Written(), Settled(sentences, tuple(shown.values()), ()))


def is_true(sentence: Sentence, pieces: dict[int, Evidence]) -> bool:
    """Whether each citation leads to the piece with its words, whatever numbers there are."""
    return all(
        (pieces[c.evidence].article.id, pieces[c.evidence].start, pieces[c.evidence].text)
        == (c.article_id, c.start, c.quote)
        for c in sentence.citations
    )


SELECTED = st.lists(PLACES, unique=True, max_size=5)
PARTS = st.lists(st.tuples(SELECTED, SELECTED, SELECTED), min_size=1, max_size=4)
"""Of each part of a question: the evidence, what else was read, and what is cited, perhaps beside both."""


def selections(parts: list[tuple[list[int], list[int], list[int]]]) -> list[Selection]:
    return numbered(
        [
            Selection(
                Query("?", "?"),
                tuple(PIECES[i] for i in chosen),
                tuple(PIECES[i] for i in others if i not in chosen),
            )
            for chosen, others, _ in parts
        ]
    )


def replies(parts: list[tuple[list[int], list[int], list[int]]]) -> list[Reply]:
    return [
        replied(selection, [PIECES[i] for i in cited])
        for selection, (_, _, cited) in zip(selections(parts), parts, strict=True)
    ]


@given(PARTS)
def test_each_place_has_one_number_and_no_two_the_same(parts: list[tuple[list[int], list[int], list[int]]]) -> None:
    before = replies(parts)
    after = one_numbering(before)

    pieces = [p for r in after for p in (*r.selection.evidence, *r.selection.others, *r.settled.evidence)]
    n_of = {place_of(piece): piece.n for piece in pieces}
    assert all(piece.n == n_of[place_of(piece)] for piece in pieces)
    assert sorted(n_of.values()) == list(range(1, len(n_of) + 1))
    assert [reply.selection for reply in after] == [reply.selection for reply in before]


@given(PARTS)
def test_every_citation_still_leads_to_its_words(parts: list[tuple[list[int], list[int], list[int]]]) -> None:
    before = replies(parts)
    after = one_numbering(before)

    for old, new in zip(before, after, strict=True):
        pieces = {piece.n: piece for piece in new.settled.evidence}
        assert all(is_true(sentence, pieces) for sentence in new.settled.sentences)
        assert [s.text for s in new.settled.sentences] == [s.text for s in old.settled.sentences]
        assert [p.text for p in new.settled.evidence] == [p.text for p in old.settled.evidence]


def test_what_two_parts_cite_beside_their_evidence_is_one_piece() -> None:
    one, two = one_numbering(replies([([0], [], [4]), ([1], [], [4, 5])]))

    assert [piece.n for piece in one.settled.evidence] == [1, 3]
    assert [piece.n for piece in two.settled.evidence] == [2, 3, 4]
    assert [c.evidence for s in (*one.settled.sentences, *two.settled.sentences) for c in s.citations] == [3, 3, 4]


def test_a_sentence_that_serves_two_parts_is_cited_by_one_number() -> None:
    one, two = one_numbering(replies([([0, 1], [], [1]), ([1, 2], [], [1])]))

    assert one.settled.sentences == two.settled.sentences
    assert one.settled.sentences[0].citations[0].evidence == 2


def test_what_is_cited_and_was_read_for_another_part_keeps_its_number() -> None:
    one, two = one_numbering(replies([([0], [], [6]), ([1], [6], [])]))

    assert two.selection.others[0].n == 3
    assert one.settled.sentences[0].citations[0].evidence == 3


# As shown


KNOWN = [replace(piece, n=n) for n, piece in enumerate(PIECES, start=1)]
CITED = st.lists(st.lists(PLACES, min_size=1, max_size=3), max_size=5)


@given(CITED, CITED, st.integers(0, len(PIECES)))
def test_what_was_shown_keeps_its_number_and_the_rest_follows(
    cited: list[list[int]], opposed: list[list[int]], shown: int
) -> None:
    sentences = [told(*(KNOWN[i] for i in places)) for places in cited]
    sides = tuple(Side("value", told(*(KNOWN[i] for i in places))) for places in opposed)
    differing = [Disagreement("number", sides, len(sides) - 1 if sides else None)]

    said, differ, evidence = as_shown(sentences, differing, shown, reversed(KNOWN))

    assert [piece.n for piece in evidence] == list(range(1, len(evidence) + 1))
    assert list(evidence[:shown]) == KNOWN[:shown]
    beside = dict.fromkeys(i for places in (*cited, *opposed) for i in places if i >= shown)
    assert [piece.text for piece in evidence[shown:]] == [PIECES[i].text for i in beside]
    pieces = {piece.n: piece for piece in evidence}
    assert [sentence.text for sentence in said] == [sentence.text for sentence in sentences]
    assert all(is_true(sentence, pieces) for sentence in said)
    (differs,) = differ
    assert all(is_true(side.sentence, pieces) for side in differs.sides)
    assert (differs.about, differs.superseding) == (differing[0].about, differing[0].superseding)
    assert [side.value for side in differs.sides] == [side.value for side in sides]


def test_what_is_neither_shown_nor_cited_is_left_away() -> None:
    said, _, evidence = as_shown([quote(KNOWN[7]), quote(KNOWN[0])], (), 2, KNOWN)

    assert [piece.text for piece in evidence] == [PIECES[i].text for i in (0, 1, 7)]
    assert [sentence.citations[0].evidence for sentence in said] == [3, 1]
