"""Bytes in, clean text out: Unicode in NFC, "\\n" line ends, no control characters. Knows nothing about formats.

A wrong letter in a quotation is worse than a missing article: what cannot be told is refused, nothing is replaced.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import IO, AnyStr, BinaryIO

from charset_normalizer import CharsetMatch, from_bytes

from index.read.types import Unreadable

_MARKS = (  # the UTF-16 mark of small-endian machines begins the UTF-32 one: longest first
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# The legacy encodings of the WHATWG Encoding Standard that files were saved in. DOS and EBCDIC pages fit any bytes, and
# would only make every guess doubtful.
_LEGACY = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "iso8859_9", "iso8859_15", "koi8_r", "koi8_u"),
    *("cp949", "euc_jp", "cp932", "gb18030", "big5", "iso2022_jp"),
]
# Measured on 300 English news articles and sentences in nine languages, saved in 12 encodings, and on random bytes.
_ENOUGH_BYTES = 32  # shorter: three random bytes are good Japanese
_MAX_CHAOS = 0.02  # share of unlikely characters; right guesses stay under 0.005
_MIN_COHERENCE = 0.1  # letters as frequent as in some language; chance gives 0
_MIN_FOREIGN = 0.5  # or a text that is mostly not ASCII: good Chinese or Japanese has too many signs to be coherent
_MARGIN = 0.05  # how much worse any other reading must be

_LONGEST_LINE = 64 << 20  # bytes or characters: what has no line end must not fill the memory
_PROBE_BYTES = 8192
_MIN_LATIN = 0.7  # of the characters in ASCII: so clear that a few words are enough
_MIN_WHITE = 0.005  # in any script, and all characters in use: of 32 characters by chance, one time in 10,000
_NO_TEXT = {"Cc", "Cn", "Co", "Cs"}  # control characters, and what is no character

_C1 = re.compile(r"[\x80-\x9f]")
_LINE_END = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Half a surrogate pair is what JSON leaves of a character cut in two; it says nothing and cannot be stored.
# One look at a text that has none of these is enough: below U+0300, and with quotation marks, dashes and signs of
# currencies, all is in NFC.
_DOUBTFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u0300-\u200f\u2028\u2029\u20d0-\U0010ffff]")
_NOISE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """The same in NFC with "\\n" line ends; without control characters but tab, byte order marks, half characters."""
    if not _DOUBTFUL.search(text):
        return text
    text = _NOISE.sub("", _LINE_END.sub("\n", text.replace("\r\n", "\n")))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Clean text on one line, single spaces between the words."""
    return " ".join(clean(text).split())


def letters(text: str) -> str:
    """A text without case, blanks and signs, to be compared with another."""
    return "".join(filter(str.isalnum, text.casefold()))


def text_of(stream: BinaryIO) -> str:
    """The whole file as clean text.

    Raises:
        Unreadable: Empty, blank, binary, or in an encoding that cannot be told.
    """
    text = clean(decode(stream.read()))
    if not text.strip():
        raise Unreadable("only white space" if text else "empty")
    return text


def lines_in(stream: IO[AnyStr]) -> Iterator[AnyStr]:
    """The lines of a file of records, each with its end.

    Raises:
        Unreadable: One is too long to be a record.
    """
    number = 0
    while line := stream.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise Unreadable(f"line {number} is longer than {_LONGEST_LINE >> 20} MB: break it into a line per record")
        yield line


def marked_encoding(start: bytes) -> str | None:
    """The encoding that a byte order mark names, or that every other byte being NUL shows: UTF-16 without a mark.

    Args:
        start: The first bytes; four show a mark, some hundred the rest.
    """
    mark = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    return mark or _wide(start[:_PROBE_BYTES])


def _wide(start: bytes) -> str | None:
    """UTF-16 in the one of its byte orders that makes a text of the bytes; text in any script has ASCII white space."""
    if b"\0" not in start:
        return None
    found = [encoding for encoding in ("utf-16-le", "utf-16-be") if _is_text(start, encoding)]
    return found[0] if len(found) == 1 else None


def _is_text(start: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return False
    latin = sum(char < "\x80" for char in text)
    white = sum(map(text.count, " \t\n\r"))
    if latin < _MIN_LATIN * len(text) and not (len(text) >= _ENOUGH_BYTES and white >= _MIN_WHITE * len(text)):
        return False
    return all(char in "\t\n\r\f" or unicodedata.category(char) not in _NO_TEXT for char in text)


def decode(data: bytes) -> str:
    """What the bytes say: by their byte order mark, else as UTF-8 or UTF-16, else in the one legacy encoding that fits.

    Raises:
        Unreadable: Binary, or no reading of the bytes is clearly the right one.
    """
    marked = marked_encoding(data)
    if marked in {None, "utf-8"} and (at := data.find(b"\0")) >= 0:
        raise Unreadable(f"binary: a NUL at byte {at}")
    try:
        return data.decode(marked or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if marked is None and (guess := _guess(data)) is not None:
            return guess
        doubt = "" if marked else " and no other encoding is clearly the right one"
        name = (marked or "utf-8").upper()
        raise Unreadable(f"wrongly encoded: not {name} at byte {error.start}{doubt}; save it as UTF-8") from None


def _guess(data: bytes) -> str | None:
    """The text if one legacy encoding fits well and none that reads differently fits about as well."""
    if len(data) < _ENOUGH_BYTES:
        return None
    readings = [(match, text) for match in from_bytes(data, cp_isolation=_LEGACY) if (text := _reading(match))]
    if not readings:
        return None
    best, text = readings[0]
    foreign = 1 - len(text.encode("ascii", "ignore")) / len(text)
    if best.chaos > _MAX_CHAOS or (best.coherence < _MIN_COHERENCE and foreign < _MIN_FOREIGN):
        return None
    rivals = (
        match
        for match, other in readings[1:]
        if other != text and match.chaos <= best.chaos + _MARGIN and match.coherence >= best.coherence - _MARGIN
    )
    return text if next(rivals, None) is None else None


def _reading(match: CharsetMatch) -> str | None:
    """The bytes as this encoding reads them; None if they break it or become control characters."""
    try:
        text = str(match)
    except UnicodeDecodeError:  # of a large file only samples were tried
        return None
    return None if _C1.search(text) else text
