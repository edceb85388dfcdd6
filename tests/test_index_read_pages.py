"""Web pages: 37 layouts of invented news, each page with what a careful reader would note down of it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import pytest
from pages_corpus import Page, Truth, pages

from index.read import read
from index.types import Article

# Letters of a script that writes no blanks are a token each, elsewhere words are.
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Reading:
    page: Page
    article: Article | None

    @property
    def truth(self) -> Truth:
        return self.page.truth


Readings = tuple[Reading, ...]
Measure = Callable[[Truth, Article], float]


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Readings:
    folder = tmp_path_factory.mktemp("pages")
    for page in pages():
        (folder / f"{page.name}.html").write_bytes(page.data)
    read_as = {Path(found.origin).stem: found for found in read([folder]) if isinstance(found, Article)}
    return tuple(Reading(page, read_as.get(page.name)) for page in pages())


def test_the_corpus_is_what_it_says() -> None:
    assert len(pages()) >= 72
    assert len({page.layout for page in pages()}) >= 18
    assert {page.truth.language for page in pages()} == {"en", "de", "fr", "es", "ko", "ja"}
    for page in pages():
        shown = _squeezed(_shown(page.data))
        body = _squeezed(" ".join(page.truth.body))
        for words in (page.truth.title, *page.truth.body, *_outside(page.truth)):
            assert _squeezed(words) in shown, f"{page.name} does not show {words!r}"
        for words in _outside(page.truth):
            assert words, f"{page.name} forbids nothing"
            assert _squeezed(words) not in body, f"{page.name} forbids a part of its body: {words!r}"


def test_every_page_is_read(readings: Readings) -> None:
    assert [reading.page.name for reading in readings if reading.article is None] == []


def test_bodies(readings: Readings) -> None:
    assert _mean(_body_f1, readings) >= 0.95, _figures(readings)


def test_no_page_loses_its_body(readings: Readings) -> None:
    poor = {reading.page.name: f1 for reading in readings if (f1 := _score(_body_f1, reading)) < 0.85}
    assert poor == {}, _figures(readings)


def test_paragraphs_stay_paragraphs(readings: Readings) -> None:
    assert _mean(_paragraphs, readings) >= 0.95, _figures(readings)


def test_titles(readings: Readings) -> None:
    assert _mean(_title, readings) >= 0.98, _figures(readings)


def test_dates(readings: Readings) -> None:
    assert _mean(_date, readings) >= 0.95, _figures(readings)


def test_an_undated_page_stays_undated(readings: Readings) -> None:
    undated = [reading for reading in readings if reading.truth.published is None]
    assert len(undated) >= 3
    assert [reading.page.name for reading in undated if reading.article and reading.article.published] == []


def test_authors(readings: Readings) -> None:
    assert _mean(_authors, readings) >= 0.90, _figures(readings)


def test_outlets(readings: Readings) -> None:
    assert _mean(_outlet, readings) >= 0.80, _figures(readings)


def test_urls_languages_and_sections(readings: Readings) -> None:
    assert _mean(_url, readings) == 1.0, _figures(readings)
    assert _mean(_language, readings) == 1.0, _figures(readings)
    assert _mean(_section, readings) >= 0.95, _figures(readings)


def test_no_caption_is_in_a_body(readings: Readings) -> None:
    assert _leaked("captions", readings) == [], _figures(readings)


def test_what_stands_around_an_article_stays_out(readings: Readings) -> None:
    outside = sum(len(reading.truth.never) for reading in readings)
    assert len(_leaked("never", readings)) / outside <= 0.02, _figures(readings)


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(text.casefold()))


def _body_f1(truth: Truth, article: Article) -> float:
    """Words that may stand in the text or not neither raise nor lower it."""
    wanted, got = _tokens(" ".join(truth.body)), _tokens(article.text)
    right = (wanted & got).total()
    wrong = (got - wanted - _tokens(" ".join(truth.may))).total()
    return 2 * right / (right + wrong + wanted.total())


def _paragraphs(truth: Truth, article: Article) -> float:
    """How many of the paragraphs are a line of their own; a row of a table is one however its cells are kept apart."""
    lines = {_squeezed(re.sub(r"^\s*[-•*]\s+|\|", "", line)) for line in article.text.splitlines()}
    whole = [_squeezed(paragraph) in lines for paragraph in truth.body]
    return sum(whole) / len(whole)


def _title(truth: Truth, article: Article) -> float:
    return float(article.title.split() == truth.title.split())


def _date(truth: Truth, article: Article) -> float:
    said, found = truth.published, article.published
    if said is None or found is None:
        return float(said is found)
    if not isinstance(said, datetime):
        return float(found.date() == said and article.published_until is None)
    if said.tzinfo is None:  # the reader may know the outlet's zone
        return float(found.replace(tzinfo=None) == said)
    return float(found.tzinfo is not None and found == said)


def _authors(truth: Truth, article: Article) -> float:
    return float(article.authors == truth.authors)


def _outlet(truth: Truth, article: Article) -> float:
    return float(article.source.casefold() == truth.outlet.casefold())


def _url(truth: Truth, article: Article) -> float:
    return float(truth.url is None or article.url == truth.url)


def _language(truth: Truth, article: Article) -> float:
    return float(article.language == truth.language)


def _section(truth: Truth, article: Article) -> float:
    return float(not truth.section or article.section == truth.section)


def _outside(truth: Truth) -> tuple[str, ...]:
    return truth.captions + truth.never


def _leaks(words: Sequence[str], article: Article) -> list[str]:
    text = _squeezed(article.text)
    return [each for each in words if _squeezed(each) in text]


def _leaked(field: Literal["captions", "never"], readings: Readings) -> list[str]:
    return [
        f"{reading.page.name}: {words}"
        for reading in readings
        if reading.article
        for words in _leaks(getattr(reading.truth, field), reading.article)
    ]


def _clean(truth: Truth, article: Article) -> float:
    """How much of what is no part of the article stayed out."""
    return 1 - len(_leaks(_outside(truth), article)) / len(_outside(truth))


_MEASURES: Mapping[str, Measure] = {
    "body": _body_f1,
    "paragraphs": _paragraphs,
    "title": _title,
    "date": _date,
    "authors": _authors,
    "outlet": _outlet,
    "url": _url,
    "language": _language,
    "section": _section,
    "clean": _clean,
}


def _score(measure: Measure, reading: Reading) -> float:
    return measure(reading.truth, reading.article) if reading.article else 0.0


def _mean(measure: Measure, readings: Readings) -> float:
    return sum(_score(measure, reading) for reading in readings) / len(readings)


def _figures(readings: Readings) -> str:
    """Each measure by layout, and what the pages that fail one gave."""
    lines = ["", f"{'layout':20}" + "".join(f"{name:>11}" for name in _MEASURES)]
    layouts = dict.fromkeys(reading.page.layout for reading in readings)
    for name in [*layouts, "all"]:
        group = tuple(reading for reading in readings if name in {"all", reading.page.layout})
        lines.append(f"{name:20}" + "".join(f"{_mean(measure, group):11.3f}" for measure in _MEASURES.values()))
    return "\n".join([*lines, *(_failure(reading) for reading in readings if reading.article)])


def _failure(reading: Reading) -> str:
    truth, article = reading.truth, reading.article
    assert article is not None
    gave = {
        "title": (truth.title, article.title),
        "date": (_printed(truth.published), _printed(article.published) + f" from {article.published_from}"),
        "authors": (truth.authors, article.authors),
        "outlet": (truth.outlet, article.source),
        "url": (truth.url, article.url),
        "language": (truth.language, article.language),
        "section": (truth.section, article.section),
        "clean": ([], _leaks(_outside(truth), article)),
    }
    wrong = [f"{name}: wanted {gave[name][0]!r}, got {gave[name][1]!r}" for name in gave if not _right(name, reading)]
    weak = [f"{name} {_score(_MEASURES[name], reading):.2f}" for name in ("body", "paragraphs")]
    return f"{reading.page.name} ({', '.join(weak)})" + "".join(f"\n    {line}" for line in wrong)


def _right(name: str, reading: Reading) -> bool:
    return _score(_MEASURES[name], reading) == 1.0


def _printed(when: date | None) -> str:
    return "none" if when is None else when.isoformat()


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _shown(data: bytes) -> str:
    """The words of a page, by the crudest means."""
    for encoding in ("utf-8", "euc-kr", "cp932", "cp1252"):
        try:
            page = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    page = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL | re.IGNORECASE)
    return html.unescape(re.sub(r"<[^>]*>", "", page))
