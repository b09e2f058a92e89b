# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A measured figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure, and what it is held against.

    :param what: what was measured, in words
    :param figure: the figure with its unit
    :param beside: the same figure of a plain design, measured in the same run
    :param target: what is aimed at
    :param met: whether that was reached; None where there is no target
    """

    what: str
    figure: str
    beside: str = ""
    target: str = ""
    met: bool | None = None

    def line(self) -> str:
        """Return the row as a line of a Markdown table."""
        verdict = {True: "yes", False: "NO", None: ""}[self.met]
        cells = (self.what, self.figure, self.beside, self.target, verdict)
        return f"| {' | '.join(cells)} |"


HEAD = "| what | figure | beside | target | met |\n| --- | --- | --- | --- | --- |"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
