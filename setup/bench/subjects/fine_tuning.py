# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A data set of 100,000 examples: the memory that its export needs, and how long."""

from __future__ import annotations

from collections.abc import Iterator

from ...run.runtime import OdooRuntime
from ..in_odoo import database_with, figures
from ..row import Row

ADDON = "fine_tuning"
EXAMPLES = 100_000
_MEGABYTES = 100


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the memory over the idle worker, and the time.

    :raise SetupError: the script failed within Odoo.
    """
    with database_with(runtime, ADDON) as database:
        found = figures(runtime, database, "export_dataset.py", [str(EXAMPLES)])
    yield Row(
        f"export of {found['examples']:,} examples, {found['file_mb']:.0f} MB: memory",
        f"+{found['worker_mb']:.0f} MB",
        f"{found['idle_mb']:.0f} MB idle worker",
        f"≤ +{_MEGABYTES} MB",
        found["worker_mb"] <= _MEGABYTES,
    )
    yield Row(
        "its time: masked, split, checked",
        f"{found['seconds']:.0f} s",
        f"{1000 * found['seconds'] / found['examples']:.1f} ms an example",
    )
