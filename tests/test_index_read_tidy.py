"""Reporting and what stands around it, told apart; nothing lost, offsets true."""

from __future__ import annotations

import contextlib
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.read.tidy import tidy
from index.read.tidy.lines import unbroken, whole
from index.read.tidy.notices import notice
from index.read.types import Fields, Hints, Marked, Options, Unreadable
from index.types import Removed

LEAD = (
    "The harbour bridge at Vennmouth will open to traffic in May, two months later than planned, the Ostrey Roads "
    "Authority said on Tuesday."
)
MORE = (
    "Engineers found a second crack in a steel plate in March. The plate has been replaced, and sensors will watch its "
    "neighbours until the end of the year, said Dagny Holloway, the chief engineer."
)
PHOTO = "Workers stand on the Tollgate Bridge on Nov. 21 (local time). /Courtesy of Upland News"


def tidied(
    text: str, *, title: str = "Bridge to open in May", keep_all: bool = False
) -> tuple[str, tuple[Removed, ...]]:
    fields, removed = tidy(Fields(text, title=title), Hints(options=Options(keep_all=keep_all)))
    return fields.text, removed


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (PHOTO, "caption"),
        ("Photo: The bridge in March", "caption"),
        ("PHOTO | The bridge in March", "caption"),
        ("FILE PHOTO: The bridge in March", "caption"),
        ("The mayor speaks to reporters on Monday. REUTERS/Jane Doe", "caption"),
        ("Jane Doe at the bridge (Photo by John Roe/Upland News)", "caption"),
        ("The mayor waves to a crowd in Vennmouth, May 3, 2025. (AP Photo/John Roe)", "caption"),
        ("The bridge before the storm. Foto: Jürgen Maß/dpa", "caption"),
        ("The bridge in March. | AP Photo", "caption"),
        ("Lines of cars in Vennmouth. © Getty Images", "caption"),
        ("[Image: the bridge in March]", "caption"),
        ("[사진=연합뉴스]", "caption"),
        ("Photo by John Roe", "caption"),
        ("Photo credit: John Roe/AFP", "credit"),
        ("Credit: John Roe for The Upland Post", "credit"),
        ("Reporting by Jane Doe; Editing by John Roe", "credit"),
        ("(Additional reporting by Jane Doe in Berlin)", "credit"),
        ("With reporting from AFP", "credit"),
        ("Jane Doe contributed to this report.", "credit"),
        ("This article was originally published by The Upland Post.", "credit"),
        ("※ This article has been translated by AI. Share your feedback here.", "translation"),
        ("This article was translated from Korean.", "translation"),
        ("Dieser Artikel wurde aus dem Englischen übersetzt.", "translation"),
        ("이 기사는 AI로 번역되었습니다.", "translation"),
        ("© The Upland Post(www.upland.example). All rights reserved.", "copyright"),
        ("Copyright 2025 The Upland Post", "copyright"),
        ("저작권자 ⓒ 윗마을신문, 무단 전재 및 재배포 금지", "copyright"),
        ("jdoe@upland.example", "contact"),
        ("Jane Doe can be reached at jdoe@upland.example.", "contact"),
        ("홍길동 기자 hong@upland.example", "contact"),
        ("(END)", "contact"),
        ("-30-", "contact"),
        ("###", "contact"),
        ("Read more: Mayor to step down", "related"),
        ("READ MORE", "related"),
        ("Related: Mayor to step down", "related"),
        ("See also: Mayor to step down", "related"),
        ("Lesen Sie auch: Die Brücke", "related"),
        ("Tags: bridges, Vennmouth", "related"),
        ("Subscribe to our newsletter", "prompt"),
        ("Sign up for our daily briefing, free in your inbox.", "prompt"),
        ("Share this article", "prompt"),
        ("Facebook Twitter WhatsApp Copy link", "prompt"),
        ("Follow us on Instagram", "prompt"),
        ("ADVERTISEMENT", "prompt"),
        ("Advertisement - story continues below", "prompt"),
        ("Listen to this article", "prompt"),
        ("3 min read", "prompt"),
        ("12 comments", "prompt"),
        ("Leave a comment", "prompt"),
        ("All fields are required", "prompt"),
        ("We use cookies to make this site work. By going on you accept them.", "prompt"),
        ("Please enable JavaScript to read this page.", "prompt"),
    ],
)
def test_what_its_words_alone_give_away(line: str, kind: str) -> None:
    assert notice(line) == kind
    text, removed = tidied(f"{LEAD}\n\n{line}\n\n{MORE}")
    assert text == f"{LEAD}\n\n{MORE}"
    assert {one.kind for one in removed} == {kind}
    assert {one.at for one in removed} == {text.index(MORE)}


@pytest.mark.parametrize(
    "line",
    [
        "Correction: an earlier version of this article gave the wrong month.",
        "Editor's note: the authority owns a share of this newspaper.",
        "“Subscribe to our newsletter,” the fraudsters wrote.",
        "Share prices fell by 3 per cent.",
        "Photographs of the plate were shown to the court.",
        "Image is everything, the mayor said.",
        "Read more books, the minister told pupils.",
        "Related companies must be named.",
        "Copyright law does not cover bridges.",
        "Translated books sell poorly in Ostrey.",
        "Sign language will be used at the opening.",
        "Follow the money, he said.",
        "Join forces or lose, she told them.",
        "Comments made by the mayor angered shopkeepers.",
        "End of the road",
        "Ends meet for few of them.",
        "Watch repairs are his trade.",
        "More than 300 people came.",
        "Most of them stayed.",
        "The committee agreed to set rules for cookies.",
        "To keep costs down the city uses old plates.",
        "By signing the contract the city took a risk.",
        "Get well soon, the card said.",
        "Like many on the council, she voted no.",
        "Vennmouth 3, Kelderby 1",
        "- 38 per cent for Calder",
        "What happens next",
        "Holloway: It was not planned.",
        "No.",
        "Not in Vennmouth.",
        "He has one home in the city, the other in the hills (the smaller one).",
        "Those who know more are asked to contact the police or to e-mail tips@police.example.",
        "Tickets: box@theatre.example",
        "The boy (left) was found by the river and the girl (right) was not.",
        "A picture of the bridge hangs in the hall.",
    ],
)
def test_reporting_that_looks_like_a_notice_stays(line: str) -> None:
    text, removed = tidied(f"{LEAD}\n\n{line}\n\n{MORE}")
    assert text == f"{LEAD}\n\n{line}\n\n{MORE}"
    assert removed == ()


def test_a_bare_name_between_paragraphs_is_a_caption() -> None:
    text, removed = tidied(f"{LEAD}\n\nVennmouth's Tollgate Bridge.\n\n{MORE}")
    assert (text, removed[0].kind) == (f"{LEAD}\n\n{MORE}", "caption")


@pytest.mark.parametrize("before", ["Who is to pay?", "The council named two towns:", "Holloway: Yes."])
def test_a_bare_name_that_answers_is_none(before: str) -> None:
    text = f"{LEAD}\n\n{before}\n\nThe City of Vennmouth.\n\n{MORE}"
    assert tidied(text) == (text, ())


def test_a_caption_with_its_source_in_brackets() -> None:
    shown = "Dagny Holloway speaks at the bridge on Monday. [Yonhap]"
    assert [one.text for one in tidied(f"{LEAD}\n{shown}\n{MORE}")[1]] == [shown]
    item = "A farm worker was found on Monday. He had been missing for a week. (Yonhap)"
    assert tidied(f"{LEAD}\n{item}\n{MORE}")[1] == ()


def test_a_credit_behind_a_paragraph_leaves_the_paragraph() -> None:
    text, removed = tidied(f"{LEAD}\n{MORE} (Photo: Jane Doe)\n{MORE}")
    assert text == f"{LEAD}\n{MORE}\n{MORE}"
    assert removed == (Removed("credit", "(Photo: Jane Doe)", len(LEAD) + 1 + len(MORE) + 1),)


def test_notices_behind_the_last_sentence() -> None:
    ending = "Reporting by Jane Doe; Editing by John Roe. Copyright 2025 The Upland Post. All rights reserved."
    text, removed = tidied(f"{LEAD} {MORE} {ending}")
    assert text == f"{LEAD} {MORE}"
    assert [one.kind for one in removed] == ["credit", "copyright", "copyright"]


def test_a_list_of_links_ends_the_article() -> None:
    text, removed = tidied(
        f"{LEAD}\n\n{MORE}\n\nRelated stories\n\nMayor to step down\nWill the bridge hold?\n3 min read"
    )
    assert text == f"{LEAD}\n\n{MORE}"
    assert [one.kind for one in removed] == ["related", "related", "related", "prompt"]


def test_links_amid_the_reporting_need_bullets() -> None:
    text, removed = tidied(f"{LEAD}\n\nRelated:\n- Mayor to step down\n\nA subheading\n\n{MORE}")
    assert text == f"{LEAD}\n\nA subheading\n\n{MORE}"
    assert [one.text for one in removed] == ["Related:", "- Mayor to step down"]


def test_what_markup_marks_goes() -> None:
    text = f"{LEAD}\n\nThe bridge.\nIn March.\n\n{MORE}"
    start = text.index("The bridge.")
    marked = (Marked(start, start + len("The bridge.\nIn March."), "caption"),)
    fields, removed = tidy(Fields(text, title="T", marked=marked), Hints())
    assert (fields.text, fields.marked) == (f"{LEAD}\n\n{MORE}", ())
    assert removed == tuple(Removed("caption", said, len(LEAD) + 2) for said in ("The bridge.", "In March."))


def test_keep_all_keeps_all_and_knows_as_much() -> None:
    text = f"Bridge to open in May\nBy Jane Doe\n22 Dec. 2025\n\n{LEAD}\n\n{PHOTO}\n\n© 2025 The Upland Post"
    kept, removed = tidy(Fields(text), Hints(options=Options(keep_all=True)))
    assert (kept.text, removed) == (text, ())
    plain = tidy(Fields(text), Hints())[0]
    for name in ("title", "authors", "source", "dating", "language"):
        assert getattr(kept, name) == getattr(plain, name)


def test_blank_lines_and_blanks() -> None:
    assert tidied(f"\n\n{LEAD}  \n \n\n\n{MORE}\t\nNext.\n")[0] == f"{LEAD}\n\n{MORE}\nNext."


@pytest.mark.parametrize(
    "text", ["We use cookies. Accept all cookies", "3 min read\n\nShare this article\n\n© 2025 Post"]
)
def test_nothing_but_notices_is_no_article(text: str) -> None:
    with pytest.raises(Unreadable, match="no reporting"):
        tidied(text)


def test_a_picture_alone_and_a_title_alone_are_articles() -> None:
    assert tidied(PHOTO)[0] == PHOTO
    assert tidied("Bridge to open in May\n\nShare")[0] == "Bridge to open in May"
    assert tidied("Monday, March 15, 2021")[0] == "Monday, March 15, 2021"


@pytest.mark.parametrize("width", [55, 64, 72, 90])
def test_lines_broken_at_a_column_are_joined(width: int) -> None:
    paragraphs = [LEAD, MORE, "The well-known engineer, who is 61, will leave in the summer, " * 3 + "she said."]
    items = "- one\n- two"
    broken = "\n\n".join([*(textwrap.fill(paragraph, width) for paragraph in paragraphs), items])
    assert tidied(broken)[0] == "\n\n".join([*paragraphs, items])


def test_short_lines_are_not_joined() -> None:
    table = "\n".join(
        f"Town number {number} has elected its mayor, a man or a woman, in {number}" for number in range(9)
    )
    assert unbroken(table) == table


LINES = st.one_of(
    st.sampled_from(
        [
            LEAD,
            MORE,
            PHOTO,
            "Share",
            "Related:",
            "- A link",
            "By Jane Doe",
            "22 Dec. 2025",
            "The City of Vennmouth.",
            "",
        ]
    ),
    st.text(max_size=40).map(lambda text: " ".join(text.split())),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=12))
def test_nothing_is_lost_and_offsets_are_true(lines: list[str]) -> None:
    given_text = "\n".join([*lines, LEAD])
    text, removed = tidied(given_text)
    assert "".join(whole(text, removed).split()) == "".join(given_text.split())
    assert [one.at for one in removed] == sorted(one.at for one in removed)
    assert all(one.at == len(text) or one.at == 0 or text[one.at - 1] == "\n" for one in removed)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1))
def test_any_text_is_tidied_or_refused(text: str) -> None:
    if not text.strip():
        return
    with contextlib.suppress(Unreadable):
        tidied(text)


def test_a_tidy_text_stays() -> None:
    text = tidied(f"Bridge to open in May\nBy Jane Doe\n\n{LEAD}\n\n{PHOTO}\n\n{MORE}\n\nRelated:\nA link")[0]
    assert tidied(text) == (text, ())


@pytest.mark.parametrize(
    "line",
    [
        "Best viewed with Netscape Navigator at 800 by 600.",
        "Über dieses Thema berichtete das Abendjournal am 3. März 2031 um 20:00 Uhr.",
        "Notre lettre du soir est gratuite : recevez chaque jour l’essentiel.",
        "Puedes seguir a La Ribera en redes o recibir nuestra newsletter semanal.",
        "See also: Ten walks along the harbour wall. A guide for slow people.",
    ],
)
def test_notices_in_other_languages_and_of_old_pages(line: str) -> None:
    assert notice(line) is not None


def test_a_long_list_of_links_is_read_in_one_go() -> None:
    links = "\n".join(["- A link"] * 30_000)
    begin = time.process_time()
    text, removed = tidied(f"{LEAD}\n\nRead more:\n{links}")
    assert time.process_time() - begin < 3  # 0.2 seconds; ten where each link was taken for a heading
    assert (text, len(removed)) == (LEAD, 30_001)
