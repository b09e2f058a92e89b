# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make test-core``: Odoo's own tests, with our addons and without them.

What fails without us, on this machine, is Odoo's or the machine's affair and is only
listed. What fails with us alone is ours.
"""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import dataclass, field

from . import databases, odoo_source
from .console import duration, note, say, step, warn
from .odoo_runtime import OdooRuntime, odoo_runtime
from .own_addons import chosen_addons, own_addons
from .ports import free_port

#: Odoo's addons whose tests an addon of ours must leave alone. A name with a slash is a
#: folder of tests of that addon.
CORE_TESTS: dict[str, tuple[str, ...]] = {
    "crm_lead_enrichment": ("crm", "website_crm"),
    "livechat_gpt": ("im_livechat", "website_livechat", "mail/discuss"),
    "livechat_gpt_crm": ("crm_livechat",),
}

_START = re.compile(r"(\S+): Starting (\S+) \.\.\.")
_FAILED = re.compile(r" (?:ERROR|FAIL): (?:setUpClass \()?([\w.]+)")
_COUNT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")


@dataclass
class CoreRun:
    """What Odoo's tests came to in one run."""

    tests: int = 0
    failed: set[str] = field(default_factory=set)

    def read(self, line: str) -> None:
        """Take a line of the log."""
        if found := _COUNT.search(line):
            self.tests = int(found[3])
        elif ".tests" in line and (found := _FAILED.search(line)):
            self.failed.add(found[1])


def run(only: str | None = None) -> int:
    """Run Odoo's tests on every series; return 1 when something fails because of us."""
    chosen = chosen_addons() or [addon.name for addon in own_addons()]
    tested = [name for name in chosen if name in CORE_TESTS]
    subjects = sorted({subject for name in tested for subject in CORE_TESTS[name]})
    broken = 0
    for series in (only,) if only else odoo_source.SERIES:
        with odoo_runtime(series) as runtime:
            broken += _compare(runtime, tested, subjects)
    return 1 if broken else 0


def _compare(runtime: OdooRuntime, addons: list[str], subjects: list[str]) -> int:
    with step(f"Odoo {runtime.series}'s tests of {', '.join(subjects)}, without us"):
        without = _run(runtime, [], subjects)
    with step(f"The same with {', '.join(addons)}"):
        with_us = _run(runtime, addons, subjects)
    ours = sorted(with_us.failed - without.failed)
    _list("fails without us, too", sorted(without.failed & with_us.failed))
    _list("fails without us only", sorted(without.failed - with_us.failed))
    _list("FAILS WITH US", ours)
    if with_us.tests < without.tests or not with_us.tests:
        warn(f"{without.tests} tests ran without us, {with_us.tests} with us")
        ours.append("tests that did not run")
    say(
        f"Odoo {runtime.series}: {without.tests} tests without us, "
        f"{len(without.failed)} failed; {with_us.tests} with us, "
        f"{len(with_us.failed)} failed"
    )
    return len(ours)


def _list(title: str, names: list[str]) -> None:
    for name in names:
        say(f"  {title}: {name}")


def _run(runtime: OdooRuntime, addons: list[str], subjects: list[str]) -> CoreRun:
    """Install what is to be tested, and our addons; run Odoo's tests of it."""
    title = "core-ours" if addons else "core"
    database = runtime.server.name(f"{title} {runtime.series}")
    databases.copy(runtime, databases.test_template(runtime), database)
    modules = sorted({subject.partition("/")[0] for subject in subjects})
    started = time.monotonic()
    try:
        if addons:
            databases.install(runtime, database, addons)
        outcome = _test(runtime, title, database, modules, _tags(runtime, subjects))
    finally:
        databases.drop(runtime, database)
    note(f"{duration(time.monotonic() - started)}; log: {title}.log")
    return outcome


def _tags(runtime: OdooRuntime, subjects: list[str]) -> str:
    """Return Odoo's selection of the tests: addons, and single files of a folder."""
    tags = []
    for subject in subjects:
        module, _, folder = subject.partition("/")
        if not folder:
            tags.append(f"/{module}")
            continue
        for home in runtime.source.core_addons:
            files = (home / module / "tests" / folder).glob("test_*.py")
            tags += [f"/odoo/addons/{module}/tests/{folder}/{f.name}" for f in files]
    return ",".join(sorted(set(tags)))


def _test(
    runtime: OdooRuntime, title: str, database: str, modules: list[str], tags: str
) -> CoreRun:
    config = runtime.write_config(title, database, {"http_port": free_port()})
    command = runtime.command(
        "-c", config, "-d", database, "-u", ",".join(modules), "--test-enable",
        "--test-tags", tags, "--stop-after-init", *databases.without_demo(runtime),
    )  # fmt: skip
    outcome = CoreRun()
    with (runtime.state / f"{title}.log").open("w") as log:
        process = subprocess.Popen(
            command, env=runtime.environment(), text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            _follow(process, log, outcome)
        except BaseException:
            process.terminate()
            raise
        finally:
            process.wait()
    return outcome


def _follow(process: subprocess.Popen, log, outcome: CoreRun) -> None:
    shown = time.monotonic()
    current = "updating"
    for line in process.stdout:
        log.write(line)
        outcome.read(line)
        if found := _START.search(line):
            current = found[2]
        if time.monotonic() - shown > 30:
            note(f"... {current}")
            shown = time.monotonic()
