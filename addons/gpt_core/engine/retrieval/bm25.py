# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""BM25: how well a text fits the words of a question."""

import math
from collections.abc import Mapping

_K1 = 1.2
_B = 0.75
_ASSUMED = 200


def inverse_frequency(frequency: int, total: int, assumed: int = _ASSUMED) -> float:
    """Return how telling a term is that ``frequency`` of ``total`` texts have.

    A few texts cannot say which words are rare: it is as if there were more of them,
    without the term.

    :param assumed: how many more; 0 where texts share words that tell nothing
    """
    total += assumed
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def bm25(
    counts: Mapping[str, int],
    weights: Mapping[str, float],
    length: int,
    average_length: float,
) -> float:
    """Return the score of a text.

    :param counts: how often it has each of the question's terms
    :param weights: the inverse frequency of each term
    """
    norm = _K1 * (1 - _B + _B * length / max(average_length, 1))
    return sum(
        weights[term] * count * (_K1 + 1) / (count + norm)
        for term, count in counts.items()
        if term in weights
    )
