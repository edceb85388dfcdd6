"""What a page states and the text found in it in, a reason to refuse it out. Only what is surely no article is refused.

A page that is said to be an article is one, and so is any text of some length that is not made of links.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from index.read.web.markup import text_of
from index.read.web.page import Page
from index.read.web.stated import Stated

_SHORT = 700  # characters: notes to the reader are shorter, and news in brief does not read like one
_FEW = 6  # lines
_MOSTLY_LINKS = 0.6

_SCRIPTS = re.compile(
    r"(?:enable|activate|allow|turn(?:ing)?\s+on|requires?|needs?|without|supports?|aktivieren\s+sie|activez|activer|habilit[ae])\W+"
    r"(?:\w+\W+){0,4}?java\s?scripts?\b|java\s?script\s+(?:\w+\s+){0,4}(?:disabled|required|enabled|turned\s+off|deaktiviert|activ|désactivé)",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"(?:verif\w+|confirm|prove|make\s+sure|checking)\W+(?:\w+\W+){0,4}?(?:human|browser|robot)\b|are\s+you\s+a\s+robot"
    r"|unusual\s+(?:traffic|activity)|\bcaptcha\b",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"(?:(?:http\s+)?error\W*)?\b(?:400|401|403|404|410|429|451|500|502|503|504)\b(?:\W|$)|.{0,40}\b(?:page|seite|site|url)\s+"
    r"(?:\w+\s+){0,4}?(?:not\s+found|nicht\s+gefunden|introuvable|no\s+encontrada|non\s+trovata|cannot\s+be\s+found|doesn.t\s+exist)"
    r"|(?:not\s+found|access\s+denied|forbidden|bad\s+gateway|service\s+unavailable|too\s+many\s+requests)\W*$",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:log|sign)(?:ging|ing)?[\s-]?(?:in|on)\b|\banmeld|\beinloggen|\bconnexion\b|iniciar\s+sesi", re.IGNORECASE
)


def reason(stated: Stated, page: Page, text: str) -> str | None:
    """Why this is no article; None if it may be one."""
    if _is_said_to_be_an_article(stated):
        return None
    lines = [line for line in text.split("\n") if line]
    if len(text) <= _SHORT and (why := _note(stated, [page.title, stated.title, lines[0]], text)):
        return why
    if page.dating is None and _is_front(page.url):
        return f"the front page of a site, {page.url}: save the articles"
    if len(lines) >= _FEW and _share_of_links(stated, lines) > _MOSTLY_LINKS:
        return "no article in the page: its text is links to other pages"
    return None


def _note(stated: Stated, titles: list[str], text: str) -> str | None:
    """What a site says in the place of an article."""
    if _SCRIPTS.search(text):
        return "no article in the page: it only asks for JavaScript"
    if _ROBOT.search(text):
        return "no article in the page: it only asks whether its reader is human"
    if error := next((each for each in titles if _ERROR.match(each)), None):
        return f"an error page: “{error[:80]}”"
    if _asks_for_password(stated) and any(map(_LOGIN.search, titles)):
        return "no article in the page: it only asks to log in"
    return None


def _is_said_to_be_an_article(stated: Stated) -> bool:
    kinds = (kind.lower() for kind, _ in stated.meta("og:type"))
    return (
        bool(stated.article)
        or any(kind.endswith("article") for kind in kinds)
        or "article:published_time" in stated.metas
    )


def _is_front(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return bool(parts.netloc) and not parts.query and parts.path.strip("/").lower() in {"", "index.html", "index.php"}


def _asks_for_password(stated: Stated) -> bool:
    return any(each.get("type") == "password" for each in stated.root.iter("input"))


def _share_of_links(stated: Stated, lines: list[str]) -> float:
    linked = {text_of(link) for link in stated.root.iter("a")}
    return sum(len(line) for line in lines if line in linked) / sum(map(len, lines))
