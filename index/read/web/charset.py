"""The bytes of a page in, its text out, as browsers tell the encoding. Knows no tags but the one that names it."""

from __future__ import annotations

import codecs
import re

from index.read.decode import decode, marked_encoding
from index.read.types import Unreadable

_PRESCAN_BYTES = 4096  # a browser looks at 1024; front pages with long scripts before their <meta charset> are common
_LABEL = re.compile(rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SENT_AS = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)

# What a label means (WHATWG Encoding Standard) where Python takes it for less than it is.
_MEANT = {
    **dict.fromkeys(["ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "x-cp1252"], "cp1252"),
    **dict.fromkeys(["iso-8859-9", "iso8859-9", "latin5"], "cp1254"),
    **dict.fromkeys(["iso-8859-11", "tis-620"], "cp874"),
    **dict.fromkeys(["euc-kr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "korean"], "cp949"),
    **dict.fromkeys(["gb2312", "gb_2312-80", "gbk", "x-gbk", "chinese"], "gb18030"),
    **dict.fromkeys(["shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"], "cp932"),
    **dict.fromkeys(["big5", "big5-hkscs", "x-x-big5"], "big5hkscs"),
    **dict.fromkeys(["x-euc-jp"], "euc_jp"),
    # What a tag says that could only be read as ASCII cannot be true.
    **dict.fromkeys(["utf-16", "utf-16le", "utf-16be", "utf8", "unicode"], "utf-8"),
}
_FAMILIES = ("utf-8", "cp", "iso8859", "koi8", "mac", "gb18030", "big5", "shift_jis", "euc", "johab", "iso2022")
"""How Python calls what pages are written in; it also knows "encodings" that are none, such as base64."""


def page_text(data: bytes, media_type: str = "") -> str:
    """What the bytes of a page say: by their mark, as UTF-8, as sent or labelled, else as the one encoding that fits.

    A byte that is no letter in the encoding that is stated becomes U+FFFD, as browsers show it: it may stand in a
    part of the page that is not read.

    Raises:
        Unreadable: Binary, or no encoding is stated and none is clearly the right one.
    """
    if marked_encoding(data):
        return decode(data)
    stated = _wide(data) or _stated(data, media_type)
    # Both are valid UTF-8 that makes no sense.
    if stated and (stated.startswith("utf-16") or (stated.startswith("iso2022") and b"\x1b" in data)):
        return data.decode(stated, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # cut off in the middle of a letter
            return data[: error.start].decode()
    return _legacy(data, stated)


def _legacy(data: bytes, stated: str | None) -> str:
    """What is no UTF-8, whatever it says."""
    if stated not in {None, "utf-8"}:
        return data.decode(stated, "replace")
    try:
        return decode(data)
    except Unreadable:
        if stated is None:
            raise
        return data.decode(stated, "replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the "<" that every page begins with."""
    start = data[:64].replace(b"\n\0", b"").replace(b"\0\n", b"")
    if start.startswith(b"<\0") and start[3:4] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if start.startswith(b"\0<\0") else None


def _stated(data: bytes, media_type: str) -> str | None:
    """The encoding that the sender names, else the page itself; None if there is none by that name."""
    sent = _SENT_AS.search(media_type)
    labelled = _LABEL.search(data, 0, _PRESCAN_BYTES)
    for label in (sent and sent[1], labelled and labelled[1].decode("ascii")):
        if label and (encoding := _encoding(label.lower())):
            return encoding
    return None


def _encoding(label: str) -> str | None:
    try:
        name = codecs.lookup(_MEANT.get(label, label)).name
    except LookupError:
        return None
    return name if name.startswith(_FAMILIES) else None
