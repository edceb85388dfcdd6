"""Question sets in SQuAD's format in, examples to train a reader with out, also of questions that nothing answers.

Three kinds of those: the ones people wrote for SQuAD 2 about the passage itself, questions beside another passage
that shares words with them, and questions with a name or number exchanged for another one of the article.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage and text[start:end] that answers it; nothing does where both are 0."""

    question: str
    title: str
    text: str
    start: int
    end: int
    accepted: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the text answers the question."""
        return self.end > 0


PASSAGES_COMPARED = 40
"""Of so many other passages the one with most of the question's words is read with it."""

_WORD = re.compile(r"\w+")
_NAME = re.compile(r"\b[A-Z][\w'’-]+(?: (?:of |the |de )?[A-Z][\w'’-]+)*")
_YEAR = re.compile(r"\b\d{4}\b")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d?(?![\w])")
_ASKING = re.compile(
    r"(?:who|whom|whose|what|when|where|which|why|how|in|on|the|a|an|at|by|for|from|is|are|was|were|did|does|do|to|of|"
    r"during|after|before)\b",
    re.IGNORECASE,
)


def load_squad(paths: Iterable[Path]) -> list[Example]:
    """Every question of the files, in order; of several accepted answers the one that most people gave."""
    found: list[Example] = []
    for path in paths:
        for article in json.loads(path.read_text("utf-8"))["data"]:
            title = article.get("title", "").replace("_", " ")
            for paragraph in article["paragraphs"]:
                found += [_example(title, paragraph["context"], asked) for asked in paragraph["qas"]]
    return found


def _example(title: str, text: str, asked: dict[str, list[dict[str, str]]]) -> Example:
    answers = [] if asked.get("is_impossible") else asked["answers"]
    spans = Counter((int(a["answer_start"]), int(a["answer_start"]) + len(a["text"])) for a in answers)
    (start, end) = spans.most_common(1)[0][0] if spans else (0, 0)
    return Example(str(asked["question"]).strip(), title, text, start, end, tuple(a["text"] for a in answers))


def beside_another(examples: Sequence[Example], count: int, rng: random.Random) -> Iterator[Example]:
    """Answerable questions with a passage that shares words with them but not the answer."""
    passages = _passages(examples)
    everywhere = [passage for group in passages.values() for passage in group]
    for example in rng.sample([e for e in examples if e.answerable], count):
        own = passages[example.title]
        pool = own if example.title and rng.random() < 0.6 else everywhere
        words = set(_WORD.findall(example.question.lower()))
        others = [
            passage
            for passage in rng.sample(pool, min(PASSAGES_COMPARED, len(pool)))
            if passage.text != example.text and not any(a.lower() in passage.text.lower() for a in example.accepted)
        ]
        if others:
            nearest = max(others, key=lambda p: len(words.intersection(_WORD.findall(p.text.lower()))))
            yield Example(example.question, nearest.title, nearest.text, 0, 0)


def with_another_name(examples: Sequence[Example], count: int, rng: random.Random) -> Iterator[Example]:
    """Answerable questions in which a name or number of the passage is exchanged: now nothing there answers them."""
    passages = _passages(examples)
    for example in rng.sample([e for e in examples if e.answerable], count):
        pool = passages[example.title]
        other = rng.choice(pool)
        for pattern in rng.sample((_NAME, _YEAR, _NUMBER), 3):
            mine = [m for m in pattern.finditer(example.question) if m[0] in example.text and not _ASKING.match(m[0])]
            theirs = [
                m[0] for m in pattern.finditer(other.text) if m[0] not in example.text and not _ASKING.match(m[0])
            ]
            if mine and theirs:
                gone = rng.choice(mine)
                asked = example.question[: gone.start()] + rng.choice(theirs) + example.question[gone.end() :]
                yield replace(example, question=asked, start=0, end=0, accepted=())
                break


def _passages(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """One example for each passage, by the article's title."""
    found: dict[str, dict[str, Example]] = {}
    for example in examples:
        found.setdefault(example.title, {}).setdefault(example.text, example)
    return {title: list(group.values()) for title, group in found.items()}
