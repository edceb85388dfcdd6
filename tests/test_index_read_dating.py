"""Publication dates outside a markup: in a line, a dateline, a URL, a file name; and what is none of these."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.dating import from_dateline, from_line, from_name, from_url
from index.read.types import Dating

DAY = datetime(2025, 12, 22)
MINUTE = datetime(2025, 12, 22, 15, 29)
MONTH_END = datetime(2025, 12, 31, 23, 59, 59)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Published: 22 Dec. 2025, 15:29", MINUTE),
        ("PUBLISHED : 22 Dec 2025 at 15:29", MINUTE),
        ("Posted on December 22, 2025", DAY),
        ("First published on Mon 22 Dec 2025 15.29", MINUTE),
        ("Published 3:29 PM, December 22, 2025", MINUTE),
        ("Issue date: 22 December 2025", DAY),
        ("By Jane Doe | Published Dec. 22, 2025 | 5 min read", DAY),
        ("By Jane Doe PUBLISHED: 15:29, Mon, Dec 22, 2025 | UPDATED: 16:00, Mon, Dec 22, 2025", MINUTE),
        ("The Daily Published Monday, December 22, 2025 3:29PM", MINUTE),
        ("Posted by Jane Doe on December 22, 2025, 3:29 PM", MINUTE),
        ("Posted on Desember 22, 2025 by Admin", DAY),
        ("입력 2025.12.22 15:29", MINUTE),
        ("입력2025.12.22 15:29 수정2025.12.22. 16:00", MINUTE),
        ("기사입력 2025-12-22 오후 3:29 | 최종수정 2025-12-23 오전 9:00", MINUTE),
        ("发布时间：2025年12月22日 15:29", MINUTE),
        ("公開日: 2025年12月22日", DAY),
        ("Publié le 22 décembre 2025 à 15h29 - Mis à jour le 23 décembre 2025 à 10h00", MINUTE),
        ("Veröffentlicht am 22.12.2025 um 15:29 Uhr", MINUTE),
        ("Updated Dec. 23, 2025 9:00 a.m. | Published Dec. 22, 2025 3:29 p.m.", MINUTE),
        ("Published Dec. 22, 2025 at 3:29 p.m. Updated Dec. 23, 2025 at 9 a.m.", MINUTE),
    ],
)
def test_a_line_that_says_published_is_sure_and_goes_before_updated(line: str, moment: datetime) -> None:
    assert from_line(line) == Dating(moment, f"the line “{line}”", "stated")


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Updated 22 Dec 2025 at 15:29 GMT", MINUTE.replace(tzinfo=UTC)),
        ("Last modified on Mon 22 Dec 2025 15.29 CET", MINUTE.replace(tzinfo=timezone(timedelta(hours=1)))),
        ("Stand: 22.12.2025, 15:29 Uhr", MINUTE),
        ("2025年12月22日 更新", DAY),
        ("Dec. 22, 2025, 3:29 p.m. | Updated Dec. 23, 2025, 9 a.m.", MINUTE),
        ("December 22, 2025 / 3:29 PM / Updated 14 hours ago", MINUTE),
        ("Monday, 22 December 2025", DAY),
        ("Dec. 22, 2025", DAY),
        ("  2025.12.22 15:29", MINUTE),
        ("By Jane Doe | Dec. 22, 2025 | 5 min read", DAY),
        ("December 22, 2025 / 3:29 PM / The Daily", MINUTE),
    ],
)
def test_a_line_that_is_a_date_or_tells_of_an_update_is_inferred(line: str, moment: datetime) -> None:
    assert from_line(line) == Dating(moment, f"the line “{line.strip()}”", "inferred")


@pytest.mark.parametrize(
    "line",
    [
        *("", "Published", "Published today", "Published: 03/04/2025", "Updated 2 hours ago", "December 2025", "2025"),
        *("In a study published on 22 Dec. 2025", "The report was published Dec. 22, 2025", "Dec. 22, 15:29"),
        *("Published Dec. 22, 2025 in a journal", "Dec. 22, 2025 - Jan. 3, 2026", "Seoul, December 22, 2025"),
        *("© 2025 The Daily", "Copyright 22 Dec 2025 The Daily", "They met on Dec. 22, 2025.", "Dec. 22, 2025 " * 20),
    ],
)
def test_a_line_that_does_not_tell_the_day_it_was_published(line: str) -> None:
    assert from_line(line) is None


def test_a_labelled_month_is_a_range() -> None:
    line = "Published December 2025"
    assert from_line(line) == Dating(datetime(2025, 12, 1), f"the line “{line}”", "stated", MONTH_END)


@pytest.mark.parametrize(
    "text",
    [
        "WASHINGTON, Dec. 22, 2025 (Reuters) - The",
        "BEIJING, Dec. 22, 2025 (Xinhua) -- The",
        "NEW YORK, Dec. 22, 2025 /PRNewswire/ -- The",
        "SEOUL, South Korea – December 22, 2025 – The",
        "Paris, 22 décembre 2025 (AFP) - Le",
        "Rio de Janeiro, 22 December 2025: The",
        "December 22, 2025 (Reuters) — The",
    ],
)
def test_a_dateline_with_its_year(text: str) -> None:
    assert from_dateline(text) == Dating(DAY, "dateline", "inferred")


@pytest.mark.parametrize(
    "text",
    [
        *("", "SEOUL, Dec. 22 (Yonhap) -- The", "LONDON (Reuters) - The", "December 22, 2025 - The day began"),
        *("On Monday, Dec. 22, 2025 - the", "The fire of Dec. 22, 2025 - the", "Born in Seoul, Dec. 22, 1950 - the"),
        *("WASHINGTON, Dec. 22, 2025 was cold", "They met. WASHINGTON, Dec. 22, 2025 (Reuters) - The"),
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert from_dateline(text) is None


@pytest.mark.parametrize(
    "path",
    [
        *("2025/12/22/title", "2025/12/22", "2025/dec/22/title", "news/2025-12/22/c_12.htm", "a/202512/22/W12.html"),
        *("2025/1222/c9.html", "news/20251222001234", "article/2025122214301234567", "title-2025-12-22/"),
        "view?no=20251222000123",
        *("2025/12/22/report-of-2025-12-20", "2025_12_22_title.html"),
    ],
)  # fmt: skip
def test_a_day_in_a_url(path: str) -> None:
    assert from_url(f"https://news.example/{path}") == Dating(DAY, "URL", "inferred")


@pytest.mark.parametrize("path", ["2025/12/title", "2025/12/10-best-films", "2025/12/", "2025/dec/title"])
def test_a_month_in_a_url_is_a_range(path: str) -> None:
    assert from_url(f"https://news.example/{path}") == Dating(datetime(2025, 12, 1), "URL", "inferred", MONTH_END)


@pytest.mark.parametrize(
    "url",
    [
        *("https://news.example/20251299001234", "https://news.example/12345678", "https://news.example/2025"),
        *("https://news.example/2025/13/22/title", "https://news.example/1234/12/22/title", "https://[news.example/2025"),
        *("https://news.example/2025-12-20-to-2025-12-22", "https://news.example/v2025.12.22.1", "2025", ""),
    ],
)  # fmt: skip
def test_a_url_without_a_day(url: str) -> None:
    assert from_url(url) is None


@pytest.mark.parametrize(
    "name",
    [
        *("2025-12-22_title.txt", "20251222-title.txt", "title.2025-12-22.txt", "2025_12_22.txt", "title20251222.txt"),
        *("archive/2025/12/22/title.html", "2025-12-22/title.txt", "20251222_152900.txt"),
        "old\\2025\\12\\22\\title.txt",
    ],
)  # fmt: skip
def test_a_day_in_a_file_name(name: str) -> None:
    assert from_name(name) == Dating(DAY, "file name", "inferred")


def test_an_old_paper_is_dated_by_its_file_name_but_no_page_by_its_url() -> None:
    assert from_name("1912-04-15_title.txt") == Dating(datetime(1912, 4, 15), "file name", "inferred")
    assert from_url("https://news.example/1912-04-15_title") is None


@pytest.mark.parametrize(
    "name", ["", "title.txt", "000_474d894dadef4681.txt", "12345678.txt", "2025-13-01.txt", "a/../b"]
)
def test_a_file_name_without_a_day(name: str) -> None:
    assert from_name(name) is None


@given(st.text(max_size=120))
def test_nothing_written_is_a_crash(text: str) -> None:
    for read in (from_line, from_dateline, from_url, from_name):
        found = read(text)
        assert found is None or found.until is None or found.moment <= found.until


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 12, 31)))
def test_a_day_is_read_back(moment: datetime) -> None:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    for found in (
        from_url(f"https://news.example/{moment:%Y/%m/%d}/title"),
        from_url(f"https://news.example/{moment:%Y%m%d}0001"),
        from_name(f"{moment:%Y-%m-%d}_title.txt"),
        from_line(f"Published {moment:%d %B %Y}"),
        from_dateline(f"SEOUL, {moment:%B} {moment.day}, {moment.year} (Agency) -- The"),
    ):
        assert found is not None
        assert found.moment == day


def test_the_first_date_counts_not_the_day_of_printing() -> None:
    found = from_line("Veröffentlicht am: 06.10.2023 Print Date: 31.10.2023")
    assert found is not None
    assert (found.moment, found.sure) == (datetime(2023, 10, 6), "stated")
    assert from_line("Printed on 31.10.2023") is None


@pytest.mark.parametrize(
    "line",
    ["Article published: 22.12.2025", "登録：2025.12.22", "Mis en ligne le 22 décembre 2025", "Erstellt am 22.12.2025"],
)
def test_more_labels(line: str) -> None:
    assert from_line(line) == Dating(DAY, f"the line “{line}”", "stated")


def test_a_line_of_a_region() -> None:
    found = from_line("Published: 03/04/2025", day_first=True)
    assert found is not None
    assert found.moment == datetime(2025, 4, 3)
    assert from_line("Published: 03/04/2025") is None
