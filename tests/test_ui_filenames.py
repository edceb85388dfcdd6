from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.library.filenames import NAME_BYTES, PARTS, placed, safe


@pytest.mark.parametrize(
    ("given_path", "wanted"),
    [
        ("news/2024/a.html", "news/2024/a.html"),
        ("Überschwemmung – Teil 2.txt", "Überschwemmung – Teil 2.txt"),
        ("../../x", "x"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\me\\a.txt", "C_/Users/me/a.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("", "unnamed"),
        ("../..", "unnamed"),
        ("a\x00b\nc\u202etxt.exe", "a_b_c_txt.exe"),
        (".ssh/.profile", "_.ssh/_.profile"),
        ("  a.txt . ", "_  a.txt"),
        ("NUL", "_NUL"),
        ("com1.txt/con", "_com1.txt/_con"),
        ("console.txt", "console.txt"),
        ("Stop! Page #3?.html", "Stop_ Page _3_.html"),
        ("a.zip!b/c.txt", "a.zip_b/c.txt"),
        ("\ud800.txt", "_.txt"),
        ("x" * 300 + ".jsonl", "x" * (NAME_BYTES - 6) + ".jsonl"),
        ("é" * 300, "é" * (NAME_BYTES // 2)),
        ("a." + "x" * 300, "a." + "x" * (NAME_BYTES - 2)),
        ("/".join("abcdefghijkl"), "/".join("cdefghijkl")),
    ],
)
def test_a_path_is_made_safe(given_path: str, wanted: str) -> None:
    assert safe(given_path) == PurePosixPath(wanted)


def test_paths_keep_apart() -> None:
    given_paths = ["a.txt", "a.txt", "A.TXT", "b/a.txt", "a.txt/inside.txt", "b", "a (2).txt", "../a.txt"]

    assert [str(path) for path in placed(given_paths)] == [
        "a.txt",
        "a (2).txt",
        "A (3).TXT",
        "b/a.txt",
        "inside.txt",  # a file stands where its folder would be
        "b (2)",  # and here a folder where the file would
        "a (2) (2).txt",
        "a (4).txt",
    ]


hostile = st.lists(
    st.sampled_from(["..", ".", "/", "\\", "a", "A", "con", "x" * 210, "\x00", "!", "#1", ":", " ", "ß"])
)


@given(st.lists(hostile.map("".join) | st.text(), max_size=6))
def test_whatever_they_are_called_files_stay_inside_and_apart(given_paths: list[str]) -> None:
    found = placed(given_paths)

    assert len({str(path).casefold() for path in found}) == len(given_paths)
    for path in found:
        assert not path.is_absolute()
        assert 1 <= len(path.parts) <= PARTS
        assert not {".", ".."} & set(path.parts)
        assert all(len(part.encode()) <= NAME_BYTES + 20 and not part.startswith(".") for part in path.parts)
        assert not set("!#\\:\x00") & set(str(path))
    assert not {str(path).casefold() for path in found} & {str(f).casefold() for path in found for f in path.parents}


@given(hostile.map("".join) | st.text())
def test_what_is_safe_stays_as_it_is(given_path: str) -> None:
    assert safe(str(safe(given_path))) == safe(given_path)
