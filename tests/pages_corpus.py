"""Invented news pages with what a careful reader would note down of each: layouts × articles in, bytes and Truth out.

A layout (`tests/pages/layouts/*.html`) holds the page, how it marks up each kind of block, what it states and what of
its own words is no reporting; an article (`tests/pages/articles/*.txt`) is a head of fields and blocks apart by blank
lines. Knows nothing about the reader.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from string import Template

import yaml

HERE = Path(__file__).parent / "pages"

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_AND = {"en": " and ", "de": " und ", "fr": " et ", "es": " y ", "ko": "·", "ja": "、"}

_KINDS = {  # how a block of an article begins; everything else is a paragraph
    "## ": "heading",
    "> ": "quote",
    "? ": "question",
    "- ": "list",
    "| ": "table",
    "!photo ": "photo",
    "!related ": "related",
    "!tweet ": "tweet",
    "!pull ": "pull",
    "!time ": "time",
    "!correction ": "correction",
}
_CAPTION = ("photo",)
_NEVER = ("related",)
_MAY = ("tweet", "pull")  # readers differ on whether these belong to the text: neither asked for nor held against


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful reader would note down.

    Attributes:
        published: A moment where the page states one; one without a zone where it states none; else a day.
        body: The paragraphs, sub-headings, list items and rows, in order.
        may: Words of the page that may stand in the text or not.
        captions: What stands under pictures, and whose they are.
        never: Other words of the page that are no part of the article.
    """

    title: str
    authors: tuple[str, ...]
    outlet: str
    published: datetime | date | None
    url: str | None
    language: str
    section: str
    body: tuple[str, ...]
    may: tuple[str, ...]
    captions: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page, called `layout` + "--" + article."""

    layout: str
    name: str
    data: bytes
    truth: Truth


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Article:
    name: str
    head: Mapping[str, str]
    blocks: tuple[_Block, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """`sections`: the page and its snippets, by name. `states`: what it says of an article, such as "moment"."""

    name: str
    about: Mapping[str, str]
    pages: tuple[Mapping[str, str], ...]
    sections: Mapping[str, str] = field(repr=False)


@cache
def pages() -> tuple[Page, ...]:
    """Every page, in the order of the layouts' names."""
    articles = {path.stem: _article(path) for path in sorted((HERE / "articles").glob("*.txt"))}
    defaults = _sections((HERE / "blocks.html").read_text("utf-8"))
    layouts = [_layout(path, defaults) for path in sorted((HERE / "layouts").glob("*.html"))]
    return tuple(_page(layout, articles[page["article"]], page) for layout in layouts for page in layout.pages)


def plain(text: str) -> str:
    """An article's text without its inline marks."""
    return re.sub(r"\[\[(.*?)\]\]|\*\*(.*?)\*\*", lambda found: found[1] or found[2], text)


def _article(path: Path) -> _Article:
    head, _, body = path.read_text("utf-8").partition("\n\n")
    fields = (line.partition(":") for line in head.splitlines())
    return _Article(
        path.stem,
        {name: value.strip() for name, _, value in fields},
        tuple(_block(block.strip()) for block in body.split("\n\n")),
    )


def _block(block: str) -> _Block:
    for begin, kind in _KINDS.items():
        if block.startswith(begin):
            return _Block(kind, tuple(line.removeprefix(begin) for line in block.splitlines()))
    return _Block("p", (" ".join(block.splitlines()),))


def _sections(file: str) -> dict[str, str]:
    parts = re.split(r"^@@ (.+)\n", file, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.removesuffix("\n") for part in parts[2::2]), strict=True))


def _layout(path: Path, defaults: Mapping[str, str]) -> _Layout:
    sections = {**defaults, **_sections(path.read_text("utf-8"))}
    about = yaml.load(sections["about"], Loader=yaml.BaseLoader)  # times stay as they are written
    listed = [page if isinstance(page, dict) else {"article": page} for page in about.pop("pages")]
    return _Layout(path.stem, about, tuple(listed), sections)


def _page(layout: _Layout, article: _Article, page: Mapping[str, str]) -> Page:
    head = {**article.head, **layout.about, **page}
    if "published" in page and "modified" not in page:
        head["modified"] = page["published"]
    article = replace(article, blocks=article.blocks[: int(head.get("shows", len(article.blocks)))])
    values = _values(head, datetime.fromisoformat(head["published"]))
    values["body"] = _body(layout, article.blocks, values)
    encoding = head.get("encoding", "utf-8")
    data = Template(layout.sections["page"]).substitute(values).encode(encoding, "xmlcharrefreplace")
    return Page(layout.name, f"{layout.name}--{article.name}", data, _truth(layout, article, head, values))


def _truth(layout: _Layout, article: _Article, head: Mapping[str, str], values: Mapping[str, str]) -> Truth:
    states = head["states"].split()
    published = datetime.fromisoformat(head["published"])
    dates = {
        "moment": published,
        "local": published.replace(second=0, tzinfo=None),
        "day": published.date(),
        "undated": None,
    }
    said = [(block.kind, plain(part)) for block in article.blocks for line in block.lines for part in line.split(" @ ")]
    own = {name: Template(layout.sections.get(name, "")).substitute(values).splitlines() for name in ("may", "never")}
    return Truth(
        title=head["title"],
        authors=tuple(head["authors"].split("; ")) if "authors" in states and head.get("authors") else (),
        outlet=head["outlet"],
        published=next(dates[state] for state in states if state in dates),
        url=values["url"] if "url" in states else None,
        language=head["language"],
        section=head["section"] if "section" in states else "",
        body=tuple(text for block in article.blocks for text in _told(block)),
        may=tuple(part for kind, part in said if kind in _MAY)
        + tuple(block.lines[0].split(" @ ")[0] for block in article.blocks if block.kind == "time")
        + (head["lead"], *map(html.unescape, own["may"])),
        captions=tuple(part for kind, part in said if kind in _CAPTION),
        never=tuple(part for kind, part in said if kind in _NEVER) + tuple(map(html.unescape, own["never"])),
    )


def _told(block: _Block) -> Sequence[str]:
    """What a block adds to the body."""
    if block.kind in _CAPTION + _NEVER + _MAY:
        return ()
    if block.kind == "time":
        return (plain(block.lines[0].split(" @ ")[1]),)
    return tuple(plain(line).replace(" | ", " ") for line in block.lines)


def _body(layout: _Layout, blocks: Sequence[_Block], values: Mapping[str, str]) -> str:
    """The blocks as the layout marks them up, the n-th in its own way if it has one, with what it puts after it."""
    made = []
    for number, block in enumerate(blocks, start=1):
        own = f"{block.kind} {number}"
        snippet = own if own in layout.sections else block.kind
        made.append(_marked_up(layout.sections, block, snippet, values))
        if between := layout.sections.get(f"after {number}"):
            made.append(Template(between).substitute(values))
    return "\n".join(made)


def _marked_up(sections: Mapping[str, str], block: _Block, snippet: str, values: Mapping[str, str]) -> str:
    def fill(name: str, **more: str) -> str:
        return Template(sections[name]).substitute({**values, **more})

    if block.kind == "list":
        return fill("list", items="\n".join(fill("item", text=_inline(line)) for line in block.lines))
    if block.kind == "table":
        rows = [[fill("cell", text=_inline(cell)) for cell in line.split(" | ")] for line in block.lines]
        return fill("table", rows="\n".join(fill("row", cells="".join(cells)) for cells in rows))
    first, _, more = block.lines[0].partition(" @ ")
    return fill(snippet, text=_inline(first), more=_inline(more), href="/story/" + _slug(first))


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"\[\[(.*?)\]\]", lambda found: f'<a href="/topic/{_slug(found[1])}">{found[1]}</a>', text)
    return re.sub(r"\*\*(.*?)\*\*", r"<strong>\1</strong>", text)


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold())[:6]) or "desk"


def _values(head: Mapping[str, str], published: datetime) -> dict[str, str]:
    """What a template may ask for; text is escaped for HTML, `json_...` is a JSON value."""
    modified = datetime.fromisoformat(head.get("modified", head["published"]))
    authors = head.get("authors", "").split("; ")
    texts = {
        "title": head["title"],
        "lead": head["lead"],
        "outlet": head["outlet"],
        "section": head["section"],
        "byline": _AND[head["language"]].join(authors),
        "author": authors[0],
        "mail": _slug(authors[0]).replace("-", ".") + "@" + head["site"].removeprefix("https://www."),
    }
    persons = [{"@type": "Person", "name": name, "url": f"{head['site']}/author/{_slug(name)}"} for name in authors]
    values = {name: html.escape(text) for name, text in texts.items()}
    for name, value in {**texts, "authors": persons}.items():
        values[f"json_{name}"] = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    links = [f'<a href="/author/{_slug(name)}" rel="author">{html.escape(name)}</a>' for name in authors]
    values["author_links"] = _AND[head["language"]].join(links)
    values |= {"site": head["site"], "slug": _slug(head.get("slug", head["title"])), "language": head["language"]}
    values |= _dates("", published) | _dates("mod_", modified)
    values["url"] = head["site"] + Template(head["path"]).substitute(values)
    return values


def _dates(prefix: str, when: datetime) -> dict[str, str]:
    """One moment in the spellings that pages use."""
    month = {language: names.split()[when.month - 1] for language, names in _MONTHS.items()}
    hour = when.hour % 12 or 12
    half = "a.m." if when.hour < 12 else "p.m."
    spelled = {
        "iso": when.isoformat(),
        "utc": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "sql": when.strftime("%Y-%m-%d %H:%M:%S"),
        "day": when.date().isoformat(),
        "y": f"{when.year}",
        "m": f"{when.month:02}",
        "d": f"{when.day:02}",
        "us": f"{month['en']} {when.day}, {when.year}",
        "weekday": _DAYS[when.weekday()],
        "uk": f"{when.day} {month['en']} {when.year}",
        "dots": when.strftime("%Y.%m.%d"),
        "german": when.strftime("%d.%m.%Y"),
        "french": f"{when.day} {month['fr']} {when.year}",
        "spanish": f"{when.day} de {month['es']} de {when.year}",
        "hm": when.strftime("%H:%M"),
        "h12": f"{hour}:{when.minute:02} {half}",
        "fr_hm": when.strftime("%Hh%M"),
        "ja": f"{when.year}年{when.month}月{when.day}日 {when.hour}時{when.minute:02}分",
    }
    return {prefix + name: text for name, text in spelled.items()}
