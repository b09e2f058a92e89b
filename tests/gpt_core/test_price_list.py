# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import sys

import pytest

from odoo.addons.gpt_core.engine.provider.price_list import (
    price_list_version,
    published_prices,
)
from odoo.addons.gpt_core.engine.provider.usage import Prices

pytest.importorskip("genai_prices")


@pytest.mark.parametrize(
    ("name", "prices"),
    [
        ("gpt-4o-mini", Prices(0.15, 0.075, 0.6)),
        ("gpt-4o", Prices(2.5, 1.25, 10)),
        ("gpt-6-luna", Prices(0.1, 0.01, 0.5)),  # it has tiers
        ("gpt-5.6-luna", Prices(0.2, 0.02, 1.2)),  # it was made cheaper
        ("text-embedding-3-small", Prices(0.02, 0, 0)),
    ],
)
def test_official_prices(name, prices):
    assert published_prices(None, name) == prices
    assert published_prices("https://api.openai.com/v1", name) == prices


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        (None, "no-such-model"),
        (None, ""),
        ("http://localhost:11434/v1", "gpt-4o-mini"),
        ("https://llm.example.com/v1", "gpt-4o-mini"),
    ],
)
def test_nobody_lists_it(base_url, name):
    assert published_prices(base_url, name) is None


def test_without_the_package(monkeypatch):
    assert price_list_version()
    monkeypatch.setitem(sys.modules, "genai_prices", None)
    assert price_list_version() == ""
