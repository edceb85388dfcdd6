from __future__ import annotations

from collections.abc import Mapping

import pytest

from index.types import Article, Filter, Hit, NameFound
from rag.plan.names import named


class Names:
    """Knows the names it is given."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def names_in(self, text: str, /) -> tuple[NameFound, ...]:
        places = sorted((text.index(asked), asked) for asked in self._names if asked in text)
        return tuple(NameFound(at, at + len(asked), asked, self._names[asked], 1) for at, asked in places)

    def outlets(self) -> Mapping[str, int]:
        return {}

    def matching(self, text: str, k: int, where: Filter, /) -> list[Hit]:
        return []

    def article(self, article_id: str, /) -> Article:
        raise KeyError(article_id)


KNOWN = {
    "Lindqvits": "Ada Lindqvist",
    "lindqvist": "Ada Lindqvist",
    "Pohl": "Bo Pohl",
    "zoe brule": "Zoë Brûlé",
    "Port Elliss": "Port Ellis",
}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who is Lindqvits?", "Who is Ada Lindqvist?"),
        ("Is Lindqvits's crane in Port Elliss?", "Is Ada Lindqvist's crane in Port Ellis?"),
        ("who is lindqvist", "who is lindqvist"),  # small letters and parts stay
        ("Who is Pohl?", "Who is Pohl?"),
        ("zoe brule", "zoe brule"),
        ('Who said "Lindqvits" of Pohl?', 'Who said "Lindqvits" of Pohl?'),  # as it stands
        ("Who said “no, Lindqvits”?", "Who said “no, Lindqvits”?"),
        ("Who is it?", "Who is it?"),
    ],
)
def test_only_misspelt_names_are_written_anew(question: str, text: str) -> None:
    assert named(question, Names(KNOWN))[0] == text


def test_names_are_where_they_say_in_the_new_question() -> None:
    text, names = named("Did Lindqvits see Pohl in Port Elliss, zoe brule?", Names(KNOWN))

    assert [(text[each.start : each.end], each.asked, each.name) for each in names] == [
        ("Ada Lindqvist", "Lindqvits", "Ada Lindqvist"),
        ("Pohl", "Pohl", "Bo Pohl"),
        ("Port Ellis", "Port Elliss", "Port Ellis"),
        ("zoe brule", "zoe brule", "Zoë Brûlé"),
    ]


def test_names_in_quotation_marks_count_unless_they_are_misspelt() -> None:
    assert [each.asked for each in named('Who said "Pohl, Lindqvits"?', Names(KNOWN))[1]] == ["Pohl"]
