"""What can be kept of a conversation in, the menu for it out, and files on their way to the browser.

`page/js/saving.js` hands files over and keeps the browser's memory. All text from elsewhere is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from ui.markup.text import text
from ui.words import counted, day

if TYPE_CHECKING:
    from datetime import datetime

    from ui.keeping.history import Conversation


def saving(conversations: Sequence[Conversation] = ()) -> str:
    """The menu over a conversation.

    Args:
        conversations: Those kept on the machine that serves the page, the latest last.
    """
    kept = "".join(f"<li>{_kept(each)}</li>" for each in reversed(conversations))
    return (
        '<div class="saving tools" role="group" aria-label="This conversation">'
        '<button data-act="new">New conversation</button>'
        '<details class="menu"><summary>Save</summary><div>'
        '<button data-act="save" data-form="page">As a page (HTML)</button>'
        '<button data-act="save" data-form="bundle">As an evidence bundle (JSON)</button>'
        '<label><input type="checkbox" name="remember"> Keep conversations in this browser</label></div></details>'
        '<details class="menu earlier"><summary>Earlier</summary><div>'
        f'<ul class="here"></ul><ul>{kept}</ul><p class="hint">Nothing is kept yet.</p>'
        '<button data-act="forget">Forget those kept in this browser</button></div></details>'
        '<span class="thanks" role="status"></span></div>'
    )


def carried(words: str, *, form: str, title: str, made: datetime) -> str:
    """A file on its way to the browser, which takes it out of the page at once."""
    return (
        f'<div hidden data-form="{text(form)}" data-title="{text(title)}" data-made="{made.isoformat()}" '
        f'data-file="{escape(words)}"></div>'
    )


def told(words: str, *, turn: int = 0) -> str:
    """What came of something that was pressed: beside the answer of a turn, or 0: over the conversation."""
    return f'<div hidden data-told="{text(words)}" data-turn="{turn}"></div>'


def _kept(conversation: Conversation) -> str:
    exchanges = conversation.bundle.exchanges
    first = exchanges[0].question if exchanges else ""
    about = f"{day(conversation.begun)}, {counted(len(exchanges), 'question')}"
    return (
        f'<button data-act="reopen" data-session="{escape(conversation.session)}">{text(first)} '
        f"<small>{text(about)}</small></button>"
    )
