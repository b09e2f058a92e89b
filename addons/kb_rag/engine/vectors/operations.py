# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Vectors as models give them, and as PostgreSQL reads them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def unit_vector(vector: Any) -> list[float] | None:
    """Return a vector with the length 1; ``None`` for what cannot be compared.

    That is a vector of zeros, without numbers, or with something that is no number. At
    length 1 no number is too large or too small for the half precision of an index.
    """
    # Imported here: a worker that never embeds anything does not pay for it.
    import numpy

    try:
        numbers = numpy.asarray(vector, dtype=numpy.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    if numbers.ndim != 1 or not numbers.size or not numpy.isfinite(numbers).all():
        return None
    # In two steps: squares of very large or very small numbers have no room.
    largest = numpy.abs(numbers).max()
    if not largest:
        return None
    numbers = numbers / largest
    unit: list[float] = (numbers / numpy.linalg.norm(numbers)).tolist()
    return unit


def usual_length(vectors: Iterable[Sequence[float] | None]) -> int:
    """Return the length that most of the vectors have, 0 when there are none."""
    lengths = Counter(len(vector) for vector in vectors if vector)
    return max(lengths, key=lambda length: (lengths[length], -length), default=0)


def similarities(
    vector: Sequence[float], others: Mapping[int, Sequence[float]]
) -> dict[int, float]:
    """Return the cosine similarity of a vector with each of the others, by their ids.

    Those of another length are left out.
    """
    import numpy

    asked = numpy.asarray(vector, dtype=numpy.float64)
    asked = asked / numpy.linalg.norm(asked)
    units = {id_: unit_vector(other) for id_, other in others.items()}
    return {
        id_: float(asked @ numpy.asarray(unit))
        for id_, unit in units.items()
        if unit and len(unit) == len(asked)
    }


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
