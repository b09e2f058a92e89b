# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make test`` runs what the addons test after the installation, and nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

from setup.common.paths import ADDONS

AFTER = {"post_install", "-at_install"}


def test_classes(source: str) -> Iterator[ast.ClassDef]:
    """Yield the classes whose tests are run; others are mixed into such."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            names = [item.name for item in node.body if hasattr(item, "name")]
            if any(name.startswith("test_") for name in names):
                yield node


test_classes.__test__ = False


def tags(node: ast.ClassDef) -> set[str]:
    """Return the tags that Odoo's decorator gives a class; they are not inherited."""
    return {
        argument.value
        for call in node.decorator_list
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "tagged"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }


def untagged(path: Path) -> list[str]:
    return [n.name for n in test_classes(path.read_text()) if not AFTER <= tags(n)]


def test_every_test_is_run() -> None:
    files = sorted(ADDONS.glob("*/tests/*.py"))
    assert files
    left_out = {str(path): names for path in files if (names := untagged(path))}
    assert left_out == {}


def test_what_would_be_left_out_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text(
        "@tagged('post_install', '-at_install')\n"
        "class TestA(Case):\n"
        "    def test_a(self): pass\n"
        "class TestB(TestA):\n"
        "    def test_b(self): pass\n"
        "class TestNothing(Case):\n"
        "    def helper(self): pass\n"
        "class Mixin:\n"
        "    def test_c(self): pass\n"
    )
    assert untagged(path) == ["TestB"]
