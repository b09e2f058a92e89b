# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Questions to the network, asked at the same time and without a database cursor."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from .errors import GptError

_logger = logging.getLogger(__name__)
MOST_AT_ONCE = 8


@dataclass(frozen=True)
class Probe:
    """One question.

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


def ask_all(probes: list[Probe]) -> list[ProbeAnswer]:
    """Return the answers, in the order of the probes."""
    if not probes:
        return []
    with ThreadPoolExecutor(min(len(probes), MOST_AT_ONCE)) as pool:
        return list(pool.map(_answer, probes))


def _answer(probe: Probe) -> ProbeAnswer:
    try:
        return ProbeAnswer(probe.subject, probe.ask())
    except (GptError, OSError) as error:
        return ProbeAnswer(probe.subject, error=error)
    except Exception as error:  # one bad probe must not keep the others from the page
        _logger.exception("a probe failed")
        return ProbeAnswer(probe.subject, error=error)
