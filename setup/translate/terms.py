# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make translate``: the addons' terms as Odoo sees them, and the Spanish beside them.

``click-odoo-makepot`` exports and merges them, as in the OCA's repositories. What is
new comes with an empty translation, which a test of gpt_core then asks for; what is
gone is left out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from ..common.console import SetupError, say, step
from ..common.paths import ADDONS, logs
from ..common.programs import CommandFailed, captured, run_logged
from ..get.addons.manifests import chosen_addons, own_addons
from ..get.odoo.source import DEFAULT_SERIES
from ..run import databases
from ..run.runtime import OdooRuntime, odoo_runtime

_LANGUAGES = ("es",)
#: What the first terms of a language are merged into.
_EMPTY = """\
msgid ""
msgstr ""
"Language: {}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""


def run() -> int:
    """Export the terms of the chosen addons and merge them into their translations.

    :raise SetupError: the machine has no gettext, or Odoo cannot export the terms.
    """
    if not shutil.which("msgmerge"):
        raise SetupError(
            "gettext is not installed.", "Install it: apt-get install gettext"
        )
    names = chosen_addons() or [addon.name for addon in own_addons()]
    files = [_existing(name, language) for name in names for language in _LANGUAGES]
    with odoo_runtime(DEFAULT_SERIES) as runtime:
        database = runtime.server.name("translate")
        databases.copy(runtime, databases.test_template(runtime), database)
        try:
            with step(f"Installing {', '.join(names)}"):
                databases.install(runtime, database, names)
            _export_and_merge(runtime, database, names)
        finally:
            databases.drop(runtime, database)
    for path in files:
        counts = captured(["msgfmt", "--statistics", "--output-file=/dev/null", path])
        say(f"{path.relative_to(ADDONS)}: {counts.stderr.strip()}")
    return 0


def _existing(name: str, language: str) -> Path:
    """Return the addon's translation; it is made if there is none."""
    path = ADDONS / name / "i18n" / f"{language}.po"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(_EMPTY.format(language))
    return path


def _export_and_merge(runtime: OdooRuntime, database: str, names: list[str]) -> None:
    config = runtime.write_config(f"{database}-export", database)
    log = logs() / "translate.log"
    try:
        run_logged(
            [
                runtime.env.python, "-m", "click_odoo_contrib.makepot",
                "-c", config, "-d", database, "--addons-dir", ADDONS,
                "--modules", ",".join(names), "--msgmerge", "--no-fuzzy-matching",
                "--purge-old-translations",
            ],
            log,
            env=runtime.environment(),
        )  # fmt: skip
    except CommandFailed as failure:
        raise SetupError(
            f"The terms could not be exported:\n{failure.tail(6)}",
            f"Everything that was said: {log}",
        ) from failure
