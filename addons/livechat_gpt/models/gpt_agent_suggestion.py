# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

MAX_SUGGESTIONS = 4


class GptAgentSuggestion(models.Model):
    """A question that visitors may choose by its number."""

    _name = "gpt.agent.suggestion"
    _description = "Suggested Question"
    _inherit = ["gpt.link.mixin"]
    _order = "sequence, id"

    agent_id = fields.Many2one(
        "gpt.agent",
        string="Assistant",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True, translate=True)

    @api.constrains("agent_id")
    def _check_count(self):
        for agent in self.agent_id:
            if len(agent.suggestion_ids) > MAX_SUGGESTIONS:
                raise ValidationError(
                    self.env._(
                        "An assistant suggests at most %(count)s questions.",
                        count=MAX_SUGGESTIONS,
                    )
                )
