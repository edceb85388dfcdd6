"""E-mail in, Fields out: a newsletter or a letter in an .eml file, or many in an .mbox. Knows no paths.

Who writes to a list is an outlet; who writes a letter is an author. What is attached is no reporting: it is named in a
Fault, so that nobody believes it was read.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError, MessageDefect, StartBoundaryNotFoundDefect
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from itertools import pairwise
from typing import BinaryIO

from index.read.decode import clean, one_line
from index.read.fields import dating, split_names, web_address
from index.read.types import Fault, Fields, Hints, Unreadable
from index.read.web.charset import page_text
from index.read.web.markup import fragment_text

_LARGEST = 64 << 20  # bytes of one message: newsletters have less than 1 MB, mail servers refuse more than 50
_HEADERS = ("from", "subject", "date", "message-id")
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post")
# What begins a message in an mbox: an address and a time. "From London, ..." in a text is none.
_BEGIN = re.compile(rb"From .*\b\d{1,2}:\d\d(?::\d\d)?\b.*\b\d{4}\b")
_QUOTED_BEGIN = re.compile(rb"^>(>*From )", re.MULTILINE)
_PGP = "-----BEGIN PGP MESSAGE-----"
_ENCRYPTED = "encrypted: save the message without encryption"
_BESIDE = ("image/", "text/", "multipart/", "application/pgp-signature", "application/pkcs7-signature")
"""What belongs to a letter and holds no words: logos, signatures, a calendar's or a phone's own form of the text."""
# "Jane Doe at The Example", "Jane Doe via The Example": how newsletters sign.
_PERSON_AT = re.compile(r"(.{3,40}?)\s+(?:at|from|via)\s+(\S.+)|(.{3,40}?)\s+\|\s+(\S.+)", re.IGNORECASE)
_WIDTHS = range(50, 81)  # columns at which mail programs wrap plain text


def read(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The one article of an .eml file."""
    data = stream.read()
    if not data.strip():
        raise Unreadable("only white space" if data else "empty")
    yield from _message(data, None)


def read_mbox(stream: BinaryIO, hints: Hints) -> Iterator[Fields | Fault]:
    """The articles of an .mbox file, a message at a time."""
    record = 0
    for record, data in enumerate(_messages(stream), start=1):
        if len(data) > _LARGEST:
            yield Fault(f"larger than {_LARGEST >> 20} MB", record)
            continue
        try:
            yield from _message(_QUOTED_BEGIN.sub(rb"\1", data), record)
        except Unreadable as problem:
            yield Fault(str(problem), record)
    if not record:
        raise Unreadable("no message in it: none begins with a line such as “From name@host Mon Dec 22 15:29:00 2025”")


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of each message, cut off where they become too many."""
    message: bytearray | None = None
    after_blank = True
    for line in stream:
        if after_blank and _BEGIN.match(line):
            if message is not None:
                yield bytes(message)
            message = bytearray()
        elif message is not None and len(message) <= _LARGEST:
            message += line
        after_blank = not line.strip()
    if message is not None:
        yield bytes(message)


def _message(data: bytes, record: int | None) -> Iterator[Fields | Fault]:
    message = BytesParser().parsebytes(data)
    if not any(name in message for name in _HEADERS):
        raise Unreadable("no e-mail: it has neither From, Subject, Date nor Message-ID")
    attached: list[str] = []
    text = clean(_text(message, attached)).strip()
    if any(isinstance(defect, StartBoundaryNotFoundDefect) for defect in _defects(message)):
        raise Unreadable("damaged: the line between its parts does not occur")
    if _PGP in text:
        raise Unreadable(_ENCRYPTED)
    if not text:
        raise Unreadable("no text" + (f", only attachments: {_listed(attached)}" if attached else ""))
    authors, source = _sender(message)
    yield Fields(
        text=text,
        title=_header(message, "subject"),
        source=source,
        authors=authors,
        dating=dating(_header(message, "date"), "mail header"),
        url=web_address(_header(message, "archived-at").strip("<> ")),
        id=_header(message, "message-id").strip("<> ") or None,
        record=record,
        given_by=(("title", "mail header"), ("source", "mail header"), ("authors", "mail header")),
    )
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in _defects(message)):
        yield Fault("cut off: its last part has no end", record or 1)
    if attached:
        yield Fault(f"attachments are not read, save them as files of their own: {_listed(attached)}", record or 1)


def _text(part: Message, attached: list[str]) -> str:
    """The letter itself; the names of what is attached to it are added to `attached`.

    Raises:
        Unreadable: Encrypted, damaged, or in an encoding that cannot be told.
    """
    kind = part.get_content_type()
    if kind == "multipart/encrypted" or (kind.endswith("pkcs7-mime") and part.get_param("smime-type") != "signed-data"):
        raise Unreadable(_ENCRYPTED)
    if part.get_content_disposition() == "attachment" or kind == "message/rfc822":
        attached.append(one_line(part.get_filename() or kind))
        return ""
    if part.is_multipart():
        inner = [each for each in part.get_payload() if isinstance(each, Message)]
        texts = [_text(each, attached) for each in inner]
        if kind != "multipart/alternative":
            return "\n\n".join(filter(None, texts))
        # The last is the richest: HTML says where its paragraphs are, the plain text beside it is wrapped or a stub.
        return next(filter(None, reversed(texts)), "")
    if kind == "text/html":
        return fragment_text(_decoded(part)).strip()
    if kind == "text/plain":
        return _unwrapped(_decoded(part), part).strip()
    if not kind.startswith(_BESIDE):
        attached.append(one_line(part.get_filename() or kind))
    return ""


def _decoded(part: Message) -> str:
    """What a part says.

    Raises:
        Unreadable: Damaged, or in an encoding that cannot be told.
    """
    payload = part.get_payload(decode=True)
    if any("Base64" in type(defect).__name__ for defect in part.defects):
        raise Unreadable("damaged: broken base64")
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    charset = part.get_content_charset()
    text = page_text(payload, f"charset={charset}" if charset else "")
    if "\ufffd" in text and "\ufffd".encode() not in payload:
        raise Unreadable(f"wrongly encoded: not {charset}")
    return text


def _unwrapped(text: str, part: Message) -> str:
    """Plain text with one line a paragraph: a line that the next word would not have fitted in was wrapped."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    flowed = part.get_param("format", "") == "flowed"
    lines = [line if flowed else line.rstrip() for line in lines]
    width = max(map(len, lines))
    if not flowed and width not in _WIDTHS:
        return text
    joined = [lines[0]]
    for before, line in pairwise(lines):
        word = line.split(maxsplit=1)[:1]
        wrapped = before.endswith(" ") if flowed else len(before) + 1 + len("".join(word)) > width
        if word and before.strip() and wrapped and not line.startswith((" ", ">", "-", "*", "•")):
            joined[-1] = f"{joined[-1].rstrip()} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _sender(message: Message) -> tuple[tuple[str, ...], str]:
    """Who wrote it, and which outlet sent it."""
    name = one_line(parseaddr(_header(message, "from"))[0])
    if "@" in name:
        name = ""
    signed = _PERSON_AT.fullmatch(name)
    if signed:
        return split_names(signed[1] or signed[3]), signed[2] or signed[4]
    if not any(header in message for header in _LIST_HEADERS):
        return split_names(name), ""
    list_name = one_line(_header(message, "list-id").partition("<")[0].strip(' "'))
    return (), name or list_name


def _header(message: Message, name: str) -> str:
    """What a header says, decoded (RFC 2047), on one line; as it stands if it cannot be decoded."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        return one_line(str(make_header(decode_header(value))))
    except (LookupError, UnicodeError, HeaderParseError, binascii.Error, ValueError):
        return one_line(str(value))


def _defects(message: Message) -> Iterator[MessageDefect]:
    for part in message.walk():
        yield from part.defects


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
