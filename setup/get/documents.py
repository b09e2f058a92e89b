# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Real documents for tests and measurements: manuals that Debian packages.

They are fetched once with the machine's own apt, unpacked in the cache, and neither
installed nor kept in the repository.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import tempfile
from pathlib import Path

from ..common.console import SetupError
from ..common.locks import exclusive
from ..common.paths import cache

#: The name that tests know a document by, its package, and its file's path there.
DOCUMENTS = {
    "debian-reference": (
        "debian-reference-es", "usr/share/debian-reference/debian-reference.es.pdf",
    ),
    "debian-edu": (
        "debian-edu-doc-es",
        "usr/share/doc/debian-edu-doc-es/debian-edu-bookworm-manual.pdf",
    ),
    "eyes17": ("eyes17-manuals-es", "usr/share/doc/eyes17/es/eyes17.pdf.gz"),
    "maint-guide": (
        "maint-guide-es",
        "usr/share/doc/maint-guide-es/maint-guide.es.pdf",
    ),
    "ubuntu-packaging-guide": (
        "ubuntu-packaging-guide-pdf-es",
        "usr/share/doc/ubuntu-packaging-guide-pdf-es/ubuntu-packaging-guide.pdf.gz",
    ),
    "linuxcnc": (
        "linuxcnc-doc-es",
        "usr/share/doc/linuxcnc/LinuxCNC_Getting_Started_es.pdf",
    ),
}  # fmt: skip
_TIMEOUT_SECONDS = 300


def folder() -> Path:
    """Return the folder of the documents in the cache; it exists."""
    path = cache() / "documents"
    path.mkdir(parents=True, exist_ok=True)
    return path


def document(name: str) -> Path:
    """Return the path of one of :data:`DOCUMENTS`; it is fetched if needed.

    :raise SetupError: apt is not here, or cannot get the package.
    """
    path = folder() / f"{name}.pdf"
    with exclusive(folder() / "documents.lock", "it fetches documents"):
        if not path.is_file():
            _fetch(*DOCUMENTS[name], path)
    return path


def _fetch(package: str, inside: str, target: Path) -> None:
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise SetupError(
            f"{package} cannot be had: this machine has no apt.",
            "Run the tests on Debian or Ubuntu.",
        )
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        place = Path(name)
        _run(["apt-get", "download", package], place, package)
        (archive,) = place.glob("*.deb")
        _run(["dpkg", "-x", archive.name, "."], place, package)
        source = place / inside
        if not source.is_file():
            raise SetupError(
                f"The package {package} has no {inside} in this release.",
                "Tests that need it are skipped.",
            )
        partial = target.with_suffix(".partial")
        opened = gzip.open if source.suffix == ".gz" else open
        with opened(source, "rb") as stream, partial.open("wb") as output:
            shutil.copyfileobj(stream, output)
        partial.rename(target)


def _run(arguments: list[str], where: Path, package: str) -> None:
    try:
        result = subprocess.run(
            arguments, cwd=where, capture_output=True, text=True, check=False,
            timeout=_TIMEOUT_SECONDS, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise SetupError(f"{package}: no answer from apt.", "Try again.") from error
    if result.returncode:
        last = (result.stderr or result.stdout).strip().splitlines()[-1:]
        raise SetupError(
            f"{package} cannot be had: {' '.join(last)}",
            "Refresh the package lists: apt-get update",
        )
