# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import signal
import subprocess
import sys
from pathlib import Path

from setup.common import locks

HOLD = """
import sys, time
from pathlib import Path
from setup.common import locks
usage = locks.Usage(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_the_last_user_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "users"
    first, second = locks.Usage(path), locks.Usage(path)
    assert not locks.unused(path)
    assert not first.end(), "another one uses it"
    assert second.end()
    assert locks.unused(path)


def test_a_killed_user_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "users"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    assert not locks.unused(path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert locks.unused(path)


def test_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo"
    assert locks.exclusive_holder(path) is None
    with locks.alone(path) as taken:
        assert taken
        assert locks.exclusive_holder(path) == os.getpid()
        with locks.alone(path) as again:
            assert not again
        assert locks.exclusive_holder(path) == os.getpid(), "the file kept its holder"
    assert locks.exclusive_holder(path) is None
