# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptKbTesterLine(models.TransientModel):
    """A chunk that was found."""

    _name = "gpt.kb.tester.line"
    _description = "Found Chunk"
    _inherit = ["gpt.link.mixin"]
    _order = "rank"

    tester_id = fields.Many2one("gpt.kb.tester", required=True, ondelete="cascade")
    rank = fields.Integer()
    used = fields.Boolean(help="An answer would be given this.")
    document_id = fields.Many2one("gpt.kb.document", ondelete="cascade")
    page = fields.Integer()
    section = fields.Char()
    text = fields.Text()
    score = fields.Float(digits=(6, 4))
    dense_rank = fields.Integer()
    lexical_rank = fields.Integer()
