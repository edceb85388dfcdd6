from __future__ import annotations

import pytest

from rag.claims.asked import answers_kind


@pytest.mark.parametrize(
    ("question", "claim", "quote", "fit"),
    [
        ("How many planes dropped water?", "400", "Over 400 firefighters fought the blaze.", "doubtful"),
        ("How many firefighters came?", "400", "Over 400 firefighters fought the blaze.", "fits"),
        ("How many lives were lost?", "12", "The fire killed 12 people.", "fits"),
        ("How many lives were lost?", "12", "The fire killed 12, among them a child.", "open"),
        ("How many storeys has it?", "six", "It was built up to six floors.", "doubtful"),
        ("How many boats sank?", "the harbour", "Boats sank in the harbour.", "misfit"),
        ("How many boats sank?", "none", "None of the boats sank.", "open"),
        ("How much will it cost?", "the council", "The council will pay $5 million.", "misfit"),
        ("How much will it cost?", "$5 million", "The council will pay $5 million.", "fits"),
        ("How long will it close?", "six weeks", "It will close for six weeks.", "fits"),
        ("When did it close?", "12 May", "It closed on 12 May.", "fits"),
        ("When did it close?", "Tuesday", "It closed on Tuesday.", "fits"),
        ("When did it close?", "after the war", "It closed after the war.", "open"),
        ("When did it close?", "Ostrey", "It closed in Ostrey.", "misfit"),
        ("In what year was it built?", "1402", "It was built in 1402.", "fits"),
        ("Who closed it?", "1402", "It was closed in 1402 by Ana Ruiz.", "misfit"),
        ("Who closed it?", "Ana Ruiz", "It was closed in 1402 by Ana Ruiz.", "open"),
        ("Why did it close?", "a leak", "It closed because of a leak.", "open"),
    ],
)
def test_the_kind_of_an_answer(question: str, claim: str, quote: str, fit: str) -> None:
    assert answers_kind(question, claim, quote) == fit
