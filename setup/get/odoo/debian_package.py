# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fetching Odoo 19.0 as Debian packages it: unpacked, never installed.

The package lists are private (nothing of the machine's apt is changed). The mirror is
the one that this machine is configured for; apt checks the archive's signature.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from ...common.console import SetupError, note
from ...common.paths import cache, logs, require_space
from ...common.programs import CommandFailed, run_logged
from .dangling_links import dangling_links, fill_from
from .private_apt import PrivateApt, find_mirror

SERIES = "19.0"
PACKAGE = "odoo-19"
#: Scripts and fonts that the package has as packages of their own and links to.
_COMPANIONS = ("libjs-", "fonts-", "gsfonts")
#: Newer releases move font files; the links then fit those of an older one.
_OLDER_SUITES = ("stable", "oldstable")


def fetch(target: Path) -> None:
    """Unpack Odoo and what it links to into ``target``, which appears when complete.

    :raise SetupError: not a Debian-like machine, no mirror that has it, no room.
    """
    _require_debian()
    require_space(target.parent)
    try:
        _fetch(target)
    except CommandFailed as failure:
        raise SetupError(
            f"apt could not fetch {PACKAGE}: {failure.tail(2)}",
            f"Run it again: it continues. Everything that apt said: {failure.log}",
        ) from failure


def _require_debian() -> None:
    missing = [name for name in ("apt-get", "dpkg") if not shutil.which(name)]
    if missing:
        raise SetupError(
            f"This is not a Debian-like machine ({', '.join(missing)} is missing), so "
            f"the package {PACKAGE} cannot be had.",
            "Give an Odoo source tree in ODOO_HOME.",
        )


def _fetch(target: Path) -> None:
    log = logs() / "debian-package.log"
    apt = find_mirror(cache() / "apt", "unstable", PACKAGE, log)
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    wanted = [PACKAGE, *_companions(apt)]
    note(f"{len(wanted)} packages, {apt.megabytes(wanted):.0f} MB, from {apt.mirror}")
    for package in apt.download(wanted, log):
        run_logged(["dpkg", "-x", package, partial], log)
    _mend_links(partial, apt, log)
    partial.rename(target)
    shutil.rmtree(apt.folder, ignore_errors=True)


def _companions(apt: PrivateApt) -> list[str]:
    """Return the packages it depends on whose files it links to."""
    alternatives = apt.field(PACKAGE, "Depends").split(",")
    names = [entry.split("|")[0].split()[0] for entry in alternatives]
    return [name for name in names if name.startswith(_COMPANIONS)]


def _mend_links(tree: Path, apt: PrivateApt, log: Path) -> None:
    """Take what a link of the package misses from an older suite of the archive."""
    for suite in _OLDER_SUITES:
        missing = dangling_links(tree)
        if not missing:
            return
        older = PrivateApt(apt.folder / suite, apt.mirror, suite)
        older.update(log)
        beside = tree.with_name(f"{tree.name}.{suite}")
        for package in older.download(_companions(apt), log):
            run_logged(["dpkg", "-x", package, beside], log)
        fill_from(beside, tree, missing)
        shutil.rmtree(beside)
    if still := dangling_links(tree):
        note(f"without {len(still)} files that the package only links to")
