"""A line, the start of a text, a URL or a file name in, when the article came out, if it says so. Knows no format.

Whatever is found outside a markup may be about another day, so only a line that says "Published" is sure.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, time
from urllib.parse import unquote, urlsplit

from index.dates.words import MONTHS, WEEKDAYS
from index.dates.written import moment
from index.read.types import Dating

_LONGEST_LINE = 200
_HAS_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")

# What newsrooms print before the date, the longest first where one begins another.
_PUBLISHED = r"""
    (?:(?:article|story|page|date)\s+)?(?:first\s+|originally\s+)?(?:published|posted)(?:\s+(?:date|time|online))?
    (?:\s+by\s[^\d|]{2,50}\s(?:on|at)|\s+(?:on|at))?
  | publi(?:sh|cation)\s+date | (?:issue|release)\s+date | (?:issued|released|filed)(?:\s+on)?
  | date(?:line)? | created(?:\s+on)? | (?:mise?\s+en\s+ligne|parue?|publiée?)(?:\s+le)?
  | (?:veröffentlicht|erschienen|erstellt|eingestellt|veröffentlichung(?:sdatum)?|datum)(?:\s+am)?
  | publicad[oa](?:\s+(?:el|em))? | fecha(?:\s+de\s+publicaci[oó]n)? | pubblicato(?:\s+il)?
  | gepubliceerd(?:\s+op)? | publicerad | publisert | udgivet | publiceret | oprettet
  | julkaistu | opublikowano | опубликовано | yayınlanma(?:\s+tarihi)?
  | (?:기사|최초)?\s?입력 | 등록(?:일시?)? | 승인 | 발행일? | 게재일?
  | (?:公開|掲載|配信|登録|投稿)(?:日時?)? | 发布(?:时间|日期|于)? | 發布(?:時間|日期|於)?
"""
_UPDATED = r"""
    (?:last\s+)?(?:updated|modified|edited|revised)(?:\s+(?:date|time|on|at))? | mise?\s+à\s+jour(?:\s+le)?
  | modifié(?:\s+le)? | (?:zuletzt\s+)?aktualisiert(?:\s+am)? | stand | (?:última\s+)?actualizaci[oó]n
  | actualizado(?:\s+(?:el|a))? | atualizado(?:\s+em)? | aggiornato(?:\s+(?:il|alle))? | bijgewerkt(?:\s+op)?
  | uppdaterad | oppdatert | opdateret | päivitetty | zaktualizowano | обновлено | güncelleme
  | (?:최종|기사)?\s?(?:수정|업데이트)(?:일시?)? | (?:最終)?更新(?:日時?|时间|時間|于|於)?
"""
# A date of neither: when the page was printed or looked at.
_OTHER = r"""
    (?:printed|retrieved|accessed|archived)(?:\s+on)? | print\s+date | (?:gedruckt|abgerufen|ausgedruckt)(?:\s+am)?
  | druckdatum | imprimé(?:\s+le)? | consultée?(?:\s+le)? | event\s+date | deadline
"""
_LABEL = re.compile(
    rf"(?<!\w)(?:(?P<other>{_OTHER})|(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))(?![^\W\d_])",
    re.IGNORECASE | re.VERBOSE,
)
# "In a study published on 22 Dec. 2025" is no label: one begins the line, follows a bar or another date, or is written
# with a capital.
_BEFORE_LABEL = re.compile(r"(?:^|[|·•/:;()\[\d日일–—-]|[apAP]\.?[mM]\.?|\b[A-Z]{2,4})\s*$")
_SEPARATOR = re.compile(r"\s*[|·•∙ㆍ/]\s+|\s+[–—-]\s+|\s{3,}|\t")
_BY = re.compile(r"\s+by\s\D{2,50}$")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,})\.?,?\s+(\d{4})")
_EDGES = " \t\u00a0|·•,;:：()[]<>–—-"


def from_line(line: str, *, day_first: bool | None = None) -> Dating | None:
    """The date of a line that holds nothing else but names, or what follows "Published" or "Updated" in it.

    What is published is stated and goes first, then a date that stands alone, then an update; both are inferred.

    Args:
        line: Of any kind.
        day_first: Whether 03/04/2025 is in April, if the region of the text says so.
    """
    if len(line) > _LONGEST_LINE or not _HAS_YEAR.search(line):
        return None
    labels = [
        label for label in _LABEL.finditer(line) if label[0][0].isupper() or _BEFORE_LABEL.search(line[: label.start()])
    ]
    source = f"the line “{line.strip()}”"
    for label, after in _labelled(line, labels, "published"):
        if found := _day_or_month(after or line[: label.start()], day_first=day_first):  # "2025年12月22日 公開"
            return Dating(found[0], source, "stated", found[1])
    before = line[: labels[0].start()] if labels else line
    if alone := _alone(before, day_first=day_first):  # also goes before the "Updated" behind it
        return Dating(alone, source, "inferred")
    for _, after in _labelled(line, labels, "updated"):
        if found := _day_or_month(after, day_first=day_first):
            return Dating(found[0], source, "inferred", found[1])
    return None


def _labelled(line: str, labels: list[re.Match[str]], kind: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each label of that kind and what stands between it and the next label."""
    ends = [label.start() for label in labels[1:]] + [len(line)]
    for label, end in zip(labels, ends, strict=False):
        if label.lastgroup == kind:
            yield label, line[label.end() : end].strip(_EDGES)


def _day_or_month(text: str, *, day_first: bool | None) -> tuple[datetime, datetime | None] | None:
    """A moment, or a whole month as its first and last."""
    day = _alone(_BY.sub("", text), day_first=day_first)
    if day:
        return day, None
    month = _MONTH_YEAR.fullmatch(text.strip(_EDGES))
    if month and (number := MONTHS.get(month[1].lower())):
        return _month(int(month[2]), number)
    return None


def _alone(text: str, *, day_first: bool | None) -> datetime | None:
    """The date that this is, or the only one among its parts: "Dec. 22, 2025 | 3:29 p.m. | 5 min read"."""
    parts = [part for part in _SEPARATOR.split(text.strip(_EDGES)) if part]
    for count in range(len(parts), 0, -1):
        runs = (" ".join(parts[at : at + count]) for at in range(len(parts) - count + 1))
        found = {day for run in runs if _HAS_YEAR.search(run) and (day := moment(run, day_first=day_first))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _month(year: int, month: int) -> tuple[datetime, datetime]:
    last = datetime(year, month, monthrange(year, month)[1])
    return datetime(year, month, 1), datetime.combine(last, time(23, 59, 59))


_NAME = r"[^\W\d_a-z][\w.'’-]*"
_DATELINE = re.compile(
    rf"\s*(?:(?P<place>{_NAME}(?:(?:,\s+|\s+)(?:{_NAME}|d[aeo]s?|of|el|la|and))*)(?:,|\s*[–—-])?\s+)?"
    r"(?P<date>[^\n()/–—]{6,26}\b\d{4})\.?"
    r"\s*(?P<agency>\([^()\n]{2,40}\)|/[^/\n]{2,40}/)?\s*(?:[–—:]|-{1,2})\s"
)


def from_dateline(text: str) -> Dating | None:
    """The date in "WASHINGTON, Dec. 12, 2025 (Reuters) -" at the very start of a text; inferred.

    A dateline without a year is none, and a place or an agency must stand by it.
    """
    found = _DATELINE.match(text[:_LONGEST_LINE])
    if not found or not (found["place"] or found["agency"]):
        return None
    if {word.strip(".,").lower() for word in (found["place"] or "").split()} & _NO_PLACE:
        return None
    written = moment(found["date"])
    return Dating(written, "dateline", "inferred") if written else None


_NO_PLACE = WEEKDAYS.keys() | {"on", "by", "in", "since", "until", "from", "born", "died", "the"}

_URL_MONTH = r"(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
_FOLDERS = re.compile(
    rf"(?<=/)(?P<year>\d{{4}})[/-](?P<month>{_URL_MONTH})(?:[/-](?P<day>\d{{1,2}}))?(?=/|$)", re.IGNORECASE
)
_JOINED = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])/?(?P<day>[0-3]\d)(?P<rest>\d*)(?!\d|\.\d)"
)
_APART = re.compile(
    r"(?<!\d)(?<!\d[-_.])(?P<year>\d{4})(?P<gap>[-_.])(?P<month>\d\d)(?P=gap)(?P<day>\d\d)(?!\d|\.\d|[-_]\d{4})"
)
_FOLDED = re.compile(r"(?<=/)(?P<year>(?:19|20)\d\d)/?(?P<month>\d\d)-?(?P<day>\d\d)(?=/)")
_SERIAL = re.compile(r"=(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)\d{4,12}(?!\d)")
_FIRST_PAGE = 1990


def from_url(url: str) -> Dating | None:
    """The day in "/2025/12/22/", "/2025/dec/22/", "/20251222001", "-2025-12-22"; the month in "/2025/12/"; inferred."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "https://[half an IPv6 address"
        return None
    return _in_path(unquote(parts.path), "URL", first_year=_FIRST_PAGE) or _only(
        [_SERIAL], "?" + parts.query, "URL", first_year=_FIRST_PAGE
    )


def from_name(name: str) -> Dating | None:
    """The date in a file's name or in the folders before it, such as "2025-12-22_title.txt"; inferred."""
    return _in_path("/" + name.replace("\\", "/"), "file name", first_year=1605)


def _in_path(path: str, source: str, *, first_year: int) -> Dating | None:
    """What the folders say goes before what stands in a name; a month before nothing."""
    folder, _, name = path.rpartition("/")
    month = None
    for found in _FOLDERS.finditer(path):
        if found["day"] is None:
            month = month or found
        elif day := _day(found, first_year):
            return Dating(day, source, "inferred")
    return (
        _only([_FOLDED], path, source, first_year=first_year)
        or _only([_APART, _JOINED], name, source, first_year=first_year)
        or _only([_APART, _JOINED], folder, source, first_year=first_year)
        or _whole_month(month, source, first_year)
    )


def _only(patterns: list[re.Pattern[str]], text: str, source: str, *, first_year: int) -> Dating | None:
    """The one date that stands there; two are none."""
    found = {day for pattern in patterns for match in pattern.finditer(text) if (day := _day(match, first_year))}
    return Dating(found.pop(), source, "inferred") if len(found) == 1 else None


def _day(found: re.Match[str], first_year: int) -> datetime | None:
    try:
        day = datetime(int(found["year"]), _number(found["month"]), int(found["day"]))
    except ValueError:  # 20251299 is no date
        return None
    return day if first_year <= day.year else None


def _whole_month(found: re.Match[str] | None, source: str, first_year: int) -> Dating | None:
    if not found or not first_year <= int(found["year"]) <= 2100:
        return None
    first, until = _month(int(found["year"]), _number(found["month"]))
    return Dating(first, source, "inferred", until)


def _number(month: str) -> int:
    return int(month) if month.isdigit() else MONTHS[month.lower()]
