"""A bundle beside an archive: what of it still stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from made_bundles import LAW, answers, bundle_of
from ui_fakes import BILL, BRIDGE, E_BRIDGE, FERRY, an_answer, cite

from index.types import Article
from rag.bundle import Bundle, parse, reverify, written
from rag.types import Answer, Disagreement, Sentence, Side


class Shelf:
    """An archive of these articles; remembers whether all of them were looked through."""

    def __init__(self, *articles: Article) -> None:
        self._articles = {each.id: each for each in articles}
        self.looked_through = False

    def articles_by_id(self, article_ids: Sequence[str], /) -> Mapping[str, Article]:
        return {each: self._articles[each] for each in article_ids if each in self._articles}

    def articles(self) -> Iterator[Article]:
        self.looked_through = True
        return iter(self._articles.values())


BRIDGE_1 = replace(BRIDGE, content_hash="1" * 64)
FOUND = replace(E_BRIDGE, article=BRIDGE_1)
SAID = an_answer("When?", (Sentence("On 4 May.", (cite(FOUND, "reopen on 4 May"),), "supported"),), (FOUND,))


def verdict(bundle: Bundle, *articles: Article) -> tuple[str, int | None, bool, tuple[str, ...]]:
    (checked,) = reverify(bundle, Shelf(*articles)).citations
    return checked.verdict, checked.start, checked.same_text, checked.differs


def tampered(change: dict[str, Any], *way: str | int) -> Bundle:
    """The bundle of SAID with some fields of an object in its exchange changed."""
    record = json.loads(written(bundle_of(SAID)))
    at = record["exchanges"][0]
    for step in way:
        at = at[step]
    at.update(change)
    return parse(json.dumps(record))


def with_text(old: str, new: str) -> Article:
    return replace(BRIDGE_1, text=BRIDGE_1.text.replace(old, new), content_hash="2" * 64)


@LAW
@given(answers())
def test_every_citation_holds_where_nothing_changed(answer: Answer) -> None:
    shelf = Shelf(*(piece.article for piece in answer.evidence))

    checked = reverify(parse(written(bundle_of(answer))), shelf).citations

    assert {(each.verdict, each.same_text, each.differs) for each in checked} <= {("holds", True, ())}
    assert len({each.citation for each in checked}) == len(checked)
    assert not shelf.looked_through


def test_words_that_stand_in_their_place_hold_though_the_article_grew() -> None:
    grown = with_text("crowns.", "crowns. More to follow.")

    assert verdict(bundle_of(SAID), BRIDGE_1) == ("holds", 39, True, ())
    assert verdict(bundle_of(SAID), grown) == ("holds", 39, False, ())


def test_words_that_stand_elsewhere_have_moved() -> None:
    assert verdict(bundle_of(SAID), with_text("Work began", "The work began")) == ("moved", 43, False, ())


def test_words_that_are_gone_are_changed_even_within_other_words() -> None:
    assert verdict(bundle_of(SAID), with_text("4 May", "4 Maybe")) == ("changed", None, False, ())
    assert verdict(bundle_of(SAID), with_text("4 May", "9 May")) == ("changed", None, False, ())


def test_an_article_is_known_by_its_content_under_another_id() -> None:
    moved = replace(BRIDGE_1, id="archive/2026/bridge")
    (checked,) = reverify(bundle_of(SAID), Shelf(BILL, moved)).citations

    assert (checked.verdict, checked.found) == ("holds", "archive/2026/bridge")
    assert verdict(bundle_of(SAID), BILL, FERRY) == ("gone", None, False, ())


def test_words_that_were_never_written_are_found_out() -> None:
    forged = tampered({"quote": "reopen never ok"}, "sentences", 0, "citations", 0)

    assert verdict(forged, BRIDGE_1) == ("changed", None, True, ())


def test_whose_words_they_are_is_part_of_a_citation() -> None:
    forged = tampered({"source": "The Ledger", "published": "2026-03-15"}, "articles", 0)

    assert verdict(forged, BRIDGE_1) == ("changed", 39, True, ("outlet", "date"))


def test_what_stands_around_the_words_is_checked_too() -> None:
    record = json.loads(written(bundle_of(SAID)))
    kept = record["exchanges"][0]["articles"][0]["known"][0]
    kept["text"] = kept["text"].replace("Work began in January", "A joke: not a word of")

    assert verdict(parse(json.dumps(record)), BRIDGE_1) == ("changed", 39, True, ("surroundings",))


def test_quotations_of_disagreements_and_of_refusals_are_checked() -> None:
    side = Side("4 May", Sentence("…", (cite(FOUND, "4 May"),), "quoted"))
    differing = replace(SAID, disagreements=(Disagreement("date", (side, side)),))
    refused = replace(SAID, sentences=(), refused=True, closest=(Sentence("…", (cite(FOUND, "Repairs"),), "quoted"),))

    checked = reverify(bundle_of(differing, refused), Shelf(BRIDGE_1)).citations

    assert [(each.exchange, each.citation.quote) for each in checked] == [
        (1, "reopen on 4 May"),
        (1, "4 May"),
        (2, "Repairs"),
    ]
