"""A sentence in, who says it out: "The bridge will close, the port authority said." → the port authority, said.

Reads the habits of news prose: the speaker in front, behind, or after "according to". What it cannot read surely it
does not claim to have read: then a sentence is quoted whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.words import FUNCTION_WORDS
from rag.claims.lexicon import JOINTS, MARKS, PRONOUNS, SAYING
from rag.claims.normal import normal, stem
from rag.claims.words import Word, asserts, read_words

LONGEST_SPEAKER = 12
"""In words: a longer one is likely to be a statement of its own that was taken for a speaker."""

_VERB = rf"(?:(?:has|have|had|also|later|then) )*(?:{'|'.join(sorted(SAYING - {'according'}))})"
_NAME = r"[^,;:()“”\"]{1,90}?"
_END = r"(?=\s*(?:[,.;!?]|$))"
_BEHIND = re.compile(
    rf"(?:[,?!][”\"’']?|[”\"])\s+(?P<words>(?P<speaker>{_NAME})\s+(?P<verb>{_VERB})|"
    rf"(?P<verb2>{_VERB})\s+(?P<speaker2>[^;()“”\"]{{1,90}}?)){_END}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"^[“\"]?(?P<words>(?P<speaker>[^;:()“”\"]{{1,110}}?)\s+(?P<verb>{_VERB}))\b(?!\s+(?:to|by|for)\b)"
    rf"(?:[^,;“”\"]{{0,80}}?\sthat\b|[,:])?",
    re.IGNORECASE,
)
_ACCORDING = re.compile(rf"(?P<words>according to (?P<speaker>{_NAME}))(?:{_END})[,.]?", re.IGNORECASE)
_LONG_QUOTE = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_BEGINS_A_STATEMENT = JOINTS - MARKS - frozenset(("and", "who", "whose", "which"))
LONG_QUOTE_WORDS = 4
"""Words in quotation marks are a name or a term if they are fewer, a statement if not."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence.

    Attributes:
        speaker: As it is written.
        verb: How it is said, in normal form: "said", "according".
        words: Both, as they stand in the sentence, to be said behind a claim: "the port authority said".
        body: The sentence without them.
    """

    speaker: str
    verb: str
    words: str
    body: str

    @property
    def names_its_speaker(self) -> bool:
        """Whether the speaker can be told from these words alone, and is nothing but a speaker."""
        words = read_words(self.speaker)
        return (
            0 < len(words) <= LONGEST_SPEAKER
            and words[0].text not in PRONOUNS
            and not any(word.text in JOINTS - {"and", ","} for word in words)
        )


def attribution(text: str) -> Attribution | None:
    """Who a sentence is said by, if it says so in one of the usual ways."""
    for pattern, verb in ((_ACCORDING, "according"), (_BEHIND, ""), (_BEFORE, "")):
        match = pattern.search(text)
        named = match.groupdict() if match else {}
        speaker = named.get("speaker") or named.get("speaker2") or ""
        if match is None or not _may_speak(read_words(speaker)):
            continue
        said = verb or normal(named.get("verb") or named.get("verb2") or "")
        body = f"{text[: match.start()]} , {text[match.end() :]}".strip(" ,:")
        return Attribution(speaker.strip(" ,"), said.split()[-1], _inside(match["words"]), body)
    return None


def _may_speak(speaker: Sequence[Word]) -> bool:
    """Whether words can be whom a statement is by: "the" of "the alleged thief" cannot, nor can a statement."""
    says_who = any(word.is_content or word.text in PRONOUNS for word in speaker)
    return says_who and not asserts(speaker) and not any(word.text in _BEGINS_A_STATEMENT for word in speaker)


def in_quotes(text: str, claim: tuple[Word, ...]) -> bool:
    """Whether a sentence holds a claim's words between quotation marks: somebody's, whoever it is.

    A sentence with one mark alone is part of a longer statement.
    """
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return True
    wanted = {stem(word.text) for word in claim if word.is_content}
    for said in _LONG_QUOTE.findall(text):
        words = read_words(said)
        if len(words) >= LONG_QUOTE_WORDS and wanted <= {stem(word.text) for word in words}:
            return True
    return False


def is_quotation(text: str) -> bool:
    """Whether a claim is nothing but words in quotation marks: it says itself that they are somebody's."""
    return re.fullmatch(r"[“\"][^“”\"]+[”\"]?[.!?]?", text.strip()) is not None


def _inside(words: str) -> str:
    """As it is written within a sentence: a first word that is no name loses its capital."""
    first, _, rest = words.partition(" ")
    lowered = first.lower() if first.lower() in FUNCTION_WORDS | {"according"} else first
    return f"{lowered} {rest}".strip()
