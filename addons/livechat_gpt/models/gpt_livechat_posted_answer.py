# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class GptLivechatPostedAnswer(models.Model):
    """An answer that the assistant posted, and what the visitor thought of it."""

    _name = "gpt.livechat.posted.answer"
    _description = "GPT Live Chat Answer"
    _order = "id desc"

    session_id = fields.Many2one(
        "gpt.livechat.session", required=True, ondelete="cascade", index=True
    )
    agent_id = fields.Many2one(
        related="session_id.agent_id", string="Assistant", store=True
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True)
    message_id = fields.Many2one(
        "mail.message", required=True, ondelete="cascade", index=True
    )
    # Computed as superuser: whoever may read the row may read what was answered.
    text = fields.Text(compute="_compute_text", compute_sudo=True)
    request_id = fields.Many2one(
        "gpt.request", ondelete="set null", index="btree_not_null"
    )
    confidence = fields.Float(digits=(3, 2), aggregator="avg")
    is_question = fields.Boolean(
        string="Asked Back", help="The assistant asked the visitor for something."
    )
    rating = fields.Selection(
        selection=[("up", "Good"), ("down", "Bad")],
        help="The visitor's thumb under the message.",
    )

    def _compute_text(self):
        for answer in self:
            answer.text = answer.message_id.preview

    def _rate(self, reaction, action):
        """Keep a visitor's thumb; ``action`` is ``add`` or ``remove``."""
        rating = THUMBS.get(reaction)
        for answer in self:
            if rating and action == "add":
                answer.rating = rating
            elif rating and answer.rating == rating:
                answer.rating = False
            if rating:
                self.env["gpt.livechat.example"]._on_thumb(answer)

    def _propose_example_job(self):
        """Propose the answer as an example, with the thumb that it has by now."""
        for answer in self.exists():
            self.env["gpt.livechat.example"]._propose_rated(answer)


# Thumbs of any colour of skin begin with these.
THUMBS = {"👍": "up", "👎": "down"}
