# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which Python packages an Odoo with our addons needs, as lines for pip."""

from __future__ import annotations

import re
from pathlib import Path

from ...common.paths import ROOT
from ..odoo.source import OdooSource

#: The requirement files of the tool.
REQUIREMENTS = Path(__file__).resolve().parent / "requirements"

#: Left out of Odoo's list. python-ldap needs a compiler and system headers, and no
#: addon here uses it; idna is pinned too low for the OpenAI SDK's HTTP library and
#: urllib3 for Qdrant's client, and moving them breaks nothing; the others are for
#: Windows.
_LEFT_OUT = frozenset({"python-ldap", "idna", "urllib3", "pypiwin32", "rl-renderpm"})
#: The same releases, compiled: neither compiler nor libpq is needed.
_COMPILED = {"psycopg2": "psycopg2-binary"}
_NAME = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)(.*)$")


def odoo_lines(source: OdooSource) -> list[str]:
    """Return Odoo's own requirements, without what cannot or need not be had."""
    lines = []
    for line in source.requirements():
        found = _NAME.match(line.split("#", 1)[0].rstrip())
        if found is None:
            continue
        name, rest = found.groups()
        if name.lower() not in _LEFT_OUT:
            lines.append(_COMPILED.get(name.lower(), name) + rest)
    return lines


def constraints(series: str) -> Path | None:
    """Return the file of upper bounds for a series that names none itself."""
    path = REQUIREMENTS / f"constraints-{series}.txt"
    return path if path.is_file() else None


def our_files() -> list[Path]:
    """Return the requirement files of this repository: the addons', their tests', and
    those of the tool and of the other tests."""
    return [ROOT / "requirements.txt", addons_test_file(), REQUIREMENTS / "dev.txt"]


def addons_test_file() -> Path:
    """Return the requirement file of the addons' own tests."""
    return ROOT / "test-requirements.txt"


def build_file() -> Path:
    """Return the requirement file for building our addons as wheels."""
    return REQUIREMENTS / "build.txt"


def e2e_file() -> Path:
    """Return the requirement file of the tests that look at Odoo from outside."""
    return REQUIREMENTS / "e2e.txt"


def build_constraints() -> Path:
    """Return the file of bounds for packages that build other packages."""
    return REQUIREMENTS / "constraints-build.txt"
