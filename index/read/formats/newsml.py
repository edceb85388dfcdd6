"""IPTC's XML in, Fields out: NewsML-G2 items and messages, NewsML 1.x, NITF. Knows no paths and opens no connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from index.read.decode import clean, one_line
from index.read.fields import dating, plain_text, split_names, versioned, web_address
from index.read.language import language_code
from index.read.types import Dating, Fault, Fields, Hints, Marked, Unreadable
from index.read.web.markup import fragment_text
from index.read.xmltext import safe_xml, xml_text

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_GONE = {"canceled": "canceled by its provider", "withheld": "withheld by its provider"}
_ITEMS_WITHOUT_TEXT = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_NO_SECTION = ("person", "organisation", "geoArea", "poi", "event")  # what a subject may be beside a topic
_NO_BODY = ("HeadLine", "StyleSheet", "Contact", "Caption")  # NewsML 1.x: roles of components
_PARTIES = ("Provider", "SentFrom", "Source")

_AS_HTML = {"hl1": "h1", "hl2": "h2", "bq": "blockquote", "media": "figure", "fn": "p", "note": "div", "block": "div"}
_CAPTIONS = ("media-caption", "figcaption", "caption")
_CREDITS = ("media-producer", "media-reference")
_UNSEEN = ("media-metadata", "nitf-col", "colgroup", "script", "style")


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of a file: one item, or the items of a message, in order."""
    root = _parse(xml_text(stream.read(), hints.media_type))
    found: Iterable[tuple[Callable[[etree._Element, int | None], Fields], etree._Element]]
    match root.tag:
        case "newsItem" | "nitf":
            yield _g2(root, None) if root.tag == "newsItem" else _nitf(root, None)
            return
        case "newsMessage":
            found = ((_g2, item) for item in root.iterfind("itemSet/newsItem"))
        case "NewsML":
            found = ((_newsml1, part) for item in root.iterfind("NewsItem") for part in _components(item))
        case tag if tag in _ITEMS_WITHOUT_TEXT:
            raise Unreadable(f"a NewsML-G2 {tag}: it holds no article of its own")
        case tag:
            raise Unreadable(f"XML, but neither NewsML nor NITF: it begins with <{tag}>")
    record = 0
    for record, (reader, item) in enumerate(found, start=1):
        try:
            yield reader(item, record)
        except Unreadable as problem:
            yield Fault(str(problem), record)
    if not record:
        raise Unreadable("no news item in it")


def nitf_text(xml: str) -> str:
    """The text of an article in NITF, without its headline and byline.

    Raises:
        Unreadable: It is broken.
    """
    root = _parse(safe_xml(xml))
    return _text(root.find(".//body.content"))[0]


def _parse(text: str) -> etree._Element:
    """The tree, its names without namespaces.

    Raises:
        Unreadable: Broken.
    """
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), _PARSER)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"broken XML, line {error.lineno or 1}: {one_line(error.msg or 'no element')}") from None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def _g2(item: etree._Element, record: int | None) -> Fields:
    """The article that a NewsML-G2 newsItem is."""
    status = _code(item.find("itemMeta/pubStatus"))
    if status in _GONE:
        raise Unreadable(_GONE[status])
    text, marked = _content(item.find("contentSet"))
    if not text:
        what = _code(item.find("itemMeta/itemClass"))
        elsewhere = item.find("contentSet/remoteContent")
        if elsewhere is not None and what in {"text", ""}:
            raise Unreadable(f"its text is in another file: {elsewhere.get('href', '')}")
        raise Unreadable("no text" + (f": a {what}" if what not in {"text", ""} else ""))
    inner = item.find("contentSet/inlineXML/nitf")
    shown = _nitf(inner, None) if inner is not None and inner.find(".//body.content") is not None else None
    languages = (item.find("contentMeta/language"), "tag"), (item.find("contentSet/inlineXML"), _LANG), (item, _LANG)
    version = item.get("version", "")
    url = web_address(item.get("guid", ""))
    return Fields(
        text=text,
        marked=marked,
        title=_headline(item) or (shown.title if shown else ""),
        source=_provider(item),
        authors=_people(item.iterfind("contentMeta/by")) or _people(item.iterfind("contentMeta/creator/name"))
        or (shown.authors if shown else ()),
        dating=_dated(item, version),
        url=url,
        id=versioned(item.get("guid", ""), version) or None,
        language=next(filter(None, (language_code(e.get(name, "")) for e, name in languages if e is not None)), ""),
        section=_section(item),
        record=record,
    )  # fmt: skip


def _nitf(root: etree._Element, record: int | None) -> Fields:
    """The article that an NITF file is."""
    text, marked = _text(root.find(".//body.content"))
    if not text:
        raise Unreadable("no text")
    about = root.find("head/docdata")
    about = root if about is None else about
    printed = root.find("head/pubdata")
    dates = [*(("norm", about.find(name)) for name in ("date.issue", "date.release")), ("date.publication", printed)]
    holder = about.find("doc.copyright")
    identity = about.find("doc-id")
    return Fields(
        text=text,
        marked=marked,
        title=_said(root.find(".//body.head/hedline/hl1")) or _said(root.find("head/title")),
        source=_either(_said(root.find(".//body.head/distributor")), _attribute(printed, "name"))
        or _attribute(holder, "holder"),
        authors=_people(root.iterfind(".//body.head/byline")),
        dating=next(filter(None, (dating(_attribute(e, name), "NITF") for name, e in dates)), None),
        url=web_address(_attribute(printed, "ex-ref")),
        id=_attribute(identity, "id-string") or None,
        language=language_code(root.get(_LANG, "")),
        section=_attribute(printed, "position.section"),
        record=record,
    )  # fmt: skip


def _components(item: etree._Element) -> Iterator[etree._Element]:
    """The parts of a NewsML 1.x item that have a headline: the same story in several languages is several articles."""
    headed = [part for part in item.iter("NewsComponent") if part.find("NewsLines/HeadLine") is not None]
    # A picture within an article has a headline too: only the outermost count.
    outer = [part for part in headed if not any(above in headed for above in part.iterancestors("NewsComponent"))]
    yield from outer or [item]


def _newsml1(part: etree._Element, record: int | None) -> Fields:
    """The article that a component of a NewsML 1.x item is."""
    item = next(part.iterancestors("NewsItem"), part)
    status = _attribute(item.find("NewsManagement/Status"), "FormalName").lower()
    if status in _GONE:
        raise Unreadable(_GONE[status])
    texts: dict[etree._Element, str] = {}  # by component: further contents of one are the same in other formats
    for content in part.iter("DataContent"):
        component = next(content.iterancestors("NewsComponent"), part)
        mime = _attribute(content.getparent().find("MimeType"), "FormalName")
        role = _attribute(component.find("Role"), "FormalName")
        if role not in _NO_BODY and not mime.startswith(("text/css", "image/")) and component not in texts:
            texts[component] = _text(content)[0]
    text = "\n\n".join(filter(None, texts.values()))
    if not text:
        raise Unreadable("no text")
    name = _said(item.find("Identification/NewsIdentifier/PublicIdentifier"))
    several = len(list(_components(item))) > 1
    language = part.find(".//DescriptiveMetadata/Language")
    root = item.getroottree().getroot()
    management = item.find("NewsManagement")
    dates = (
        (management.find(name) for name in ("FirstCreated", "ThisRevisionCreated")) if management is not None else ()
    )
    return Fields(
        text=text,
        title=_said(part.find("NewsLines/HeadLine")),
        source=_either(*(_attribute(root.find(f".//{party}/Party"), "FormalName") for party in _PARTIES)),
        authors=_people(part.iterfind(".//NewsLines/ByLine")),
        dating=next(filter(None, (dating(_said(each), "NewsML") for each in dates)), None),
        id=(f"{name}#{_attribute(language, 'FormalName')}" if name and several else name) or None,
        language=language_code(_attribute(language, "FormalName")),
        record=record,
    )  # fmt: skip


def _content(content: etree._Element | None) -> tuple[str, tuple[Marked, ...]]:
    """The first rendition of a contentSet that has a text."""
    for each in content if content is not None else ():
        if each.tag == "inlineXML":
            body = each.find(".//body.content")
            body = each.find(".//body") if body is None else body
            bare = body is None and each.find(".//p") is not None  # other XML holds results of games, and the like
            found = _text(each if bare else body)
        elif each.tag == "inlineData" and not each.get("encoding"):
            found = clean(plain_text("".join(each.itertext()), each.get("contenttype", ""))).strip(), ()
        else:
            continue
        if found[0]:
            return found
    return "", ()


def _text(element: etree._Element | None) -> tuple[str, tuple[Marked, ...]]:
    """The words of an element by paragraphs, what stands under its pictures at the end."""
    if element is None:
        return "", ()
    beside: list[tuple[str, str]] = []
    for each in list(element.iter(*_CAPTIONS, *_CREDITS, *_UNSEEN)):
        words = _said(each)
        if words and each.tag not in _UNSEEN:
            beside.append((words, "caption" if each.tag in _CAPTIONS else "credit"))
        each.clear(keep_tail=True)
    for each in element.iter():
        each.tag = _AS_HTML.get(each.tag, each.tag)
    if len(element):
        text = fragment_text(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    else:
        text = plain_text(element.text or "")
    text = clean(text).strip()
    marked = []
    for words, kind in beside if text else ():
        marked.append(Marked(len(text) + 2, len(text) + 2 + len(words), "caption" if kind == "caption" else "credit"))
        text += f"\n\n{words}"
    return text, tuple(marked)


def _headline(item: etree._Element) -> str:
    """The main headline, else the first."""
    listed = item.findall("contentMeta/headline")
    return next(
        filter(None, map(_said, sorted(listed, key=lambda each: not each.get("role", "main").endswith("main")))), ""
    )


def _provider(item: etree._Element) -> str:
    """Who sent it, by name where one is given; a code such as "nprov:AP" is a name too, a number is none."""
    provider = item.find("itemMeta/provider")
    names = map(_said, map(item.find, ("itemMeta/provider/name", "rightsInfo/copyrightHolder/name")))
    code = _attribute(provider, "literal") or _code(provider)
    coded = code if any(map(str.isalpha, code)) else ""
    return next(filter(None, (*names, coded, _said(item.find("contentMeta/infoSource/name")))), "")


def _dated(item: etree._Element, version: str) -> Dating | None:
    """When this text was first sent out: a later version of it corrects or archives, unless nothing else is given."""
    first, made = (_said(item.find(f"itemMeta/{name}")) for name in ("firstCreated", "versionCreated"))
    written = _said(item.find("contentMeta/contentCreated"))
    order = (first, made, written) if version in {"", "0", "1"} else (first, written, made)
    return next(filter(None, (dating(each, "NewsML") for each in order)), None)


def _section(item: etree._Element) -> str:
    topics = (s for s in item.iterfind("contentMeta/subject") if _after_colon(s.get("type", "")) not in _NO_SECTION)
    return next(filter(None, (_said(topic.find("name")) for topic in topics)), "")


def _people(lines: Iterable[etree._Element]) -> tuple[str, ...]:
    """The people of some bylines: those marked as such, else all that is no title."""
    people: dict[str, None] = {}
    for line in lines:
        marked = [_said(person) for person in line.iter("person")]
        for title in list(line.iter("byttl")):
            title.clear(keep_tail=True)
        people.update(dict.fromkeys(marked or split_names(_said(line).strip(" ,;"))))
    return tuple(filter(None, people))


def _code(element: etree._Element | None) -> str:
    """What a qcode such as "stat:usable" says without its vocabulary."""
    return _after_colon(_attribute(element, "qcode"))


def _after_colon(code: str) -> str:
    return code.rpartition(":")[2]


def _attribute(element: etree._Element | None, name: str) -> str:
    return "" if element is None else one_line(element.get(name, ""))


def _said(element: etree._Element | None) -> str:
    return "" if element is None else one_line("".join(element.itertext()))


def _either(*said: str) -> str:
    return next(filter(None, said), "")
