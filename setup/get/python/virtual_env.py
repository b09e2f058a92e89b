# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Virtual environments in the cache: made once, redone when they were left half-made.

Their names carry a hash of everything that goes into them: what changes gets a new one.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...common.console import SetupError, note, step
from ...common.locks import exclusive
from ...common.paths import cache, logs, require_space
from ...common.programs import CommandFailed, captured, run_logged

_COMPLETE = ".complete"
_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
_CAN_MAKE = "import ensurepip, venv"
_WHOLE = f"""
{_CAN_MAKE}, pathlib, sysconfig
headers = pathlib.Path(sysconfig.get_path("include"))
raise SystemExit(not (headers / "Python.h").is_file())
"""
_NETWORK_TROUBLE = re.compile(
    r"connection|name resolution|timed out|no matching distribution|ssl", re.I
)


@dataclass(frozen=True)
class VirtualEnv:
    """A virtual environment.

    :param log: where everything goes that is said while it is made.
    """

    folder: Path
    log: Path

    @property
    def python(self) -> Path:
        """The interpreter."""
        return self.folder / "bin" / "python"

    def pip_install(self, *arguments: str | Path) -> None:
        """Run ``pip install`` with these arguments.

        :raise CommandFailed: pip says no.
        """
        pip = [self.python, "-m", "pip", "install", "--disable-pip-version-check"]
        run_logged([*pip, *arguments], self.log)


def ensure(
    purpose: str,
    inputs: Sequence[str],
    title: str,
    install: Callable[[VirtualEnv], None],
) -> VirtualEnv:
    """Return the environment for a purpose, made now if it is not there.

    :param inputs: everything that decides what is in it.
    :param title: what the screen says while it is made.
    :param install: fills a fresh environment; may raise CommandFailed.
    :raise SetupError: no venv module, no network, no room, or pip failed.
    """
    base = _base_python()
    decisive = "\n".join([str(base), *inputs])
    digest = hashlib.sha256(decisive.encode()).hexdigest()[:12]
    folder = cache() / f"venv-{purpose}-py{_VERSION}-{digest}"
    env = VirtualEnv(folder, logs() / f"venv-{purpose}.log")
    with exclusive(folder.with_name(f"{folder.name}.lock"), title):
        if not _is_usable(env):
            with step(title):
                _make(env, base, install)
                (folder / _COMPLETE).touch()
                note(f"kept in {folder}")
    return env


def make(
    folder: Path, purpose: str, install: Callable[[VirtualEnv], None]
) -> VirtualEnv:
    """Make an environment that is not kept in the cache; otherwise as ``ensure``."""
    env = VirtualEnv(folder, logs() / f"venv-{purpose}.log")
    _make(env, _base_python(), install)
    return env


def _base_python() -> Path:
    """Return the Python to make environments with: the system's, if of our version.

    Odoo is run with that one. It is faster, too, than one that was compiled by hand
    without the optimizations, as pyenv does it: jobs took an eighth less.
    """
    # Of an environment, as that of the end-to-end tests, the one it was made with.
    own = Path(sys.executable).resolve()
    systems = Path(f"/usr/bin/python{_VERSION}")
    return systems if systems.is_file() and _is_whole(systems) else own


def _is_whole(python: Path) -> bool:
    """Whether it can make environments, and compile what comes as source only."""
    return captured([python, "-c", _WHOLE]).returncode == 0


def _is_usable(env: VirtualEnv) -> bool:
    """A complete environment whose interpreter was not removed meanwhile."""
    complete = (env.folder / _COMPLETE).is_file()
    return complete and captured([env.python, "-c", ""]).returncode == 0


def _make(env: VirtualEnv, base: Path, install: Callable[[VirtualEnv], None]) -> None:
    require_space(cache())
    shutil.rmtree(env.folder, ignore_errors=True)
    if captured([base, "-c", _CAN_MAKE]).returncode:
        raise SetupError(
            f"The Python at {base} cannot make virtual environments.",
            "Install its venv module: apt-get install python3-venv",
        )
    try:
        run_logged([base, "-m", "venv", env.folder], env.log)
        # Older releases of pip know no constraints for building.
        env.pip_install("--upgrade", "pip>=25.3")
        install(env)
    except CommandFailed as failure:
        raise _explained(failure) from failure


def _explained(failure: CommandFailed) -> SetupError:
    lines = failure.tail(40).splitlines()
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-3:]
    problem = "\n".join(errors)
    if _NETWORK_TROUBLE.search("\n".join(lines)):
        return SetupError(
            f"pip could not fetch the Python packages: {problem}",
            "Check the network (and pip's proxy or index settings), then run the "
            f"command again.\nEverything that pip said: {failure.log}",
        )
    return SetupError(
        f"The Python packages could not be installed: {problem}",
        f"Everything that was said: {failure.log}",
    )
