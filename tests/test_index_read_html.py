"""Saved pages: the body, what they state of their article, encodings, pages without one, and bytes of any kind."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.read.decode import clean
from index.read.formats import html, mhtml
from index.read.types import Fields, Hints, Options, Unreadable
from index.read.web.charset import page_text
from index.read.web.linked import things
from index.read.web.markup import fragment_text

HEADLINE = "Cracked wall closes the northern quay"
LEAD = (
    "The harbour board voted on Monday to close the northern quay until the cracked wall has been examined by divers."
)
SECOND = "Ferries to the outer islands will leave from the southern quay, ten minutes later than the timetable says."
THIRD = "“We would rather be late than sorry,” the harbour master said, and promised a first report within two weeks."


def page(head: str = "", body: str = "", *, title: str = HEADLINE) -> str:
    paragraphs = f"<p>{LEAD}</p><p>{SECOND}</p>{body}<p>{THIRD}</p>"
    return (
        f"<html><head>{head}<title>{title}</title></head>"
        f"<body><article><h1>{HEADLINE}</h1>{paragraphs}</article></body></html>"
    )


def read(text: str | bytes, hints: Hints | None = None) -> Fields:
    data = text.encode() if isinstance(text, str) else text
    (fields,) = html.read(io.BytesIO(data), hints or Hints("a.html"))
    assert isinstance(fields, Fields)
    return fields


def linked(**stated: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **stated})}</script>'


def refusal(text: str | bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(text)
    return str(refused.value)


def test_paragraphs_are_the_text() -> None:
    assert read(page()).text == f"{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}"


def test_a_caption_is_marked_where_it_stands() -> None:
    figure = "<figure><img src=a.jpg><figcaption>The quay on Sunday. <span>Photo: A. Ray</span></figcaption></figure>"

    fields = read(page(body=figure))

    (caption,) = fields.marked
    assert fields.text[caption.start : caption.end] == "The quay on Sunday. Photo: A. Ray"
    assert caption.kind == "caption"
    assert fields.text.index(SECOND) < caption.start < fields.text.index(THIRD)


def test_a_credit_that_only_its_class_tells_is_marked() -> None:
    fields = read(page(body='<div class="photo-credit">Ann Ray / Example Pictures</div>'))

    assert [(each.kind, fields.text[each.start : each.end]) for each in fields.marked] == [
        ("credit", "Ann Ray / Example Pictures")
    ]


def test_a_time_within_a_sentence_stays() -> None:
    sentence = (
        "Divers will go down at <time datetime='2031-03-04T09:00'>nine</time> on the next calm morning of the week."
    )

    assert "go down at nine on the next" in read(page(body=f"<p>{sentence}</p>")).text


def test_lists_and_subheadings_are_lines() -> None:
    fields = read(page(body="<h2>What changes</h2><ul><li>No cars on the quay</li><li>One ferry an hour</li></ul>"))

    assert "\n\nWhat changes\n\nNo cars on the quay\nOne ferry an hour\n\n" in fields.text


def test_keep_all_keeps_all_that_is_seen() -> None:
    text = page(body="<figure><figcaption>A caption</figcaption></figure><aside>Most read</aside><script>x()</script>")

    fields = read(text, Hints("a.html", options=Options(keep_all=True)))

    assert "A caption" in fields.text
    assert "Most read" in fields.text
    assert "x()" not in fields.text


def test_json_ld_says_it_all() -> None:
    fields = read(
        page(
            linked(
                headline=HEADLINE,
                author=[{"@type": "Person", "name": "Ines Marlow"}, "Tom Okafor, harbour correspondent"],
                datePublished="2031-03-03T18:20:00+01:00",
                dateModified="2031-03-05T08:00:00+01:00",
                publisher={"@type": "Organization", "name": "The Quay Gazette"},
                articleSection=["Local", "Harbour"],
                inLanguage="en-GB",
                mainEntityOfPage={"@id": "https://quay.example/2031/wall"},
            )
        )
    )

    assert fields.title == HEADLINE
    assert fields.authors == ("Ines Marlow", "Tom Okafor")
    assert fields.source == "The Quay Gazette"
    assert fields.section == "Local"
    assert fields.language == "en"
    assert (fields.url, fields.id) == ("https://quay.example/2031/wall", None)  # its address names it
    assert fields.dating is not None
    assert fields.dating.moment == datetime(2031, 3, 3, 18, 20, tzinfo=timezone(timedelta(hours=1)))
    assert (fields.dating.source, fields.dating.sure) == ("JSON-LD", "stated")
    assert dict(fields.given_by)["authors"] == "JSON-LD"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "datePublished": "2031-03-03",}',
        '<!-- {"@type": "NewsArticle", "datePublished": "2031-03-03"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2031-03-03"}\n//]]>',
        '{"@type": "NewsArticle", "description": "two\nlines", "datePublished": "2031-03-03"};',
        '{"@type": "NewsArticle", "description": "it\\\'s", "datePublished": "2031-03-03"}',
        '[{"@graph": [{"@type": "WebPage"}, {"@type": ["Thing", "NewsArticle"], "datePublished": "2031-03-03"}]}]',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "datePublished": "2031-03-03"}}',
        '{"@type": "http://schema.org/NewsArticle", "datePublished": "2031-03-03"} {"more": 1}',
    ],
)
def test_broken_and_nested_json_ld_is_read(script: str) -> None:
    found = read(page(f'<script type="application/ld+json">{script}</script>')).dating

    assert found is not None
    assert (found.moment, found.source) == (datetime(2031, 3, 3), "JSON-LD")


def test_json_ld_beyond_mending_is_left_out() -> None:
    assert things(['{"@type": "NewsArticle", "datePublished": "2031', "[" * 100_000, '{"a": 1}']) == ({"a": 1},)


def test_of_several_articles_the_one_of_the_page_is_meant() -> None:
    other = linked(headline="Something else", datePublished="2030-01-01", author="Someone Else")
    own = linked(headline=HEADLINE, datePublished="2031-03-03")

    found = read(page(other + own)).dating

    assert found is not None
    assert found.moment == datetime(2031, 3, 3)


def test_an_author_may_be_pointed_to() -> None:
    graph = [{"@type": "NewsArticle", "author": {"@id": "#1"}}, {"@type": "Person", "@id": "#1", "name": "Ines Marlow"}]

    fields = read(page(f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'))

    assert fields.authors == ("Ines Marlow",)


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name="author" content="By Ines Marlow and Tom Okafor">', ("Ines Marlow", "Tom Okafor")),
        ('<meta name="author" content="Ines Marlow (ines@quay.example)">', ("Ines Marlow",)),
        ('<meta name="author" content="INES MARLOW, Staff Writer">', ("INES MARLOW",)),
        ('<meta name="author" content="Staff">', ()),
        ('<meta name="author" content="Quay Gazette"><meta property="og:site_name" content="The Quay Gazette">', ()),
        ('<meta property="article:author" content="https://social.example/ines.marlow">', ()),
        ('<meta name="citation_author" content="Marlow, Ines">', ("Ines Marlow",)),
        ('<meta name="author" content="Quay Media Ltd, Northport">', ()),
        ('<meta name="author" content="Von der Heyden; van Dyk">', ("Von der Heyden", "van Dyk")),
        ('<meta name="author" content="Geschrieben von Ines Marlow">', ("Ines Marlow",)),
        ('<meta name="byl" content="By Ines Marlow | The Quay Gazette">', ("Ines Marlow",)),
        ('<meta name="author" content="Reuters"><meta property="og:site_name" content="Quay">', ("Reuters",)),
    ],
)
def test_authors_are_people_and_agencies(head: str, authors: tuple[str, ...]) -> None:
    assert read(page(head)).authors == authors


def test_a_byline_at_the_headline_is_read() -> None:
    text = page().replace("</h1>", "</h1><div class='byline'>By <a rel=author>Ines Marlow</a>, Northport</div>")

    fields = read(text)

    assert fields.authors == ("Ines Marlow",)
    assert dict(fields.given_by)["authors"] == "byline"


@pytest.mark.parametrize(
    ("title", "head", "expected"),
    [
        (
            "Northern quay | The Quay Gazette",
            '<meta property="og:site_name" content="The Quay Gazette">',
            "Northern quay",
        ),
        ("Tom &amp; Ines &#8211; a harbour story", "", "Tom & Ines – a harbour story"),
        ("Ships - and the sea", "", "Ships - and the sea"),
    ],
)
def test_the_title_loses_the_outlet_only(title: str, head: str, expected: str) -> None:
    text = f"<html><head>{head}<title>{title}</title></head><body><p>{LEAD}</p><p>{SECOND}</p></body></html>"

    assert read(text).title == expected


def test_a_heading_confirms_what_is_the_headline() -> None:
    assert read(page(title=f"{HEADLINE} - Quay Gazette")).title == HEADLINE


def test_the_name_of_the_site_is_no_headline() -> None:
    text = (
        f"<html><head><title>{HEADLINE} | Harbour Notes</title></head><body>"
        f"<h1>Harbour Notes</h1><article><h2>{HEADLINE}</h2><p>{LEAD}</p></article></body></html>"
    )

    assert read(text).title == HEADLINE


@pytest.mark.parametrize(
    ("head", "body", "moment", "source"),
    [
        ('<meta property="article:published_time" content="2031-03-03T17:20:00Z">', "",
         datetime(2031, 3, 3, 17, 20, tzinfo=UTC), "OpenGraph"),
        ('<meta name="pubdate" content="Mon, 03 Mar 2031 17:20:00 GMT">', "",
         datetime(2031, 3, 3, 17, 20, tzinfo=UTC), "meta tag"),
        ("", '<time datetime="2031-03-03T18:20">yesterday</time>', datetime(2031, 3, 3, 18, 20), "time element"),
        ("", '<span itemprop="datePublished" content="2031-03-03">3 March</span>', datetime(2031, 3, 3), "microdata"),
        ("", '<div class="date">Published: 3 March 2031, 18:20</div>', datetime(2031, 3, 3, 18, 20),
         "the line “Published: 3 March 2031, 18:20”"),
    ],
)  # fmt: skip
def test_dates_and_where_they_stand(head: str, body: str, moment: datetime, source: str) -> None:
    found = read(page(head).replace("</h1>", f"</h1>{body}")).dating

    assert found is not None
    assert (found.moment, found.source) == (moment, source)


def test_no_date_is_made_of_a_change_a_copyright_or_an_empty_one() -> None:
    head = (
        '<meta http-equiv="date" content="Tue, 04 Mar 2031 00:00:00 GMT"><meta name="date" content="1970-01-01">'
        '<meta property="article:modified_time" content="2031-03-05">'
    )

    assert read(page(head, "<footer>© 2031 The Quay Gazette</footer>")).dating is None


def test_a_time_is_taken_from_where_the_same_day_has_one() -> None:
    head = linked(datePublished="2031-03-03") + '<meta property="article:published_time" content="2031-03-03T18:20Z">'

    found = read(page(head)).dating

    assert found is not None
    assert found.moment == datetime(2031, 3, 3, 18, 20, tzinfo=UTC)


def test_a_property_of_another_item_is_not_the_articles() -> None:
    own = '<article itemscope itemtype="https://schema.org/NewsArticle">'
    other = (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><a href="/old" itemprop="headline">An old wall</a>'
        '<meta itemprop="datePublished" content="2029-01-01"><span itemprop="author">Someone Else</span></div>'
    )
    text = (
        page()
        .replace("<article>", own)
        .replace("</h1>", f'</h1>{other}<meta itemprop="datePublished" content="2031-03-03">')
    )

    fields = read(text)

    assert fields.dating is not None
    assert (fields.dating.moment, fields.authors) == (datetime(2031, 3, 3), ())
    assert read(page(body=other)).dating is None, "the page's own article is no item"


@pytest.mark.parametrize(
    ("value", "moment"),
    [("20310303", datetime(2031, 3, 3)), ("20310303172005", datetime(2031, 3, 3, 17, 20, 5)), ("20631901", None)],
)
def test_a_date_in_figures_is_no_number_of_seconds(value: str, moment: datetime | None) -> None:
    found = read(page(f'<meta name="pdate" content="{value}">')).dating

    assert (found and found.moment) == moment


def test_a_misread_date_of_machines_gives_way_to_the_printed_one() -> None:
    text = page('<meta name="pubdate" content="2609-03-03">').replace("</h1>", "</h1><p>3 March 2031</p>")

    found = read(text).dating

    assert found is not None
    assert found.moment == datetime(2031, 3, 3)


def test_the_date_at_the_headline_goes_before_a_teasers() -> None:
    teaser = '<div class="teaser"><b>Video</b> <span class="teaser-date">14.01.2032 | 20:00 Uhr</span></div>'
    text = page(body=teaser).replace("</h1>", "</h1><p>Stand: 09.02.2031 11:50 Uhr</p><p>A subtitle</p>")

    found = read(text).dating

    assert found is not None
    assert found.moment == datetime(2031, 2, 9, 11, 50)


@pytest.mark.parametrize(
    ("language", "day"),
    [("en-GB", datetime(2031, 5, 6)), ("en-US", datetime(2031, 6, 5)), ("fr", datetime(2031, 5, 6)), ("en", None)],
)
def test_the_region_of_a_page_settles_the_day(language: str, day: datetime | None) -> None:
    text = page().replace("<html>", f"<html lang={language}>").replace("</h1>", "</h1><div>06/05/2031</div>")

    found = read(text).dating

    assert (found and found.moment) == day


def test_a_date_that_a_label_gives_to_something_else_is_none() -> None:
    assert read(page().replace("</h1>", "</h1><p><b>Opens:</b> <i>3 March 2031</i></p>")).dating is None


@pytest.mark.parametrize("title", ["Quay Gazette - Harbour - {}", "Quay Gazette: {}", "{} | Harbour | Quay Gazette"])
def test_without_an_h1_the_headline_is_where_the_words_of_the_title_stand(title: str) -> None:
    text = (
        f"<html><head><title>{title.format(HEADLINE)}</title></head><body><div class=logo>Quay Gazette</div>"
        f"<a href=/harbour>Harbour</a><font size=5><b>{HEADLINE}</b></font><br><font>By <b>Ines Marlow</b></font><br>"
        f"Article published: 3 March 2031, 18:20<br><br><p>{LEAD}</p><p>{SECOND}</p></body></html>"
    )

    fields = read(text)

    assert (fields.title, fields.authors, fields.source) == (HEADLINE, ("Ines Marlow",), "Quay Gazette")
    assert fields.dating is not None
    assert (fields.dating.moment, fields.dating.sure) == (datetime(2031, 3, 3, 18, 20), "stated")


def test_a_heading_that_leads_to_the_front_page_is_no_headline() -> None:
    text = (
        f"<title>Harbour Notes: {HEADLINE}</title><body><h1><a href='/'>Harbour Notes</a></h1>"
        f"<div class=post><h3 class=entry-title>{HEADLINE}</h3><p>{LEAD}</p><p>{SECOND}</p></div>"
    )

    assert read(text).title == HEADLINE
    named = '<meta property="og:title" content="Harbour Notes"><meta property="og:site_name" content="Harbour Notes">'
    assert read(named + text).title == HEADLINE


def test_a_korean_header_is_read() -> None:
    header = "<ul><li>윤서진·오지훈 기자</li><li>입력 2031.12.22 15:29</li><li>수정 2031.12.23 09:00</li></ul>"

    fields = read(page().replace("</h1>", f"</h1>{header}"))

    assert fields.authors == ("윤서진", "오지훈")
    assert fields.dating is not None
    assert fields.dating.moment == datetime(2031, 12, 22, 15, 29)


@pytest.mark.parametrize(
    ("name", "said", "authors"),
    [
        ("author", "Rocío Vega y Rubén Salas", ("Rocío Vega", "Rubén Salas")),
        ("author", "Ines Marlow und Tom Okafor", ("Ines Marlow", "Tom Okafor")),
        ("author", "José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("author", "윤서진·오지훈", ("윤서진", "오지훈")),
        ("author", "Our Foreign Staff", ("Our Foreign Staff",)),
        ("dcterms.creator", "Rocío Vega, Rubén Salas", ("Rocío Vega", "Rubén Salas")),
        ("dcterms.creator", "García Lomas, Rocío", ("Rocío García Lomas",)),
    ],
)
def test_names_are_parted_and_turned_only_where_they_must_be(name: str, said: str, authors: tuple[str, ...]) -> None:
    assert read(page(f'<meta name="{name}" content="{said}">')).authors == authors


def test_what_stands_about_an_author_is_no_author() -> None:
    block = "<div itemprop=author itemscope><a>Ines Marlow</a> <span>Journaliste au Quai</span><b>Suivre</b></div>"

    assert read(page().replace("</h1>", f"</h1>{block}")).authors == ("Ines Marlow",)
    assert read(page().replace("</h1>", "</h1><div class=author>Last Updated</div>")).authors == ()


def test_a_byline_that_names_more_than_machines_are_told_counts() -> None:
    head = '<meta name="author" content="Ines Marlow">'
    byline = "</h1><p>By <a href=/i>Ines Marlow</a> and <a href=/t>Tom Okafor</a></p>"

    assert read(page(head).replace("</h1>", byline)).authors == ("Ines Marlow", "Tom Okafor")
    assert read(page(head).replace("</h1>", "</h1><p>By Tom Okafor</p>")).authors == ("Ines Marlow",)


def test_an_outlet_is_named_by_its_copyright_line() -> None:
    assert read(page(body="<div>© 2031 The Quay Gazette. All rights reserved.</div>")).source == "The Quay Gazette"
    assert read(page(title=f"{HEADLINE} | Harbour")).source == "", "a section is no outlet"


@pytest.mark.parametrize(
    ("label", "encoding", "words"),
    [
        ("euc-kr", "cp949", "항구 이사회는 북쪽 부두를 폐쇄하기로 했다"),
        ("iso-8859-1", "cp1252", "“Zu spät” – für 5 € mehr"),
        ("gb2312", "gb18030", "港务局决定关闭北码头"),
        ("shift_jis", "cp932", "港湾局は①北埠頭を閉鎖する"),
        ("windows-1251", "cp1251", "Портовый совет закрыл причал"),
        ("iso-2022-jp", "iso2022_jp", "港湾局は北埠頭を閉鎖する"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, encoding: str, words: str) -> None:
    text = page(body=f"<p>{words}</p>")

    assert words in read(text.replace("<head>", f"<head><meta charset={label}>").encode(encoding)).text
    assert words in read(text.encode(encoding), Hints("a.html", media_type=f"text/html; charset={label}")).text
    assert words in read(text.replace("<head>", f'<head><meta charset="{label}">').encode()).text, "it is UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_and_marked_pages(encoding: str) -> None:
    assert LEAD in read(page().encode(encoding)).text


def test_a_byte_that_is_no_letter_may_stand_beside_the_article_only() -> None:
    beside = page().replace("<head>", "<head><meta charset=utf-8><!-- \x00 -->").encode().replace(b"\0", b"\xe9\xff")
    within = beside.replace(b"northern quay until", b"north\xffern quay until")

    assert LEAD in read(beside).text
    assert refusal(within).startswith("wrongly encoded: “")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text in the page"),
        ("<html><script>start()</script></html>", "no text in the page"),
        ("<html><body><p>Please enable JavaScript to view this site.</p></body></html>", "asks for JavaScript"),
        (
            "<title>404 Not Found</title><body><h1>404 Not Found</h1><p>nginx</p></body>",
            "an error page: “404 Not Found”",
        ),
        ("<title>Log in</title><h1>Log in</h1><form><p>Your account</p><input type=password></form>", "to log in"),
        ("<title>Just a moment</title><p>Verifying you are human. This may take some seconds.</p>", "is human"),
        ("<body>" + "".join(f"<p><a href=/{n}>Headline number {n} of the day</a></p>" for n in range(30)), "links"),
        ('<link rel=canonical href="https://quay.example/"><p>' + LEAD, "the front page of a site"),
    ],
)
def test_pages_without_an_article_say_why(text: str, reason: str) -> None:
    assert reason in refusal(text)


def test_a_short_article_is_an_article() -> None:
    assert read("<title>Quay closed</title><h1>Quay closed</h1><p>The quay is closed.</p>").text.endswith(
        "The quay is closed."
    )


def test_a_page_is_read_to_its_depth_or_refused() -> None:
    assert LEAD in read("<body>" + "<div>" * 1500 + f"<p>{LEAD}</p><p>{SECOND}</p>").text
    assert "nested more than 2048 deep" in refusal("<body>" + "<div>" * 50_000 + f"<p>{LEAD}</p>")


def test_too_large_a_page_is_refused_but_its_pictures_do_not_count() -> None:
    assert "more than 10 MB" in refusal(b"<p>" + b"x" * 50_000_000)
    picture = f'<img src="data:image/png;base64,{"QUJD" * 3_000_000}">'
    assert read(page(body=picture)).text == read(page()).text


def test_a_page_cut_off_in_a_tag_is_read_up_to_there() -> None:
    assert f"{LEAD}\n\n{SECOND}" in read(page().encode()[:-60]).text


def test_control_characters_cost_nothing() -> None:
    assert "harbour board voted" in read(page().replace("board", "bo\0ar\x08d&#8;&#x1f;")).text


def test_a_relative_address_needs_to_be_told_where() -> None:
    text = page('<link rel="canonical" href="/2031/wall?utm_source=x">')

    assert read(text).url is None
    assert (
        read(text, Hints("a.html", url="https://quay.example/x")).url == "https://quay.example/2031/wall?utm_source=x"
    )


def test_a_fragment_becomes_paragraphs() -> None:
    fragment = (
        "<p>One &amp; two<br>three</p><ul><li>four</li><li><b>fi</b>ve</li></ul>tail<table><tr><td>a<td>b</table>"
    )

    assert fragment_text(fragment) == "One & two\nthree\n\nfour\nfive\n\ntail\n\na | b"
    assert fragment_text("") == fragment_text("<script>x</script>") == ""
    assert fragment_text("no tags, 1 < 2") == "no tags, 1 < 2"


SAVED = (
    b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://quay.example/2031/wall\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\nContent-Type: text/html\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://quay.example/2031/wall\r\n\r\n%s\r\n"
    b"----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n----b--\r\n"
)


def test_a_page_saved_with_its_pictures() -> None:
    quoted = page(body="<p>Zu sp=C3=A4t</p>").replace("charset=", "charset=3D").encode()

    (fields,) = mhtml.read(io.BytesIO(SAVED % quoted), Hints("a.mhtml"))

    assert isinstance(fields, Fields)
    assert fields.url == "https://quay.example/2031/wall"
    assert "Zu spät" in fields.text


@pytest.mark.parametrize("data", [b"", b"no mail at all", SAVED.replace(b"text/html", b"text/css") % b"p {}"])
def test_a_saved_page_without_a_page(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no page in it"):
        list(mhtml.read(io.BytesIO(data), Hints("a.mhtml")))


TAGS = st.sampled_from(
    """<p> </p> <div> </div> <figure> <figcaption> </figcaption> </figure> <h1> </h1> <li> <br> <table> <td> <time>
    <article> <b> </b> <!-- --> <script> </script> <p class=caption> <a href=x> </a> <span class="credit"> </span>
    <script type="application/ld+json"> {"@type":"NewsArticle","author": <meta name=author content= <title> &#0; &amp
    <body> </body> <html> <head> <svg> <math> <template> <frameset> <form> <button> <pre>""".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS | st.text(max_size=30) | st.just(LEAD), max_size=40))
def test_no_page_breaks_the_reader_and_marks_are_whole_lines(parts: list[str]) -> None:
    data = "".join(parts).encode("utf-8", "surrogatepass")
    try:
        (fields,) = html.read(io.BytesIO(data), Hints("a.html"))
    except Unreadable as reason:
        assert "\n" not in str(reason)
        return
    assert isinstance(fields, Fields)
    assert fields.text.strip()
    assert fields.text == clean(fields.text)
    assert fields.title == " ".join(clean(fields.title).split())
    lines = fields.text.split("\n")
    end = -1
    for each in fields.marked:
        assert end < each.start < each.end
        assert fields.text[each.start : each.end] in lines
        assert each.start == 0 or fields.text[each.start - 1] == "\n"
        assert each.end == len(fields.text) or fields.text[each.end] == "\n"
        end = each.end


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(data: bytes) -> None:
    for reader in (html.read, mhtml.read):
        try:
            list(reader(io.BytesIO(data), Hints("a")))
        except Unreadable as reason:
            assert str(reason)


@given(st.binary(max_size=200), st.sampled_from(["", "euc-kr", "utf-16", "base64", "hz", "\0", "iso-2022-jp"]))
def test_no_label_breaks_the_encoding(data: bytes, label: str) -> None:
    try:
        page_text(data, f"text/html; charset={label}")
    except Unreadable as reason:
        assert str(reason)


def beside(box: str, *, outside: str = "") -> Fields:
    """A page with a box behind its second paragraph, within a column of its own."""
    return read(
        f"<html><head><title>{HEADLINE}</title></head><body><main><h1>{HEADLINE}</h1><div class=column>"
        f"<p>{LEAD}</p><p>{SECOND}</p>{box}<p>{THIRD}</p></div>{outside}</main></body></html>"
    )


def reporting(fields: Fields) -> str:
    """The text without what is marked."""
    text = fields.text
    for each in reversed(fields.marked):
        text = text[: each.start] + text[each.end :]
    return text


def test_bare_text_behind_a_picture_stays() -> None:
    fields = read(
        f"<html><body><div id=story><h2>{HEADLINE}</h2><p>3/3/2031</p><div class=text>{LEAD}<br>{SECOND}<br>"
        f"<div class=pic><img src=a.jpg><br><small>The quay</small></div>{THIRD}<br></div>"
        "<p>Back</p></div></body></html>"
    )

    assert all(text in fields.text for text in (LEAD, SECOND, THIRD))


def test_a_teaser_card_is_not_the_article() -> None:
    card = (
        "<section><h2>More walks</h2><article><h3><a href=/x>A night on the pier</a></h3><p>It was cold.</p></article>"
    )

    fields = beside("<h2>What changes</h2><ul><li>No cars on the quay</li></ul>", outside=card)

    assert "What changes" in fields.text
    assert "No cars on the quay" in fields.text
    assert "A night on the pier" not in reporting(fields)


@pytest.mark.parametrize(
    "body",
    [
        "<div>{0}</div><div>{1}</div><div>{2}</div>",
        "{0}<br><br>{1}<br><br>{2}<br><br>",
        "<font size=3>{0}<br><br>{1}<br><br><b>{2}</b></font>",
    ],
)
def test_a_page_without_paragraphs_is_parted_and_what_stands_around_left_out(body: str) -> None:
    text = body.format(LEAD, SECOND, THIRD)
    fields = read(
        f"<html><body><div><div><a href=/>The Quay Gazette</a><div>Play the puzzle before it is spoilt</div></div>"
        f"<div><div>{HEADLINE}</div></div><div class=x1>{text}</div><div><div>88 comments</div><div>First!</div></div>"
        "</div><div>The Gazette is made by nice people.</div></body></html>"
    )

    assert fields.text.split("\n\n") == [LEAD, SECOND, THIRD]


def test_a_short_article_in_one_paragraph_stays_whole() -> None:
    text = " ".join([LEAD, SECOND, THIRD, LEAD, SECOND])

    assert text in read(f"<html><body><article><h1>{HEADLINE}</h1><p>{text}</p></article></body></html>").text


@pytest.mark.parametrize(
    ("box", "kind", "words"),
    [
        ("<div class=i1><img src=a><div class=i2>The wall on Sunday.</div></div>", "caption", "The wall on Sunday."),
        ("<div><a href=a.jpg><img src=a></a><span>The wall.</span></div>", "caption", "The wall."),
        (
            "<div><h3>Related</h3><p><a href=/2>Ridge road reopens</a><br>Drivers may use it again.</p></div>",
            "related",
            "Drivers may use it again.",
        ),
        (
            "<div><h2>This article is for subscribers only</h2><p>Start today.</p><ul><li>Puzzles</li></ul></div>",
            "prompt",
            "Puzzles",
        ),
        (
            "<div><h3>Have your say</h3><p>Do you agree with the board?</p></div>",
            "prompt",
            "Do you agree with the board?",
        ),
        ("<div><h3>About the author</h3><p>Ada Quay keeps bees.</p></div>", "credit", "Ada Quay keeps bees."),
    ],
)
def test_boxes_among_the_reporting_are_marked(box: str, kind: str, words: str) -> None:
    fields = beside(box)

    assert words in [fields.text[each.start : each.end].split("\n")[-1] for each in fields.marked if each.kind == kind]
    assert words not in reporting(fields)
    assert all(text in reporting(fields) for text in (LEAD, SECOND, THIRD))


@pytest.mark.parametrize(
    "comments",
    [
        "<div><h3>Comments (12)</h3><p>Nobody asked me, and I have lived on this quay for all of it.</p></div>",
        "<h3>What readers say</h3><p>Nobody asked me, and I have lived on this quay for all of it.</p>",
        "<div class=cmt><p>Nobody asked me, and I have lived on this quay for all of it.</p></div>",
        "<section class=reader-notes><p>Nobody asked me, and I have lived on this quay for all of it.</p></section>",
    ],
)
def test_what_readers_say_stays_out(comments: str) -> None:
    fields = beside("", outside=comments)

    assert "Nobody asked me" not in reporting(fields)
    assert all(text in fields.text for text in (LEAD, SECOND, THIRD))


def test_a_heading_that_opens_the_reporting_takes_nothing_out() -> None:
    fields = read(
        f"<html><body><div><h2>More on this story</h2><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></div></body></html>"
    )

    assert all(text in reporting(fields) for text in (LEAD, SECOND, THIRD))


def test_a_page_of_too_many_elements_is_refused() -> None:
    why = refusal(page(body="<div>a</div>" * html.MAX_ELEMENTS))

    assert why.startswith("30,0")
    assert "more than 30,000" in why
