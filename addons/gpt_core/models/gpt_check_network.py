# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptCheckNetwork(models.AbstractModel):
    """A check that asks the network: no transaction is open while it waits."""

    _name = "gpt.check.network"
    _inherit = "gpt.check"
    _description = "GPT Check of the Network"

    # Seconds that a probe may take: somebody looks at the page and waits.
    _probe_timeout = 5.0

    @api.model
    def _findings(self):
        return [self._finding("running")]

    @api.model
    def _probes(self):
        """Return the :class:`~..engine.probe.Probe` s to ask.

        They are made of what the database says, and asked when the transaction is over.
        """
        return []

    @api.model
    def _conclude(self, answers):
        """Return the findings that follow from the answers to the probes.

        :param answers: a list of :class:`~..engine.probe.ProbeAnswer`
        """
        return []
