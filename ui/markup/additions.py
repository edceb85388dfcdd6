"""An upload in, its HTML out: where to drop files, how far their reading is, and what came of it.

All text from elsewhere is escaped. Knows nothing about Gradio; `page/js/library.js` sends the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from ui.library.uploads import PIECE_BYTES
from ui.markup.text import text
from ui.reported import copies, done, skipped, summary
from ui.words import counted, day, size, suspicious

if TYPE_CHECKING:
    from index.read.report import ReadingReport
    from ui.library.additions import Addition
    from ui.library.uploads import Bounds

NAMED = 100
"""Files named one by one in a report."""

READ_ONLY = (
    '<p class="hint">On this page nothing can be added or removed, unless it is started with '
    "<code>onrecord serve --allow-upload</code>. <code>onrecord index FOLDER</code> adds articles from the "
    "terminal.</p>"
)


def intake(bounds: Bounds | None, formats: Sequence[str]) -> str:
    """Where files and folders are dropped or chosen.

    Args:
        bounds: How much is taken; None: nothing, and it is said how that can be changed.
        formats: The suffixes of what can be read.
    """
    if bounds is None:
        return READ_ONLY
    limits = f"{bounds.files:,} files, {size(bounds.file_bytes)} each, {size(bounds.total_bytes)} in all"
    return (
        '<section class="intake" aria-labelledby="intake-title"><h2 id="intake-title">Add articles</h2>'
        f'<div class="drop" data-piece="{PIECE_BYTES}"><p>Drop files or folders here, or choose '
        '<button type="button" data-act="files">files</button> '
        '<button type="button" data-act="folder">a folder</button></p>'
        '<input type="file" multiple hidden><input type="file" webkitdirectory hidden>'
        f'<p class="hint">At once at most {limits}. They are copied into the archive on the machine that serves this '
        f"page. Read are {escape(', '.join(formats))}.</p></div>"
        '<div class="sending" hidden><progress aria-label="Sent"></progress>'
        '<button type="button" data-act="cancel">Cancel</button></div>'
        '<p class="told" role="status"></p></section>'
    )


def addition(now: Addition | None) -> str:
    """How far an upload is read, or what came of it; "" where there was none."""
    if now is None:
        return ""
    return _report(now) if now.is_over else _progress(now)


def refused(why: str) -> str:
    """Why files are not taken."""
    return f'<section class="addition"><p class="trouble" role="alert">{text(why)}</p></section>'


def _progress(now: Addition) -> str:
    stop = (
        '<p class="hint">Stopping after the articles at hand …</p>'
        if now.stopping
        else '<button type="button" data-act="stop">Stop</button>'
    )
    return (
        f'<section class="addition" aria-label="Reading"><p>{_how_far(now)}</p>'
        f'<progress max="{now.files}" value="{now.files_read}" aria-label="Files read"></progress>{stop}</section>'
    )


def _how_far(now: Addition) -> str:
    left_out = f", {now.skipped:,} skipped" if now.skipped else ""
    return (
        f"Read {now.files_read:,} of {counted(now.files, 'file')}{left_out}; "
        f"indexed {counted(now.articles, 'article')}, {counted(now.passages, 'passage')}"
    )


def _report(now: Addition) -> str:
    assert now.report
    lines = [done(now.report, now.changes) if now.changes else _how_far(now)]
    if now.report.formats:
        lines.append(summary(now.report))
    if now.changes and (told := copies(now.changes)):
        lines.append(told)
    return (
        f'<section class="addition" aria-labelledby="addition-title"><h2 id="addition-title">What was read</h2>'
        f'{_end(now)}<p role="status">{"<br>".join(map(text, lines))}</p>{_details(now, now.report)}</section>'
    )


def _end(now: Addition) -> str:
    """Why it ended before its end, or that nothing was found in it."""
    if now.trouble:
        return f'<p class="trouble" role="alert">{text(now.trouble)} What was indexed before is kept.</p>'
    if now.stopping:
        return '<p class="trouble">Stopped before the end. What was indexed before is kept; the rest was removed.</p>'
    if now.report and not now.report.formats:
        return '<p class="trouble">No article was found in these files; they were removed again.</p>'
    return ""


def _details(now: Addition, report: ReadingReport) -> str:
    def named(origin: str) -> str:
        return f"<bdi>{text(origin.removeprefix(f'{now.place.as_posix()}/'))}</bdi>"

    return (
        _fold(
            "skipped", [f"{named(each.origin)}: {text(each.reason)}" for each in skipped(report, now.changes)], "open"
        )
        + _fold("undated", [named(each) for each in report.undated])
        + _fold("dated in the future", [f"{named(origin)}: {day(moment)}" for origin, moment in report.future])
        + _fold(
            "with words meant for a language model, which are no evidence",
            [f"{named(each.origin)}: {text(suspicious(each))}" for each in report.suspicious],
        )
    )


def _fold(what: str, lines: Sequence[str], unfolded: str = "") -> str:
    if not lines:
        return ""
    more = f"<li>and {len(lines) - NAMED:,} more</li>" if len(lines) > NAMED else ""
    items = "".join(f"<li>{line}</li>" for line in lines[:NAMED])
    return f"<details {unfolded}><summary>{len(lines):,} {what}</summary><ul>{items}{more}</ul></details>"
