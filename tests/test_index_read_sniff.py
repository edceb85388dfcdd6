"""What a file is taken for: by its content, then by what it was sent as, then by its suffix."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.registry import BY_SUFFIX, CONTAINERS, FORMATS, container_reader, format_reader
from index.read.sniff import sniff, suffix_of
from index.read.types import Hints, Unreadable

PAGE = "<!doctype html>\n<html><head><title>Bridge</title></head><body><p>It opens.</p></body></html>"
MAIL = "Received: from a by b\r\nFrom: Post <news@post.example>\r\nSubject: Bridge\r\nMIME-Version: 1.0\r\n"


def kind(content: str | bytes, name: str = "a", media_type: str = "") -> str:
    head = content.encode() if isinstance(content, str) else content
    return sniff(head[:65_536], Hints(name, media_type=media_type))


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n\r\n%PDF-1.4\n", "pdf"),
        (zipped("a.txt"), "zip"),
        (zipped(), "zip"),
        (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "docx"),
        (zipped("_rels/.rels", "word/document.xml", "[Content_Types].xml"), "docx"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"BZh91AY&SY", "bzip2"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", "tar"),
        (b"PAR1\x15\x04", "parquet"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "warc"),
        (b"filedesc://a.arc 0.0.0.0 20050101000000 text/plain 69\n", "warc"),
        (PAGE, "html"),
        (f"\ufeff\n {PAGE}", "html"),
        (PAGE.encode("utf-16"), "html"),
        (PAGE.encode("utf-16-le"), "html"),
        (f"<!-- saved from url=(0021)http://post.example/ -->\n{PAGE}", "html"),
        (f"http://post.example/bridge\n\n{PAGE}", "html"),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">\n<html xmlns="y"/>', "html"),
        ("<meta charset=utf-8>\n<p>A page without a head.</p>", "html"),
        ("<div><p>A part of a page.</p></div>", "html"),
        ('<?xml version="1.0"?>\n<!-- made -->\n<rss version="2.0"><channel/></rss>', "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "feed"),
        ('<rdf:RDF xmlns:rdf="x"/>', "feed"),
        ('<?xml version="1.0"?><newsItem guid="x"/>', "newsml"),
        ('<?xml version="1.0"?><n:newsMessage xmlns:n="x"/>', "newsml"),
        ("<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf/>", "newsml"),
        ("<NewsML/>", "newsml"),
        ('{"title": "x"}', "json"),
        ('\n[\n {"title": "x"}]', "json"),
        ('{\n "title": "x"\n}\n', "json"),
        ('{"title": "x"}\n{"title": "y"}\n', "jsonl"),
        ('{"text": "%s"}\n{"text": "y"}\n' % ("word " * 9_000), "jsonl"),
        ("[Reuters] The council met.", "text"),
        ("[\nA list", "text"),
        ("{so it goes}", "text"),
        ("---\ntitle: Bridge\ndate: 2025-05-01\n---\nIt opens.", "markdown"),
        ("---\nNo front matter\n---\nIt opens.", "text"),
        ("From a@b.example Mon May  5 10:00:00 2025\nFrom: a@b.example\nSubject: x\n\nHello\n", "mbox"),
        ("From Monday on, 12:30 is the new time in 2025.\nNote: this is text.", "text"),
        (MAIL + "\r\nHello\r\n", "mail"),
        (MAIL + 'Content-Type: multipart/related; type="text/html"; boundary=x\r\n\r\n--x\r\n', "mail"),
        (
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/\r\nSubject: Bridge\r\n"
            'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\n\r\n',
            "mhtml",
        ),
        ("From: The ministry\nDate: 5 May 2025\nSubject: Bridge\n\nIt opens.", "text"),
        ("title,text,date\nBridge,It opens.,2025-05-01\n", "csv"),
        ("headline;body\nBridge;It opens.\n", "csv"),
        ("Title, text and date, it is said\nwere changed, all of them.", "text"),
        ("The council met on Tuesday.", "text"),
        ("<Table 1> shows what the bridge costs.", "text"),
        ("Der Bürgermeister".encode("cp1252"), "text"),
        ("The council met.".encode("utf-16-be"), "text"),
    ],
)
def test_content_tells_whatever_the_file_is_called(content: str | bytes, expected: str) -> None:
    assert kind(content) == expected
    assert kind(content, "a.txt") == expected
    assert kind(content, "https://post.example/a?b=c.png") == expected


@pytest.mark.parametrize("name", [*FORMATS, *CONTAINERS])
def test_a_suffix_tells_what_the_content_leaves_open(name: str) -> None:
    signed = {*CONTAINERS, "pdf", "docx", "mail", "mbox", "mhtml", "parquet"}  # begin in a way of their own
    for suffix in (FORMATS.get(name) or CONTAINERS[name]).suffixes:
        told = "text" if name in signed else name
        assert kind("a < b", "a" + suffix) == told
        assert kind("a < b", "a" + suffix.upper()) == told
        assert BY_SUFFIX[suffix] == name


def test_a_text_stays_one_under_a_wrong_name() -> None:
    for name in ("a.html", "a.pdf", "a.zip", "a.docx", "a.eml", "a.gz"):
        assert kind("The harbour closes.\nBoats wait.", name) == "text"


def test_a_list_of_records_under_the_name_of_lines() -> None:
    assert kind('[{"text": "a"}, {"text": "b"}]', "a.jsonl") == "json"


@pytest.mark.parametrize("name", [*FORMATS, *CONTAINERS])
def test_every_reader_in_the_table_is_there(name: str) -> None:
    assert callable(format_reader(name) if name in FORMATS else container_reader(name))


def test_content_goes_before_the_suffix() -> None:
    assert kind(PAGE, "a.pdf") == "html"
    assert kind(PAGE, "a.doc") == "html"
    assert kind(b"%PDF-1.7", "a.html") == "pdf"
    assert kind('{"a": 1}\n{"a": 2}\n', "a.json") == "jsonl"
    assert kind('{"a": 1}', "a.jsonl") == "jsonl"
    assert kind('<rss version="2.0"/>', "a.xml") == "feed"


def test_markdown_may_begin_with_a_tag_and_json_may_hold_a_page() -> None:
    assert kind('<div align="center">\n\n# Bridge\n\n</div>', "a.md") == "markdown"
    assert kind(PAGE, "a.md") == "html"
    assert kind('{"text": "<html><body>"}', "a.json") == "json"
    assert kind("title,text\nx,<html><head><body>", "a.csv") == "csv"


def test_code_that_holds_a_page_is_no_page() -> None:
    with pytest.raises(Unreadable, match="program code"):
        kind(f'PAGE = """\n{PAGE}"""', "a.py")
    assert kind(f"A guide\n\n::\n\n    {PAGE}", "a.md") == "markdown"


def test_a_media_type_tells_what_the_content_leaves_open() -> None:
    assert kind("a < b", "http://post.example/a.txt", "text/html; charset=utf-8") == "html"
    assert kind("Words.", "http://post.example/a.md", "text/plain") == "markdown"
    assert kind('{"a": 1}', "http://post.example/a", "text/html") == "json"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.html", "empty"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "an image: text in it is not read"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a", "an image: text in it is not read"),
        ('<?xml version="1.0"?><svg/>', "a.svg", "an image: text in it is not read"),
        (b"\0\0\0\x20ftypisom", "a", "a video"),
        (b"ID3\x04", "a", "a sound recording"),
        (b"\x7fELF\x02", "a", "a program"),
        ("body { margin: 0 }", "a.css", "a web page's style"),
        ("let a = 1", "a.js", "program code"),
        (b"wOF2\0", "a", "a font"),
        (b"\0\0\0\1Bud1\0", "DS_Store", "a folder's settings"),
        ("[x]", "photos/Desktop.ini", "a folder's settings"),
        (b"{\\rtf1\\ansi Hello}", "a.doc", "RTF is not supported: save it as .docx or .txt"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0",
            "a.doc",
            "an old Office file (.doc, .xls, .ppt, .msg): save it as .docx, .csv or .pdf",
        ),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "a spreadsheet: save it as .csv"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a", "a presentation: save it as .pdf"),
        (zipped("META-INF/MANIFEST.MF"), "a.zip", "a program"),
        (b"7z\xbc\xaf\x27\x1c", "a.7z", "7z is not supported: pack it as .zip or .tar.gz"),
        (
            "<?xml version='1.0'?><urlset/>",
            "sitemap.xml",
            "XML of a kind that is not read (<urlset>): readable are RSS, Atom, NewsML-G2 and NITF",
        ),
        (b"\x00\x01\x02\x03\x04", "a", "binary, and nothing that is read; no suffix says no more"),
        (b"\x00\x01\x02\x03\x04", "a.xyz", "binary, and nothing that is read; .xyz says no more"),
    ],
)
def test_what_is_no_article_says_what_it_is(content: str | bytes, name: str, reason: str) -> None:
    with pytest.raises(Unreadable) as told:
        kind(content, name)
    assert str(told.value) == reason


def test_open_document_and_e_books_are_named() -> None:
    for media_type, reason in [
        ("application/vnd.oasis.opendocument.text", "OpenDocument is not supported: save it as .docx or .pdf"),
        ("application/epub+zip", "e-books are not supported: save its pages as .html or .txt"),
    ]:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("mimetype", media_type)
        with pytest.raises(Unreadable, match=reason.replace(".", r"\.")):
            kind(packed.getvalue())


def test_suffixes() -> None:
    assert suffix_of("a/b.C/d.HTM") == ".htm"
    assert suffix_of("https://post.example") == ""
    assert suffix_of("https://post.example/a.php?b=c.html#d.pdf") == ".php"
    assert suffix_of("https://[half") == ""


@given(st.binary(max_size=2000) | st.text(max_size=2000).map(str.encode), st.text(max_size=20), st.text(max_size=20))
def test_any_bytes_are_something_or_refused(head: bytes, name: str, media_type: str) -> None:
    try:
        assert sniff(head, Hints(name, media_type=media_type)) in FORMATS.keys() | CONTAINERS.keys()
    except Unreadable as problem:
        assert "\n" not in str(problem)


@pytest.mark.parametrize(
    "start", ["<!--", "<?", "<!DOCTYPE [", "---\na:\n", "a:b\n", "From: a\n \n", "<!doctype", "{", '"', "[["]
)
def test_no_beginning_takes_long(start: str) -> None:
    kind((start * 65_536)[:65_536])
