from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.plan.parts import MOST_PARTS, several_sided, split_question

WORDS = (
    "Who|which|did|was|Ana Ruiz|Orla Finn|Norvik|and|or|,|both|each|the|in|of|between|older|first|bridge|died|?|'s|"
    "came first|it|A|of the|Department of Trade|May|2030"
).split("|")


@given(st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_text_is_left_alone_or_split_into_a_few_shorter_questions(text: str) -> None:
    parts = split_question(text)

    assert len(parts) == 0 or 2 <= len(parts) <= MOST_PARTS
    assert all(len(part) <= len(" ".join(text.split())) for part in parts)
    assert parts == split_question(text)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Which bridge is longer, the Norvik Bridge or the Ostrey Bridge?",
            ("How long is the Norvik Bridge?", "How long is the Ostrey Bridge?"),
        ),
        (
            "Which cost more, the library or the school?",
            ("How much did the library cost?", "How much did the school cost?"),
        ),
        (
            "Which costs less to run, the library or the school?",
            ("How much does the library cost to run?", "How much does the school cost to run?"),
        ),
        (
            "Who resigned first: Ana Ruiz, Rob Tye or Orla Finn?",
            ("When did Ana Ruiz resign?", "When did Rob Tye resign?", "When did Orla Finn resign?"),
        ),
        (
            "Which came first, the flood in Tarn or the fire at Norvik?",
            ("When was the flood in Tarn?", "When was the fire at Norvik?"),
        ),
        (
            "Which came first: Ruiz's ban on cars over the smog or the Council calling a strike?",
            ("When was Ruiz's ban on cars over the smog?", "When was the Council calling a strike?"),
        ),
        ("Did Ana Ruiz and Orla Finn both resign?", ("Did Ana Ruiz resign?", "Did Orla Finn resign?")),
        ("Did both Norvik and Ostrey ban cars?", ("Did Norvik ban cars?", "Did Ostrey ban cars?")),
        (
            "On which platforms did Tellus, Osk Lines and Brim each advertise?",
            (
                "On which platforms did Tellus advertise?",
                "On which platforms did Osk Lines advertise?",
                "On which platforms did Brim advertise?",
            ),
        ),
        (
            "What did the Council of Tarn and the Port Authority each say about the strike?",
            (
                "What did the Council of Tarn say about the strike?",
                "What did the Port Authority say about the strike?",
            ),
        ),
        ("What were Finn's and Ruiz's times?", ("What were Finn's times?", "What were Ruiz's times?")),
        (
            "How old were Ana Ruiz and Orla Finn when they died?",
            ("How old was Ana Ruiz when they died?", "How old was Orla Finn when they died?"),
        ),
        (
            "How many people died in the Norvik fire and in the Ostrey flood?",
            ("How many people died in the Norvik fire?", "How many people died in the Ostrey flood?"),
        ),
        (
            "Did more people die in the Norvik fire or in the Ostrey flood?",
            ("How many people died in the Norvik fire?", "How many people died in the Ostrey flood?"),
        ),
        (
            "Who won the Harbour Open, and who won the Tarn Marathon?",
            ("Who won the Harbour Open?", "Who won the Tarn Marathon?"),
        ),
        (
            "Where did Orla Finn's ferry run aground, and which rock did the port later blame?",
            (
                "Where did Orla Finn's ferry run aground?",
                "Which rock did the port later blame, Orla Finn ferry run aground?",
            ),
        ),
        (
            "Why did Norvik close its bridge and when did it open again?",
            ("Why did Norvik close its bridge?", "When did it open again, Norvik close?"),
        ),
        (
            "Was the ferry late, and did Ana Ruiz apologise?",
            ("Was the ferry late?", "Did Ana Ruiz apologise?"),
        ),
        (
            "Which leader was older at her death, Tarn's Ana Ruiz or Ostrey's Orla Finn?",
            ("How old was Tarn's Ana Ruiz at her death?", "How old was Ostrey's Orla Finn at her death?"),
        ),
        (
            "Who left first this month, the port's head or the acting mayor?",
            ("When did the port's head leave this month?", "When did the acting mayor leave this month?"),
        ),
        ("Which of Ruiz and Finn left first?", ("When did Ruiz leave?", "When did Finn leave?")),
        (
            "Who was the first to resign, Ana Ruiz or Orla Finn?",
            ("When did Ana Ruiz resign?", "When did Orla Finn resign?"),
        ),
        (
            "Which came first in Tarn: the promise to drop the toll, or the first driver fined?",
            ("When was the promise to drop the toll in Tarn?", "When was the first driver fined in Tarn?"),
        ),
        (
            "Did the flood in Tarn happen before or after the fire?",
            ("When was the flood in Tarn?", "When was the fire?"),
        ),
        ("Was the flood in Tarn before the fire?", ("When was the flood in Tarn?", "When was the fire?")),
        (
            "Did Ana Ruiz resign before or after Orla Finn?",
            ("When did Ana Ruiz resign?", "When did Orla Finn resign?"),
        ),
        (
            "Which party won more seats, the Greens or the Union?",
            ("How many seats did the Greens win?", "How many seats did the Union win?"),
        ),
        (
            "Which of the two, Norvik or Ostrey, had more deaths?",
            ("How many deaths did Norvik have?", "How many deaths did Ostrey have?"),
        ),
        (
            "In which town did more people die, Norvik or Ostrey?",
            ("How many people died in Norvik?", "How many people died in Ostrey?"),
        ),
        (
            "How many more people died in the Norvik fire than in the Ostrey flood?",
            ("How many people died in the Norvik fire?", "How many people died in the Ostrey flood?"),
        ),
        (
            "Which phone is cheaper, the Tellus 5 or the Brim X?",
            ("How much does the Tellus 5 cost?", "How much does the Brim X cost?"),
        ),
        (
            "Is the Norvik Bridge longer than the Ostrey Bridge?",
            ("How long is the Norvik Bridge?", "How long is the Ostrey Bridge?"),
        ),
        ("How much older is Ana Ruiz than Orla Finn?", ("How old is Ana Ruiz?", "How old is Orla Finn?")),
        (
            "In which towns did Ruiz and the mayor each speak for the Union?",
            ("In which towns did Ruiz speak for the Union?", "In which towns did the mayor speak for the Union?"),
        ),
        ("Did either of Ana Ruiz and Orla Finn resign?", ("Did Ana Ruiz resign?", "Did Orla Finn resign?")),
        ("Have Ana Ruiz or Orla Finn resigned?", ("Has Ana Ruiz resigned?", "Has Orla Finn resigned?")),
        (
            "What did Ana Ruiz say about the strike, and what did Orla Finn?",
            ("What did Ana Ruiz say about the strike?", "What did Orla Finn say about the strike?"),
        ),
        (
            "What was said about the toll by Ana Ruiz and by Orla Finn?",
            ("What was said about the toll by Ana Ruiz?", "What was said about the toll by Orla Finn?"),
        ),
        (
            "How much of Tarn's oil did they say was knocked out, and what did the port later say was used?",
            (
                "How much of Tarn's oil did they say was knocked out?",
                "What did the port later say was used, Tarn oil knocked?",
            ),
        ),
        (
            "Compare the budgets of Norvik and Ostrey.",
            ("Compare the budgets of Norvik", "Compare the budgets of Ostrey"),
        ),
    ],
)  # fmt: skip
def test_a_question_that_is_several_is_split(question: str, parts: tuple[str, ...]) -> None:
    assert split_question(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the Department of Trade and Industry?",
        "Who leads the Ministry of Finance and Economic Affairs?",
        "How did prices change between 2019 and 2020?",
        "What happened between Norvik Harbour and Ostrey Bay?",
        "Who shot Bonnie and Clyde?",
        "What does Salt and Pepper Inc make?",
        "Did Salt and Pepper Inc and Brim both lose money?",
        "When did Ana Ruiz and Orla Finn marry?",
        "When did Tellus Group and Osk Lines agree to merge?",
        "What did Orla Finn buy, sell or rent?",
        "Who, police said, broke in or tried to?",
        "Was the ferry late or early?",
        "Who did it and why?",
        "What did she say about when and how the ferry sank?",
        "How many people who cycle and people who walk cross the bridge?",
        "What did the mayor and the bishop say?",
        "Is it faster by road or rail?",
        "Who came first in the Tarn Marathon?",
        "How long and how wide is the bridge?",
        "Was the mayor arrested before the trial?",
        "Was the dam full before the storm?",
        "Was the toll higher than the government said?",
        "What was the tally when Ana Ruiz and Orla Finn were held in contempt?",
        "How many more troops were sent than in 2015?",
        "Which sold more, the car or the van?",
        "Which is faster, the car or the van?",
        "Who earned more, Ana Ruiz or Tom Oda?",
        "",
        "?",
    ],
)
def test_a_question_that_may_be_one_is_left_whole(question: str) -> None:
    assert split_question(question) == ()


def test_what_a_conversation_adds_stays_with_each_part() -> None:
    assert split_question("Who died first, Ana Ruiz or Orla Finn? Norvik ferry") == (
        "When did Ana Ruiz die? Norvik ferry",
        "When did Orla Finn die? Norvik ferry",
    )


@pytest.mark.parametrize(
    "question",
    [
        "Do the papers differ on the toll?",
        "What do the different articles say about the toll?",
        "Which toll do outlets give across these reports?",
        "Are there conflicting reports about the ferry?",
        "Where do the accounts of the fire disagree?",
        "What did each newspaper say of Ana Ruiz and Orla Finn, and who was right?",
    ],
)
def test_a_question_of_several_sides_is_told_and_not_split(question: str) -> None:
    assert several_sided(question)
    assert split_question(question) == ()


@pytest.mark.parametrize(
    "question",
    [
        "Who reports to the minister?",
        "What did the report say about the toll?",
        "Who differs with the mayor?",
        "Which newspaper did Orla Finn buy?",
        "Why do the two mayors disagree?",
    ],
)
def test_a_question_of_one_report_has_one_side(question: str) -> None:
    assert not several_sided(question)
