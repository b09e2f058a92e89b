# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make test-wheels``: the addons' tests where only their wheels are installed.

Outside the repository, so that nothing of it is found but what the wheels have. Each
addon must run there as many tests as it has in the tree, and skip none.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ..common.console import SetupError, duration, note, say, step, warn
from ..common.programs import captured
from ..get.addons.manifests import (
    OwnAddon,
    chosen_addons,
    own_addons,
    with_dependencies,
)
from ..get.addons.wheels import build_wheels, odoo_wheel
from ..get.odoo import source as odoo_source
from ..get.python.environments import install_wheels
from ..run import databases
from ..run.odoo_log import LogReader
from ..run.runtime import OdooRuntime, odoo_runtime
from .odoo_run import run_tests
from .odoo_tests import show

_COUNTER = Path(__file__).resolve().parent / "count_tests.py"
_TITLE = "wheels"


@dataclass(frozen=True)
class WheelRuntime(OdooRuntime):
    """An Odoo that has our addons, and queue_job, from wheels.

    :param folder: outside the repository; for Odoo's data, and where it is run.
    """

    folder: Path

    @property
    def data_dir(self) -> Path:
        """Odoo's data folder: filestores and sessions."""
        return self.folder / "data"

    @property
    def working_dir(self) -> Path:
        """Where Odoo is run: Python looks for modules there first."""
        return self.folder

    @property
    def addons_path(self) -> list[Path]:
        """The folders of addons: Odoo's own, and that of what pip installed."""
        return [*self.source.core_addons, self.addons]


def run(only: str | None = None) -> int:
    """Run the tests on one series; return 1 when an addon does not run all of its own.

    :param only: the series; None for the default one.
    """
    started = time.monotonic()
    names = chosen_addons() or [addon.name for addon in own_addons()]
    with (
        odoo_runtime(only or odoo_source.DEFAULT_SERIES) as runtime,
        TemporaryDirectory(prefix="gpt-wheels-") as folder,
    ):
        in_tree = _count(runtime, names)
        addons = _installed_addons(names)
        installed = _install(runtime, addons, Path(folder).resolve())
        reader, code = _run(runtime, installed, addons, names)
    problems = differences(in_tree, reader.started)
    for name in names:
        say(f"{name}: {in_tree[name]} tests in the tree, {reader.started[name]} run")
    if reader.tests_skipped:
        problems.append(f"{reader.tests_skipped} were skipped.")
    if reader.tests_failed:
        problems.append(f"{reader.tests_failed} failed.")
    if reader.bad:
        problems.append(f"{len(reader.bad)} lines in the log that must not be.")
    if code and not problems:
        problems.append(f"Odoo ended with code {code}.")
    for problem in problems:
        warn(problem)
    say(f"in {duration(time.monotonic() - started)}")
    return 1 if problems else 0


def differences(in_tree: Mapping[str, int], started: Mapping[str, int]) -> list[str]:
    """Return a sentence for each addon that does not run the tests it has."""
    return [
        f"{name}: {started.get(name, 0)} tests run, {count} in the tree."
        for name, count in in_tree.items()
        if not count or started.get(name, 0) != count
    ]


def _count(runtime: OdooRuntime, names: Sequence[str]) -> dict[str, int]:
    """Count the tests in the files of the tree, whatever imports them there."""
    config = runtime.write_config("count", "none")
    command = [runtime.env.python, _COUNTER, config, _tags(names), *names]
    result = captured(command, timeout=600, env=runtime.environment())
    try:
        return json.loads(result.stdout.splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise SetupError(
            f"The tests of the tree cannot be counted:\n{result.stderr[-2000:]}",
            "Look whether each file of tests can be imported.",
        ) from error


def _installed_addons(names: Sequence[str]) -> list[OwnAddon]:
    """Return the addons that are installed, whichever are tested.

    All of them, as some tests are about what several do together. With ``ALONE`` none
    but those tested and what they need: not even one that would install itself.
    """
    if os.environ.get("ALONE"):
        return with_dependencies(names, own_addons())
    return own_addons()


def _install(
    runtime: OdooRuntime, addons: Sequence[OwnAddon], folder: Path
) -> WheelRuntime:
    series = runtime.series
    with step("Building the addons' wheels"):
        wheels = build_wheels(addons, series, folder)
        odoo = odoo_wheel(runtime.source, folder)
    with step(f"Installing them with pip, outside the repository: {folder}"):
        env = install_wheels(folder / "venv", runtime.source, [odoo, *wheels])
    (place,) = env.folder.glob("lib/python*/site-packages/odoo/addons")
    return WheelRuntime(runtime.source, env, runtime.server, place, folder)


def _run(
    runtime: OdooRuntime,
    installed: WheelRuntime,
    addons: Sequence[OwnAddon],
    names: Sequence[str],
) -> tuple[LogReader, int]:
    database = runtime.server.name(f"wheels {runtime.series}")
    reader = LogReader()
    with step(f"Installing in a database, and testing: {', '.join(names)}"):
        template = databases.test_template(runtime)
        try:
            databases.copy_to(runtime, template, installed, database)
            present = [addon.name for addon in addons]
            _forget_others(installed, database, present)
            databases.install(installed, database, present, strict=True)
            code = run_tests(
                installed, _TITLE, database, ["--test-tags", _tags(names)],
                lambda line: show(reader.feed(line)),
                lambda: reader.current_test or "starting",
            )  # fmt: skip
            show(reader.finish())
        finally:
            databases.drop(installed, database)
    note(f"its log: {installed.state / f'{_TITLE}.log'}")
    return reader, code


def _forget_others(
    installed: WheelRuntime, database: str, present: Sequence[str]
) -> None:
    """Have Odoo not look for our addons that are not there, to install themselves.

    The database was made where all of them are, and has a list of them.
    """
    absent = [addon.name for addon in own_addons() if addon.name not in present]
    installed.server.execute(
        "UPDATE ir_module_module SET state = 'uninstallable' WHERE name = ANY(%s)",
        absent,
        database=database,
    )


def _tags(names: Sequence[str]) -> str:
    return ",".join(f"/{name}" for name in names)
