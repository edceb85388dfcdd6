"""Why a claim is not supported, in a word and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal[
    "number",  # with its unit, scale and currency
    "date",  # as written, or as the article's mentions resolve it; never "yesterday"
    "name",
    "quotation",
    "word",  # any other word that says something
    "negation",  # one was added or lost
    "doubt",  # what is planned, possible or alleged became a fact, or the reverse
    "bound",  # "at least", "only", "half", "most"
    "order",  # who did what to whom, which is more, from what to what
    "gap",  # words that belong to different statements were brought together
    "speaker",  # a statement became a fact, or another's
    "nothing",  # it says nothing that could be checked
]
"""What a claim is held against, by name."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that a claim did not pass, and the words of the claim or of the source that it failed by."""

    check: Check
    words: str

    def told(self, cited: str) -> str:
        """In one line, for people: `cited` names what the claim was held against, such as "[2]"."""
        match self.check:
            case "number" | "date" | "name" | "quotation" | "word":
                return f"the {self.check} {self.words} is not in {cited}"
            case "negation" | "doubt" | "bound":
                return f"“{self.words}” is in only one of the claim and {cited}"
            case "order":
                return f"{self.words} stands elsewhere in {cited}"
            case "gap":
                return f"{cited} does not say it in one statement: “{self.words}” was left out"
            case "speaker":
                return f"{cited} is a statement of {self.words}" if self.words else f"{cited} quotes somebody"
            case "nothing":
                return "it says nothing that can be checked"
