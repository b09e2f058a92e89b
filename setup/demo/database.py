# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo database of a series: made once, brought up to date when sources change."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ..common.console import step
from ..common.paths import ROOT
from ..get.addons.manifests import own_addons, tree_digest
from ..run import databases
from ..run.runtime import OdooRuntime
from ..run.script import run_script

#: Beside our addons and what they depend on.
_MODULES = ("website_livechat", "crm", "crm_livechat", "website_crm", "product")
_LANGUAGES = "en_US,es_MX"
_HERE = Path(__file__).resolve().parent
_SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from setup.demo.loader import load
load(env)
"""


def name(runtime: OdooRuntime) -> str:
    """Return the name of the demo database of this series."""
    return runtime.server.name(f"demo {runtime.series}")


def ensure(runtime: OdooRuntime, *, update: bool = True) -> str:
    """Return the demo database's name, after making it or bringing it up to date.

    :param update: False leaves one that exists as it is (its server may run).
    :raise SetupError: Odoo cannot install our addons or load the data.
    """
    database = name(runtime)
    wanted, stored = _sources(runtime), _read_state(runtime)
    usable = runtime.server.exists(database) and runtime.filestore(database).is_dir()
    if not usable or stored.get("odoo") != wanted["odoo"]:
        with step(f"Making the demo database {database}"):
            _make(runtime, database)
        stored = _write_state(runtime, wanted | {"data": ""})
        update = True
    if update and stored["addons"] != wanted["addons"]:
        with step(f"Updating our addons in {database}"):
            _update(runtime, database)
        stored = _write_state(runtime, wanted | {"data": ""})
    if update and stored["data"] != wanted["data"]:
        with step("Loading the demo company"):
            _load(runtime, database)
        _write_state(runtime, wanted)
    return database


def _own_names() -> list[str]:
    return [addon.name for addon in own_addons()]


def _make(runtime: OdooRuntime, database: str) -> None:
    _state_file(runtime).unlink(missing_ok=True)
    databases.drop(runtime, database)
    runtime.server.create(database)
    modules = [*_MODULES, *_own_names()]
    databases.install(runtime, database, modules, f"--load-language={_LANGUAGES}")
    runtime.filestore(database).mkdir(parents=True, exist_ok=True)


def _update(runtime: OdooRuntime, database: str) -> None:
    names = ",".join(_own_names())
    databases.install(runtime, database, _own_names(), "-u", names)


def _load(runtime: OdooRuntime, database: str) -> None:
    run_script(runtime, database, "load_demo", _SCRIPT.format(root=str(ROOT)))


def _sources(runtime: OdooRuntime) -> dict[str, str]:
    """Return hashes of what the database is made from."""
    return {
        "odoo": f"{runtime.source.fingerprint()} {runtime.env.folder.name}",
        "addons": tree_digest(),
        "data": _data_digest(),
    }


def _data_digest() -> str:
    """Return a text that changes with the company and how it is put there."""
    digest = hashlib.sha256()
    for path in sorted([*_HERE.rglob("*.py"), *_HERE.rglob("data/*")]):
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _state_file(runtime: OdooRuntime) -> Path:
    return runtime.state / f"{name(runtime)}.json"


def _read_state(runtime: OdooRuntime) -> dict[str, str]:
    try:
        return json.loads(_state_file(runtime).read_text())
    except (OSError, ValueError):
        return {}


def _write_state(runtime: OdooRuntime, state: dict[str, str]) -> dict[str, str]:
    _state_file(runtime).write_text(json.dumps(state))
    return state
