# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The types of every ``engine/``: ``mypy --strict``, as a hook of pre-commit.

An addon's ``__init__`` imports Odoo, which has no types. So mypy is shown the engines
and nothing else, by links in a folder where their names say: ``odoo/addons/…/engine``.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..common.paths import ADDONS, ROOT, RUN

_FOLDER = RUN / "types"
_PACKAGES = Path("odoo", "addons")


def main() -> int:
    """Check all engines, whichever files have changed; return mypy's exit code."""
    engines = sorted(ADDONS.glob("*/engine"))
    names = [".".join((*_PACKAGES.parts, e.parent.name, e.name)) for e in engines]
    _link(engines)
    options = [option for name in names for option in ("--package", name)]
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", ROOT / "mypy.ini", *options],
        cwd=_FOLDER,
        env={**os.environ, "MYPYPATH": str(_FOLDER)},
        stdout=subprocess.PIPE,
        text=True,
    )
    # Where they are in the clone, not where they are linked.
    print(
        found.stdout.replace(f"{_PACKAGES}{os.sep}", f"{ADDONS.name}{os.sep}"), end=""
    )
    return found.returncode


def _link(engines: list[Path]) -> None:
    shutil.rmtree(_FOLDER / _PACKAGES, ignore_errors=True)
    for engine in engines:
        addon = _FOLDER / _PACKAGES / engine.parent.name
        addon.mkdir(parents=True)
        (addon / engine.name).symlink_to(engine, target_is_directory=True)


if __name__ == "__main__":
    sys.exit(main())
