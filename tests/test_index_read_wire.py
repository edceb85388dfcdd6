"""What agencies send: ninjs of every version, NewsML-G2, NewsML 1.x and NITF."""

import io
import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.formats import newsml, records
from index.read.types import Fault, Fields, Hints, Unreadable

Reader = Callable[[io.BytesIO, Hints], Iterator[Fields | Fault]]


def found(data: str | object, read: Reader = newsml.read) -> list[Fields | Fault]:
    text = data if isinstance(data, str) else json.dumps(data)
    return list(read(io.BytesIO(text.encode()), Hints()))


def fields(data: str | object, read: Reader = newsml.read) -> Fields:
    (one,) = found(data, read)
    assert isinstance(one, Fields), one
    return one


def reason(data: str | object, read: Reader = newsml.read) -> str:
    with pytest.raises(Unreadable) as problem:
        found(data, read)
    return str(problem.value)


def dated(one: Fields) -> str:
    return one.dating.moment.isoformat() if one.dating else ""


COMMON = {"uri": "urn:ostwick:1", "type": "text", "language": "en-GB", "version": "3"}
OLD = COMMON | {
    "firstcreated": "2025-12-22T15:29:00Z",
    "versioncreated": "2025-12-22T16:00:00Z",
    "headline": "Harbour closes",
    "body_text": "The harbour closes. It opens in May.",
    "body_xhtml": "<p>The harbour <b>closes</b>.</p><p>It opens in May.</p>",
    "byline": "By Jane Doe",
    "copyrightholder": "Ostwick Press",
    "subject": [{"name": "shipping"}],
}
NEW = COMMON | {
    "firstCreated": "2025-12-22T15:29:00Z",
    "versionCreated": "2025-12-22T16:00:00Z",
    "headlines": [{"role": "short", "value": "Closed"}, {"role": "main", "value": "Harbour closes"}],
    "bodies": [
        {"contentType": "text/plain", "value": "The harbour closes. It opens in May."},
        {"contentType": "text/html", "value": "<p>The harbour <b>closes</b>.</p><p>It opens in May.</p>"},
    ],
    "by": "By Jane Doe",
    "infoSources": [{"name": "Ostwick Press"}],
    "subjects": [{"name": "shipping"}],
}


@pytest.mark.parametrize("given", [OLD, NEW, {name.lower(): value for name, value in NEW.items()}])
def test_ninjs_of_every_version(given: dict[str, object]) -> None:
    one = fields(given, records.read_json)
    assert one.text == "The harbour closes.\n\nIt opens in May."
    assert (one.title, one.authors, one.source) == ("Harbour closes", ("Jane Doe",), "Ostwick Press")
    assert (one.id, one.language, one.section) == ("urn:ostwick:1:3", "en", "shipping")
    assert dated(one) == "2025-12-22T15:29:00+00:00"


def test_ninjs_is_read_from_lines_too_with_the_texts_it_holds() -> None:
    picture = {"uri": "urn:p", "type": "picture", "headline": "Quay"}
    second = {"uri": "urn:ostwick:2", "versioncreated": "2025-12-22", "body_text": "Also."}
    given = OLD | {"associations": {"a": picture, "b": second}}
    one, two, three = found(
        json.dumps(given) + "\n" + json.dumps(picture | {"pubstatus": "usable"}), records.read_lines
    )
    assert isinstance(one, Fields)
    assert isinstance(two, Fields)
    assert (one.record, two.record, two.text, two.id) == (1, 2, "Also.", "urn:ostwick:2")
    assert three == Fault("no text: a ninjs object of type picture", 3)


def test_ninjs_that_was_taken_back() -> None:
    assert reason(NEW | {"pubStatus": "canceled"}, records.read_json) == "canceled by its provider"


def test_nitf_within_ninjs() -> None:
    head = "<body.head><hedline><hl1>H</hl1></hedline></body.head>"
    nitf = f"<nitf><body>{head}<body.content><p>One.</p></body.content></body></nitf>"
    given = NEW | {"bodies": [{"contentType": "application/nitf+xml", "value": nitf}]}
    assert fields(given, records.read_json).text == "One."


NITF = """<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>Title</title><docdata><doc-id id-string="x7"/>
<date.issue norm="20251222T152900+0900"/><doc.copyright holder="Ostwick Press"/></docdata>
<pubdata name="The Ostwick Post" position.section="Sea"/></head><body>
<body.head><hedline><hl1>Harbour <em>closes</em></hl1></hedline><byline>By <person>Jane Doe</person>, <byttl>Staff
Reporter</byttl></byline></body.head><body.content><p>The harbour
closes.</p><media media-type="image"><media-caption>The quay.</media-caption>
<media-producer>J. Roe</media-producer></media>
<hl2>Why</hl2><p>Divers &amp; caf&eacute;.</p></body.content></body></nitf>"""
ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"
guid="urn:newsml:ostwick:1" version="2" xml:lang="en-US">
<itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:OP"/>
<firstCreated>2025-12-22T15:29:00+09:00</firstCreated>
<versionCreated>2025-12-22T16:00:00+09:00</versionCreated>
<pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><by>By Jane Doe</by><headline role="hlrole:short">Closed</headline>
<headline>Harbour closes</headline>
<subject type="cpnat:person" qcode="p:1"><name>Ann Other</name></subject><subject><name>shipping</name></subject>
</contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
INLINE = f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>'


def test_newsml_g2() -> None:
    one = fields('<?xml version="1.0" encoding="UTF-8"?>' + ITEM.format(status="usable", content=INLINE))
    assert one.text == "The harbour closes.\n\nWhy\n\nDivers & café.\n\nThe quay.\n\nJ. Roe"
    assert [(m.kind, one.text[m.start : m.end]) for m in one.marked] == [("caption", "The quay."), ("credit", "J. Roe")]
    assert (one.title, one.authors, one.source) == ("Harbour closes", ("Jane Doe",), "OP")
    assert (one.id, one.language, one.section) == ("urn:newsml:ostwick:1:2", "en", "shipping")
    assert dated(one) == "2025-12-22T15:29:00+09:00"


@pytest.mark.parametrize(
    "content",
    [
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>'
        "</head><body><p>One &amp; two.</p><p>Three.</p></body></html></inlineXML>",
        "<inlineXML><p>One &amp; two.</p><p>Three.</p></inlineXML>",
        '<inlineData contenttype="text/plain">One &amp; two.\n\nThree.</inlineData>',
        '<inlineData contenttype="text/html">&lt;p>One &amp;amp; two.&lt;/p>&lt;p>Three.&lt;/p></inlineData>',
        '<remoteContent href="a.jpg"/><inlineXML><sport><p/></sport></inlineXML><inlineXML><p>One &amp; two.</p>'
        "<p>Three.</p></inlineXML>",
    ],
)
def test_every_kind_of_content(content: str) -> None:
    assert fields(ITEM.format(status="usable", content=content)).text == "One & two.\n\nThree."


def test_a_message_of_several_items() -> None:
    items = [
        ITEM.format(status="usable", content=INLINE),
        ITEM.format(status="canceled", content=INLINE),
        ITEM.format(status="usable", content='<remoteContent href="http://x.example/1.xml"/>'),
        ITEM.format(status="usable", content="").replace("ninat:text", "ninat:picture"),
    ]
    sent = "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{}<packageItem/></itemSet></newsMessage>"
    one, *faults = found(sent.format("".join(items)))
    assert isinstance(one, Fields)
    assert one.record == 1
    assert faults == [
        Fault("canceled by its provider", 2),
        Fault("its text is in another file: http://x.example/1.xml", 3),
        Fault("no text: a picture", 4),
    ]


def test_nitf() -> None:
    one = fields('<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">' + NITF)
    assert one.text.startswith("The harbour closes.\n\nWhy\n\nDivers & café.")
    assert (one.title, one.authors, one.source) == ("Harbour closes", ("Jane Doe",), "The Ostwick Post")
    assert (one.id, one.section, dated(one)) == ("x7", "Sea", "2025-12-22T15:29:00+09:00")


def test_newsml_1() -> None:
    part = """<NewsComponent><NewsLines><HeadLine>{0}</HeadLine><ByLine>By Jane Doe</ByLine></NewsLines>
    <DescriptiveMetadata><Language FormalName="{1}"/></DescriptiveMetadata>
    <NewsComponent><Role FormalName="Body"/><ContentItem><DataContent><html><body><p>{2}</p></body></html></DataContent>
    </ContentItem><ContentItem><MimeType FormalName="text/plain"/><DataContent>{2}</DataContent></ContentItem>
    </NewsComponent><NewsComponent><Role FormalName="Contact"/><ContentItem><DataContent>Call us</DataContent>
    </ContentItem></NewsComponent></NewsComponent>"""
    one, two = found(
        """<NewsML Version="1.2"><NewsEnvelope><SentFrom><Party FormalName="Ostwick Wire"/></SentFrom></NewsEnvelope>
        <NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:o:1</PublicIdentifier></NewsIdentifier>
        </Identification><NewsManagement><FirstCreated>20251222T152900+0000</FirstCreated><Status FormalName="Usable"/>
        </NewsManagement><NewsComponent>"""
        + part.format("Harbour closes", "en", "It closes.")
        + part.format("Hafen schließt", "de", "Er schließt.")
        + "</NewsComponent></NewsItem></NewsML>"
    )
    assert isinstance(one, Fields)
    assert isinstance(two, Fields)
    assert (one.title, one.text, one.language, one.source) == ("Harbour closes", "It closes.", "en", "Ostwick Wire")
    assert (two.title, two.text, two.language, two.id) == ("Hafen schließt", "Er schließt.", "de", "urn:o:1#de")
    assert (dated(one), one.authors) == ("2025-12-22T15:29:00+00:00", ("Jane Doe",))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "empty"),
        (" ", "only white space"),
        ("<html><p>x</p></html>", "XML, but neither NewsML nor NITF: it begins with <html>"),
        ("<conceptItem/>", "a NewsML-G2 conceptItem: it holds no article of its own"),
        ("<newsMessage/>", "no news item in it"),
        (ITEM.format(status="withheld", content=INLINE), "withheld by its provider"),
        (ITEM.format(status="usable", content=""), "no text"),
        (NITF[:-20], "broken XML, line 8: "),
        ('<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + NITF, "declares XML entities of its own"),
        ('<!DOCTYPE nitf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + NITF, "declares XML entities of its own"),
    ],
)
def test_what_cannot_be_read_says_why(data: str, said: str) -> None:
    assert reason(data).startswith(said)


@given(st.binary(max_size=60), st.integers(0, 900))
def test_no_bytes_do_harm(noise: bytes, at: int) -> None:
    data = ITEM.format(status="usable", content=INLINE).encode()
    try:
        list(newsml.read(io.BytesIO(data[:at] + noise + data[at + len(noise) :]), Hints()))
    except Unreadable as problem:
        assert "\n" not in str(problem)
