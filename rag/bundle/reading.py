"""The JSON of a bundle in, the Bundle out; what is missing, mistyped or out of bounds is an error with its place.

The inverse of `rag.bundle.writing`. Fields that are not known are passed over: a later onrecord may add some. Whether
an archive bears the quotations out is not looked at here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from index.errors import BundleError
from index.types import Article, Certainty, Filter, NameFound
from rag.bundle.keeping import noticed, text_with_gaps
from rag.bundle.place import Place, loaded
from rag.bundle.types import ArchiveFacts, Bundle, KeptArticle
from rag.bundle.writing import FORMAT, VERSION
from rag.types import (
    Answer,
    Citation,
    Disagreement,
    Evidence,
    LeftOut,
    Period,
    Query,
    Sentence,
    Side,
    Support,
    Turn,
    Unsupported,
    Wish,
)

LARGEST = 64_000_000
"""Characters of a file: thousands of answers."""

MOST_EXCHANGES = 10_000
LONGEST_ARTICLE = 2_000_000  # as in reading articles
LONGEST_KEPT = 100_000_000
"""Characters of all articles together, of which a file may claim many and hold few."""

DEEPEST = 3
"""How far parts of a question may themselves have parts; there has never been more than one level."""

ArticlesById = Mapping[str, KeptArticle]


def parse(text: str) -> Bundle:
    """Read a bundle.

    Raises:
        BundleError: It is none, or of another version, or something in it is not as it should be.
    """
    if len(text) > LARGEST:
        raise BundleError(f"too large for a bundle: {len(text):,} characters, but {LARGEST:,} are read at most")
    whole = loaded(text)
    if (named := whole.field("format")).value != FORMAT:
        named.should_be(f'"{FORMAT}"')
    if (version := whole.field("version")).whole() != VERSION:
        raise BundleError(
            f"version is {version.value}, but this onrecord reads version {VERSION}: use the one that wrote it"
        )
    _refuse_overlong(whole.field("exchanges"))
    facts = whole.field("archive")
    bundle = Bundle(
        made=whole.field("made").moment(),
        archive=ArchiveFacts(
            facts.field("articles").whole(), facts.field("generation").whole(), facts.field("encoder").text()
        ),
        exchanges=whole.field("exchanges").items(_exchange, most=MOST_EXCHANGES),
    )
    if bundle.made.tzinfo is None:
        whole.field("made").should_be("a moment with its zone")
    return bundle


def _refuse_overlong(exchanges: Place) -> None:
    """Before any article is made: a short file may claim long ones."""
    claimed = exchanges.items(lambda it: sum(it.field("articles").items(_characters)), most=MOST_EXCHANGES)
    if sum(claimed) > LONGEST_KEPT:
        raise BundleError(f"{exchanges.path} have articles of more than {LONGEST_KEPT:,} characters")


def _characters(article: Place) -> int:
    return article.field("characters").whole(most=LONGEST_ARTICLE)


def _exchange(at: Place) -> Answer:
    articles: dict[str, KeptArticle] = {}
    for article in at.field("articles").items(_article):
        if article.id in articles:
            raise BundleError(f"{at.path}.articles has {article.id!r} twice")
        articles[article.id] = article
    return _answer(at, articles)


def _article(at: Place) -> KeptArticle:
    characters = _characters(at)
    known = at.field("known").items(_piece)
    reached = 0
    for start, piece in known:
        if start < reached or start + len(piece) > characters:
            raise BundleError(f"{at.path}.known overlaps or reaches beyond the {characters:,} characters of the text")
        reached = start + len(piece)
    return KeptArticle(
        id=at.field("id").text(least=1),
        title=at.field("title").text(),
        text=text_with_gaps(characters, known),
        source=at.field("source").text(),
        authors=at.field("authors").items(Place.text),
        published=at.field("published").maybe(Place.moment),
        url=at.field("url").maybe(Place.text),
        origin="",
        content_hash=at.field("content_hash").text(least=1),
        language=at.field("language").maybe(Place.text) or "",
        section=at.field("section").maybe(Place.text) or "",
        published_from=at.field("published_from").maybe(Place.text) or "",
        published_sure=at.field("published_sure").maybe(lambda it: it.one_of(get_args(Certainty))),
        published_until=at.field("published_until").maybe(Place.moment),
        removed=noticed(at.field("notices").items(Place.text)),
        text_hash=at.field("text_hash").text(least=1),
        known=tuple((start, start + len(piece)) for start, piece in known),
    )


def _piece(at: Place) -> tuple[int, str]:
    return at.field("start").whole(), at.field("text").text(least=1)


def _answer(at: Place, articles: ArticlesById) -> Answer:
    evidence = at.field("evidence").items(lambda it: _evidence(it, articles))
    numbered = {piece.n: piece for piece in evidence}
    if len(numbered) < len(evidence):
        raise BundleError(f"{at.path}.evidence has a number twice")

    def sentence(it: Place) -> Sentence:
        return _sentence(it, numbered)

    refused = at.field("refused").flag()
    sentences = at.field("sentences").items(sentence, least=0 if refused else 1)
    if refused and sentences:
        raise BundleError(f"{at.path} is a refusal and says something")
    seconds = at.field("seconds").numbers()
    at.field("seconds").field("total")
    return Answer(
        question=at.field("question").text(),
        query=_query(at.field("plan")),
        sentences=sentences,
        evidence=evidence,
        hits=(),
        refused=refused,
        seconds=seconds,
        confidence=at.field("confidence").number(),
        threshold=at.field("threshold").number(),
        disagreements=at.field("disagreements").items(lambda it: _disagreement(it, numbered)),
        closest=at.field("closest").items(sentence),
        unsaid=at.field("unsaid_plans").items(_query),
        left_out=at.field("left_out").items(lambda it: LeftOut(it.field("evidence").whole(), it.field("why").text())),
        unsupported=at.field("unsupported").items(
            lambda it: Unsupported(it.field("claim").text(), it.field("why").text())
        ),
        signals=at.field("signals").numbers(),
    )


def _evidence(at: Place, articles: ArticlesById) -> Evidence:
    named = at.field("article")
    if not isinstance(named.value, str) or named.value not in articles:
        named.should_be("one of the articles of its exchange")
    article = articles[named.value]
    start, end = _slice(at, article)
    if not any(first <= start and end <= last for first, last in article.known):
        raise BundleError(f"{at.path} is from {start:,} to {end:,}, which is not kept of its article")
    if at.field("text").text() != article.text[start:end]:
        raise BundleError(f"{at.path}.text is not what is kept of its article there")
    return Evidence(
        n=at.field("n").whole(least=1),
        article=article,
        start=start,
        end=end,
        text=article.text[start:end],
        score=at.field("score").number(),
        preference=at.field("preference").number(),
        also_in=at.field("also_in").items(Place.text),
        answer=at.field("answer").maybe(lambda it: it.span(len(article.text))),
        margin=at.field("margin").number(),
        before=at.field("before").text(),
    )


def _slice(at: Place, article: Article) -> tuple[int, int]:
    start, end = at.field("start").whole(), at.field("end").whole()
    if not start < end <= len(article.text):
        raise BundleError(f"{at.path} is from {start:,} to {end:,}: no part of {len(article.text):,} characters")
    return start, end


def _sentence(at: Place, evidence: Mapping[int, Evidence]) -> Sentence:
    return Sentence(
        text=at.field("text").text(),
        citations=at.field("citations").items(lambda it: _citation(it, evidence), least=1),
        support=at.field("support").one_of(get_args(Support)),
    )


def _citation(at: Place, evidence: Mapping[int, Evidence]) -> Citation:
    n, named = at.field("evidence").whole(least=1), at.field("article").text()
    if n not in evidence or evidence[n].article.id != named:
        raise BundleError(f"{at.path} names evidence {n} of the article {named!r}, which its exchange does not have")
    return Citation(n, named, *_slice(at, evidence[n].article), at.field("quote").text(least=1))


def _disagreement(at: Place, evidence: Mapping[int, Evidence]) -> Disagreement:
    sides = at.field("sides").items(lambda it: Side(it.field("value").text(), _sentence(it, evidence)), least=2)
    return Disagreement(
        about=at.field("about").one_of(("number", "date", "name", "wording")),
        sides=sides,
        superseding=at.field("superseding").maybe(lambda it: it.whole(most=len(sides) - 1)),
    )


def _query(at: Place) -> Query:
    if at.path.count(".parts[") > DEEPEST:
        raise BundleError(f"{at.path} is nested too deeply")
    return Query(
        question=at.field("question").text(),
        text=at.field("text").text(),
        as_of=at.field("as_of").maybe(Place.day),
        where=_filter(at.field("where")),
        phrases=at.field("phrases").items(Place.text),
        period=at.field("period").maybe(_period),
        outlets=at.field("outlets").items(Place.text),
        names=at.field("names").items(_name),
        parts=at.field("parts").items(_query),
        several_sided=at.field("several_sided").flag(),
        earlier=at.field("earlier").items(lambda it: Turn(it.field("question").text(), it.field("answer").text())),
        unmet=at.field("unmet").items(lambda it: it.one_of(get_args(Wish))),
    )


def _filter(at: Place) -> Filter:
    return Filter(
        since=at.field("since").maybe(Place.moment),
        until=at.field("until").maybe(Place.moment),
        sources=at.field("sources").items(Place.text),
        articles=at.field("articles").items(Place.text),
        phrases=at.field("phrases").items(Place.text),
        dated=at.field("dated").flag(),
        languages=at.field("languages").items(Place.text),
    )


def _period(at: Place) -> Period:
    return Period(
        words=at.field("words").text(),
        first=at.field("first").maybe(Place.day),
        last=at.field("last").maybe(Place.day),
        sureness=at.field("sureness").number(),
        newest=at.field("newest").flag(),
    )


def _name(at: Place) -> NameFound:
    return NameFound(
        start=at.field("start").whole(),
        end=at.field("end").whole(),
        asked=at.field("asked").text(),
        name=at.field("name").text(),
        articles=at.field("articles").whole(),
    )
