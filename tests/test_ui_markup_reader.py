"""An opened article as HTML: every character of it, escaped, with exactly the words marked that were to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ui_fakes import BILL, BRIDGE, EVIDENCE

from index.types import Copy, Removed, RemovedKind
from ui.looking.difference import difference
from ui.looking.opened import Opened, Place, Version, merged
from ui.markup.reader import REMOVED, passages, reader, trouble
from ui.words import clean

VOID = {"input"}


class Seen(HTMLParser):
    """What a browser makes of HTML: its text, its marked characters, its tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.marked: list[int] = []
        self.focused: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        places = range(len(self.text), len(self.text) + len(data))
        if "mark" in self._open:
            self.marked += places
            if self.last("mark").get("class") == "focus":
                self.focused += places
        self.text += data

    def last(self, tag: str) -> dict[str, str | None]:
        return next(attributes for name, attributes in reversed(self.tags) if name == tag)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        found = (attributes for name, attributes in self.tags if name == tag)
        return [
            each for each in found if wanted.items() <= {k.removeprefix("data-"): v for k, v in each.items()}.items()
        ]


NEWS = st.text(st.sampled_from("ab &<>\"'\n\n \u202e\x00\r\t\x85é😀"), max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], sum(pair))), max_size=6)


@given(NEWS | st.text(), SPANS, st.integers(0, 5))
@example("One.\n\n \nTwo.", [(2, 11)], 0)
@example("a\nb", [(1, 3)], 0)
def test_the_html_says_the_text_and_marks_exactly_the_spans(text: str, spans: list[tuple[int, int]], nth: int) -> None:
    spans_within = merged((start, min(end, len(text))) for start, end in spans if start < len(text))
    focus = spans_within[nth : nth + 1]

    seen = Seen(passages(text, spans_within, focus))

    def kept(marked: Iterable[tuple[int, int]]) -> list[int]:
        """The places of these characters in the cleaned text, blank lines and line ends left out."""
        wanted = {n for span in marked for n in range(*span)}
        found, start, place = [], 0, 0
        for line in text.split("\n"):
            for n, character in enumerate(line, start):
                if clean(character):
                    found += [place] if n in wanted and line.strip() else []
                    place += 1
            start, place = start + len(line) + 1, place + 1
        return found

    assert seen.text == clean(text)
    assert seen.marked == kept(spans_within)
    assert seen.focused == kept(focus)
    assert [each for each in seen.all("mark") if "id" in each] == seen.all("mark", **{"class": "focus"})[:1]


def copy(
    article_id: str, outlet: str, published: datetime | None, role: str = "copy", newer: str | None = None
) -> Copy:
    return Copy(article_id, f"Title of {article_id}", outlet, published, role, 1.0, newer)  # type: ignore[arg-type]


FULL = replace(
    BRIDGE,
    authors=("Mara Lind", "J. <b>Ode</b>"),
    section="City",
    language="de",
    published=datetime(2026, 3, 14, 9, 30, tzinfo=UTC),
    published_from="JSON-LD",
    published_sure="stated",
    removed=(Removed("translation", "※ Translated by AI.", 0), Removed("caption", "The bridge <i>today</i>", 5)),
)


def test_the_head_says_what_is_known_and_how() -> None:
    html = reader(Opened(FULL))
    seen = Seen(html)

    for words in ("Harbour bridge to reopen in May", "By Mara Lind, J. <b>Ode</b> · City · in German",
                  "14 March 2026", "Date from JSON-LD: 2026-03-14T09:30:00+00:00", "※ Translated by AI."):  # fmt: skip
        assert words in seen.text
    (original,) = seen.all("a")
    assert original["href"] == "https://harbourpost.example/bridge"
    assert (original["target"], original["rel"]) == ("_blank", "noopener noreferrer")
    assert seen.all("div", **{"class": "reader-text", "lang": "de"})
    assert "Left out of the text: 2 lines" in seen.text
    assert "caption The bridge <i>today</i>" in seen.text
    assert seen.all("article")[0]["data-said"] == "0 passages marked."


def test_what_is_not_known_is_not_shown() -> None:
    seen = Seen(reader(Opened(replace(BILL, url="javascript:alert(1)", published=None))))

    assert seen.all("a") == []
    assert "undated" in seen.text
    assert seen.all("p", **{"class": "about"}) == []
    for words in ("By ", "Date from", "Left out", "version", "Also in", "Untitled", "Source"):
        assert words not in seen.text
    assert [each["data-act"] for each in seen.all("button")] == ["close"]


def test_one_goes_from_source_to_source() -> None:
    seen = Seen(reader(Opened(BILL, ((0, 10),)), Place(7, 1, EVIDENCE)))
    (previous,), (here,), (following,) = (seen.all("button", act=act) for act in ("previous", "here", "next"))

    assert [each["data-article"] for each in (previous, here, following)] == ["bridge", "bill", "ferry"]
    assert [each["data-n"] for each in (previous, here, following)] == ["1", "2", "3"]
    assert previous["data-at"] == f"{EVIDENCE[0].start}-{EVIDENCE[0].end}"
    assert "2 of 3" in seen.text
    assert seen.all("article", turn="7")[0]["data-said"] == "Source 2 of 3. 1 passage marked."
    (first,) = Seen(reader(Opened(BRIDGE), Place(7, 0, EVIDENCE))).all("button", act="previous")
    assert "disabled" in first and "data-article" not in first


OLDER = Version(
    copy("march-13", "Harbour Post", datetime(2026, 3, 13, 8, 5), newer="bridge"),
    difference("Bridge to reopen", "Bridge to <reopen>"),
    difference("It reopens on 4 May. Nobody came.\n\nGone now.", "It reopens on 11 May. Nobody came."),
)


def test_an_earlier_version_says_what_changed() -> None:
    seen = Seen(
        reader(Opened(BRIDGE, earlier=(OLDER, Version(copy("march-12", "Harbour Post", None)))), Place(1, 0, EVIDENCE))
    )

    assert "Earlier version of 13 March 2026, 08:05: what changed" in seen.text
    assert "Headline: Bridge to removed: reopen added: <reopen>" in seen.text
    assert "It reopens on removed: 4 added: 11 May." in seen.text
    assert "1 sentence unchanged" in seen.text
    assert "removed: Gone now." in seen.text
    assert "Earlier version of undated Open it" in seen.text
    assert "newer" not in seen.text
    openers = seen.all("button", **{"class": "opener"})
    assert [(each["data-article"], each["data-n"]) for each in openers] == [("march-13", "1"), ("march-12", "1")]


def test_a_superseded_article_says_so_on_top() -> None:
    newer = replace(OLDER, copy=copy("march-15", "Harbour Post", datetime(2026, 3, 15), "version"))
    newest = Version(copy("march-16", "Harbour Post", datetime(2026, 3, 16), "version"))
    seen = Seen(reader(Opened(BRIDGE, later=(newer, newest))))

    assert "A newer version exists: 16 March 2026 Open it" in seen.text
    assert "Newer version of 15 March 2026: what changed" in seen.text


def test_a_version_in_the_same_words_says_so() -> None:
    html = reader(Opened(BRIDGE, earlier=(replace(OLDER, title=difference("A", "A")),)))
    assert "Headline" not in html and "It reopens on" in html

    same = replace(OLDER, title=difference("A", "A"), text=difference("It is. So.", "It is. So."))

    assert "The words are the same." in Seen(reader(Opened(BRIDGE, earlier=(same,)))).text


def test_who_else_has_it_is_listed_each_to_be_opened() -> None:
    others = (
        copy("wire", "Agency <1>", datetime(2026, 3, 13), "origin"),
        copy("old", "Echo", None, newer="new"),
    )
    seen = Seen(reader(Opened(BRIDGE, elsewhere=others, outlets=("Agency <1>", "Echo"))))

    assert "Also in 2 outlets (Agency <1>, Echo)" in seen.text
    assert "Agency <1> Title of wire 13 March 2026 · the origin" in seen.text
    assert "undated · replaced by a newer version" in seen.text
    assert [each["data-article"] for each in seen.all("button", **{"class": "opener"})] == ["wire", "old"]
    assert "1 other copy" in Seen(reader(Opened(BRIDGE, elsewhere=others[1:]))).text


def test_marks_that_can_not_be_trusted_any_more_are_told() -> None:
    assert "Ask again to see the words marked." in reader(Opened(BRIDGE, outdated=True))
    assert "Ask again" not in reader(Opened(BRIDGE))


EVIL = "</p></article><script>hacked=1</script>\" onfocus='hacked=1' autofocus <img src=x onerror=hacked=1>"


def test_nothing_from_elsewhere_is_markup() -> None:
    evil = replace(FULL, id=EVIL, title=EVIL, text=EVIL, source=EVIL, authors=(EVIL,), url=EVIL, section=EVIL,
                   language=EVIL, published_from=EVIL, removed=(Removed("translation", EVIL, 0),))  # fmt: skip
    version = Version(copy(EVIL, EVIL, None), difference(EVIL, "x"), difference("x", EVIL))
    evidence = (replace(EVIDENCE[0], article=evil),)
    opened = Opened(
        evil, ((3, 30),), ((3, 30),), earlier=(version,), later=(version,), elsewhere=(copy(EVIL, EVIL, None),)
    )

    seen = Seen(reader(opened, Place(1, 0, evidence)) + trouble(EVIL))

    assert {tag for tag, _ in seen.tags} & {"script", "img", "a", "iframe", "style"} == set()
    assert {name for _, attributes in seen.tags for name in attributes if name.startswith(("on", "auto"))} == {
        "autocomplete"
    }
    assert {each["data-article"] for each in seen.all("button") if "data-article" in each} == {EVIL}


@pytest.mark.parametrize("kind", get_args(RemovedKind))
def test_every_kind_of_line_left_out_has_a_name(kind: RemovedKind) -> None:
    assert REMOVED[kind]
