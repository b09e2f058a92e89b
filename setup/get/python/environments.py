# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Python environments: one per Odoo series, one for tests from outside."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...common.programs import run_logged
from ..odoo.source import OdooSource
from .requirement_lines import (
    addons_test_file,
    build_constraints,
    build_file,
    constraints,
    e2e_file,
    odoo_lines,
    our_files,
)
from .virtual_env import VirtualEnv, ensure, make

#: Raised when the recipe below changes.
_RECIPE = "1"
_JOB_QUEUE = "odoo-addon-queue_job"


@dataclass(frozen=True)
class PythonEnv:
    """A virtual environment in which Odoo and our addons run."""

    folder: Path

    @property
    def python(self) -> Path:
        """The interpreter."""
        return self.folder / "bin" / "python"

    @property
    def addons(self) -> Path:
        """The folder of the Odoo addons that came from PyPI (queue_job)."""
        return _job_queue_folder(self.folder) / "odoo" / "addons"

    def job_runner_options(self, capacity: int) -> dict[str, str]:
        """Return the options with which its queue_job runs so many jobs at once.

        Newer releases read the channels from the database, within a capacity; older
        ones are given the channels, and would not know the other option.
        """
        runner = self.addons / "queue_job" / "jobrunner" / "runner.py"
        if "max_capacity" in runner.read_text():
            return {"max_capacity": str(capacity)}
        return {"channels": f"root:{capacity}"}


def prepare(source: OdooSource) -> PythonEnv:
    """Return the environment for this Odoo, made now if it is not there.

    :raise SetupError: no venv module, no network, no room, or pip failed.
    """
    bounds = constraints(source.series)
    files = [build_constraints(), *our_files(), *([bounds] if bounds else [])]
    inputs = [_RECIPE, *odoo_lines(source), *(path.read_text() for path in files)]

    def install(env: VirtualEnv) -> None:
        _install_packages(env, source)
        _install_job_queue(env, source.series)
        _check(env, source)

    title = f"Installing the Python packages of Odoo {source.series}"
    return PythonEnv(ensure(source.series, inputs, title, install).folder)


def prepare_e2e() -> VirtualEnv:
    """Return the environment of the tests that look at a running Odoo from outside.

    Their browser driver and Odoo's pins exclude each other.

    :raise SetupError: as ``prepare``.
    """
    listing = e2e_file()

    def install(env: VirtualEnv) -> None:
        env.pip_install("--requirement", listing)

    title = "Installing the Python packages of the end-to-end tests"
    return ensure("e2e", [listing.read_text()], title, install)


def odoo_listing(env_folder: Path) -> Path:
    """Return the file of what Odoo itself requires, within its environment."""
    return env_folder / "odoo-requirements.txt"


def prepare_build() -> VirtualEnv:
    """Return the environment in which our addons are built as wheels.

    :raise SetupError: as ``prepare``.
    """
    listing = build_file()

    def install(env: VirtualEnv) -> None:
        env.pip_install("--requirement", listing)

    title = "Installing what builds wheels"
    return ensure("build", [listing.read_text()], title, install)


def install_wheels(
    folder: Path, source: OdooSource, wheels: Sequence[Path]
) -> PythonEnv:
    """Make a fresh environment with these wheels and what they say that they need, and
    with the packages of the addons' tests.

    :raise SetupError: as ``prepare``.
    """
    arguments: list[str | Path] = ["--build-constraint", build_constraints()]
    if bounds := constraints(source.series):
        arguments += ["--constraint", bounds]

    def install(env: VirtualEnv) -> None:
        env.pip_install(*arguments, "--requirement", addons_test_file(), *wheels)

    return PythonEnv(make(folder, "wheels", install).folder)


def _install_packages(env: VirtualEnv, source: OdooSource) -> None:
    listing = odoo_listing(env.folder)
    listing.write_text("\n".join(odoo_lines(source)) + "\n")
    arguments: list[str | Path] = ["--build-constraint", build_constraints()]
    if bounds := constraints(source.series):
        arguments += ["--constraint", bounds]
    for path in (listing, *our_files()):
        arguments += ["--requirement", path]
    env.pip_install(*arguments)


def _job_queue_folder(env_folder: Path) -> Path:
    return env_folder / "odoo-addons"


def _install_job_queue(env: VirtualEnv, series: str) -> None:
    """Put queue_job in a folder of its own; Odoo, which it names, is not on PyPI."""
    target = _job_queue_folder(env.folder)
    env.pip_install("--no-deps", "--target", target, f"{_JOB_QUEUE}=={series}.*")
    metadata = next(target.glob("odoo_addon_queue_job-*/METADATA")).read_text()
    needed = re.findall(r"^Requires-Dist: (.*)$", metadata, re.M)
    others = [line for line in needed if not line.startswith("odoo")]
    if others:
        env.pip_install(*others)


def _check(env: VirtualEnv, source: OdooSource) -> None:
    # odoo.cli pulls in most of what Odoo needs; langchain_openai stands for ours.
    code = "import odoo.cli.server, odoo.http, langchain_openai, pytest"
    environment = {**os.environ, "PYTHONPATH": str(source.home)}
    run_logged([env.python, "-c", code], env.log, env=environment)
