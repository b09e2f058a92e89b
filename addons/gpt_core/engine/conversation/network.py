# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses on the internet, as far as they tell people apart."""

import ipaddress

# An IPv6 connection has all the addresses of a network, and its owner chooses.
NETWORK_BITS = 64


def network_of(address: str) -> str:
    """Return what the addresses of one connection have in common.

    :param address: as the web server names it; what is none is returned as it is
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    network = ipaddress.IPv6Network((int(found), NETWORK_BITS), strict=False)
    return str(network)
