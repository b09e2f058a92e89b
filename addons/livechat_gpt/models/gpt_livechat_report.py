# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class GptLivechatReport(models.Model):
    """What assistants did, per chat: one row of numbers for each session."""

    _name = "gpt.livechat.report"
    _description = "GPT Live Chat Report"
    _auto = False
    _order = "date desc"

    date = fields.Datetime(readonly=True)
    agent_id = fields.Many2one("gpt.agent", string="Assistant", readonly=True)
    livechat_channel_id = fields.Many2one(
        "im_livechat.channel", string="Live Chat Channel", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    state = fields.Selection(
        selection=lambda self: self._session_selection("state"), readonly=True
    )
    handoff_reason = fields.Selection(
        selection=lambda self: self._session_selection("handoff_reason"),
        string="Reason",
        readonly=True,
    )
    chats = fields.Integer(readonly=True, help="In which the visitor was answered.")
    resolved = fields.Integer(
        string="Without a Person", readonly=True, help="No person was wanted."
    )
    resolved_share = fields.Float(
        string="Without a Person (%)", readonly=True, aggregator="avg"
    )
    handoffs = fields.Integer(string="Handed Over", readonly=True)
    contacts = fields.Integer(string="Contacts Left", readonly=True)
    first_answer_seconds = fields.Float(
        string="First Answer (seconds)", readonly=True, aggregator="avg"
    )
    answers = fields.Integer(readonly=True)
    thumbs_up = fields.Integer(readonly=True)
    thumbs_down = fields.Integer(readonly=True)
    rating = fields.Float(
        string="Rating of the Chat", readonly=True, aggregator="avg", digits=(3, 2)
    )
    cost = fields.Float(string="Cost (USD)", readonly=True, digits=(16, 6))
    cost_per_chat = fields.Float(
        string="Cost per Chat (USD)", readonly=True, digits=(16, 6), aggregator="avg"
    )

    def _session_selection(self, name):
        sessions = self.env["gpt.livechat.session"]
        return sessions._fields[name]._description_selection(self.env)

    @property
    def _table_query(self):
        """Return the query of the report; chats that nobody wrote in do not count."""
        return SQL(
            """
            SELECT s.id, s.create_date AS date, s.agent_id, c.livechat_channel_id,
                   s.company_id, s.state, s.handoff_reason, 1 AS chats,
                   (s.handoff_reason IS NULL)::int AS resolved,
                   (s.handoff_reason IS NULL)::int * 100.0 AS resolved_share,
                   (s.handoff_reason IS NOT NULL)::int AS handoffs,
                   (s.contact_state IS NOT DISTINCT FROM 'given')::int AS contacts,
                   s.first_answer_seconds, coalesce(a.answers, 0) AS answers,
                   coalesce(a.up, 0) AS thumbs_up, coalesce(a.down, 0) AS thumbs_down,
                   r.rating, coalesce(q.cost, 0) AS cost,
                   coalesce(q.cost, 0) AS cost_per_chat
              FROM gpt_livechat_session s
              JOIN discuss_channel c ON c.id = s.channel_id
              LEFT JOIN LATERAL (
                   SELECT count(*) AS answers,
                          count(*) FILTER (WHERE rating = 'up') AS up,
                          count(*) FILTER (WHERE rating = 'down') AS down
                     FROM gpt_livechat_posted_answer WHERE session_id = s.id) a ON TRUE
              LEFT JOIN LATERAL (
                   SELECT sum(cost) AS cost FROM gpt_request
                    WHERE conversation_id = s.conversation_id) q ON TRUE
              LEFT JOIN LATERAL (
                   SELECT avg(rating) AS rating FROM rating_rating
                    WHERE res_model = 'discuss.channel' AND res_id = s.channel_id
                      AND consumed) r ON TRUE
             WHERE s.first_answer_seconds > 0 OR s.handoff_reason IS NOT NULL
            """
        )
