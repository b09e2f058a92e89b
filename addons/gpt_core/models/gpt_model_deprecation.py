# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import format_date

# Days before a model is switched off from which forms warn.
SOON = 90


class GptModel(models.Model):
    """When providers switch their models off, and what they name instead."""

    _inherit = "gpt.model"

    retires_on = fields.Date(help="The day on which the provider switches it off.")
    replaced_by_id = fields.Many2one("gpt.model", help="What the provider suggests.")
    deprecation = fields.Selection(
        selection=[("soon", "Retires soon"), ("past", "Retired")],
        compute="_compute_deprecation",
    )
    deprecation_warning = fields.Char(compute="_compute_deprecation")

    @api.depends("name", "retires_on", "replaced_by_id.name")
    def _compute_deprecation(self):
        today = fields.Date.context_today(self)
        for model in self:
            days = (model.retires_on - today).days if model.retires_on else None
            if days is None or days > SOON:
                model.deprecation = model.deprecation_warning = False
            else:
                model.deprecation = "soon" if days > 0 else "past"
                model.deprecation_warning = model._deprecation_text(days)

    def _deprecation_text(self, days):
        day = format_date(self.env, self.retires_on)
        if days > 0:
            text = self.env._(
                "%(model)s is switched off on %(day)s, in %(days)s days.",
                model=self.name,
                day=day,
                days=days,
            )
        else:
            text = self.env._(
                "%(model)s was switched off on %(day)s.", model=self.name, day=day
            )
        if self.replaced_by_id:
            text += " " + self.env._(
                "Its provider suggests %(model)s instead.",
                model=self.replaced_by_id.name,
            )
        return text

    def _deprecation_warnings(self):
        """Return what there is to warn of in these models, a line each, or False."""
        warnings = self.filtered("deprecation").mapped("deprecation_warning")
        return "\n".join(warnings) or False
