"""An Answer in, text to paste elsewhere out: plain, as Markdown, or with footnotes.

Marks are numbered from 1 in the order in which they stand, whatever the page calls them. Nothing that an article or a
model wrote can end a line or, in Markdown, be more than text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ui.links import link
from ui.words import cited_spans, differing, headline, marks, one_line, unsaid, when

if TYPE_CHECKING:
    from rag.types import Answer, Evidence, Sentence

_MEANT = re.compile(r"[\\`*_{}\[\]<>#|~$&^!]")
_MEANT_FIRST = re.compile(r"^(?:[-+=:]|\d+(?=[.)]))")
"""What has a meaning in Markdown: anywhere, and at the beginning of a line."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Some words, the numbers of the evidence they stand on, and what follows before the next words."""

    words: str
    cited: tuple[int, ...] = ()
    after: str = " "


def plain(answer: Answer) -> str:
    """What is said, without marks."""
    return _paragraphs(answer, lambda run: run.words + run.after)


def footnoted(answer: Answer) -> str:
    """What is said with marks such as [1], then who says so, when, in which words and where to read it."""
    places = _places(answer)
    told = _paragraphs(answer, lambda run: run.words + "".join(f"[{places[n]}]" for n in run.cited) + run.after)
    notes = [f"[{place}] {_note(evidence, answer)}" for evidence, place in _sources(answer, places)]
    return "\n\n".join(filter(None, (told, "\n".join(notes))))


def markdown(answer: Answer) -> str:
    """The same in Markdown: marks and titles lead to the article, if it has a web address."""
    places = _places(answer)
    sources = _sources(answer, places)
    marked = {evidence.n: _linked(rf"\[{place}\]", evidence) for evidence, place in sources}
    told = _paragraphs(answer, lambda run: f"{escaped(run.words)}{''.join(marked[n] for n in run.cited)}{run.after}")
    notes = [f"{place}. {_markdown_note(evidence, answer)}" for evidence, place in sources]
    return "\n\n".join(filter(None, (told, "\n".join(notes))))


def escaped(words: str) -> str:
    """Words on one line as Markdown that shows just them, wherever they stand in a line."""
    first = _MEANT_FIRST.match(words := _MEANT.sub(r"\\\g<0>", words))
    if first is None:
        return words
    at = first.end() if first[0].isdigit() else 0
    return f"{words[:at]}\\{words[at:]}"


def _paragraphs(answer: Answer, shown: Callable[[_Run], str]) -> str:
    return "\n\n".join("".join(map(shown, runs)).rstrip() for runs in _told(answer))


def _told(answer: Answer) -> list[list[_Run]]:
    """What is said, a paragraph each: the answer or the refusal, where reports differ, what stays open."""
    from rag.serialize import REFUSAL

    if answer.refused:
        closest = [_Run("The nearest that it says:"), *_runs(answer.closest)]
        return [[_Run(REFUSAL)], closest] if answer.closest else [[_Run(REFUSAL)]]
    told = [_runs(answer.sentences)]
    for sides in differing(answer):
        runs = [_Run(words, (n,), "; ") for words, n in sides]
        told.append([_Run("Reports differ:"), *runs[:-1], replace(runs[-1], after=".")])
    left = unsaid(answer)
    return [*told, [_Run(f"The archive does not say: {left}")]] if left else told


def _runs(sentences: Iterable[Sentence]) -> list[_Run]:
    return [_Run(_words(each), tuple(mark.evidence for mark in marks(each))) for each in sentences]


def _words(sentence: Sentence) -> str:
    words = one_line(sentence.text)
    return f"“{words}”" if sentence.support == "quoted" else words


def _places(answer: Answer) -> dict[int, int]:
    """The number of evidence → the number of its mark."""
    cited = (n for runs in _told(answer) for run in runs for n in run.cited)
    return {n: place for place, n in enumerate(dict.fromkeys(cited), start=1)}


def _sources(answer: Answer, places: dict[int, int]) -> list[tuple[Evidence, int]]:
    """The evidence that is cited, with its mark, in the order of the marks."""
    cited = [(each, places[each.n]) for each in answer.evidence if each.n in places]
    return sorted(cited, key=lambda source: source[1])


def _note(evidence: Evidence, answer: Answer) -> str:
    """`Harbour Post, 14 March 2026, “Harbour bridge to reopen in May”: “The bridge will reopen on 4 May.” https://…`."""
    article = evidence.article
    who = ", ".join(filter(None, (one_line(article.source), when(article), f"“{headline(article)}”")))
    return f"{who}: “{_quoted(evidence, answer)}” {link(article.url) or ''}".rstrip()


def _markdown_note(evidence: Evidence, answer: Answer) -> str:
    article = evidence.article
    title = _linked(f"“{escaped(headline(article))}”", evidence)
    who = ", ".join([*(escaped(each) for each in (one_line(article.source), when(article)) if each), title])
    return f"{who}: “{escaped(_quoted(evidence, answer))}”"


def _quoted(evidence: Evidence, answer: Answer) -> str:
    """What is cited of a piece of evidence, in its own words."""
    answer = replace(answer, sentences=(*answer.sentences, *answer.closest))
    spans: Sequence[tuple[int, int]] = cited_spans(evidence, answer)
    return one_line(" … ".join(evidence.text[start:end] for start, end in spans))


def _linked(shown: str, evidence: Evidence) -> str:
    address = link(evidence.article.url)
    if address is None:
        return shown
    # In angle brackets an address ends at the next one, and entities are resolved.
    return f"[{shown}](<{address.replace('&', '&amp;').replace('<', '%3C').replace('>', '%3E')}>)"
