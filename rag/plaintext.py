"""Any text in, one line that can pose as nothing but words in a prompt out. Only prompts are altered, never an article.

Article text is data. Whatever it holds, a model reads in it no mark of a chat template, no number of a sentence, no
turn and no line of its own; ordinary words, numbers and punctuation stay as they are. Knows nothing about prompts, nor
what the words say: that is index/injection/signs.py's business.
"""

from __future__ import annotations

import re
import unicodedata

from index.injection.seen import INVISIBLE, seen
from index.injection.signs import addresses_a_model, without_codes
from index.sentences import sentence_spans

LONGEST_WORD = 200
"""Characters without a blank in ASCII: addresses of pages are shorter, Base64 is longer and says nothing."""

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Whatever looks like the brackets that number a sentence, or like what chat templates are made of.
_LIKE = {
    "(": "[［【〖〔〘〚⟦⦋⁅❲❴｛",
    ")": "]］】〗〕〙〛⟧⦌⁆❳❵｝",
    "<": "＜﹤˂ᐸ❮⟨〈\u2329",
    ">": "＞﹥˃ᐳ❯⟩〉\u232a",
    "|": "｜￨│∣❘ǀ",
    "#": "＃﹟",
}
_MARKS = str.maketrans({char: mark for mark, chars in _LIKE.items() for char in chars})
_RUN = re.compile(r"([<>#|])\1+")
_OPENS = re.compile(r"<(?=[^\s\d])")
_CLOSES = re.compile(r"(?<=[^\W\d]|[|/\"'])>")
_TURN = re.compile(
    r"\b((?i:system|user|assistant|human|instructions?|developer)|Question|QUESTION|Answer|ANSWER|Earlier|EARLIER|"
    r"Response|RESPONSE|Input|INPUT)\s*[:：﹕꞉∶]"
)
_UNBROKEN = re.compile(rf"[!-~]{{{LONGEST_WORD},}}")


def plain(text: str) -> str:
    """One line that a reader would read as the text, and in which nothing has a meaning for a prompt.

    What nobody sees is left out; brackets that number a sentence or open a mark become round, runs of what marks are
    made of single; "Question:" and the like lose their colon; what is in a code for machines, or no word at all, is cut
    short. Doing it again changes nothing.
    """
    text = INVISIBLE.sub("", _NO_TEXT.sub("", text)).translate(_MARKS)
    text = _RUN.sub(r"\1", without_codes(unicodedata.normalize("NFC", text)))
    text = _CLOSES.sub(")", _OPENS.sub("(", text))
    text = re.sub(r"<(?=\S)", "< ", text)
    text = _without_turns(text)
    return _UNBROKEN.sub(lambda match: match[0][: LONGEST_WORD // 2] + "…", " ".join(text.split()))


def told(text: str) -> str:
    """The same without the sentences that are meant for a language model.

    For what stands around evidence: headlines, outlets, earlier answers. Evidence has lost such sentences before.
    """
    kept = (text[start:end] for start, end in sentence_spans(text))
    return plain(" ".join(sentence for sentence in kept if not addresses_a_model(sentence)))


def _without_turns(text: str) -> str:
    """The colon that makes a turn of a word becomes a dash; look-alikes of letters are read as what they look like."""
    pieces: list[str] = []
    reached = 0
    shown = seen(text)
    for match in _TURN.finditer(shown.latin):
        pieces += [text[reached : shown.places[match.end(1)]], " –"]
        reached = shown.places[match.end()]
    return "".join([*pieces, text[reached:]])
