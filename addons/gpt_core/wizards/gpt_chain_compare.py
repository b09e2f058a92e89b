# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models

from ..engine.chain.compare import compare
from ..utils.html_diff import lines_html

_PART = Markup('<div class="o_gpt_part"><h4>%s <small>%s</small></h4>%s</div>')
_PROPERTY = Markup('<div class="o_gpt_property">%s</div>%s')


class GptChainCompare(models.TransientModel):
    """Two versions of a chain, or a version and its draft, side by side."""

    _name = "gpt.chain.compare"
    _description = "GPT Chain Comparison"
    _inherit = ["gpt.link.mixin"]

    chain_id = fields.Many2one("gpt.chain", required=True, ondelete="cascade")
    left_id = fields.Many2one(
        "gpt.chain.version", string="Version", help="Empty: the draft."
    )
    right_id = fields.Many2one(
        "gpt.chain.version", string="Compared With", help="Empty: the draft."
    )
    is_same = fields.Boolean(compute="_compute_difference")
    difference = fields.Html(compute="_compute_difference", sanitize=False)

    @api.depends("left_id", "right_id", "chain_id")
    @api.depends_context("lang")
    def _compute_difference(self):
        for comparison in self:
            sections = compare(
                comparison._snapshot(comparison.left_id),
                comparison._snapshot(comparison.right_id),
            )
            comparison.is_same = not sections
            comparison.difference = Markup("").join(
                comparison._section_html(section) for section in sections
            )

    @api.model
    def _open(self, chain, left):
        comparison = self.create({"chain_id": chain.id, "left_id": left.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare"),
            "res_model": self._name,
            "res_id": comparison.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_restore(self):
        """Make the draft equal to the version on the left."""
        self.ensure_one()
        return self.left_id.action_restore()

    def _snapshot(self, version):
        """Return a snapshot as people read it."""
        snapshot = version.snapshot if version else self.chain_id._snapshot()
        return self.env["gpt.chain"]._readable(snapshot)

    def _section_html(self, section):
        titles = self._title(self.left_id), self._title(self.right_id)
        labels = self._labels(section.kind)
        statuses = {
            "added": self.env._("new"),
            "removed": self.env._("removed"),
            "moved": self.env._("at another place"),
        }
        kinds = {
            "settings": self.env._("Settings"),
            "inputs": self.env._("Input"),
            "steps": self.env._("Step"),
        }
        changes = Markup("").join(
            _PROPERTY
            % (labels.get(change.name, change.name), lines_html(change.lines, *titles))
            for change in section.changes
        )
        heading = f"{kinds[section.kind]} {section.name}".strip()
        return _PART % (heading, statuses.get(section.status, ""), changes)

    def _title(self, version):
        if not version:
            return self.env._("Draft")
        return self.env._("Version %(number)s", number=version.number)

    @api.model
    def _labels(self, kind):
        """Return what the properties of a snapshot are called on the form."""
        model = {"inputs": "gpt.chain.input", "steps": "gpt.chain.step"}
        return self.env[model.get(kind, "gpt.chain")]._setting_labels()
