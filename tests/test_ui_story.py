"""An answer's story: what it uses and what was found, each once, by time, each opening the words it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import SECONDS, an_answer, an_article, cite, evidence_of

from index.dates.mentions import mentions
from index.types import Article, Hit, Passage
from rag.types import Answer, Evidence, Query, Retrieved, Sentence
from ui.looking.story import LONGEST_LABEL, MOST_ARTICLES, MOST_READ, Moment, Point, Story, story_of
from ui.markup.timeline import CARD_SHARE, ROWS, timeline


def dated(id: str, title: str, text: str, source: str, published: datetime | None) -> Article:
    found = mentions(text, published.date() if published else None)
    return replace(an_article(id, title, text, source, published=published), mentions=found)


FIRE = dated(
    "fire",
    "Mill burns down",
    "The old mill burned down on Tuesday. It was sold in 2019 and closed on 3 March 2026. Nobody was hurt.",
    "Harbour Post",
    datetime(2026, 3, 12),
)
ARREST = dated(
    "arrest", "Owner held", "Police held the owner on Thursday. He was freed.", "Ledger", datetime(2026, 3, 20)
)
FOUND = dated("found", "A mill’s history", "It was built on 4 May 1901.", "Echo", datetime(2026, 3, 15, 23, 30))
UNDATED = dated("undated", "", "The mill stood by the river.", "Echo", None)
ALL = {each.id: each for each in (FIRE, ARREST, FOUND, UNDATED)}

E_FIRE, E_ARREST, E_UNDATED = evidence_of(1, FIRE), evidence_of(2, ARREST), evidence_of(3, UNDATED)


def hit(article: Article, rank: int) -> Hit:
    return Hit(Passage(article.id, 0, 0, len(article.text), article.text), 1.0, rank, "reranked")


HITS = tuple(hit(article, rank) for rank, article in enumerate((FIRE, ARREST, UNDATED, FOUND), 1))


def answer(*cited: tuple[Evidence, str]) -> Answer:
    said = tuple(Sentence(words, (cite(evidence, words),), "quoted") for evidence, words in cited)
    return replace(an_answer("Who?", said, (E_FIRE, E_ARREST, E_UNDATED)), hits=HITS)


def told(moments: Sequence[Moment]) -> list[tuple[str, str, str, bool]]:
    return [(str(each.first), each.point.kind, each.point.article_id, each.point.cited) for each in moments]


def test_articles_and_the_days_that_evidence_speaks_of_are_in_order_of_time() -> None:
    story = story_of(answer((E_FIRE, "The old mill burned down on Tuesday.")), ALL)

    assert told(story.moments) == [
        ("2026-03-03", "event", "fire", False),
        ("2026-03-10", "event", "fire", True),
        ("2026-03-12", "article", "fire", True),
        ("2026-03-15", "article", "found", False),  # of the hits alone: what its words speak of was not used
        ("2026-03-19", "event", "arrest", False),
        ("2026-03-20", "article", "arrest", False),
    ]
    assert [point.label for point in story.undated] == ["Untitled (undated)"]


def test_a_point_opens_the_words_it_stands_for() -> None:
    words = "The old mill burned down on Tuesday."
    cited, article = (story_of(answer((E_FIRE, words)), ALL).moments[n].point for n in (1, 2))

    assert cited == Point("event", words, "Harbour Post", "fire", ((0, len(words)),), 1, True)
    assert article == Point("article", "Mill burns down", "Harbour Post", "fire", ((0, len(words)),), 1, True)
    uncited = story_of(answer(), ALL).moments[2].point
    assert (uncited.spans, uncited.evidence, uncited.cited) == (((E_FIRE.start, E_FIRE.end),), 1, False)


def test_a_search_tells_what_its_best_passages_speak_of() -> None:
    found = Retrieved(Query("mill", "mill"), HITS, (), SECONDS)
    story = story_of(found, ALL)

    assert [(str(each.first), each.point.article_id) for each in story.moments if each.point.kind == "event"] == [
        ("1901-05-04", "found"),
        ("2026-03-03", "fire"),
        ("2026-03-10", "fire"),
        ("2026-03-19", "arrest"),
    ]
    assert all(each.point.evidence is None and not each.point.cited for each in story.moments)
    assert story_of(replace(found, hits=HITS * 2), ALL) == story
    assert story_of(found, {}) == Story()


def test_a_search_shows_the_best_articles_only() -> None:
    many = {f"a{n:02}": replace(FOUND, id=f"a{n:02}") for n in range(MOST_ARTICLES + 5)}
    hits = tuple(hit(article, rank) for rank, article in enumerate(many.values(), 1))
    moments = story_of(Retrieved(Query("mill", "mill"), hits, (), SECONDS), many).moments

    published = [each.point.article_id for each in moments if each.point.kind == "article"]
    assert published == list(many)[:MOST_ARTICLES]
    assert sum(each.point.kind == "event" for each in moments) == MOST_READ


def test_a_range_of_days_a_long_sentence_and_a_day_named_twice() -> None:
    text = f"In May 2025, {'very ' * 60}slowly, in May 2025, it fell."
    article = replace(dated("a", "T", text, "", datetime(2026, 3, 1)), published_until=datetime(2026, 3, 5))
    story = story_of(replace(an_answer("?", (), (evidence_of(1, article),)), hits=()), {})

    assert [(each.first, each.last) for each in story.moments] == [
        (date(2025, 5, 1), date(2025, 5, 31)),
        (date(2026, 3, 1), date(2026, 3, 5)),
    ]
    assert len(story.moments[0].point.label) <= LONGEST_LABEL

    late = f"{'Slowly, ' * 40}it fell in May 2025, and rose."
    (fallen, _) = story_of(
        replace(an_answer("?", (), (evidence_of(1, dated("b", "T", late, "", datetime(2026, 3, 1))),)), hits=()), {}
    ).moments
    assert fallen.point.label.startswith("… ") and "it fell in May 2025, and rose." in fallen.point.label
    assert len(fallen.point.label) <= LONGEST_LABEL


# As HTML

MOMENTS = st.lists(
    st.builds(
        lambda day, length, kind, n, cited: Moment(
            day, day + timedelta(length), Point(kind, f"{kind} {n}", "Echo", f"a{n}", ((0, 4),), n, cited)
        ),
        st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        st.sampled_from([0, 0, 0, 30]),
        st.sampled_from(["article", "event"]),
        st.integers(1, 9),
        st.booleans(),
    ),
    max_size=40,
).map(lambda moments: tuple(sorted(moments, key=lambda each: each.first)))


@given(MOMENTS)
def test_every_moment_is_in_the_list_and_no_dot_or_card_lies_on_another(moments: tuple[Moment, ...]) -> None:
    html = timeline(Story(moments), 1)
    found = re.findall(r'<li class="(.*?)" style="--at: ([\d.]+)%; --lane: (\d+); --row: (\d+)">', html)

    assert len(found) == len(moments)
    places = [float(at) for _, at, _, _ in found]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    dots, cards = [], []
    for kind, at, lane, row in found:
        dots.append((kind.split()[0], lane, float(at)))
        if "told" in kind:
            left = float(at) * (1 - CARD_SHARE)
            cards.append((kind.split()[0], row, left, left + 100 * CARD_SHARE))
            assert int(row) < ROWS
    assert all(abs(a[2] - b[2]) > 3.9 for i, a in enumerate(dots) for b in dots[:i] if a[:2] == b[:2])
    assert all(a[2] > b[3] - 0.1 or b[2] > a[3] - 0.1 for i, a in enumerate(cards) for b in cards[:i] if a[:2] == b[:2])
    if moments and any(each.point.cited for each in moments):
        assert "cited told" in html


def test_each_entry_is_a_button_that_opens_its_source() -> None:
    html = timeline(story_of(answer((E_FIRE, "The old mill burned down on Tuesday.")), ALL), 3)

    assert 'data-turn="3"' in html
    assert html.count('<button type="button"') == 7
    assert 'data-article="fire" data-at="0-36" data-n="1"' in html
    assert '<time datetime="2026-03-10">10 March 2026</time>' in html
    assert html.index("burned down") < html.index("Mill burns down") < html.index("Owner held")
    assert html.index("Without a date") < html.index("Untitled (undated)")
    assert timeline(Story(), 1) == ""


def test_nothing_hostile_gets_into_the_timeline() -> None:
    evil = '"><script>alert(1)</script>\u202e'
    html = timeline(
        Story((Moment(date(2026, 1, 1), date(2026, 1, 1), Point("event", evil, evil, evil, (), None, True)),)), 1
    )

    assert "<script" not in html
    assert "\u202e" not in unescape(html).replace(evil, "", 1)  # but for the id, which is read back
