# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo databases: made once as templates, then copied.

One template has everything that our addons depend on; from it another is made that has
the addons as well, for each state of the tree.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from ..common.console import SetupError, step
from ..common.locks import exclusive
from ..get.addons.manifests import outside_dependencies, own_addons, tree_digest
from .odoo_log import LogReader
from .runtime import OdooRuntime
from .script import run_script

#: Addons of Odoo that tests work with, and that ours do not depend on.
_FOR_TESTS = ("base_automation",)
#: Raised when templates are to be made anew.
_RECIPE = 1
#: How many templates of a kind are kept: of some addons and of all, say.
_KEPT = 3
#: As Odoo does it before tests by HTTP. All copies of the database have them.
_MAKE_ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


def test_template(runtime: OdooRuntime) -> str:
    """Return the template with what our addons depend on, without demo data.

    :raise SetupError: Odoo cannot install it.
    """
    # And with what their tests need besides.
    modules = sorted({*outside_dependencies(own_addons()), *_FOR_TESTS})
    inputs = [runtime.source.fingerprint(), runtime.env.folder.name, *sorted(modules)]

    def make(database: str) -> None:
        with step(f"Making a database for Odoo {runtime.series}: {', '.join(modules)}"):
            runtime.server.create(database)
            install(runtime, database, modules)

    return _template(runtime, "tpl", inputs, make)


def addons_template(runtime: OdooRuntime, names: Sequence[str] = ()) -> str:
    """Return the template with our addons as they are in the tree.

    :param names: some of them; without, all are there, and the web's assets, too.
    :raise SetupError: Odoo cannot install them, or warned of something.
    """
    source = test_template(runtime)
    chosen = list(names) or [addon.name for addon in own_addons()]
    inputs = [source, tree_digest(), *sorted(chosen)]

    def make(database: str) -> None:
        with step(f"Installing on Odoo {runtime.series}: {', '.join(chosen)}"):
            _copy(runtime, source, runtime, database)
            install(runtime, database, chosen, strict=True)
            if not names:
                run_script(runtime, database, "assets", _MAKE_ASSETS)

    return _template(runtime, "own", inputs, make)


def copy(runtime: OdooRuntime, source: str, name: str) -> None:
    """Make ``name`` a copy of the database ``source``, replacing what it was."""
    with exclusive(_lock(runtime), "it copies a database"):
        _copy(runtime, source, runtime, name)


def copy_to(runtime: OdooRuntime, source: str, other: OdooRuntime, name: str) -> None:
    """Make ``name`` a copy of ``source`` for a runtime that has a data folder of its
    own."""
    with exclusive(_lock(runtime), "it copies a database"):
        _copy(runtime, source, other, name)


def drop(runtime: OdooRuntime, name: str) -> None:
    """Remove a database and its attachments, if they are there."""
    runtime.server.drop(name)
    shutil.rmtree(runtime.filestore(name), ignore_errors=True)


def install(
    runtime: OdooRuntime, database: str, modules: Sequence[str], *more: str,
    strict: bool = False,
) -> None:  # fmt: skip
    """Install modules without demo data in a database that exists.

    :param more: further arguments of Odoo's command line.
    :param strict: whether a warning is as bad as an error.
    :raise SetupError: Odoo failed, or logged an error.
    """
    config = runtime.write_config(f"{database}-install", database)
    log = runtime.run(
        f"{database}-install", "-c", config, "-d", database, "-i", ",".join(modules),
        "--stop-after-init", "--no-http", *without_demo(runtime), *more,
    )  # fmt: skip
    bad = LogReader.of(log).bad
    for block in bad if strict else [block for block in bad if block.is_error]:
        raise SetupError(
            f"Odoo logged an {block.level.lower()} while it installed "
            f"{', '.join(modules)}:\n" + "\n".join(block.lines[:8]),
            f"The whole log: {log}",
        )


def without_demo(runtime: OdooRuntime) -> list[str]:
    """Return the option for a database without Odoo's demo data (19.0 has none)."""
    return ["--without-demo=all"] if runtime.series == "18.0" else []


def _template(
    runtime: OdooRuntime, kind: str, inputs: Sequence[str],
    make: Callable[[str], None],
) -> str:  # fmt: skip
    """Return the name of a template; it is made if there is none of these inputs."""
    prefix = f"gpt_{kind}_{runtime.series.replace('.', '_')}_"
    text = "|".join([str(_RECIPE), *inputs])
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    name = prefix + digest + runtime.server.suffix
    with exclusive(_lock(runtime), "it makes a database"):
        if runtime.server.exists(name) and runtime.filestore(name).is_dir():
            os.utime(runtime.filestore(name))  # it is in use
            return name
        _drop_unused(runtime, prefix)
        unfinished = f"{name}_new"
        drop(runtime, unfinished)
        make(unfinished)
        runtime.server.rename(unfinished, name)
        runtime.filestore(unfinished).mkdir(parents=True, exist_ok=True)
        runtime.filestore(unfinished).rename(runtime.filestore(name))
    return name


def _drop_unused(runtime: OdooRuntime, prefix: str) -> None:
    """Leave room for one more of those that start so; the ones used last are kept."""

    def last_used(database: str) -> float:
        folder = runtime.filestore(database)
        return folder.stat().st_mtime if folder.is_dir() else 0

    found = runtime.server.starting_with(prefix)
    ours = [database for database in found if runtime.server.suffix in database]
    for database in sorted(ours, key=last_used, reverse=True)[_KEPT - 1 :]:
        drop(runtime, database)


def _lock(runtime: OdooRuntime) -> Path:
    return runtime.state / "template.lock"


def _copy(runtime: OdooRuntime, source: str, other: OdooRuntime, name: str) -> None:
    drop(other, name)
    runtime.server.create(name, template=source)
    shutil.copytree(runtime.filestore(source), other.filestore(name))
