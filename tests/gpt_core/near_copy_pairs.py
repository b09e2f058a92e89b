# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pairs of examples, labelled as near-copies or not; half of them are held out."""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

FILE = Path(__file__).with_name("data") / "near_copies.txt"


@dataclass(frozen=True)
class Pair:
    """Two examples, and whether a reviewer would decide about them at once."""

    left: str
    right: str
    near: bool


def pairs() -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to look at, and those held out: every second block."""
    text = FILE.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    sides: tuple[list[Pair], list[Pair]] = ([], [])
    for number, block in enumerate("\n".join(lines).strip().split("\n\n")):
        sides[number % 2].extend(_pairs_of(block))
    return sides


def _pairs_of(block: str) -> list[Pair]:
    said = [line.partition(" | ") for line in block.splitlines()]
    texts = [f"{asked}\n{answer or said[0][2]}" for asked, _bar, answer in said]
    *copies, other = texts
    assert len(copies) == 3, block
    near = [Pair(*both, near=True) for both in combinations(copies, 2)]
    return near + [Pair(copy, other, near=False) for copy in copies[:2]]
