"""A question and the conversation before it in, a question that stands alone out. Knows nothing about archives.

A question leans on what was said before it when it points back ("it", "there"), when too little of it is left to be
searched ("Why?", "And in May?"), or when it only puts one thing in another's place ("What about Berlin?"). Then the
names and words that it leans on are said after it, and no more: a reranker reads few words, and whole turns drown the
question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice

from rag.plan.wording import (
    Word,
    asks_of_a_time,
    date_kind,
    goes_on,
    has_topic,
    names_of,
    only_says,
    own_words,
    points_back,
    replaces,
    words_of,
)
from rag.types import Turn

CARRIED_WORDS = 25
"""What is carried at the most."""

TURN_WORDS = 14
"""Of one turn: the last one must leave room for the one that named the topic."""

ANSWER_WORDS = 8
"""Of an answer. A shorter one is what was asked for, and is carried whole; of a longer one, its names."""

ENOUGH_WORDS = 4
"""A question without a name but with so many words of its own, none of them said before, opens a new topic."""

ENOUGH_FOR_NAMES = 2
"""Of words of its own: such a question may open a topic, so only names are carried. They found 12 of 12 follow-ups, as
all words did, and drew 2 of 8 new topics off their article, not 6 (docs/LOG.md)."""

ENOUGH_ANSWERED = 2
"""Of a question that has been answered: its answer says the rest."""

FURTHEST_BACK = 5
"""Turns. Who asks for something further back will name it."""

_REFUSAL = re.compile(
    r"\b(?:not|no|nothing|nowhere|unable|cannot|\w+n[’']t)\b.*"
    r"\b(?:says?|answers?|find|found|know|information|mention(?:s|ed)?|evidence)\b",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_REFUSAL = 100  # characters
_MARK = re.compile(r"\[\d+\]")


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Put back what a question leaves to the conversation.

    Args:
        question: As asked.
        history: Earlier turns, oldest first; without any, the question is returned as it is.

    Returns:
        The question as asked; if it leans on earlier turns, then at most CARRIED_WORDS words of them: of each the
        names of its answer and the words of its question, the last turn first, then the one that named the topic,
        then those between. What a model cannot read for length is the least telling, never the question.
    """
    asked = words_of(question)
    thread = _thread(asked, [turn for turn in history[-FURTHEST_BACK:] if turn.question.strip()])
    carried = _carried(asked, thread)
    return f"{question} {carried}" if carried else question


def leans_surely(question: str, history: Sequence[Turn]) -> bool:
    """Whether the form of a question says that it leans on earlier turns: "And in May?", "When was she born?", "Why?".

    "Who won the tennis?" may go on with a talk or open a new one: its form does not tell.
    """
    asked = words_of(question)
    return not any(has_topic(word) for word in asked) or _says_so(asked, history[-FURTHEST_BACK:])


def _thread(asked: Sequence[Word], turns: Sequence[Turn]) -> list[Turn]:
    """The turns that a question leans on: the last, the one that named its topic, and those between, newest first.

    A question that stood alone began a topic; what was said before it is another one.
    """
    if not _leans(asked, turns):
        return []
    first = len(turns) - 1
    while _leans(words_of(turns[first].question), turns[:first], enough=ENOUGH_ANSWERED):
        first -= 1
    newest, *older = reversed(turns[first:])
    return [newest, *older[-1:], *older[:-1]]


def _leans(asked: Sequence[Word], turns: Sequence[Turn], *, enough: int = ENOUGH_WORDS) -> bool:
    """Whether a question cannot be understood without the turns before it."""
    if not turns or not asked:
        return False
    if _says_so(asked, turns):
        return True
    own, said = own_words(asked), _said(turns)
    if any(word.named for word in own):
        return False
    return len(own) < enough or (enough == ENOUGH_WORDS and any(word.stem in said for word in asked if has_topic(word)))


def _says_so(asked: Sequence[Word], turns: Sequence[Turn]) -> bool:
    """Whether the form of a question says that it leans on what was said before it."""
    return goes_on(asked) or only_says(asked) or points_back(asked, _said(turns))


def _said(turns: Sequence[Turn]) -> set[str]:
    return {word.stem for turn in turns for word in chain(words_of(turn.question), words_of(turn.answer))}


def _carried(asked: Sequence[Word], thread: Sequence[Turn]) -> str:
    """The words of a thread that a question leans on, each once, those of one turn between commas."""
    known = {word.stem for word in asked}
    replaced = replaces(asked) and _is_new(asked, thread)
    only_perhaps = not _says_so(asked, thread)
    perhaps = only_perhaps and len(own_words(asked)) >= ENOUGH_FOR_NAMES
    phrases: list[str] = []
    left = CARRIED_WORDS
    for turn in thread:
        words = _outside(turn, asked) if replaced else _telling(turn, asked)
        if only_perhaps:
            words = [word for word in words if not date_kind(word)]
        if perhaps:
            words = [word for word in words if word.named] or words
        fresh = (word for place, word in enumerate(words) if word.stem not in known | {w.stem for w in words[:place]})
        phrase = list(islice(fresh, min(left, TURN_WORDS)))
        known |= {word.stem for word in phrase}
        left -= len(phrase)
        phrases += [" ".join(word.text for word in phrase)] if phrase else []
    return ", ".join(phrases)


def _telling(turn: Turn, asked: Sequence[Word]) -> list[Word]:
    """The words of a turn: names of its answer, or all of a short one; then those of its question."""
    answer = words_of(_MARK.sub("", "" if _is_refusal(turn.answer) else turn.answer))
    answer = _undated(answer, keep=asks_of_a_time(asked))
    if len(answer) > ANSWER_WORDS:
        whole = sorted(names_of(answer), key=lambda name: len(name) == 1)  # a full name is a person more often
        answer = [word for name in whole for word in name][:ANSWER_WORDS]
    words = [*answer, *words_of(turn.question)]
    return [word for word in words if has_topic(word) and not _is_redated(word, asked)]


def _undated(answer: Sequence[Word], *, keep: bool) -> list[Word]:
    """An answer without its dates: searched with them, the next question would seem to ask about that time.

    Where it does, they are kept, but for a day of the week: it counts from the article's date, not from today.
    """
    kinds = [date_kind(word) for word in answer]
    dates = {place for place, kind in enumerate(kinds) if kind == "day" or (kind and not keep)}
    beside = {place + step for place in dates if kinds[place] == "month" for step in (-1, 1)}
    return [
        word
        for place, word in enumerate(answer)
        if place not in dates and not (place in beside and word.lower.isdecimal())
    ]


def _outside(turn: Turn, asked: Sequence[Word]) -> list[Word]:
    """The words of a turn's question without the name that another one takes the place of.

    "And in Reading?" takes the place of a place; "What about Merkel?" of a name that is none.
    """
    at = {"in", "at", "from", "on", "during"}
    place = any(word.named and word.before in at for word in asked)
    words = words_of(turn.question)
    names = names_of(words)
    taken = {id(word) for name in names if (name[0].before in at) == place for word in name}
    if not taken:
        taken = {id(word) for name in names for word in name}
    if any(date_kind(word) for word in asked):
        taken = set()
    return [word for word in words if has_topic(word) and id(word) not in taken and not _is_redated(word, asked)]


def _is_redated(word: Word, asked: Sequence[Word]) -> bool:
    """Whether a word is a date that the question has put another one in the place of."""
    return date_kind(word) != "" and any(date_kind(own) == date_kind(word) for own in asked)


def _is_new(asked: Sequence[Word], thread: Sequence[Turn]) -> bool:
    """Whether a question names something that was not spoken of."""
    said = _said(thread)
    return any((word.named or date_kind(word)) and word.stem not in said for word in asked)


def _is_refusal(answer: str) -> bool:
    return len(answer) <= _LONGEST_REFUSAL and _REFUSAL.search(answer) is not None
