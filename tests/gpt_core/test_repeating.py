# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
import time

import pytest

from odoo.addons.gpt_core.engine.processes.repeating import at_deadline, repeating


def test_it_is_done_again_and_again_and_never_afterwards() -> None:
    done = []
    enough = threading.Event()

    def work() -> None:
        done.append(threading.current_thread())
        if len(done) == 3:
            enough.set()

    with repeating(work, 0.01):
        assert enough.wait(10)
    count = len(done)
    assert threading.current_thread() not in done
    time.sleep(0.1)
    assert len(done) == count


def test_not_in_a_short_block() -> None:
    done = []
    with repeating(lambda: done.append(1), 60):
        pass
    assert not done


def test_a_fault_of_the_work_is_not_the_block_s() -> None:
    tries = []
    enough = threading.Event()

    def work() -> None:
        tries.append(1)
        if len(tries) > 1:
            enough.set()
        raise ValueError("no database")

    with repeating(work, 0.01):
        assert enough.wait(10), "it is tried again"


def test_a_fault_of_the_block_is_its_own() -> None:
    threads = threading.active_count()
    with pytest.raises(KeyError), repeating(lambda: None, 60):
        raise KeyError("x")
    assert threading.active_count() == threads, "no thread is left"


def test_a_deadline_that_is_missed() -> None:
    done = []
    enough = threading.Event()

    def work() -> None:
        done.append(threading.current_thread())
        enough.set()

    with at_deadline(0.01, work):
        assert enough.wait(10)
    assert len(done) == 1, "once"
    assert threading.current_thread() not in done


def test_a_deadline_that_is_over_before_the_block_begins() -> None:
    enough = threading.Event()
    with at_deadline(-5, enough.set):
        assert enough.wait(10)


def test_a_deadline_that_is_kept() -> None:
    done = []
    threads = threading.active_count()
    with at_deadline(60, lambda: done.append(1)):
        pass
    with at_deadline(None, lambda: done.append(1)):
        pass
    assert not done
    assert threading.active_count() == threads


def test_a_fault_at_the_deadline_is_not_the_block_s() -> None:
    tried = threading.Event()

    def fail() -> None:
        tried.set()
        raise ValueError("no database")

    with at_deadline(0, fail):
        assert tried.wait(10)
