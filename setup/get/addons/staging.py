# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Our addons as Odoo of another series takes them.

The manifests say 18.0; Odoo refuses another series' version. Each addon becomes a
real folder of links to the tree, with its manifest rewritten.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from ...common.console import SetupError
from ...common.paths import ADDONS, series_state
from .manifests import MANIFEST, OwnAddon, own_addons

#: The series that the manifests in the tree name.
TREE_SERIES = "18.0"
_VERSION = re.compile(r"(?P<before>['\"]version['\"]\s*:\s*['\"])18\.0(?=\.\d)")


def stage(series: str, addons_folder: Path = ADDONS) -> Path:
    """Return a folder of our addons for this series, as they are in the tree now.

    :raise SetupError: a manifest does not name its version as it should.
    """
    if series == TREE_SERIES:
        return addons_folder
    staged = series_state(series) / "addons"
    staged.mkdir(exist_ok=True)
    addons = own_addons(addons_folder)
    wanted = {addon.name for addon in addons}
    for folder in staged.iterdir():
        if folder.name not in wanted:
            shutil.rmtree(folder)
    for addon in addons:
        _stage_addon(addon, staged / addon.name, series)
    return staged


def _stage_addon(addon: OwnAddon, folder: Path, series: str) -> None:
    folder.mkdir(exist_ok=True)
    originals = {path.name: path for path in addon.folder.iterdir()}
    for path in folder.iterdir():
        if path.is_symlink() and path.name not in originals:
            path.unlink()
    for name, original in originals.items():
        link = folder / name
        if name != MANIFEST and not link.is_symlink():
            link.symlink_to(original)
    rewritten = rewritten_manifest(originals[MANIFEST], series)
    manifest = folder / MANIFEST
    if not manifest.exists() or manifest.read_text() != rewritten:
        manifest.write_text(rewritten)


def rewritten_manifest(manifest: Path, series: str) -> str:
    """Return a manifest of the tree as Odoo of another series takes it.

    :raise SetupError: it does not name its version as it should.
    """
    text, count = _VERSION.subn(rf"\g<before>{series}", manifest.read_text())
    if count != 1:
        raise SetupError(
            f"{manifest} must name its version once, as {TREE_SERIES}.x.y.z.",
            "Correct the version in the manifest.",
        )
    return text
