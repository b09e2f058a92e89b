# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.safe_eval import safe_eval


class GptDatasetFilterMixin(models.AbstractModel):
    """Which approved examples of a chain a data set asks for."""

    _name = "gpt.dataset.filter.mixin"
    _description = "Filters of Data Sets"

    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    domain = fields.Char(string="Only These Examples", default="[]")
    date_from = fields.Date(string="Made From")
    date_to = fields.Date(string="Made Until")
    liked = fields.Selection(
        selection=[("up", "With a thumb up"), ("not_down", "Without a thumb down")],
        string="Thumbs",
    )
    lang_ids = fields.Many2many(
        "res.lang",
        string="Languages of Customers",
        help="As their contacts have it. Examples without a contact are left out then.",
    )

    @api.constrains("domain")
    def _check_domain(self):
        for dataset in self:
            try:
                self.env["gpt.example"].search(dataset._own_domain(), limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The filter of examples cannot be used: %(error)s", error=error
                    )
                ) from error

    def _own_domain(self):
        """Return the domain that somebody entered."""
        self.ensure_one()
        return list(safe_eval(self.domain or "[]", {"uid": self.env.uid}))

    def _approved_domain(self):
        self.ensure_one()
        return [
            ("chain_id", "=", self.chain_id.id),
            ("company_id", "in", [self.company_id.id, False]),
            ("state", "=", "approved"),
        ]

    def _example_domain(self):
        """Return the domain of the examples that the filters ask for."""
        self.ensure_one()
        domain = [*self._approved_domain(), *self._own_domain()]
        if self.date_from:
            domain.append(("create_date", ">=", self.date_from))
        if self.date_to:
            after = fields.Date.add(self.date_to, days=1)
            domain.append(("create_date", "<", after))
        if self.liked == "up":
            domain.append(("liked", "=", "up"))
        elif self.liked == "not_down":
            domain.append(("liked", "!=", "down"))
        if self.lang_ids:
            domain.append(("partner_id.lang", "in", self.lang_ids.mapped("code")))
        return domain
