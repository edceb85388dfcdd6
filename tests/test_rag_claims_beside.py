"""A phrase whose meaning changes by what stands beside it in its sentence: put back, or refused."""

from __future__ import annotations

import pytest

from rag.claims.check import check

PUT_BACK = [
    ("president of Tarn", "Ana Ruiz is the vice president of Tarn.", "Vice president of Tarn"),
    (
        "the president of Tarn",
        "Ana Ruiz is the former deputy president of Tarn.",
        "the former deputy president of Tarn",
    ),
    ("Minister Ana Ruiz", "Deputy Minister Ana Ruiz spoke.", "Deputy Minister Ana Ruiz"),
    ("Governor Ana Ruiz", "Lieutenant Governor Ana Ruiz spoke.", "Lieutenant Governor Ana Ruiz"),
    ("minister", "The shadow minister Ana Ruiz spoke.", "Shadow minister"),
    ("secretary of state", "She is under secretary of state.", "Under secretary of state"),
    ("founder", "Ana Ruiz is a co founder.", "Co founder"),
    ("5 May 2024", "It closed before 5 May 2024.", "Before 5 May 2024"),
    ("5 May 2024", "It closed until 5 May 2024.", "Until 5 May 2024"),
    ("5 May 2024", "It has been closed since 5 May 2024.", "Since 5 May 2024"),
    ("5 May 2024", "It must close by Sunday 5 May 2024.", "By 5 May 2024"),
    ("2024", "It closed in late 2024.", "Late 2024"),
    (
        "The water in Tarn is safe.",
        "Ana Ruiz joked that the water in Tarn is safe.",
        "The water in Tarn is safe, Ana Ruiz joked.",
    ),
    (
        "The water in Tarn is safe.",
        "Ana Ruiz tweets that the water in Tarn is safe.",
        "The water in Tarn is safe, Ana Ruiz tweets.",
    ),
    (
        "The water in Tarn is safe.",
        'Ana Ruiz tweeted: "The water in Tarn is safe."',
        "The water in Tarn is safe, Ana Ruiz tweeted.",
    ),
    (
        "The water in Tarn is safe.",
        "The water in Tarn is safe, tweets Ana Ruiz.",
        "The water in Tarn is safe, tweets Ana Ruiz.",
    ),
]

REFUSED = [
    ("Ana Ruiz is the president of Tarn.", "Ana Ruiz is the vice president of Tarn.", "bound"),
    ("president", "Ana Ruiz is the president elect.", "bound"),
    ("president", "The former Tarn president resigned.", "bound"),
    ("president", "Ana Ruiz is a vice-president.", "word"),
    ("president of Tarn", "Ana Ruiz is the president of the chess club of Tarn.", "gap"),
    ("the president of Tarn", "Ana Ruiz, the president of the chess club of old Tarn, spoke.", "gap"),
    ("20 people", "The flood displaced 20 to 40 people.", "bound"),
    ("40 people", "The flood displaced 20 to 40 people.", "bound"),
    ("20 people", "The flood displaced 20-40 people.", "number"),
    ("20%", "It will rise 20% to 30%.", "bound"),
    ("30%", "It will rise 20% to 30%.", "bound"),
    ("20 weeks", "It lasts between 20 weeks and 30 weeks.", "bound"),
    ("$5 million", "The plan costs $5 million less.", "bound"),
    ("$5 million", "The plan costs $5 million more than the old one.", "bound"),
    ("20 people", "The boat carried 20 people fewer.", "bound"),
    ("20 people", "It holds 20 people or more.", "bound"),
    ("Ana Ruiz", "Anyone but Ana Ruiz may enter.", "negation"),
    ("Ana Ruiz", "Unlike Ana Ruiz, Tom Oda voted.", "negation"),
    ("Ana Ruiz", "All voted except Ana Ruiz.", "negation"),
    ("Ana Ruiz", "All voted except for Ana Ruiz.", "negation"),
    ("Ana Ruiz", "Tom Oda spoke instead of Ana Ruiz.", "negation"),
    ("Ana Ruiz", "Tom Oda rather than Ana Ruiz won.", "negation"),
    ("Ana Ruiz", "Tom Oda, not Ana Ruiz, won.", "negation"),
    ("Ana Ruiz", "Apart from Ana Ruiz, all voted.", "negation"),
    ("Ana Ruiz", "Ana Ruiz's lawyer was arrested.", "gap"),
    ("on 5 May 2024", "It must close by 5 May 2024.", "bound"),
    ("5 May 2024", "It must close by the end of 5 May 2024.", "bound"),
    ("The water in Tarn is safe to drink.", "Is the water in Tarn safe to drink?", "doubt"),
    ("Tarn", "Is the water in Tarn safe to drink?", "doubt"),
    ("The water in Tarn is safe.", "“Is the water in Tarn safe?” asked Ana Ruiz.", "doubt"),
    ("The water in Tarn is safe.", "Residents doubt that the water in Tarn is safe.", "negation"),
    ("The water in Tarn is safe.", "It is a lie that the water in Tarn is safe.", "negation"),
    ("The water in Tarn is safe.", "It is a myth that the water in Tarn is safe.", "negation"),
    ("The water in Tarn is safe.", "The notion that the water in Tarn is safe is absurd.", "negation"),
    ("The water in Tarn is safe.", "Contrary to reports that the water in Tarn is safe, it is foul.", "negation"),
    ("The water in Tarn is safe.", "Imagine the water in Tarn is safe.", "doubt"),
    ("The water is safe.", "Once the pipes are mended, the water is safe.", "doubt"),
    ("The water is safe.", "The water is safe once the pipes are mended.", "doubt"),
    ("The water is safe.", "Were it boiled, the water is safe.", "doubt"),
    ("The water in Tarn is safe.", "Ana Ruiz is convinced that the water in Tarn is safe.", "speaker"),
    ("The water in Tarn is safe.", "According to Ana Ruiz the water in Tarn is safe.", "speaker"),
    ("The water in Tarn is safe.", "According to the mayor the water in Tarn is safe.", "speaker"),
    (
        "The water in Tarn is safe.",
        "In tweets, Ana Ruiz called the idea that the water in Tarn is safe a fable.",
        "doubt",
    ),
    ("safe to drink", "Residents doubt that the water in Tarn is safe to drink.", "negation"),
    ("safe to drink", "Were the water safe to drink, she would stay.", "doubt"),
    ("three people", "Two or three people died.", "bound"),
    ("9 May", "From 5 May to 9 May the mill is shut.", "bound"),
    ("Ana Ruiz", "Tom Oda came in place of Ana Ruiz.", "negation"),
]

SUPPORTED = [
    # The same words where they change nothing.
    ("President Ana Ruiz", "The former mayor met President Ana Ruiz."),
    ("president of Tarn", "Ana Ruiz is the president of Tarn."),
    ("20 people", "The boat carried 20 people."),
    ("15%", "Shares fell 15 per cent to 2.30."),
    ("six weeks", "It closed for six weeks after the quake."),
    ("Ana Ruiz", "All but two backed Ana Ruiz."),
    ("Ana Ruiz", "Ana Ruiz, unlike Tom Oda, voted."),
    ("Tom Oda", "Unlike Ana Ruiz, Tom Oda voted."),
    ("on 5 May 2024", "It closed on 5 May 2024."),
    ("before 5 May 2024", "It closed before 5 May 2024."),
    ("Ana Ruiz", "“Is the water in Tarn safe?” asked Ana Ruiz."),
    ("Is the water safe?", "Is the water safe?"),
    ("The water in Tarn is safe.", "Contrary to reports, the water in Tarn is safe."),
]


@pytest.mark.parametrize(("claim", "sentence", "said"), PUT_BACK)
def test_what_stands_beside_a_phrase_is_put_back(claim: str, sentence: str, said: str) -> None:
    checked = check(claim, sentence)

    assert checked.failures == ()
    assert checked.text == said


@pytest.mark.parametrize(("claim", "sentence", "failed"), REFUSED)
def test_a_phrase_that_means_another_thing_alone_is_refused(claim: str, sentence: str, failed: str) -> None:
    assert failed in [failure.check for failure in check(claim, sentence).failures]


@pytest.mark.parametrize(("claim", "sentence"), SUPPORTED)
def test_a_phrase_that_means_the_same_alone_is_supported(claim: str, sentence: str) -> None:
    checked = check(claim, sentence)

    assert (checked.failures, checked.text) == ((), claim)
