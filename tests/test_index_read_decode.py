"""Bytes to text: every encoding that can be told, no guess where two readings are as good, and only clean text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.decode import clean, decode, marked_encoding
from index.read.types import Unreadable

FRENCH = (
    "Le préfet a déclaré lundi à Genève que l'été dernier était très sec, et qu'il n'était pas question de céder."
    " Les travaux, commencés il y a trois ans, ont coûté plus de vingt millions d'euros à la région."
)
ENGLISH = "The mayor’s office said “we are ready”, and the council — which had met on Monday — agreed with her plan."
KOREAN = (
    "시장은 화요일에 새 다리가 오월에 열린다고 밝혔다. 시의회는 지난주에 예산안을 통과시켰으며 공사는 끝났다."
    " 주민들은 오랫동안 이 다리를 기다려 왔다고 말했다. 통행료는 없으며, 자전거 도로도 함께 마련된다."
)
JAPANESE = "市長は火曜日、新しい橋が五月に開通すると発表した。市議会は先週、予算案を可決している。工事は終わった。"
RUSSIAN = "Мэр города сообщил во вторник, что новый мост откроют в мае. Совет одобрил расходы на прошлой неделе."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_and_utf_8(encoding: str) -> None:
    assert decode("Zwölf 사람 😀".encode(encoding)) == "Zwölf 사람 😀"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH, "latin-1"),
        (ENGLISH, "cp1252"),
        (KOREAN, "euc-kr"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
    ],
)
def test_legacy_encodings_that_only_one_reading_fits(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data",
    [
        "café".encode("latin-1"),
        "El alcalde señaló el miércoles que el puente se abrirá en mayo.".encode("cp1252"),
        "The plan costs ¥500 and the mayor said that nobody would have to pay for it before May.".encode("cp1252"),
        bytes(range(1, 256)),
        "half a letter: é".encode()[:-1],
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"wrongly encoded: not UTF-8 at byte \d+ and no other"):
        decode(data)


def test_a_mark_is_believed() -> None:
    with pytest.raises(Unreadable, match="wrongly encoded: not UTF-16 at byte"):
        decode(b"\xff\xfea\x00b")
    with pytest.raises(Unreadable, match="wrongly encoded: not UTF-8 at byte 3; save it as UTF-8"):
        decode(b"\xef\xbb\xbf\xe9")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["text", "The mayor’s “plan”", ENGLISH, FRENCH, KOREAN, RUSSIAN, JAPANESE + "\n" + JAPANESE]
)
def test_utf_16_without_a_mark_is_told_by_its_nuls(text: str, encoding: str) -> None:
    assert marked_encoding(text.encode(encoding)) == encoding
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\0te\0\0xt\0",  # NULs at odd and even places
        b"PK\x03\x04\x00\x01",
        "a".encode("utf-16-le") * 20 + b"\x07\x00",  # a control character
        "사람이 왔다".encode("utf-16-le"),  # too little to be sure of
        bytes(range(1, 100)) + b"\0" + bytes(range(100, 200)),
    ],
)
def test_a_nul_is_binary_where_it_is_not_plainly_utf_16(data: bytes) -> None:
    with pytest.raises(Unreadable, match=f"binary: a NUL at byte {data.find(0)}$"):
        decode(data)


@given(st.binary())
def test_decoding_gives_the_text_or_says_why_not(data: bytes) -> None:
    try:
        text = decode(data)
    except Unreadable:
        return
    assert "\ufffd" not in text or "\ufffd".encode() in data or data[:1] in b"\xff\xfe\0"


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("a\r\nb\rc\nd\u2028e\u2029f\x85g\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("\ufeffa\x00b\x07c\x1bd\x7fe\x9ff\ufeff", "abcdef"),
        ("tab\tand\xa0space\u200b", "tab\tand\xa0space\u200b"),
        ("e\x00\u0301", "é"),
        ("\ud83d!", "!"),
    ],
)
def test_clean(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(st.text(st.characters()))
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in cleaned if char not in "\t\n")
