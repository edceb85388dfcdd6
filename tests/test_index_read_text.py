"""Text and Markdown files: headline, header lines, front matter, and the text of the reporting."""

from datetime import datetime
from pathlib import Path

import pytest

from index.read import read
from index.types import Article

BODY = "\n\nThe council met on Tuesday. It voted for the bridge."


def text_file(folder: Path, content: str, name: str = "a.txt") -> Article:
    (folder / name).write_text(content, encoding="utf-8")
    (found,) = read([folder])
    assert isinstance(found, Article), found
    return found


def markdown(folder: Path, content: str) -> Article:
    return text_file(folder, content, "a.md")


def test_header_lines_are_understood(tmp_path: Path) -> None:
    content = (
        "\n\nHarbour bridge to open in May\nBy Jane Doe and Jan de la Cruz\n\nUpdated: 24 Dec. 2025\n"
        "Published: 22 Dec. 2025, 15:29\nOutlet: The Harbour Post\nhttps://post.example/bridge/\n" + BODY + "\n\n"
    )
    article = text_file(tmp_path, content)
    assert article.title == "Harbour bridge to open in May"
    assert article.authors == ("Jane Doe", "Jan de la Cruz")
    assert article.published == datetime(2025, 12, 22, 15, 29)
    assert article.source == "The Harbour Post"
    assert article.url == "https://post.example/bridge/"
    assert article.id == "https://post.example/bridge"
    assert article.text == BODY.strip()
    assert [line.kind for line in article.removed] == ["headline", *["header"] * 5]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Will the bridge hold?", "Will the bridge hold?"),
        ("The bridge holds!", "The bridge holds!"),
        ("Mayor: “We are ready”", "Mayor: “We are ready”"),
        ("The council met on Monday.", ""),
        ("The mayor said “we are ready.”", ""),
        ("Trade, tariffs and", "Trade, tariffs and"),
        ("The council, which had met on Monday,", ""),
        ("The mayor at the bridge on Nov. 21 (local time). /Courtesy of Example News", ""),
        ("The mayor at the bridge. Example Photo", ""),
        ("Bridge " * 21 + "end", "Bridge " * 21 + "end"),
        ("Bridge " * 21 + "ends", ""),
    ],
)
def test_which_first_lines_are_headlines(tmp_path: Path, first: str, title: str) -> None:
    assert text_file(tmp_path, first + BODY).title == title


def test_a_line_alone_is_a_text_without_a_headline(tmp_path: Path) -> None:
    assert text_file(tmp_path, "Harbour bridge opens\n").title == ""


def test_header_lines_above_the_headline(tmp_path: Path) -> None:
    article = text_file(
        tmp_path, "URL: http://h.example/1\nSource: http://h.example/2\nDate: 2025-12-22\nHarbour bridge opens" + BODY
    )
    assert (article.title, article.url, article.source) == ("Harbour bridge opens", "http://h.example/1", "h.example")
    assert article.published == datetime(2025, 12, 22)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By JANE DOE", ("JANE DOE",)),
        ("BY Jane Doe, John Q. Roe and Émile Zola", ("Jane Doe", "John Q. Roe", "Émile Zola")),
        ("By Ludwig van Beethoven & Park Il-jun", ("Ludwig van Beethoven", "Park Il-jun")),
        ("By Friday", ()),
        ("By the end of the year", ()),
        ("By Friday Night the council had met", ()),
        ("By Friday Night, the council had met.", ()),
    ],
)
def test_bylines(tmp_path: Path, line: str, authors: tuple[str, ...]) -> None:
    assert text_file(tmp_path, f"Harbour bridge opens\n{line}" + BODY).authors == authors


def test_header_lines_end_where_the_reporting_begins(tmp_path: Path) -> None:
    assert text_file(tmp_path, "Harbour bridge opens\nA standfirst.\nDate: 2025-12-22" + BODY).published is not None
    listing = "Harbour bridge opens" + 2 * BODY + "\n\nDate: 2025-12-22\n\nTickets at the door." + BODY
    assert text_file(tmp_path, listing).published is None
    assert "Date: 2025-12-22" in text_file(tmp_path, listing).text


def test_the_time_of_the_file_is_no_date(tmp_path: Path) -> None:
    assert text_file(tmp_path, "Harbour bridge opens\nDate: to be announced" + BODY).published is None


def test_front_matter(tmp_path: Path) -> None:
    article = markdown(
        tmp_path,
        "---\ntitle: 1984\nauthors: [Jane Doe, 'Roe, Inc.']\ndate: 20251222\noutlet: No\nlink: https://h.example/a\n"
        "text: not the article\nsection: ~\n---\n# Another title\n\nThe body.",
    )
    assert article.title == "1984"
    assert article.authors == ("Jane Doe", "Roe, Inc.")
    assert article.published == datetime(2025, 12, 22)
    assert article.source == "No"
    assert (article.id, article.url) == ("https://h.example/a", "https://h.example/a")
    assert article.text == "Another title\n\nThe body."


def test_an_id_in_the_front_matter_is_kept(tmp_path: Path) -> None:
    assert markdown(tmp_path, "---\nid: 007\ntitle: null\n---\nThe body.").id == "007"


def test_what_the_front_matter_leaves_out_is_looked_for_below(tmp_path: Path) -> None:
    article = markdown(
        tmp_path,
        "---\nsource: The Post\n---\n**Published:** 22 Dec. 2025\n*By Jane Doe*\n\n# The *title* [here](x)\n\nBody.",
    )
    assert (article.title, article.authors) == ("The title here", ("Jane Doe",))
    assert (article.published, article.source) == (datetime(2025, 12, 22), "The Post")


def test_text_between_rules_is_no_front_matter(tmp_path: Path) -> None:
    article = markdown(tmp_path, "---\n\nHarbour bridge opens\n\n---\n\nThe body.")
    assert (article.title, article.text) == ("Harbour bridge opens", "The body.")


def test_markdown_becomes_plain_text(tmp_path: Path) -> None:
    article = markdown(
        tmp_path,
        "Title\n=====\n\nA **bold** and _thin_ snake_case_word, a [link](http://h.example/a_(b)) and\n"
        "<http://h.example/>, an ![image](i.png)`code` 5 \\* 3 &amp; <b>more</b>.<!-- not\nthis -->  \nNew line.\n\n"
        "<!-- nor\n\nthis -->\n\n> A quotation\n> goes on.\n\n- one\n- two\n\n3. three\n\n"
        "```python\nx = [1]\n\ny\n```\n\n"
        "<div>\nin a &lt;box&gt;</div>\n\n<script>\nvar hidden;\n</script>\n\n| a | b |\n\n## Last *heading* ##\n",
    )
    assert article.title == "Title"
    assert article.text.split("\n\n") == [
        "A bold and thin snake_case_word, a link and http://h.example/, an code 5 * 3 & more.\nNew line.",
        "A quotation goes on.",
        "- one",
        "- two",
        "3. three",
        "x = [1]",
        "y",
        "in a <box>",
        "| a | b |",
        "Last heading",
    ]


@pytest.mark.parametrize("content", ["<" * 100_000, "<!--" * 50_000, "*a " * 20_000, "> " * 5_000 + "a", "[" * 20_000])
def test_hostile_markdown_is_read_in_time(tmp_path: Path, content: str) -> None:
    assert len(markdown(tmp_path, "Text first.\n\n" + content).text) > 10
