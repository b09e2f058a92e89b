# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which examples are for training, and which for validation.

What belongs together stands on one side: examples of one conversation, of one customer,
and near-copies. Who goes where depends on the texts and on the seed only, not on the
ids of a database.
"""

import hashlib
from collections.abc import Iterable, Sequence


class Groups:
    """Places that belong together, found by joining them in pairs (union-find)."""

    def __init__(self, count: int):
        self._parent = list(range(count))

    def root(self, place: int) -> int:
        """Return the place that stands for the group."""
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def join(self, left: int, right: int) -> None:
        """Make one group of two."""
        left, right = self.root(left), self.root(right)
        if left != right:
            self._parent[max(left, right)] = min(left, right)

    def join_equal(self, values: Sequence[int], places: Sequence[int]) -> None:
        """Join the places whose value is the same; 0 is none.

        :param places: whose the values are; a place may have several
        """
        first: dict[int, int] = {}
        for place, value in zip(places, values, strict=True):
            if value:
                self.join(first.setdefault(value, place), place)

    def join_pairs(self, pairs: Iterable[tuple[int, int]]) -> None:
        for left, right in pairs:
            self.join(left, right)


def rank(seed: int, key: bytes) -> bytes:
    """Return where something comes in an order that the seed decides."""
    return hashlib.sha256(b"%d:" % seed + key).digest()[:16]


def validation_places(
    groups: Groups, digests: Sequence[bytes], share: float, seed: int
) -> set[int]:
    """Return the places that are for validation.

    :param digests: of the lines, one for each place
    :param share: of the lines, from 0 to 1
    """
    members: dict[int, list[int]] = {}
    for place in range(len(digests)):
        members.setdefault(groups.root(place), []).append(place)
    wanted = round(share * len(digests))
    ranked = sorted(
        members.values(),
        key=lambda places: rank(seed, min(digests[place] for place in places)),
    )
    chosen: set[int] = set()
    for places in ranked:
        if len(chosen) + len(places) <= wanted:
            chosen.update(places)
        if len(chosen) == wanted:
            break
    return chosen
