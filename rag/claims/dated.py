"""A slice of an article in, the same words out with the day behind each date that they speak of.

So "5 May 2024" stands where the article says "on Tuesday" and that was its day. Knows only what index/dates resolved.
"""

from __future__ import annotations

import calendar
from datetime import date

from index.dates.words import ENGLISH_MONTHS, day_in_words
from index.types import Article, Mention
from rag.claims.normal import normal


def with_days(article: Article, start: int, end: int) -> str:
    """`article.text[start:end]` with the day, month or year behind each mention that means one."""
    text, reached = "", start
    for mention in article.mentions:
        if start <= mention.start and mention.end <= end:
            words, day = article.text[mention.start : mention.end], _said(mention)
            text += article.text[reached : mention.end]
            if day and normal(day) not in normal(words):
                text += f" {day}"
            reached = mention.end
    return text + article.text[reached:end]


def _said(mention: Mention) -> str:
    first, last = mention.first, mention.last
    if first == last:
        return day_in_words(first)
    if first.day == 1 and last == date(first.year, first.month, calendar.monthrange(first.year, first.month)[1]):
        return f"{ENGLISH_MONTHS[first.month - 1]} {first.year}"
    whole_year = (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))
    return str(first.year) if whole_year else ""
