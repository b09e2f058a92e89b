# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
import statistics

import pytest

from odoo.addons.kb_rag.engine.vectors.quantization import thresholds

LENGTH, COUNT = 32, 400


@pytest.fixture
def vectors() -> list[list[float]]:
    """As those of many models: all in one direction, apart in some of it only."""
    dice = random.Random(3)
    centre = [dice.gauss(0, 1) for _number in range(LENGTH)]
    return [[c + dice.gauss(0, 0.2) for c in centre] for _number in range(COUNT)]


def of(vectors: list[list[float]]) -> list[tuple[float, ...]]:
    columns = list(zip(*vectors, strict=True))
    return thresholds(
        [statistics.fmean(column) for column in columns],
        [statistics.fmean(value * value for value in column) for column in columns],
    )


def test_shares_between_thresholds_are_alike(vectors: list[list[float]]) -> None:
    found = of(vectors)
    assert found == sorted(found)
    for number in range(LENGTH):
        column = [vector[number] for vector in vectors]
        above = [
            sum(v > threshold[number] for v in column) / COUNT for threshold in found
        ]
        assert above == pytest.approx([0.82, 0.62, 0.38, 0.18], abs=0.09)


def test_long_vectors_have_fewer_thresholds() -> None:
    assert [len(thresholds([0.0] * n, [1.0] * n)) for n in (384, 768, 1536)] == [
        4,
        2,
        1,
    ]


def test_numbers_that_are_always_the_same() -> None:
    """Rounding makes their spread negative."""
    assert thresholds([0.1], [0.01 - 1e-18]) == [(0.1,)] * 4
