# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Vectors as PostgreSQL reads them."""

from collections.abc import Sequence


def as_literal(vector: Sequence[float]) -> str:
    """Return a vector as pgvector's input; refuses what it could not compare.

    In single precision, which is what pgvector keeps: all of Python's digits would take
    longer to write and to read than the nearest of 50,000 vectors to find.

    :raises ValueError: for an empty vector, or one with something that is no number
    """
    # Imported here: a worker that never embeds anything does not pay for them.
    import numpy
    import orjson

    numbers = numpy.asarray(vector, dtype=numpy.float32)
    if not numbers.size or not numpy.isfinite(numbers).all():
        raise ValueError("not a vector")
    return orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY).decode()
