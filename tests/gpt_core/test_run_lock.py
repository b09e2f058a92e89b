# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Only one run of a job at a time, on one machine."""

import subprocess
import sys
from pathlib import Path

from odoo.addons.gpt_core.engine.processes import run_lock as module
from odoo.addons.gpt_core.engine.processes.run_lock import run_lock

# Takes the lock of "job", says so, and keeps it until it is killed.
HOLDER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from processes.run_lock import run_lock
with run_lock("job", folder=Path(sys.argv[2])) as alone:
    print(alone, flush=True)
    time.sleep(600)
"""


def test_one_at_a_time(tmp_path: Path):
    with run_lock("db", "job", folder=tmp_path) as first:
        with run_lock("db", "job", folder=tmp_path) as second:
            assert (first, second) == (True, False)
        with run_lock("db", "other", folder=tmp_path) as other:
            assert other
        with run_lock("db", "job", folder=tmp_path) as third:
            assert not third
    with run_lock("db", "job", folder=tmp_path) as again:
        assert again
    assert not list(tmp_path.iterdir())


def test_a_killed_process_holds_nothing(tmp_path: Path):
    engine = Path(module.__file__).parent.parent
    command = [sys.executable, "-c", HOLDER, str(engine), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline().strip() == "True"
        with run_lock("job", folder=tmp_path) as alone:
            assert not alone
        holder.kill()
        holder.wait()
        with run_lock("job", folder=tmp_path) as alone:
            assert alone


def test_where_nothing_can_be_locked_work_is_done(tmp_path: Path):
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    with run_lock("job", folder=nowhere) as alone:
        assert alone
