# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Vectors of a model, the bad ones too."""

import math

import pytest

from odoo.addons.kb_rag.engine.vectors.operations import (
    as_literal,
    similarities,
    unit_vector,
    usual_length,
)

NAN, INF = float("nan"), float("inf")


def test_literal() -> None:
    assert as_literal([1, -0.5, 0.1]) == "[1.0,-0.5,0.1]"
    # The last is more than single precision holds.
    for bad in ([], [NAN], [INF], [1e39]):
        with pytest.raises(ValueError):
            as_literal(bad)


@pytest.mark.parametrize(
    "vector", [[3, 4], [3e300, 4e300], [3e-300, 4e-300], [0.6, 0.8], (0.3, 0.4)]
)
def test_direction_is_kept(vector) -> None:
    assert unit_vector(vector) == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize(
    "vector",
    [
        [], [0.0, 0.0], [NAN, 1.0], [INF, 1.0], [None, 1.0], ["a", 1.0], None, "abc",
        [[1.0], [2.0]], 5, {"a": 1},
    ],
)  # fmt: skip
def test_what_has_no_direction(vector) -> None:
    assert unit_vector(vector) is None


def test_usual_length() -> None:
    assert usual_length([[1.0], None, [1.0, 2.0], [3.0, 4.0]]) == 2
    assert usual_length([None]) == usual_length([]) == 0


def test_similarities() -> None:
    found = similarities(
        [2.0, 0.0], {1: [5.0, 0.0], 2: [1.0, 1.0], 3: [1.0], 4: [0, 0]}
    )
    assert found == {1: pytest.approx(1.0), 2: pytest.approx(math.sqrt(0.5))}
