# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tests of checks have in common, with the page that shows them or without."""

from ..engine.probe import ProbeAnswer


def network_findings(check):
    """Ask the probes of a check one after the other; return what it concludes."""
    return check._conclude([_answer(probe) for probe in check._probes()])


def _answer(probe):
    try:
        return ProbeAnswer(probe.subject, probe.ask())
    except OSError as error:
        return ProbeAnswer(probe.subject, error=error)
