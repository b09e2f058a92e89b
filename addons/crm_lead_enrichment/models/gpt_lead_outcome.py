# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models, tools


class GptLeadOutcome(models.Model):
    """What became of enriched leads, beside what the model had made of them."""

    _name = "gpt.lead.outcome"
    _description = "AI Confidence and Outcome"
    _auto = False
    _rec_name = "lead_id"
    _order = "id desc"

    lead_id = fields.Many2one("crm.lead", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    create_date = fields.Datetime(string="Created on", readonly=True)
    priority = fields.Selection(
        selection=lambda self: (
            self.env["crm.lead"]._fields["x_priority"]._description_selection(self.env)
        ),
        string="AI Priority",
        readonly=True,
    )
    confidence = fields.Float(
        string="AI Confidence", readonly=True, aggregator="avg", digits=(3, 2)
    )
    band = fields.Selection(
        selection=[
            ("0", "0 – 25 %"),
            ("1", "25 – 50 %"),
            ("2", "50 – 75 %"),
            ("3", "75 – 100 %"),
        ],
        string="Confidence Band",
        readonly=True,
    )
    outcome = fields.Selection(
        selection=[("won", "Won"), ("lost", "Lost"), ("open", "Open")], readonly=True
    )
    won_share = fields.Float(
        string="Won of Closed (%)",
        readonly=True,
        aggregator="avg",
        help="Leads that are still open do not count.",
    )

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            """
            CREATE VIEW gpt_lead_outcome AS
            SELECT id, id AS lead_id, company_id, user_id, team_id, create_date,
                   x_priority AS priority,
                   x_confidence AS confidence,
                   LEAST(FLOOR(x_confidence * 4), 3)::int::text AS band,
                   CASE WHEN probability >= 100 THEN 'won'
                        WHEN NOT active AND probability = 0 THEN 'lost'
                        ELSE 'open' END AS outcome,
                   CASE WHEN probability >= 100 THEN 100.0
                        WHEN NOT active AND probability = 0 THEN 0.0 END AS won_share
            FROM crm_lead
            WHERE x_confidence > 0
            """
        )
