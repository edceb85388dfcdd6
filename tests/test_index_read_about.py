"""What the lines of an article say about it: title, authors, outlet, URL, date; and what they do not say."""

from __future__ import annotations

from datetime import datetime

import pytest

from index.read.tidy import tidy
from index.read.tidy.about import is_headline_of
from index.read.types import Dating, Fields, Hints

TITLE = "Harbour bridge to open in May"
BODY = (
    "The harbour bridge at Vennmouth will open to traffic in May, two months later than planned, the roads authority "
    "said on Tuesday.\n\nEngineers found a second crack in a steel plate in March. It has been replaced since."
)


def told(text: str, **stated: object) -> Fields:
    return tidy(Fields(text, **stated), Hints(name="wire/article.txt"))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (TITLE, TITLE),
        ("Sports\n" + TITLE, TITLE),
        ("By Jane Doe\n" + TITLE, TITLE),
        ("Photo: The bridge in March\n" + TITLE, TITLE),
        ("Sports", ""),
        ("Jane Doe", ""),
        ("The council met.", ""),
        ("The mayor at the bridge on Monday. /Courtesy of Upland News", ""),
        ("The council met. Will it meet again?", ""),
        ("- a line of a list", ""),
        ("By Jane Doe the elder of the two", ""),
        ("항구 다리 5월 개통", "항구 다리 5월 개통"),
    ],
)
def test_titles(first: str, title: str) -> None:
    assert told(f"{first}\n\n{BODY}").title == title


@pytest.mark.parametrize(
    ("line", "same"),
    [
        (TITLE, True),
        (TITLE.upper() + "!", True),
        (TITLE + " | The Upland Post", True),
        (TITLE + " - The Upland Post", True),
        ("Harbour bridge", False),
        (TITLE + " and close in June", False),
        ("", False),
    ],
)
def test_a_headline_is_known_again(line: str, same: bool) -> None:
    assert is_headline_of(line, TITLE) is same
    assert is_headline_of(TITLE, line) is same


@pytest.mark.parametrize(
    ("line", "authors", "source"),
    [
        ("By Jane Doe", ("Jane Doe",), ""),
        ("By JANE DOE and John Roe, Associated Press", ("JANE DOE", "John Roe"), "Associated Press"),
        ("By Jane Doe, John Q. Roe and Émile Zola", ("Jane Doe", "John Q. Roe", "Émile Zola"), ""),
        ("By Jane Doe, The Upland Post", ("Jane Doe",), "The Upland Post"),
        ("By Jane Doe, Staff Writer", ("Jane Doe",), ""),
        ("By Jane Doe in Berlin", ("Jane Doe",), ""),
        ("Jane Doe in Berlin", ("Jane Doe",), ""),
        ("Jane Doe, Political Editor", ("Jane Doe",), ""),
        ("Written by Jane Doe", ("Jane Doe",), ""),
        ("By April Jones", ("April Jones",), ""),
        ("Von Max Müller", ("Max Müller",), ""),
        ("Par Anne de la Tour", ("Anne de la Tour",), ""),
        ("Por Juan Pérez y Ana Gil", ("Juan Pérez", "Ana Gil"), ""),
        ("홍길동 기자", ("홍길동",), ""),
        ("By Reuters", (), "Reuters"),
        ("Jane Doe, Reuters | May 3, 2025", ("Jane Doe",), "Reuters"),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...], source: str) -> None:
    found = told(f"{TITLE}\n{line}\n\n{BODY}")
    assert (found.authors, found.source, found.text) == (authors, source, BODY)


@pytest.mark.parametrize(
    "line", ["By Friday", "By the end of 2025", "By Monday Night", "Bridge in Vennmouth", "By sea"]
)
def test_no_bylines(line: str) -> None:
    found = told(f"The bridge is shut.\n{line}\n\n{BODY}")
    assert found.authors == ()
    assert line in found.text


@pytest.mark.parametrize(
    ("ending", "source"),
    [
        ("© The Upland Post(www.upland.example). All rights reserved.", "The Upland Post"),
        ("Copyright 2025 The Upland Post", "The Upland Post"),
        ("Copyright © 2019-2025 Upland Media, Inc. All rights reserved.", "Upland Media"),
        ("ⓒ 윗마을신문, 무단 전재 및 재배포 금지", "윗마을신문"),
        ("jdoe@upland-post.example.org", "upland-post.example.org"),
        ("jdoe@gmail.com", ""),
        ("© Jane Doe", ""),
        ("(Yonhap)", "Yonhap"),
        ("Source: Upland News Agency", "Upland News Agency"),
        ("Contact the police or e-mail tips@police.example.org.", ""),
    ],
)
def test_outlets_below_the_text(ending: str, source: str) -> None:
    assert told(f"{TITLE}\n\n{BODY}\n{ending}").source == source


@pytest.mark.parametrize(
    ("dateline", "source"),
    [
        ("SEOUL, Dec. 22 (Yonhap) -- ", "Yonhap"),
        ("(Reuters) - ", "Reuters"),
        ("Vennmouth, Sept. 11 (OPA) - ", "OPA"),
        ("(서울=윗마을통신) 홍길동 기자 = ", "윗마을통신"),
        ("Roe (Labour) - ", ""),
    ],
)
def test_the_agency_of_the_dateline(dateline: str, source: str) -> None:
    found = told(dateline + BODY)
    assert (found.source, found.text) == (source, dateline + BODY)


def test_where_an_outlet_is_looked_for_in_turn() -> None:
    text = f"(Reuters) - {BODY}"
    assert told(text, url="https://www.upland.example/a").source == "upland.example"
    assert told(text, url="https://www.reuters.com/a").source == "Reuters"
    assert told(text + "\n© 2025 The Upland Post", url="https://www.upland.example/a").source == "The Upland Post"
    assert told(text, source="Upland").source == "Upland"


def test_what_is_stated_goes_before_what_is_found() -> None:
    stated = Dating(datetime(2020, 1, 1), "JSON-LD")
    found = told(
        f"{TITLE}\nBy Jane Doe\nPublished: 22 Dec. 2025\n\n{BODY}",
        title="A",
        authors=("B",),
        dating=stated,
        language="eng",
    )
    assert (found.title, found.authors, found.dating, found.language) == ("A", ("B",), stated, "en")
    assert found.given_by == ()


def test_what_gave_each_field_is_told() -> None:
    found = told(f"{TITLE}\nBy Jane Doe\nSection: Local\nURL: https://upland.example/2025/12/22/bridge\n\n{BODY}")
    assert dict(found.given_by) == {
        "title": f"the line “{TITLE}”",
        "authors": "the line “By Jane Doe”",
        "section": "the line “Section: Local”",
        "url": "a line of its own",
        "source": "its URL",
        "language": "the text",
    }
    assert found.dating is not None
    assert (found.dating.moment, found.dating.source) == (datetime(2025, 12, 22), "URL")


def test_a_labelled_date_goes_before_a_bare_one() -> None:
    found = told(f"{TITLE}\n24 December 2025\nPublished: 22 Dec. 2025, 15:29\n\n{BODY}")
    assert found.dating is not None
    assert (found.dating.moment, found.dating.sure) == (datetime(2025, 12, 22, 15, 29), "stated")
    assert found.text == BODY


def test_days_of_a_list_are_no_dates_of_publication() -> None:
    listing = f"{BODY}\n\nMonday, November 25, 2013\n\nTuesday, April 22, 2014"
    assert (told(listing).dating, told(listing).text) == (None, listing)


def test_a_link_in_the_text_is_not_its_address() -> None:
    text = f"{BODY}\n\nhttps://elsewhere.example/a"
    assert (told(text).url, told(text).text) == (None, text)


def test_what_an_author_is_stands_below() -> None:
    found = told(f"By Jane Doe\n\n{BODY}\n\nJane Doe is a reporter who covers bridges.")
    assert found.text == BODY
    text = f"{BODY}\n\nJane Doe is a reporter who covers bridges."
    assert told(text).text == text
    assert told(text, authors=("Jane Doe",)).text == BODY
    last = f"Jane Doe was at the bridge.\n\n{BODY}"
    assert told(last, authors=("Jane Doe",)).text == last
