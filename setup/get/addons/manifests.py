# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The addons of this repository and what they depend on, read from their manifests."""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...common.console import SetupError
from ...common.paths import ADDONS

MANIFEST = "__manifest__.py"
#: Folders of an addon that a database holds nothing of.
_NOT_INSTALLED = frozenset({"tests", "__pycache__", "readme"})


@dataclass(frozen=True)
class OwnAddon:
    """One addon of this repository."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        """Its technical name."""
        return self.folder.name


def own_addons(folder: Path = ADDONS) -> list[OwnAddon]:
    """Return the installable addons below ``folder``, by name.

    :raise SetupError: a manifest cannot be read.
    """
    found = [_read(path) for path in sorted(folder.glob(f"*/{MANIFEST}"))]
    return [addon for addon in found if addon.manifest.get("installable", True)]


def chosen_addons() -> list[str]:
    """Return the addons that ADDONS names, with commas; none means all of them.

    :raise SetupError: one of them does not exist.
    """
    chosen = [name for name in os.environ.get("ADDONS", "").split(",") if name]
    known = {addon.name for addon in own_addons()}
    if unknown := sorted(set(chosen) - known):
        raise SetupError(
            f"ADDONS names what is not here: {', '.join(unknown)}.",
            f"Choose among {', '.join(sorted(known))}.",
        )
    return chosen


def with_dependencies(names: Iterable[str], among: list[OwnAddon]) -> list[OwnAddon]:
    """Return the addons of these names, and those among ours that they need."""
    own = {addon.name: addon for addon in among}
    needed: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name in own and name not in needed:
            needed.add(name)
            left += own[name].manifest.get("depends", [])
    return [addon for addon in among if addon.name in needed]


def outside_dependencies(addons: list[OwnAddon]) -> list[str]:
    """Return the addons of Odoo and the OCA that these depend on, sorted."""
    own = {addon.name for addon in addons}
    needed = {name for addon in addons for name in addon.manifest.get("depends", [])}
    return sorted(needed - own)


def tree_digest() -> str:
    """Return a text that changes with whatever the addons install."""
    digest = hashlib.sha256()
    for path in sorted(ADDONS.rglob("*")):
        parts = set(path.relative_to(ADDONS).parts)
        if path.is_file() and not parts & _NOT_INSTALLED:
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _read(path: Path) -> OwnAddon:
    try:
        manifest = ast.literal_eval(path.read_text())
    except (SyntaxError, ValueError) as error:
        raise SetupError(
            f"The manifest {path} cannot be read: {error}", "Correct it."
        ) from error
    return OwnAddon(path.parent, manifest)
