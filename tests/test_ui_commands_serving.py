"""What a page is given to work with."""

from __future__ import annotations

import pytest

from ui.access import Access
from ui.commands.serving import Served
from ui.passwords import Passwords


@pytest.mark.parametrize(
    ("host", "root_path", "is_for_one"),
    [("127.0.0.1", "", True), ("localhost", "", True), ("0.0.0.0", "", False), ("127.0.0.1", "/desk", False)],
)
def test_kept_conversations_are_opened_only_where_one_person_uses_the_page(
    host: str, root_path: str, is_for_one: bool
) -> None:
    assert Served(host, 7860, access=Access(root_path=root_path)).is_for_one is is_for_one


def test_a_login_means_several_people() -> None:
    access = Access(passwords=Passwords(()))

    assert not Served("127.0.0.1", 7860, access=access).is_for_one
