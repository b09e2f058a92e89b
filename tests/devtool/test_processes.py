# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import subprocess
import sys
import time
from pathlib import Path

from setup.run import processes

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "60"])
print(child.pid, flush=True)
time.sleep(60)
"""
ORPHAN = """
import os, sys
from pathlib import Path
from setup.run.processes import BackgroundProcess
process = BackgroundProcess(["sleep", "60"], Path(sys.argv[1]), env=os.environ)
print(process.pid, flush=True)
os._exit(1)
"""


def is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while is_there(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_there(pid)


def test_stop_ends_whoever_does_not_want_to(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process = processes.BackgroundProcess(
        [sys.executable, "-c", STUBBORN], log, env=os.environ, stop_timeout=0.5
    )
    while not log.read_text().strip():
        time.sleep(0.05)
    child = int(log.read_text())
    assert process.is_running
    process.stop()
    assert not process.is_running
    assert gone(child), "its children go with it"


def test_leftovers_are_those_whose_owner_is_gone(tmp_path: Path) -> None:
    mine = processes.BackgroundProcess(["sleep", "60"], tmp_path / "a", env=os.environ)
    command = [sys.executable, "-c", ORPHAN, str(tmp_path / "b")]
    orphan = int(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)
    try:
        found = processes.leftovers()
        assert orphan in found
        assert mine.pid not in found
        processes.end(orphan)
        assert gone(orphan)
    finally:
        mine.kill()
