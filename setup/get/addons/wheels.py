# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Our addons as wheels, as they are published, and a wheel that stands for Odoo."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

from ...common.console import SetupError
from ...common.programs import CommandFailed, run_logged
from ..odoo.source import OdooSource
from ..python.environments import prepare_build
from ..python.requirement_lines import odoo_lines
from .manifests import MANIFEST, OwnAddon
from .staging import rewritten_manifest

#: What tells how an addon is built is not part of it.
_NOT_IN_WHEEL = frozenset({"pyproject.toml"})


def build_wheels(addons: Sequence[OwnAddon], series: str, folder: Path) -> list[Path]:
    """Build each addon as a wheel, from a copy of what the tree has of it.

    :param folder: outside the repository; gets the copies, and the wheels.
    :raise SetupError: one cannot be built, or lacks files of its addon.
    """
    build = prepare_build()
    wheels = []
    for addon in addons:
        target = folder / "wheels" / addon.name
        copy = copied(addon, series, folder / "sources" / addon.name)
        command = [
            build.python, "-m", "pip", "wheel", "--quiet", "--no-deps",
            "--no-build-isolation", "--disable-pip-version-check",
            "--wheel-dir", target, copy,
        ]  # fmt: skip
        try:
            run_logged(command, build.log, cwd=folder)
        except CommandFailed as failure:
            raise SetupError(
                f"{addon.name} cannot be built as a wheel:\n{failure.tail(6)}",
                f"Everything that was said: {build.log}",
            ) from failure
        (wheel,) = target.glob("*.whl")
        if lacking := missing_files(addon, wheel):
            raise SetupError(
                f"The wheel of {addon.name} lacks {', '.join(lacking)}.",
                "Look at its pyproject.toml.",
            )
        wheels.append(wheel)
    return wheels


def missing_files(addon: OwnAddon, wheel: Path) -> list[str]:
    """Return the files of an addon that its wheel should have, and has not."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    return [
        name
        for name in _files(addon.folder)
        if name not in _NOT_IN_WHEEL
        and f"odoo/addons/{addon.name}/{name}" not in packed
    ]


def odoo_wheel(source: OdooSource, folder: Path) -> Path:
    """Return a wheel that says that this Odoo is installed, and where.

    Odoo is not on PyPI, and the addons' wheels need it.
    """
    name = f"odoo-{source.series}"
    metadata = [
        "Metadata-Version: 2.1",
        "Name: odoo",
        f"Version: {source.series}",
        *(f"Requires-Dist: {line}" for line in odoo_lines(source)),
    ]
    about = ["Wheel-Version: 1.0", "Root-Is-Purelib: true", "Tag: py3-none-any"]
    contents = {
        "odoo-source-tree.pth": str(source.home),
        f"{name}.dist-info/METADATA": "\n".join(metadata),
        f"{name}.dist-info/WHEEL": "\n".join(about),
    }
    record = f"{name}.dist-info/RECORD"
    lines = "".join(f"{path},,\n" for path in [*contents, record])
    wheel = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in contents.items():
            archive.writestr(path, f"{text}\n")
        archive.writestr(record, lines)
    return wheel


def copied(addon: OwnAddon, series: str, target: Path) -> Path:
    """Copy an addon as Odoo of a series takes it; return the copy."""
    for name in _files(addon.folder):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(addon.folder / name, path)
    manifest = target / MANIFEST
    manifest.write_text(rewritten_manifest(manifest, series))
    return target


def _files(folder: Path) -> list[str]:
    """Return what git knows of an addon, and what is new; nothing that was made."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=folder, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    names = {name for name in listed.split("\0") if name}
    return sorted(name for name in names if (folder / name).is_file())
