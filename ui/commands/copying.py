"""An archive in, its groups of copies on the terminal out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.commands.opening import ANSWERED, open_archive
from ui.render import Terminal
from ui.words import counted

if TYPE_CHECKING:
    from index.types import CopyGroup


def copies(archive: Path, encoder: str | None, *, as_json: bool) -> int:
    """List the articles that tell one story in the same words, a group at a time. Returns the exit code."""
    terminal = Terminal()
    groups: list[CopyGroup] = []
    with open_archive(archive, encoder) as opened:
        for group in opened.copies():
            groups.append(group)
            if not as_json:
                terminal.group(group)
    if as_json:
        from index.serialize import copies_record

        terminal.record(copies_record(groups))
    else:
        members = sum(len(group.members) for group in groups)
        terminal.note(f"{counted(len(groups), 'group')} of copies, {counted(members, 'article')}")
    return ANSWERED
