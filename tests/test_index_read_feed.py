"""Feeds: RSS, RDF and Atom; which date, which text, whose article; and what a broken or cut-off feed says."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.formats import feed
from index.read.types import Fault, Fields, Hints, Unreadable

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Ostwick Post</title><link>https://post.example/</link>
<language>en-GB</language>{items}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Ostwicker Bote</title>{items}</feed>"""
FULL = """<item><title>Harbour &amp;amp; quays</title><link>https://post.example/a?utm_source=rss</link>
<description>In short.</description>
<content:encoded><![CDATA[<p>The harbour <b>closes</b>&mdash;soon.</p><p>Café.</p>]]></content:encoded>
<dc:creator>By Jane Doe and John Roe</dc:creator><pubDate>Mon, 22 Dec 2025 15:29:00 +0900</pubDate>
<category>Local</category><category>Sea</category><guid isPermaLink="false">17</guid></item>"""


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    return RSS.format(items="".join(items), encoding=encoding).encode(encoding)


def found(data: bytes) -> list[Fields | Fault]:
    return list(feed.read(io.BytesIO(data), Hints("a.rss")))


def fields(data: bytes) -> Fields:
    (one,) = found(data)
    assert isinstance(one, Fields), one
    return one


def dated(one: Fields) -> tuple[str, str, str] | None:
    dating = one.dating
    return (dating.moment.isoformat(), dating.source, dating.sure) if dating else None


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_rss(encoding: str) -> None:
    one = fields(rss(FULL, encoding=encoding))
    assert one.text == "The harbour closes—soon.\n\nCafé."
    assert (one.title, one.source, one.authors) == ("Harbour & quays", "The Ostwick Post", ("Jane Doe", "John Roe"))
    assert dated(one) == ("2025-12-22T15:29:00+09:00", "feed", "stated")
    assert (one.url, one.id) == ("https://post.example/a?utm_source=rss", None)  # its address names it
    assert (one.language, one.section, one.record) == ("en", "Local", 1)


def test_atom() -> None:
    both = "<published>2025-12-22T15:29:00Z</published><updated>2025-12-24T10:00:00Z</updated>"
    entry = (
        '<entry><title type="html">Der &lt;i&gt;Hafen&lt;/i&gt;</title><id>urn:1</id>{}'
        "<author><name>Jane Doe</name></author>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Hafen schließt.</p></div></content>'
        "</entry>"
    )
    entries = entry.format(both) + entry.format("<updated>2025-12-24T10:00:00Z</updated>") + entry.format("")
    one, two, three = found(ATOM.format(items=entries).encode())
    assert isinstance(one, Fields)
    assert isinstance(two, Fields)
    assert isinstance(three, Fields)
    assert (one.title, one.text, one.id, one.language) == ("Der Hafen", "Der Hafen schließt.", "urn:1", "de")
    assert (one.source, one.authors) == ("Ostwicker Bote", ("Jane Doe",))
    assert dated(one) == ("2025-12-22T15:29:00+00:00", "feed", "stated")
    assert dated(two) == ("2025-12-24T10:00:00+00:00", "feed: updated", "inferred")
    assert dated(three) is None


def test_rdf() -> None:
    one = fields(
        b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Post</title></channel><item><title>T</title>
        <link>https://post.example/b</link><description>Words.</description><dc:date>2025-12-22T15:29:00+09:00</dc:date>
        </item></rdf:RDF>"""
    )
    assert (one.text, dated(one)) == ("Words.", ("2025-12-22T15:29:00+09:00", "feed", "stated"))


def test_an_entry_of_another_outlet_keeps_its_name() -> None:
    item = '<item><description>Words.</description><source url="https://x.example/rss">The Other</source></item>'
    assert fields(rss(item)).source == "The Other"


def test_an_entry_without_text_is_a_fault_and_costs_no_other() -> None:
    bare = "<item><title>Only this</title><link>https://post.example/c</link></item>"
    same = "<item><title>Only this</title><description>Only this</description></item>"
    one, two, three = found(rss(bare, FULL, same))
    assert (one, three) == (Fault("no text, only a title", 1), Fault("no text, only a title", 3))
    assert isinstance(two, Fields)


def test_a_feed_that_is_cut_off_gives_no_half_article_and_says_so() -> None:
    data = rss(FULL, FULL.replace("Local", "Late"))
    first, fault = found(data[: data.rindex(b"<dc:creator>")])
    assert isinstance(first, Fields)
    assert fault == Fault("cut off: the feed ends within this entry", 2)
    read = feed.read(io.BytesIO(data[: data.rindex(b"</item>") + 7]), Hints())
    assert [isinstance(next(read), Fields) for _ in range(2)] == [True, True]
    with pytest.raises(Unreadable, match=r"^cut off: the feed has no end; 2 entries were found, others may be lost$"):
        next(read)


def test_broken_xml_is_read_as_far_as_it_goes_and_says_so() -> None:
    read = feed.read(io.BytesIO(rss(FULL, "<item><description>Fish & chips <b></description></item>")), Hints())
    assert isinstance(next(read), Fields)
    assert isinstance(next(read), Fields)
    with pytest.raises(Unreadable, match=r"^broken XML, line \d+: .*; 2 entries were found, others may be lost$"):
        next(read)


def test_entities_of_html_are_letters() -> None:
    assert fields(rss("<item><description>caf&eacute; &ndash; now</description></item>")).text == "café – now"


_ENTITIES = "declares XML entities of its own: they may stand for anything and are not read"
BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" ", "only white space"),
        (rss(), "a feed without entries"),
        (rss()[:60], "cut off: the feed has no end"),
        (BOMB.encode() + rss(FULL)[38:], _ENTITIES),
        (FILE.encode() + rss(FULL)[38:], _ENTITIES),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        found(data)
    assert str(problem.value) == reason


@given(st.binary(max_size=200), st.integers(0, 400), st.booleans())
def test_no_bytes_do_harm(noise: bytes, at: int, whole: bool) -> None:
    data = rss(FULL)
    try:
        found(noise if whole else data[:at] + noise + data[at + len(noise) :])
    except Unreadable as problem:
        assert "\n" not in str(problem)
