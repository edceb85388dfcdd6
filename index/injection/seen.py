"""A text in, what its reader sees of it out: nothing invisible, look-alikes as what they look like. Offsets are kept.

Knows nothing about what the words say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Joiners belong to the spelling of Persian, Hindi and their neighbours, right after a letter of theirs.
_JOINERS = r"(?<![\u0600-\u109f])[\u200c\u200d]"
INVISIBLE = re.compile(
    rf"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    rf"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|{_JOINERS}"
)
"""One character that a reader does not see: zero width, direction, soft hyphen, tag, variation selector."""

TAGS = re.compile("(?<!\U0001f3f4)(?<![\U000e0020-\U000e007e])[\U000e0020-\U000e007e]+\U000e007f?")
"""A text written in tag characters; after a black flag they choose whose flag it is."""

# Cyrillic and Greek letters that look Latin, as used to hide a word from a search for it.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТХІЈЅаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορıɡɑℓ",
    "ABEKMHOPCTXIJSaeopcyxijshdqwABEZHIKMNOPTYXavopigal",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a text.

    Attributes:
        text: Without invisible characters; wide, mathematical and enclosed letters as plain ones.
        latin: The same, letter by letter, with look-alikes of other alphabets as Latin letters.
        places: Where each character of these stands in the text, and the text's length.
    """

    text: str
    latin: str
    places: Sequence[int]


def seen(text: str) -> Seen:
    """Look at a text.

    Args:
        text: Any.

    Returns:
        Its visible characters, one for one.
    """
    if text.isascii():
        return Seen(text, text, range(len(text) + 1))
    plainer = str.maketrans({char: _plainest(char) for char in set(text) if char > "\x7f"})
    shown = text.translate(plainer)
    places: Sequence[int] = range(len(text) + 1)
    if hidden := {match.start() for match in INVISIBLE.finditer(text)}:
        places = [at for at in places if at not in hidden]
        shown = "".join(shown[at] for at in places[:-1])
    return Seen(shown, shown.translate(_LOOKALIKES), places)


def hidden_words(text: str) -> Iterator[tuple[int, int, str]]:
    """What is written in tag characters: where, and what it says."""
    for match in TAGS.finditer(text):
        yield match.start(), match.end(), "".join(chr(ord(char) & 0x7F) for char in match[0]).rstrip("\x7f")


def _plainest(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
