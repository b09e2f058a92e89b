# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m tests.gpt_core.duplicates_report``: how well near-copies are found.

Prints precision and recall on labelled pairs, each compared as the board does; and, of
those that are not held out, which were missed and which were found in vain.
"""

from dataclasses import dataclass, field

from .. import conftest  # noqa: F401  (makes the addons importable)
from .near_copy_pairs import Pair, pairs


@dataclass
class Score:
    """What became of labelled pairs."""

    right: list[Pair] = field(default_factory=list)
    missed: list[Pair] = field(default_factory=list)
    wrong: list[Pair] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return len(self.right) / max(len(self.right) + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        return len(self.right) / max(len(self.right) + len(self.missed), 1)


def score(labelled: list[Pair]) -> Score:
    """Look for near-copies in each pair."""
    result = Score()
    for pair in labelled:
        found = is_near(pair.left, pair.right)
        if found and pair.near:
            result.right.append(pair)
        elif found:
            result.wrong.append(pair)
        elif pair.near:
            result.missed.append(pair)
    return result


def is_near(left: str, right: str) -> bool:
    """Tell whether two texts are grouped as near-copies."""
    from odoo.addons.gpt_core.engine.examples.near_copies import (
        ALIKE,
        loose_bands,
        signature,
        similar_pairs,
    )

    marks = signature(left)[0] + signature(right)[0]
    found = similar_pairs(marks, loose_bands(marks), near=ALIKE)
    return any(True for _pair in found)


def main() -> None:
    """Print the report."""
    looked_at, held_out = pairs()
    for name, labelled in (("looked at", looked_at), ("held out", held_out)):
        result = score(labelled)
        near = sum(pair.near for pair in labelled)
        print(
            f"{name}: {len(labelled)} pairs, {near} of them near-copies: "
            f"precision {result.precision:.3f}, recall {result.recall:.3f}"
        )
        if labelled is looked_at:
            for what, some in (("missed", result.missed), ("wrong", result.wrong)):
                for pair in some:
                    print(f"  {what}: {pair.left!r}\n      and: {pair.right!r}")


if __name__ == "__main__":
    main()
