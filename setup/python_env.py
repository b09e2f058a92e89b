# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The virtual environment of one Odoo series, made once and kept in the cache.

Its name carries a hash of everything that went into it: what changes gets a new one.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from .commands import CommandFailed, captured, run_logged
from .console import SetupError, note, step
from .locks import exclusive
from .odoo_source import OdooSource
from .paths import cache, logs, require_space
from .requirement_lines import build_constraints, constraints, odoo_lines, our_files

#: Raised when the recipe below changes.
_RECIPE = 1
_COMPLETE = ".complete"
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
        return self.folder / "odoo-addons" / "odoo" / "addons"


def prepare(source: OdooSource) -> PythonEnv:
    """Return the environment for this Odoo, made now if it is not there.

    :raise SetupError: no venv module, no network, no room, or pip failed.
    """
    env = PythonEnv(cache() / _name(source))
    with exclusive(_lock(env), "it installs Python packages"):
        if not _is_usable(env):
            with step(f"Installing the Python packages of Odoo {source.series}"):
                _make(env, source)
    return env


def _lock(env: PythonEnv) -> Path:
    return env.folder.with_name(f"{env.folder.name}.lock")


def _name(source: OdooSource) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    inputs = [str(_RECIPE), *odoo_lines(source), build_constraints().read_text()]
    inputs += [path.read_text() for path in our_files()]
    if bounds := constraints(source.series):
        inputs.append(bounds.read_text())
    digest = hashlib.sha256("\n".join(inputs).encode()).hexdigest()[:12]
    return f"venv-{source.series}-py{version}-{digest}"


def _is_usable(env: PythonEnv) -> bool:
    """A complete environment whose interpreter was not removed meanwhile."""
    complete = (env.folder / _COMPLETE).is_file()
    return complete and captured([env.python, "-c", ""]).returncode == 0


def _make(env: PythonEnv, source: OdooSource) -> None:
    require_space(cache())
    log = logs() / f"python-{source.series}.log"
    shutil.rmtree(env.folder, ignore_errors=True)
    try:
        _make_venv(env, log)
        _install_packages(env, source, log)
        _install_job_queue(env, source.series, log)
        _check(env, source, log)
    except CommandFailed as failure:
        raise _explained(failure) from failure
    (env.folder / _COMPLETE).touch()


def _make_venv(env: PythonEnv, log: Path) -> None:
    if captured([sys.executable, "-c", "import ensurepip, venv"]).returncode:
        raise SetupError(
            f"The Python at {sys.executable} cannot make virtual environments.",
            "Install its venv module: apt-get install python3-venv",
        )
    run_logged([sys.executable, "-m", "venv", env.folder], log)
    # Older releases of pip know no constraints for building.
    _pip(env, ["--upgrade", "pip>=25.3"], log)


def _install_packages(env: PythonEnv, source: OdooSource, log: Path) -> None:
    listing = env.folder / "odoo-requirements.txt"
    listing.write_text("\n".join(odoo_lines(source)) + "\n")
    arguments: list[str | Path] = ["--build-constraint", build_constraints()]
    if bounds := constraints(source.series):
        arguments += ["--constraint", bounds]
    for path in (listing, *our_files()):
        arguments += ["--requirement", path]
    _pip(env, arguments, log)


def _install_job_queue(env: PythonEnv, series: str, log: Path) -> None:
    """Put queue_job in a folder of its own; Odoo, which it names, is not on PyPI."""
    target = env.folder / "odoo-addons"
    wanted = f"{_JOB_QUEUE}=={series}.*"
    _pip(env, ["--no-deps", "--target", target, wanted], log)
    metadata = next(target.glob("odoo_addon_queue_job-*/METADATA")).read_text()
    needed = re.findall(r"^Requires-Dist: (.*)$", metadata, re.M)
    others = [line for line in needed if not line.startswith("odoo")]
    if others:
        _pip(env, others, log)


def _check(env: PythonEnv, source: OdooSource, log: Path) -> None:
    # odoo.cli pulls in most of what Odoo needs; langchain_openai stands for ours.
    code = "import odoo.cli.server, odoo.http, langchain_openai, pytest"
    environment = {**os.environ, "PYTHONPATH": str(source.home)}
    run_logged([env.python, "-c", code], log, env=environment)
    note(f"kept in {env.folder}")


def _pip(env: PythonEnv, arguments: list[str | Path], log: Path) -> None:
    command = [env.python, "-m", "pip", "install", "--disable-pip-version-check"]
    run_logged([*command, *arguments], log)


def _explained(failure: CommandFailed) -> SetupError:
    tail = failure.tail(40)
    if re.search(r"connection|resolve|timed out|no matching distribution", tail, re.I):
        return SetupError(
            "pip could not fetch the Python packages: " + tail.strip().splitlines()[-1],
            "Check the network (and pip's proxy or index settings), then run the "
            f"command again.\nEverything that pip said: {failure.log}",
        )
    return SetupError(
        f"The Python packages could not be installed:\n{failure.tail()}",
        f"Everything that pip said: {failure.log}",
    )
