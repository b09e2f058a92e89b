# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make test-core``: Odoo's own tests, with our addons and without them.

What fails without us, on this machine, is Odoo's or the machine's affair and is only
listed. What fails with us alone, and once more when it is tried again, is ours, and
makes the command fail. ``CORE=im_livechat`` runs a part of it.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..common.console import SetupError, duration, note, say, step, warn
from ..get.addons.manifests import chosen_addons, own_addons
from ..get.odoo import source as odoo_source
from ..run import databases
from ..run.runtime import OdooRuntime, odoo_runtime
from .odoo_run import run_tests

#: Odoo's addons whose tests an addon of ours must leave alone. A name with a slash is a
#: folder of tests of that addon.
CORE_TESTS: dict[str, tuple[str, ...]] = {
    "crm_lead_enrichment": ("crm", "website_crm"),
    "is_chatgpt_integration_fork": ("mail/discuss",),
    "livechat_gpt": ("im_livechat", "website_livechat", "mail/discuss"),
    "livechat_gpt_crm": ("crm_livechat",),
}

_START = re.compile(r"(\S+): Starting (\S+) \.\.\.")
_FAILED = re.compile(
    r" odoo\.(?:addons\.(\w+)|tests)\.\S+: (?:ERROR|FAIL): (?:Subtest )?"
    r"(?:(?:setUp|tearDown)Class \((?:odoo\.addons\.(\w+)\.[\w.]+\.)?)?([\w.]+)"
)
_COUNT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")


@dataclass
class CoreRun:
    """What Odoo's tests came to in one run.

    :param current: the test that runs now.
    :param failed: how each test that failed is called, and how it is selected.
    :param finished: whether Odoo went through all of them.
    """

    tests: int = 0
    current: str = ""
    failed: dict[str, str] = field(default_factory=dict)
    finished: bool = False

    def read(self, line: str) -> None:
        """Take a line of the log."""
        if found := _COUNT.search(line):
            self.tests, self.finished = int(found[3]), True
        elif found := _FAILED.search(line):
            module, case = found[2] or found[1], found[3]
            self.failed[case] = f"/{module}:{case}"
        elif found := _START.search(line):
            self.current = found[2]


def run(only: str | None = None) -> int:
    """Run Odoo's tests on every series; return 1 when something fails because of us."""
    chosen = chosen_addons() or [addon.name for addon in own_addons()]
    tested = [name for name in chosen if name in CORE_TESTS]
    subjects = _chosen_subjects(tested)
    broken = 0
    for series in (only,) if only else odoo_source.SERIES:
        with odoo_runtime(series) as runtime:
            broken += _compare(runtime, tested, subjects)
    return 1 if broken else 0


def _chosen_subjects(addons: list[str]) -> list[str]:
    """Return what is to be tested for these addons; CORE names some of it."""
    subjects = {subject for name in addons for subject in CORE_TESTS[name]}
    wanted = set(filter(None, os.environ.get("CORE", "").split(",")))
    if unknown := wanted - subjects:
        raise SetupError(
            f"CORE={','.join(sorted(unknown))} is nothing that is tested here.",
            f"There is: {', '.join(sorted(subjects))}",
        )
    return sorted(wanted or subjects)


def _compare(runtime: OdooRuntime, addons: list[str], subjects: list[str]) -> int:
    """Run the tests without our addons and with them; return how many are ours."""
    named = f"Odoo {runtime.series}'s tests of {', '.join(subjects)}"
    with step(f"{named}, without us"):
        without = _run(runtime, [], subjects, {})
    with step(f"The same with {', '.join(addons)}"):
        with_us = _run(runtime, addons, subjects, without.failed)
    ours = sorted(with_us.failed.keys() - without.failed.keys())
    _list("fails without us, too", without.failed.keys() & with_us.failed.keys())
    _list("fails without us only", without.failed.keys() - with_us.failed.keys())
    _list("FAILS WITH US ALONE", ours)
    ours += _unfinished(without, with_us)
    say(
        f"Odoo {runtime.series}: {without.tests} tests without us, "
        f"{len(without.failed)} failed; {with_us.tests} with us, "
        f"{len(with_us.failed)} failed, {len(ours)} of them because of us"
    )
    return len(ours)


def _unfinished(without: CoreRun, with_us: CoreRun) -> list[str]:
    """Return what kept the two from being compared."""
    if not (without.finished and with_us.finished):
        warn("Odoo did not go through the tests; see its log.")
        return ["unfinished"]
    if with_us.tests < without.tests:
        warn(f"{without.tests} tests ran without us, only {with_us.tests} with us.")
        return ["tests that did not run"]
    return []


def _list(title: str, names: Iterable[str]) -> None:
    for name in sorted(names):
        say(f"  {title}: {name}")


def _run(
    runtime: OdooRuntime, addons: list[str], subjects: list[str], known: dict[str, str]
) -> CoreRun:
    """Install what is to be tested, and our addons; run Odoo's tests of it.

    What fails and is not ``known`` to fail without us is tried once more by itself: a
    browser's tour that was too slow on a busy machine says nothing about our addons.
    """
    title = "core-ours" if addons else "core"
    database = runtime.server.name(f"{title} {runtime.series}")
    databases.copy(runtime, databases.test_template(runtime), database)
    modules = sorted({subject.partition("/")[0] for subject in subjects})
    started = time.monotonic()
    try:
        if addons:
            databases.install(runtime, database, addons)
        outcome = _test(runtime, title, database, modules, _tags(runtime, subjects))
        if addons:
            _try_again(runtime, database, modules, outcome, known)
    finally:
        databases.drop(runtime, database)
    note(f"{duration(time.monotonic() - started)}; log: {title}.log")
    return outcome


def _try_again(
    runtime: OdooRuntime, database: str, modules: list[str], outcome: CoreRun,
    known: dict[str, str],
) -> None:  # fmt: skip
    """Take those out of ``outcome.failed`` that pass when run by themselves."""
    doubtful = {name: tag for name, tag in outcome.failed.items() if name not in known}
    if not doubtful or not outcome.finished:
        return
    note(f"once more: {', '.join(sorted(doubtful))}")
    tags = ",".join(sorted(set(doubtful.values())))
    second = _test(runtime, "core-again", database, modules, tags)
    if not (second.finished and second.tests):
        return
    for name in doubtful.keys() - second.failed.keys():
        del outcome.failed[name]
        say(f"  failed with us, and passed the second time: {name}")


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
    outcome = CoreRun()
    arguments = ["-u", ",".join(modules), "--test-tags", tags]
    run_tests(
        runtime, title, database, arguments, outcome.read,
        lambda: outcome.current or "updating",
    )  # fmt: skip
    return outcome
