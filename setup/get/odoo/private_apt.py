# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""apt with lists of its own, for packages of a suite this machine does not use."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from ...common.console import SetupError, note
from ...common.programs import CommandFailed, captured, run_logged

_KEYRINGS = Path("/usr/share/keyrings")
_SNAPSHOT = re.compile(r"\d{8}T\d{6}Z")


class PrivateApt:
    """One suite of one mirror, in a folder of its own.

    :param folder: where lists and downloads go.
    :param mirror: address of the archive, as in sources.list.
    """

    def __init__(self, folder: Path, mirror: str, suite: str) -> None:
        self.folder = folder
        self.mirror = mirror
        self._options = self._configure(suite)

    def _configure(self, suite: str) -> list[str]:
        for name in ("lists/partial", "cache/archives/partial", "debs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        sources = self.folder / "debian.sources"
        sources.write_text(
            f"Types: deb\nURIs: {self.mirror}\nSuites: {suite}\n"
            f"Components: main\nSigned-By: {_keyring()}\n"
        )
        options = {
            "Dir::Etc::SourceList": sources,
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::State::Lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            # A frozen mirror serves an old but signed index.
            "Acquire::Check-Valid-Until": "false",
            "Acquire::Retries": "3",
            "Acquire::Languages": "none",
        }
        if os.geteuid() == 0:
            # The folder may be one that apt's own user cannot enter.
            options["APT::Sandbox::User"] = "root"
        pairs = (("-o", f"{key}={value}") for key, value in options.items())
        return [word for pair in pairs for word in pair]

    def update(self, log: Path) -> None:
        """Fetch the package lists.

        :raise CommandFailed: the mirror does not answer or its signature is wrong.
        """
        arguments = ["apt-get", *self._options, "--error-on=any", "update"]
        run_logged(arguments, log)

    def field(self, package: str, name: str) -> str:
        """Return a field of the package's record, "" when there is none."""
        record = captured(
            ["apt-cache", *self._options, "show", "--no-all-versions", package]
        )
        found = re.search(rf"^{name}: (.*)$", record.stdout, re.M)
        return found.group(1) if found else ""

    def megabytes(self, packages: list[str]) -> float:
        """Return how much the packages' files weigh, in 10^6 bytes."""
        return sum(int(self.field(name, "Size") or 0) for name in packages) / 1e6

    def download(self, packages: list[str], log: Path) -> list[Path]:
        """Fetch the packages' files, checked against the signed index.

        A file that is there already is not fetched again.
        """
        folder = self.folder / "debs"
        run_logged(["apt-get", *self._options, "download", *packages], log, cwd=folder)
        return sorted(folder.glob("*.deb"))


def find_mirror(folder: Path, suite: str, package: str, log: Path) -> PrivateApt:
    """Return apt lists of the first mirror that has ``package`` in ``suite``.

    :raise SetupError: no configured mirror has it.
    """
    mirrors = candidates(_configured())
    for mirror in mirrors:
        apt = PrivateApt(folder, mirror, suite)
        try:
            apt.update(log)
        except CommandFailed:
            note(f"no {suite} suite at {mirror}")
            continue
        if apt.field(package, "Version"):
            return apt
        note(f"no {package} at {mirror}")
    raise SetupError(
        f"No mirror of this machine has {package} ({len(mirrors)} tried).",
        f"Check the network and that `apt-get update` works here ({log} says what "
        "apt said).",
    )


def _keyring() -> Path:
    for path in sorted(_KEYRINGS.glob("debian-archive-keyring.*")):
        return path
    raise SetupError(
        "The keys of the Debian archive are not on this machine.",
        "Install them: apt-get install debian-archive-keyring",
    )


def _configured() -> list[str]:
    """Return the archives this machine's apt is configured for."""
    listing = captured(["apt-get", "update", "--print-uris"])
    found = re.findall(r"^'([^']+?)/dists/", listing.stdout, re.M)
    return list(dict.fromkeys(found))


def candidates(configured: list[str]) -> list[str]:
    """Return where unstable may be: these archives, and their hosts' /debian."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    found = []
    for address in configured:
        host = re.match(r"[a-z+]+://[^/]+", address)
        if host is None or "security" in address:
            continue
        # A snapshot of some day: its archive of today, before its own day.
        found += [_SNAPSHOT.sub(now, address), address, f"{host.group()}/debian"]
    return sorted(dict.fromkeys(found), key=lambda address: "debian" not in address)
