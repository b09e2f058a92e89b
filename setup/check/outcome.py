# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What one part of the tests came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..common.console import duration


@dataclass(frozen=True)
class Outcome:
    """Counts of one part.

    :param title: which part.
    :param notes: what a reader of the end of the output must know besides.
    """

    title: str
    passed: int
    failed: int
    skipped: int = 0
    notes: Sequence[str] = ()
    seconds: float = 0

    def line(self) -> str:
        """Return the part's line in the summary."""
        text = f"{self.title}: {self.passed} passed, {self.failed} failed"
        text += f", {self.skipped} skipped" if self.skipped else ""
        return f"{text}, in {duration(self.seconds)}"
