from __future__ import annotations

import threading

import pytest

from rag.leaving import Left, go_on, until


def test_work_goes_on_until_its_asker_has_left() -> None:
    left = threading.Event()
    steps = 0
    with until(left.is_set):
        for steps in range(1, 10):
            go_on()
            if steps == 4:
                left.set()
    assert steps == 5


def test_work_of_one_is_not_ended_by_another() -> None:
    with until(lambda: True):
        with until(lambda: False):
            go_on()
        with pytest.raises(Left):
            go_on()
    go_on()


def test_only_leaving_is_quiet() -> None:
    with pytest.raises(ZeroDivisionError), until(lambda: True):
        raise ZeroDivisionError


def test_another_thread_is_not_ended() -> None:
    done = threading.Event()

    def work() -> None:
        go_on()
        done.set()

    with until(lambda: True):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert done.is_set()
