"""The exported page: safe, whole, and with the bundle in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from made_bundles import LAW, answers, bundle_of
from ui_fakes import BILL, BRIDGE, E_BILL, E_BRIDGE, SENTENCES, an_answer, cite

from index.errors import BundleError
from index.types import Removed
from rag.bundle import Bundle, parse, written
from rag.types import Answer, Disagreement, Query, Sentence, Side
from ui.keeping.export import opened, page
from ui.keeping.export.embedded import embedded
from ui.keeping.history import History

VOID = {"meta", "br", "link", "img", "input"}
ALLOWED = {"html", "head", "meta", "title", "style", "body", "header", "h1", "span", "p", "main", "section", "h2", "ul",
           "li", "q", "sup", "a", "div", "figure", "blockquote", "figcaption", "ol", "bdi", "cite", "mark", "footer",
           "code", "script"}  # fmt: skip


class Reader(HTMLParser):
    """The tags of a page, opened and closed in order, with their attributes; and the text that is shown."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    @property
    def shown(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.text))


def assert_harmless(source: str) -> Reader:
    """Nothing runs, nothing is asked for, nothing but our own markup is there."""
    reader = Reader(source)
    assert reader.open == []
    assert {tag for tag, _ in reader.tags} <= ALLOWED
    for tag, attributes in reader.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "srcset")]
        if (href := attributes.get("href")) is not None:
            assert tag == "a"
            assert re.match(r"https?://|#q\d+-\d+$", href)
            assert href.startswith("#") or attributes["rel"] == "noopener noreferrer"
    assert [attributes["type"] for tag, attributes in reader.tags if tag == "script"] == ["application/json"]
    return reader


def test_a_question_with_all_that_was_said_to_it() -> None:
    query = Query("When does it reopen?", "When does the bridge reopen?", date(2026, 3, 20))
    reader = assert_harmless(page(bundle_of(replace(an_answer("When does it reopen?"), query=query))))

    assert "1 question to an archive of 3 articles, kept on 7 May 2031" in reader.shown
    assert "searched: When does the bridge reopen?as of: 20 March 2026" in reader.shown
    assert "It reopens on 4 May after repairs for 12.4 million crowns.1" in reader.shown
    assert "Harbour Post · Harbour bridge to reopen in May · 14 March 2026 (: 2026-03-14" in reader.shown
    assert "characters 23–128 of 128 in bridge" in reader.shown
    assert "Untitled" not in reader.shown  # the ferry is not cited
    targets = {attributes["id"] for _, attributes in reader.tags if "id" in attributes}
    assert {href[1:] for _, a in reader.tags if (href := a.get("href")) and href[0] == "#"} <= targets
    marked = re.findall(r"<mark>(.*?)</mark>", page(bundle_of(an_answer("?"))))
    assert marked == [
        "The bridge will reopen on 4 May, the port authority said.",
        "Repairs to the cables cost 12.4 million crowns.",
        "Councillor Mara Lind called the rise “hard to explain”.",
    ]


def test_a_quotation_is_shown_in_its_paragraph() -> None:
    shown = Reader(page(bundle_of(an_answer("When?", SENTENCES[:1], (E_BRIDGE,))))).shown

    assert f"{BRIDGE.text}characters 23–128" in shown


def test_how_a_date_is_known_and_what_is_to_be_known_of_a_source_are_said() -> None:
    article = replace(
        BRIDGE,
        published=datetime(2026, 3, 14, 9),
        published_from="URL",
        published_sure="inferred",
        removed=(Removed("translation", "Translated by AI", 0),),
    )
    evidence = replace(E_BRIDGE, article=article, also_in=("Echo", "Post"))

    shown = Reader(page(bundle_of(an_answer("When?", SENTENCES[:1], (evidence,))))).shown

    assert "14 March 2026 (URL: 2026-03-14T09:00:00, not stated as the date of publication)" in shown
    assert "Translated by AIalso in 2 outlets (Echo, Post)" in shown


def test_reports_that_differ_stand_side_by_side() -> None:
    sides = tuple(
        Side(value, Sentence(e.text, (cite(e, e.text),), "quoted"))
        for value, e in (("12.4 million", E_BRIDGE), ("hard", E_BILL))
    )
    answer = replace(
        an_answer("How much?"), disagreements=(Disagreement("number", sides),), unsaid=(Query("?", "Why?"),)
    )

    source = page(bundle_of(answer))

    assert source.count("<figure>") == 2
    assert "“12.4 million”, says Harbour Post (14 March 2026)1" in Reader(source).shown
    assert "The archive does not say: Why?" in Reader(source).shown


def test_a_refusal_shows_what_comes_nearest() -> None:
    closest = Sentence(BILL.text, (cite(E_BILL, BILL.text),), "quoted")
    refused = replace(an_answer("Who painted it?", ()), closest=(closest,))

    reader = assert_harmless(page(bundle_of(refused)))

    assert "The archive does not say.The nearest that it says" in reader.shown
    assert [a["value"] for tag, a in reader.tags if tag == "li" and "value" in a] == ["1", "2", "3"]
    assert "<mark>Councillor Mara Lind called the rise “hard to explain”.</mark>" in page(bundle_of(refused))


def test_an_answer_fresh_from_the_archive_needs_no_keeping_first() -> None:
    bundle = bundle_of(fresh := an_answer("When?"))

    assert page(replace(bundle, exchanges=(fresh,))) == page(bundle)
    assert written(replace(bundle, exchanges=(fresh,))) == written(bundle)


def test_a_web_address_is_linked_and_no_other() -> None:
    refused = page(bundle_of(an_answer("?", ())))

    assert [a["href"] for tag, a in Reader(refused).tags if tag == "a"] == ["https://harbourpost.example/bridge"]


def test_the_policy_lets_nothing_in_but_the_style_that_is_there() -> None:
    source = page(bundle_of(an_answer("?")))
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)
    policy = next(a["content"] for tag, a in Reader(source).tags if "http-equiv" in a)

    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert source.index("Content-Security-Policy") < source.index("<title>")
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def shown(source: str) -> Bundle:
    """The bundle of a page, by way of a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        path.write_bytes(source.encode())
        return opened(path)


@LAW
@given(answers())
def test_whatever_an_answer_holds_the_page_is_harmless_and_holds_it_too(answer: Answer) -> None:
    bundle = bundle_of(answer)
    source = page(bundle)

    assert_harmless(source)
    assert Counter(source)["\x00"] == 0
    (data,) = re.findall(r'<script type="application/json" id="onrecord-bundle">(.*?)</script>', source, re.DOTALL)
    assert parse(data) == bundle
    assert shown(source) == bundle


def test_the_file_is_opened_as_the_json_is(tmp_path: Path) -> None:
    bundle = bundle_of(an_answer("</script><script>alert(1)</script> & <!--?"), an_answer("And then?", ()))
    (tmp_path / "page.html").write_text(page(bundle), "utf-8")
    (tmp_path / "bundle.json").write_text(written(bundle), "utf-8")

    assert opened(tmp_path / "page.html") == opened(tmp_path / "bundle.json") == bundle


def test_a_history_is_opened_as_one_bundle_and_printed_json_as_what_it_is(tmp_path: Path) -> None:
    bundle = bundle_of(an_answer("When?"), an_answer("Who?", ()))
    history = History(tmp_path / "history.jsonl")
    for kept in bundle.exchanges:
        history.append("ana", replace(bundle, exchanges=(kept,)))
    (tmp_path / "printed.json").write_text(json.dumps(json.loads(written(bundle)), indent=2), "utf-8")

    assert opened(tmp_path / "history.jsonl") == opened(tmp_path / "printed.json") == bundle

    with (tmp_path / "history.jsonl").open("a") as file:
        file.write('\n{"session"')
    with pytest.raises(BundleError, match=r"history\.jsonl: line 4: not JSON"):
        opened(tmp_path / "history.jsonl")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It reopens on 4 May", "It reopens on 14 May"),
        ("<mark>Repairs to the cables cost 12.4", "<mark>Repairs to the cables cost 124"),
        ("Harbour Post</bdi>", "The Ledger</bdi>"),
        ("</main>", "<p>And it is safe.</p></main>"),
        ("</main>", "</main><p>And it is safe.</p>"),
        ("kept on 7 May 2031", "kept on 8 May 2031"),
        ("</style>", ".said { display: none }</style>"),
        ("</body>", "<main>And it is safe.</main></body>"),
    ],
)
def test_a_page_that_shows_something_else_than_it_holds_is_refused(tmp_path: Path, old: str, new: str) -> None:
    source = page(bundle := bundle_of(an_answer("When?")))
    (tmp_path / "page.html").write_text(source.replace(old, new, 1), "utf-8")
    assert old in source

    with pytest.raises(BundleError, match=r"page\.html: the page shows something else than the bundle in it holds"):
        opened(tmp_path / "page.html")
    assert shown(source.replace("\n", "\r\n")) == bundle


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html><p>A page of somebody else's", "a page with no bundles in it"),
        (b"\xff\xfe", "not UTF-8"),
        (b"{}", "format is missing"),
        (embedded("{}").encode() * 2, "a page with 2 bundles in it"),
    ],
)
def test_what_holds_no_bundle_is_told_with_its_name(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(BundleError, match=re.escape(f"{path}: {told}")):
        opened(path)
    with pytest.raises(BundleError, match="No such file or directory"):
        opened(tmp_path / "nothing")
