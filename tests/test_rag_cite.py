from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.cite import Claim, read_draft


@pytest.mark.parametrize(
    ("draft", "claims"),
    [
        ("", []),
        ("  \n ", []),
        ("A gas leak", [("A gas leak", ())]),
        ("A gas leak [2].", [("A gas leak.", (2,))]),
        ("A gas leak. [1] It killed 39 [2][3].", [("A gas leak.", (1,)), ("It killed 39.", (2, 3))]),
        ("six weeks [1], the port authority [1]", [("six weeks, the port authority", (1,))]),
        ("A leak [1, 2].", [("A leak.", (1, 2))]),
        ("A leak [2; 1] [2]", [("A leak", (2, 1))]),
        ("A leak [9].", [("A leak.", (9,))]),
        ("[1] A leak. It killed 39.", [("A leak.", (1,)), ("It killed 39.", ())]),
        ("[1] six weeks\n[2] the port authority", [("six weeks", (1,)), ("the port authority", (2,))]),
        ("[1][2] A leak.\n[3]\nIt killed 39. [2]", [("A leak.", (1, 2, 3)), ("It killed 39.", (2,))]),
        ("six weeks\nthe port authority [2]", [("six weeks", ()), ("the port authority", (2,))]),
        ("[2]", [("", (2,))]),
        (" [2] [1, 2]\n", [("", (2, 1))]),
        ("In [2019] it closed.", [("In [2019] it closed.", ())]),
        ("“[He] closed it” [4]", [("“[He] closed it”", (4,))]),
        ("A leak [1-3].", [("A leak [1-3].", ())]),
        ("Dr. Ruiz [1] said so. She left [2].", [("Dr. Ruiz said so.", (1,)), ("She left.", (2,))]),
    ],
)
def test_marks_become_the_numbers_of_their_sentence(draft: str, claims: list[tuple[str, tuple[int, ...]]]) -> None:
    assert read_draft(draft) == [Claim(text, named) for text, named in claims]


MARKED = re.compile(r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")


@given(st.text(max_size=200).filter(lambda text: not MARKED.search(text)))
def test_a_draft_without_marks_keeps_every_letter(draft: str) -> None:
    claims = read_draft(draft)

    assert "".join("".join(claim.text.split()) for claim in claims) == "".join(draft.split())
    assert all(claim.named == () for claim in claims)


SENTENCES = st.lists(
    st.tuples(
        st.lists(st.sampled_from("rain fell on the harbour for six weeks".split()), min_size=1, max_size=6),
        st.lists(st.integers(1, 12), max_size=3),
        st.integers(0, 6),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@given(SENTENCES)
def test_marks_inside_or_behind_a_sentence_go_to_it(
    sentences: list[tuple[list[str], list[int], int, bool]],
) -> None:
    written, expected = [], []
    for words, numbers, place, behind in sentences:
        marks = "".join(f"[{number}]" for number in numbers)
        plain = " ".join(words).capitalize() + "."
        if behind:
            written.append(f"{plain} {marks}".rstrip())
        else:
            cut = min(1 + place, len(words))
            rest = "".join(f" {word}" for word in words[cut:])
            written.append(" ".join(words[:cut]).capitalize() + (f" {marks}" if marks else "") + rest + ".")
        expected.append(Claim(plain, tuple(dict.fromkeys(numbers))))

    assert read_draft(" ".join(written)) == expected


@given(st.text("[]0123456789,; .\nAb<|>", max_size=80))
def test_any_draft_is_read(draft: str) -> None:
    for claim in read_draft(draft):
        assert not MARKED.search(claim.text)
        assert len(set(claim.named)) == len(claim.named)
