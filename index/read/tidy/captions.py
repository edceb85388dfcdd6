"""A line of an article in; whether its form says that it belongs to a picture, out. Knows nothing of its place."""

from __future__ import annotations

import re

_TAIL = 100  # characters at the end of a line in which a credit stands

_PHOTO = (
    r"(?:[Ff]ile |FILE |[Hh]andout |[Cc]ourtesy |[A-Z]\w+[ /])?"
    r"(?:[Pp]hoto(?:graph)?s?|PHOTOS?|[Ff]otos?|FOTO|[Ii]mages?|IMAGE|[Pp]ictures?)"
)
AGENCY = r"(?:Reuters|REUTERS|AP|AFP|EPA|EFE|dpa|DPA|ANSA|PA|AAP|ANP|TASS|Xinhua|Yonhap|YONHAP|Kyodo|Jiji|Anadolu)"
"""News agencies that sign pictures and stories with one word, as a regular expression."""

_NAME = r"[^\W\d_a-z][\w.'’&-]*(?:\s(?:[a-z]{2,3}\s)?[^\W\d_a-z][\w.'’&-]*){0,5}"

# A credit that closes the line: who took or gave the picture.
_CREDIT = re.compile(
    rf"""
    [(\[]\s*(?:{_PHOTO}\s*(?:[:|/]|by\b|courtesy|credit|provided|supplied|via\b|from\b)[^()\[\]]*
        |{_PHOTO}|[Cc]ourtesy(?:\ of|:)[^()\[\]]*|[Cc]redit:[^()\[\]]*
        |(?:[A-Z][\w.'’]*\s){{0,4}}{_PHOTO}(?:/[^()\[\]]*)?
        |[^()\[\]]*Getty\ Images[^()\[\]]*|[^()\[\]]*\s제공|사진\s?[=:][^()\[\]]*)\s*[)\]]\.?$
    |(?:[.!?…"”’)\]]|\s[|–—-]|/)\s*
        (?:{_PHOTO}\s?(?:[:|/]|by\b|courtesy\ of\b)\s?[^.!?]{{2,60}}|(?:{_NAME}\s)?(?:Photo|PHOTO|Foto)(?:/{_NAME})?
        |{AGENCY}(?:\ Photo)?\s?/\s?{_NAME}|{_NAME}\s?/\s?(?:{AGENCY}|(?:{_NAME}\s)?Getty(?:\ Images)?|Shutterstock)
        |(?:{_NAME}[\s/]+)?Getty\ Images(?:/{_NAME})?|[©ⓒ]\s?{_NAME}|(?:[Pp]hoto\ )?[Cc]redits?:\s?[^.!?]{{2,60}})\.?$
    |[.!?”"]\s*[(\[]{_NAME}\s?/\s?{_NAME}[)\]]\.?$
    |/\s*[Cc]ourtesy\ of\ [^.!?]{{2,60}}\.?$
    |(?:Image|Photo|Photograph|Picture|Foto|Photo\ [Cc]redit|Credit|Bild):\s?
        (?:(?:Foto|Bild|Photo|Image):\s?)?[^\W\d_a-z][^.!?:]{{1,60}}[.!]?$
    |/?사진\s?[=:]\s?\S+(?:\s\S+)?$|[가-힣]\s제공[.]?$
    """,
    re.VERBOSE,
)
# One of these stands in each; looking for them costs less than the form.
_CREDIT_WORDS = (
    "hoto",
    "HOTO",
    "ourtesy",
    "mage",
    "MAGE",
    "oto",
    "icture",
    "redit",
    "Getty",
    "©",
    "ⓒ",
    "/",
    "사진",
    "제공",
    "Bild",
)
_GLUED = re.compile(rf"[a-z]\.(?:{AGENCY}|{_NAME}/?(?:{AGENCY}|Getty\ Images))$")  # "in New York.Reuters"

# "[Yonhap]", "(AP)": a picture's source, or that of a short item. What stands before it must look like a caption.
_SOURCED = re.compile(rf"[.!?\"”’\w]\s*(?:\[{_NAME}\]|\({_NAME}\))\.?$")
_SQUARE = re.compile(r"\]\.?$")
_SHOWS = re.compile(
    r"\b(?:speaks?|poses?|arrives?|walks?|holds?|waves?|attends?|looks?|shakes? hands|gestures?|seen|pictured"
    r"|(?:is|are) shown|stands?|sits?|delivers?|talks?|addresses|leaves?|takes? part|smiles?|reacts?|greets?)\b"
    r"|\((?:(?:second |third |far |top |bottom )?(?:from )?(?:left|right|cent(?:er|re)|L|R|C))\)"
)
_SENTENCE_INSIDE = re.compile(r"[a-z\d”\"’)]{2}[.!?][\"”’)]? +[\"“‘]?[A-Z]")
_LONGEST_CAPTION = 300

# A name and small words, no verb: "OpenAI's ChatGPT.", "The White House in Washington."
_SMALL_WORDS = frozenset(
    "a an the of in on at for from and with near by to its his her their de la del der von van el le du da di outside "
    "headquarters logo logos building buildings office offices store stores plant factory campus flag flags view scene "
    "screenshot screen app website site product products model models chip chips car cars interior exterior president "
    "minister chairman chairwoman ceo chief executive founder director spokesman spokeswoman mayor governor senator "
    "secretary leader actor actress singer player coach captain professor left right center".split()
)
# Words that make a rhetorical sentence of a name: "Enter Donald Trump.", "Not in Washington."
_NO_OPENING = frozenset(
    "not nor and but yes no so then just only never until now enter exit even especially except cue meet consider see "
    "remember say hello goodbye forget blame call ask imagine try thank thanks or if when where why how what who which "
    "take think maybe perhaps again still also both neither either all none more less first second third next "
    "last".split()
)
_LONGEST_PHRASE = 8  # words
_LONGEST_NAME = 80  # characters
_WORD = re.compile(r"[^\s,;:()]+")


def is_caption(line: str) -> bool:
    """Whether the line ends in the credit of a picture."""
    if line[0] == "▲" and line.count("▲") == 1 and len(line) <= _LONGEST_CAPTION:  # Korean papers mark captions so
        return True
    tail = line[-_TAIL:].rstrip(" |")
    for word in _CREDIT_WORDS:  # any() over a generator takes twice as long, and this runs for every line
        if word in tail and _CREDIT.search(tail):
            return True
    return tail[-1:].isalpha() and bool(_GLUED.search(tail))


def before_credit(line: str) -> int:
    """Where the credit begins that was set behind a paragraph of reporting; 0 if the whole line is a caption.

    A caption is one sentence, or says first what is to be seen.
    """
    start = max(len(line) - _TAIL, 0)
    credit = _CREDIT.search(line, start)
    inside = _SENTENCE_INSIDE.search(line)
    if not credit or not inside or inside.end() > credit.start() or _SHOWS.search(line, 0, inside.end()):
        return 0
    return credit.start() + (credit[0][0] in '.!?…"”’)]')


def is_sourced_caption(line: str) -> bool:
    """Whether the line is one sentence that says what is to be seen, with its source in brackets: "... [Yonhap]"."""
    if len(line) > _LONGEST_CAPTION or line.rstrip(".")[-1:] not in ")]":
        return False
    found = _SOURCED.search(line)
    if not found or _SENTENCE_INSIDE.search(line[: found.start()]):
        return False
    return bool(_SQUARE.search(line) or _SHOWS.search(line))


def is_bare_name(line: str) -> bool:
    """Whether the line names somebody or something and says nothing of it: "OpenAI's ChatGPT."."""
    if line[-1] != "." or len(line) > _LONGEST_NAME or not line[0].isupper():
        return False
    words = _WORD.findall(line[:-1])
    if not 2 <= len(words) <= _LONGEST_PHRASE or words[0].lower() in _NO_OPENING:
        return False
    named = [word for word in words[1:] if word[0].isupper() or word[0].isdigit()]
    return bool(named) and all(word[0].isupper() or word.lower() in _SMALL_WORDS for word in words)
