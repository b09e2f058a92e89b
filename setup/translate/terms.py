# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make translate``: the addons' terms as Odoo sees them, and the Spanish beside them.

What is new comes with an empty translation, which a test of gpt_core then asks for;
what is gone is left out.
"""

from __future__ import annotations

from pathlib import Path

from ..common.console import say, step
from ..common.paths import ADDONS, logs
from ..common.programs import run_logged
from ..get.addons.manifests import chosen_addons, own_addons
from ..get.odoo.source import DEFAULT_SERIES
from ..run import databases
from ..run.runtime import OdooRuntime, odoo_runtime

_LANGUAGES = ("es",)
#: Run by Odoo's own Python, which has polib.
_MERGE = """
import pathlib, sys, polib
pot = polib.pofile(sys.argv[1])
for name in sys.argv[2:]:
    po = polib.pofile(name) if pathlib.Path(name).exists() else polib.POFile()
    po.metadata = {**pot.metadata, **po.metadata}
    po.metadata["Language"] = pathlib.Path(name).stem
    known = {e.msgid: e.msgstr for e in po if not e.obsolete}
    merged = polib.POFile(wrapwidth=78)
    merged.header, merged.metadata = po.header or pot.header, po.metadata
    for entry in pot:
        entry.msgstr = known.get(entry.msgid, "")
        merged.append(entry)
    merged.save(name)
    print(name, len(merged), "terms,", len(merged.untranslated_entries()), "to do")
"""


def run() -> int:
    """Export the terms of the chosen addons and merge them into their translations."""
    names = chosen_addons() or [addon.name for addon in own_addons()]
    with odoo_runtime(DEFAULT_SERIES) as runtime:
        database = runtime.server.name("translate")
        databases.copy(runtime, databases.test_template(runtime), database)
        try:
            with step(f"Installing {', '.join(names)}"):
                databases.install(runtime, database, names)
            for name in names:
                _translate(runtime, database, name)
        finally:
            databases.drop(runtime, database)
    return 0


def _translate(runtime: OdooRuntime, database: str, name: str) -> None:
    folder = ADDONS / name / "i18n"
    folder.mkdir(exist_ok=True)
    template = folder / f"{name}.pot"
    config = runtime.write_config(f"{database}-export", database)
    runtime.run(
        f"{database}-export", "-c", config, "-d", database, "--no-http",
        f"--modules={name}", f"--i18n-export={template}", "--stop-after-init",
    )  # fmt: skip
    say(
        _merged(
            runtime.env.python, template, [folder / f"{lg}.po" for lg in _LANGUAGES]
        )
    )


def _merged(python: Path, template: Path, files: list[Path]) -> str:
    log = logs() / "translate.log"
    log.unlink(missing_ok=True)
    run_logged([python, "-c", _MERGE, template, *files], log)
    return log.read_text().strip().splitlines()[-1]
