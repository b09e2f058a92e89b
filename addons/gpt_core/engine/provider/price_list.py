# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Published prices, from the offline data of ``genai-prices`` where it is installed."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from .address import OFFICIAL
from .usage import Prices

PACKAGE = "genai-prices"


def price_list_version() -> str:
    """Return the version of the price list, empty when it is not installed."""
    try:
        import genai_prices  # noqa: F401
    except ImportError:
        return ""
    return version(PACKAGE)


def published_prices(base_url: str | None, name: str) -> Prices | None:
    """Return what a provider publishes as prices of a model, today.

    :param base_url: tells the provider; ``None`` is the official address
    :returns: ``None`` for a model, or a provider, that the list does not know
    """
    model = _find(base_url or OFFICIAL, name)
    if model is None:
        return None
    listed = model.get_prices(datetime.now(UTC))
    tiers = getattr(getattr(listed, "input_mtok", None), "tiers", ())
    long = _prices(listed, is_long=True) if tiers else None
    return replace(_prices(listed), long_from=tiers[0].start if tiers else 0, long=long)


def listed_context(base_url: str | None, name: str) -> int:
    """Return how many tokens of input a listed model takes, 0 when nobody says so."""
    model = _find(base_url or OFFICIAL, name)
    return int(getattr(model, "context_window", 0) or 0)


def _prices(listed: Any, *, is_long: bool = False) -> Prices:
    return Prices(
        input=_per_million(listed, "input_mtok", is_long),
        cached=_per_million(listed, "cache_read_mtok", is_long),
        output=_per_million(listed, "output_mtok", is_long),
        cache_write=_per_million(listed, "cache_write_mtok", is_long),
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


def _per_million(listed: Any, name: str, is_long: bool) -> float:
    """Return a price as a number, 0 when there is none; one in tiers has a base.

    :param is_long: of prompts that reach the first tier
    """
    price = getattr(listed, name, None)
    tiers = getattr(price, "tiers", ())
    if is_long and tiers:
        price = tiers[0].price
    return float(Decimal(getattr(price, "base", price) or 0))
