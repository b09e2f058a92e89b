# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..utils.used_records import used_chains


class GptCheckChainPublication(models.AbstractModel):
    """The chains in use are published."""

    _name = "gpt.check.chain.publication"
    _inherit = "gpt.check"
    _description = "GPT Check: Publication of the Chains"
    _check_sequence = 60

    def _title(self):
        return self.env._("Publication of the chains")

    def _findings(self):
        used = used_chains(self.env)
        drafts = used.filtered(lambda chain: not chain.published_version_id)
        if drafts:
            return [
                self._finding(
                    "error",
                    self.env._(
                        "These chains are used, but were never published: %(chains)s.",
                        chains=", ".join(drafts.mapped("name")),
                    ),
                    self.env._("Open the chain and press Publish."),
                    action=self._open_all(drafts),
                )
            ]
        changed = self.env["gpt.chain"].search([("active", "=", True)])
        changed = changed.filtered(lambda chain: chain.state == "changed")
        if changed:
            return [
                self._finding(
                    "info",
                    self.env._(
                        "These chains were edited since they were published; the "
                        "published version is in use: %(chains)s.",
                        chains=", ".join(changed.mapped("name")),
                    ),
                    self.env._("Publish them when the draft is good."),
                    action=self._open_all(changed),
                )
            ]
        detail = self.env._("Every chain in use is published.")
        return [self._finding("ok", detail)]
