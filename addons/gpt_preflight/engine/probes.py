# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Asks the questions to the network at the same time, without a database cursor."""

import logging
from concurrent.futures import ThreadPoolExecutor

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.probe import Probe, ProbeAnswer

_logger = logging.getLogger(__name__)
MOST_AT_ONCE = 8


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
