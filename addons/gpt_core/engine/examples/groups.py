# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Joins what belongs together into groups."""

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
