# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tokens and what they cost."""

import pytest

from odoo.addons.gpt_core.engine.provider.usage import (
    Prices,
    Usage,
    estimated_tokens,
    most_tokens,
    tokens_of_chars,
)

TIERED = Prices(1, 0, 2, 0, 200_000, Prices(2, 0, 3))


@pytest.mark.parametrize("metadata", [None, {}, {"input_tokens": None}])
def test_nothing_is_reported(metadata: dict | None):
    assert Usage.from_metadata(metadata) == Usage()


def test_what_langchain_reports():
    metadata = {
        "input_tokens": 120,
        "output_tokens": 50,
        "total_tokens": 170,
        "input_token_details": {"cache_read": 100, "cache_creation": 7},
        "output_token_details": {"reasoning": 32},
    }
    assert Usage.from_metadata(metadata) == Usage(120, 100, 50, 32, 7)


def test_what_a_completion_reports():
    usage = {
        "prompt_tokens": 120,
        "completion_tokens": 50,
        "prompt_tokens_details": {"cached_tokens": 100, "cache_write_tokens": 7},
        "completion_tokens_details": {"reasoning_tokens": 32},
    }
    assert Usage.from_completion(usage) == Usage(120, 100, 50, 32, 7)


def test_details_of_a_service_tier():
    metadata = {
        "input_tokens": 120,
        "output_tokens": 50,
        "input_token_details": {"flex": 20, "flex_cache_read": 100},
        "output_token_details": {"flex": 18, "flex_reasoning": 32, "reasoning": None},
    }
    assert Usage.from_metadata(metadata) == Usage(120, 100, 50, 32)


def test_sums():
    assert Usage(1, 2, 3, 4, 5) + Usage(10, 20, 30, 40, 50) == Usage(11, 22, 33, 44, 55)
    assert sum([Usage(1), Usage(2)], Usage()) == Usage(3)


@pytest.mark.parametrize(
    ("usage", "prices", "cost"),
    [
        (Usage(), Prices(1, 1, 1), 0.0),
        (Usage(1_000_000), Prices(input=0.15), 0.15),
        (Usage(0, 0, 1_000_000), Prices(output=0.6), 0.6),
        (Usage(1_000_000, 400_000), Prices(0.15, 0.075), 0.12),
        # Without a price of its own what is cached costs as much as the rest.
        (Usage(1_000_000, 400_000), Prices(0.15), 0.15),
        # More cached tokens than input is nonsense, and never negative.
        (Usage(100, 900), Prices(10_000, 1_000), 0.1),
        # What is kept for the next request has a price of its own, or that of input.
        (
            Usage(1_000_000, 200_000, cache_write_tokens=300_000),
            Prices(1, 0.1, cache_write=1.25),
            0.895,
        ),
        (Usage(1_000_000, cache_write_tokens=300_000), Prices(1), 1.0),
        (
            Usage(100, 60, cache_write_tokens=90),
            Prices(10_000, 1_000, cache_write=20_000),
            0.86,
        ),
        # All of a request is charged as a long one, not what is beyond the limit.
        (Usage(200_000, 0, 1_000), Prices(1, 0, 2, 0, 200_000, Prices(2, 0, 3)), 0.202),
        (
            Usage(200_001, 0, 1_000),
            Prices(1, 0, 2, 0, 200_000, Prices(2, 0, 3)),
            0.403002,
        ),
        # Reasoning is part of the output.
        (Usage(0, 0, 500, 500), Prices(output=2_000), 1.0),
        # No rounding errors of binary fractions.
        (Usage(3), Prices(input=0.1), 0.0000003),
    ],
)
def test_costs(usage: Usage, prices: Prices, cost: float):
    assert prices.cost(usage) == cost


def test_estimate() -> None:
    each = Usage(input_tokens=tokens_of_chars(3500), output_tokens=350)
    assert each.input_tokens == estimated_tokens("a" * 3500) == 1000
    assert Prices(input=1.0, output=2.0).cost(each) == pytest.approx(0.0017)


@pytest.mark.parametrize("chars", [0, 1, 3, 3500])
def test_at_most(chars: int) -> None:
    """A limit is never passed by what was estimated to be below it."""
    text = "a" * chars
    assert most_tokens(text) > chars / 3 >= estimated_tokens(text) - 1
