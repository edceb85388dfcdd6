"""Any answers at all, for the laws of bundles; and one conversation with everything in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from index.types import Article, Filter, NameFound, Removed
from rag.bundle import ArchiveFacts, Bundle, keep
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
    Turn,
    Unsupported,
)

MADE = datetime(2031, 5, 7, 9, 30, tzinfo=UTC)
LAW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A few answers say much: each holds some hundred values."""

FACTS = ArchiveFacts(3, 12, "hash-encoder@1")

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>--><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    'https://a.example/"onclick=alert(1)',
    "\u202egnp.exe\u2066",
    "&lt;b&gt; &#60; \x00\x1b[2J",
    "</style></title></blockquote></li>",
    "**[x](javascript:alert(1))** `code` $x$ <b>",
)
"""What articles, questions and models must not get past the escaping of a page."""

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(HOSTILE)
NUMBERS = st.floats(-1e6, 1e6)
DAYS = st.dates()
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30))])
MOMENTS = st.datetimes(timezones=ZONES)


@st.composite
def articles(draw: st.DrawFn, article_id: str) -> Article:
    words = st.sampled_from(["harbour", "4 May", "crowns,", "\n\n", "“no”", "Ünal", "x" * 450, *HOSTILE])
    text = " ".join(draw(st.lists(words, min_size=3, max_size=12))) + "."
    published = draw(st.none() | MOMENTS)
    return Article(
        id=article_id,
        title=draw(ANY_TEXT),
        text=text,
        source=draw(ANY_TEXT),
        authors=tuple(draw(st.lists(ANY_TEXT, max_size=2))),
        published=published,
        url=draw(st.none() | ANY_TEXT),
        origin=f"/news/{article_id}",
        content_hash=sha256(text.encode()).hexdigest(),
        language=draw(st.sampled_from(["", "en"])),
        section=draw(ANY_TEXT),
        published_from="JSON-LD" if published else "",
        published_sure="stated" if published else None,
        published_until=draw(st.none() | MOMENTS) if published else None,
        given_by=(("title", "og:title"),),
        format="html",
        removed=(Removed("translation", "Translated by AI", 0), Removed("caption", "A pier", 0)),
    )


@st.composite
def evidence(draw: st.DrawFn, n: int, article: Article) -> Evidence:
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    return Evidence(
        n,
        article,
        start,
        end,
        article.text[start:end],
        draw(NUMBERS),
        draw(NUMBERS),
        tuple(draw(st.lists(ANY_TEXT, max_size=2))),
        draw(st.none() | st.just((start, end))),
        draw(NUMBERS),
        draw(ANY_TEXT),
    )


@st.composite
def sentences(draw: st.DrawFn, pieces: list[Evidence]) -> Sentence:
    cited = draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=3))
    citations = []
    for piece in cited:
        start = draw(st.integers(piece.start, piece.end - 1))
        end = draw(st.integers(start + 1, piece.end))
        citations.append(Citation(piece.n, piece.article.id, start, end, piece.article.text[start:end]))
    return Sentence(draw(ANY_TEXT), tuple(citations), draw(st.sampled_from(["supported", "quoted"])))


@st.composite
def queries(draw: st.DrawFn, *, depth: int = 1) -> Query:
    texts = st.lists(ANY_TEXT, max_size=2).map(tuple)
    return Query(
        draw(ANY_TEXT),
        draw(ANY_TEXT),
        draw(st.none() | DAYS),
        Filter(
            draw(st.none() | MOMENTS),
            draw(st.none() | MOMENTS),
            draw(texts),
            draw(texts),
            draw(texts),
            draw(st.booleans()),
            draw(texts),
        ),
        draw(texts),
        draw(st.none() | st.builds(Period, ANY_TEXT, st.none() | DAYS, st.none() | DAYS, NUMBERS, st.booleans())),
        draw(texts),
        tuple(draw(st.lists(st.builds(NameFound, *[st.integers(0, 99)] * 2, *[ANY_TEXT] * 2, st.just(3)), max_size=2))),
        tuple(draw(st.lists(queries(depth=depth - 1), max_size=2))) if depth else (),
        draw(st.booleans()),
        tuple(draw(st.lists(st.builds(Turn, ANY_TEXT, ANY_TEXT), max_size=2))),
        draw(st.sampled_from([(), ("time",), ("outlets", "phrases")])),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Whatever an answer may hold, without hits, which are not kept."""
    shelf = [draw(articles(f"a{n}")) for n in range(draw(st.integers(1, 3)))]
    pieces = [draw(evidence(n, draw(st.sampled_from(shelf)))) for n in range(1, draw(st.integers(1, 4)) + 1)]
    said = st.lists(sentences(pieces), max_size=2).map(tuple)
    sides = st.lists(st.builds(Side, ANY_TEXT, sentences(pieces)), min_size=2, max_size=3).map(tuple)
    kinds = st.sampled_from(["number", "date", "name", "wording"])
    spoken = draw(said)
    return Answer(
        question=draw(ANY_TEXT),
        query=draw(queries()),
        sentences=spoken,
        evidence=tuple(pieces),
        hits=(),
        refused=not spoken,
        seconds={"plan": 0.25, "total": draw(NUMBERS)},
        confidence=draw(NUMBERS),
        threshold=draw(NUMBERS),
        disagreements=tuple(
            draw(st.lists(st.builds(Disagreement, kinds, sides, st.sampled_from([None, 0, 1])), max_size=2))
        ),
        closest=draw(said),
        unsaid=tuple(draw(st.lists(queries(depth=0), max_size=2))),
        left_out=(LeftOut(1, draw(ANY_TEXT)),),
        unsupported=(Unsupported(draw(ANY_TEXT), draw(ANY_TEXT)),),
        signals={"passage": draw(NUMBERS)},
    )


def bundle_of(*given: Answer) -> Bundle:
    return Bundle(MADE, FACTS, tuple(map(keep, given)))
