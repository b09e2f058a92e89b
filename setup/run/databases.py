# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo databases: made once with everything our addons depend on, then copied."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence

from ..common.console import SetupError, step
from ..common.locks import exclusive
from ..get.addons.manifests import outside_dependencies, own_addons
from .runtime import OdooRuntime

#: Raised when templates are to be made anew.
_RECIPE = 1
_FAILURE = re.compile(r"^\S+ \S+ \d+ (?:ERROR|CRITICAL) ", re.M)


def test_template(runtime: OdooRuntime) -> str:
    """Return the template with what our addons depend on, without demo data."""
    return template(runtime, outside_dependencies(own_addons()))


def template(runtime: OdooRuntime, modules: Sequence[str]) -> str:
    """Return the name of a database with these modules; it is made if needed.

    :raise SetupError: Odoo cannot install them.
    """
    name = _template_name(runtime, modules)
    with exclusive(runtime.state / "template.lock", "it makes a database"):
        if runtime.server.exists(name) and runtime.filestore(name).is_dir():
            return name
        _drop_others(runtime)
        with step(f"Making a database for Odoo {runtime.series}: {', '.join(modules)}"):
            _make(runtime, name, modules)
    return name


def copy(runtime: OdooRuntime, source: str, name: str) -> None:
    """Make ``name`` a copy of the database ``source``, replacing what it was."""
    drop(runtime, name)
    with exclusive(runtime.state / "template.lock", "it copies a database"):
        runtime.server.create(name, template=source)
    shutil.copytree(runtime.filestore(source), runtime.filestore(name))


def drop(runtime: OdooRuntime, name: str) -> None:
    """Remove a database and its attachments, if they are there."""
    runtime.server.drop(name)
    shutil.rmtree(runtime.filestore(name), ignore_errors=True)


def install(
    runtime: OdooRuntime, database: str, modules: Sequence[str], *more: str
) -> None:
    """Install modules without demo data in a database that exists.

    :param more: further arguments of Odoo's command line.
    :raise SetupError: Odoo failed, or logged an error.
    """
    config = runtime.write_config(f"{database}-install", database)
    log = runtime.run(
        f"{database}-install", "-c", config, "-d", database, "-i", ",".join(modules),
        "--stop-after-init", "--no-http", *without_demo(runtime), *more,
    )  # fmt: skip
    text = log.read_text(errors="replace")
    if found := _FAILURE.search(text):
        rest = text[found.start() :].splitlines()
        raise SetupError(
            "Odoo logged an error while it installed "
            f"{', '.join(modules)}:\n" + "\n".join(rest[:8]),
            f"The whole log: {log}",
        )


def without_demo(runtime: OdooRuntime) -> list[str]:
    """Return the option for a database without Odoo's demo data (19.0 has none)."""
    return ["--without-demo=all"] if runtime.series == "18.0" else []


def _make(runtime: OdooRuntime, name: str, modules: Sequence[str]) -> None:
    unfinished = f"{name}_new"
    drop(runtime, unfinished)
    runtime.server.create(unfinished)
    install(runtime, unfinished, modules)
    runtime.server.rename(unfinished, name)
    runtime.filestore(unfinished).mkdir(parents=True, exist_ok=True)
    runtime.filestore(unfinished).rename(runtime.filestore(name))


def _prefix(runtime: OdooRuntime) -> str:
    return f"gpt_tpl_{runtime.series.replace('.', '_')}_"


def _template_name(runtime: OdooRuntime, modules: Sequence[str]) -> str:
    inputs = [str(_RECIPE), runtime.source.fingerprint(), runtime.env.folder.name]
    digest = hashlib.sha256("|".join([*inputs, *sorted(modules)]).encode()).hexdigest()
    return _prefix(runtime) + digest[:8] + runtime.server.suffix


def _drop_others(runtime: OdooRuntime) -> None:
    """Only the newest template of a series is kept."""
    for database in runtime.server.starting_with(_prefix(runtime)):
        if runtime.server.suffix in database:
            drop(runtime, database)
