# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class GptMigrationReportLine(models.Model):
    """One sentence of a migration report, in the language of whoever reads it."""

    _name = "gpt.migration.report.line"
    _description = "Line of a Migration Report"
    _order = "report_id desc, kind_order, id"

    report_id = fields.Many2one(
        "gpt.migration.report", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        selection=[("found", "Found"), ("done", "Done"), ("todo", "To do")],
        required=True,
        readonly=True,
    )
    kind_order = fields.Integer(compute="_compute_kind_order", store=True)
    code = fields.Char(required=True, readonly=True)
    data = fields.Json(readonly=True)
    text = fields.Char(compute="_compute_text", string="What")
    is_done = fields.Boolean(
        string="Seen to", help="Tick it once you have done what it says."
    )
    is_open = fields.Boolean(compute="_compute_is_open")

    @api.depends("kind")
    def _compute_kind_order(self):
        order = {"todo": 1, "done": 2, "found": 3}
        for line in self:
            line.kind_order = order.get(line.kind, 9)

    @api.depends("kind", "is_done")
    def _compute_is_open(self):
        for line in self:
            line.is_open = line.kind == "todo" and not line.is_done

    @api.depends("code", "data")
    @api.depends_context("lang")
    def _compute_text(self):
        for line in self:
            line.text = self.env["gpt.migration.text"]._text(line.code, line.data or {})
