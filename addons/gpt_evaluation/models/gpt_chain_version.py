# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class GptChainVersion(models.Model):
    _inherit = "gpt.chain.version"

    def _in_use(self):
        evaluated = self.env["gpt.chain.evaluation"]._read_group(
            [("version_id", "in", self.ids)], ["version_id"]
        )
        return super()._in_use().union(*(version for (version,) in evaluated))
