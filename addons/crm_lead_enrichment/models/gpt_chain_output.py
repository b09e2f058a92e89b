# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

OWN_FIELDS = (
    "x_gpt_summary",
    "x_priority",
    "x_missing_fields",
    "x_next_step",
    "x_confidence",
)


class GptChainOutput(models.Model):
    _inherit = "gpt.chain.output"

    needs_evidence = fields.Boolean(
        default=True,
        gpt_setting=True,
        help="Where the chain requires evidence. Otherwise this value is taken as it "
        "is.",
    )

    offer_only = fields.Boolean(
        gpt_setting=True,
        help="The value is offered for its field while that is empty, and filled in "
        "when somebody accepts it. Otherwise it is filled in at once.",
    )

    @api.model
    def _may_fill(self, user, model, name):
        # These are there to be filled, whoever writes the prompts.
        own = model._name == "crm.lead" and name in OWN_FIELDS
        return own or super()._may_fill(user, model, name)
