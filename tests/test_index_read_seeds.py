"""Four articles as they were handed in, if their folder is there: title or lead, outlet, date, what is no reporting.

Nothing of theirs is copied here: lines are told by how they begin, end or how long they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from index.read import read
from index.types import Article

SEEDS = Path(__file__).parents[2] / "shared" / "corpora" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the folder of the four articles is not there")

_CAPTIONED = "000_474d894dadef4681"
_BYLINED = "001_9b8cf7f8e52dad33"
_COPYRIGHTED = "002_7fd92146117a206d"
_DATED = "004_d3765a509b325f67"

_NOTICE = re.compile(r"※|©|Published:|[\w.]+@[\w.]+$|.*/Courtesy of ")
_REPORTING = 80  # characters: the captions, notices and titles are shorter, or are told by `_NOTICE`


@pytest.fixture(scope="module")
def articles() -> Mapping[str, Article]:
    return {Path(found.origin).stem: found for found in read([SEEDS]) if isinstance(found, Article)}


def _lines(name: str) -> list[str]:
    return [line.strip() for line in (SEEDS / f"{name}.txt").read_text("utf-8").splitlines() if line.strip()]


def test_all_are_read_as_english(articles: Mapping[str, Article]) -> None:
    assert {name: article.language for name, article in articles.items()} == dict.fromkeys(
        (_CAPTIONED, _BYLINED, _COPYRIGHTED, _DATED), "en"
    )


@pytest.mark.parametrize("name", [_COPYRIGHTED, _DATED])
def test_a_first_line_that_is_a_headline_is_the_title(articles: Mapping[str, Article], name: str) -> None:
    assert articles[name].title == _lines(name)[0]
    assert articles[name].title not in articles[name].text


@pytest.mark.parametrize("name", [_CAPTIONED, _BYLINED])
def test_an_article_without_a_headline_opens_with_its_lead(articles: Mapping[str, Article], name: str) -> None:
    lead = next(line for line in _lines(name) if not _NOTICE.match(line))
    assert articles[name].title == ""
    assert articles[name].text.startswith(lead)


def test_the_outlets_that_the_texts_name(articles: Mapping[str, Article]) -> None:
    named = next(line for line in _lines(_COPYRIGHTED) if line.startswith("©"))
    assert articles[_COPYRIGHTED].source == named.removeprefix("©").partition("(")[0].strip()
    mail = _lines(_BYLINED)[-1]
    assert articles[_BYLINED].source == mail.partition("@")[2]
    assert (articles[_CAPTIONED].source, articles[_DATED].source) == ("", "")  # an agency's picture is no outlet


def test_only_a_stated_date_is_a_date(articles: Mapping[str, Article]) -> None:
    dated = articles[_DATED]
    assert (dated.published, dated.published_sure) == (datetime(2025, 12, 22, 15, 29), "stated")
    assert "Published:" in dated.published_from
    assert [articles[name].published for name in (_CAPTIONED, _BYLINED, _COPYRIGHTED)] == [None] * 3


def test_days_in_the_text_are_told_by_the_stated_date(articles: Mapping[str, Article]) -> None:
    dated = articles[_DATED]
    told = {dated.text[mention.start : mention.end]: (mention.first, mention.last) for mention in dated.mentions}
    assert told["Oct. 29"] == (date(2025, 10, 29), date(2025, 10, 29))
    assert told["Dec. 12 to 13"] == (date(2025, 12, 12), date(2025, 12, 13))


@pytest.mark.parametrize("name", [_CAPTIONED, _BYLINED, _COPYRIGHTED, _DATED])
def test_notices_and_captions_are_out_of_the_text_and_kept_beside_it(
    articles: Mapping[str, Article], name: str
) -> None:
    article = articles[name]
    out = [line for line in _lines(name) if _NOTICE.match(line) or len(line) < _REPORTING]
    assert out
    for line in out:
        assert line not in article.text
        assert line in {removed.text for removed in article.removed}
    for removed in article.removed:
        assert removed.text in out


@pytest.mark.parametrize("name", [_CAPTIONED, _BYLINED, _COPYRIGHTED, _DATED])
def test_all_the_reporting_is_in_the_text_in_order(articles: Mapping[str, Article], name: str) -> None:
    reporting = [line for line in _lines(name) if not _NOTICE.match(line) and len(line) >= _REPORTING]
    assert [line for line in articles[name].text.splitlines() if line.strip()] == reporting


def test_what_was_taken_out_is_told_by_kind(articles: Mapping[str, Article]) -> None:
    kinds = {name: [removed.kind for removed in article.removed] for name, article in articles.items()}
    assert kinds == {
        _CAPTIONED: ["caption", "caption", "translation"],
        _BYLINED: ["contact"],
        _COPYRIGHTED: ["headline", "copyright"],
        _DATED: ["headline", "header"],
    }
