"""A Word file in, Fields out: its paragraphs in order, tables and text boxes included. Knows no paths.

Text that was deleted with changes tracked is not read, text that was inserted is. The file's own date says when it was
made on somebody's machine, not when it came out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.read.decode import clean, one_line
from index.read.fields import split_names
from index.read.language import language_code
from index.read.types import Fields, Hints, Marked, Unreadable

if TYPE_CHECKING:
    from docx.document import Document
    from lxml import etree

_OLE = b"\xd0\xcf\x11\xe0"  # the old .doc, and what a password turns a .docx into
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST = 200_000_000  # bytes unpacked: a book has some MB, pictures come on top
_MOST_PARTS = 10_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same once more, for old Word
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LEFT_OUT = frozenset([_FALLBACK, f"{_W}moveFrom", f"{_W}del"])
_NOTES = ("/footnotes", "/endnotes")
# What Word and others write where nobody filled in a name or title.
_NO_AUTHOR = re.compile(r"(?:microsoft office )?user|administrator|admin|owner|author|python-docx|.*@.*", re.IGNORECASE)
_NO_TITLE = re.compile(r"microsoft word|untitled|word document|document ?\d*|.*\.(?:docx?|rtf|odt)", re.IGNORECASE)


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields]:
    """The one article of a .docx file."""
    document = _opened(stream.read())
    names = {style.style_id: str(style.name) for style in document.styles}
    blocks = [(text, names.get(style, "")) for body in _bodies(document) for text, style in _paragraphs(body)]
    if not blocks:
        raise Unreadable("no text")
    text, marked = "", []
    for words, style in blocks:
        text += "\n\n" * bool(text)
        if style == "Caption":
            marked.append(Marked(len(text), len(text) + len(words), "caption"))
        text += words
    about = document.core_properties
    shown = next((one_line(words) for words, style in blocks if style == "Title"), "")
    title, author = one_line(about.title or ""), one_line(about.author or "")
    yield Fields(
        text=text,
        marked=tuple(marked),
        title=shown or ("" if _NO_TITLE.fullmatch(title) else title),
        authors=() if _NO_AUTHOR.fullmatch(author) else split_names(author),
        language=language_code(about.language or ""),
        given_by=(("title", "Title style" if shown else "file properties"), ("authors", "file properties")),
    )


def _opened(data: bytes) -> Document:
    """The file as python-docx sees it.

    Raises:
        Unreadable: Empty, encrypted, damaged, far too large when unpacked, or no Word file.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    if not data:
        raise Unreadable("empty")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Unreadable("encrypted: save it without a password")
        raise Unreadable("an old Word file (.doc): save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
        size = sum(part.file_size for part in parts)  # zipfile unpacks no more than is stated
        if size > _LARGEST or len(parts) > _MOST_PARTS:
            raise Unreadable(f"unpacks to {size >> 20} MB in {len(parts)} parts, more than any article has")
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError) as error:
        raise Unreadable(f"damaged or cut off: {one_line(str(error))}") from None
    except (PackageNotFoundError, KeyError, ValueError, NotImplementedError, etree.LxmlError, zlib.error) as error:
        raise Unreadable(f"no readable Word file: {one_line(str(error))[:200]}") from None


def _bodies(document: Document) -> Iterator[etree._Element]:
    """The body and then the notes."""
    from docx.oxml import parse_xml

    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_NOTES) and not relation.is_external:
            yield parse_xml(relation.target_part.blob)


def _paragraphs(body: etree._Element) -> Iterator[tuple[str, str]]:
    """Each paragraph that is not blank, with the id of its style; the cells of a table's row are one, apart by bars."""
    rows: set[etree._Element] = set()
    for part in body.iter(f"{_W}p", f"{_W}tr"):
        if any(above.tag in _LEFT_OUT or above in rows for above in part.iterancestors()):
            continue
        if part.tag == f"{_W}tr":
            if not _is_row(part):
                continue
            rows.add(part)
            text = " | ".join(_words(cell.find(f"{_W}p")) for cell in part.iterfind(f"{_W}tc"))
        else:
            text = _words(part)
        if text.strip():
            style = part.find(f"{_W}pPr/{_W}pStyle")
            yield text.strip(), "" if style is None else style.get(f"{_W}val", "")


def _is_row(row: etree._Element) -> bool:
    """Whether it is a row of values; cells of several paragraphs are a layout."""
    cells = row.findall(f"{_W}tc")
    return len(cells) > 1 and all(len(list(cell.iter(f"{_W}p"))) == 1 for cell in cells)


def _words(paragraph: etree._Element) -> str:
    """What a reader sees of a paragraph, without the text boxes that are anchored in it."""
    words: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        part = waiting.pop()
        if part.tag == f"{_W}t":
            words.append(part.text or "")
        elif part.tag in _SIGNS:
            words.append(_SIGNS[part.tag])
        elif part.tag != f"{_W}p" and part.tag not in _LEFT_OUT:
            waiting.extend(reversed(part))
    lines = (" ".join(line.split(" ")).strip() for line in clean("".join(words)).split("\n"))
    return "\n".join(filter(None, lines))
