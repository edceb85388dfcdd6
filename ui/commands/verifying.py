"""What was kept of answers and an archive in, which of its quotations still stand out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from ui.commands.opening import ANSWERED, FAILED, open_archive
from ui.render import Terminal
from ui.words import counted, headline, one_line, when

if TYPE_CHECKING:
    from rag.bundle.types import Checked, Verdict

LONGEST_QUOTE = 120
"""Characters in the table; --json has all of them."""

_SAID: dict[Verdict, str] = {"holds": "hold", "moved": "moved", "changed": "changed", "gone": "gone"}


def verify(file: Path, archive: Path, encoder: str | None, *, as_json: bool) -> int:
    """Check every quotation of a bundle. Returns the exit code: it failed where one does not stand any more."""
    from rag.bundle import reverify
    from ui.keeping.export import opened

    terminal = Terminal()
    bundle = opened(file)
    with open_archive(archive, encoder) as articles:
        checked = reverify(bundle, articles)
    if as_json:
        from rag.bundle.writing import checks_record

        terminal.record(checks_record(bundle, checked))
    else:
        terminal.table(("", "question", "source", "quotation", ""), [_row(each) for each in checked])
        terminal.note(_summary(checked))
    return ANSWERED if all(each.stands for each in checked) else FAILED


def _row(checked: Checked) -> tuple[str, ...]:
    article = checked.article
    source = " · ".join(filter(None, (one_line(article.source), headline(article), when(article))))
    quote = shorten(one_line(checked.citation.quote), LONGEST_QUOTE, placeholder=" …")
    return checked.verdict, str(checked.exchange), source, f"“{quote}”", _why(checked)


def _why(checked: Checked) -> str:
    """What a verdict rests on, where it does not say so itself."""
    if checked.differs:
        return f"the archive has otherwise: {', '.join(checked.differs)}"
    if checked.verdict == "moved":
        return f"the same words stand at {checked.start:,} now, not at {checked.citation.start:,}"
    if checked.verdict == "holds" and not checked.same_text:
        return "the article has changed elsewhere"
    return ""


def _summary(checked: Sequence[Checked]) -> str:
    """`3 citations: 2 hold, 1 gone`."""
    verdicts = Counter(each.verdict for each in checked)
    told = [f"{verdicts[verdict]:,} {words}" for verdict, words in _SAID.items() if verdicts[verdict]]
    return f"{counted(len(checked), 'citation')}{': ' if told else ''}{', '.join(told)}"
