"""What came of reading and of indexing in, the lines that terminal and page both show of it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.words import counted

if TYPE_CHECKING:
    from index.read import Skipped
    from index.read.report import ReadingReport
    from index.update import Changes

SHOWN = 20
"""Files named one by one in a summary; the report holds them all."""


def done(report: ReadingReport, changes: Changes) -> str:
    """`2 added, 0 updated, 1 unchanged, 3 skipped; 12 new passages`."""
    return (
        f"{changes.added:,} added, {changes.updated:,} updated, {changes.unchanged:,} unchanged, "
        f"{len(skipped(report, changes)):,} skipped; {counted(changes.passages, 'new passage')}"
    )


def skipped(report: ReadingReport, changes: Changes | None) -> list[Skipped]:
    """What gave no article, and articles that clash with others."""
    return [*report.skipped, *(changes.clashes if changes else ())]


def summary(report: ReadingReport) -> str:
    """How many articles were read by format, and how many of them are undated."""
    formats = ", ".join(f"{count:,} {name}" for name, count in report.formats)
    total = sum(count for _, count in report.formats)
    undated = f"; {len(report.undated):,} undated" if report.undated else ""
    flagged = len({each.origin for each in report.suspicious})
    meant = f"; {flagged:,} with words meant for a language model" if flagged else ""
    return f"{counted(total, 'article')} read ({formats}){undated}{meant}"


def copies(changes: Changes) -> str:
    """`3 copies and versions of 2 articles in the archive`; "" where there are none."""
    if not changes.groups:
        return ""
    told = counted(changes.copies, "copy or version", "copies and versions")
    return f"{told} of {counted(changes.groups, 'article')} in the archive"
