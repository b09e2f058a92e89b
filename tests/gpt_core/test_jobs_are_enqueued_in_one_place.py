# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who writes a row and enqueues a job for it must not wait for a job that is none.

``gpt_core/utils/enqueue.py`` sees to it, so everything goes through it.
"""

import ast
from pathlib import Path

ADDONS = Path(__file__).parents[2] / "addons"
# What enqueues itself, and why.
ALLOWED = {
    "gpt_core/utils/enqueue.py": "it is the place",
    "gpt_preflight/models/gpt_check_job_runner.py": "finds out whether jobs run at all",
}


def enqueuing(path: Path) -> bool:
    """Tell whether a file calls a method of ``queue_job`` that makes a job."""
    return any(
        isinstance(node, ast.Attribute) and node.attr in ("with_delay", "delayable")
        for node in ast.walk(ast.parse(path.read_text()))
    )


def test_jobs_are_enqueued_in_one_place() -> None:
    found = {
        str(path.relative_to(ADDONS))
        for path in ADDONS.rglob("*.py")
        if "tests" not in path.parts and enqueuing(path)
    }
    assert found == set(ALLOWED)
