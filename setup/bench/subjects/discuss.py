# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A question in a channel of 2,000 messages and 300 members: prompt and preparation."""

from __future__ import annotations

from collections.abc import Iterator

from ...run.runtime import OdooRuntime
from ..in_odoo import database_with, figures
from ..row import Row

ADDON = "is_chatgpt_integration_fork"
MESSAGES = 2_000
MEMBERS = 300
_TOKENS = 8_000
_MILLISECONDS = 300


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the size of the prompt, and how long it takes to prepare it.

    :raise SetupError: the script failed within Odoo.
    """
    with database_with(runtime, ADDON) as database:
        arguments = [str(MESSAGES), str(MEMBERS)]
        found = figures(runtime, database, "discuss.py", arguments)
    where = f"channel of {MESSAGES:,} messages and {MEMBERS} members"
    yield Row(
        f"{where}: prompt",
        f"{found['tokens']:,.0f} tokens",
        f"{found['whole']:,.0f} tokens for all messages",
        f"≤ {_TOKENS:,}",
        found["tokens"] <= _TOKENS,
    )
    yield Row(
        f"{where}: preparing it, median of {found['times']:.0f}",
        f"{found['prepare_ms']:.0f} ms",
        "",
        f"≤ {_MILLISECONDS} ms",
        found["prepare_ms"] <= _MILLISECONDS,
    )
