"""What was kept of answers and an archive in, which of its quotations and of its words still stand out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from ui.commands.opening import ANSWERED, FAILED, open_archive
from ui.render import Terminal
from ui.words import counted, headline, one_line, when

if TYPE_CHECKING:
    from rag.bundle.types import Checked, Reverified, Reworded, Verdict, Words

LONGEST_QUOTE = 120
"""Characters in the table; --json has all of them."""

_SAID: dict[Verdict, str] = {"holds": "hold", "moved": "moved", "changed": "changed", "gone": "gone"}
_WORDS: dict[Words, str] = {"hold": "words hold", "differ": "words differ", "unknown": "words unknown"}
_ORDER = ("hold", "moved", "changed", "gone", "differ", "unknown")


def verify(file: Path, archive: Path, encoder: str | None, *, as_json: bool) -> int:
    """Check every quotation and every sentence of a bundle.

    Returns the exit code: it failed where one does not stand any more, or says something else than it quotes.
    """
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
        terminal.table(("", "question", "source", "quotation", ""), [_row(each) for each in checked.citations])
        terminal.table(("", "question", "sentence", ""), [_told(each) for each in checked.sentences])
        terminal.note(_summary(checked))
    return ANSWERED if checked.stands else FAILED


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


def _told(checked: Reworded) -> tuple[str, ...]:
    said = shorten(one_line(checked.sentence.text), LONGEST_QUOTE, placeholder=" …")
    return _WORDS[checked.words], str(checked.exchange), said, checked.why


def _summary(checked: Reverified) -> str:
    """`3 citations: 2 hold, 1 gone; words of 2 sentences: 1 hold, 1 differ`."""
    verdicts = Counter(_SAID[each.verdict] for each in checked.citations)
    words = Counter(_WORDS[each.words].removeprefix("words ") for each in checked.sentences)
    cited, said = counted(len(checked.citations), "citation"), counted(len(checked.sentences), "sentence")
    return f"{_counts(cited, verdicts)}; words of {_counts(said, words)}"


def _counts(all_of_them: str, found: Mapping[str, int]) -> str:
    told = ", ".join(f"{count:,} {said}" for said, count in sorted(found.items(), key=lambda it: _ORDER.index(it[0])))
    return f"{all_of_them}{': ' if told else ''}{told}"
