# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class GptChainVersion(models.Model):
    """A published chain as it was: what requests run, and what they name."""

    _name = "gpt.chain.version"
    _description = "GPT Chain Version"
    _order = "chain_id, number desc"
    _rec_name = "number"

    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="chain_id.company_id", store=True)
    number = fields.Integer(readonly=True)
    snapshot = fields.Json(required=True)
    is_published = fields.Boolean(compute="_compute_is_published")

    @api.depends("chain_id.published_version_id")
    def _compute_is_published(self):
        for version in self:
            version.is_published = version.chain_id.published_version_id == version

    @api.depends("number", "chain_id.name")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.chain_id.name} v{version.number}"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            last = self.search([("chain_id", "=", vals["chain_id"])], limit=1)
            vals["number"] = last.number + 1
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"chain_id", "number", "snapshot"}:
            raise UserError(
                self.env._("A version is what ran, and cannot be changed any more.")
            )
        return super().write(vals)

    def _spec(self):
        """Return the :class:`~..engine.spec.ChainSpec` of this version."""
        from ..engine.spec import ChainSpec

        self.ensure_one()
        return ChainSpec.model_validate(self.snapshot)
