# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which examples are for training, and which for validation.

What belongs together stands on one side: examples of one conversation, of one customer,
and near-copies. Who goes where depends on the texts and on the seed only, not on the
ids of a database.
"""

import hashlib
from collections.abc import Sequence

from odoo.addons.gpt_core.engine.examples.groups import Groups


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
