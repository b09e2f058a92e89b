# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Links of an unpacked package whose targets lie in packages that are not there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def dangling_links(tree: Path) -> list[Path]:
    """Return the targets below ``tree`` that its links name and that do not exist."""
    targets = []
    for folder, _, names in os.walk(tree):
        for name in names:
            path = Path(folder, name)
            if path.is_symlink() and not path.exists():
                target = Path(os.path.normpath(path.parent / path.readlink()))
                if target.is_relative_to(tree):
                    targets.append(target)
    return targets


def fill_from(source: Path, tree: Path, targets: list[Path]) -> None:
    """Copy those ``targets`` that exist below ``source`` to their place in ``tree``."""
    for target in targets:
        candidate = source / target.relative_to(tree)
        if candidate.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copy(candidate, target)
