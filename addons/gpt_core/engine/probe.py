# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A question to the network and its answer, as checks use them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Probe:
    """One question to the network.

    :param ask: asks it; it may raise what goes wrong in a network
    :param subject: what it is about, for whoever reads the answer
    """

    ask: Callable[[], Any]
    subject: Any = None


@dataclass(frozen=True)
class ProbeAnswer:
    """What came back: a ``result``, or the ``error`` that came instead."""

    subject: Any
    result: Any = None
    error: Exception | None = None
