"""The library: what the archive holds, what is added to it and taken out, and whether all is well with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from index.errors import OnRecordError
from index.read import FORMATS
from ui.library.holdings import Listing, added, holdings, listing
from ui.library.uploads import Announced, Refused
from ui.markup import additions as reading
from ui.markup import library as markup
from ui.page.parts import html

if TYPE_CHECKING:
    from gradio.data_classes import DataWithFiles

    from index.archive import Archive
    from ui.doctor import Finding
    from ui.library.additions import Additions
    from ui.threads.owner import Owner

Shown = tuple[Any, Any, Any]
"""The new state of what is being read, of the statistics and of the list; each may stay as it is."""


@dataclass(frozen=True, slots=True)
class Librarian:
    """What the library can do.

    Attributes:
        shelf: The archive, opened for reading.
        findings: Looks for what is wrong with archive, models and machine.
        additions: Adds and removes articles; None: nobody may.
    """

    shelf: Owner[Archive]
    findings: Callable[[], Iterator[Finding]]
    additions: Additions | None = None


class Parts(NamedTuple):
    """The components that change, in the order of Shown."""

    reading: gr.HTML
    held: gr.HTML
    found: gr.HTML


def library(librarian: Librarian, tab: gr.Tab) -> None:
    """Lay the library out and wire it, inside the tab that is being built; it is filled when the tab is opened."""
    additions = librarian.additions
    bounds = additions.uploads.bounds if additions else None
    intake = html(
        reading.intake(bounds, FORMATS),
        name="library-intake",
        script="intake" if additions else "",
        serves=taking(additions) if additions else (),
    )
    parts = Parts(
        html("", name="library-reading", script="library" if additions else ""),
        html("", name="library-held"),
        html("", name="library-found", script="library"),
    )
    well = html(markup.findings(None), name="library-findings", script="library")
    _when(tab.select, partial(_opened, librarian), parts)
    _when(parts.found.submit, _finder(librarian), parts[2:])
    _when(well.click, partial(_examined, librarian), [well])
    if additions:
        _when(intake.upload, _adder(librarian, additions), parts)
        _when(parts.reading.stop, additions.stop, [])
        _when(parts.found.delete, _remover(librarian, additions), parts[1:])


def _when(event: Any, answer: Callable[..., Any], outputs: Sequence[gr.HTML]) -> None:
    event(answer, inputs=None, outputs=list(outputs), show_progress="hidden", api_visibility="private")


def _opened(librarian: Librarian) -> Iterator[Shown]:
    """Everything as it is now, and what is being read as it goes on."""
    yield "", _held(librarian), _found(librarian, librarian.shelf.do(listing))
    if librarian.additions:
        yield from _followed(librarian, librarian.additions)


def _finder(librarian: Librarian) -> Any:
    def find(event: gr.EventData) -> str:
        typed = str(event.typed)
        return _found(librarian, librarian.shelf.do(partial(listing, typed=typed)))

    return find


def _adder(librarian: Librarian, additions: Additions) -> Any:
    def add(event: gr.EventData) -> Iterator[Shown]:
        """Read what has arrived."""
        try:
            additions.start(str(event.key))
        except OnRecordError as error:
            yield reading.refused(str(error)), gr.skip(), gr.skip()
            return
        yield from _followed(librarian, additions)

    return add


def _followed(librarian: Librarian, additions: Additions) -> Iterator[Shown]:
    shown = None
    for now in additions.follow():
        if now is shown:
            yield gr.skip(), gr.skip(), gr.skip()  # only here Gradio looks whether the page is still open
            continue
        found = gr.skip()
        if now.is_over and shown:  # it ended while somebody looked on
            found = _found(librarian, librarian.shelf.do(partial(added, article_ids=now.added)))
        yield reading.addition(now), _held(librarian) if now.is_over else gr.skip(), found
        shown = now


def _remover(librarian: Librarian, additions: Additions) -> Any:
    def remove(event: gr.EventData) -> tuple[str, str]:
        typed = str(event.typed)
        try:
            notice = markup.removed(additions.remove([str(event.id)]))
        except OnRecordError as error:
            notice = str(error)
        return _held(librarian), _found(librarian, librarian.shelf.do(partial(listing, typed=typed)), notice)

    return remove


def _examined(librarian: Librarian) -> Iterator[str]:
    found: list[Finding] = []
    yield markup.findings(found, is_over=False)
    for each in librarian.findings():
        found.append(each)
        yield markup.findings(found, is_over=False)
    yield markup.findings(found)


def _held(librarian: Librarian) -> str:
    return markup.holdings(librarian.shelf.do(holdings))


def _found(librarian: Librarian, found: Listing, notice: str = "") -> str:
    additions = librarian.additions
    uploaded = (lambda origin: additions.uploads.file_of(origin) is not None) if additions else None
    return markup.listing(found, uploaded=uploaded, notice=notice)


def taking(additions: Additions) -> list[Callable[[Any], Any]]:
    """What the page's script calls to send files; each answers with a key, nothing, or the trouble."""

    def begin_upload(files: Any) -> dict[str, str]:
        try:
            return {"key": additions.begin(_announced(files))}
        except OnRecordError as error:
            return {"trouble": str(error)}

    def keep_piece(piece: DataWithFiles) -> dict[str, str]:
        try:
            key, number, start, data = _piece(piece)
            additions.uploads.keep(key, number, start, data)
        except OnRecordError as error:
            return {"trouble": str(error)}
        return {}

    def drop_upload(key: Any) -> None:
        additions.uploads.drop(str(key))

    return [begin_upload, keep_piece, drop_upload]


def _announced(files: Any) -> list[Announced]:
    try:
        found = [Announced(str(path), int(length)) for path, length in files]
    except (TypeError, ValueError, OverflowError):
        found = [Announced("", -1)]
    if any(each.length < 0 for each in found):
        raise Refused("What the page sent is no list of files. Load it again.")
    return found


def _piece(piece: DataWithFiles) -> tuple[str, int, int, bytes]:
    try:
        ((_, data),) = piece.files
        return str(piece.data["key"]), int(piece.data["number"]), int(piece.data["start"]), data
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Refused("What the page sent is no piece of a file. Load it again.") from None
