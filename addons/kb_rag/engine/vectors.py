# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Vectors as PostgreSQL reads them."""

import math
from collections.abc import Sequence


def as_literal(vector: Sequence[float]) -> str:
    """Return a vector as pgvector's input; refuses what it could not compare.

    Nine digits tell every single-precision number, which is what pgvector keeps, apart
    from its neighbours. All of Python's digits would take longer to write than the
    nearest of 50,000 vectors to find.

    :raises ValueError: for an empty vector, or one with something that is no number
    """
    if not vector or not all(map(math.isfinite, vector)):
        raise ValueError("not a vector")
    return f"[{('%.9g,' * len(vector))[:-1] % tuple(vector)}]"
