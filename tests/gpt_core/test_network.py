# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps count connections, whatever address one of them takes."""

import pytest

from odoo.addons.gpt_core.engine.conversation.network import network_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2806:10a6:7:1::1", "2806:10a6:7:1:ffff:abcd:1:2"),
        ("2806:10a6:7:1::1", "2806:10A6:0007:0001::0001"),
        ("189.203.1.2", "::ffff:189.203.1.2"),
        ("fe80::1%eth0", "fe80::2"),
        ("::1", "::2"),
    ],
)
def test_the_same_connection(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2806:10a6:7:1::1", "2806:10a6:7:2::1"),
        ("189.203.1.2", "189.203.1.3"),
        ("::ffff:189.203.1.2", "::ffff:189.203.1.3"),
        ("unknown", "other"),
    ],
)
def test_other_connections(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)
