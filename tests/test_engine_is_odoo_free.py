# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``engine/`` is plain Python: it imports neither Odoo nor an addon's models."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parent.parent / "addons"
ENGINE_FILES = sorted(ADDONS.glob("*/engine/**/*.py"))


def forbidden_imports(source: str, package: str) -> list[str]:
    """The imports of a module that ``engine/`` must not have.

    ``package`` is the dotted package of the module, from which relative imports
    start: ``odoo.addons.gpt_core.engine``.
    """
    imported = _imported(ast.parse(source), package)
    return [name for name in imported if not _is_allowed(name)]


def _imported(tree: ast.Module, package: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, package)
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _is_import_call(node):
            first = node.args[0] if node.args else None
            yield first.value if isinstance(first, ast.Constant) else "odoo.<dynamic>"


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parents = package.split(".")
    kept = parents[: len(parents) - node.level + 1]
    return ".".join([*kept, node.module] if node.module else kept)


def _is_import_call(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else None
    name = node.func.id if isinstance(node.func, ast.Name) else name
    return name in ("import_module", "__import__")


def _is_allowed(name: str) -> bool:
    parts = name.split(".")
    if parts[0] in ("openerp", "models"):
        return False
    if parts[0] != "odoo":
        return True
    return parts[1:2] == ["addons"] and parts[3:4] == ["engine"]


def _package_of(path: Path) -> str:
    folder = path.parent.relative_to(ADDONS)
    return ".".join(("odoo", "addons", *folder.parts))


@pytest.mark.parametrize(
    "path", ENGINE_FILES, ids=lambda path: str(path.relative_to(ADDONS))
)
def test_engine_imports_no_odoo(path: Path) -> None:
    found = forbidden_imports(path.read_text(), _package_of(path))
    assert not found, f"{path.relative_to(ADDONS)} imports {', '.join(found)}"


@pytest.mark.parametrize(
    "violation",
    [
        "import odoo",
        "import odoo.tools as t",
        "from odoo import models",
        "from odoo.exceptions import UserError",
        "from odoo.addons.gpt_core import models",
        "from odoo.addons.gpt_core.models.gpt_chain import GptChain",
        "from ..models import gpt_chain",
        "from ..models.gpt_chain import GptChain",
        "from .. import models",
        "from ... import kb_rag",
        "from ...kb_rag.models import gpt_kb_chunk",
        "import models",
        "import importlib\nimportlib.import_module('odoo.tools')",
        "def lazy():\n    from odoo import fields",
    ],
)
def test_a_planted_violation_is_found(violation: str) -> None:
    source = f'"""A module."""\n{violation}\n'
    assert forbidden_imports(source, "odoo.addons.gpt_core.engine")


@pytest.mark.parametrize(
    "allowed",
    [
        "import json",
        "from . import masking",
        "from .masking import mask",
        "from .stores.pgvector import Store",
        "from langchain_core.messages import AIMessage",
        "from odoo.addons.gpt_core.engine import chains",
        "from odoo.addons.gpt_core.engine.chains import compile_chain",
        "from ...gpt_core.engine.chains import compile_chain",
        "from peewee_models import x",
    ],
)
def test_what_engine_needs_is_allowed(allowed: str) -> None:
    assert not forbidden_imports(allowed, "odoo.addons.kb_rag.engine")


def test_relative_imports_of_deeper_packages_are_understood() -> None:
    package = "odoo.addons.kb_rag.engine.stores"
    assert not forbidden_imports("from .. import chunking", package)
    assert forbidden_imports("from ...models import gpt_kb_chunk", package)
