# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class GptPreflightFinding(models.TransientModel):
    """What one check found, and what to do about it."""

    _name = "gpt.preflight.finding"
    _description = "GPT Pre-flight Finding"
    _inherit = ["gpt.link.mixin"]
    _order = "rank, id"

    preflight_id = fields.Many2one("gpt.preflight", required=True, ondelete="cascade")
    # The name of the check's model.
    check = fields.Char(required=True)
    severity = fields.Selection(
        selection=[
            ("error", "To mend"),
            ("warning", "Look at this"),
            ("running", "Checking"),
            ("info", "Good to know"),
            ("ok", "Good"),
        ],
        required=True,
    )
    # The worst are shown first.
    rank = fields.Integer()
    name = fields.Char(required=True)
    detail = fields.Text()
    fix = fields.Text()
    command = fields.Text()
    action = fields.Json()
    has_action = fields.Boolean(compute="_compute_has_action")

    @api.depends("action")
    def _compute_has_action(self):
        for finding in self:
            finding.has_action = bool(finding.action)

    def action_fix(self):
        """Go where the finding can be mended."""
        self.ensure_one()
        return self.action or {}
