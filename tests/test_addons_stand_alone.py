# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An addon needs nothing of this repository but addons; the test kit needs no Odoo."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parent.parent / "addons"
KIT = ADDONS / "gpt_core" / "testing"
#: Packages at the top of the repository.
NOT_THERE = frozenset({"setup", "tests"})


def imported(source: str) -> Iterator[str]:
    """Yield what a module imports, by its full name; "." stands for its own package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def packages(source: str) -> set[str]:
    """Return the packages outside its own that a module imports from."""
    return {name.split(".")[0] for name in imported(source)} - {""}


def leaves(source: str, depth: int) -> bool:
    """Tell whether a module so deep in the kit imports from above it."""
    ups = (len(name) - len(name.lstrip(".")) for name in imported(source))
    return max(ups, default=0) > depth


def test_addons_import_nothing_of_the_repository() -> None:
    files = sorted(ADDONS.glob("**/*.py"))
    assert files
    found = {
        str(path.relative_to(ADDONS)): names
        for path in files
        if (names := packages(path.read_text()) & NOT_THERE)
    }
    assert not found


def test_the_kit_imports_no_odoo() -> None:
    files = sorted(KIT.glob("**/*.py"))
    assert len(files) > 20
    for path in files:
        depth = len(path.relative_to(KIT).parts)
        assert "odoo" not in packages(path.read_text()), path
        assert not leaves(path.read_text(), depth), path


@pytest.mark.parametrize(
    "source",
    [
        "import tests",
        "from tests.gpt_core import chains",
        "def lazy():\n    from setup.run import databases",
    ],
)
def test_a_planted_import_is_found(source: str) -> None:
    assert packages(source) & NOT_THERE


def test_relative_imports_are_the_addon_s_own() -> None:
    assert not packages("from .tests import common\nfrom ..testing import x")
    assert leaves("from ..models import x", 1)
    assert not leaves("from ..network_guard import x", 2)
