# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How far the enrichment of a lead is, and whether it is up to date."""

from odoo import api, fields, models

from .crm_lead_sources import WRITTEN_BY_PEOPLE

# The leads whose last enrichment is older than some of their messages.
_NEWER = """
WITH last AS (
    SELECT DISTINCT ON (lead_id) lead_id, company_id, last_message_id
    FROM gpt_lead_run
    WHERE state IN ('done', 'unchanged')
      AND (%(all)s OR lead_id = ANY(%(ids)s))
    ORDER BY lead_id, id DESC
)
SELECT last.lead_id, count(*)
FROM last
JOIN res_company AS company ON company.id = last.company_id
JOIN mail_message AS message
  ON message.model = 'crm.lead' AND message.res_id = last.lead_id
 AND message.id > last.last_message_id
 AND message.message_type = ANY(%(types)s)
LEFT JOIN mail_message_subtype AS kind ON kind.id = message.subtype_id
WHERE company.gpt_lead_read_notes OR NOT COALESCE(kind.internal, FALSE)
GROUP BY last.lead_id
"""


class CrmLead(models.Model):
    _inherit = "crm.lead"

    gpt_state = fields.Selection(
        selection="_gpt_states",
        string="AI",
        compute="_compute_gpt_state",
        search="_search_gpt_state",
        groups="base.group_user",
    )
    gpt_is_asked = fields.Boolean(
        string="AI Asked by Hand",
        compute="_compute_gpt_state",
        groups="base.group_user",
        help="The model works on this lead, or will as soon as it can.",
    )
    gpt_problem = fields.Char(
        string="Why It Failed", compute="_compute_gpt_state", groups="base.group_user"
    )
    gpt_read_at = fields.Datetime(
        string="Based on Data of",
        compute="_compute_gpt_state",
        groups="base.group_user",
    )
    gpt_has_instructions = fields.Boolean(
        compute="_compute_gpt_state", groups="base.group_user"
    )
    gpt_newer_messages = fields.Integer(
        string="Newer Messages",
        compute="_compute_gpt_newer_messages",
        groups="base.group_user",
    )
    gpt_is_stale = fields.Boolean(
        string="Stale",
        compute="_compute_gpt_newer_messages",
        search="_search_gpt_is_stale",
        groups="base.group_user",
        help="Messages came in after the lead was read by the model.",
    )
    gpt_cost = fields.Float(
        string="AI Cost (USD)",
        compute="_compute_gpt_state",
        digits=(16, 4),
        groups="base.group_user",
    )

    @api.model
    def _gpt_states(self):
        return (
            self.env["gpt.lead.run"]._fields["state"]._description_selection(self.env)
        )

    @api.depends("gpt_run_ids.state", "gpt_run_ids.trigger")
    def _compute_gpt_state(self):
        # sudo: gpt.lead.run - of leads that the user may read
        runs = self.env["gpt.lead.run"].sudo().search([("lead_id", "in", self.ids)])
        of_lead = runs.grouped("lead_id")
        for lead in self:
            own = of_lead.get(lead._origin.sudo(), runs.browse())
            last = own[:1]
            done = own.filtered(lambda run: run.state == "done")[:1]
            # That there was nothing new is no news: what counts is what stands there.
            shown = done if last.state == "unchanged" and done else last
            lead.gpt_state = shown.state
            # What waits for more changes, or behind others, can be asked for at once.
            lead.gpt_is_asked = last.state == "running" or (
                last.state == "queued" and last.trigger == "button"
            )
            lead.gpt_problem = shown.problem
            lead.gpt_read_at = done.read_at
            lead.gpt_has_instructions = done.has_instructions
            lead.gpt_cost = sum(own.mapped("cost"))

    @api.model
    def _search_gpt_state(self, operator, value):
        """Search by the state of the last run; no value: never enriched."""
        self.env["gpt.lead.run"].flush_model(["lead_id", "state"])
        self.env.cr.execute(
            "SELECT DISTINCT ON (lead_id) lead_id, state FROM gpt_lead_run "
            "ORDER BY lead_id, id DESC"
        )
        states = dict(self.env.cr.fetchall())
        # One value, or a collection of whichever kind the series has.
        values = {value} if not value or isinstance(value, str | bool) else set(value)
        ids = [lead_id for lead_id, state in states.items() if state in values]
        negative = operator in ("!=", "not in")
        if values & {False, None}:
            never = [("id", "not in", list(states))]
            return ["!", *never] if negative else ["|", *never, ("id", "in", ids)]
        return [("id", "not in" if negative else "in", ids)]

    def _compute_gpt_newer_messages(self):
        counts = self._gpt_count_newer(self._origin.ids)
        for lead in self:
            lead.gpt_newer_messages = counts.get(lead._origin.id, 0)
            lead.gpt_is_stale = bool(lead.gpt_newer_messages)

    @api.model
    def _search_gpt_is_stale(self, operator, value):
        ids = list(self._gpt_count_newer())
        wanted = value if isinstance(value, bool) else True in value
        positive = wanted == (operator in ("=", "in"))
        return [("id", "in" if positive else "not in", ids)]

    @api.model
    def _gpt_count_newer(self, ids=None):
        """Return how many messages came in since the last enrichment, by lead.

        :param ids: of the leads; ``None``: all that have any
        """
        self.env["gpt.lead.run"].flush_model(["lead_id", "state", "last_message_id"])
        self.env["mail.message"].flush_model()
        self.env["res.company"].flush_model(["gpt_lead_read_notes"])
        self.env.cr.execute(
            _NEWER,
            {"all": ids is None, "ids": ids or [], "types": list(WRITTEN_BY_PEOPLE)},
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def gpt_states(self, ids):
        """Return what a screen shows of these leads' enrichment, to see it change."""
        leads = self.browse(ids).exists()
        return {
            str(lead.id): [lead.gpt_state or "", str(lead.gpt_read_at or "")]
            for lead in leads._filtered_access("read")
        }
