# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

# Conversations are called by the people in them, as long as those are remembered.
NAMELESS = "-"


class GptConversation(models.Model):
    """Requests that belong together, with their tokens and their cost."""

    _name = "gpt.conversation"
    _description = "GPT Conversation"
    _inherit = ["gpt.link.mixin"]
    _order = "id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index="btree_not_null", ondelete="set null"
    )
    # What placeholders stand for, so that a value keeps its placeholder throughout.
    placeholders = fields.Json(groups="base.group_system", copy=False)
    request_ids = fields.One2many("gpt.request", "conversation_id")
    request_count = fields.Integer(string="Requests", compute="_compute_totals")
    input_tokens = fields.Integer(compute="_compute_totals")
    cached_tokens = fields.Integer(compute="_compute_totals")
    output_tokens = fields.Integer(compute="_compute_totals")
    cost = fields.Float(string="Cost (USD)", digits=(16, 6), compute="_compute_totals")

    @api.depends(
        "request_ids.input_tokens",
        "request_ids.cached_tokens",
        "request_ids.output_tokens",
        "request_ids.cost",
    )
    def _compute_totals(self):
        # Summed by the database when asked for: a stored total would make parallel
        # requests of one conversation wait for each other.
        sums = {
            conversation.id: values
            for conversation, *values in self.env["gpt.request"]._read_group(
                [("conversation_id", "in", self.ids)],
                ["conversation_id"],
                [
                    "__count",
                    "input_tokens:sum",
                    "cached_tokens:sum",
                    "output_tokens:sum",
                    "cost:sum",
                ],
            )
        }
        for conversation in self:
            (
                conversation.request_count,
                conversation.input_tokens,
                conversation.cached_tokens,
                conversation.output_tokens,
                conversation.cost,
            ) = sums.get(conversation.id, [0, 0, 0, 0, 0.0])

    def unlink(self):
        # sudo: gpt.example - what was said goes with the conversation
        examples = self.env["gpt.example"].sudo()
        examples.search([("conversation_id", "in", self.ids)]).unlink()
        return super().unlink()

    @api.model
    def _purge(self, before, limit):
        """Forget whom the conversations of before then were with.

        :return: whether there may be more of them
        """
        self.flush_model()
        self.env["gpt.request"].flush_model(["conversation_id", "create_date"])
        query = SQL(
            """
            SELECT c.id FROM gpt_conversation c
             WHERE c.write_date < %(before)s
               AND (c.placeholders IS NOT NULL OR c.name <> %(nameless)s)
               AND COALESCE(
                       (SELECT max(r.create_date) FROM gpt_request r
                         WHERE r.conversation_id = c.id), c.write_date) < %(before)s
             LIMIT %(limit)s
            """,
            before=before,
            nameless=NAMELESS,
            limit=limit,
        )
        self.env.cr.execute(query)
        old = self.browse(row[0] for row in self.env.cr.fetchall())
        old.write({"placeholders": False, "name": NAMELESS})
        return len(old) == limit

    def _keep_placeholders(self, placeholders):
        """Add what a request masked; what an earlier one has named stays so."""
        for conversation in self:
            known = conversation.placeholders or {}
            if placeholders.keys() - known.keys():
                conversation.placeholders = placeholders | known
