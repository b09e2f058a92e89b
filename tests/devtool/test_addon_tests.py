# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``make test`` runs what the addons test after the installation, and nothing else."""

import ast
from pathlib import Path

from setup.common.paths import ADDONS

AFTER = {"post_install", "-at_install"}


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
    """Return the cases that Odoo would run during the installation."""
    classes = [n for n in ast.walk(ast.parse(path.read_text())) if is_case(n)]
    return [node.name for node in classes if not AFTER <= tags(node)]


def is_case(node: ast.AST) -> bool:
    """Tell what is run from what is mixed into it, by its name."""
    return isinstance(node, ast.ClassDef) and node.name.startswith("Test")


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
        "    pass\n"
        "class Mixin:\n"
        "    def test_c(self): pass\n"
    )
    assert untagged(path) == ["TestB"]
