"""PDF: columns, paragraphs over lines and pages, mended words, headers; what cannot be read says why."""

import io
from collections.abc import Sequence
from textwrap import wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.read.formats import pdf
from index.read.printed.hyphens import Words
from index.read.types import Fault, Fields, Hints, Unreadable

Placed = tuple[float, float, float, str]
"""Left, bottom and size in points, and the words."""


def make(
    pages: Sequence[Sequence[Placed]], *, properties: str = "", turn: str = "1 0 0 1", picture: bool = False
) -> bytes:
    """A PDF of lines in Courier, whose letters are 0.6 wide; `picture` fills the last page with a grey square."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for at, page in enumerate(pages):
        said = "".join(f"BT /F1 {size} Tf {turn} {x} {y} Tm ({words}) Tj ET\n" for x, y, size, words in page)
        if picture and at == len(pages) - 1:
            said += "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q\n"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>",
            f"<< /Length {len(said.encode('cp1252'))} >>\nstream\n{said}endstream",
        ]
    objects.append(f"<< {properties} >>")
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


def column(text: str, left: float, top: float, *, width: int = 40, size: float = 10) -> list[Placed]:
    """Lines one under the other; a word may be broken, as in "infor-|mation", where "|" stands."""
    lines = [line for part in text.split("|") for line in wrap(part, width, break_on_hyphens=False)]
    return [(left, top - 12 * at, size, line) for at, line in enumerate(lines)]


def found(data: bytes) -> list[Fields | Fault]:
    return list(pdf.read(io.BytesIO(data), Hints("a.pdf")))


def fields(data: bytes) -> Fields:
    (one,) = found(data)
    assert isinstance(one, Fields), one
    return one


LEFT = (
    "The harbour of Ostwick will be closed for three weeks in spring while divers repair the oldest of its quays, the "
    "port authority said. Ferries will leave from the northern pier instead, and"
)
RIGHT = (
    "fishing boats may use the marina free of charge. The work had been put off twice because of storms and because "
    "the money for it was missing until the autumn, when the province agreed to pay half of it."
)


def test_columns_are_read_one_after_the_other_whatever_the_order_of_the_file() -> None:
    headline = (60.0, 740.0, 24.0, "Ostwick closes its harbour for three weeks")
    left, right = column(LEFT, 60, 700), column(RIGHT, 330, 700)
    rows = [line for pair in zip(left, right, strict=False) for line in pair]
    rows += left[len(right) :] + right[len(left) :]
    for lines in ([headline, *left, *right], [*right, headline, *left], [headline, *rows]):
        one = fields(make([lines]))
        assert one.text == f"Ostwick closes its harbour for three weeks\n\n{LEFT} {RIGHT}"
        assert (one.title, dict(one.given_by)["title"]) == (
            "Ostwick closes its harbour for three weeks",
            "the largest type",
        )


def test_the_rows_of_a_table_stay_rows() -> None:
    cells = [
        ("Ward", "Votes", "Share"),
        ("North", "1,204", "31.5"),
        ("South", "988", "25.9"),
        ("Quays", "1,630", "42.6"),
    ]
    lines = [
        (60.0 + 150 * at, 700.0 - 20 * row, 10.0, cell) for row, r in enumerate(cells) for at, cell in enumerate(r)
    ]
    assert fields(make([lines])).text.split("\n\n") == [" ".join(row) for row in cells]


def test_paragraphs_end_where_a_line_is_short_or_the_next_one_begins_apart() -> None:
    first = wrap(LEFT + " buses will run.", 60)
    second, third = wrap(RIGHT, 60), ["Talks go on."]
    lines, y = [], 700.0
    for number, line in enumerate([*first, *second, *third]):
        y -= 24 if number == len(first) + len(second) else 12
        lines.append((60.0 + 14 * (number == len(first)), y, 10.0, line))  # the second paragraph is indented
    assert fields(make([lines])).text.split("\n\n") == [" ".join(first), " ".join(second), "Talks go on."]


def test_words_broken_at_a_line_end_are_mended() -> None:
    text = (
        "A well-known and long-standing plan for more infor-|mation on the co-ordinated use of all the water in the "
        "long-|term, said the so-called friends of the river, who had never seen the co-|ordinated use of it in winter "
        "or any other season of the year, nor the Ost-|Wick canal, whose banks had been over-|grown for years by then."
    )
    expected = text.replace("infor-|m", "inform").replace("over-|g", "overg").replace("|", "")
    lines, y = [], 700.0
    for part in text.split("|"):
        for line in wrap(part, 50, break_on_hyphens=False):
            lines.append((60.0, y, 10.0, line))
            y -= 12
    widest = max(len(line) for *_, line in lines)
    assert widest <= 50
    mended = " ".join(fields(make([lines])).text.split())
    assert mended == expected


@pytest.mark.parametrize(
    ("text", "before", "after", "mended"),
    [
        ("", "infor-", "mation.", "information."),
        ("", "long-", "term", "long-term"),
        ("a longterm plan", "long-", "term", "longterm"),
        ("a news-paper of old", "news-", "paper", "news-paper"),
        ("", "Franco-", "German", "Franco-German"),
        ("", "COVID-", "19", "COVID-19"),
        ("", "gov\u00ad", "ernment", "government"),
        ("state-of-the-art", "a state-of-the-", "art", "a state-of-the-art"),
        ("", "5-", "4 decision", "5-4 decision"),
        ("the day, world", "stop-the-", "world", "stop-the-world"),
        ("self and the", "self-determi-", "nation", "self-determination"),
    ],
)
def test_a_hyphen_stays_where_it_belongs(text: str, before: str, after: str, mended: str) -> None:
    assert Words([text]).mended(before, after) == mended


def test_headers_and_page_numbers_leave_the_text_and_paragraphs_go_on() -> None:
    long = f"{LEFT} {RIGHT} {RIGHT.replace('the ', 'this ')} {LEFT.lower()} others too."
    lines = column(long, 60, 700, width=80)
    pages = [
        [(60.0, 770.0, 8.0, "The Ostwick Post"), *part, (300.0, 30.0, 8.0, str(number))]
        for number, part in ((7, lines[:4]), (8, [(x, y + 48, s, w) for x, y, s, w in lines[4:]]))
    ]
    one = fields(make(pages))
    assert one.text == f"The Ostwick Post\n\n{long}"
    assert [(m.kind, one.text[m.start : m.end]) for m in one.marked] == [("header", "The Ostwick Post")]


def test_what_a_browser_prints_around_a_page() -> None:
    pages = [
        [
            (30.0, 785.0, 8.0, "3.12.25, 15:29"),
            *column(text, 60, 700, width=80),
            (30.0, 10.0, 8.0, "https://ostwick.example/harbour"),
            (560.0, 10.0, 8.0, f"{number}/2"),
        ]
        for number, text in ((1, f"{LEFT} all."), (2, RIGHT))
    ]
    one = fields(make(pages))
    assert one.url == "https://ostwick.example/harbour"
    assert one.text == f"{LEFT} all.\n\n{RIGHT}"
    assert one.dating is None


@pytest.mark.parametrize(("turn", "step"), [("0 1 -1 0", (12, 0)), ("-1 0 0 -1", (0, 12)), ("0 -1 1 0", (-12, 0))])
def test_turned_lines_are_read_as_one_reads_them(turn: str, step: tuple[float, float]) -> None:
    lines = [(300 + step[0] * at, 400 + step[1] * at, 10.0, line) for at, line in enumerate(wrap(LEFT, 40))]
    assert fields(make([lines], turn=turn)).text == LEFT


def test_properties() -> None:
    given = "/Title (Harbour to close) /Author (Jane Doe and John Roe) /CreationDate (D:20250102120000Z)"
    one = fields(make([[(60, 700, 10, "Harbour to close"), *column(LEFT, 60, 650)]], properties=given))
    assert (one.title, one.authors, one.dating) == ("Harbour to close", ("Jane Doe", "John Roe"), None)
    junk = "/Title (Microsoft Word - story.docx) /Author (Administrator)"
    one = fields(make([column(LEFT, 60, 650)], properties=junk))
    assert (one.title, one.authors) == ("", ())


def test_a_picture_of_a_page_is_named() -> None:
    one, fault = found(make([column(LEFT, 60, 700), []], picture=True))
    assert isinstance(one, Fields)
    assert fault == Fault("page 2 is a picture: if it is scanned, it needs text recognition (OCR) first", 2)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (make([column(LEFT, 60, 700)])[:-200], "cut off: it does not end as a PDF does"),
        (make([[]], picture=True), "no text: scanned pages need text recognition (OCR) first"),
        (b"%PDF-1.4\nnothing\n%%EOF", "damaged: Failed to load document (PDFium: Data format error)."),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        found(data)
    assert str(problem.value) == reason


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 1500), st.booleans())
def test_no_bytes_do_harm(noise: bytes, at: int, whole: bool) -> None:
    data = make([column(LEFT, 60, 700)])
    data = b"%PDF-1.4\n" + noise + b"\n%%EOF" if whole else data[:at] + noise + data[at + len(noise) :]
    try:
        found(data)
    except Unreadable as problem:
        assert "\n" not in str(problem)
