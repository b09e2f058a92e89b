# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Near-copies among examples: found whatever their number, and only they."""

import random

from odoo.addons.gpt_core.engine.examples.groups import Groups
from odoo.addons.gpt_core.engine.examples.near_copies import (
    ALIKE,
    loose_bands,
    signature,
    similar_pairs,
)

from .duplicates_report import score
from .near_copy_pairs import pairs


def test_labelled_pairs() -> None:
    looked_at, held_out = pairs()
    assert len(looked_at) + len(held_out) >= 200
    for labelled in (looked_at, held_out):
        result = score(labelled)
        assert result.precision >= 0.95
        assert result.recall >= 0.85


def test_among_many() -> None:
    """Each text has one copy; whole bands of texts are there that are not alike."""
    draw = random.Random(3)
    words = ["".join(draw.choices("abcdefghilmnoprstu", k=6)) for _ in range(500)]
    texts = [" ".join(draw.choices(words, k=14)) for _ in range(1500)]
    copies = [text.upper().replace(" ", ", ", 1) + "!" for text in texts]
    marks = b"".join(signature(text)[0] for text in texts + copies)
    groups = Groups(3000)
    groups.join_pairs(similar_pairs(marks, loose_bands(marks), near=ALIKE))
    roots = [groups.root(place) for place in range(3000)]
    assert roots == [*range(1500), *range(1500)]


def test_none() -> None:
    assert not list(similar_pairs(b"", loose_bands(b""), near=ALIKE))
