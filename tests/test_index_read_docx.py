"""Word files: order of paragraphs and tables, tracked changes, text boxes, properties; what cannot be read says why."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from index.read.formats import docx
from index.read.types import Fields, Hints, Unreadable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def fields(data: bytes) -> Fields:
    (one,) = docx.read(io.BytesIO(data), Hints("a.docx"))
    return one


def test_paragraphs_headings_and_tables_in_order() -> None:
    document = Document()
    document.add_paragraph("Harbour to close", style="Title")
    document.add_paragraph("Jane Doe")
    document.add_heading("Why", 1)
    document.add_paragraph("Divers repair\ta quay.\nThen it opens.")
    table = document.add_table(2, 2)
    for cell, words in zip((c for row in table.rows for c in row.cells), ("Pier", "Days", "North", "21"), strict=True):
        cell.text = words
    document.add_paragraph("The quay in June", style="Caption")
    document.add_paragraph(" ")
    document.add_paragraph("The end.")
    one = fields(saved(document))
    assert one.text.split("\n\n") == [
        "Harbour to close",
        "Jane Doe",
        "Why",
        "Divers repair\ta quay.\nThen it opens.",
        "Pier | Days",
        "North | 21",
        "The quay in June",
        "The end.",
    ]
    assert [(each.kind, one.text[each.start : each.end]) for each in one.marked] == [("caption", "The quay in June")]
    assert (one.title, dict(one.given_by)["title"]) == ("Harbour to close", "Title style")


def test_cells_of_several_paragraphs_are_a_layout() -> None:
    document = Document()
    cell = document.add_table(1, 2).rows[0].cells
    cell[0].text = "One.\nTwo."
    cell[0].add_paragraph("Three.")
    cell[1].text = "Aside."
    assert fields(saved(document)).text == "One.\nTwo.\n\nThree.\n\nAside."


def test_what_is_inserted_counts_and_what_is_deleted_does_not() -> None:
    document = Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {W}><w:r><w:t>It is </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>still </w:t></w:r></w:ins>"
            "<w:hyperlink><w:r><w:t>o</w:t><w:t>pen</w:t></w:r></w:hyperlink>"
            "<w:sdt><w:sdtContent><w:r><w:t>.</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        ),
    )
    assert fields(saved(document)).text == "It is still open."


def test_a_text_box_is_read_once() -> None:
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    document.element.body.insert(
        0,
        parse_xml(
            f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            "<w:r><w:t>Outside.</w:t></w:r>"
            f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert fields(saved(document)).text == "Outside.\n\nIn the box."


def test_properties() -> None:
    document = Document()
    document.add_paragraph("Text.")
    document.core_properties.title = "Harbour to close"
    document.core_properties.author = "Jane Doe; John Roe"
    document.core_properties.language = "en-GB"
    one = fields(saved(document))
    assert (one.title, one.authors, one.language) == ("Harbour to close", ("Jane Doe", "John Roe"), "en")
    assert one.dating is None
    document.core_properties.title, document.core_properties.author = "Document1", "Microsoft Office User"
    one = fields(saved(document))
    assert (one.title, one.authors) == ("", ())


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"word/{number}.xml", b"\0" * 80_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an old Word file (.doc): save it as .docx"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "encrypted: save it without a password",
        ),
        (saved(Document())[:-40], "damaged or cut off: File is not a zip file"),
        (saved(Document()), "no text"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        fields(data)
    assert str(problem.value) == reason


def test_a_bomb_is_refused_unopened() -> None:
    with pytest.raises(Unreadable, match="unpacks to 228 MB in 3 parts, more than any article has"):
        fields(bomb())


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 40_000))
def test_no_bytes_do_harm(noise: bytes, at: int) -> None:
    document = Document()
    document.add_paragraph("Text.")
    data = saved(document)
    try:
        fields(data[:at] + noise + data[at + len(noise) :])
    except Unreadable as problem:
        assert "\n" not in str(problem)
