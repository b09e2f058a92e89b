# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finding Odoo's source, or fetching it: one ``OdooSource`` per series."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...common.console import SetupError, note, step
from ...common.locks import exclusive
from ...common.paths import cache
from ...common.programs import captured
from . import debian_package
from . import git_clone as odoo_clone

SERIES = ("18.0", "19.0")
DEFAULT_SERIES = "18.0"

#: Where the ``odoo`` package lies below a folder that somebody calls "Odoo".
_LAYOUTS = (".", "usr/lib/python3/dist-packages")
_VERSION_INFO = re.compile(
    r"^version_info\s*=\s*\(\s*['\"]?(?P<major>[\w~]+)['\"]?,\s*(?P<minor>\d+)", re.M
)


@dataclass(frozen=True)
class OdooSource:
    """An Odoo source tree.

    :param series: "18.0" or "19.0".
    :param home: the folder that holds the Python package ``odoo``.
    """

    series: str
    home: Path

    @property
    def core_addons(self) -> list[Path]:
        """Folders of Odoo's own addons, other than the built-in odoo/addons.

        A packaged Odoo has all of them in odoo/addons; what lies beside it there
        are copies without their data files.
        """
        packaged = (self.home / "odoo" / "addons" / "web").is_dir()
        return [] if packaged else [self.home / "addons"]

    def requirements(self) -> list[str]:
        """Return the lines in which this Odoo names the Python packages it needs."""
        pinned = self.home / "requirements.txt"
        if pinned.is_file():
            return pinned.read_text().splitlines()
        for metadata in sorted(self.home.glob("odoo-*info/PKG-INFO")):
            found = re.findall(r"^Requires-Dist: (.*)$", metadata.read_text(), re.M)
            return [line for line in found if "extra ==" not in line]
        raise SetupError(
            f"{self.home} does not say which Python packages it needs.",
            "A source tree with its requirements.txt is needed there.",
        )

    def fingerprint(self) -> str:
        """Return a text that changes when this is another Odoo, or a newer one."""
        release = self.home / "odoo" / "release.py"
        head = captured(["git", "-C", self.home, "rev-parse", "HEAD"]).stdout.strip()
        identity = f"{self.home}|{release.stat().st_mtime_ns}|{head}"
        return hashlib.sha256(identity.encode()).hexdigest()[:12]


def obtain(series: str) -> OdooSource:
    """Return Odoo of this series: from ODOO_HOME, the cache, or the network.

    :raise SetupError: it cannot be had, or ODOO_HOME holds something else.
    """
    if home := os.environ.get("ODOO_HOME"):
        source = _from_home(Path(home).expanduser())
        if source.series != series:
            raise SetupError(
                f"ODOO_HOME holds Odoo {source.series}, not {series}.",
                f"Set SERIES={source.series}, or unset ODOO_HOME.",
            )
        return source
    target = cache() / f"odoo-{series}"
    with exclusive(cache() / f"odoo-{series}.lock", f"it fetches Odoo {series}"):
        if not target.is_dir():
            _fetch(series, target)
    source = _look_into(target)
    if source is None:
        raise SetupError(
            f"The cached Odoo in {target} is damaged.",
            f"Remove it, then it is fetched again: rm -r {target}",
        )
    return source


def given_series() -> str | None:
    """Return the series of ODOO_HOME, None when it is not set.

    :raise SetupError: no Odoo is there, or one of an unknown series.
    """
    home = os.environ.get("ODOO_HOME")
    return _from_home(Path(home).expanduser()).series if home else None


def _from_home(home: Path) -> OdooSource:
    source = _look_into(home.resolve())
    if source is None:
        raise SetupError(
            f"There is no Odoo in ODOO_HOME ({home}): odoo/release.py is missing.",
            "Let ODOO_HOME name the top folder of an Odoo source tree, or unset it.",
        )
    if source.series not in SERIES:
        raise SetupError(
            f"ODOO_HOME ({home}) holds Odoo {source.series}, which these addons "
            "do not support.",
            f"Use one of: {', '.join(SERIES)}.",
        )
    return source


def _look_into(folder: Path) -> OdooSource | None:
    for layout in _LAYOUTS:
        home = (folder / layout).resolve()
        release = home / "odoo" / "release.py"
        if release.is_file():
            found = _VERSION_INFO.search(release.read_text())
            series = f"{found['major']}.{found['minor']}" if found else "unknown"
            return OdooSource(series=series, home=home)
    return None


def _fetch(series: str, target: Path) -> None:
    """Try one origin after the other; a refusal of one is a note, of all an error."""
    refusals = []
    for name, fetch in _origins(series):
        try:
            with step(f"Fetching Odoo {series}: {name}"):
                fetch(target)
        except SetupError as error:
            note(error.problem)
            refusals.append(error)
        else:
            return
    raise SetupError(
        f"Odoo {series} could not be fetched. "
        + " ".join(error.problem for error in refusals),
        "\n".join(dict.fromkeys(error.fix for error in refusals))
        + "\nOr point ODOO_HOME at an Odoo source tree that you have.",
    )


def _origins(series: str) -> list[tuple[str, Callable[[Path], None]]]:
    def clone(target: Path) -> None:
        odoo_clone.fetch(series, target)

    origins = [("clone of the official repository", clone)]
    if series == debian_package.SERIES:
        origins.insert(0, ("package of the distribution", debian_package.fetch))
    return origins
