from __future__ import annotations

import pytest

from index.outlets import merged


@pytest.mark.parametrize(
    ("counts", "outlets"),
    [
        ([], {}),
        ([("The Ledger", 2), ("Echo", 5)], {"Echo": 5, "The Ledger": 2}),
        ([("the ledger", 2), ("The Ledger", 3), ("THE LEDGER", 1)], {"The Ledger": 6}),
        ([("STRASSE", 1), ("Straße", 1)], {"STRASSE": 2}),  # a tie goes by spelling
    ],
)
def test_outlets_that_differ_in_case_are_one(counts: list[tuple[str, int]], outlets: dict[str, int]) -> None:
    assert merged(counts) == outlets
    assert list(merged(reversed(counts))) == list(outlets)
