# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import subprocess
import sys

import pytest

from odoo.addons.gpt_core.engine.provider.price_list import (
    listed_context,
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
        (  # it has tiers, and charges for what it keeps
            "gpt-6-luna",
            Prices(0.1, 0.01, 0.5, 0.125, 272_000, Prices(0.2, 0.02, 0.75, 0.25)),
        ),
        (  # it was made cheaper
            "gpt-5.6-luna",
            Prices(0.2, 0.02, 1.2, 0.25, 272_000, Prices(0.4, 0.04, 1.8, 0.5)),
        ),
        ("text-embedding-3-small", Prices(0.02, 0, 0)),
    ],
)
def test_official_prices(name, prices):
    assert published_prices(None, name) == prices
    assert published_prices("https://api.openai.com/v1", name) == prices


@pytest.mark.parametrize(
    ("base_url", "name", "tokens"),
    [
        (None, "gpt-4o-mini", 128_000),
        (None, "no-such-model", 0),
        ("http://localhost:11434/v1", "gpt-4o-mini", 0),
    ],
)
def test_listed_limits(base_url, name, tokens):
    assert listed_context(base_url, name) == tokens


def test_no_network():
    """A fresh interpreter that may open no socket reads the list."""
    code = (
        "import socket\n"
        "def refuse(*args, **kwargs): raise OSError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from genai_prices.data_snapshot import get_snapshot\n"
        "snapshot = get_snapshot()\n"
        "print(snapshot.find_provider_model('gpt-4o', None, None, "
        "'https://api.openai.com/v1')[1].id)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "gpt-4o"


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
