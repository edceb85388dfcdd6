"""Laws of bundles: what is written is read, what is kept is shown again, and what is wrong in a file is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from made_bundles import FACTS, LAW, MADE, answers, bundle_of
from ui_fakes import BILL, BRIDGE, EVIDENCE, an_answer

from index.errors import BundleError
from index.types import Article, Hit, Passage
from rag.bundle import Bundle, KeptArticle, keep, parse, restore, written
from rag.bundle.keeping import citations
from rag.bundle.place import loaded
from rag.types import Answer


def lookup(*articles: Article) -> Callable[[Sequence[str]], Mapping[str, Article]]:
    shelf = {each.id: each for each in articles}
    return lambda ids: {article_id: shelf[article_id] for article_id in ids if article_id in shelf}


@LAW
@given(answers())
def test_what_is_written_is_read(answer: Answer) -> None:
    bundle = bundle_of(answer)

    assert parse(written(bundle)) == bundle


@LAW
@given(answers())
def test_with_its_articles_an_answer_is_the_same_again(answer: Answer) -> None:
    (kept,) = parse(written(bundle_of(answer))).exchanges

    restored = restore(kept, lookup(*(piece.article for piece in answer.evidence)))

    assert restored.answer == answer
    assert (restored.changed, restored.gone) == ((), ())


@LAW
@given(answers())
def test_without_its_articles_every_quoted_word_still_stands_in_its_place(answer: Answer) -> None:
    (kept,) = parse(written(bundle_of(answer))).exchanges

    restored = restore(kept, lookup())

    assert restored.gone == tuple(dict.fromkeys(piece.article.id for piece in answer.evidence))
    stubs = {piece.article.id: piece.article for piece in restored.answer.evidence}
    for piece, before in zip(restored.answer.evidence, answer.evidence, strict=True):
        stub = piece.article
        assert len(stub.text) == len(before.article.text)
        assert stub.text[piece.start : piece.end] == before.text
        assert (stub.title, stub.source, stub.published) == (
            before.article.title,
            before.article.source,
            before.article.published,
        )
    for citation in citations(kept):
        assert stubs[citation.article_id].text[citation.start : citation.end] == citation.quote


def test_the_hits_are_not_kept() -> None:
    hit = Hit(Passage("bridge", 0, 0, 4, "Work"), 1.0, 1, "reranked")
    answer = replace(an_answer("When?"), hits=(hit,))

    assert keep(answer) == keep(replace(answer, hits=()))
    assert keep(answer).hits == ()


@LAW
@given(answers())
def test_what_is_kept_is_kept_again_as_it_is(answer: Answer) -> None:
    """Also when the archive has lost some of its articles: what is not known any more is not made up."""
    kept = keep(answer)
    first = answer.evidence[0].article

    assert keep(kept) == kept
    assert keep(restore(kept, lookup()).answer) == kept
    assert keep(restore(kept, lookup(first)).answer) == kept


def test_of_a_long_article_the_paragraph_around_the_evidence_is_kept() -> None:
    words = " ".join(f"word{n}" for n in range(200))
    text = f"Far above.\n{words} The pier is shut. {words}\nFar below."
    start = text.index("The pier")
    article = replace(BRIDGE, text=text, origin="/home/ana/secret/bridge.html")
    piece = replace(EVIDENCE[0], article=article, start=start, end=start + 17, text="The pier is shut.")

    kept = keep(an_answer("When?", (), (piece,))).evidence[0].article
    assert isinstance(kept, KeptArticle)
    ((first, last),) = kept.known

    shown = kept.text[first:last]
    assert "Far" not in kept.text
    assert 700 < len(shown) < 830
    assert shown.split()[0] in words.split()
    assert shown.split()[-1] in words.split()
    assert kept.text.replace(shown, "").split() == ["…", "…"]
    assert kept.text_hash == sha256(text.encode()).hexdigest()
    assert "/home/ana" not in written(Bundle(MADE, FACTS, (keep(an_answer("When?", (), (piece,))),)))


def test_a_changed_article_is_told_and_what_was_kept_is_shown() -> None:
    kept = keep(an_answer("When?"))
    other = replace(BRIDGE, text=BRIDGE.text.replace("4 May", "9 May"))

    restored = restore(kept, lookup(other, BILL))

    assert (restored.changed, restored.gone) == (("bridge",), ("ferry",))
    assert [piece.article.text[piece.start : piece.end] for piece in restored.answer.evidence] == [
        piece.text for piece in EVIDENCE
    ]
    assert restored.answer.evidence[1].article is BILL


def test_words_put_into_a_bundle_do_not_pass_for_the_articles() -> None:
    """The text is the same, but it never said what the bundle quotes."""
    record = json.loads(written(bundle_of(an_answer("When?"))))
    record["exchanges"][0]["sentences"][0]["citations"][0]["quote"] = (
        "The bridge will never reopen, port authority said."
    )
    (kept,) = parse(json.dumps(record)).exchanges

    assert restore(kept, lookup(BRIDGE, BILL)).changed == ("bridge",)


Change = Callable[[dict[str, Any]], object]
GOOD = written(bundle_of(an_answer("When does it reopen?")))


def exchange(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["exchanges"][0]
    return found


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda r: r.update(format="other"), 'format should be "onrecord-bundle", but is "other"'),
        (lambda r: r.update(version=2), "version is 2, but this onrecord reads version 1"),
        (lambda r: r.update(version=True), "version should be a whole number from 0, but is true"),
        (lambda r: r.pop("made"), "made is missing"),
        (lambda r: r.update(made="2031-05-07"), "made should be a moment with its zone"),
        (lambda r: r.update(exchanges={}), "exchanges should be a list of 0 to 10,000, but is {}"),
        (lambda r: r["archive"].update(articles=-1), "archive.articles should be a whole number from 0, but is -1"),
        (lambda r: exchange(r).pop("plan"), "exchanges[0].plan is missing"),
        (
            lambda r: exchange(r).update(sentences=[]),
            "exchanges[0].sentences should be a list of 1 to 10,000, but is []",
        ),
        (lambda r: exchange(r).update(refused=True), "exchanges[0] is a refusal and says something"),
        (lambda r: exchange(r).update(refused="no"), 'exchanges[0].refused should be true or false, but is "no"'),
        (lambda r: exchange(r).update(question="x" * 100_001), "exchanges[0].question should have 0 to 100,000"),
        (lambda r: exchange(r)["seconds"].pop("total"), "exchanges[0].seconds.total is missing"),
        (
            lambda r: exchange(r)["seconds"].update(total="2"),
            'exchanges[0].seconds.total should be a number, but is "2"',
        ),
        (lambda r: exchange(r)["plan"].update(as_of="today"), "exchanges[0].plan.as_of should be a day such as"),
        (lambda r: exchange(r)["plan"].update(unmet=["luck"]), 'plan.unmet[0] should be "time" or "outlets" or'),
        (lambda r: exchange(r)["evidence"][1].update(n=1), "exchanges[0].evidence has a number twice"),
        (lambda r: exchange(r)["evidence"][0].update(article="x"), "evidence[0].article should be one of the articles"),
        (lambda r: exchange(r)["evidence"][0].update(article=[]), "evidence[0].article should be one of the articles"),
        (lambda r: exchange(r)["evidence"][0].update(end=9999), "evidence[0] is from 23 to 9,999: no part of 128"),
        (lambda r: exchange(r)["evidence"][0].update(answer=[5, 5]), "evidence[0].answer should be a first place and"),
        (
            lambda r: exchange(r)["evidence"][0].update(text="No."),
            "evidence[0].text is not what is kept of its article",
        ),
        (lambda r: exchange(r)["articles"][0].update(known=[]), "is from 23 to 128, which is not kept of its article"),
        (lambda r: exchange(r)["sentences"][0].update(support="sure"), 'support should be "supported" or "quoted"'),
        (lambda r: exchange(r)["sentences"][0].update(support=[]), 'support should be "supported" or "quoted"'),
        (lambda r: exchange(r)["sentences"][1].update(citations=[]), "sentences[1].citations should be a list of 1 to"),
        (
            lambda r: exchange(r)["sentences"][1]["citations"][0].update(evidence=9),
            "sentences[1].citations[0] names evidence 9 of the article 'bill', which its exchange does not have",
        ),
        (
            lambda r: exchange(r)["articles"][0].update(published="May"),
            "articles[0].published should be a moment such as",
        ),
        (
            lambda r: exchange(r)["articles"][0].update(published_sure="hm"),
            'published_sure should be "stated" or "infe',
        ),
        (
            lambda r: exchange(r)["articles"][0].update(characters=5),
            "articles[0].known overlaps or reaches beyond the 5",
        ),
        (
            lambda r: exchange(r)["articles"][0].update(characters=10**9),
            "characters should be a whole number from 0 to 2",
        ),
        (
            lambda r: exchange(r)["articles"].append(exchange(r)["articles"][0]),
            "exchanges[0].articles has 'bridge' twice",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: Change, told: str) -> None:
    record = json.loads(GOOD)
    change(record)

    with pytest.raises(BundleError) as raised:
        parse(json.dumps(record))

    assert told in str(raised.value)
    assert len(str(raised.value)) < 200
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON: Expecting value at line 1, column 1"),
        ('{"format":', "not JSON: Expecting value"),
        ("[]", "the whole should be an object, but is []"),
        ("null", "the whole should be an object, but is null"),
        ('{"format": NaN}', "NaN is no number"),
        ('{"a": 1, "a": 2}', "an object has the same name twice"),
        ("[" * 100_000, "nested too deeply"),
        ('{"format": ' + "9" * 5_000 + "}", "not JSON as it should be"),
    ],
)
def test_what_is_no_json_is_told(text: str, told: str) -> None:
    with pytest.raises(BundleError, match=r".") as raised:
        parse(text)
    assert told in str(raised.value)


def test_parts_within_parts_have_an_end() -> None:
    record = json.loads(GOOD)
    plan = exchange(record)["plan"]
    for _ in range(5):
        plan = {**plan, "parts": [plan]}
    exchange(record)["plan"] = plan

    with pytest.raises(BundleError, match="nested too deeply"):
        parse(json.dumps(record))


def test_articles_that_claim_to_be_huge_have_a_bound() -> None:
    """Each is below the bound of one article; a file of 100 kB must not fill the memory."""
    record = json.loads(GOOD)
    article = {**exchange(record)["articles"][0], "characters": 2_000_000, "known": []}
    exchange(record)["articles"] += [{**article, "id": f"huge-{n}"} for n in range(100)]

    with pytest.raises(BundleError, match="articles of more than 100,000,000 characters"):
        parse(json.dumps(record))


def test_what_a_later_version_adds_is_passed_over() -> None:
    record = json.loads(GOOD)
    record["mood"] = exchange(record)["mood"] = exchange(record)["evidence"][0]["mood"] = "fair"

    assert written(parse(json.dumps(record))) == GOOD


def test_a_number_that_no_program_agrees_on_is_refused() -> None:
    with pytest.raises(BundleError, match="should be a number"):
        loaded('{"x": 1e999}').field("x").number()


def test_a_day_is_read_as_its_begin() -> None:
    assert loaded('{"x": "2031-05-07"}').field("x").moment() == datetime(2031, 5, 7)
