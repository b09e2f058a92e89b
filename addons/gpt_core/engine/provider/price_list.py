# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Published prices, from the offline data of ``genai-prices`` where it is installed."""

from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from .usage import Prices

PACKAGE = "genai-prices"
OFFICIAL = "https://api.openai.com/v1"


def price_list_version() -> str:
    """Return the version of the price list, empty when it is not installed."""
    try:
        import genai_prices  # noqa: F401
    except ImportError:
        return ""
    return version(PACKAGE)


def published_prices(base_url: str | None, name: str) -> Prices | None:
    """Return what a provider publishes as prices of a model, today.

    A price that depends on the length of the prompt is the one of short prompts.

    :param base_url: tells the provider; ``None`` is the official address
    :returns: ``None`` for a model, or a provider, that the list does not know
    """
    model = _find(base_url or OFFICIAL, name)
    if model is None:
        return None
    prices = model.get_prices(datetime.now(UTC))
    return Prices(
        input=_per_million(prices, "input_mtok"),
        cached=_per_million(prices, "cache_read_mtok"),
        output=_per_million(prices, "output_mtok"),
    )


def _find(base_url: str, name: str) -> Any:
    from genai_prices.data_snapshot import get_snapshot

    try:
        # Of the data in the package: nothing is downloaded unless one asks for it.
        _provider, model = get_snapshot().find_provider_model(
            name, None, None, base_url
        )
    except LookupError:
        return None
    return model


def _per_million(prices: Any, name: str) -> float:
    """Return a price as a number, 0 when there is none; one in tiers has a base."""
    price = getattr(prices, name, None)
    return float(Decimal(getattr(price, "base", price) or 0))
