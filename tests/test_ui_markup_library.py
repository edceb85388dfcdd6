from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from lxml.html import HtmlElement, fragment_fromstring
from ui_fakes import BILL, BRIDGE, FERRY, an_article

from index.counts import Months, Stats
from index.injection.signs import Sign
from index.read.report import ReadingReport
from index.read.types import Skipped, Suspicion
from index.update import Changes
from ui.doctor import Finding
from ui.library.additions import Addition
from ui.library.holdings import Holdings, Listing
from ui.library.uploads import Bounds
from ui.markup.additions import addition, intake, refused
from ui.markup.library import findings, holdings, listing, removed

EVIL = "</td></li><script>x</script><img src=x onerror='x'>\"'\u202e${x}{{x}}"
"""Closes, opens, quotes, reorders, and means something to a template."""


def tree(html: str) -> HtmlElement:
    return fragment_fromstring(html, create_parent="main")


def words(html: str) -> str:
    return re.sub(r"\s+", " ", tree(html).text_content()).strip()


def rows(html: str, caption: str) -> list[tuple[str, str, str]]:
    """Name, number and share of each bar in a table."""
    (table,) = [each for each in tree(html).iter("table") if each.findtext("caption") == caption]
    return [
        (row.find("th").text_content(), row.find("td/span").text, row.find("td/i").get("style"))
        for row in table.iter("tr")
    ]


def held(
    outlets: dict[str, int], months: Sequence[tuple[date, int]] = (), undated: int = 0, extra: int = 0
) -> Holdings:
    count = sum(outlets.values()) + extra
    first, last = datetime(2024, 9, 2), datetime(2026, 3, 1)
    return Holdings(Stats(count, 3 * count, (), first, last, undated, "e", 1), outlets, Months(tuple(months), undated))


def test_what_is_held_by_outlet() -> None:
    html = holdings(held({"Echo": 5, "Post": 20, "Herald": 5}, extra=10))

    assert rows(html, "Articles by outlet") == [
        ("Post", "20", "--share:1.000"),
        ("Echo", "5", "--share:0.250"),
        ("Herald", "5", "--share:0.250"),
        ("no outlet known", "10", "--share:0.500"),
    ]
    assert "40 articles, 120 passages, 2 September 2024 to 1 March 2026" in words(html)


def test_many_outlets_are_folded() -> None:
    html = holdings(held({f"Outlet {n:02}": 30 - n for n in range(13)}))

    assert len(rows(html, "Articles by outlet")) == 10
    assert [name for name, _, _ in rows(html, "More outlets")] == ["Outlet 10", "Outlet 11", "Outlet 12"]
    assert tree(html).find(".//details/summary").text == "3 more"


def test_what_is_held_by_month_the_latest_first() -> None:
    html = holdings(held({"Post": 7}, [(date(2025, 12, 1), 4), (date(2026, 2, 1), 2)], undated=1))

    assert rows(html, "Articles by month") == [
        ("February 2026", "2", "--share:0.500"),
        ("January 2026", "0", "--share:0.000"),
        ("December 2025", "4", "--share:1.000"),
        ("undated", "1", "--share:0.250"),
    ]


def test_an_empty_archive() -> None:
    nothing = Holdings(Stats(0, 0, (), None, None, 0, "e", 0), {}, Months())

    assert words(holdings(nothing)) == "What the archive holds0 articles, 0 passages"
    assert "There are no articles." in words(listing(Listing("", (), 0)))


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Listing("", (BRIDGE, BILL), 852), "The newest 2 of 852 articles"),
        (Listing("", (BRIDGE,), 1, is_new=True), "1 article added just now"),
        (Listing("", (BRIDGE, BILL), 3, is_new=True), "2 of 3 articles added just now"),
        (Listing("tram", (), 0), "No article was found for “tram”. Try fewer words."),
        (Listing("bridge", (BRIDGE, BILL), 2), "2 articles for “bridge”"),
        (Listing("bridge", (BRIDGE,), 1), "1 article for “bridge”"),
        (Listing("bridge", (BRIDGE,), 60), "1 of 60 articles for “bridge”: more words find fewer"),
        (Listing("the", (BRIDGE,), None), "1 of many articles for “the”: more words find fewer"),
        (Listing("after:x", (), 0, trouble="'x' is not a date"), "'x' is not a date"),
    ],
)
def test_a_list_says_what_it_is(found: Listing, told: str) -> None:
    assert tree(listing(found)).xpath("string(.//p[@class='hint'])") == told


def test_articles_can_be_removed_only_where_it_is_allowed() -> None:
    found = Listing("", (BRIDGE, FERRY), 2)
    assert tree(listing(found)).findall(".//li//button") == []

    page = tree(listing(found, uploaded=lambda origin: origin == "ferry.txt"))
    bridge, ferry = page.iter("li")
    assert [each.get("data-id") for each in page.findall(".//li//button[@data-act='remove']")] == ["bridge", "ferry"]
    assert "Its file stays where it is; indexing it again brings it back: bridge.txt" in bridge.text_content()
    assert "The uploaded file goes with it" in ferry.text_content()
    assert bridge.find(".//summary").get("aria-label") == "Remove Harbour bridge to reopen in May"
    assert [each.get("href") for each in page.iter("a")] == ["https://harbourpost.example/bridge"]  # no javascript:


def test_a_path_is_shown_in_short() -> None:
    article = replace(BRIDGE, origin="/home/somebody/news/2024/a.txt")

    assert tree(listing(Listing("", (article,), 1))).xpath("string(.//bdi[@class='origin'])") == "2024/a.txt"


def test_what_was_removed_is_told() -> None:
    assert removed([BRIDGE]) == "Taken out of the archive: “Harbour bridge to reopen in May”"
    assert removed([]) == "It is not in the archive any more."


def test_findings_the_worst_first_the_good_ones_folded() -> None:
    found = [
        Finding("python", "good", "3.11"),
        Finding("bf16", "note", "answers are slower"),
        Finding("archive", "wrong", "2 passages belong to no article", "rm -r news && onrecord index FOLDER"),
    ]
    page = tree(findings(found))

    assert [each.text_content() for each in page.findall(".//div/ul/li")] == [
        "archive wrong 2 passages belong to no articleTo mend it: rm -r news && onrecord index FOLDER",
        "bf16 worth knowing answers are slower",
    ]
    assert page.find(".//details/summary").text == "1 is as it should be"
    assert "Looking" not in page.text_content()
    assert "All is well" not in page.text_content()


def test_findings_on_the_way_and_none() -> None:
    fine = [Finding("python", "good", "3.11"), Finding("cores", "good", "2")]

    assert "Looking …" in words(findings(fine, is_over=False))
    assert "All is well." not in words(findings(fine, is_over=False))
    assert "All is well. 2 are as they should be" in words(findings(fine)).replace("well.2", "well. 2")
    assert tree(findings(None)).find(".//div[@role='status']").text_content() == ""


def test_where_nothing_may_be_uploaded_it_is_said_how_that_changes() -> None:
    assert "onrecord serve --allow-upload" in words(intake(None, (".txt",)))
    assert tree(intake(None, (".txt",))).findall(".//input") == []

    page = tree(intake(Bounds(3, 2_500_000, 10**10), (".txt", ".pdf")))
    assert "At once at most 3 files, 2.5 MB each, 10 GB in all." in page.text_content()
    assert "Read are .txt, .pdf." in page.text_content()
    assert len(page.findall(".//input[@type='file']")) == 2


PLACE = Path("/archive/uploads/2026-03-25-120000")
CHANGES = Changes(2, 0, 1, 12, (Skipped(f"{PLACE}/two.jsonl#2", "the same article has the id 'x' already"),), 1, 2)
REPORT = ReadingReport(
    formats=(("html", 3),),
    skipped=(Skipped(f"{PLACE}/news/broken.pdf", "damaged"),),
    undated=(f"{PLACE}/a.html",),
    future=((f"{PLACE}/b.html", datetime(2031, 1, 2)),),
    suspicious=(Suspicion(f"{PLACE}/c.html", "text", Sign(3, 9, "order", "ignore")),),
)
END = Addition(PLACE, 4, 4, 1, 3, 12, is_over=True, report=REPORT, changes=CHANGES, added=("a", "b"))


def test_how_far_reading_is() -> None:
    now = Addition(PLACE, files=120, files_read=40, skipped=3, articles=32, passages=210)
    page = tree(addition(now))

    assert page.findtext(".//p") == "Read 40 of 120 files, 3 skipped; indexed 32 articles, 210 passages"
    assert dict(page.find(".//progress").attrib) == {"max": "120", "value": "40", "aria-label": "Files read"}
    assert page.find(".//button[@data-act='stop']").text == "Stop"
    assert "Stopping after the articles at hand" in words(addition(replace(now, stopping=True)))
    assert tree(addition(replace(now, stopping=True))).find(".//button") is None


def test_the_report_in_the_words_of_the_terminal() -> None:
    page = tree(addition(END))

    (status,) = page.xpath(".//p[@role='status']")
    assert list(status.itertext()) == [
        "2 added, 0 updated, 1 unchanged, 2 skipped; 12 new passages",
        "3 articles read (3 html); 1 undated; 1 with words meant for a language model",
        "2 copies and versions of 1 article in the archive",
    ]
    folds = {fold.findtext("summary"): [li.text_content() for li in fold.iter("li")] for fold in page.iter("details")}
    assert folds["2 skipped"] == ["news/broken.pdf: damaged", "two.jsonl#2: the same article has the id 'x' already"]
    assert folds["1 undated"] == ["a.html"]
    assert folds["1 dated in the future"] == ["b.html: 2 January 2031"]
    assert folds["1 with words meant for a language model, which are no evidence"] == [
        "c.html: text, 3–9: tells a language model what to do: ignore"
    ]


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (replace(END, stopping=True), "Stopped before the end. What was indexed before is kept; the rest was removed."),
        (replace(END, trouble="the disk is full", changes=None), "the disk is full What was indexed before is kept."),
        (
            replace(END, report=replace(REPORT, formats=())),
            "No article was found in these files; they were removed again.",
        ),
    ],
)
def test_an_end_before_the_end_is_told_first(end: Addition, told: str) -> None:
    assert tree(addition(end)).xpath("string(.//p[@class='trouble'])") == told
    assert tree(addition(END)).find(".//p[@class='trouble']") is None


def test_a_long_report_is_cut() -> None:
    many = replace(REPORT, skipped=tuple(Skipped(f"{PLACE}/{n}", "damaged") for n in range(250)))
    fold = tree(addition(replace(END, report=many))).find(".//details")

    assert fold.findtext("summary") == "251 skipped"
    assert [li.text_content() for li in fold.iter("li")][-2:] == ["99: damaged", "and 151 more"]


def test_whatever_it_says_it_is_only_text() -> None:
    article = an_article(EVIL, EVIL, EVIL, EVIL, url="javascript:x")
    skipped = replace(REPORT, skipped=(Skipped(f"{PLACE}/{EVIL}", EVIL),), undated=(EVIL,))
    pages = [
        holdings(held({EVIL: 1})),
        listing(Listing(EVIL, (article,), 1), uploaded=lambda _: False, notice=EVIL),
        listing(Listing(EVIL, (), 0)),
        findings([Finding(EVIL, "wrong", EVIL, EVIL)]),
        addition(replace(END, report=skipped)),
        addition(replace(END, trouble=EVIL)),
        refused(EVIL),
    ]
    for html in pages:
        page = tree(html)
        assert page.xpath("//script | //img | //*[@onerror]") == []
        assert "<script>x</script>" in page.text_content()
        assert "\u202e" not in page.text_content() + "".join(page.xpath("//@aria-label"))
    (button,) = tree(pages[1]).findall(".//button[@data-act='remove']")
    assert button.get("data-id") == EVIL
