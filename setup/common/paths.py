# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where things are: the clone, its state, the cache, and the room left there."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from .console import SetupError

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
#: The packages of it are found on Python's path: ``openai_server``.
TEST_KIT = ADDONS / "gpt_core" / "testing"
#: State of this clone (git-ignored): databases, logs, staged addons.
RUN = ROOT / ".run"

_ENOUGH_GB = 3


def cache() -> Path:
    """Return the cache folder, shared by all clones of this user; it exists."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    folder = Path(base).expanduser() / "odoo-gpt"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def logs() -> Path:
    """Return the folder of the tool's own log files; it exists."""
    folder = RUN / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def series_state(series: str) -> Path:
    """Return the folder of this clone's state for one Odoo series; it exists."""
    folder = RUN / series
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def clone_id() -> str:
    """Return eight hexadecimal digits that tell this clone from others."""
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]


def require_space(folder: Path, gigabytes: float = _ENOUGH_GB) -> None:
    """Refuse to go on when the disk of ``folder`` has too little room left.

    :raise SetupError: fewer than ``gigabytes`` are free.
    """
    free = shutil.disk_usage(folder).free / 1e9
    if free < gigabytes:
        raise SetupError(
            f"Only {free:.1f} GB are free on the disk of {folder}; "
            f"{gigabytes:g} GB are needed.",
            "Free some space, or put the cache on another disk:\n"
            "XDG_CACHE_HOME=/path/on/a/larger/disk make demo",
        )
