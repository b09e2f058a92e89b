# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""CPU slots: so many at once, in their order, and nobody waits for the dead."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from odoo.addons.gpt_core.engine.processes import cpu_slots, lock_files
from odoo.addons.gpt_core.engine.processes.cpu_slots import cpu_slot

HOLDER = """
import fcntl, sys, time
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


class Work:
    """Counts who is at work, and notes who came to it."""

    def __init__(self, folder: Path, slots: int) -> None:
        self.folder, self.slots = folder, slots
        self.order: list[int] = []
        self.most = 0
        self._at_work = 0
        self._lock = threading.Lock()

    def do(self, number: int) -> None:
        with cpu_slot(number, self.slots, self.folder):
            with self._lock:
                self.order.append(number)
                self._at_work += 1
                self.most = max(self.most, self._at_work)
            time.sleep(0.02)
            with self._lock:
                self._at_work -= 1


def test_no_more_than_there_are_slots_are_at_work(tmp_path: Path) -> None:
    work = Work(tmp_path / "new", 3)
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work.do, range(24)))
    assert sorted(work.order) == list(range(24))
    assert work.most == 3


def test_first_come_first_served(tmp_path: Path) -> None:
    work = Work(tmp_path, 1)
    with ThreadPoolExecutor(6) as pool:
        with cpu_slot(0, 1, tmp_path):
            waiting = []
            for number in range(6):
                waiting.append(pool.submit(work.do, number))
                time.sleep(0.05)
            assert not work.order
        for done in waiting:
            done.result(timeout=5)
    assert work.order == list(range(6))


def test_a_slot_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mine"), cpu_slot(0, 1, tmp_path):
        raise ValueError("mine")
    with ThreadPoolExecutor(1) as pool:
        pool.submit(Work(tmp_path, 1).do, 1).result(timeout=5)


def test_nobody_waits_for_a_process_that_was_killed(tmp_path: Path) -> None:
    work = Work(tmp_path, 1)
    work.do(0)
    (slot,) = tmp_path.iterdir()
    command = [sys.executable, "-c", HOLDER, slot]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(work.do, 1)
            time.sleep(0.2)
            assert work.order == [0]
            holder.kill()
            waiting.result(timeout=5)
    assert work.order == [0, 1]


def test_where_there_are_no_locks_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_files, "fcntl", None)
    with cpu_slot(0, 1, tmp_path), cpu_slot(0, 1, tmp_path):
        assert not list(tmp_path.iterdir())


def test_without_a_place_of_ours_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "a file"
    taken.touch()
    for folder in (taken, tmp_path / "no" / "parent"):
        with cpu_slot(0, 1, folder), cpu_slot(0, 1, folder):
            pass
    monkeypatch.setattr(lock_files.os, "getuid", lambda: -1)
    somebody_elses = tmp_path / "somebody else's"
    with cpu_slot(0, 1, somebody_elses), cpu_slot(0, 1, somebody_elses):
        assert not list(somebody_elses.iterdir())


def test_processes_of_one_user_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_files.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(cpu_slots.os, "cpu_count", lambda: 2)
    with cpu_slot(4), cpu_slot(5):
        (folder,) = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        assert sorted(slot.name for slot in folder.iterdir()) == ["slot-0", "slot-1"]
