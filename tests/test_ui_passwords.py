"""Names and passwords as they are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import UsageError
from ui.passwords import LONGEST_PASSWORD, Passwords, line_of, passwords_in

PASSWORD = "ferry at midnight: ünï"


def test_a_line_keeps_no_password_and_lets_in_only_who_knows_it() -> None:
    line, again = line_of("mara", PASSWORD), line_of("mara", PASSWORD)
    kept = Passwords([line])

    assert PASSWORD not in line
    assert line != again  # each has its own salt
    assert kept.fits("mara", PASSWORD)
    assert not kept.fits("mara", f"{PASSWORD} ")
    assert not kept.fits("lind", PASSWORD)
    assert not kept.fits("mara", "w" * (LONGEST_PASSWORD + 1))


def test_a_file_holds_one_name_a_line(tmp_path: Path) -> None:
    file = tmp_path / "readers"
    file.write_text(f"# of the newsroom\n\n{line_of('mara', PASSWORD)}\n{line_of('lind', PASSWORD[::-1])}\n", "utf-8")

    kept = passwords_in(file)

    assert kept.fits("lind", PASSWORD[::-1])
    assert not kept.fits("lind", PASSWORD)


@pytest.mark.parametrize(
    "line",
    ["mara:" + PASSWORD, "mara:scrypt:15:8:1:YWJj:YWJj", "mara:md5:16:8:1:YWJj:YWJj", "mara:scrypt:16:8:1:?:?"],
)
def test_what_is_no_line_is_told_and_never_repeated(line: str, tmp_path: Path) -> None:
    file = tmp_path / "readers"
    file.write_text(line, "utf-8")
    with pytest.raises(UsageError, match="make it with onrecord serve --new-user NAME") as raised:
        passwords_in(file)
    assert PASSWORD not in str(raised.value)


def test_a_file_that_names_nobody_lets_nobody_in_by_mistake(tmp_path: Path) -> None:
    file = tmp_path / "readers"
    with pytest.raises(UsageError, match="cannot be read"):
        passwords_in(file)
    file.write_text("# nobody yet\n", "utf-8")
    with pytest.raises(UsageError, match="nobody is named in"):
        passwords_in(file)


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("a:b", PASSWORD), ("a b", PASSWORD), ("mara", "short")]
)
def test_not_every_name_and_password_will_do(name: str, password: str) -> None:
    with pytest.raises(UsageError):
        line_of(name, password)
