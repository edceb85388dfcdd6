"""What was asked is kept on disk, and comes back as conversations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from made_bundles import FACTS, LAW, MADE, answers, bundle_of
from ui_fakes import an_answer

from index.errors import UsageError
from rag.bundle import Bundle, keep
from rag.types import Answer
from ui.keeping.history import History


def asked(question: str, *, minutes: int = 0) -> Bundle:
    return Bundle(MADE + timedelta(minutes=minutes), FACTS, (keep(an_answer(question)),))


def test_each_session_is_a_conversation_the_latest_last(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    for session, question, minutes in (("ana", "When?", 0), ("bo", "Who?", 1), ("ana", "And then?", 2)):
        History(path).append(session, asked(question, minutes=minutes))

    kept = History(path).conversations()

    assert kept.skipped == ()
    assert [each.session for each in kept.conversations] == ["bo", "ana"]
    ana = kept.conversations[1]
    assert (ana.begun, ana.bundle.made) == (MADE, MADE + timedelta(minutes=2))
    assert [each.question for each in ana.bundle.exchanges] == ["When?", "And then?"]
    assert kept.conversations[0].bundle == asked("Who?", minutes=1)


def test_a_torn_line_and_what_is_no_exchange_are_told(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    history = History(path)
    history.append("ana", asked("When?"))
    with path.open("a") as file:
        file.write('{"session": "ana"}\n{"session": "ana", "form')

    (conversation,), skipped = (kept := history.conversations()).conversations, kept.skipped

    assert [each.question for each in conversation.bundle.exchanges] == ["When?"]
    assert [(each.origin, each.reason) for each in skipped] == [
        (f"{path}, line 2", "format is missing"),
        (f"{path}, line 3", "broken off: onrecord or the machine stopped while it was written"),
    ]
    history.append("ana", asked("And then?"))
    (conversation,) = history.conversations().conversations
    assert [each.question for each in conversation.bundle.exchanges] == ["When?", "And then?"]


def test_nothing_asked_is_no_conversation(tmp_path: Path) -> None:
    assert History(tmp_path / "history.jsonl").conversations().conversations == ()


def test_another_file_is_no_history(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text('{"question": "Who?"}\n')

    with pytest.raises(UsageError, match="holds something else"):
        History(tmp_path / "set.jsonl")


@LAW
@given(answers())
def test_whatever_was_answered_comes_back(tmp_path_factory: pytest.TempPathFactory, answer: Answer) -> None:
    history = History(tmp_path_factory.mktemp("kept") / "history.jsonl")
    bundle = bundle_of(answer, replace(answer, question="And then?"))

    history.append("ana", bundle)

    ((conversation,), skipped) = (kept := history.conversations()).conversations, kept.skipped
    assert (conversation.bundle, skipped) == (bundle, ())
